"""Two texts side by side, word by word: what stayed, what went, what came."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from domain import Piece

_WORD = re.compile(r"\s*\S+")


def pieces(source: str, text: str) -> tuple[Piece, ...]:
    """What became of a source's words, in reading order; joined, "same" and "new" give the text.

    Words differ with their case and marks. Of a stretch that was replaced, what went comes before what came;
    no two words run together where pieces meet.
    """
    before, after = _WORD.findall(source), _WORD.findall(text)
    found: list[Piece] = []
    for kind, a, b, c, d in _compared(_bare(before), _bare(after)):
        if kind == "equal":
            found.append(Piece(kind="same", text="".join(after[c:d])))
            continue
        if a < b:
            found.append(Piece(kind="gone", text="".join(before[a:b]) + _gap(before[b:], after[c:])))
        if c < d:
            found.append(Piece(kind="new", text="".join(after[c:d])))
    return tuple(found)


def _gap(before: list[str], after: list[str]) -> str:
    """What stands between a stretch that went and the text after it, which may begin without a space."""
    if not after or after[0][0].isspace():
        return ""
    spaces = before[0][: -len(before[0].lstrip())] if before else ""
    return spaces or " "


# Comparing takes up to the third power of what repeats, so long texts are not anchored at what they repeat.
_MOST_PAIRS = 50_000


def _compared(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    counts = Counter(after)
    pairs = sum(counts[word] for word in before)
    return SequenceMatcher(None, before, after, autojunk=pairs > _MOST_PAIRS).get_opcodes()


def _bare(words: list[str]) -> list[str]:
    return [word.strip() for word in words]
