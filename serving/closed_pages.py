"""Forgetting what Gradio holds of pages that are closed.

Gradio (6.31) keeps a session of every page that was ever opened, with all that it drew, up to ten thousand
of them: some 0.4 MB each after a draft. A page that only lost its connection finds its session again here,
unless many others were closed since.
"""

from gradio.state_holder import StateHolder

MOST_CLOSED = 40


def forget(holder: StateHolder, most: int = MOST_CLOSED) -> None:
    """Drop the sessions of closed pages but for the `most` that were used last."""
    with holder.lock:
        closed = [key for key, session in holder.session_data.items() if session.is_closed]
        for key in closed[: max(0, len(closed) - most)]:
            del holder.session_data[key]
            holder.time_last_used.pop(key, None)
