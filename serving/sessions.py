"""What Gradio keeps of each page that was opened: bounded in number, and nothing twice.

Gradio keeps up to 10,000 of them, each with a copy of all that was drawn for it (for links into the middle
of a page, which are closed here): a stranger who names pages that nobody closes would take all memory. Those
that are closed, `closed_pages` forgets.
"""

from typing import Any

from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder

MOST = 1_000
"""Twice as many as may be open at one time."""


def bound(page: App) -> None:
    """Let an app of Gradio's keep its sessions so, before the first one comes."""
    blocks = page.get_blocks()
    blocks.state_session_capacity = MOST
    page.state_holder = _Sessions()  # type: ignore[no-untyped-call]
    page.state_holder.set_blocks(blocks)


class _Sessions(StateHolder):
    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            state = SessionState(self.blocks)
            state.config_values = _Nothing()
            self.session_data[session_id] = state
        return super().__getitem__(session_id)


class _Nothing(dict[int, Any]):
    """Holds nothing, whatever is put into it."""

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: int) -> Any:
        return {}

    def __setitem__(self, key: int, value: Any) -> None:
        return
