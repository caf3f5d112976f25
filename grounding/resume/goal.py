"""The goal says what a résumé is for, in the page's words, and is no claim."""

import re

from domain import SentenceKind
from grounding.lexicon import phrases_of
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check
from language.instructions import is_instruction


@line_check("goal", "R3", SentenceKind.INTENT)
def goal(case: Case) -> Fault | None:
    """A label of the closed list, then words of the posting's title and company alone."""
    label, _, rest = case.text.partition(": ")
    if label not in phrases_of("resume-goals"):
        return Fault("A résumé says what it is for and no more.", case.text)
    if is_instruction(rest) or "|" in rest:
        return Fault("This speaks to whoever writes, and is no title.", rest)
    posting = case.brief.posting
    known = set(re.findall(r"\w+", f"{posting.title} {posting.company}"))
    strange = next((word for word in re.findall(r"\w+", rest) if word not in known), "")
    return Fault("The page does not say this.", strange, posting.title) if strange else None
