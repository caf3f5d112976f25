"""Every line of a résumé comes from exactly one item of the evidence, and that may be told."""

from domain import SentenceKind
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check


@line_check("source", "R2", SentenceKind.CLAIM)
def source(case: Case) -> Fault | None:
    """One id, of an item that exists and is not confidential."""
    if len(case.sentence.rests_on) != 1 or len(case.evidence) != 1:
        return Fault("This line names no one source in your evidence.", case.text)
    if case.evidence[0].confidential:
        return Fault("You keep this to yourself.", case.text)
    return None
