"""The page answers as Gradio's own blocks would, with a fraction of their work."""

import asyncio
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from gradio.components import _Keywords
from gradio.state_holder import SessionState

from domain import Profile
from interface import page
from interface.desk import View
from interface.session import Session
from settings import Environment, Settings
from tests.interface import fake_outreach


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> gr.Blocks:
    fake_outreach.install(monkeypatch.setattr)
    return page.build(Settings(environment=Environment.TEST, data_dir=tmp_path))


def answered_by(blocks: gr.Blocks, event: str) -> Any:
    return next(fn for fn in blocks.fns.values() if any(name == event for _, name in fn.targets))


def told(blocks: gr.Blocks, how: Any, event: str, answer: Any, state: SessionState) -> list[Any]:
    said: list[Any] = asyncio.run(how(blocks, answered_by(blocks, event), answer, state))
    return said


ANYBODY = Session(Profile(id="p", name="Ada"))
ANSWERS = {
    "all parts": ("work", page._outputs(View(ANYBODY, *["<p>Grüße"] * 8))),
    "some parts": ("work", page._outputs(View(ANYBODY, stage="<p>a</p>", admin=""))),
    "no part": ("act", page._outputs(View(ANYBODY))),
    "a list alone": ("bulk", "<ul></ul>"),
    "the end": ("work", (_Keywords.FINISHED_ITERATING,) * 9),
    "the end of a list": ("bulk", _Keywords.FINISHED_ITERATING),
}


@pytest.mark.parametrize(("event", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_the_one_of_gradio(blocks: gr.Blocks, event: str, answer: Any) -> None:
    ours = told(blocks, type(blocks).postprocess_data, event, answer, SessionState(blocks))
    theirs = told(blocks, gr.Blocks.postprocess_data, event, answer, SessionState(blocks))
    assert ours == [gr.skip() if _skips(part) else part for part in theirs]


def _skips(part: object) -> bool:
    """Whether an update has no value; Gradio lets it carry itself as a property."""
    return isinstance(part, dict) and part.keys() == {"__type__", "props"}


def test_the_session_is_kept_and_no_part_is_made_anew(blocks: gr.Blocks) -> None:
    state = SessionState(blocks)
    kept, *parts = answered_by(blocks, "work").outputs
    answer = page._outputs(View(ANYBODY, stage="<p>a</p>"))
    told(blocks, type(blocks).postprocess_data, "work", answer, state)
    assert state[kept._id] is ANYBODY
    assert all(state[part._id] is part for part in parts)
