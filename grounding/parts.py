"""A sentence as parts: acts and what follows from them, each a verb with its phrases.

    Designed a practical course on electronics together with a colleague, which 90 pupils attend
    act   design   ""[course electronics practical]  together[colleague]
    tail  attend   [90 pupil]

Words are read as their base forms, "migration" as "migrate", phrases that mean the same as one of them.
Articles and possessives fall away; numbers, negations and all other words stay.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from grounding import statements
from grounding.atoms import Atom
from grounding.lexicon import rows_of, words_of
from grounding.stated import alike
from language import nouns, verbs, words
from language.verbs import Form, Rank, Verb

_SILENT = frozenset(["a", "an", "the", "my", "our", "their", "its", "his", "her", "this", "these", "those"])
_AUX = frozenset(["is", "are", "was", "were", "be", "been", "being", "has", "have", "had"])
_HINTS = frozenset(["still", "now", "also", "then", "so", "thereby", "thus", "later", "first", "already"])
_TIMES = frozenset(["second", "minute", "hour", "day", "week", "month", "quarter", "year", "night", "shift"])
_RATES = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annual": "year", "annually": "year", "nightly": "night",
}  # fmt: skip
PREPOSITIONS = {
    "in": "in", "on": "in", "at": "in", "within": "in", "inside": "in", "across": "in",
    "into": "to", "to": "to", "towards": "to",
    "with": "with", "using": "with", "via": "with", "through": "with", "utilizing": "with",
    "leveraging": "with", "from": "from", "by": "by", "for": "for", "about": "for", "as": "as",
    "under": "under", "between": "between",
    "during": "during", "after": "after", "before": "before", "against": "against", "among": "among",
    "toward": "to", "onto": "to", "per": "per", "worth": "worth", "including": "including",
    "like": "like", "than": "than",
}  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_RELATIVE = frozenset(["which", "that", "who", "whom"])


Kind = Literal["subject", "object", "means"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One word or number to compare. `at` is its place among the atoms."""

    key: str
    text: str
    at: int
    number: bool = False
    skill: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Members joined by "and", behind a preposition's class; "" is the object, "rate" is "a day"."""

    prep: str
    members: tuple[tuple[Unit, ...], ...]
    first: int
    after: int

    @property
    def all_skills(self) -> bool:
        return all(unit.skill for member in self.members for unit in member)

    @property
    def has_number(self) -> bool:
        return any(unit.number for member in self.members for unit in member)


@dataclass(frozen=True, slots=True)
class Part:
    """A verb and its phrases. `kind` says what a tail's noun is to its verb, or that it only tells by what
    means; `restrictive` that no comma parts it from the noun."""

    verb: Verb
    forms: frozenset[Form]
    phrases: tuple[Phrase, ...]
    first: int
    after: int
    kind: Literal["act", "subject", "object", "means"] = "act"
    restrictive: bool = False


_VERBS = (
    Verb("come", "came", "come", "coming", "comes", Rank.OUTCOME),
    Verb("have", "had", "had", "having", "has", Rank.OUTCOME),
)
_PLAIN = {word: verb for verb in _VERBS for word in (verb.base, verb.past, verb.ing, verb.third)}


def verb_at(atoms: Sequence[Atom], index: int) -> tuple[Verb, int, frozenset[Form]] | None:
    """As in `statements`, and "came third", "has 800 stars" besides."""
    if 0 <= index < len(atoms) and (plain := _PLAIN.get(atoms[index].key)):
        return plain, 1, plain.forms_of(atoms[index].key)
    return statements.verb_at(atoms, index)


# --- words -------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The base form that a word is compared by."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    low = _aliases().get((low,), low)
    if low in _meant() or "." in low:
        return low
    verb = verbs.lookup(low)
    if verb is not None:
        return verb.base
    single = words.stem(low)
    single = _aliases().get((single,), single)
    return _nominals().get(single, single)


@lru_cache(maxsize=1)
def _aliases() -> dict[tuple[str, ...], str]:
    return {tuple(row[1].split()): row[0] for row in rows_of("alike-words")}


@lru_cache(maxsize=1)
def _meant() -> frozenset[str]:
    """The words that others are read as; they keep their form."""
    return frozenset(row[0] for row in rows_of("alike-words"))


@lru_cache(maxsize=1)
def _nominals() -> dict[str, str]:
    """ "migration" to "migrate", "management" to "manage", by the rules of English and the verb table."""
    found: dict[str, str] = {}
    for verb in verbs.all_verbs():
        base = verb.base
        made = [base + "ment", base + "ation", base + "ion"]
        if base.endswith("e"):
            made += [base[:-1] + "ion", base[:-1] + "ation", base[:-1] + "al"]
        if base.endswith("fy"):
            made.append(base[:-1] + "ication")
        for noun in made:
            if verbs.lookup(noun) is None:
                found.setdefault(noun, base)
    return found


