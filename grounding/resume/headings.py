"""Headings are the standard ones, which people and their programs look for."""

from domain import SentenceKind
from grounding.lexicon import phrases_of
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check


@line_check("heading", "R5", SentenceKind.FORMULA)
def heading(case: Case) -> Fault | None:
    """What rests on nothing is a heading of the closed list."""
    if case.sentence.rests_on or case.text in phrases_of("resume-headings"):
        return None
    return Fault("This is no standard heading.", case.text)
