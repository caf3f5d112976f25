"""Every number of a claim stands in one cited item, with its unit and its "up to", "over" or "about"."""

from domain import Quantity, SentenceKind
from grounding.checks.durations import lasted
from grounding.registry import Case, Fault, check
from grounding.stated import counted_skills
from language import quantities


@check(
    "numbers",
    SentenceKind.CLAIM,
    number="V5",
    catches='a number, unit, magnitude, currency or "up to" that the cited evidence does not give',
    passes="C e2 | I led a team of five engineers.",
    fails="C e2 | I led a team of 15 engineers.",
)
def numbers(case: Case) -> Fault | None:
    """Value, magnitude, unit and comparator must be those of a cited item or of a field of its record."""
    if case.is_own_line or counted_skills(case.text) is not None:
        return None
    said = quantities.find(case.text)
    sources = [item.text for item in case.evidence] + list(case.record_texts)
    known = [quantity for text in sources for quantity in quantities.find(text)] if said else []
    for quantity in said:
        if quantity.text.lower() == "one" and case.text[quantity.end :].startswith((" of ", " thing ")):
            continue
        if not any(_same(quantity, other) for other in known) and not lasted(case, quantity):
            return Fault(_reason(quantity, known), quantity.text, _nearest(quantity, known, sources))
    return None


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.unit, _comparator(one)) == (other.value, other.unit, _comparator(other))


def _comparator(quantity: Quantity) -> str:
    """ "within two years" is in two years."""
    return "" if quantity.text.lower().startswith("within") else quantity.comparator


def _reason(quantity: Quantity, known: list[Quantity]) -> str:
    same = [other for other in known if other.value == quantity.value]
    if same and same[0].text == quantity.text:
        return f"In your evidence “{quantity.text}” counts something else."
    if same:
        return f"Your evidence says “{same[0].text}”, not “{quantity.text}”."
    return f"Your evidence does not give the number “{quantity.text}”."


def _nearest(quantity: Quantity, known: list[Quantity], sources: list[str]) -> str:
    same_unit = [other for other in known if other.unit == quantity.unit]
    near = sorted(same_unit or known, key=lambda other: abs(other.value - quantity.value))
    return near[0].text if near else (sources[0] if sources else "")
