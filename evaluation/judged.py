"""Answers judged, and the scores they make."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Judged:
    """What was answered to one line, best first, and what would have been right."""

    person: str
    line: str
    given: tuple[str, ...]
    fits: frozenset[str]
    kind: str = ""

    @property
    def right(self) -> bool:
        return bool(self.given) and self.given[0] in self.fits


def score(judged: Sequence[Judged]) -> dict[str, float]:
    """The three scores, 0 to 1, higher is better."""
    answered = [one for one in judged if one.given]
    answerable = [one for one in judged if one.fits]
    hopeless = [one for one in judged if not one.fits]
    return {
        "precision_at_1": share(sum(one.right for one in answered), len(answered)),
        "recall": share(sum(one.right for one in answerable), len(answerable)),
        "silent_when_nothing_fits": share(sum(not one.given for one in hopeless), len(hopeless)),
    }


def share(part: int, whole: int) -> float:
    """A part of a whole; all of it where there is nothing."""
    return part / whole if whole else 1.0
