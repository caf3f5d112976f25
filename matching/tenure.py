"""Years of experience: how many a line asks for, and how many the sender says or their dates show.

Months are counted in the roles whose records show what is asked; roles that overlap count once. What is
counted is said as counted ("by your dates"), never as something the person said.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from language import periods
from matching.offers import Offer, Offers, Role
from matching.overlap import content, field_words
from matching.phrases import join

SEVERAL = 24  # months that "several years" ask for at the least
SHOWN = 3  # roles named in a reason
SHARED = 0.5  # of the words that name a field, in one item of a role; two at the least

_COUNTS = {
    word: value
    for value, forms in enumerate(
        (
            "one ein eine einem un una um uma",
            "two zwei deux dos dois duas dwa due",
            "three drei trois tres três trzy tre",
            "four vier quatre cuatro quatro cztery",
            "five fünf cinq cinco pięć cinque",
            "six sechs seis sześć",
            "seven sieben sept siete sete",
            "eight acht huit ocho oito",
            "nine neun neuf nueve nove",
            "ten zehn dix diez dez dziesięć",
        ),
        start=1,
    )
    for word in forms.split()
}
_NUMBER = rf"(?P<number>\d{{1,2}}(?:[.,]5)?|\b(?:{'|'.join(_COUNTS)})\b)"
_YEARS = (
    r"(?P<unit>years?|yrs?|jahre?n?|ans?|années?|años?|anos?|lata?|anni|jaar|roky|let|års?|months?|monate?n?"
    r"|mois|meses)"
)
_ASKED = re.compile(
    rf"(?<![\d.,]){_NUMBER}\s*(?:\(\d+\)\s*)?(?:\+|plus\b|or\s+more\b)?"
    rf"(?:\s*(?:-|–|to|bis|à|a|do)\s*\d{{1,2}}\s*\+?)?[\s-]*(?:or\s+more\s+|et\s+plus\s+|o\s+más\s+)?(?:full\s+)?{_YEARS}\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:several|multiple|many)\s+years\b|\bmehrjährige\w*\b|\blangjährige\w*\b|\bplusieurs\s+années\b"
    r"|\bvarios\s+años\b|\bvários\s+anos\b|\bkilkuletni\w+\b",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"experienc|expertise|background|track record|erfahrung|praxis|tätigkeit|expérience|pratique|experiencia"
    r"|experiência|doświadcz|esperienza|ervaring|erfarenhet|praxe|zkušenost|\brole\b|\bposition\b"
    r"|\byears?['’]?\s+(?:of|in|as|with|on|at|working|developing|building|doing|using|running|leading"
    r"|managing|designing|writing|successfully|setup|teaching|selling)\b|\brequired\b|\b(?:worked|working)\b",
    re.IGNORECASE,
)
_NO_EXPERIENCE = re.compile(
    r"\b(?:last|past|within|next|first|every|letzten|ersten|derni\w+|últim\w+)\s+(?:the\s+)?$", re.IGNORECASE
)
_AGE = re.compile(
    r"^\s*(?:old\b|of\s+age\b|mba\b|program|degree|contract|ago\b|alt\b)|^-old\b", re.IGNORECASE
)
_MONTHS = ("month", "monat", "mois", "mese")


@dataclass(frozen=True)
class Span:
    """A length of time as written: "5+ years" is 60 months."""

    months: int
    text: str


@dataclass(frozen=True)
class Held:
    """The roles that show what is asked, newest first, and the months they cover together by their dates."""

    months: int
    roles: tuple[Role, ...]
    dated: bool

    def reason(self) -> str:
        """ "2018–2025 as Software Engineer: 7 years by your dates"."""
        named = [_when(role) for role in self.roles[:SHOWN]]
        more = len(self.roles) - len(named)
        listed = join(named) + (f" and {more} more" if more else "")
        return f"{listed}: {periods.in_words(self.months)} by your dates"


@lru_cache(maxsize=4096)
def asked(text: str) -> Span | None:
    """The least time of experience that a line asks for: the first it names."""
    if not _EXPERIENCE.search(text):
        return None
    for found in _spans(text):
        return found
    several = _SEVERAL.search(text)
    return Span(SEVERAL, several.group()) if several else None


@lru_cache(maxsize=4096)
def stated(text: str) -> Span | None:
    """The longest time that an item of evidence says of itself."""
    return max(_spans(text), key=lambda span: span.months, default=None)


def _spans(text: str) -> Iterable[Span]:
    for match in _ASKED.finditer(text):
        if _NO_EXPERIENCE.search(text[: match.start()]) or _AGE.search(text[match.end() :]):
            continue
        written = match["number"].lower().replace(",", ".")
        number = float(_COUNTS.get(written, 0) or written)
        is_months = match["unit"].lower().startswith(_MONTHS)
        yield Span(round(number if is_months else 12 * number), match.group().strip())


def rest(text: str) -> str:
    """A line without the years it asks for, so that only what they are asked in is left."""
    return _SEVERAL.sub(" ", _ASKED.sub(" ", text))


def names_a_field(said: str) -> bool:
    """Whether words name a field at all: "professional experience" names none."""
    return bool(content(said).words)


def held(roles: Sequence[Role], today: date) -> Held:
    """What some roles' dates show together."""
    dated = [(role, _period(role, today)) for role in roles]
    found = [(role, one) for role, one in dated if one is not None]
    found.sort(key=lambda pair: -pair[1].after)
    return Held(
        months=periods.months(one for _, one in found),
        roles=tuple(role for role, _ in found),
        dated=len(found) == len(roles),
    )


def in_field(offers: Offers, skills: frozenset[str], said: str) -> list[Role]:
    """The roles whose records show a skill, or whose title or items share the words of a field.

    Args:
        offers: All the sender's items.
        skills: Any of them makes a role count.
        said: The words that name the field; a role's title must share one, an item half.
    """
    return [role for role in offers.roles if role.skills & skills or (said and _shares(role, said))]


def _shares(role: Role, said: str) -> bool:
    if is_near(said, role.record.title):
        return True
    field = field_words(said)
    least = max(2.0, SHARED * len(field))
    return any(len(field & words) >= least for words in role.fields)


def is_near(said: str, text: str) -> bool:
    """Whether a text shares a word that tells a field: "software" does, "engineer" stands in every trade."""
    return bool(field_words(said) & field_words(text))


def proof_of(role: Role, skills: frozenset[str]) -> Offer | None:
    """The item of a role that shows it best: one that names the skill, else the role itself."""
    naming = [offer for offer in role.offers if offer.skills & skills and not offer.evidence.confidential]
    return naming[0] if naming else role.head


def _period(role: Role, today: date) -> periods.Period | None:
    record = role.record
    return periods.period(record.start, record.end, current=record.current, today=today)


def _when(role: Role) -> str:
    record = role.record
    end = "now" if record.current else record.end
    dates = f"{record.start}–{end}" if record.start != end else record.start
    who = record.title or record.organization
    return f"{dates} as {record.title}" if record.title else f"{dates} at {who}" if who else dates
