"""Lexical closure: whether the cited evidence carries a claim word for word.

A claim is a frame, then pieces of evidence. Each piece is a run of neighbouring words of one sentence of
one item,
begun where an act of the sender begins and ended where a clause ends, so that no number, name or noun
can change
its partner. Only articles may be added, verbs inflected, and closed paraphrases put in place. Whatever
shares or
weakens the fact in that sentence must be kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from domain import Evidence
from grounding.atoms import Atom, FindSkills, atoms
from grounding.frames import Framed, may_say_we
from grounding.lexicon import paraphrases, phrases_of, synonyms, words_of
from grounding.registry import Case
from grounding.statements import BREAKS, Statement, statements, verb_at
from language import verbs
from language.verbs import Rank

_ARTICLES = frozenset(["a", "an", "the"])
_PAST_AUX = frozenset(["was", "were"])
_BE = frozenset(["am", "is", "are", "was", "were"])
_HAVE = frozenset(["have", "has"])
_CUTS = frozenset(["resulting", "thereby", "thus", "including", "such"])
_OPEN_WORDS = (
    "of to in on at for with by from into the a an and or than over under about between across "
    "using via as per its "
    "their my our up down"
)
_NO_END = frozenset(_OPEN_WORDS.split())
_BUDGET = 30_000

Used = frozenset[tuple[int, int]]


@dataclass(slots=True)
class Carried:
    """How far the evidence carried a claim. `reached` is the offset in `text` of the first word that it
    did not."""

    supported: bool
    text: str = ""
    reached: int = 0
    word: str = ""


@dataclass(slots=True)
class _Search:
    claim: tuple[Atom, ...]
    sources: tuple[Statement, ...]
    framed: Framed
    may_be_present: bool
    provider: bool
    furthest: int = 0
    left: int = field(default=_BUDGET)

    def run(self) -> bool:
        return any(self._inside(i, s, j, used) for i, s, j, used in self._starts(0, None, None))

    # --- where a piece may begin ---------------------------------------------------------------------

    def _starts(self, i: int, at: int | None, after: int | None) -> Iterator[tuple[int, int, int, Used]]:
        """The (claim, statement, atom) positions from which a piece may run; verbs at its head are
        matched."""
        for s, source in enumerate(self.sources):
            if at is not None and after is not None and s == at:
                yield from self._acts(i, s, source, after)
                continue
            yield from self._openings(i, s, source, is_first=at is None)
            yield from self._acts(i, s, source, source.begin)

    def _openings(
        self, i: int, s: int, source: Statement, *, is_first: bool
    ) -> Iterator[tuple[int, int, int, Used]]:
        """A piece that opens with the sentence itself."""
        speaker, aux = self.framed.speaker, self.framed.auxiliary
        begin = source.begin
        if speaker == "" and is_first:
            yield i, s, begin, frozenset()
        if (
            source.lead == "passive"
            and speaker in {"i", "we", "it"}
            and aux in {*_BE, "has been", "have been"}
        ):
            yield i, s, source.first_verb, frozenset()
        if speaker == "it" and aux == "is about" and source.subject in {"elided", "other"}:
            yield i, s, begin, frozenset()
        if source.subject != "other" or source.lead:
            return
        if (
            speaker in {"i", "we"}
            and aux in {"am", "was", "are", "were"}
            and self._describes_a_person(source)
        ):
            is_past = aux in _PAST_AUX
            if is_past or self.may_be_present or source.item.type == "summary":
                yield i, s, begin, frozenset()
        if speaker in {"i", "we"} and aux == "have" and self._is_possession(source):
            yield i, s, begin, frozenset()
        if speaker == "it" and aux in {"is", "was"} and source.atoms[begin].kind == "word":
            yield i, s, begin, frozenset()
        if speaker == "it" and aux in {"has", "had"} and source.atoms[begin].kind == "number":
            yield i, s, begin, frozenset()

    def _acts(self, i: int, s: int, source: Statement, after: int) -> Iterator[tuple[int, int, int, Used]]:
        """A piece that opens with an act of the sender."""
        for j in range(after, len(source.atoms)):
            if self.framed.speaker == "that" and self._follows_which(source, j):
                for i2, j2 in self._result(i, source, j):
                    yield i2, s, j2, frozenset((s, p) for p in range(j - 1, j2))
            if not source.acts_at(j):
                continue
            for i2, j2 in [*self._verb(i, source, j), *self._paraphrased_act(i, source, j)]:
                yield i2, s, j2, frozenset((s, p) for p in range(j, j2))

    def _paraphrased_act(self, i: int, source: Statement, j: int) -> Iterator[tuple[int, int]]:
        """ "took part in" for "participated in", where the act was in the past."""
        lead = source.acts_at(j)
        if lead != "past" or self.framed.auxiliary or not self._may_speak(source, lead, self.framed.speaker):
            return
        for width, other in _phrases(self.claim, i):
            if _starts(source.atoms, j, other):
                yield i + width, j + len(other)

    @staticmethod
    def _follows_which(source: Statement, j: int) -> bool:
        return j > 1 and source.atoms[j - 1].key == "which" and source.atoms[j - 2].key in BREAKS

    def _result(self, i: int, source: Statement, j: int) -> Iterator[tuple[int, int]]:
        """ ", which cut X" may become "That cut X"."""
        here, there = verb_at(self.claim, i), source.verb_at(j)
        if here is not None and there is not None and here[0] == there[0] and "past" in here[2] & there[2]:
            yield i + here[1], j + there[1]

    def _describes_a_person(self, source: Statement) -> bool:
        if source.begin:
            return False
        first = source.atoms[source.begin]
        if first.key in words_of("adjectives") or _starts(source.atoms, source.begin, ("part", "of")):
            return True
        head = ""
        for atom in source.atoms[source.begin :]:
            if (
                atom.kind != "word"
                or atom.key in _NO_END - _ARTICLES
                or atom.key in {"who", "that", "specializing"}
            ):
                break
            doing = verbs.lookup(atom.key) if head in words_of("role-nouns") else None
            if doing is not None and atom.key == doing.ing:
                break  # "Instructor teaching …", "Paralegal supporting …"
            head = atom.key
        return head in words_of("role-nouns")

    @staticmethod
    def _is_possession(source: Statement) -> bool:
        first = source.atoms[source.begin]
        is_years = first.kind == "number" and first.key.split("|")[1] == "year"
        return is_years or first.key in words_of("possessions")

    # --- verbs ---------------------------------------------------------------------------------------

    def _verb(self, i: int, source: Statement, j: int) -> Iterator[tuple[int, int]]:
        """Match the verb of an act in another inflection or by a synonym of the same rank."""
        lead = source.acts_at(j)
        there = source.verb_at(j)
        here = verb_at(self.claim, i)
        if not lead or there is None:
            return
        if here is None:
            return
        verb, width, forms = here
        other, other_width, _ = there
        is_same = verb.base == other.base
        if not is_same and not (verb.base in synonyms().get(other.base, ()) and verb.rank <= other.rank):
            return
        is_same_word = self.claim[i].key == source.atoms[j].key
        if self._inflects(lead, forms, source, j, same_word=is_same_word):
            yield i + width, j + other_width

    def _inflects(
        self,
        lead: str,
        forms: frozenset[str],
        source: Statement,
        j: int,
        *,
        same_word: bool,
    ) -> bool:
        speaker, aux = self.framed.speaker, self.framed.auxiliary
        is_first = j == source.first_verb
        if speaker == "" or (same_word and aux == "" and lead == "past" and speaker in {"i", "we"}):
            return same_word and self._may_speak(source, lead, speaker)
        if speaker in {"i", "we"}:
            if not self._may_speak(source, lead, speaker) or (
                lead == "ing" and not is_first and source.has_hedged_lead
            ):
                return False
            if aux == "":
                return "past" in forms or (
                    "base" in forms and lead in {"base", "ing"} and self._is_present(source, is_first)
                )
            if aux == "have":
                return "participle" in forms and lead == "past"
            if aux in {"am", "are"}:
                return "ing" in forms and lead in {"ing", "base"} and is_first and self.may_be_present
            return aux in _PAST_AUX and "ing" in forms and lead in {"ing", "base"} and is_first
        if speaker == "that":
            is_now = "third" in forms and lead == "ing" and self.may_be_present
            is_result = lead == "ing" or (lead == "past" and self._is_outcome(source, j))
            return not is_first and (is_now or "past" in forms) and is_result
        if lead == "third" and aux == "":
            return "third" in forms
        return not is_first and aux == "" and "past" in forms and lead in {"past", "ing"}

    @staticmethod
    def _is_outcome(source: Statement, j: int) -> bool:
        """Whether "X, cut Y" may be told as "That cut Y": the second act is a result by its verb."""
        found = source.verb_at(j)
        is_outcome = found is not None and (found[0].rank is Rank.OUTCOME or found[0].base in synonyms())
        return is_outcome and source.atoms[j - 1].key in {",", "and"}

    def _may_speak(self, source: Statement, lead: str, speaker: str) -> bool:
        if lead in {"third", "passive"} and speaker in {"i", "we"}:
            return False
        if speaker == "i":
            return source.subject in {"elided", "i"}
        if speaker == "we":
            return source.subject == "we" or (self.provider and source.subject == "elided")
        return True

    def _is_present(self, source: Statement, is_first: bool) -> bool:
        return self.may_be_present and (is_first or source.lead in {"base", "ing"})

    # --- word by word --------------------------------------------------------------------------------

    def _inside(self, i: int, s: int, j: int, used: Used) -> bool:
        self.left -= 1
        if self.left < 0:
            return False
        self.furthest = max(self.furthest, i)
        source = self.sources[s]
        if self._may_end(source, j, used, s):
            if i == len(self.claim):
                if self._keeps_what_weakens(used):
                    return True
            elif self._next_piece(i, s, j, used):
                return True
        if i >= len(self.claim) or j > len(source.atoms):
            return False
        return any(
            self._inside(i2, s, j2, used | {(s, p) for p in taken})
            for i2, j2, taken in self._steps(i, source, j, s, used)
        )

    def _next_piece(self, i: int, s: int, j: int, used: Used) -> bool:
        """After ", " or " and " the claim may go on with another act, of this sentence or of another item."""
        k = i
        while k < len(self.claim) and self.claim[k].key in {",", ";", "and"}:
            k += 1
        if k == i or k == len(self.claim):
            return False
        if self.framed.speaker in {"i", "we"}:
            while k < len(self.claim) and self.claim[k].key in {self.framed.speaker, "also", "then"}:
                k += 1
        elif self.framed.speaker == "":
            return False
        done = {each for each, _ in used}
        if self.framed.speaker in {"that", "it"}:
            item = self.sources[s].item.id
            done |= {n for n, source in enumerate(self.sources) if source.item.id != item}
        for i2, s2, j2, head in self._starts(k, s, j):
            if (s2 == s or s2 not in done) and self._inside(i2, s2, j2, used | head):
                return True
        return False

    def _may_end(self, source: Statement, j: int, used: Used, s: int) -> bool:
        if not any(each == s for each, _ in used):
            return False
        parts = source.atoms
        if j < len(parts) and parts[j - 1].key in _NO_END and parts[j - 1].kind == "word":
            return False
        if j >= len(parts):
            return True
        ends_here = parts[j].key in {"–", ";", ".", "("} or (parts[j].key == ":" and source.lead != "")
        if ends_here:
            return not self._is_open_pair(source, j, used, s)
        follows = parts[j].key in {",", "and"}
        k = j
        while k < len(parts) and parts[k].key in {",", "and", *words_of("droppable")}:
            k += 1
        if k >= len(parts):
            return True
        if self._is_open_pair(source, j, used, s):
            return False
        if parts[k].key in _CUTS or (follows and parts[k].key in {"which", "where"}):
            return True
        is_aside = parts[j].key == "," and parts[k].key in {"a", "an"} and source.subject == "other"
        if is_aside and not any(atom.key in {",", "and"} for atom in parts[k + 1 :]):
            return True  # "Core developer on Starbound, a roguelike that sold well"
        if parts[k].key == "while" and (doing := source.verb_at(k + 1)) is not None and "ing" in doing[2]:
            return True
        if follows and (self._is_complete(parts[j - 1]) or self._closes_pair(source, j)):
            return True
        if follows and (source.acts_at(k) or self._is_passive_tail(source, k)):
            return True
        return self._rest_is_skills(source, j, k)

    @staticmethod
    def _closes_pair(source: Statement, j: int) -> bool:
        """Whether "from 9% to 3%" has just ended."""
        parts = source.atoms[:j]
        ends = len(parts) > 3 and parts[-1].kind == "number" and parts[-2].key == "to"
        return ends and parts[-3].kind == "number" and parts[-4].key == "from" and "||" not in parts[-1].key

    @staticmethod
    def _is_complete(last: Atom) -> bool:
        """Whether nothing can hang on the last atom: an amount of money."""
        return last.kind == "number" and last.key.split("|")[1] in {
            "USD",
            "EUR",
            "GBP",
            "CHF",
            "INR",
            "BRL",
            "JPY",
        }

    def _is_passive_tail(self, source: Statement, k: int) -> bool:
        found = source.verb_at(k)
        after = k + (found[1] if found else 1)
        is_participle = found is not None and ("participle" in found[2] or "ing" in found[2])
        is_listed = after >= len(source.atoms) or source.atoms[after].key in {"and", "or", ","}
        return is_participle and source.atoms[k - 1].key == "," and not is_listed

    @staticmethod
    def _is_open_pair(source: Statement, j: int, used: Used, s: int) -> bool:
        """Whether a "between … and", "both … and" or "from … to" is still open at `j`."""
        open_word = ""
        for p in range(j):
            if (s, p) not in used:
                continue
            key = source.atoms[p].key
            if key in {"between", "both", "either"}:
                open_word = "and"
            elif key == "from" and p + 1 < len(source.atoms) and source.atoms[p + 1].kind == "number":
                open_word = "to"
            elif key == open_word or (open_word == "and" and key == "or"):
                open_word = ""
        return bool(open_word)

    @staticmethod
    def _rest_is_skills(source: Statement, j: int, k: int) -> bool:
        """A list of skills may lose its last members when nothing hangs on them."""
        parts = source.atoms
        if k == j or not parts[j - 1].skill or not parts[k].skill or _are_years(parts[:j]):
            return False
        while k < len(parts) and (parts[k].skill or parts[k].key in {",", "and", "/"}):
            k += 1
        return k >= len(parts) or parts[k].key in {";", ".", "–", "("}

    def _steps(
        self, i: int, source: Statement, j: int, s: int, used: Used
    ) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        claim, parts = self.claim, source.atoms
        c = claim[i]
        if c.key in _ARTICLES and i + 1 < len(claim) and j < len(parts):
            yield i + 1, j, ()
        if j >= len(parts):
            return
        a = parts[j]
        if c.key == a.key and c.kind == a.kind:
            yield i + 1, j + 1, (j,)
        if a.key in _ARTICLES or a.key in words_of("droppable") or _praises(parts, j):
            yield i, j + 1, (j,)
        yield from self._separators(i, parts, j)
        if a.key == "(":
            close = next((p for p in range(j, len(parts)) if parts[p].key == ")"), None)
            if close is not None:
                yield i, close + 1, ()
        for width, other in _phrases(claim, i):
            if _starts(parts, j, other):
                yield i + width, j + len(other), tuple(range(j, j + len(other)))
        if self._may_skip_skill(source, j):
            k = j
            while k < len(parts) and parts[k].skill:
                k += 1
            while k < len(parts) and parts[k].key in {",", "and", "/"}:
                k += 1
            if k < len(parts) and parts[k].skill:
                yield i, k, ()
        if (
            c.key == "from"
            and a.kind == "number"
            and any(p.text.strip(" ") in {"→", "->", "=>", "-->"} for p in parts[j:])
        ):
            yield i + 1, j, ()
        if source.follows_break(j) and any(position < j for each, position in used if each == s):
            for i2, j2 in self._verb(i, source, j):
                yield i2, j2, tuple(range(j, j2))
            if self.framed.speaker == "it" and c.key in _BE and self._is_participle(source, j):
                yield i + 1, j, ()

    @staticmethod
    def _may_skip_skill(source: Statement, j: int) -> bool:
        return (
            source.atoms[j].skill
            and j > 0
            and not _are_years(source.atoms[:j])
            and source.atoms[j - 1].key in {",", "and", "/", "using", "in", "with", ":"}
        )

    @staticmethod
    def _is_participle(source: Statement, j: int) -> bool:
        found = source.verb_at(j)
        return found is not None and "participle" in found[2]

    def _separators(
        self, i: int, parts: Sequence[Atom], j: int
    ) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Commas, "and" and slashes part the members of a list alike."""
        claim, c, a = self.claim, self.claim[i], parts[j]
        alike = {",", "and", "&"}
        if c.key in alike and a.key in alike and c.key != a.key:
            yield i + 1, j + 1, (j,)
        if c.key == "and" and a.key in {";", "/"}:
            yield i + 1, j + 1, (j,)
        if c.key in {"per", "a"} and a.key == "/":
            yield i + 1, j + 1, (j,)
        if c.key == "," and a.key in {"–", ";", "("}:
            yield i + 1, j + 1, (j,)
        if c.key == "," and i + 1 < len(claim) and claim[i + 1].key == "and":
            yield i + 1, j, ()
        if a.key == "," and j + 1 < len(parts) and parts[j + 1].key == "and":
            yield i, j + 1, (j,)
        if a.key == "," and self._closes_nothing(parts, j):
            return

    @staticmethod
    def _closes_nothing(parts: Sequence[Atom], j: int) -> bool:
        return j + 1 >= len(parts)

    # --- what must be kept ---------------------------------------------------------------------------

    def _keeps_what_weakens(self, used: Used) -> bool:
        return all(not self._lost(s, used) for s in {each for each, _ in used})

    def _lost(self, s: int, used: Used) -> str:
        """The first phrase of the sentence that shares or weakens its fact and is not in the claim."""
        source = self.sources[s]
        return lost_marker(source, frozenset(p for each, p in used if each == s))


