"""What a requirement line asks for: skills, years, a degree, a certificate, a language, a trait; how much."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from domain import PostingLine, Section, SkillMention
from language import words
from matching import spoken, tenure
from matching.titles import degree_rank
from matching.vocabulary import ordinary, polysemous, traits


class Kind(StrEnum):
    """What alone can answer a line."""

    WORK = "work"
    DEGREE = "degree"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    TRAIT = "trait"  # how a person is; only a deed that shows it
    CONDITION = "condition"  # travel, permits, hours; only the person


CERTIFICATE = re.compile(
    r"\bcertifi(?:ed|cate|cates|cation|cations)\b|\bzertifi(?:kat|kate|zierung|zierungen|ziert)\w*"
    r"|\bcertifica(?:do|dos|ção|ções|ción|ciones|t|zione)\b|\bcertyfikat\w*"
    r"|\b(?:driv(?:ing|er['’]?s?)|pilot['’]?s?|forklift|hgv|nursing|teaching|professional)\s+licen[cs]e\b"
    r"|\bführerschein\b|\bpermis\s+(?:de\s+conduire|[bcd])\b|\blicensure\b|\bprawo\s+jazdy\b"
    r"|\bcar(?:net|ta)\s+de\s+conduc\w+|\bqualified\s+accountant\b|\bapprobation\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:willing|able|ability|available|availability|open|ready|prepared|must)\b[^.;]{0,40}"
    r"\b(?:to\s+)?(?:travel|relocat\w+|commut\w+|work\s+(?:on-?site|weekends|evenings|nights|overtime|shifts?|extended"
    r"|in\s+the\s+office|legally)|lift\s+(?:up\s+to\s+)?\d+|stand\s+for)\b"
    r"|\bwillingness\b[^.;]{0,40}\b(?:travel|relocate|extended\s+hours|weekends|shifts?)\b"
    r"|\b(?:work|working)\s+(?:permit|visa|authori[sz]ation)\b|\b(?:authori[sz]ed|eligible|legally\s+able|right)"
    r"\s+to\s+work\b|\bvisa\s+sponsorship\b|\b(?:security|secret|dod)\s+clearance\b|\bpublic\s+trust\b"
    r"|\bU\.?S\.?\s+(?:citizen|person)\w*|\bcitizenship\b|\bITAR\b|\bbackground\s+(?:check|screening)\b|\bdrug\s+(?:test|screen)\w*"
    r"|\bat\s+least\s+\d\d\s+years\s+(?:old|of\s+age)\b|\btravel\b[^.;]{0,20}\d+\s?%|\d+\s?%\s+travel\b"
    r"|\b(?:reisebereitschaft|schichtbereitschaft|arbeitserlaubnis|aufenthaltstitel|umzugsbereit\w*)\b"
    r"|\bbereitschaft\s+zu[mr]?\b[^.;]{0,30}\b(?:reise\w*|schicht\w*|wochenend\w*)|\bpermis\s+de\s+travail\b"
    r"|\bdisponibilit[ée]\b|\bdisponibilidad\b|\bdisponibilidade\b|\bpermiso\s+de\s+trabajo\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\bproduction\b|\byears?\b|\byrs?\b|\bexpert(?:ise)?\b|\bstrong\b|\bproficien\w+|\badvanced\b|\bdeep\b"
    r"|\bextensive\b|\bsolid\b|\bfluen\w+|\bsenior\b|\bprofessional\b|\bproven\b|\bin-depth\b|\bcommercial\b"
    r"|\bmaster(?:y|ed)\b|\bexcellent\b|\bhands-on\b|\bsubstantial\b|\bnative\b|\bC[12]\b|\bverhandlungssicher\b"
    r"|\bfließend\b|\bcourant\b|\bfluido\b|\bJahre\b",
    re.IGNORECASE,
)
COLLEAGUES = re.compile(
    r"\b(?:collaborat\w+|partner\w*|work\w*|liais\w+|coordinat\w+|interfac\w+|align\w*)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:with|alongside|across)\s([^.;:]{0,90}?\s)(?:teams?|departments?|engineers|developers|designers|scientists"
    r"|managers|colleagues|stakeholders|partners)\b",
    re.IGNORECASE,
)
COUNTRY = re.compile(
    r"(?:\s|-speaking\s)(?:(?!Language|Skills?|Level|Native|Fluen|Proficien|And\b|Or\b|Speak|Writ|Is\b|Must\b)[A-Z][a-z]{2,}"
    r"|GAAP|HGB|US\b|EU\b|law|market|tax|accounting|customer|client|compan|regulat|team|office|subsidiar|business(?!\sfluent)"
    r"|food|cuisine|literature|teacher|speaking\s(?:market|customer|region))"
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
    other name; `degree` is the least rank asked (see `degree_rank`); `years` the least time of experience, in
    the skills of `within` where it names any; `levels` how well each language is to be spoken.
    """

    line: PostingLine
    kind: Kind
    required: bool
    groups: tuple[frozenset[str], ...]
    strong: bool
    broad: frozenset[str] = frozenset()
    names_products: bool = False
    degree: int = 0
    years: tenure.Span | None = None
    within: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    levels: Mapping[str, int | None] = field(default_factory=dict)

    @cached_property
    def skills(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(skill for group in self.groups for skill in sorted(group)))

    def covered(self, names: Iterable[str]) -> float:
        """The part of the skills asked that these are, 0 to 1; there must be some."""
        named = set(names)
        return sum(1 for group in self.groups if group & named) / len(self.groups)


