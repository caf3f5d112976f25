"""How long something lasted is stated in the evidence, or computed from the dates of its one record."""

import re

from domain import Quantity, SentenceKind
from grounding.registry import Case, Fault, check
from grounding.slots import duration_said
from language import quantities

_DECADES = re.compile(
    r"\b(?:(?P<more>over|more than)\s+)?(?P<n>a|one|two|three|four)\s+decades?\b", re.IGNORECASE
)
_TENS = {"a": 10, "one": 10, "two": 20, "three": 30, "four": 40}


@check(
    "durations",
    SentenceKind.CLAIM,
    number="V19",
    catches="years, months or decades that are neither stated nor those of the record's own dates; ages",
    passes="C e5 | I worked at Fernhill Bank as a Backend Developer for four years.",
    fails="C e5 | I worked at Fernhill Bank as a Backend Developer for six years.",
)
def durations(case: Case) -> Fault | None:
    """Years for which the record lasted by its dates may be said; everything else must be stated."""
    if case.is_own_line:
        return None
    stated = [q for text in _sources(case) for q in quantities.find(text) if q.unit in {"year", "month"}]
    for quantity in quantities.find(case.text):
        if (
            quantity.unit in {"year", "month"}
            and not is_stated(quantity, stated)
            and not lasted(case, quantity)
        ):
            says = stated[0].text if stated else _dates(case)
            return Fault(f"Your evidence does not give “{quantity.text}”.", quantity.text, says)
    for found in _DECADES.finditer(case.text):
        years = _TENS[found["n"].lower()]
        if not any(_is_as_long(q, years, more=bool(found["more"])) for q in stated if q.unit == "year"):
            return Fault("Your evidence does not give so many years.", found.group(), _dates(case))
    return None


def is_stated(quantity: Quantity, stated: list[Quantity]) -> bool:
    return any((q.value, q.unit) == (quantity.value, quantity.unit) for q in stated)


def lasted(case: Case, quantity: Quantity) -> bool:
    """Whether "for three years" is how long the one record lasted."""
    before = case.text[: quantity.start].rstrip().lower()
    is_said_so = before.endswith(("for", "spent", "after")) or not before
    return (
        is_said_so
        and case.record is not None
        and quantity.unit == "year"
        and duration_said(case.record, quantity.value, quantity.comparator)
    )


def _is_as_long(stated: Quantity, years: int, *, more: bool) -> bool:
    is_over = stated.value > years or (stated.value == years and stated.comparator == "over")
    return is_over if more else stated.value == years


def _sources(case: Case) -> list[str]:
    return [*(item.text for item in case.evidence), *case.record_texts]


def _dates(case: Case) -> str:
    record = case.record
    return " to ".join(filter(None, (record.start, record.end))) if record is not None else ""
