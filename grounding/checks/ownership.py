"""Whose a fact is: what the page says of them is never told as a fact about the sender."""

import re

from domain import SentenceKind
from grounding.registry import Case, Fault, check
from language import quantities

_YOURS = re.compile(r"\b(?:you|your|yours|you['’](?:re|ve|ll|d))\b", re.IGNORECASE)


@check(
    "ownership",
    SentenceKind.CLAIM,
    number="V18",
    catches="a number or fact of theirs (“you are hiring 40 people”) told about the sender",
    passes="C e2 | I led a team of 5 engineers.",
    fails="C e2 | I led the 40 people you are hiring.",
)
def ownership(case: Case) -> Fault | None:
    """A claim speaks of nobody's "you", and of no number that only the page has."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts])
    yours = _YOURS.search(case.text)
    if yours and not _YOURS.search(own):
        return Fault("A sentence about you may not speak of them.", yours.group())
    said = [quantity for quantity in quantities.find(case.text) if quantity.value > _SMALL]
    if not said:
        return None
    sources = [*(item.text for item in case.evidence), *case.record_texts]
    mine = {quantity.value for text in sources for quantity in quantities.find(text)}
    theirs = {q.value: q for line in case.brief.posting.lines for q in quantities.find(line.text)}
    for quantity in said:
        if quantity.value in theirs and quantity.value not in mine:
            return Fault("This number is theirs, not yours.", quantity.text, theirs[quantity.value].text)
    return None


_SMALL = 20  # smaller numbers are everybody's; the check `numbers` looks at those
