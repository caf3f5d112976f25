"""Who is at work and who waits, in the order they came, whichever way they asked.

Reading from an address waits for other servers and all else computes, so each has a line of its own: nobody's
draft waits for somebody else's slow page.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

from errors import Cancelled, TooMany
from settings import Settings
from telemetry.metrics import Standing


class Line:
    """People at work and people waiting.

    Args:
        places: How many are at work at the same time.
        waiting: How many more may wait.
    """

    def __init__(self, places: int, waiting: int) -> None:
        self.places, self.waiting = places, waiting
        self._tickets: deque[object] = deque()
        self._usual = 5.0
        self._wakes: list[Callable[[], object]] = []
        self._standing = Standing()

    def join(self, *, further: bool = False) -> object:
        """A ticket, to be handed back with `leave`.

        Args:
            further: It is for more of what has begun, which nobody turns away any more.

        Raises:
            TooMany: when everybody who may wait already does.
        """
        if len(self._tickets) >= self.places + self.waiting and not further:
            raise TooMany("Everybody here is busy, and many wait.", "Try again in a moment.", retry_after=5)
        ticket = object()
        self._tickets.append(ticket)
        self._standing.tell(len(self._tickets), self.places)
        return ticket

    def ahead(self, ticket: object) -> int:
        """How many people must finish before this one's turn; 0 is the turn."""
        return max(0, self._tickets.index(ticket) - self.places + 1)

    @property
    def is_long(self) -> bool:
        """Whether there are more people than places."""
        return len(self._tickets) > self.places

    def seconds(self, ahead: int) -> int:
        """About how long that takes, from how long recent turns took."""
        return max(5, round(ahead * self._usual / self.places))

    async def moves(self, within_s: float) -> None:
        """Wait until somebody leaves, but no longer than so many seconds."""
        loop = asyncio.get_running_loop()
        moved = loop.create_future()
        wake = partial(loop.call_soon_threadsafe, _settle, moved)
        self._wakes.append(wake)
        try:
            await asyncio.wait({moved}, timeout=within_s)
        finally:
            with contextlib.suppress(ValueError):
                self._wakes.remove(wake)

    def leave(self, ticket: object, began: float | None) -> None:
        """Hand the ticket back; `began` is the clock when its turn began, None when it never did."""
        self._tickets.remove(ticket)
        self._standing.tell(len(self._tickets), self.places)
        if began is not None:
            self._usual = 0.8 * self._usual + 0.2 * (time.monotonic() - began)
        wakes, self._wakes = self._wakes, []
        for wake in wakes:
            with contextlib.suppress(RuntimeError):  # its event loop has ended
                wake()

    @contextlib.asynccontextmanager
    async def turn(
        self, gone: Callable[[], bool] = lambda: False, look_s: float = 0.5
    ) -> AsyncIterator[None]:
        """Be at work while inside, when the turn has come.

        Raises:
            TooMany: when everybody who may wait already does.
            Cancelled: when who waits has gone.
        """
        ticket, began = self.join(), None
        try:
            while self.ahead(ticket) > 0:
                await self.moves(look_s)
                if gone():
                    raise Cancelled
            began = time.monotonic()
            yield
        finally:
            self.leave(ticket, began)


def _settle(moved: "asyncio.Future[None]") -> None:
    if not moved.done():
        moved.set_result(None)


@dataclass(frozen=True)
class Lines:
    """The lines of a process, which its page, its API and its assistants share.

    Attributes:
        reading: For who has an address read.
        writing: For who has a text read, or something matched, written or checked.
    """

    reading: Line
    writing: Line

    @classmethod
    def of(cls, settings: Settings) -> "Lines":
        """As many places and as many who wait as the settings say, in each."""
        sizes = settings.max_users_writing, settings.max_users_waiting
        return cls(Line(*sizes), Line(*sizes))
