"""The word lists in `words/`."""

from pathlib import Path

from language.wording import WordLists

_LISTS = WordLists(Path(__file__).parent / "words")
any_of = _LISTS.any_of
entries = _LISTS.entries
