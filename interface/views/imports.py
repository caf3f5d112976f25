"""What came of each file that was brought, one line a file, in the order they were brought."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain import StepState
from interface.views.markup import button, plural, text
from interface.views.reading import PICTURES, SPOKEN

UNDER_WAY = (StepState.WAITING, StepState.RUNNING)


@dataclass(frozen=True)
class Line:
    """One file."""

    name: str
    state: StepState = StepState.WAITING
    words: str = ""


def panel(lines: Sequence[Line]) -> str:
    """The lines: while a file is under way, with Cancel; afterwards, with a way to clear them."""
    if not lines:
        return '<div class="i"></div>'
    under_way = any(line.state in UNDER_WAY for line in lines)
    end = button("Cancel", "halt") if under_way else button("Clear this list", "clear-list", style="btn bare")
    shown = "".join(_line(line) for line in lines)
    return (
        '<div class="i"><section class="page imports" aria-label="Files you brought"><div class="panel">'
        f'<ul class="steps">{shown}</ul><div class="end">{end}</div></div>'
        f'<p class="sr" role="status">{text(_say(lines))}</p></section></div>'
    )


def _line(line: Line) -> str:
    name = (
        f"Reading <bdi>{text(line.name)}</bdi>"
        if line.state is StepState.RUNNING
        else f"<bdi>{text(line.name)}</bdi>"
    )
    words = f'<span class="result" dir="auto">{text(line.words)}</span>' if line.words else ""
    return (
        f'<li class="{line.state.value}"><span class="dot">{PICTURES[line.state]}</span><span class="text">'
        f'<span class="name">{name}</span> {words}<span class="sr">, {SPOKEN[line.state]}</span></span></li>'
    )


def _say(lines: Sequence[Line]) -> str:
    """What is read aloud: a file's end, not each row of it."""
    ended = [line for line in lines if line.state not in UNDER_WAY]
    if len(ended) < len(lines):
        now = next(line for line in lines if line not in ended)
        return f"Reading {now.name}" if now.state is StepState.RUNNING else f"{now.name} waits"
    return f"{ended[-1].name}: {ended[-1].words}"


def added(new: int, folded: int, to_check: int) -> str:
    """ "Added 31 items, 2 to check. 4 were here already." """
    check = f", {to_check:,} to check" if to_check else ""
    here = f"{folded:,} {'was' if folded == 1 else 'were'} here already"
    if not new:
        return f"Nothing new: {here}{check}." if folded else "Nothing new."
    return f"Added {plural(new, 'item')}{check}." + (f" {here}." if folded else "")
