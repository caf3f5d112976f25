"""What a model server lets one account do, and a book of what it has done: who may call next, and when.

The book counts as Groq does: requests and tokens of the last minute and of the last day, where a call counts
with its prompt and all it may answer from the moment it is let in. Calls begin in the order in which they
were asked for. Nothing here waits or reads a clock: every moment is given, in seconds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from pydantic import TypeAdapter

MINUTE_S, DAY_S = 60.0, 86_400.0
# Older calls of the day are counted together, by so many seconds, as if all had come at the end of them.
_TOGETHER_S = 300.0
# Who has not asked for their turn for so long has gone.
_GONE_S = 15.0
# How often one who waits is noted to be there still; a book that does not change is not written.
_STILL_HERE_S = 4.0
# Calls older than a minute less this are near its edge, where the server's clock decides.
_NEAR_S = 15.0
# So many tokens not taken tell one way of counting from the other.
_TELLING = 200
# A call that got no answer after so long is past.
_LONGEST_CALL_S = 300.0


@dataclass(frozen=True)
class Allowance:
    """Requests and tokens a minute and a day; None is no limit."""

    requests_a_minute: int | None = None
    requests_a_day: int | None = None
    tokens_a_minute: int | None = None
    tokens_a_day: int | None = None


class Turn(NamedTuple):
    """When a call may begin, how many wait before it, and whether the day's allowance makes it wait.

    `at` is infinite for a call that never fits. `begins` says that it has begun now.
    """

    at: float
    place: int
    by_day: bool
    begins: bool = False


@dataclass
class Call:
    """One call in the book. Until it `began` it waits. `used` is what it took at last, None before that."""

    id: str
    asked: float
    seen: float
    tokens: int
    began: float | None = None
    answered: float | None = None
    settled: float | None = None
    used: int | None = None

    def moment(self, now: float) -> float:
        """The latest that the server can have counted it."""
        if self.answered is not None:
            return self.answered
        began = now if self.began is None else self.began
        return now if now - began < _LONGEST_CALL_S else began


class _Counted(NamedTuple):
    at: float
    tokens: int


@dataclass
class Book:
    """The calls of one account.

    `gives_back` says whether the server counts a call that has ended with what it took, not with all it might
    have taken: None as long as nothing shows it. `other_…` are tokens and requests that the server has
    counted and this book does not know of: those of other programs under the same key. `learned` is when the
    call began that they were learned from. `closed` is the moment before which the server said it would
    refuse.
    """

    calls: list[Call] = field(default_factory=list)
    earlier: list[tuple[float, int, int]] = field(default_factory=list)
    other_tokens: tuple[float, int] = (0.0, 0)
    other_requests: tuple[float, int] = (0.0, 0)
    tokens_a_minute: int | None = None
    requests_a_day: int | None = None
    gives_back: bool | None = None
    learned: float = 0.0
    closed: float = 0.0

    @classmethod
    def read(cls, text: str) -> "Book":
        """A book as `written`; an empty one of no text, or of one that is no book."""
        try:
            return _book().validate_json(text) if text else cls()
        except ValueError:
            return cls()

    def written(self) -> str:
        return _book().dump_json(self).decode()

    # --- calls, from asking to settling

    def ask(self, id_: str, tokens: int, now: float) -> None:
        """Join the queue."""
        self.calls.append(Call(id=id_, asked=now, seen=now, tokens=tokens))

    def turn(self, id_: str, allowance: Allowance, now: float) -> Turn:
        """When a call may begin; where that is now, it has."""
        call = self._find(id_)
        if call is None:
            return Turn(math.inf, 0, by_day=False)
        if now - call.seen > _STILL_HERE_S:
            call.seen = now
        self.forget(now)
        turn = self._plan(call, self._limits(allowance), now)
        if turn.at > now:
            return turn
        call.began = now
        return turn._replace(begins=True)

    def foresee(self, tokens: int, allowance: Allowance, now: float) -> Turn:
        """The turn that a call of so many tokens would get if it were asked for now; nothing changes."""
        return self._plan(Call(id="", asked=now, seen=now, tokens=tokens), self._limits(allowance), now)

    def answer(self, id_: str, now: float) -> None:
        """The server has begun to answer, so it has counted the call."""
        if call := self._find(id_):
            call.answered = now

    def settle(self, id_: str, used: int, now: float) -> None:
        """What the call took at last."""
        if call := self._find(id_):
            call.used, call.settled = max(0, used), now
            call.answered = now if call.answered is None else call.answered

    def leave(self, id_: str) -> None:
        """Take a call out that never reached the server."""
        self.calls = [call for call in self.calls if call.id != id_]

    def close(self, until: float) -> None:
        """Let nobody in before a moment."""
        self.closed = max(self.closed, until)

    # --- what the server says

    def learn(self, id_: str, said: "Said", now: float) -> None:
        """Take over the server's limits, and count what it has counted beyond our own calls."""
        self.tokens_a_minute = said.tokens or self.tokens_a_minute
        self.requests_a_day = said.requests or self.requests_a_day
        asked = self._find(id_)
        began = now if asked is None or asked.began is None else asked.began
        if began < self.learned:
            return  # an older answer that was read later
        self.learned = began
        before = [call for call in self.calls if call.began is not None and call.began <= began]
        recent = [call for call in before if call.moment(now) > now - MINUTE_S]
        if said.tokens and said.tokens_left is not None:
            there = said.tokens - said.tokens_left
            self._judge(recent, there, began, now)
            self.other_tokens = (now, max(0, there - sum(map(self._counted, recent))))
        if said.requests and said.requests_left is not None:
            known = len(before) + sum(requests for _, requests, _ in self.earlier)
            self.other_requests = (now, max(0, said.requests - said.requests_left - known))

    def _judge(self, recent: list[Call], there: int, began: float, now: float) -> None:
        """Whether the server's count is that of what calls took, or of all that they might have taken."""
        ages = [now - call.began for call in recent if call.began is not None]
        if any(age > MINUTE_S - _NEAR_S for age in ages) or self.gives_back is False:
            return  # of a call that old, the server may have forgotten
        ended = [call for call in recent if call.settled is not None and call.settled <= began]
        whole = sum(call.tokens for call in recent)
        spared = sum(call.tokens - call.used for call in ended if call.used is not None)
        if spared > _TELLING:
            self.gives_back = there <= whole - spared + _TELLING // 2

    def _counted(self, call: Call) -> int:
        gives_back = self.gives_back or self.tokens_a_minute is None
        if call.used is None or not (gives_back or call.used > call.tokens):
            return call.tokens
        return call.used

    # --- counting

    def forget(self, now: float) -> None:
        """Drop who has gone and what is older than a day; count what is older than a minute together."""
        self.earlier = [one for one in self.earlier if one[0] > now - DAY_S]
        kept = []
        for call in self.calls:
            if call.began is None:
                kept += [call] if now - call.seen < _GONE_S else []
            elif (at := call.moment(now)) > now - MINUTE_S:
                kept.append(call)
            elif at > now - DAY_S:
                self._put_away(at, call.used if call.used is not None else call.tokens)
        self.calls = kept

    def _put_away(self, at: float, tokens: int) -> None:
        end = math.ceil(at / _TOGETHER_S) * _TOGETHER_S
        for place, (moment, requests, known) in enumerate(self.earlier):
            if moment == end:
                self.earlier[place] = (moment, requests + 1, known + tokens)
                return
        self.earlier.append((end, 1, tokens))

    def _find(self, id_: str) -> Call | None:
        return next((call for call in self.calls if call.id == id_), None)

    def _limits(self, allowance: Allowance) -> Allowance:
        return replace(
            allowance,
            tokens_a_minute=self.tokens_a_minute or allowance.tokens_a_minute,
            requests_a_day=self.requests_a_day or allowance.requests_a_day,
        )

    def _begun(self, now: float) -> list[_Counted]:
        begun = (call for call in self.calls if call.began is not None)
        return [_Counted(call.moment(now), self._counted(call)) for call in begun]

    def _plan(self, wanted: Call, limits: Allowance, now: float) -> Turn:
        """Let everyone who waits before the call begin as early as they may, then the call."""
        counted = self._begun(now)
        place, at = 0, max(now, self.closed)
        for call in self.calls:
            if call.began is not None:
                continue
            if call is wanted:
                break
            turn = self._earliest(call.tokens, counted, limits, at)
            if math.isinf(turn.at):
                continue  # it is about to be told so
            at = turn.at
            counted.append(_Counted(at, call.tokens))
            place += 1
        return self._earliest(wanted.tokens, counted, limits, at)._replace(place=place)

    def _earliest(self, tokens: int, counted: list[_Counted], limits: Allowance, start: float) -> Turn:
        calls = [(one.at, 1) for one in counted]
        calls_before = [(at, requests) for at, requests, _ in self.earlier]
        tokens_before = [(at, known) for at, _, known in self.earlier]
        minute = max(
            _fits(1, limits.requests_a_minute, calls, MINUTE_S, start),
            _fits(tokens, limits.tokens_a_minute, [*counted, self.other_tokens], MINUTE_S, start),
        )
        day = max(
            _fits(1, limits.requests_a_day, [*calls, *calls_before, self.other_requests], DAY_S, start),
            _fits(tokens, limits.tokens_a_day, [*counted, *tokens_before], DAY_S, start),
        )
        return Turn(max(minute, day), 0, by_day=day > minute)


@cache
def _book() -> TypeAdapter[Book]:
    return TypeAdapter(Book)


class Said(NamedTuple):
    """What a server said of its limits: the day's requests, the minute's tokens; None where it did not."""

    requests: int | None = None
    requests_left: int | None = None
    tokens: int | None = None
    tokens_left: int | None = None


def _fits(
    need: int, limit: int | None, counted: Sequence[tuple[float, int]], window_s: float, start: float
) -> float:
    """The earliest moment from `start` at which `need` more stay within the limit of a sliding window."""
    if limit is None:
        return start
    if need > limit:
        return math.inf
    room = limit - need
    for at, amount in sorted(counted, reverse=True):
        if at <= start - window_s:
            break
        room -= amount
        if room < 0:
            return at + window_s
    return start