def units(atoms: Sequence[Atom], first: int, after: int) -> list[Unit]:
    """The words and numbers of a stretch of atoms; phrases that mean the same as a word are that word."""
    found: list[Unit] = []
    at = first
    while at < after:
        atom = atoms[at]
        if atom.kind == "mark" or atom.key in _SILENT:
            at += 1
            continue
        width, key = _phrase_at(atoms, at, after)
        if not width:
            width = 1
            key = _key(atom)
        last = atoms[at + width - 1].text
        is_plural = atom.kind == "word" and "." not in last and nouns.is_plural(last)
        found.append(Unit(key, atom.text, at, atom.kind == "number", atom.skill, is_plural))
        at += width
    return found


def _key(atom: Atom) -> str:
    if atom.kind == "number":
        value, unit, comparator = atom.key.split("|")
        within = comparator == "under" and atom.text.lower().startswith("within")
        return f"{value}|{unit}|" if within else atom.key
    if atom.label and alike(atom.text, atom.label):
        return key_of(atom.label) if " " not in atom.label else atom.label.lower()
    return key_of(atom.key) if atom.kind == "word" else atom.key


def _phrase_at(atoms: Sequence[Atom], at: int, after: int) -> tuple[int, str]:
    for width in (4, 3, 2):
        if at + width <= after and all(atom.kind == "word" for atom in atoms[at : at + width]):
            plain = tuple(atom.key for atom in atoms[at : at + width])
            stems = (*plain[:-1], words.stem(plain[-1]))
            for each in (plain, stems):
                if each in _aliases():
                    return width, _aliases()[each]
    return 0, ""


# --- phrases -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    prep: str
    first: int
    members: list[list[Unit]]


def phrases(atoms: Sequence[Atom], first: int, after: int, verb: Verb | None = None) -> tuple[Phrase, ...]:
    """A stretch of atoms as phrases. "of" joins; "on", "for" and "about" join what holds no number or skill.

    After a verb of helping, "in rewriting X" and "to rewrite X" are its object.
    """
    done: list[_Open] = [_Open("", first, [[]])]
    apart: list[Phrase] = []
    helps = verb is not None and verb.rank is Rank.CONTRIBUTED
    at = first
    while at < after:
        atom = atoms[at]
        rate = _rate_at(atoms, at, after)
        if rate:
            key = f"~{rate[1]}"
            apart.append(Phrase("rate", ((Unit(key, atom.text, at),),), at, at + rate[0]))
            at += rate[0]
            continue
        if _YEAR.fullmatch(atom.key):
            if done[-1].prep == "in" and not done[-1].members[-1] and len(done[-1].members) == 1:
                done.pop()
            apart.append(Phrase("year", ((Unit(atom.key, atom.text, at),),), at, at + 1))
            at += 1
            continue
        if atom.key == "(":
            close = next((p for p in range(at, after) if atoms[p].key == ")"), at)
            at = close + 1
            continue
        last = done[-1].members[-1]
        if atom.key == "place" and last and "ordinal" in last[-1].key:
            at += 1
            continue
        if helps and atom.key == "when" and at + 2 < after and atoms[at + 1].key in {"it", "they"}:
            at += 2
            continue
        if atom.kind == "number" and atom.key.endswith("|under") and _key(atom) != atom.key:
            done.append(_Open("in", at, [[]]))
        follows = verb_at(atoms, at + 1) if at + 1 < after else None
        if helps and atom.key in {"in", "with", "to"} and _is_act(atoms, at + 1, after, follows):
            at += 1
            continue
        if atom.key == "in" and follows is not None and follows[2] == {"ing"} and last:
            at += 1
            continue
        if atom.key == "together" and at + 1 < after and atoms[at + 1].key == "with":
            done.append(_Open("together", at, [[]]))
            at += 2
            continue
        is_prep = atom.kind == "word" and atom.key in PREPOSITIONS and not atom.skill
        if is_prep and not (atom.key == "about" and _is_amount(atoms, at + 1)):
            purpose = _is_purpose(atoms, at, after)
            tools = done[-1].prep == "with" and any(unit.skill for unit in done[-1].members[-1])
            if not purpose and not tools and done[-1].members[-1] and _joins(atoms, at, after):
                at += 1
                continue
            done.append(_Open("purpose" if purpose else PREPOSITIONS[atom.key], at, [[]]))
        elif atom.key in {",", "and", "/"} and done[-1].members[-1]:
            if all(_adorns(u) for u in done[-1].members[-1]):
                done[-1].members[-1] = []
            elif not _adorn_alike(done[-1].members[-1][-1], units(atoms, at + 1, min(after, at + 3))):
                done[-1].members.append([])
        elif atom.key not in {"of", ",", "and"}:
            width, _ = _phrase_at(atoms, at, after)
            done[-1].members[-1] += units(atoms, at, at + max(1, width))
            at += max(1, width) - 1
        at += 1
    return (*_closed(done, after), *apart)


