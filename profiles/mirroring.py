"""Pages that are read from right to left, turned round, so that all that follows reads from left to right.

The place of each word is mirrored. Words of other scripts stand in their own order inside a line, so a run of
them is turned back: "2018" and "Kubernetes" alone, "Senior Platform Engineer" as a whole.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from profiles.columns import Word

_SHARE = 0.5
"""Of the letters of a page, those of right-to-left scripts that make it one."""


_NUMBER = re.compile(r"(?P<before>[-–+.,:;]*)(?P<number>\d(?:.*[\d%])?)(?P<after>[-–+.,:;]*)")
_TOUCHING = 0.1
"""Of the size of the letters: a smaller gap is none."""


def is_right_to_left(words: Sequence[Word]) -> bool:
    """Whether most letters of a page are read from right to left."""
    letters = [_class(character) for word in words for character in word.text if character.isalpha()]
    return sum(each in _RTL for each in letters) > _SHARE * len(letters)


def mirrored(words: Sequence[Word], width: float) -> list[Word]:
    """The words of a page of this width in points as if it were read from left to right."""
    turned = [replace(word, x0=width - word.x1, x1=width - word.x0) for word in words]
    rows = groupby(sorted(turned, key=lambda word: (_base(word), word.x0)), key=_base)
    return [word for _, row in rows for word in _glued(_row(list(row)))]


def _base(word: Word) -> int:
    """Where the letters of a word stand, whatever their size, in points from the top."""
    return round(word.bottom - 0.2 * word.size)


def _glued(row: list[Word]) -> list[Word]:
    """The words of a row, those marked that touch the one before them, as "-" and "40" do."""
    found = row[:1]
    for before, word in pairwise(row):
        gap = word.x0 - before.x1
        found.append(replace(word, glued=-0.3 * word.size < gap < _TOUCHING * word.size))
    return found


_RTL = ("R", "AL", "AN")


def _class(character: str) -> str:
    return unicodedata.bidirectional(character)


def _direction(word: Word) -> str:
    """R, L, N for digits, "" for marks alone."""
    classes = {_class(character) for character in word.text}
    if classes & set(_RTL):
        return "R"
    return "L" if "L" in classes else "N" if "EN" in classes else ""


def _row(row: list[Word]) -> list[Word]:
    directions = [_direction(word) for word in row]
    if "R" not in directions and "L" in directions:
        return _turned_back(row)
    row = [_marks_turned(word) if each == "N" else word for word, each in zip(row, directions, strict=True)]
    done: list[Word] = []
    index = 0
    while index < len(row):
        end = _end_of_run(row, directions, index)
        done += _turned_back(row[index:end])
        index = end
    return done


def _marks_turned(word: Word) -> Word:
    """Digits among words that are read from the right: a mark printed behind them is read before them."""
    found = _NUMBER.fullmatch(word.text)
    return replace(word, text=found["after"] + found["number"] + found["before"]) if found else word


def _end_of_run(row: Sequence[Word], directions: Sequence[str], index: int) -> int:
    """The end of the run that begins here: words of other scripts, and the marks and digits between."""
    if directions[index] not in ("L", "N"):
        return index + 1
    end = index + 1
    for at in range(index + 1, len(row)):
        gap = row[at].x0 - row[at - 1].x1
        if directions[at] == "R" or gap > 1.5 * row[at].size:
            break
        if directions[at] == "L" or (directions[at] == "N" and "L" in directions[index:at]):
            end = at + 1
    return end if "L" in directions[index:end] else index + 1


def _turned_back(run: list[Word]) -> list[Word]:
    if len(run) < 2:
        return run
    left, right = run[0].x0, max(word.x1 for word in run)
    turned = [replace(word, x0=left + right - word.x1, x1=left + right - word.x0) for word in run]
    return sorted(turned, key=lambda word: word.x0)
