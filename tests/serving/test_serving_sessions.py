"""However many pages are opened, what is kept of them stays small."""

from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from gradio.state_holder import StateHolder

from domain import Profile
from interface.session import Session
from serving import sessions

ENTER = "enter"


def holder(app: FastAPI) -> StateHolder:
    page: Any = app.router.routes[-1]
    kept = page.app.app.state_holder
    assert isinstance(kept, StateHolder)
    return kept


def come(client: TestClient, name: str) -> None:
    """Open a page; the event of its loading is found by its name."""
    events = client.get("/config").json()["dependencies"]
    number = next(each["id"] for each in events if each["api_name"] == ENTER)
    sent = {"data": [None], "fn_index": number, "session_hash": name, "event_data": {}}
    assert client.post("/gradio_api/run/predict", json=sent).status_code == 200


def test_of_too_many_pages_the_one_unused_longest_is_forgotten(app: FastAPI, client: TestClient) -> None:
    kept = holder(app)
    assert kept.capacity == sessions.MOST
    kept.capacity = 2
    for name in ("first", "second", "first", "third"):
        come(client, name)
    assert [*kept.session_data] == ["first", "third"]


def test_nothing_that_was_drawn_is_kept(app: FastAPI, client: TestClient) -> None:
    come(client, "one")
    state = holder(app).session_data["one"]
    assert len(state.config_values) == 0
    assert [type(value) for value in state.state_data.values()] == [Session]


def test_a_page_begins_with_the_same_session_not_with_a_copy() -> None:
    session = Session(profile=Profile(id="1", name="Ada"))
    assert deepcopy(session) is session
