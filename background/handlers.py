"""Who does which kind of work.

@handler("read")
def read(work: Work) -> str:
    ...                                             # the result, as JSON
"""

import json
import threading
from collections.abc import Callable, Mapping

from settings import Settings
from store import Job, Store


class Work:
    """One job on its way.

    Attributes:
        job: What was asked, and by whom.
        store: Where its results go.
        settings: Of this process.
        ended: Set when nobody wants the result any more.
        progress: What was told last, as JSON.
    """

    def __init__(self, job: Job, store: Store, settings: Settings) -> None:
        self.job, self.store, self.settings = job, store, settings
        self.ended = threading.Event()
        self.progress = job.progress

    def tell(self, **progress: object) -> None:
        """Say how far it is, in words and numbers that become JSON; told to others twice a second at most."""
        self.progress = json.dumps(progress)

    def cancelled(self) -> bool:
        """Whether to stop, with `errors.Cancelled`; ask several times a second."""
        return self.ended.is_set()


Handler = Callable[[Work], str]
"""Does a job and returns its result as JSON. It may be called again for the same job, after a crash.

Raises `InroadError` with what the person can do about it; a `StoreError` is tried again.
"""

_HANDLERS: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Let a function do the jobs of a kind."""

    def register(function: Handler) -> Handler:
        _HANDLERS[kind] = function
        return function

    return register


def handlers() -> Mapping[str, Handler]:
    """Every handler by its kind."""
    return _HANDLERS
