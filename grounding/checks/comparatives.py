"""No comparison that the evidence does not make: faster than, better, more than others, unlike most."""

import re

from domain import SentenceKind
from grounding.registry import Case, Fault, check

_COMPARES = re.compile(
    r"\b(?:better|worse|faster|slower|quicker|cheaper|stronger|larger|bigger|smaller|higher|lower|easier|safer"
    r"|wider|deeper|older|younger|fewer|greater|smarter|richer)\b|\b(?:more|less)\s+[a-z]{4,}\s+than\b"
    r"|\bthan (?:any|most|all|every|the|other|others|my|our|ever|before|average|expected|planned|usual)\b"
    r"|\b(?:unlike|ahead of|outperform\w*|surpass\w*|compared (?:with|to)|far above|well above|above average"
    r"|industry average)\b",
    re.IGNORECASE,
)


@check(
    "comparatives",
    SentenceKind.CLAIM,
    number="V20",
    catches="a comparison with others, with before or with the average that the evidence does not make",
    passes="C e4 | I reduced API response time by 40% using Redis.",
    fails="C e4 | I reduced API response time by 40% using Redis, faster than anybody.",
)
def comparatives(case: Case) -> Fault | None:
    """A word that compares must stand in the cited text."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts]).lower()
    for found in _COMPARES.finditer(case.text):
        if found.group().lower() not in own:
            return Fault("Your evidence does not compare this.", found.group())
    return None
