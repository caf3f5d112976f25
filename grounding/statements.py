"""What the evidence states: its sentences as atoms, who acts in them, and where an act begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from domain import Evidence
from grounding.atoms import Atom, FindSkills, atoms
from grounding.lexicon import words_of
from language import nouns, verbs, words
from language.verbs import Form, Rank, Verb

Subject = Literal["elided", "i", "we", "other"]
Lead = Literal["past", "base", "ing", "third", "passive", ""]

_CLAUSE_WORDS = (
    "that which who whose whom where when while as because after before so if how what than "
    "whereas although though "
    "until since let"
)
_SUBORDINATE = frozenset(_CLAUSE_WORDS.split())
_AFTER_PASSIVE = frozenset(
    [
        "by",
        "in",
        "on",
        "to",
        "with",
        "for",
        "from",
        "at",
        "across",
        "as",
        "of",
        "over",
        "through",
        "into",
        "using",
    ]
)
_AUXILIARIES = frozenset(["is", "are", "was", "were", "has", "have", "had", "be", "been", "will", "can"])
_LISTING = frozenset(["and", "&"])
BREAKS = frozenset([",", ";", "–", "."])


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an evidence item. `begin` is where it starts to speak, after "Label:" where it has
    one."""

    item: Evidence
    text: str
    atoms: tuple[Atom, ...]
    begin: int
    subject: Subject
    lead: Lead

    def verb_at(self, index: int) -> tuple[Verb, int, frozenset[Form]] | None:
        return verb_at(self.atoms, index)

    def follows_break(self, index: int) -> bool:
        """Whether a comma, semicolon, dash or "and" stands right before."""
        before = index - 1
        while before >= self.begin and self.atoms[before].key in words_of("droppable"):
            before -= 1
        return before >= self.begin and (
            self.atoms[before].key in BREAKS or self.atoms[before].key in _LISTING
        )

    def acts_at(self, index: int) -> Lead:
        """How an act of the very same subject opens at `index`, or "" where it does not.

        "Led X, built Y" has the sender act twice; "Joined a startup that raised X and built Y", "Supported
        engineers designing X and testing Y" and "Maintained a tool, adopted by Z" do not.
        """
        found = self.verb_at(index)
        if found is None or index >= len(self.atoms):
            return ""
        if index == self._first_verb():
            return self.lead
        if self.subject == "other" or self.lead in {"", "passive"} or not self.follows_break(index):
            return ""
        verb, width, forms = found
        inner = self.atoms[self._after_stop(index) : index]
        if any(atom.key in _SUBORDINATE for atom in inner):
            return ""
        following = self.atoms[index + width].key if index + width < len(self.atoms) else ""
        if "ing" in forms and self.lead != "third" and following not in {"and", ",", "or", ""}:
            return self._acts_by_ing(index, verb, following)
        if self.lead == "past" and "past" in forms:
            is_intransitive = verb.rank <= Rank.WORKED or "prep" in verb.notes
            if (following in _AFTER_PASSIVE and not is_intransitive) or following == "by":
                return ""
            if "base" in forms and (self._has_to(inner) or self._has_hedge(inner)):
                return ""
            return "past"
        if self.lead == "base" and "base" in forms:
            has_other_owner = self._has_to(inner) or self._has_hedge(inner) or following in _AUXILIARIES
            return (
                "" if has_other_owner or ("noun" in verb.notes and not _opens_object(following)) else "base"
            )
        if self.lead == "third" and "third" in forms and "noun" not in verb.notes:
            return "third"
        return ""

    def _acts_by_ing(self, index: int, verb: Verb, following: str) -> Lead:
        first = self._first_verb()
        for position in range(first, index):
            found = self.verb_at(position)
            is_ing = found is not None and "ing" in found[2]
            if (
                is_ing
                and position != first
                and not self.follows_break(position)
                and self._others_do(position)
            ):
                return ""
        is_first_ing = not any(
            self.atoms[position - 1].key in BREAKS and (other := self.verb_at(position)) and "ing" in other[2]
            for position in range(first + 1, index)
        )
        if self.atoms[index - 1].key in _LISTING and is_first_ing and self.lead != "ing":
            return ""
        if verb.base == "lead" and following not in {"a", "an", "the", "to"} and not following[:1].isdigit():
            return ""
        return "ing"

    def _others_do(self, position: int) -> bool:
        """Whether an -ing word may tell what somebody else does: after a noun that is no part of a skill.

        "Supported engineers designing X"; not "redesign of onboarding flow", "monthly reporting in Python".
        """
        here, before = self.atoms[position], self.atoms[position - 1]
        if here.skill:
            return False
        return before.kind != "word" or not (
            before.key in _AFTER_PASSIVE or before.key.endswith(("ly", "al"))
        )

    def _first_verb(self) -> int:
        index = self.begin
        while index < len(self.atoms) and (
            self.atoms[index].key in words_of("droppable") or self.atoms[index].key in {"i", "we", "have"}
        ):
            index += 1
        return index

    def _after_stop(self, index: int) -> int:
        stops = [p for p in range(self.begin, index) if self.atoms[p].key == ";"]
        return stops[-1] + 1 if stops else self.begin

    @staticmethod
    def _has_to(inner: Sequence[Atom]) -> bool:
        return any(atom.key == "to" for atom in inner)

    @staticmethod
    def _has_hedge(inner: Sequence[Atom]) -> bool:
        return any((verb := verbs.lookup(a.key)) is not None and verb.rank is Rank.CONTRIBUTED for a in inner)

    @property
    def has_hedged_lead(self) -> bool:
        """Whether the sentence opens with helping: what follows is shared credit."""
        found = self.verb_at(self._first_verb())
        return found is not None and found[0].rank is Rank.CONTRIBUTED

    @property
    def first_verb(self) -> int:
        return self._first_verb()


