"""Who may call a model, and when: one queue an account for everything that this program asks of a server.

    call = budget.call_of(prompt_tokens, settings, model)
    admission = yield from shared().admit(call)      # yields an `Estimate` now and then while it waits
    with admission:
        ...                                          # admission.heard(status, headers) for every answer
        admission.settle(asked, answered, cached)

An account is a server, a model and a key, of which only a hash is kept. The queue lies in this process, or
where a keeper puts it, so that several processes share one allowance.
"""

import hashlib
import logging
import math
import secrets
import threading
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit

from chains.allowance import Allowance, Book, Said
from chains.connection import seconds_to_wait
from domain import Estimate
from errors import ModelError, NoRoom, StoreError
from settings import Settings

# How often a call that waits looks whether its turn has come; so long may a stop take.
_LOOK_S = 0.2
# After a keeper failed, it is not asked for so long.
_ALONE_S = 60.0
_EARLIER = "Use the built-in writer, or try again then."
_log = logging.getLogger(__name__)


class Keeper(Protocol):
    """Where the books of accounts lie."""

    def change_allowance(self, account: str, changed: Callable[[str], str]) -> None:
        """Apply a function to the text of one, empty at first, while nobody else can; or `StoreError`."""


class InProcess:
    """Books that lie in this process."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._lock = threading.Lock()

    def change_allowance(self, account: str, changed: Callable[[str], str]) -> None:
        with self._lock:
            self._texts[account] = changed(self._texts.get(account, ""))


@dataclass(frozen=True)
class Call:
    """A call before it is made.

    Attributes:
        account: A hash of server, model and key.
        model: Its name, for the person.
        prompt_tokens: Of the prompt, by our estimate.
        most_answer_tokens: `max_tokens`, which a server counts as if all were used.
        allowance: What the account may do.
        prices: Of a million tokens of prompt and of answer.
    """

    account: str
    model: str
    prompt_tokens: int
    most_answer_tokens: int
    allowance: Allowance
    prices: tuple[float, float] = (0.0, 0.0)

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.most_answer_tokens

    @property
    def cost(self) -> float:
        asked, answered = self.prices
        return (self.prompt_tokens * asked + self.most_answer_tokens * answered) / 1_000_000


def account_of(server: str, model: str, key: str) -> str:
    """One account's name, from which no key can be had back."""
    return hashlib.blake2b("\0".join((server, model, key)).encode(), digest_size=16).hexdigest()


def allowance_of(settings: Settings, server: str) -> Allowance:
    """The allowance as set, else Groq's free one for Groq; other servers have none unless one is set."""
    names = (
        "model_requests_per_minute",
        "model_requests_per_day",
        "model_tokens_per_minute",
        "model_tokens_per_day",
    )
    is_groq = f".{urlsplit(server).hostname}".endswith(".groq.com")
    if not is_groq and not settings.model_fields_set & set(names):
        return Allowance()
    return Allowance(*(getattr(settings, name) or None for name in names))


