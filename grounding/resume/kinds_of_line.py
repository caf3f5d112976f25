"""A résumé holds claims, heads, headings and a goal: no greeting, no sentence about the reader, no glue."""

from domain import SentenceKind
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check


@line_check("kind of line", "R5", SentenceKind.SUBJECT, SentenceKind.RECIPIENT, SentenceKind.GLUE)
def kind_of_line(case: Case) -> Fault | None:
    """Refuse what belongs to a message."""
    return Fault("A résumé says what you have done, and nothing else.", case.text)
