"""One entry of an education section: which part is the degree, its subject, the school, the dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from language.places import is_known_place
from profiles import entries
from profiles.entries import Dates
from profiles.links import find_links
from profiles.text import plain

# These universities are named with their town after a comma.
_STATE_UNIVERSITY = re.compile(
    r"University of (?:California|Texas|Illinois|Wisconsin|Michigan|Maryland|Massachusetts|Colorado|Minnesota"
    r"|North Carolina|Tennessee|Nebraska|Missouri|Hawaii|Arkansas|Alaska|Nevada)|California State University"
)
_ASIDE = re.compile(
    r"(?:gpa|cgpa|grade|score|coursework|courses|modules|thesis|dissertation|relevant|honou?rs\b(?! )"
    r"|advisor|supervis|note"
    r"|abschlussnote|mention|nota|minor|focus|concentration|schwerpunkt|topics|\d(?:[.,]\d+)?\s*(?:gpa|/))",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(
    r"\s*[|·•∙‧▪]\s*|(?<=\w):\s+|\s+—\s+|\s+[–—]\s+|\s+-{1,3}\s+|\t+|\s{3,}|,\s+|،\s*|;\s+|\s+(?:at|@)\s+"
)
# Where bars part a line, dashes and "at" belong to names: "University of Texas at Austin".
_BARRED = re.compile(r"\s*[|·•∙‧▪]\s*|\t+|\s{3,}|,\s+|،\s*|;\s+")
# "FIAP - Faculdade de Informática": a school by its initials, and in full.
_INITIALS = re.compile(r"[A-Z]{2,8}\s[–-]\s\S")
# "BSocSc Psychology", "BPhty (Hons)": the initials of a degree that no list holds.
_ABBREVIATED = re.compile(r"(?=\w{3})[BM](?:[A-Z][a-z]{0,4}){1,3}(?=\s+(?:\(|in\b|[A-Z])|,|$)")
# The name of a degree of many subjects.
_GENERIC = re.compile(
    r"(?:Bachelor|Master|Doctor)(?:['’]?s)?(?: (?:of|in) (?:Science|Arts|Engineering|Philosophy"
    r"|Business|Technology|Laws?|Education|Commerce|Applied Science))?(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\bMS (?:Office|Word|Excel|Project|Teams|Access|SQL|Windows|Dynamics|PowerPoint)", re.IGNORECASE
)
_THESIS = re.compile(
    r"[\s(,;—–-]+(?:(?:master|bachelor|diplom)\w*[ -]?)?(?:thesis|dissertation|arbeit)\b.*$", re.IGNORECASE
)
_NO_DEGREES = frozenset(
    ("MIT", "BMW", "BBC", "BASF", "BNP", "MTV", "MSF", "BT", "BP", "BITS", "MSU", "BYU", "BU")
)
_SHORT_DEGREE = 12  # letters; a longer one mostly names its subject
_IN = re.compile(r"\s+(?:in|en|em|im|w|of(?= [A-Z][a-z]+$))\s+|:\s+", re.IGNORECASE)
_MARKS = " ,;()[]·•|–—-"


@dataclass(frozen=True)
class Degree:
    """What an entry says, each as written; any of it may be missing."""

    title: str = ""
    area: str = ""
    institution: str = ""
    dates: Dates | None = None


def read_degree(texts: Sequence[str]) -> Degree:
    """The degree that an entry's lines name.

    Args:
        texts: Its lines; wide gaps in them, as tabs, part columns.
    """
    dates = next(filter(None, (entries.find_dates(text, single=True) for text in texts)), None)
    parts = [part for text in texts for part in _parts(text)]
    title = next((p for p in parts if _is_degree(p) and not is_school(p)), "")
    school = _school(parts, title)
    if not title and school and entries.DEGREE.search(school):
        title, school = _parted(school)
    if not title and school:  # "Arquitectura, Escuela Superior de …", "Universidad de X, Exchange semester"
        title = next((p for p in parts if p not in school and not _is_place(p) and len(p.split()) <= 6), "")
    return Degree(title, _beside(texts, title) or _area(parts, title, school), school, dates)


def _beside(texts: Sequence[str], title: str) -> str:
    """The subject between a degree and the bar before its school: "BSc (Hons) Nursing, Adult | …"."""
    for text in texts if title else ():
        cell = plain(text.partition(" | ")[0]) if " | " in text else ""
        rest = cell.removeprefix(title).strip() if cell.startswith(title) else ""
        if rest.startswith(", ") and not _is_place(rest[2:]) and not re.search(r"\d", rest):
            return rest[2:].strip(_MARKS) if len(rest.split()) <= 8 else ""
    return ""


def names_degree(text: str) -> bool:
    """Whether a text names a degree; the codes of states do not."""
    return _is_degree(_OFFICE.sub(" ", _without_states(text)))


def _is_degree(text: str) -> bool:
    found = _ABBREVIATED.match(text)
    return entries.DEGREE.search(text) is not None or (found is not None and found[0] not in _NO_DEGREES)


def is_school(text: str) -> bool:
    """Whether a part is the name of a school, and not of a degree at one."""
    return entries.INSTITUTION.search(text) is not None and not re.match(
        r"(?:bachelor|master|diplom|high school diploma|abitur|m\.?sc|b\.?sc|ph\.?d)", text, re.IGNORECASE
    )


def _without_states(text: str) -> str:
    """The text without codes of states behind towns: "Boston, MA" names no Master of Arts."""
    text = re.sub(r"(?<=[\w.]), (?!BA|BS|MA|MS)[A-Z]{2}(?=$|[,|\t)])", "", text)

    def behind_town(found: re.Match[str]) -> str:
        is_place = is_known_place(found[1].strip()) or entries.INSTITUTION.search(found[1])
        return found[1] if is_place else found[0]

    return re.sub(
        r"([A-Z][\w.]+(?: [A-Z][\w.]+){0,2}), (?:BA|BS|MA|MS)(?=$|[,|\t)]|\s+\d{5})", behind_town, text
    )


def _parts(text: str) -> list[str]:
    """The pieces of a line without dates, places, grades and addresses."""
    text = _without_states(text)
    for _, start, end in reversed(find_links(text)):
        text = f"{text[:start]} {text[end:]}"
    rest = _THESIS.sub("", entries.without(text, entries.find_dates(text, single=True)))
    if re.match(_ASIDE, plain(rest)):
        return []
    found = []
    for piece in (_BARRED if " | " in text or _INITIALS.match(rest) else _SEPARATORS).split(rest):
        part = entries.EXPECTED.sub("", plain(piece)).strip(
            _MARKS.replace("(", "").replace(")", "") if "(" in piece else _MARKS
        )
        if part.startswith("(") and part.endswith(")"):
            part = part[1:-1]
        elif part.count("(") > part.count(")"):
            part = part.rstrip("( ")
        if part and any(c.isalpha() for c in part) and not re.match(_ASIDE, part):
            found.append(part)
    return found


def _school(parts: Sequence[str], title: str) -> str:
    school = next((p for p in parts if p != title and is_school(p)), "")
    if not school:
        rest = [p for p in parts if p != title and not entries.DEGREE.search(p) and not _is_place(p)]
        place = parts.index(title) if title in parts else -1
        # Without a word that tells, the school is what stands first, or what follows degree and subject.
        before = [p for p in rest if parts.index(p) < place]
        school = (
            before[0]
            if before
            else rest[-1]
            if len(rest) > 1 and len(title) <= _SHORT_DEGREE
            else next(iter(rest), "")
        )
    after = parts[parts.index(school) + 1 :] if school in parts else []
    if _STATE_UNIVERSITY.fullmatch(school) and after:
        return f"{school}, {after[0]}"
    return school


def _is_place(text: str) -> bool:
    return entries.names_place(text)


def _parted(text: str) -> tuple[str, str]:
    """ "BSc University of X" is a degree and a school in one."""
    found = entries.DEGREE.match(text)
    if found and entries.INSTITUTION.search(text[found.end() :]):
        return text[: found.end()].strip(_MARKS), text[found.end() :].strip(_MARKS)
    return text, ""


def _area(parts: Sequence[str], title: str, school: str) -> str:
    """The subject, where it is written apart from the degree: the part beside it."""
    if not title or _IN.search(_GENERIC.sub("", title, count=1)):
        return ""
    if len(re.sub(r"\W", "", _GENERIC.sub("", title, count=1))) > _SHORT_DEGREE and not re.fullmatch(
        r"(?:Bachelor|Master|Doctor)s?(?:['’]s)?(?: (?:of|degree))?"
        r"(?: (?:Science|Arts|Engineering|Philosophy|Business|Technology))?",
        title,
        re.IGNORECASE,
    ):
        return ""
    place = parts.index(title) if title in parts else 0
    beside = [*parts[place + 1 : place + 3], *parts[max(0, place - 1) : place]]
    return next(
        (
            p
            for p in beside
            if p != school
            and p not in school
            and not is_school(p)
            and not _is_place(p)
            and not entries.DEGREE.search(p)
            and len(p.split()) <= 8
        ),
        "",
    )
