"""Lines of résumés and postings as plain running text: marks off, arrows and signs read out, lists joined."""

import re
from collections.abc import Sequence
from functools import lru_cache

from language.wording import entries

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|__|`|~~|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_ALNUM = re.compile(r"[^\W_]")
_BULLET = re.compile(r"^[\s•·▪●◦‣*\-–—>#]+(?=\S)")
_NUMBER_ARROW = re.compile(
    r"(?P<from>[$€£]?\d[\d.,]*\s?[%a-zA-Z]{0,8})\s*(?:->|→|➔|=>)\s*(?P<to>[$€£]?\d[\d.,]*)"
)
_THEN = re.compile(r",?\s(?:->|→|➔|=>)\s(?=(?:[a-z]+ed|cut|led|won|grew|rose|fell|saved)\s)")
"""An arrow before a past verb: one act and what it did."""
_ABOUT = re.compile(r"(?<!\w)[~≈]\s?(?=[$€£]?\d)")
_PLUS = re.compile(r"(?<=\S) \+ (?=\S)")
_AND = re.compile(r"(?<=[\w.)]) & (?=\w)")
_WITH = re.compile(r"\bw/ ?(?=\w)")
_ADDRESS = re.compile(r"[\s(:]*https?://\S+")
_SPACE = re.compile(r"\s+")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SENTENCE_END = re.compile(
    r"(?<=[.!?;])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)(?<!\bInc\.)(?<!\bCo\.)(?<!\bNo\.)(?<!\bapprox\.)(?<!\bProf\.)(?<!\bDr\.)"
    r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bJr\.)(?<!\bSr\.)(?<!\bDept\.)(?<!\bincl\.)(?<!\bU\.S\.)\s+(?=[A-Z0-9“\"'])"
)

LEVELS = re.compile(
    r"\b(?:basics?|beginner|can read|read it|learning(?=$|[)\]]| (?-i:[A-Z]))|in progress|planned|"
    r"expected|exposure|familiar|intermediate|"
    r"not |fictional|prototype|draft|pilot|unreleased|beta|hobby|part[- ]time|partly|partially|co-|assist)",
    re.IGNORECASE,
)
"""Words that weaken a statement. What holds one is never cut off."""


def tidy(text: str) -> str:
    """One line without marks of lists or Markdown and without the final full stop.

    "**Cut** build time 40 -> 6 min & ~3 steps." gives "Cut build time from 40 to 6 min and about 3 steps".
    """
    line = _LINK.sub(r"\1", text.replace("’", "'").replace("\u00ad", "").replace("\u200b", ""))
    line = _ADDRESS.sub("", _MARKS.sub("", _BULLET.sub("", line)))
    line = _NUMBER_ARROW.sub(r"from \g<from> to \g<to>", line)
    line = _THEN.sub(" and ", line)
    line = re.sub(r"\bfrom from\b", "from", line)
    line = re.sub(r"\bincl\.? (?=\w)", "including ", line)
    line = _WITH.sub("with ", _AND.sub(" and ", _PLUS.sub(" and ", _ABOUT.sub("about ", line))))
    line = _SPACE.sub(" ", line).strip()
    return line.rstrip(".;,: ") if not line.endswith(("etc.", "Inc.")) else line


def sentences(line: str) -> list[str]:
    """The sentences of a tidy line, without their full stops."""
    return [part.rstrip(".; ") for part in _SENTENCE_END.split(line) if part.strip(" .;")]


@lru_cache(maxsize=4096)
def count(text: str) -> int:
    """Words as a person counts them."""
    return sum(1 for word in text.split() if _ALNUM.search(word))


def bare(word: str) -> str:
    """The word without the punctuation around it, lower-case."""
    return word.strip(".,;:!?()[]{}“”\"'‘’").lower()


def without_brackets(text: str, longest: int = 0) -> str | None:
    """The text without brackets of more than `longest` words; None where that would drop a weakening word."""
    dropped_level = False

    def drop(match: re.Match[str]) -> str:
        nonlocal dropped_level
        inner = match.group().strip()[1:-1]
        if count(inner) <= longest:
            return match.group()
        dropped_level = dropped_level or bool(LEVELS.search(inner))
        return ""

    cleaned = _BRACKET.sub(drop, text)
    return None if dropped_level else _SPACE.sub(" ", cleaned).replace(" ,", ",").strip()


def joined(items: Sequence[str], word: str = "and") -> str:
    """ "A", "A and B", "A, B, and C"."""
    if len(items) <= 2:
        return f" {word} ".join(items)
    return ", ".join(items[:-1]) + f", {word} {items[-1]}"


def lower_first(text: str) -> str:
    """The text with its first letter lower-case, unless its first word is a name or an acronym."""
    first = text.split(" ", 1)[0]
    core = first.strip(".,;:()")
    if (
        core == "I"
        or core in _brands()
        or any(c.isupper() for c in core[1:])
        or any(c.isdigit() for c in core)
    ):
        return text
    return text[:1].lower() + text[1:]


@lru_cache(maxsize=1)
def _brands() -> frozenset[str]:
    return frozenset(name for line in entries("brands") for name in line.split())


def capital(text: str) -> str:
    """The text with its first letter in upper case: the start of a sentence."""
    return text[:1].upper() + text[1:]
