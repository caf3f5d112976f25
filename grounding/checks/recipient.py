"""A sentence about the recipient repeats what cited lines of the page say, in their order, and says
nothing of "I"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain import Section, SentenceKind
from grounding.atoms import Atom, atoms
from grounding.citable import is_citable, spoken_plainly
from grounding.lexicon import words_of
from grounding.registry import Case, Fault, check
from language import quantities, verbs, words

_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|me|my|mine|we|We|our|Our|ours|us|My|Me)\b")
_NEGATIONS = frozenset(
    ["not", "no", "never", "without", "nor", "neither", "don't", "doesn't", "cannot", "unless"]
)
_EXCEPTIONS = frozenset(["without", "unless", "except", "until"])
_WAIVED = frozenset(["require", "need", "necessary", "mandatory", "expect", "essential", "must", "needed"])
_CODE_LIKE = re.compile(r"(?=\w*\d)(?=\w*[A-Za-z])[\w-]{6,}|[A-Z]{5,}|[\"“”‘]|\d{4,}")


@check(
    "recipient",
    SentenceKind.RECIPIENT,
    number="V11",
    catches="anything about the recipient that the cited lines of the page do not say",
    passes="R p2 | You move batch jobs to Kubernetes.",
    fails="R p2 | You move batch jobs to Terraform.",
)
def recipient(case: Case) -> Fault | None:
    """Words, numbers and skills of the cited lines, the title, the company, or the closed list."""
    from grounding.checks.gap import is_gap

    if case.is_own_line or is_gap(case):
        return None
    first = _FIRST_PERSON.search(case.text)
    if first:
        return Fault("A sentence about them may not speak of you.", first.group())
    spoken = next((line for line in case.lines if not is_citable(line, case.find_skills)), None)
    if spoken is not None:
        return Fault("This line of the page is not about the work itself.", spoken.text)
    if not _opens_well(case):
        return Fault("A sentence about them begins with “you”, “your” or their name.", case.text)
    return (
        _raised(case)
        or _joined_alternatives(case)
        or _foreign_number(case)
        or _foreign_skill(case)
        or _foreign_words(case)
    )


def _opens_well(case: Case) -> bool:
    """ "You …", "Your …", "{Company} …", "For the {title} role, you …": never an order, never a bare
    fragment."""
    company = case.brief.posting.company
    text = case.text
    if company and text.startswith(company):
        return True
    is_about_them = re.search(r"\b(?:you|your|You|Your)\b", text) is not None or (company and company in text)
    return bool(is_about_them) and re.match(r"(?:You|Your|For|At|As|In|The|This|There)\b", text) is not None


_OPTIONAL = re.compile(
    r"\b(?:plus|bonus|optional|nice to have|nice-to-have|preferred|ideally|desirable|advantage"
    r"|welcome|not required"
    r"|not necessary|good to have)\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(r"\b(?:requires?|requirements?|required|must|demand|insist|expects?)\b", re.IGNORECASE)


def _raised(case: Case) -> Fault | None:
    """What the page calls welcome, a draft may not call required."""
    demand = _DEMAND.search(case.text)
    for line in case.lines if demand else ():
        waived = _OPTIONAL.search(line.text)
        if (
            demand
            and (waived or line.section is Section.NICE)
            and demand.group().lower() not in line.text.lower()
        ):
            says = waived.group() if waived else line.heading
            return Fault("The page calls this welcome, not required.", demand.group(), says)
    return None


_EITHER = re.compile(r"(?<![\w.+#])([\w.+#]{1,40})\s+or\s+([\w.+#]{1,40})")
_ASKS = re.compile(r"\b(?:ask|asks|need|needs|want|wants|require|requires|look|looking)\b")


def _joined_alternatives(case: Case) -> Fault | None:
    """What the page asks for as "X or Y", a draft may not ask for as "X and Y"."""
    for line in case.lines if _ASKS.search(case.text) else ():
        for one, other in _EITHER.findall(line.text):
            joined = rf"(?<!\w){re.escape(one)},?\s+and\s+{re.escape(other)}"
            if found := re.search(joined, case.text, re.IGNORECASE):
                return Fault("The page asks for one of these, not for all.", found.group(), line.text)
    return None


def _foreign_number(case: Case) -> Fault | None:
    there = [q for text in _sources(case) for q in quantities.find(text)]
    known = {(q.value, q.unit, q.comparator) for q in there}
    for quantity in quantities.find(case.text):
        is_small_word = quantity.text.lower() in {"one", "first"}
        if (quantity.value, quantity.unit, quantity.comparator) not in known and not is_small_word:
            return Fault(
                "The cited line does not give this number.", quantity.text, " / ".join(_sources(case))
            )
    return None


def _foreign_skill(case: Case) -> Fault | None:
    there = {mention.skill for text in _sources(case) for mention in case.find_skills(text)}
    for mention in case.find_skills(case.text):
        inside_known = any(mention.text.lower() in source.lower() for source in _sources(case))
        if (
            mention.skill not in there
            and not inside_known
            and mention.text.lower() not in words_of("recipient")
        ):
            return Fault("The cited line does not ask for this.", mention.text, " / ".join(_sources(case)))
    return None


def _sources(case: Case) -> list[str]:
    posting = case.brief.posting
    return [
        *(spoken_plainly(line.text) for line in case.lines),
        posting.title,
        posting.company,
        posting.location,
    ]


def _foreign_words(case: Case) -> Fault | None:
    rows = [_row(case, line.text) for line in case.lines]
    said = _said(case)
    stems = {piece.stem for row in rows for piece in row}
    for piece in said:
        if piece.kind == "word" and _CODE_LIKE.fullmatch(piece.text) and not _is_name(case, piece.text):
            return Fault("This looks like a code word, not a fact about the work.", piece.text)
        if piece.stem in _NEGATIONS and piece.stem not in stems:
            return Fault("The cited line does not deny this.", piece.text, " / ".join(_sources(case)))
        if not (piece.free or piece.stem in stems or _is_closed(piece)):
            return Fault(
                "The cited line does not say this.", piece.text, " / ".join(x.text for x in case.lines)
            )
    if not Repeats(said, rows).hold():
        lines = " / ".join(line.text for line in case.lines)
        return Fault("The cited line does not say this in these words.", case.text, lines)
    return _order_without_act(case) or _lost_negation(said, rows)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or number to compare. `free` is a name: a skill of the cited lines, the title, "
    "the company, the place."""

    kind: str
    stem: str
    text: str
    free: bool = False
    skill: bool = False


