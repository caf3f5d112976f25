"""What a requirement line asks for: skills, a degree, a certificate, a spoken language; at what level."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain import PostingLine, Section, SkillMention
from matching.vocabulary import polysemous


class Kind(StrEnum):
    """What alone can answer a line."""

    WORK = "work"
    DEGREE = "degree"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"


DEGREE_RANKS = (
    (3, r"ph\.?\s?d\b|doctorate|doctoral|doctorat\b"),
    (
        2,
        r"master(?:['’]?s)?\s+(?:degree|of|in)\b|\bmaster['’]s\b|\bm\.?sc\b|\bm\.?eng\b|\bmba\b|\bm\.?a\.(?=\s|$)|\bmaîtrise\b",
    ),
    (
        1,
        r"bachelor(?:['’]?s)?\b|\bb\.?sc\b|\bb\.?eng\b|\bb\.?a\.(?=\s|$)|\bundergraduate\s+degree|\blicence\s+en\b",
    ),
    (
        0,
        r"\b(?:university|college|academic|technical|relevant|related|engineering|science|equivalent|a|the|your)"
        r"\s+(?:\w+\s+)?degree\b(?!\s+of\s+(?!science|arts|engineering))|\bdegree\s+(?:in|or|holder|level|qualified|required)\b"
        r"|\bgraduate\s+of\b|\bdiploma\b|\bstudium\b|\bhochschulabschluss\b|\bdiplôme\b|\bt[ií]tulo\b|\blicenciatura\b",
    ),
)
CERTIFICATE = re.compile(
    r"\bcertifi(?:ed|cate|cates|cation|cations)\b|\b(?:driv(?:ing|er['’]?s?)|pilot['’]?s?|nursing)\s+licen[cs]e\b"
    r"|\bführerschein\b|\bpermis\b|\blicensure\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\bproduction\b|\byears?\b|\byrs?\b|\bexpert(?:ise)?\b|\bstrong\b|\bproficien\w+|\badvanced\b|\bdeep\b|\bextensive\b"
    r"|\bsolid\b|\bfluen\w+|\bsenior\b|\bprofessional\b|\bproven\b|\bin-depth\b|\bcommercial\b|\bmaster(?:y|ed)\b|\bexcellent\b"
    r"|\bhands-on\b|\bsubstantial\b|\bnative\b|\bC[12]\b|\bverhandlungssicher\b|\bfließend\b|\bcourant\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"\b(?:degree|sc|eng|ph\.?d|master['’]?s?|bachelor['’]?s?|diploma|doctorate)\b\.?[^,;]*?\b(?:in|of)\s+([^;]+)",
    re.IGNORECASE,
)
EXPERIENCE = re.compile(r"\bexperienc\w+|\byears?\b|\byrs?\b", re.IGNORECASE)

# Categories that say how a person is, not what they can show.
PERSONAL = ("personal", "soft", "communication", "teamwork", "trait", "interpersonal")


def is_personal(category: str) -> bool:
    """Whether a category of the taxonomy holds traits ("communication") rather than skills one can prove."""
    return any(word in category.casefold() for word in PERSONAL)


def is_spoken(category: str) -> bool:
    """Whether a category holds spoken languages."""
    name = category.casefold().strip()
    return "language" in name and "programming" not in name and "query" not in name


def opens(mention: SkillMention) -> bool:
    """Whether a shared mention of this skill is enough to call evidence an answer."""
    return not is_personal(mention.category) and mention.skill.casefold() not in polysemous()


@dataclass(frozen=True)
class Demand:
    """A requirement line, read. `groups` holds the hard skills asked, alternatives in one group.

    `subject` is the field a degree is asked in, in the line's words; "" where any will do.
    """

    line: PostingLine
    kind: Kind
    required: bool
    groups: tuple[frozenset[str], ...]
    strong: bool
    degree: int = 0
    subject: str = ""

    @property
    def skills(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(skill for group in self.groups for skill in sorted(group)))


def read_demand(line: PostingLine, mentions: Sequence[SkillMention]) -> Demand:
    """Read a requirement line with the mentions that stand in it."""
    hard = [m for m in mentions if opens(m)]
    degree = degree_rank(line.text)
    if degree is not None and not hard_work(line.text):
        kind = Kind.DEGREE
    elif any(is_spoken(m.category) for m in hard):
        kind = Kind.LANGUAGE
        hard = [m for m in hard if is_spoken(m.category)]
    elif CERTIFICATE.search(line.text) and not EXPERIENCE.search(line.text):
        kind = Kind.CERTIFICATE
    else:
        kind = Kind.WORK
    asked = [m.required for m in mentions if m.required is not None]
    return Demand(
        line=line,
        kind=kind,
        required=line.section is not Section.NICE and (not asked or any(asked)),
        groups=_groups(hard),
        strong=is_strong(line.text) or any(m.years for m in mentions),
        degree=degree or 0,
        subject=_subject(line.text) if kind is Kind.DEGREE else "",
    )


def is_strong(text: str) -> bool:
    """Whether a text asks for more than acquaintance: years, production, fluency."""
    return STRONG.search(text) is not None


def hard_work(text: str) -> bool:
    """Whether a line that names a degree asks for years of work before it ("5+ years …, degree a plus")."""
    years = EXPERIENCE.search(text)
    where = [m.start() for _, pattern in DEGREE_RANKS if (m := re.search(pattern, text, re.IGNORECASE))]
    return years is not None and bool(where) and years.start() < min(where)


def degree_rank(text: str) -> int | None:
    """The lowest degree a text names: 1 bachelor, 2 master, 3 doctorate, 0 any; None where it names none."""
    ranks = [rank for rank, pattern in DEGREE_RANKS if re.search(pattern, text, re.IGNORECASE)]
    named = [rank for rank in ranks if rank]
    return min(named) if named else (0 if ranks else None)


def _subject(text: str) -> str:
    """The field of a degree: "in computer science or a similar subject" gives the rest of the clause."""
    found = SUBJECT.search(text)
    return found.group(1) if found else ""


def _groups(mentions: Sequence[SkillMention]) -> tuple[frozenset[str], ...]:
    grouped: dict[object, set[str]] = {}
    for mention in mentions:
        key: object = mention.skill if mention.any_of is None else (mention.any_of,)
        grouped.setdefault(key, set()).add(mention.skill)
    return tuple(frozenset(group) for group in grouped.values())
