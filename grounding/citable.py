"""Which part of a posting a draft may repeat: lines that speak of the work, not to whoever writes the
message.

This is no defence of its own. A sentence about the recipient is bound to a few openings, to the words of its
lines and to no name, code, link or quotation besides; this only keeps instructions from being taken for
needs.
"""

import re
from functools import lru_cache

from domain import PostingLine, Section
from grounding.atoms import LINK, FindSkills
from language.instructions import is_instruction

_ORDER = r"(?:^|[.:;,!?\])]\s*|\b(?:please|kindly|sure to|must|should|you may|you can|now)\s+)"
_TELLING = (
    "mention include append insert put reply respond repeat quote write state say add return "
    "output print finish "
    "start begin end use replace show tell copy paste sign title name answer"
)
_OF_A_MESSAGE = (
    "word words phrase sentence paragraph subject letter email e-mail message reply application tag link "
    "résumé resume cv applicant sender candidate prompt"
)
_ANY_ORDER = re.compile(
    rf"{_ORDER}(?:{'|'.join(_TELLING.split())})\b[^.]{{0,80}}?\b"
    rf"(?:(?:the|a|an|your|following|only|this|every|each|that)\s+(?:{'|'.join(_OF_A_MESSAGE.split())})"
    r"|subject line|cover letter|code ?word|json|certifications|first line|source links"
    r"|warnings?|nothing else)\b",
    re.IGNORECASE,
)
_OTHERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ignore|disregard|forget|override|bypass|skip)\b[^.]*\b(?:previous|prior|above|earlier|instructions?|rules?|check\w*|prompt)\b",
        r"\b(?:if you are|you are|as) an? (?:\w+ )?(?:large language model|language model|llm|ai"
        r"|bot|assistant|chat ?bot|machine)\b",
        r"\b(?:note|notice|message|instructions?|attention) (?:to|for) (?:ai|llms?|bots?"
        r"|automated|writers?|machines?|assistants?)\b",
        r"\bai (?:tools?|writers?|assistants?|systems?)\b[^.]*\b(?:write|include|mention"
        r"|letters?|applications?|discard)\b",
        r"\bthe (?:applicant|sender|candidate)\s+(?:\w+\s+)?(?:has|holds?|worked|withdraws?|is"
        r"|was|increased|earned|led|wrote)\b",
        r"^\W*(?:system|assistant|user|evaluator|note to|for automated|developer)\b[^.]{0,40}:",
        r"<\||\|>|\[(?:INST|SYS|AUTHORI)|```|\bdecode\b|^stop\.|\bbase64[: ]|\breturn only\b"
        r"|\breply only\b|\bnothing else\b",
        r"\bto show (?:us )?(?:that )?you(?:'ve| have)? read\b|\bwhen applying\b|\bscore it\b"
        r"|\bfact.?check\w*\b",
        r"\bwhen (?:extracting|reading|summari[sz]ing|parsing|scoring|writing)\b",
    )
)
_QUOTED = re.compile(r"[\"“„«][^\"”“»]{1,80}[\"”“»]|(?<!\w)['‘][^'’]{2,60}['’](?!\w)|\*\*[^*]{1,60}\*\*")
_OF_THE_WORK = frozenset([Section.TITLE, Section.TASKS, Section.MUST, Section.NICE, Section.ABOUT])


def is_citable(line: PostingLine, find_skills: FindSkills) -> bool:
    """Whether a sentence may rest on the line: it speaks of the work, and stands where the work is described.

    A line in another part of the page (benefits, how to apply, no heading known) needs to name a skill.
    """
    if not _speaks_of_the_work(line.text):
        return False
    return line.section in _OF_THE_WORK or bool(find_skills(line.text))


@lru_cache(maxsize=4096)
def _speaks_of_the_work(text: str) -> bool:
    if LINK.search(text) or _ANY_ORDER.search(text) or is_instruction(text):
        return False
    return not any(pattern.search(text) for pattern in _OTHERS)


def spoken_plainly(text: str) -> str:
    """The text without what stands in quotation marks: a quotation is no need."""
    return _QUOTED.sub(" , ", text)