_TURNED = {"our": "your", "ours": "your", "we": "you", "us": "you", "yours": "your", "we're": "you're"}
_ARTICLES = frozenset(["a", "an", "the", "your", "any", "some"])
_NO_END = frozenset(
    ["of", "to", "in", "on", "at", "for", "with", "by", "from", "and", "or", "into", "our", "we"]
)
_LINKS = frozenset(["and", "or", "with", "in", "using", "like"])


def _piece(atom: Atom, *, free: bool = False, skill: bool = False) -> Piece:
    stem = words.stem(atom.key) if atom.kind == "word" else atom.key
    return Piece(atom.kind, _TURNED.get(stem, stem), atom.text, free, skill)


def _row(case: Case, text: str) -> list[Piece]:
    parts = atoms(spoken_plainly(text), case.find_skills)
    return [_piece(atom, free=atom.skill) for atom in parts if atom.kind != "mark"]


def _said(case: Case) -> list[Piece]:
    posting = case.brief.posting
    known = {m.skill for source in _sources(case) for m in case.find_skills(source)}
    spans = [(m.start, m.end) for m in case.find_skills(case.text) if m.skill in known]
    names: list[tuple[int, int]] = []
    for name in filter(None, (posting.title, posting.company, posting.location, posting.department)):
        names += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", case.text)]
    in_title = {words.stem(word.text) for word in words.tokens(posting.title)}
    found: list[Piece] = []
    for atom in atoms(case.text):
        if atom.kind == "mark":
            continue
        inside = any(start <= atom.start and atom.end <= end for start, end in spans)
        is_title = atom.text[:1].isupper() and words.stem(atom.key) in in_title
        is_name = is_title or any(start <= atom.start and atom.end <= end for start, end in names)
        found.append(_piece(atom, free=inside or is_name, skill=inside and not is_name))
    return found


def _is_closed(piece: Piece) -> bool:
    return piece.kind == "word" and (
        piece.text.lower() in words_of("recipient") or piece.stem in words_of("recipient")
    )


