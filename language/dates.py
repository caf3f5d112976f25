"""Dates as résumés write them: "Mar 2021", "03/2021", "2021-03", "Summer 2013", "Present", "Expected 2027".

A day or month that is not written is never invented.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero janeiro",
            "february feb februar février febrero fevereiro",
            "march mar märz mars marzo março",
            "april apr avril abril",
            "may mai mayo maio",
            "june jun juni juin junio junho",
            "july jul juli juillet julio julho",
            "august aug août agosto",
            "september sep sept septembre septiembre setembro",
            "october oct oktober okt octobre octubre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre diciembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_SEASONS = "spring|summer|autumn|fall|winter"
_PRESENT = "present|current|currently|now|today|ongoing|heute|aujourd'hui|actualidad|atual"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?P<expected>\b(?:expected|anticipated|planned)[:,]?\s+)?(?:"
    rf"\b(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b"
    rf"\.?,?\s*(?:\d{{1,2}},\s*)?(?:of\s+)?(?P<y1>{_YEAR})\b"
    rf"|\b(?P<season>{_SEASONS})\s+(?:of\s+)?(?P<y2>{_YEAR})\b"
    rf"|(?<![\w/.-])(?P<m3>0?[1-9]|1[0-2])[/.](?P<y3>{_YEAR})(?![\w/])"
    rf"|(?<![\d/.-])(?P<y4>{_YEAR})[-/](?P<m4>0[1-9]|1[0-2])(?:-\d\d)?(?![\d/-])"
    rf"|(?<![\w.,$€£#+-])(?P<y5>{_YEAR})(?![\w+%]|[.,]\d|-\d\d\b(?!\d))"
    rf"|\b(?P<present>{_PRESENT})\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as written. `year` is None for "Present"; `expected` says that it had not come when written."""

    text: str
    start: int
    end: int
    year: int | None
    month: int | None = None
    season: str = ""
    expected: bool = False

    @property
    def is_open(self) -> bool:
        return self.year is None


def find(text: str) -> tuple[Date, ...]:
    """The dates of a text in order. "Present" counts only where a date or a dash stands before it."""
    found: list[Date] = []
    for match in _DATE.finditer(text):
        if match["present"] and not _follows_a_date(text, match.start(), bool(found)):
            continue
        found.append(_date(match))
    return tuple(found)


def parse(text: str) -> Date | None:
    """The date that a field of a record holds, or None: "2022", "Mar 2021", "Present"."""
    match = _DATE.search(text.strip())
    return _date(match) if match else None


def is_over(end: str, *, current: bool) -> bool:
    """Whether what ends so is surely over: the end is written, and is a date that has come."""
    found = parse(end) if end and not current else None
    return found is not None and found.year is not None and not found.expected and found.year <= _this_year()


def _this_year() -> int:
    return datetime.now(UTC).year


def _follows_a_date(text: str, start: int, has_date: bool) -> bool:
    before = text[:start].rstrip().lower()
    return has_date and before.endswith(("-", "–", "—", "to", "until", "till", "bis", "/", "à", "a"))


def _date(match: re.Match[str]) -> Date:
    year = next((match[name] for name in ("y1", "y2", "y3", "y4", "y5") if match[name]), None)
    month = match["m3"] or match["m4"]
    return Date(
        text=match.group(),
        start=match.start(),
        end=match.end(),
        year=int(year) if year else None,
        month=_MONTHS[match["month"].lower()] if match["month"] else int(month) if month else None,
        season=(match["season"] or "").lower().replace("fall", "autumn"),
        expected=bool(match["expected"]),
    )
