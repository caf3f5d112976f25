"""Lists of skills, cut where the writer cut them."""

import re
from collections.abc import Iterator

from profiles.vocabulary import pattern

_LABEL = re.compile(r"\s*(?:\*\*|__)?([^:,;()]{2,40}?)\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:|:)\s*(?=\S)")
# A label like these says how well a skill is known, so it must stay with what it labels.
_LEVEL = pattern("levels")


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each skill of a list, cut at commas, semicolons, bars, dots and line ends.

    Brackets hold together. A label ("Databases:") is left out, unless it says how well the skills are known:
    then the line stays whole.
    """
    offset = 0
    for line in text.split("\n"):
        label = _LABEL.match(line)
        if label and (_LEVEL.search(label[1]) or "//" in line[label.end() - 2 : label.end() + 2]):
            yield from _tight(text, offset, offset + len(line))
        else:
            yield from _pieces(text, offset + (label.end() if label else 0), offset + len(line))
        offset += len(line) + 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, first = 0, start
    for index in range(start, end):
        character = text[index]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth = max(0, depth - 1)
        elif not depth and character in ",;|•·":
            yield from _tight(text, first, index)
            first = index + 1
    yield from _tight(text, first, end)


def _tight(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in "-*•·–—,;"):
        start += 1
    while end > start and (
        text[end - 1].isspace() or text[end - 1] in ",;*" or text[start:end].endswith("..")
    ):
        end -= 1
    if end > start and text[end - 1] == "." and not re.search(r"\.\w", text[start:end]):
        end -= 1
    if end > start:
        yield start, end
