"""The word lists in `words/`: one regular expression a line, blank lines and `#` comments apart."""

from functools import lru_cache
from pathlib import Path

_LISTS = Path(__file__).parent / "words"


@lru_cache
def any_of(name: str) -> str:
    """The lines of a list as one regular expression that matches any of them."""
    return "|".join(entries(name))


def entries(name: str) -> list[str]:
    """The lines of a list."""
    lines = (_LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]
