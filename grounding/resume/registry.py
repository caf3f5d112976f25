"""The registry of a résumé's checks; they run in the order of registration, and the first fault decides."""

from collections.abc import Callable
from dataclasses import dataclass

from domain import SentenceKind
from grounding.registry import Case, Fault

LineCheck = Callable[[Case], Fault | None]


@dataclass(frozen=True, slots=True)
class RegisteredLine:
    """`rule` is the line of the checklist for tailored résumés (R1 to R7) that the check enforces."""

    name: str
    rule: str
    kinds: frozenset[SentenceKind]
    run: LineCheck


LINE_CHECKS: list[RegisteredLine] = []


def line_check(name: str, rule: str, *kinds: SentenceKind) -> Callable[[LineCheck], LineCheck]:
    """Register a check for lines of these kinds."""

    def register(function: LineCheck) -> LineCheck:
        LINE_CHECKS.append(RegisteredLine(name, rule, frozenset(kinds), function))
        return function

    return register
