"""Word lists in files: one regular expression a line, blank lines and `#` comments apart."""

import re
from functools import lru_cache
from pathlib import Path

_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ '-][^\W_]+)*")


class WordLists:
    """The lists of a folder, by the names of their files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @lru_cache  # noqa: B019  # one instance a package, for as long as it lives
    def any_of(self, name: str) -> str:
        """The lines of a list as one regular expression that matches any of them.

        Lines without anything special are merged by their beginnings, so that a search looks at each letter
        of a text once rather than once a line. An expression of several words still takes the longest.
        """
        lines = self.entries(name)
        plain = [line for line in lines if _PLAIN.fullmatch(line)]
        special = [line for line in lines if not _PLAIN.fullmatch(line)]
        return "|".join([*special, *_merged(plain)])

    def entries(self, name: str) -> list[str]:
        """The lines of a list."""
        lines = (self._folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line and not line.startswith("# ")]


def _merged(words: list[str]) -> list[str]:
    """Alternatives that begin with different letters, each for the words that begin with its letter."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word[1:])
    found = []
    for first, rests in by_first.items():
        longer = _merged([rest for rest in dict.fromkeys(rests) if rest])
        tail = "" if not longer else longer[0] if len(longer) == 1 else f"(?:{'|'.join(longer)})"
        if tail and "" in rests:
            tail = f"(?:{'|'.join(longer)})?"
        found.append(re.escape(first) + tail)
    return found


_LISTS = WordLists(Path(__file__).parent / "words")
any_of = _LISTS.any_of
entries = _LISTS.entries