class Repeats:
    """Whether a sentence is closed words, names, and at most one run of neighbouring words of one line.

    Inside the run a draft may leave out articles and members of a list of skills, and say "your" for "our".
    """

    def __init__(self, said: Sequence[Piece], rows: Sequence[Sequence[Piece]]) -> None:
        self._said = said
        self._rows = rows
        self._left = 20_000
        self._only = 0

    def hold(self) -> bool:
        """Either names alone, of any line, or a run of one line with names of that very line."""
        if all(piece.free or _is_closed(piece) for piece in self._said):
            return True
        return any(self._holds_with(r) for r in range(len(self._rows)))

    def _holds_with(self, r: int) -> bool:
        stems = {piece.stem for piece in self._rows[r]}
        if any(piece.skill and piece.stem not in stems for piece in self._said):
            return False
        self._only = r
        return self._from(0, None, has_run=False)

    def _from(self, i: int, at: tuple[int, int, int] | None, *, has_run: bool) -> bool:
        self._left -= 1
        if self._left < 0:
            return False
        if i == len(self._said):
            return at is None or self._may_leave(at)
        piece = self._said[i]
        if at is not None:
            row = self._rows[at[0]]
            for p in self._next(at):
                if row[p].stem == piece.stem and self._from(i + 1, (at[0], p, at[2] + 1), has_run=True):
                    return True
            if piece.stem in _ARTICLES and self._from(i + 1, at, has_run=True):
                return True
            if not self._may_leave(at):
                return False
        if piece.free or _is_closed(piece):
            return self._from(i + 1, None, has_run=has_run) or (not has_run and self._begins(i))
        return not has_run and self._begins(i)

    def _begins(self, i: int) -> bool:
        stem = self._said[i].stem
        return any(
            row[p].stem == stem and self._from(i + 1, (r, p, 1), has_run=True)
            for r, row in enumerate(self._rows)
            if r == self._only
            for p in range(len(row))
        )

    def _may_leave(self, at: tuple[int, int, int]) -> bool:
        """A number keeps the word after it, and an act its object."""
        row, p = self._rows[at[0]], at[1]
        if p + 1 >= len(row):
            return True
        if row[p].kind == "number" or row[p].stem in _ARTICLES or row[p].stem in _NO_END:
            return False
        verb = verbs.lookup(row[p].text)
        return verb is None or row[p].free or ("noun" in verb.notes and at[2] > 1)

    def _next(self, at: tuple[int, int, int]) -> list[int]:
        """The places in the line where the run may go on: the next word, or behind articles and skills."""
        row = self._rows[at[0]]
        found: list[int] = []
        p = at[1] + 1
        opens = row[p].stem if p < len(row) else ""
        while p < len(row):
            found.append(p)
            if row[p].stem in _LINKS - {"and", "or"} and row[p - 1].free and opens not in _LINKS:
                break  # "build data pipelines with Airflow" is not "build Airflow"
            is_link = row[p].stem in _LINKS and p + 1 < len(row) and (row[p + 1].free or row[p - 1].free)
            if not (row[p].stem in _ARTICLES or row[p].free or is_link):
                break
            p += 1
        return found


_ORDERED = re.compile(
    r"\b(?:someone|somebody|there|hiring [^.]*?|looking for [^.]*?)\s+(?:to|who (?:can|will"
    r"|would))\s+([\w-]+)"
)


def _order_without_act(case: Case) -> Fault | None:
    """ "You need someone to …" goes on with an act."""
    for found in _ORDERED.finditer(case.text):
        verb = verbs.lookup(found[1])
        if verb is None and found[1].lower() not in {"be", "have", "know", "own", "do"}:
            return Fault("The cited line does not say this in these words.", found.group())
    return None


def _is_name(case: Case, written: str) -> bool:
    names = f"{case.brief.posting.title} {case.brief.posting.company} {case.brief.posting.location}"
    skills = " ".join(m.text for line in case.lines for m in case.find_skills(line.text))
    return written in names or written in skills


def _lost_negation(said: Sequence[Piece], rows: Sequence[Sequence[Piece]]) -> Fault | None:
    """A "no" or "not required" near the words of a line goes with them."""
    kept = {piece.stem for piece in said}
    stems = {piece.stem for piece in said if piece.free or not _is_closed(piece)}
    for row in ([piece.stem for piece in row] for row in rows):
        for p, word in enumerate(row):
            if word in _EXCEPTIONS and word not in kept and kept & _NEGATIONS & set(row[:p]):
                return Fault("The page says this only with an exception.", "", word)
            if word not in _NEGATIONS or word in kept:
                continue
            if p == len(row) - 1 and (denied := stems & set(row[max(0, p - 2) : p])):
                return Fault("The page denies this.", " ".join(sorted(denied)), word)
            is_waived = bool(_WAIVED & set(row[p : p + 4]))
            near = stems & set(row[: p + 7] if is_waived else row[p : p + (3 if word == "without" else 7)])
            if near:
                return Fault("The page denies this.", " ".join(sorted(near)), word)
    return None


def is_act(word: str) -> bool:
    """Whether a word is a past or participle form of a verb."""
    verb = verbs.lookup(word)
    return verb is not None and bool(verb.forms_of(word) & {"past", "participle"})
