"""A sentence that nobody reads to its end is refused; the draft's own length is looked at as a whole."""

from domain import SentenceKind
from grounding.registry import Case, Fault, check

MOST_WORDS = 80  # the checklists ask for 25 to 30; a bullet of a résumé may be longer, told as it stands


@check(
    "length",
    SentenceKind.CLAIM,
    SentenceKind.RECIPIENT,
    SentenceKind.SUBJECT,
    number="V22",
    catches="a sentence of more than 80 words",
    passes="C e2 | I led a team of 5 engineers.",
    fails=f"C e2 | I led {'a team of ' * 30}5 engineers.",
)
def length(case: Case) -> Fault | None:
    count = len(case.text.split())
    if count > MOST_WORDS:
        return Fault(f"This has {count} words; a sentence has {MOST_WORDS} at most.", case.text)
    return None
