"""What a page asks applicants to do: code words, subject lines, "no AI". Shown, never obeyed."""

import re
from collections.abc import Iterable

from scraping.wording import any_of

_MOST = 20
_LONGEST = 400

_ASKS = re.compile(any_of("instructions"), re.IGNORECASE)
# One of these words is in whatever `_ASKS` finds; looking for them first is ten times faster.
_MAY_ASK = re.compile(
    r"word|phrase|emoji|hashtag|human|robot|\bbot\b|read|subject|title of|header|number|\bno\b|code|\bid\b"
    r"|\bAI\b|A\.I\.|gpt|LLM|intelligence|voice|\bKI\b|\bIA\b|do not|don.t|instead|letter|portfolio"
    r"|transcript|sample|references|required|mandatory|must|without|@|application|message|e-?mail|apply"
    r"|recruiters|agencies|betreff|kennwort|stichwort|kennziffer|referenz|objet de|mot[- ]cl|référence|asunto"
    r"|referencia|palabra|onderwerp|oggetto|assunto|w tytule|do předmětu|start",
    re.IGNORECASE,
)
_ABOUT_THE_WORK = re.compile(
    r"\bas part of (?:the|your) (?:role|job|team)\b|\bwe (?:use|build|do not use|don.t use)\b"
    r"|\bour (?:product|customers)\b",
    re.IGNORECASE,
)
_GERMAN_SUBJECT = re.compile(r"\bStichwort(?:e|en)?\b(?!\s*[:„\"“])", re.IGNORECASE)


def is_instruction(sentence: str) -> bool:
    """Whether a sentence asks applicants to do something with their application."""
    if len(sentence) > _LONGEST * 2 or _ABOUT_THE_WORK.search(sentence):
        return False
    if not _MAY_ASK.search(sentence):
        return False
    match = _ASKS.search(sentence)
    return match is not None and not (match[0].lower() == "stichwort" and _GERMAN_SUBJECT.search(sentence))


def instructions_in(sentences: Iterable[str]) -> list[str]:
    """The sentences that are instructions, verbatim, each once, at most twenty."""
    found = dict.fromkeys(s.strip()[:_LONGEST] for s in sentences if is_instruction(s))
    return [s for s in found if s][:_MOST]