def read_demand(line: PostingLine, mentions: Sequence[SkillMention]) -> Demand:
    """Read a requirement line with the mentions that stand in it."""
    kind = _kind(line, mentions)
    hard = _hard(kind, line, mentions)
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
        years=_years(kind, line, mentions),
        within=_within(mentions),
        traits=frozenset(m.skill for m in mentions if is_personal(m.category)),
        levels=spoken.levels(line.text, hard) if kind is Kind.LANGUAGE else {},
    )


def is_strong(text: str) -> bool:
    """Whether a text asks for more than acquaintance: years, production, fluency."""
    return STRONG.search(text) is not None


def _kind(line: PostingLine, mentions: Sequence[SkillMention]) -> Kind:
    text = line.text
    if degree_rank(text) is not None and not _asks_work_first(text):
        return Kind.DEGREE
    if any(is_spoken(m.category) and not _is_of_a_country(m, text) for m in mentions):
        return Kind.LANGUAGE
    if CERTIFICATE.search(text) and not EXPERIENCE.search(text):
        return Kind.CERTIFICATE
    work = [m for m in mentions if not is_personal(m.category) and not is_title(m)]
    if CONDITION.search(text) and not work:
        return Kind.CONDITION
    if not work and line.section is not Section.TASKS and _is_trait(text, mentions):
        return Kind.TRAIT
    return Kind.WORK


def _is_of_a_country(mention: SkillMention, text: str) -> bool:
    """Whether the name of a language says whose a thing is: "German Commercial Code", "the French market"."""
    written = mention.text == mention.skill and text[mention.start : mention.end] == mention.text
    return written and COUNTRY.match(text, mention.end) is not None


def _is_trait(text: str, mentions: Sequence[SkillMention]) -> bool:
    """Whether a line asks how a person is, and for no work: a trait, and no time of experience."""
    personal = any(is_personal(m.category) for m in mentions)
    return (personal or traits().search(text) is not None) and not EXPERIENCE.search(text)


def is_title(mention: SkillMention) -> bool:
    """Whether a mention is of a degree or a certificate."""
    return any(title in mention.category.casefold() for title in TITLES)


def _years(kind: Kind, line: PostingLine, mentions: Sequence[SkillMention]) -> tenure.Span | None:
    """The time of experience a line of work asks for, by its words or by what tagging read of them."""
    if kind is not Kind.WORK:
        return None
    said = tenure.asked(line.text)
    tagged = min((m.years for m in mentions if m.years), default=None)
    return said or (tenure.Span(12 * tagged, f"{tagged} years") if tagged else None)


def _within(mentions: Sequence[SkillMention]) -> frozenset[str]:
    """What the experience is asked in: the products with years, else all skills of the line that are work."""
    work = [m for m in mentions if not (is_personal(m.category) or is_spoken(m.category) or is_title(m))]
    dated = [m for m in work if m.years]
    named = any(m.category.casefold() in PRODUCTS and not is_broad(m) for m in dated)
    return frozenset(m.skill for m in (dated if named else work))


def _asks_work_first(text: str) -> bool:
    """Whether a line asks for experience before it names a degree ("5+ years …, a degree is a plus")."""
    experience = EXPERIENCE.search(text)
    return experience is not None and degree_rank(text[: experience.start()]) is None


def _hard(kind: Kind, line: PostingLine, mentions: Sequence[SkillMention]) -> list[SkillMention]:
    """The mentions that evidence has to name: of languages those that must be, no titles among work.

    What colleagues do ("work with our DevOps and QA teams") is not asked.
    """
    if kind is Kind.LANGUAGE:
        spoken_ = [m for m in mentions if is_spoken(m.category) and not _is_of_a_country(m, line.text)]
        return [m for m in spoken_ if m.required] or spoken_
    theirs = [match.span(1) for match in COLLEAGUES.finditer(line.text)]
    own = [m for m in mentions if not any(a <= m.start and m.end <= b for a, b in theirs)]
    hard = [m for m in own if opens(m)]
    return hard if kind is Kind.CERTIFICATE else [m for m in hard if not is_title(m)]


def _groups(mentions: Sequence[SkillMention]) -> tuple[frozenset[str], ...]:
    grouped: dict[object, set[str]] = {}
    for mention in mentions:
        key: object = mention.skill if mention.any_of is None else (mention.any_of,)
        grouped.setdefault(key, set()).add(mention.skill)
    return tuple(frozenset(group) for group in grouped.values())
