"""Long work that is looked at while it goes on."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from interface.pacing import watched


class Noted:
    """A generator that notes how it ended."""

    def __init__(self, *waits: float) -> None:
        self.waits, self.closed = waits, False

    async def items(self) -> AsyncGenerator[int, None]:
        try:
            for number, wait in enumerate(self.waits):
                await asyncio.sleep(wait)
                yield number
        finally:
            self.closed = True


async def nothing_wrong() -> None:
    """Whoever asked is here still."""


def collected(noted: Noted, look: object, every: float) -> list[int]:
    async def all_items() -> list[int]:
        return [item async for item in watched(noted.items(), look, every)]  # type: ignore[arg-type]

    return asyncio.run(all_items())


def test_everything_comes_in_order() -> None:
    noted = Noted(0, 0.02, 0, 0.02)
    assert collected(noted, nothing_wrong, 0.005) == [0, 1, 2, 3]
    assert noted.closed


def test_what_is_found_out_ends_work_that_gives_nothing_meanwhile() -> None:
    noted = Noted(0, 60.0)

    async def left() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        collected(noted, left, 0.01)
    assert noted.closed


def test_nothing_comes_after_it_was_found_out() -> None:
    looks = 0

    async def left_at_the_second_look() -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            raise PermissionError

    noted, seen = Noted(*[0.01] * 100), []

    async def all_items() -> None:
        async for item in watched(noted.items(), left_at_the_second_look, 0.03):
            seen.append(item)

    with pytest.raises(PermissionError):
        asyncio.run(all_items())
    assert len(seen) < 50
    assert noted.closed


def test_a_fault_of_the_work_itself_comes_through() -> None:
    async def broken() -> AsyncGenerator[int, None]:
        yield 1
        raise LookupError

    async def all_items() -> None:
        async for _ in watched(broken(), nothing_wrong, 0.01):
            pass

    with pytest.raises(LookupError):
        asyncio.run(all_items())


def test_who_leaves_early_closes_the_work() -> None:
    noted = Noted(0, 60.0)

    async def first_only() -> None:
        stream = watched(noted.items(), nothing_wrong, 0.01)
        assert await anext(stream) == 0
        await stream.aclose()

    asyncio.run(first_only())
    assert noted.closed
