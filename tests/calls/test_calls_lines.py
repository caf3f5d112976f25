"""People are let in by turns, hear of it at once, and leave no place behind."""

import asyncio

import pytest

from calls.lines import Line
from errors import Cancelled, TooMany


def test_the_line_lets_people_in_by_turns() -> None:
    line = Line(places=2, waiting=2)
    tickets = [line.join() for _ in range(4)]
    assert [line.ahead(t) for t in tickets] == [0, 0, 1, 2]
    with pytest.raises(TooMany):
        line.join()
    line.leave(tickets[0], None)
    assert [line.ahead(t) for t in tickets[1:]] == [0, 0, 1]


def test_who_waits_in_a_line_hears_at_once_that_it_moves() -> None:
    async def waits() -> bool:
        line = Line(places=1, waiting=1)
        first, _ = line.join(), line.join()
        assert line.is_long
        moved = asyncio.ensure_future(line.moves(within_s=60))
        await asyncio.sleep(0)
        line.leave(first, None)
        await moved
        return line.is_long

    assert asyncio.run(waits()) is False


def test_who_waits_in_a_line_that_does_not_move_looks_again_after_a_while() -> None:
    line = Line(places=1, waiting=1)
    asyncio.run(line.moves(within_s=0.01))


def test_each_comes_to_work_in_turn_also_in_another_event_loop() -> None:
    line, order = Line(places=1, waiting=9), []

    async def works(number: int) -> None:
        async with line.turn(lambda: False, look_s=60):
            order.append(number)
            await asyncio.sleep(0.001)

    async def crowd() -> None:
        await asyncio.gather(*(works(number) for number in range(5)))

    for _ in range(2):
        asyncio.run(crowd())
    assert order == [0, 1, 2, 3, 4] * 2


def test_who_has_gone_waits_no_longer_and_nothing_is_done_for_them() -> None:
    line, done = Line(places=1, waiting=1), []
    first = line.join()

    async def leaves() -> None:
        async with line.turn(lambda: True, look_s=0.01):
            done.append(1)

    with pytest.raises(Cancelled):
        asyncio.run(leaves())
    assert done == []
    line.leave(first, None)
    assert line.ahead(line.join()) == 0


def test_who_is_cancelled_while_waiting_leaves_no_place_behind() -> None:
    line = Line(places=1, waiting=1)

    async def cancelled() -> None:
        first = line.join()
        second = asyncio.ensure_future(_entered(line))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.wait({second})
        line.leave(first, None)

    asyncio.run(cancelled())
    assert line.ahead(line.join()) == 0


async def _entered(line: Line) -> None:
    async with line.turn():
        pass


def test_what_has_begun_is_not_turned_away() -> None:
    line = Line(places=1, waiting=0)
    line.join()
    with pytest.raises(TooMany):
        line.join()
    assert line.ahead(line.join(further=True)) == 1


def test_who_fails_at_work_gives_the_place_back() -> None:
    line = Line(places=1, waiting=0)

    async def fails() -> None:
        async with line.turn(lambda: False):
            raise LookupError

    for _ in range(3):
        with pytest.raises(LookupError):
            asyncio.run(fails())
