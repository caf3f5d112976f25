"""Words and what they are worth for matching: which never open a match, which say nothing about the work.

`polysemous.txt` lists words that mean another thing in every trade (pipeline, testing, rest); `ordinary.txt`
lists words that stand in postings of every trade (team, experience, support).
"""

from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def polysemous() -> frozenset[str]:
    """Words that alone are no evidence that two texts speak of one thing."""
    return _read("polysemous.txt")


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Words found in any posting, which do not count as words in common."""
    return _read("ordinary.txt")


def _read(name: str) -> frozenset[str]:
    return frozenset((HERE / name).read_text(encoding="utf-8").split())
