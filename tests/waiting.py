"""Waiting for what happens elsewhere: in another thread, another process, or a page."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PATIENCE_S = 60.0
"""Far more than anything here takes on a busy machine: only a test that fails waits so long."""


def until(
    look: Callable[[], Found],
    right: Callable[[Found], object] = bool,
    within_s: float = PATIENCE_S,
    every_s: float = 0.02,
) -> Found:
    """Look again and again until what is found is right, and return it.

    Raises:
        AssertionError: with what was found last, where it never was.
    """
    deadline = time.monotonic() + within_s
    while not right(found := look()):
        assert time.monotonic() < deadline, found
        time.sleep(every_s)
    return found