def verb_at(each: Sequence[Atom], index: int) -> tuple[Verb, int, frozenset[Form]] | None:
    """The verb at `index` with its width in atoms (2 for "set up") and the forms it may be."""
    if index >= len(each) or each[index].kind != "word":
        return None
    if index + 1 < len(each) and each[index + 1].kind == "word":
        two = f"{each[index].key} {each[index + 1].key}"
        verb = verbs.lookup(two)
        if verb is not None:
            return verb, 2, verb.forms_of(two)
        joined = f"{each[index].key}-{each[index + 1].key}"
        verb = verbs.lookup(joined) if each[index + 1].start == each[index].end + 1 else None
        if verb is not None:
            return verb, 2, verb.forms_of(joined)
    verb = verbs.lookup(each[index].key)
    if verb is not None:
        return verb, 1, verb.forms_of(each[index].key)
    return _unlisted(each, index)


def _unlisted(each: Sequence[Atom], index: int) -> tuple[Verb, int, frozenset[Form]] | None:
    """ "Triaged the alerts": a word on -ed before an article or a number is a past form, though no table
    has it."""
    word = each[index].key
    following = each[index + 1] if index + 1 < len(each) else None
    if len(word) < 5 or not word.endswith("ed") or following is None:
        return None
    if following.kind != "number" and following.key not in {"a", "an", "the", "my", "our", "all", "to"}:
        return None
    verb = Verb(word, word, word, word, word, Rank.BUILT)
    return verb, 1, frozenset({"past", "participle"})


def statements(item: Evidence, find_skills: FindSkills) -> tuple[Statement, ...]:
    """The sentences of an item; one with a label ("Personal project: …") also without it."""
    return _statements(item, _Skills(find_skills))


class _Skills:
    """The finder, hashable by identity, so that sentences are parsed once."""

    def __init__(self, find_skills: FindSkills) -> None:
        self.find = find_skills

    def __hash__(self) -> int:
        return hash(self.find)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Skills) and other.find is self.find


@lru_cache(maxsize=4096)
def _statements(item: Evidence, skills: _Skills) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for sentence in words.sentences(item.text.strip().lstrip("-*•·– ")):
        parts = atoms(sentence, skills.find)
        for begin in _beginnings(parts):
            subject, lead = _opening(parts, begin)
            found.append(Statement(item, sentence, parts, begin, subject, lead))
    return tuple(found)


def _beginnings(parts: Sequence[Atom]) -> list[int]:
    """Where a sentence may be read from: its head, and behind a label that neither shares nor plans the
    fact."""
    at = next((i for i, atom in enumerate(parts[:8]) if atom.key in {":", "–"} and i + 1 < len(parts)), None)
    if at is None or any(_weakens(atom) for atom in parts[:at]):
        return [0]
    return [0, at + 1]


