"""What nobody should read into evidence: pay, permits, age, health, belief, origin, family, referees."""

import re
from functools import lru_cache

from domain import SentenceKind
from grounding.lexicon import phrases_of
from grounding.registry import Case, Fault, check


@check(
    "private",
    SentenceKind.CLAIM,
    SentenceKind.GLUE,
    SentenceKind.INTENT,
    number="V13",
    catches="pay, visa, age, health, religion, nationality, criminal record, references not in evidence",
    passes="C e2 | I led a team of 5 engineers.",
    fails="C e2 | I led a team of 5 engineers and need no visa.",
)
def private(case: Case) -> Fault | None:
    """Words of the list `private` only where the cited evidence has them."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts]).lower()
    for found in _private().finditer(case.text):
        if found.group().lower() not in own:
            return Fault("This is private, and your evidence does not say it.", found.group())
    return None


@lru_cache(maxsize=1)
def _private() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases_of('private'))})\b", re.IGNORECASE)
