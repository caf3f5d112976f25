"""The word lists of `vocabulary.toml`."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))


def words(table: str, key: str = "names") -> tuple[str, ...]:
    """One list."""
    return tuple(word.strip() for word in _tables()[table][key].replace("\n", " ").split(",") if word.strip())


def lists(table: str) -> dict[str, tuple[str, ...]]:
    """All lists of a table, by name, in the file's order."""
    return {key: words(table, key) for key in _tables()[table]}


def pattern(key: str, before: str = r"\b", after: str = r"\b") -> re.Pattern[str]:
    """A list of `parts` as one expression that ignores case."""
    return re.compile(f"{before}(?:{'|'.join(words('parts', key))}){after}", re.IGNORECASE)