def _adorns(unit: Unit) -> bool:
    return bool({unit.key, unit.text.lower()} & words_of("ornaments")) and not unit.number


def _adorn_alike(one: Unit, following: Sequence[Unit]) -> bool:
    """ "scalable and high-performing": two adornments of one noun."""
    return _adorns(one) and bool(following) and _adorns(following[0])


def _is_act(
    atoms: Sequence[Atom], at: int, after: int, found: tuple[Verb, int, frozenset[Form]] | None
) -> bool:
    if found is not None and ("ing" in found[2] or atoms[at - 1].key == "to"):
        return True
    skipped = at + 1 if at < after and atoms[at].key in _SILENT else at
    return skipped < after and atoms[skipped].key.removesuffix("s") in _nominals()


def _is_amount(atoms: Sequence[Atom], at: int) -> bool:
    """ "about a third", "about half"."""
    return any(a.kind == "number" or a.key in {"half", "third", "quarter"} for a in atoms[at : at + 2])


def _is_purpose(atoms: Sequence[Atom], at: int, after: int) -> bool:
    """ "to cut costs", "for robust testing of components": what something was for."""
    if atoms[at].key == "to":
        found = verb_at(atoms, at + 1) if at + 1 < after else None
        return found is not None and "base" in found[2]
    if atoms[at].key != "for":
        return False
    for p in range(at + 1, min(at + 4, after)):
        word = atoms[p]
        if word.kind != "word" or word.key in PREPOSITIONS:
            return False
        found = verb_at(atoms, p)
        is_doing = (found is not None and "ing" in found[2]) or words.stem(word.key) in _nominals()
        following = atoms[p + 1].key if p + 1 < after else ""
        if is_doing and (following in {"", "of", "and", "the", "a", ","} or following in PREPOSITIONS):
            return True
    return False


def _joins(atoms: Sequence[Atom], at: int, after: int) -> bool:
    """Whether a preposition only makes a compound: "course on electronics", "dashboard for claims"."""
    if atoms[at].key not in {"on", "for", "about"}:
        return False
    for atom in atoms[at + 1 : after]:
        if atom.key in PREPOSITIONS or atom.kind == "mark" or atom.key == "and":
            break
        is_name = atom.text[:1].isupper() and not atom.text.isupper()
        if atom.kind != "word" or is_name or (atom.skill and atoms[at].key != "on"):
            return False
    return at + 1 < after


def _closed(opened: Sequence[_Open], after: int) -> Iterator[Phrase]:
    for each, following in zip(opened, [*opened[1:], None], strict=True):
        members = tuple(tuple(member) for member in each.members if member)
        if members or each.prep:
            yield Phrase(each.prep, members, each.first, following.first if following else after)


def _rate_at(atoms: Sequence[Atom], at: int, after: int) -> tuple[int, str] | None:
    """ "a day", "per month", "every year", "monthly": its width in atoms and the time."""
    word = atoms[at].key
    if word in _RATES:
        return 1, _RATES[word]
    if word in {"per", "a", "an", "each", "every", "/"} and at + 1 < after and at + 1 < len(atoms):
        time = words.stem(atoms[at + 1].key)
        is_rate = word in {"per", "each", "every", "/"} or (at > 0 and atoms[at - 1].key not in PREPOSITIONS)
        if time in _TIMES and is_rate:
            return 2, time
    return None


# --- tails -------------------------------------------------------------------------------------------


def verb_of_tail(atoms: Sequence[Atom], opened: tuple[Kind, int]) -> int:
    """Where the words of a tail go on behind its verb, so that "that is still used by" is one tail."""
    p = _verb_of_tail(atoms, opened[0], opened[1], min(len(atoms), opened[1] + 12))
    return opened[1] if p is None else p + 1


