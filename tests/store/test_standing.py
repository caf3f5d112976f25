"""What each line of a changed text stands on."""

from types import SimpleNamespace
from typing import Any

import pytest

from domain import Verdict
from store import as_edited, as_written
from tests.store.letters import draft

WRITTEN = draft("I built a large mill by the river in 2021.")


def said(text: str, supported: bool = True, *rests_on: str) -> Any:
    verdict = Verdict(supported=supported)
    return SimpleNamespace(text=text, verdict=verdict, rests_on=rests_on)


@pytest.mark.parametrize(
    ("line", "stands_on", "rests_on"),
    [
        (said("I built a large mill by the river in 2021."), "evidence", ("e1",)),
        (said("I built a large mill by the river in 2021.", False), "evidence", ("e1",)),  # it passed before
        (said("I built a small mill by the river in 2021."), "evidence", ("e1",)),  # it came from that one
        (said("You run Kubernetes."), "page", ("p1",)),
        (said("You run Kubernetes too.", True, "p4"), "page", ("p4",)),
        (said("I ran a mill.", True, "e7", "e8"), "evidence", ("e7", "e8")),
        (said("I ran many things.", True, *(f"e{n}" for n in range(1, 40))), "form", ()),
        (said("May I call?", True, "e1"), "form", ()),
        (said("I fly.", False), "nothing", ()),
        (said("I swim.", False), "person", ()),
        (said("I sing.", True), "evidence", ("e9",)),
        (said("I dance.", False), "nothing", ()),  # it is evidence now, and says more than that
    ],
    ids=lambda value: value.text if hasattr(value, "text") else "",
)
def test_a_line_stands_on_what_carries_it(line: Any, stands_on: str, rests_on: tuple[str, ...]) -> None:
    [found] = as_edited(WRITTEN, [line], ["I swim."], {"I sing.": "e9", "I dance.": "e9"})
    assert (found.text, found.stands_on, found.rests_on) == (line.text, stands_on, rests_on)


def test_a_text_that_nobody_changed_stands_on_what_it_was_written_from() -> None:
    same = [said(line.text, True, *line.rests_on) for line in as_written(WRITTEN)]
    assert as_edited(WRITTEN, same) == as_written(WRITTEN)