def _are_years(parts: Sequence[Atom]) -> bool:
    """Whether stated years hang on what follows: "six years in insurance and retail" are six of both."""
    return any(atom.kind == "number" and atom.key.split("|")[1] == "year" for atom in parts)


def lost_marker(source: Statement, used: frozenset[int]) -> str:
    """The first marker of the sentence outside the used atoms, or ""."""
    parts = source.atoms
    for p, atom in enumerate(parts):
        for wanted in _markers().get(atom.key, ()):
            if _starts(parts, p, wanted) and not used.issuperset(range(p, p + len(wanted))):
                return " ".join(wanted)
    return _lost_aside(parts, used)


@lru_cache(maxsize=1)
def _markers() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The markers by their first words."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases_of("markers"):
        wanted = tuple(phrase.split())
        found[wanted[0]] = (*found.get(wanted[0], ()), wanted)
    return found


def _lost_aside(parts: Sequence[Atom], used: frozenset[int]) -> str:
    """The first word of a bracket, or of a short aside after a dash, that may weaken what was used
    before it."""
    for p, atom in enumerate(parts):
        if atom.key not in {"(", "–"} or p - 1 not in used or p == 0:
            continue
        close = ")" if atom.key == "(" else ";"
        end = next((q for q in range(p + 1, len(parts)) if parts[q].key == close), len(parts))
        inner = [q for q in range(p + 1, end) if parts[q].kind != "mark"]
        inner = [
            q
            for q in (inner if atom.key == "(" else inner[:4])
            if parts[q].key in words_of("bracket-markers")
        ]
        lost = next((q for q in inner if q not in used), None)
        if lost is not None:
            return parts[lost].text
    return ""


