"""Every date of a claim is the cited record's own, or stands in the cited text."""

import re

from domain import SentenceKind
from grounding.registry import Case, Fault, check
from language import dates as language_dates

_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?!\d)")
_NOW = re.compile(r"\b(?:currently|in my current role|today|since|still)\b", re.IGNORECASE)


@check(
    "dates",
    SentenceKind.CLAIM,
    number="V12",
    catches='a year or month that is not the record\'s, and "currently" for what is over',
    passes="C e1 | Since 2021 at Northwind Freight, I have moved 14 services to Kubernetes.",
    fails="C e4 | Since 2021, I have reduced API response time by 40% using Redis.",
)
def dates(case: Case) -> Fault | None:
    """Years and months must be those of the source; "currently" needs a record that says so."""
    if case.is_own_line:
        return None
    said, said_years = language_dates.find(case.text), _YEAR.findall(case.text)
    now = _NOW.search(case.text)
    if not (said or said_years or now):
        return None
    sources = [item.text for item in case.evidence] + list(case.record_texts)
    known = {(d.year, d.month) for text in sources for d in language_dates.find(text)}
    known |= {(year, None) for year, _ in known}
    years = {year for text in sources for year in _YEAR.findall(text)}
    for date in said:
        if date.year is not None and (date.year, date.month) not in known:
            return Fault(f"Your evidence does not give the date “{date.text}”.", date.text, _span(case))
    for year in said_years:
        if year not in years:
            return Fault(f"Your evidence does not give the year {year}.", year, _span(case))
    is_current = case.record is not None and case.record.current
    if now and not is_current and not any(now.group().lower() in text.lower() for text in sources):
        return Fault("Your evidence does not say that this is your present work.", now.group(), _span(case))
    return None


def _span(case: Case) -> str:
    record = case.record
    return " to ".join(filter(None, (record.start, record.end))) if record is not None else ""
