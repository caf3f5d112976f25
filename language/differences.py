"""Two texts side by side, word by word: what stayed, what went, what came."""

import re
from difflib import SequenceMatcher

from domain import Piece

_WORD = re.compile(r"\s*\S+")


def pieces(source: str, text: str) -> tuple[Piece, ...]:
    """What became of a source's words, in reading order; joined, "same" and "new" give the text.

    Words differ with their case and marks. Of a stretch that was replaced, what went comes before what came.
    """
    before, after = _WORD.findall(source), _WORD.findall(text)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, _bare(before), _bare(after), autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(kind="same", text="".join(after[c:d])))
            continue
        if a < b:
            found.append(Piece(kind="gone", text="".join(before[a:b])))
        if c < d:
            found.append(Piece(kind="new", text="".join(after[c:d])))
    return tuple(found)


def _bare(words: list[str]) -> list[str]:
    return [word.strip() for word in words]