class Budget:
    """The queues of all accounts. Safe to share between threads; with a shared keeper, between processes.

    Args:
        keeper: Where the books lie; by default in this process.
        clock: Seconds since 1970.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        keeper: Keeper | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._own: Keeper = InProcess()
        self.keeper: Keeper = keeper or self._own
        self._alone_until = 0.0
        self.clock = clock
        self.sleep = sleep

    def foresee(self, call: Call) -> Estimate:
        """What a call would take and when it would begin, if it were asked for now."""
        turns = []

        def look(book: Book, now: float) -> None:
            book.forget(now)
            turns.append((book.foresee(call.tokens, call.allowance, now), now))

        self._change(call.account, look)
        turn, now = turns[0]
        return _estimate(call, turn.at - now, turn.place, by_day=turn.by_day)

    def admit(self, call: Call, longest_s: float = math.inf) -> Generator[Estimate, None, "Admission"]:
        """Wait for a call's turn; yields an `Estimate` at once and several times a second while it waits.

        Closing the generator leaves the queue.

        Args:
            call: What is to be called.
            longest_s: The longest wait worth beginning.

        Raises:
            NoRoom: when the call would begin too late.
            ModelError: when it is larger than the allowance.
        """
        id_ = secrets.token_hex(8)
        admission = Admission(self, call, id_)
        self._change(call.account, lambda book, now: book.ask(id_, call.tokens, now))
        begun = False
        try:
            while True:
                estimate = self._turn(call, id_)
                if estimate is None:
                    begun = True
                    return admission
                if not estimate.fits or estimate.starts_in_s > longest_s:
                    raise _too_late(call, estimate)
                yield estimate
                self.sleep(min(_LOOK_S, max(0.01, estimate.starts_in_s)))
        finally:
            if not begun:
                admission.release()

    def _turn(self, call: Call, id_: str) -> Estimate | None:
        """None where the call has begun."""
        seen: list[Estimate | None] = []

        def look(book: Book, now: float) -> None:
            turn = book.turn(id_, call.allowance, now)
            wait = turn.at - now
            if not turn.begins and not any(one.id == id_ for one in book.calls):
                book.ask(id_, call.tokens, now)  # it slept too long, as a laptop does
                wait = _LOOK_S
            seen.append(None if turn.begins else _estimate(call, wait, turn.place, by_day=turn.by_day))

        self._change(call.account, look)
        return seen[-1]

    def _change(self, account: str, change: Callable[[Book, float], None]) -> None:
        def apply(text: str) -> str:
            book = Book.read(text)
            change(book, self.clock())
            return book.written()

        if self.clock() < self._alone_until:
            return self._own.change_allowance(account, apply)
        try:
            return self.keeper.change_allowance(account, apply)
        except StoreError as error:
            _log.warning("The shared allowance cannot be reached, so this process counts alone: %s", error)
            self._alone_until = self.clock() + _ALONE_S
            return self._own.change_allowance(account, apply)


class Admission:
    """A call that may begin. Leaving the `with` block settles it with all it was let in for, unless done."""

    def __init__(self, budget: Budget, call: Call, id_: str) -> None:
        self._budget = budget
        self._call = call
        self._id = id_
        self._settled = False

    def heard(self, status: int, headers: Mapping[str, str]) -> None:
        """Note what the server answered; `headers` are lower-case, those of its rate at least."""
        said = said_of(headers)
        if self._call.allowance.requests_a_day is None:  # others than Groq state the requests of a minute
            said = said._replace(requests=None, requests_left=None)
        wait = seconds_to_wait(dict(headers)) if status == 429 else None

        def note(book: Book, now: float) -> None:
            book.answer(self._id, now)
            if status == 429:
                book.close(now + (wait or 0.0))
            book.learn(self._id, said, now)

        self._budget._change(self._call.account, note)

    def settle(self, prompt_tokens: int, answer_tokens: int, cached_tokens: int = 0) -> None:
        """Count what the server says that the call took; what it had cached does not count."""
        used = prompt_tokens - min(cached_tokens, prompt_tokens) + answer_tokens
        self._settled = True
        self._budget._change(self._call.account, lambda book, now: book.settle(self._id, used, now))

    def release(self) -> None:
        """Count nothing: the call was not made."""
        self._settled = True
        self._budget._change(self._call.account, lambda book, _: book.leave(self._id))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._settled:
            self.settle(self._call.tokens, 0)


def said_of(headers: Mapping[str, str]) -> Said:
    """The limits that rate headers state. Groq's requests are the day's, its tokens the minute's."""
    names = ("limit-requests", "remaining-requests", "limit-tokens", "remaining-tokens")
    stated = (headers.get(f"x-ratelimit-{name}", "") for name in names)
    return Said(*(int(text) if text.isdecimal() and len(text) < 12 else None for text in stated))


def _estimate(call: Call, wait_s: float, place: int, *, by_day: bool) -> Estimate:
    never = math.isinf(wait_s)
    return Estimate(
        model=call.model,
        prompt_tokens=call.prompt_tokens,
        most_tokens=call.tokens,
        cost=call.cost if any(call.prices) else None,
        starts_in_s=wait_s if never else round(max(0.0, wait_s), 1),
        place=place,
        fits=not never,
        fits_today=not never and not by_day,
    )


def _too_late(call: Call, estimate: Estimate) -> ModelError:
    if not estimate.fits:
        return ModelError(
            f"The request is larger than {call.model} allows at once.",
            "Lower MODEL_MAX_TOKENS, or use the built-in writer.",
        )
    until = at_clock(estimate.starts_in_s)
    what = f"has no room before {until}" if estimate.fits_today else f"has used up its day, until {until}"
    return NoRoom(f"{call.model} {what}.", _EARLIER, retry_after=estimate.starts_in_s)


def at_clock(seconds: float) -> str:
    """The time of day in so many seconds, with the date where that is another day: "2 May, 09:30"."""
    now = datetime.now()
    then = datetime.fromtimestamp(now.timestamp() + seconds)
    day = "" if then.date() == now.date() else f"{then.day} {then:%B}, "
    return f"{day}{then:%H:%M}"


@lru_cache(maxsize=1)
def shared() -> Budget:
    """The budget of this process."""
    return Budget()