def _weakens(atom: Atom) -> bool:
    verb = verbs.lookup(atom.key)
    return atom.key in words_of("label-markers") or (verb is not None and verb.rank is Rank.CONTRIBUTED)


def _opening(parts: Sequence[Atom], begin: int) -> tuple[Subject, Lead]:
    index = begin
    subject: Subject = "elided"
    while index < len(parts) and parts[index].key in words_of("droppable"):
        index += 1
    if index < len(parts) and parts[index].key in {"i", "we"}:
        subject = "i" if parts[index].key == "i" else "we"
        index += 1
        while index < len(parts) and parts[index].key in {*words_of("droppable"), "have"}:
            index += 1
    lead = _lead_form(parts, index, explicit=subject != "elided")
    return (subject, lead) if lead or subject != "elided" else ("other", "")


def _lead_form(parts: Sequence[Atom], index: int, *, explicit: bool) -> Lead:
    found = verb_at(parts, index)
    if found is None:
        return ""
    verb, width, forms = found
    following = parts[index + width].key if index + width < len(parts) else ""
    if following in _AUXILIARIES:
        return ""
    # "Run" is a base form as well as a participle: "Run a section" tells an act, "Run by volunteers" none.
    if "past" in forms or ("participle" in forms and ("base" not in forms or following == "by")):
        is_passive = (
            following == "by"
            or ("passive" in verb.notes and not explicit)
            or ("appointed" in verb.notes and following in {"to", "as", "by"})
            # "Elected treasurer" is what somebody became; nobody elected one.
            or (verb.base in {"elect", "appoint"} and nouns.is_person(following) and not explicit)
        )
        if is_passive:
            return "passive"
        if "past" not in forms:
            return ""
        ahead = [atom.key for atom in parts[index + width : index + width + 4]]
        if "thing" in verb.notes and not (_opens_object(following) or _is_much(ahead) or _takes_many(ahead)):
            return ""
        # "Trained chef in two hotels" is who somebody is; nobody trained a chef.
        after = [atom.text for atom in parts[index + width : index + width + 4]]
        return "" if not explicit and nouns.says_who(parts[index].key, after) else "past"
    if "ing" in forms:
        # "Nursing assistant in two wards" is who somebody was; nobody nursed an assistant.
        ahead = [atom.text for atom in parts[index + width : index + width + 4]]
        return "" if not explicit and nouns.names_a_person(ahead) else "ing"
    if "base" in forms:
        is_plain = "noun" not in verb.notes and "-" not in verb.base
        is_verb = explicit or is_plain or _opens_object(following) or following == "and"
        is_verb = is_verb or ("prep" in verb.notes and following in _AFTER_PASSIVE)
        is_verb = is_verb or _takes_many([atom.key for atom in parts[index + width : index + width + 5]])
        return "base" if is_verb else ""
    return "third" if "third" in forms and following not in _AFTER_PASSIVE | {""} else ""


def _is_much(after: Sequence[str]) -> bool:
    """ "Automated monthly reporting in Python": a mass noun ends the phrase, so no single thing is named."""
    end = next((k for k, word in enumerate(after) if word in _AFTER_PASSIVE), None)
    return bool(end) and nouns.is_mass(after[end - 1]) if end else False


def _takes_many(after: Sequence[str]) -> bool:
    """Whether a plural ends the phrase that follows: "process housing benefit claims", "support customers".

    A person or a verb in it would make the opening word a noun: "support engineer", "test results showed".
    """
    many = next((k for k, word in enumerate(after) if nouns.is_plural(word)), None)
    if many is None or any(word in _AFTER_PASSIVE | _LISTING | BREAKS for word in after[:many]):
        return False
    following = after[many + 1] if many + 1 < len(after) else ""
    verb = verbs.lookup(following)
    acts = verb is not None and {"past", "third"} & verb.forms_of(following)
    return not acts and following not in _AUXILIARIES and not nouns.is_person(following)


def _opens_object(following: str) -> bool:
    return following in {"a", "an", "the", "my", "our", "all", "new", "daily", "weekly"} or "|" in following
