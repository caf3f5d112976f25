"""A sentence about the recipient repeats what cited lines of the page say, in their order, and says
nothing of "I"."""

import re
from collections.abc import Sequence

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
_WAIVED = frozenset(["require", "need", "necessary", "mandatory", "expect", "essential", "must", "needed"])
_CODE_LIKE = re.compile(r"(?=\w*\d)(?=\w*[A-Za-z])[\w-]{6,}|[A-Z]{5,}|[\"“”‘]|\d{4,}")


@check("recipient", SentenceKind.RECIPIENT)
def recipient(case: Case) -> Fault | None:
    """Words, numbers and skills of the cited lines, the title, the company, or the closed list."""
    from grounding.checks.gap import is_gap

    if case.is_why or is_gap(case):
        return None
    first = _FIRST_PERSON.search(case.text)
    if first:
        return Fault("A sentence about them may not speak of you.", first.group())
    spoken = next((line for line in case.lines if not is_citable(line, case.find_skills)), None)
    if spoken is not None:
        return Fault("This line of the page is not about the work itself.", spoken.text)
    if not _opens_well(case):
        return Fault("A sentence about them begins with “you”, “your” or their name.", case.text)
    return _raised(case) or _foreign_number(case) or _foreign_skill(case) or _foreign_words(case)


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
    posting = case.brief.posting
    free = _keys(atoms(f"{posting.company} , {posting.location} , {posting.department}"))
    title = _keys(atoms(posting.title))
    rows = [[_stem(atom) for atom in atoms(spoken_plainly(line.text))] for line in case.lines]
    said = list(atoms(case.text))
    wanted: list[Atom] = []
    for atom in said:
        if atom.kind == "mark":
            continue
        stem = _stem(atom)
        if atom.kind == "word" and _CODE_LIKE.fullmatch(atom.text) and not _is_name(case, atom):
            return Fault("This looks like a code word, not a fact about the work.", atom.text)
        if stem in _NEGATIONS and not any(stem in row for row in rows):
            return Fault("The cited line does not deny this.", atom.text, " / ".join(_sources(case)))
        if (
            stem in free
            or stem in title
            or atom.key in words_of("recipient")
            or stem in words_of("recipient")
        ):
            continue
        wanted.append(atom)
    for atom in wanted:
        if not any(_stem(atom) in row for row in rows):
            return Fault(
                "The cited line does not say this.", atom.text, " / ".join(x.text for x in case.lines)
            )
    if not _in_order([_stem(atom) for atom in wanted], rows, [0] * len(rows)):
        return Fault(
            "The cited line says this in another order.", case.text, " / ".join(x.text for x in case.lines)
        )
    return _lost_negation(case, wanted, rows)


def _is_name(case: Case, atom: Atom) -> bool:
    names = f"{case.brief.posting.title} {case.brief.posting.company} {case.brief.posting.location}"
    skills = " ".join(m.text for line in case.lines for m in case.find_skills(line.text))
    return atom.text in names or atom.text in skills


def _keys(parts: Sequence[Atom]) -> frozenset[str]:
    return frozenset(_stem(atom) for atom in parts if atom.kind != "mark")


def _stem(atom: Atom) -> str:
    return words.stem(atom.key) if atom.kind == "word" else atom.key


def _in_order(wanted: Sequence[str], rows: Sequence[Sequence[str]], positions: list[int]) -> bool:
    """Whether the words can be dealt to the rows so that each row's words keep their order."""
    if not wanted:
        return True
    for r, row in enumerate(rows):
        for p in range(positions[r], len(row)):
            if row[p] == wanted[0]:
                if _in_order(wanted[1:], rows, [*positions[:r], p + 1, *positions[r + 1 :]]):
                    return True
                break
    return False


def _lost_negation(case: Case, wanted: Sequence[Atom], rows: Sequence[Sequence[str]]) -> Fault | None:
    """A "no" or "not required" near the words of a line goes with them."""
    stems = {_stem(atom) for atom in wanted}
    kept = {_stem(atom) for atom in atoms(case.text)}
    for row in rows:
        for p, word in enumerate(row):
            if word not in _NEGATIONS or word in kept:
                continue
            is_waived = bool(_WAIVED & set(row[p : p + 4]))
            near = stems & set(row[: p + 7] if is_waived else row[p : p + (3 if word == "without" else 7)])
            if near:
                return Fault("The page denies this.", " ".join(sorted(near)), word)
    return None


def is_act(word: str) -> bool:
    """Whether a word is a past or participle form of a verb."""
    verb = verbs.lookup(word)
    return verb is not None and bool(verb.forms_of(word) & {"past", "participle"})