def _starts(parts: Sequence[Atom], j: int, wanted: tuple[str, ...]) -> bool:
    return len(parts) >= j + len(wanted) and all(parts[j + n].key == word for n, word in enumerate(wanted))


def _praises(parts: Sequence[Atom], j: int) -> bool:
    """Whether a word only praises the sender: "Seasoned (nurse)", not "Skilled (in triage)"."""
    if parts[j].key not in words_of("self-praise") or j + 1 >= len(parts):
        return False
    return parts[j + 1].key not in {"in", "with", "at", "and", ","}


def _phrases(claim: Sequence[Atom], i: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for width in (1, 2, 3):
        key = tuple(atom.key for atom in claim[i : i + width])
        if len(key) == width:
            for other in paraphrases().get(key, ()):
                yield width, other


def carries(case: Case, items: Sequence[Evidence], framed: Framed, find_skills: FindSkills) -> Carried:
    """Whether these items carry the words that a frame left."""
    claim = atoms(framed.rest, None)
    sources = tuple(statement for item in items for statement in statements(item, find_skills))
    if not claim or not sources:
        return Carried(False, framed.rest)
    record = case.record
    search = _Search(
        claim=claim,
        sources=sources,
        framed=framed,
        may_be_present=record is None or record.current or not record.end,
        provider=may_say_we(case),
    )
    if search.run():
        return Carried(True, framed.rest)
    at = claim[min(search.furthest, len(claim) - 1)]
    return Carried(False, framed.rest, at.start, at.text)
