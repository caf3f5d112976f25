"""What a requirement line asks for: skills, a degree, a certificate, a spoken language; at what level."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain import PostingLine, Section, SkillMention
from language import words
from matching.titles import degree_rank
from matching.vocabulary import ordinary, polysemous


class Kind(StrEnum):
    """What alone can answer a line."""

    WORK = "work"
    DEGREE = "degree"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"


CERTIFICATE = re.compile(
    r"\bcertifi(?:ed|cate|cates|cation|cations)\b"
    r"|\b(?:driv(?:ing|er['’]?s?)|pilot['’]?s?|forklift|hgv)\s+licen[cs]e\b"
    r"|\bführerschein\b|\bpermis\s+[bcd]\b|\blicensure\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\bproduction\b|\byears?\b|\byrs?\b|\bexpert(?:ise)?\b|\bstrong\b|\bproficien\w+|\badvanced\b|\bdeep\b"
    r"|\bextensive\b|\bsolid\b|\bfluen\w+|\bsenior\b|\bprofessional\b|\bproven\b|\bin-depth\b|\bcommercial\b"
    r"|\bmaster(?:y|ed)\b|\bexcellent\b|\bhands-on\b|\bsubstantial\b|\bnative\b|\bC[12]\b|\bverhandlungssicher\b"
    r"|\bfließend\b|\bcourant\b|\bfluido\b|\bJahre\b",
    re.IGNORECASE,
)
NAME = re.compile(r"\w[A-Z]|\d|^[a-z]")
EXPERIENCE = re.compile(r"\bexperienc\w+|\byears?\b|\byrs?\b", re.IGNORECASE)

# Parts of the names of categories, as the taxonomy calls them.
PERSONAL = ("personal", "communication", "teamwork")  # how a person is, not what they can show
TITLES = ("degree", "certificate")
# Categories that mix names with fields of work, and those of names that have no other name.
TECHNICAL = frozenset({"data", "testing", "security", "networking", "embedded", "design", "engineering"})
PRODUCTS = frozenset(
    {
        "programming languages",
        "frameworks",
        "databases",
        "cloud",
        "devops",
        "observability",
        "mobile",
        "tools",
    }
)


def is_personal(category: str) -> bool:
    """Whether a category of the taxonomy holds traits ("communication") rather than skills one can prove."""
    return any(word in category.casefold() for word in PERSONAL)


def is_spoken(category: str) -> bool:
    """Whether a category holds spoken languages."""
    return category.casefold() in ("spoken languages", "languages")


def opens(mention: SkillMention) -> bool:
    """Whether evidence that names this skill, too, is an answer by that alone."""
    if mention.category.casefold() in PRODUCTS:
        return True  # "REST" is the interface here: tagging has told it from the pause
    return not is_personal(mention.category) and mention.skill.casefold() not in polysemous()


def is_broad(mention: SkillMention) -> bool:
    """Whether a skill is a field of work ("Web development") rather than a name ("dbt", "HACCP")."""
    if mention.category.casefold() in PRODUCTS | TECHNICAL:
        return words.stem(mention.skill.split()[-1]) in ordinary() | polysemous()
    return not NAME.search(mention.skill)


@dataclass(frozen=True)
class Demand:
    """A requirement line, read. `groups` holds the hard skills asked, alternatives in one group.

    `broad` are those of them that name a field rather than a thing; `names_products` tells whether one has no
    other name; `degree` is the least rank asked (see `degree_rank`).
    """

    line: PostingLine
    kind: Kind
    required: bool
    groups: tuple[frozenset[str], ...]
    strong: bool
    broad: frozenset[str] = frozenset()
    names_products: bool = False
    degree: int = 0

    @property
    def skills(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(skill for group in self.groups for skill in sorted(group)))


def read_demand(line: PostingLine, mentions: Sequence[SkillMention]) -> Demand:
    """Read a requirement line with the mentions that stand in it."""
    kind = _kind(line.text, mentions)
    hard = _hard(kind, mentions)
    asked = [m.required for m in mentions if m.required is not None]
    return Demand(
        line=line,
        kind=kind,
        required=line.section is not Section.NICE and (not asked or any(asked)),
        groups=_groups(hard),
        strong=is_strong(line.text) or any(m.years for m in mentions),
        broad=frozenset(m.skill for m in hard if is_broad(m)),
        names_products=any(m.category.casefold() in PRODUCTS for m in hard),
        degree=degree_rank(line.text) or 0,
    )


def is_strong(text: str) -> bool:
    """Whether a text asks for more than acquaintance: years, production, fluency."""
    return STRONG.search(text) is not None


def _kind(text: str, mentions: Sequence[SkillMention]) -> Kind:
    if degree_rank(text) is not None and not _asks_work_first(text):
        return Kind.DEGREE
    if any(is_spoken(m.category) for m in mentions):
        return Kind.LANGUAGE
    if CERTIFICATE.search(text) and not EXPERIENCE.search(text):
        return Kind.CERTIFICATE
    return Kind.WORK


def _asks_work_first(text: str) -> bool:
    """Whether a line asks for experience before it names a degree ("5+ years …, a degree is a plus")."""
    experience = EXPERIENCE.search(text)
    return experience is not None and degree_rank(text[: experience.start()]) is None


def _hard(kind: Kind, mentions: Sequence[SkillMention]) -> list[SkillMention]:
    """The mentions that evidence has to name: of languages those that must be, no titles among work."""
    if kind is Kind.LANGUAGE:
        spoken = [m for m in mentions if is_spoken(m.category)]
        return [m for m in spoken if m.required] or spoken
    hard = [m for m in mentions if opens(m)]
    if kind is Kind.WORK:
        return [m for m in hard if not any(title in m.category.casefold() for title in TITLES)]
    return hard


def _groups(mentions: Sequence[SkillMention]) -> tuple[frozenset[str], ...]:
    grouped: dict[object, set[str]] = {}
    for mention in mentions:
        key: object = mention.skill if mention.any_of is None else (mention.any_of,)
        grouped.setdefault(key, set()).add(mention.skill)
    return tuple(frozenset(group) for group in grouped.values())
