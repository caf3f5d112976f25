"""What Gradio holds of closed pages is forgotten, the oldest first; open pages keep theirs."""

from fastapi import FastAPI
from gradio.state_holder import StateHolder

from serving.closed_pages import forget


def test_the_oldest_closed_pages_are_forgotten(app: FastAPI) -> None:
    pages: StateHolder = app.state.pages
    for key in ("open", "first", "second", "third"):
        pages[key].is_closed = key != "open"
    assert pages["first"].is_closed  # used again, so the last now
    forget(pages, most=2)
    assert list(pages.session_data) == ["open", "third", "first"]
    assert set(pages.time_last_used) == {"open", "third", "first"}
    forget(pages, most=0)
    assert list(pages.session_data) == ["open"]
