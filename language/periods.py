"""How long something lasted, in months, from its dates as written: "Mar 2021" to "Present", "seit 2021".

What is computed here is never what the person said. Where a side of a period names a year alone, the years
are subtracted: 2018 to 2025 is seven years, which is as often a little too short as too long.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari styczeń stycznia"
            " sty leden ledna",
            "february feb februar februari février fevrier févr fév febrero fevereiro fev febbraio luty"
            " lutego lut únor února",
            "march mar märz mrz mars marzo março maart marzec marca mrt březen března",
            "april apr avril avr abril abr aprile kwiecień kwietnia kwi duben dubna",
            "may mai mayo maio maggio mag mei maj maja květen května",
            "june jun juni juin junio junho giugno giu czerwiec czerwca cze červen června",
            "july jul juli juillet juil julio julho luglio lug lipiec lipca lip červenec července",
            "august aug août aout agosto ago augustus augusti sierpień sierpnia sie srpen srpna",
            "september sep sept septembre septiembre setembro settembre set sett wrzesień września wrz září",
            "october oct oktober okt octobre octubre outubro out ottobre ott październik października paź"
            " říjen října",
            "november nov novembre noviembre novembro listopad listopada lis listopadu",
            "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre grudzień grudnia"
            " gru prosinec prosince",
        ),
        start=1,
    )
    for name in names.split()
}
_SEASONS = {
    name: months
    for names, months in (
        ("spring frühling frühjahr printemps primavera lente wiosna vår", (3, 5)),
        ("summer sommer été ete verano verão estate zomer lato", (6, 8)),
        ("autumn fall herbst automne otoño outono autunno herfst jesień", (9, 11)),
        ("winter hiver invierno inverno zima", (12, 12)),  # the one month of the year that is surely in it
    )
    for name in names.split()
}
_YEAR = r"(?:19[3-9]\d|20\d\d)"
_NAMED = re.compile(
    rf"(?P<name>[^\W\d_]{{3,12}})\.?,?\s*(?:\d{{1,2}},\s*)?(?:de\s+|of\s+)?(?P<year>{_YEAR})", re.IGNORECASE
)
_NUMERIC = re.compile(
    rf"(?<!\d)(?P<m1>0?[1-9]|1[0-2])[/.](?P<y1>{_YEAR})(?!\d)"
    rf"|(?<!\d)(?P<y2>{_YEAR})[-/.](?P<m2>0[1-9]|1[0-2])(?!\d)"
    rf"|\bQ(?P<quarter>[1-4])[\s/]*(?P<y3>{_YEAR})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_SHORT = re.compile(r"['’]?(\d\d)")
_NOW = re.compile(
    r"\b(?:present|presente|présent|current|currently|now|today|ongoing|to date|heute|jetzt|laufend"
    r"|aujourd['’]hui|en cours|actualidad|actual|actualmente|atual|atualmente|momento|oggi|heden|obecnie"
    r"|dziś|teraz|nuværende|nu|současnost|dosud)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months: `first` is in, `after` no longer. Months count from year 0, January being 12 × year."""

    first: int
    after: int

    @property
    def months(self) -> int:
        return self.after - self.first


@dataclass(frozen=True, slots=True)
class _When:
    first: int
    last: int

    @property
    def is_year(self) -> bool:
        return self.last - self.first == 11


def period(start: str, end: str, *, current: bool, today: date) -> Period | None:
    """The months from one date to another, or None where they do not tell.

    Args:
        start: As written: "Mar 2021", "03/2021", "2021", "Summer 2019".
        end: The same, "Present", or nothing.
        current: Whether the document says that it goes on.
        today: The last day that counts for what goes on.
    """
    begun = _when(start)
    if begun is None:
        return None
    now = 12 * today.year + today.month - 1
    if current or _NOW.search(end):
        ended: _When | None = _When(now, now)
    else:
        ended = _when(end) or _when_short(end, begun)
    if ended is None or ended.last < begun.first or begun.first > now:
        return None
    if begun == ended:
        return Period(begun.first, begun.first + 1 if begun.is_year else min(begun.last, now) + 1)
    if begun.is_year or ended.is_year:
        years = ended.first // 12 - begun.first // 12
        return Period(begun.first, begun.first + max(1, 12 * years))
    return Period(begun.first, max(begun.first, min(ended.last, now)) + 1)


def months(periods: Iterable[Period]) -> int:
    """How many months the periods cover together; what overlaps counts once."""
    total, reached = 0, 0
    for one in sorted(periods, key=lambda p: (p.first, p.after)):
        total += max(0, one.after - max(one.first, reached))
        reached = max(reached, one.after)
    return total


def in_words(count: int) -> str:
    """Months as a person says them: "7 years", "4 years and 3 months", "8 months"."""
    years, rest = divmod(count, 12)
    said = [
        f"{number} {unit}{'' if number == 1 else 's'}"
        for number, unit in ((years, "year"), (rest, "month"))
        if number
    ]
    return " and ".join(said) or "less than a month"


def _when(text: str) -> _When | None:
    """The first and last month that a date as written may mean."""
    for named in _NAMED.finditer(text):
        name, year = named["name"].casefold(), 12 * int(named["year"])
        if name in _MONTHS:
            return _When(year + _MONTHS[name] - 1, year + _MONTHS[name] - 1)
        if name in _SEASONS:
            first, last = _SEASONS[name]
            return _When(year + first - 1, year + last - 1)
    if numeric := _NUMERIC.search(text):
        year = 12 * int(numeric["y1"] or numeric["y2"] or numeric["y3"])
        if numeric["quarter"]:
            first = year + 3 * (int(numeric["quarter"]) - 1)
            return _When(first, first + 2)
        month = year + int(numeric["m1"] or numeric["m2"]) - 1
        return _When(month, month)
    if bare := _BARE.search(text):
        return _When(12 * int(bare.group()), 12 * int(bare.group()) + 11)
    return None


def _when_short(text: str, begun: _When) -> _When | None:
    """The year that two digits mean after a date: 2019 to "21"."""
    short = _SHORT.fullmatch(text.strip())
    if short is None:
        return None
    year = begun.first // 12 // 100 * 100 + int(short.group(1))
    return _When(12 * year, 12 * year + 11)
