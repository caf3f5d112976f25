"""What the parts of a résumé are called, in the language of its lines."""

from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("headings.tsv")
DEFAULT = "en"


@lru_cache(maxsize=1)
def _headings() -> dict[str, dict[str, str]]:
    head, *rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def heading(name: str, language: str) -> str:
    """The heading of a section, or one of the few other words of ours: "goal", "offer", "present".

    Args:
        name: A column of `headings.tsv`.
        language: Such as "de" or "pt-br"; English where the table has no such row.
    """
    rows = _headings()
    return rows.get(language.lower().split("-")[0], rows[DEFAULT])[name]


def languages() -> frozenset[str]:
    """The languages that have headings."""
    return frozenset(_headings())
