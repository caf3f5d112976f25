"""Nothing of the contract that a model is given reaches a reader."""

import re
from functools import lru_cache

from grounding.registry import Case, Fault, check

MOST_WORDS = 8  # neighbouring words of the contract that a draft may share with it are one fewer
_WORD = re.compile(r"[^\W_]+")


@check(
    "prompt",
    number="V23",
    catches="eight neighbouring words of the contract that the model was given",
    passes="G | That is close to what your team describes.",
    fails="G | Write the body of a cold email as typed lines.",
)
def prompt(case: Case) -> Fault | None:
    """Compare runs of words, whatever stands between them."""
    found = shared(case.text, case.contract)
    return Fault("It repeats words of a prompt.", found) if found else None


def shared(text: str, contract: str) -> str:
    """The first eight neighbouring words of a text that the contract has as well, or ""."""
    written = [word.lower() for word in _WORD.findall(text)]
    runs = _runs(contract)
    for i in range(len(written) - MOST_WORDS + 1) if runs else ():
        if tuple(written[i : i + MOST_WORDS]) in runs:
            return " ".join(written[i : i + MOST_WORDS])
    return ""


@lru_cache(maxsize=16)
def _runs(contract: str) -> frozenset[tuple[str, ...]]:
    each = [word.lower() for word in _WORD.findall(contract)]
    return frozenset(tuple(each[i : i + MOST_WORDS]) for i in range(len(each) - MOST_WORDS + 1))
