"""Counting what a reader feels: words, sentence length, reading grade, stock phrases, I against you."""

import re
from collections.abc import Sequence
from functools import lru_cache

from domain import Sentence, SentenceKind

STOCK = re.compile(
    r"\b(?:hope this (?:email|e-mail|message|letter)?\s?finds you|i am writing to|i'm writing to|"
    r"to whom it may concern|dear sir|"
    r"reach(?:ing)? out|touch base|circle back|synerg\w+|leverag\w+|cutting[- ]edge|world[- ]class|"
    r"game[- ]chang\w+|"
    r"passionate|results[- ]driven|seasoned|proven track record|perfect fit|ideal candidate|"
    r"excited to|thrilled|delighted|"
    r"dynamic (?:and|team|environment|individual|professional|leader|company|culture)|"
    r"fast-paced|think outside|go-getter|hit the ground running|unique opportunity|"
    r"best[- ]in[- ]class|"
    r"rockstar|ninja|guru|deep dive|low-hanging|move the needle|value[- ]add|paradigm|holistic|"
    r"state[- ]of[- ]the[- ]art|"
    r"i believe i|look forward to hearing|at your earliest convenience|please find attached|"
    r"esteemed|utmost)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"\[[A-Z][\w ]*\]|\{\{?|\}\}?|\bTBD\b|\bXX+\b|\byour company\b|<[a-z]+>|lorem ipsum", re.IGNORECASE
)
_SELF = re.compile(r"\b(?:I|me|my|we|our|us)\b")
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)


def body(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that count: without subject, greeting, sign-off and footer."""
    return [s for s in sentences if s.kind not in (SentenceKind.SUBJECT, SentenceKind.FORMULA)]


def word_count(sentences: Sequence[Sentence]) -> int:
    """Words of the body."""
    return sum(len(s.text.split()) for s in body(sentences))


def grade(text: str, names: frozenset[str] = frozenset()) -> float:
    """Flesch–Kincaid grade of a text, with names, numbers and technical terms counted as one syllable.

    Without that mask the measure punishes the names of skills. Source: Kincaid et al. 1975.
    """
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]
    words = re.findall(r"[\w'’.+#/&%-]*\w[\w'’+#/&%-]*", text)
    if not words or not sentences:
        return 0.0
    syllables = sum(_syllables(word, names) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=8192)
def _syllables(word: str, names: frozenset[str]) -> int:
    low = word.lower().strip("'’.")
    if low in names or any(c.isdigit() for c in word) or any(c.isupper() for c in word):
        return 1
    groups = len(re.findall(r"[aeiouy]+", low.removesuffix("e") if not low.endswith(("le", "ee")) else low))
    if low.endswith("ed") and not low.endswith(("ted", "ded")):
        groups -= 1
    return max(1, groups)


def self_ratio(text: str) -> float:
    """How often the writer speaks of themselves, for each time they speak of the reader."""
    return len(_SELF.findall(text)) / max(1, len(_YOU.findall(text)))
