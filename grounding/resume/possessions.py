"""No skill of the advert stands in a line whose source does not name it."""

from domain import SentenceKind
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check
from grounding.resume.source_text import source_of


@line_check("skills of a line", "R3", SentenceKind.CLAIM)
def possessions(case: Case) -> Fault | None:
    """Every skill named is named by the source, under the same label of the taxonomy."""
    known = {mention.skill for mention in case.find_skills(source_of(case))}
    for mention in case.find_skills(case.text):
        if mention.skill not in known:
            return Fault(
                f"Your evidence for this does not name {mention.text}.", mention.text, source_of(case)
            )
    return None
