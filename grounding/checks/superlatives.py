"""No superlative, and no praise of the sender, that the cited evidence does not hold."""

import re

from domain import SentenceKind
from grounding.lexicon import words_of
from grounding.registry import Case, Fault, check

_NO_SUPERLATIVES = (
    "best test latest request interest invest guest rest west forest harvest quest manifest "
    "contest suggest honest "
    "digest protest arrest nest pytest northwest southwest modest ingest attest chest crest "
    "pest jest unrest lest "
    "zest retest everest vest divest"
)
_EST = re.compile(rf"\b(?!(?:{'|'.join(_NO_SUPERLATIVES.split())})\b)\w{{3,}}est\b", re.IGNORECASE)


@check(
    "superlatives",
    SentenceKind.CLAIM,
    number="V8",
    catches="superlatives and praise that the evidence does not hold",
    passes="C e2 | I led a team of 5 engineers.",
    fails="C e2 | I led the best team of 5 engineers.",
)
def superlatives(case: Case) -> Fault | None:
    """Words like "best", "leading", "award-winning", "expert" must stand in the cited text or its record."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts]).lower()
    for word in re.findall(r"[\w-]+", case.text):
        low = word.lower()
        if (low in words_of("superlatives") or _EST.fullmatch(low)) and not re.search(
            rf"(?<!\w){re.escape(low[:5])}", own
        ):
            return Fault(f"Your evidence does not say “{word}”.", word)
    return None
