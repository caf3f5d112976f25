"""Words and what they are worth for matching: which never open a match, which say nothing about the work.

`polysemous.txt` lists words that mean another thing in every trade (pipeline, testing, rest), `ordinary.txt`
words that stand in any posting (team, experience, support), `empty_in_titles.txt` words of degrees and
certificates that name no subject (university, certificate, valid), and `traits.txt` what people are
(curious).
"""

import re
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


@lru_cache(maxsize=1)
def empty_in_titles() -> frozenset[str]:
    """Words of a degree or certificate that tell neither subject nor name."""
    return _read("empty_in_titles.txt")


@lru_cache(maxsize=1)
def traits() -> re.Pattern[str]:
    """Words that say how a person is. A star stands for any ending, an underscore for a space."""
    forms = [re.escape(word).replace(r"\*", r"\w*").replace("_", r"\s+") for word in _read("traits.txt")]
    return re.compile(rf"\b(?:{'|'.join(sorted(forms))})\b", re.IGNORECASE)


def _read(name: str) -> frozenset[str]:
    return frozenset((HERE / name).read_text(encoding="utf-8").split())