def tail_at(atoms: Sequence[Atom], at: int, begin: int) -> tuple[Kind, int] | None:
    """What opens at `at` besides an act, and where its words begin: "which …", ", saving …", "used by …"."""
    if at <= begin or at >= len(atoms) or atoms[at].kind != "word" or atoms[at].key == "including":
        return None
    word = atoms[at].key
    before = atoms[at - 1]
    found = verb_at(atoms, at)
    if word in _RELATIVE and at + 1 < len(atoms):
        return _relative(atoms, at)
    if word in {"by", "through", "while"} and (doing := verb_at(atoms, at + 1)) and "ing" in doing[2]:
        return "means", at + 1
    if found is None:
        return None
    behind = at + found[1]
    if behind < len(atoms) and atoms[behind].key in _RATES:  # "used daily by 140 people"
        behind += 1
    following = atoms[behind].key if behind < len(atoms) else ""
    if "participle" in found[2] and "base" not in found[2] and following in _AFTER_PARTICIPLE:
        is_noun = before.kind == "mark" or (
            before.kind == "word" and before.key not in _AUX | {"and", "i", "we"}
        )
        return ("object", at) if is_noun and before.key not in PREPOSITIONS else None
    goes_on = following not in {",", "and", "or", ""}
    if "ing" in found[2] and goes_on and (before.key in {",", "–"} or _tells_a_result(atoms, at, found[0])):
        return "subject", at
    return None


def _tells_a_result(atoms: Sequence[Atom], at: int, verb: Verb) -> bool:
    """ "a mechanism reducing memory by 4x": behind a noun, without a comma."""
    before = atoms[at - 1]
    is_noun = (
        before.kind == "word" and before.key not in PREPOSITIONS and before.key not in _AUX | {"and", "or"}
    )
    following = atoms[at + 1] if at + 1 < len(atoms) else None
    counts = following is not None and following.kind == "number"
    return (
        is_noun
        and (verb.rank is Rank.OUTCOME or counts)
        and before.key not in _SILENT
        and "noun" not in verb.notes
    )


_AFTER_PARTICIPLE = frozenset(["by", "in", "with", "for", "at", "on", "from", "using", "across", "to"])


def _relative(atoms: Sequence[Atom], at: int) -> tuple[Literal["subject", "object"], int] | None:
    inner = at + 1
    while inner < len(atoms) and atoms[inner].key in _AUX | _HINTS:
        inner += 1
    found = verb_at(atoms, inner)
    passive = any(atom.key in _AUX - {"has", "have", "had"} for atom in atoms[at + 1 : inner])
    if found is not None and (passive and "participle" in found[2]):
        return "object", at + 1
    plain = found is not None and found[2] & {"third", "past", "base", "ing"}
    if plain and not (atoms[at].key == "that" and found is not None and "noun" in found[0].notes):
        return "subject", at + 1
    for p in range(inner, min(len(atoms), at + 7)):
        if atoms[p].key in {",", ";", "."}:
            break
        if p > inner and (act := verb_at(atoms, p)) and act[2] & {"base", "past", "third"}:
            return "object", at + 1
    return ("subject", at + 1) if plain else None


def tail(atoms: Sequence[Atom], kind: Kind, at: int, begin: int, after: int) -> Part | None:
    """The tail whose words begin at `begin`, opened at `at`: its verb wherever it stands, and the rest."""
    p = _verb_of_tail(atoms, kind, begin, after)
    found = verb_at(atoms, p) if p is not None else None
    if p is None or found is None:
        return None
    verb, width, forms = found
    inner = [a for a in range(begin, p) if atoms[a].key not in _AUX]
    rest = phrases(atoms, p + width, after, verb)
    before = phrases(atoms, begin, p) if any(atoms[a].key not in _HINTS for a in inner) else ()
    hints = tuple(
        Phrase("hint", ((Unit(atoms[a].key, atoms[a].text, a),),), a, a + 1)
        for a in inner
        if atoms[a].key in _KEPT_HINTS
    )
    is_result = atoms[at].key == atoms[begin].key and kind == "subject" and verb.rank is Rank.OUTCOME
    restrictive = atoms[at - 1].key not in {",", "–", ";"} and not is_result if at else False
    told = tuple(_without_hints(phrase) for phrase in before)
    return Part(verb, forms, (*told, *rest, *hints), at, after, kind, restrictive)


_KEPT_HINTS = frozenset(["still", "already", "later"])


def _without_hints(phrase: Phrase) -> Phrase:
    members = tuple(tuple(u for u in member if u.key not in _KEPT_HINTS) for member in phrase.members)
    return Phrase(phrase.prep, members, phrase.first, phrase.after)


def _verb_of_tail(atoms: Sequence[Atom], kind: Kind, begin: int, after: int) -> int | None:
    """Where the verb of a tail stands: the first, but the last in "that the support desk still uses"."""
    found = [p for p in range(begin, after) if verb_at(atoms, p) is not None and atoms[p].key not in _AUX]
    first = begin
    while first < after and atoms[first].key in _AUX | _HINTS:
        first += 1
    if kind != "object" or (found and found[0] == first):
        return found[0] if found else None
    finite = [p for p in found if (v := verb_at(atoms, p)) and v[2] & {"base", "past", "third"}]
    plain = [p for p in finite if (v := verb_at(atoms, p)) and "noun" not in v[0].notes]
    return next(iter(reversed(plain or finite)), None)
