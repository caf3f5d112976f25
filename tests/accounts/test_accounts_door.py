"""The line at the door: how many are served, how many may wait, and that nobody stays in it for ever."""

import asyncio
import threading

import pytest

from accounts.door import Door
from errors import Conflict, TooMany
from telemetry.logs import REQUEST_ID


def test_two_are_served_and_the_others_wait_their_turn() -> None:
    door, lock, inside, most = Door(at_once=2), threading.Lock(), [0], [0]
    both = threading.Event()

    def work() -> int:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            if inside[0] == 2:
                both.set()
        both.wait(5)
        with lock:
            inside[0] -= 1
        return 1

    async def crowd() -> list[int]:
        return await asyncio.gather(*(door.wait_for(work) for _ in range(20)))

    assert sum(asyncio.run(crowd())) == 20
    assert most == [2]


def test_who_comes_when_the_line_is_full_is_told_to_come_again() -> None:
    door, go = Door(at_once=1, in_line=3), threading.Event()

    async def crowd() -> list[object]:
        first = [asyncio.ensure_future(door.wait_for(go.wait)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(TooMany) as refused:
            await door.wait_for(go.wait)
        assert refused.value.retry_after == 20
        go.set()
        return [*await asyncio.gather(*first), await door.wait_for(lambda: "served")]

    assert asyncio.run(crowd()) == [True, True, True, "served"]


def test_what_fails_leaves_the_line_and_says_why() -> None:
    door = Door(at_once=1, in_line=1)

    def fail() -> None:
        raise Conflict("No.")

    async def twice() -> None:
        for _ in range(2):
            with pytest.raises(Conflict):
                await door.wait_for(fail)

    asyncio.run(twice())


def test_who_leaves_the_line_makes_room() -> None:
    door, go = Door(at_once=1, in_line=2), threading.Event()

    async def leave() -> str:
        first = asyncio.ensure_future(door.wait_for(go.wait))
        second = asyncio.ensure_future(door.wait_for(go.wait))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        third = asyncio.ensure_future(door.wait_for(lambda: "served"))
        await asyncio.sleep(0)
        go.set()
        await first
        return await third

    assert asyncio.run(leave()) == "served"


def test_the_log_knows_which_request_it_was() -> None:
    async def ask() -> str:
        REQUEST_ID.set("r1")
        return await Door().wait_for(REQUEST_ID.get)

    assert asyncio.run(ask()) == "r1"
