"""A text as atoms that can be compared: words, numbers with unit and comparator, links, separators."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from domain import SkillMention
from language import quantities, words

FindSkills = Callable[[str], Sequence[SkillMention]]
LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>()\"”]+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\b(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}/[^\s<>()\"”]*",
    re.IGNORECASE,
)
_SEPARATORS = {
    ",": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": ".",
    "(": "(",
    ")": ")",
    "/": "/",
}
_SEPARATORS |= {"[": "(", "]": ")", "|": ";", "•": ";", "·": ";"}
_BETWEEN = re.compile(r"-+>|=>|[→⇒]|\s[-–—]+\s|[–—]|[,;:.!?…()\[\]/&+|•·%$€£¥<>=*^~#@{}\\]")


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparable piece. `key` is what is compared; `skill` says that it is part of a skill's name, and
    `label` is the skill's own where the piece is all of its name."""

    kind: Literal["word", "number", "link", "mark"]
    key: str
    text: str
    start: int
    end: int
    skill: bool = False
    label: str = ""


def atoms(text: str, find_skills: FindSkills | None = None) -> tuple[Atom, ...]:
    """The atoms of a text in order. Quotes and hyphens inside words are no atoms."""
    return _kept(text, find_skills) if len(text) <= _KEPT else _atoms(text, find_skills)


_KEPT = 600
"""Lines and sentences are looked at by one check after another; whole pages are not."""


@lru_cache(maxsize=4096)
def _kept(text: str, find_skills: FindSkills | None) -> tuple[Atom, ...]:
    return _atoms(text, find_skills)


def _atoms(text: str, find_skills: FindSkills | None) -> tuple[Atom, ...]:
    taken: list[Atom] = [
        Atom(
            "link", each.group().rstrip(".,;:!?").rstrip("/").lower(), each.group(), each.start(), each.end()
        )
        for each in LINK.finditer(text)
    ]
    covered = bytearray(len(text))
    _cover(covered, [(atom.start, atom.end) for atom in taken])
    for quantity in quantities.find(text):
        if not _is_covered(covered, quantity.start, quantity.end) and not _is_pronoun(
            quantity.text, text, quantity.end
        ):
            key = f"{quantity.value:g}|{quantity.unit}|{quantity.comparator}"
            taken.append(Atom("number", key, quantity.text, quantity.start, quantity.end))
            _cover(covered, [(quantity.start, quantity.end)])
    for token in words.tokens(text):
        if not _is_covered(covered, token.start, token.end):
            taken.append(Atom("word", fold(token.text), token.text, token.start, token.end))
    taken.sort(key=lambda atom: atom.start)
    skilled = bytearray(len(text))
    mentions = find_skills(text) if find_skills else ()
    _cover(skilled, [(m.start, m.end) for m in mentions])
    labels = {(m.start, m.end): m.skill for m in mentions}
    return tuple(_with_marks(text, [_flagged(atom, skilled, labels) for atom in taken]))


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case, straight apostrophes, American -ize and -or."""
    low = word.lower().replace("’", "'")
    low = re.sub(r"is(ation|ations|er|ers)$", r"iz\1", low) if low.endswith(("isation", "isations")) else low
    return _SPELLINGS.get(low, low)


_AFTER_PRONOUN = re.compile(r"\s+(?:of|thing|another)\b")
_ONE_WORD = (
    "behaviour behavior|colour color|centre center|programme program|catalogue catalog"
    "|licence license|favour favor"
    "|labour labor|defence defense|mins minutes|min minute|sec second|hrs hours|hr hour"
    "|yrs years|w with|vs versus"
)
_SPELLINGS = dict(pair.split() for pair in _ONE_WORD.split("|"))


def _is_pronoun(text: str, whole: str, end: int) -> bool:
    """ "one of our projects" and "one thing" count nothing."""
    return text.lower() == "one" and _AFTER_PRONOUN.match(whole, end) is not None


def _cover(covered: bytearray, spans: Sequence[tuple[int, int]]) -> None:
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)


def _is_covered(covered: bytearray, start: int, end: int) -> bool:
    return covered.find(1, start, end) >= 0


def _flagged(atom: Atom, skilled: bytearray, labels: dict[tuple[int, int], str]) -> Atom:
    if skilled.find(0, atom.start, atom.end) >= 0:
        return atom
    label = labels.get((atom.start, atom.end), "")
    return Atom(atom.kind, atom.key, atom.text, atom.start, atom.end, skill=True, label=label)


def _with_marks(text: str, taken: Sequence[Atom]) -> list[Atom]:
    found: list[Atom] = []
    position = 0
    for atom in taken:
        found.extend(_marks(text, position, atom.start, is_last=False))
        found.append(atom)
        position = atom.end
    found.extend(_marks(text, position, len(text), is_last=True))
    return found


def _marks(text: str, start: int, end: int, *, is_last: bool) -> list[Atom]:
    found: list[Atom] = []
    for each in _BETWEEN.finditer(text, start, end):
        written = each.group()
        begin, stop = each.start(), each.end()
        if ">" in written or written in "→⇒":
            found.append(Atom("word", "to", written, begin, stop))
        elif written in "&+":
            found.append(Atom("word", "and", written, begin, stop))
        elif written.strip(" -–—") == "":
            found.append(Atom("mark", "–", written, begin, stop))
        elif written in "~":
            continue
        else:
            found.append(Atom("mark", _SEPARATORS.get(written, written), written, begin, stop))
    if is_last:
        while found and found[-1].key == ".":
            found.pop()
    return found
