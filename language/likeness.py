"""Which of some sentences another one came from: the one that shares most of its words."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

ALIKE = 0.5
"""Of the words of two sentences, from which one is taken for the other, changed."""


def most_alike(sentence: str, candidates: Sequence[str]) -> str:
    """The candidate that a sentence came from; empty where none is alike.

    Words are counted, not letters: comparing those would take longer than any check.
    """
    if sentence in candidates:
        return sentence
    asked = _words(sentence)
    rated = [(_shared(asked, _words(candidate)), candidate) for candidate in candidates]
    share, best = max(rated, default=(0.0, ""))
    return best if share > ALIKE else ""


@lru_cache(maxsize=2_000)
def _words(sentence: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", sentence.casefold()))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """How much of two sentences is in both, 0 to 1."""
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)
