"""The line at the door: how many are let in and served, how many may wait, and that nobody stays for ever."""

import asyncio
import os
import signal
import threading

import pytest

from accounts.door import DOOR, Door
from errors import Conflict, TooMany
from telemetry.logs import REQUEST_ID


def test_two_are_served_at_once() -> None:
    door, lock, inside, most = Door(served=2), threading.Lock(), [0], [0]
    both = threading.Event()

    def work() -> int:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            if inside[0] == 2:
                both.set()
        both.wait(60)
        with lock:
            inside[0] -= 1
        return 1

    async def crowd() -> list[int]:
        return await asyncio.gather(*(door.serve(work) for _ in range(20)))

    assert sum(asyncio.run(crowd())) == 20
    assert most == [2]


def test_a_few_are_let_in_and_the_others_wait_their_turn() -> None:
    door, inside, most, order = Door(let_in=3), [0], [0], list[int]()

    async def come(number: int) -> None:
        async with door.turn():
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            order.append(number)
            await asyncio.sleep(0)
            inside[0] -= 1

    async def crowd() -> None:
        await asyncio.gather(*(come(number) for number in range(20)))

    for _ in range(2):  # each in an event loop of its own
        asyncio.run(crowd())
    assert most == [3]
    assert order == [*range(20), *range(20)]


def test_who_comes_when_the_line_is_full_is_told_to_come_again() -> None:
    door = Door(let_in=1, in_line=3)

    async def crowd() -> None:
        go = asyncio.Event()

        async def come() -> None:
            async with door.turn():
                await go.wait()

        first = [asyncio.ensure_future(come()) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(TooMany) as refused:
            await come()
        assert refused.value.retry_after == 20
        go.set()
        await asyncio.gather(*first)
        await come()

    asyncio.run(crowd())


def test_who_fails_or_leaves_makes_room() -> None:
    door = Door(let_in=1, in_line=2)

    def refuse() -> None:
        raise Conflict("No.")

    async def fail() -> None:
        async with door.turn():
            await door.serve(refuse)

    async def crowd() -> None:
        for _ in range(3):
            with pytest.raises(Conflict):
                await fail()
        async with door.turn():
            for _ in range(3):
                waiting = asyncio.ensure_future(fail())
                await asyncio.sleep(0)
                waiting.cancel()
                await asyncio.wait([waiting])

    asyncio.run(crowd())


def test_the_log_knows_which_request_it_was() -> None:
    async def ask() -> str:
        REQUEST_ID.set("r1")
        return await Door().serve(REQUEST_ID.get)

    assert asyncio.run(ask()) == "r1"


def test_a_forked_process_serves_too() -> None:
    """Threads do not outlive a fork, so a child must not wait for its parent's."""
    assert asyncio.run(DOOR.serve(lambda: 1)) == 1
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os._exit(asyncio.run(DOOR.serve(lambda: 7)))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
