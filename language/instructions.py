"""What a page asks applicants to do, by kind: code words, subjects, documents, "no AI". Shown, never obeyed.

What is said to a program that reads the page is of a kind of its own: an attack, or an employer's trap.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, get_args

from language.wording import entries

Kind = Literal["no-ai", "machine", "subject", "word", "documents"]
_KINDS: tuple[Kind, ...] = get_args(Kind)
_MOST = 20
_LONGEST = 400

_AND = " && "
_LINES = {kind: entries(f"asks-{kind}") for kind in _KINDS}
_ASKS = {
    kind: re.compile("|".join(line for line in lines if _AND not in line), re.IGNORECASE)
    for kind, lines in _LINES.items()
}
# Parts that must all be found in one sentence, in any order.
_TOGETHER = {
    kind: [[re.compile(part, re.IGNORECASE) for part in line.split(_AND)] for line in lines if _AND in line]
    for kind, lines in _LINES.items()
}
# A word that begins with one of these is in whatever asks for something; to look for them first is many
# times faster.
_CUES = {
    kind: frozenset(
        word
        for line in entries("asks-cues")
        if line.startswith(f"{kind}: ")
        for word in line.partition(": ")[2].split()
    )
    for kind in _KINDS
}
_MARKS = re.compile(r"[@|<\[#\"+]|A\.I\.", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_STEM = 5
_ABOUT_THE_WORK = re.compile(
    r"\bas part of (?:the|your) (?:role|job|team)\b|\bwe (?:use|build|do not use|don.t use)\b"
    r"|\bour (?:product|customers)\b",
    re.IGNORECASE,
)
_GERMAN_SUBJECT = re.compile(r"\bStichwort(?:e|en)?\b(?!\s*[:„\"“])", re.IGNORECASE)


@lru_cache(maxsize=8192)
def kind_of(sentence: str) -> Kind | None:
    """What a sentence asks of applicants, or of a program; None where it asks for nothing."""
    if len(sentence) > _LONGEST * 2:
        return None
    stems = {word[:_STEM] for word in _WORD.findall(sentence.lower())}
    is_marked = _MARKS.search(sentence) is not None
    likely = [kind for kind in _KINDS if is_marked or not stems.isdisjoint(_CUES[kind])]
    if not likely or _ABOUT_THE_WORK.search(sentence):
        return None
    return next((kind for kind in likely if _asks(kind, sentence)), None)


def _asks(kind: Kind, sentence: str) -> bool:
    match = _ASKS[kind].search(sentence)
    if match is not None and not (match[0].lower() == "stichwort" and _GERMAN_SUBJECT.search(sentence)):
        return True
    return any(all(part.search(sentence) for part in parts) for parts in _TOGETHER[kind])


def is_instruction(sentence: str) -> bool:
    """Whether a sentence asks applicants to do something with their application, or addresses a program."""
    return kind_of(sentence) is not None


def instructions_in(sentences: Iterable[str]) -> list[str]:
    """The sentences that are instructions, verbatim, each once, at most twenty."""
    found = dict.fromkeys(s.strip()[:_LONGEST] for s in sentences if is_instruction(s))
    return [s for s in found if s][:_MOST]
