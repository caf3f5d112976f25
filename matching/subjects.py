"""Subjects of study and their names in several languages, from `subjects.txt`.

Politics and computing share "science" and nothing else, so subjects are looked up whole, not by their words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matching.vocabulary import HERE

LONGEST = 5  # words in a name
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[\u4e00-\u9fff]+")
# A degree in one of these is asked without a subject: "a technical degree", "a STEM field".
_FAMILIES = {
    "computing": r"STEM|MINT|technical|quantitative|technisch\w*|technique|técnic\w+",
    "exact": r"STEM|MINT|technical|quantitative|scientific|naturwissenschaft\w*",
    "science": r"STEM|MINT|technical|scientific|(?<!computer )sciences?|naturwissenschaft\w*",
    "engineering": r"STEM|MINT|technical|engineering|technisch\w*|ingenieur\w*|ingénieur\w*|ingeniería",
    "business": r"business[- ]related|kaufmännisch\w*|wirtschaftlich\w*|commercial",
}
_ASKED = {family: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for family, pattern in _FAMILIES.items()}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by its first name, and the family of related ones it belongs to."""

    name: str
    family: str


@lru_cache(maxsize=4096)
def find(text: str) -> frozenset[Subject]:
    """The subjects a text names, the longest names first: "computer engineering" is no computing."""
    said = [match.group() for match in _WORD.finditer(text)]
    found, at = set(), 0
    while at < len(said):
        size = next((n for n in range(LONGEST, 0, -1) if _at(said, at, n)), 0)
        known = _at(said, at, size) if size else None
        if known:
            found.add(known)
        at += size or 1
    return frozenset(found)


def families(asked: str, known: Iterable[Subject]) -> frozenset[str]:
    """The families whose subjects a line takes: those of the subjects it names, or those it names itself."""
    named = {one.family for one in known}
    return frozenset(named or {family for family, pattern in _ASKED.items() if pattern.search(asked)})


def _at(said: list[str], at: int, size: int) -> Subject | None:
    part = said[at : at + size]
    if len(part) < size:
        return None
    exact = _names().get(tuple(part))
    return exact or _names().get(tuple(_fold(word) for word in part))


def _fold(word: str) -> str:
    """Lower case; the compounds of German ("Informatikstudium") without what is studied of it."""
    folded = word.casefold().replace("’", "'")
    shorter = re.sub(r"(?:studium|studiengang|abschluss|degree)$", "", folded)
    return shorter if len(shorter) > 3 else folded


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], Subject]:
    table: dict[tuple[str, ...], Subject] = {}
    for line in (HERE / "subjects.txt").read_text(encoding="utf-8").splitlines():
        family, colon, rest = line.partition(":")
        if line.startswith("#") or not colon:
            continue
        names = [name.strip() for name in rest.split("|")]
        for name in names:
            parts = _WORD.findall(name)
            key = tuple(parts) if name.isupper() else tuple(part.casefold() for part in parts)
            table.setdefault(key, Subject(names[0], family.strip()))
    return table
