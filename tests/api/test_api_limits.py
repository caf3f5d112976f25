"""How often a caller may ask, and how many are served at once."""

import asyncio
import threading
from pathlib import Path

import pytest

from accounts import network_of
from api.limits import Buckets
from api.places import Places
from calls.lines import Line
from errors import TooMany
from tests.api.conftest import client_of, settings_of


def test_a_bucket_gives_what_it_holds_and_fills_evenly() -> None:
    buckets = Buckets()
    given = [buckets.take("ann", 6, now=100.0) for _ in range(7)]
    assert [one.now for one in given] == [True] * 6 + [False]
    assert [one.left for one in given] == [5, 4, 3, 2, 1, 0, 0]
    assert given[-1].wait_s == pytest.approx(10)
    assert not buckets.take("ann", 6, now=109.0).now
    assert buckets.take("ann", 6, now=110.1).now
    assert not buckets.take("ann", 6, now=111.0).now


def test_callers_do_not_share_a_bucket() -> None:
    buckets = Buckets()
    assert buckets.take("ann", 1, now=0.0).now
    assert not buckets.take("ann", 1, now=0.0).now
    assert buckets.take("bob", 1, now=0.0).now


def test_buckets_do_not_grow_without_end() -> None:
    buckets = Buckets(most=100)
    for number in range(1_000):
        buckets.take(str(number), 1, now=float(number))
    assert len(buckets) == 100


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_household_is_one_caller(address: str, counted: str) -> None:
    assert network_of(address) == counted


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, accounts=True, keep_evidence=None, api_anonymous_requests_per_minute=2)
    client = client_of(settings)
    first, _, third = (client.post("/api/v1/openings", json={"text": "x"}) for _ in range(3))
    assert first.status_code == 200
    assert first.headers["ratelimit-policy"] == '"requests";q=2;w=60'
    assert first.headers["ratelimit"].startswith('"requests";r=1;')
    assert third.status_code == 429
    assert third.headers["content-type"] == "application/problem+json"
    assert 1 <= int(third.headers["retry-after"]) <= 30
    assert third.headers["ratelimit"].startswith('"requests";r=0;')
    assert client.get("/health/live").status_code == 200


def test_the_one_person_at_this_computer_is_not_counted(tmp_path: Path) -> None:
    client = client_of(settings_of(tmp_path, api_requests_per_minute=1))
    assert [client.post("/api/v1/openings", json={"text": "x"}).status_code for _ in range(3)] == [200] * 3


def test_a_place_may_answer_no_strangers(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, accounts=True, keep_evidence=None, api_anonymous_requests_per_minute=0)
    answer = client_of(settings).post("/api/v1/openings", json={"text": "x"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_bounded_number_works_and_a_bounded_number_waits() -> None:
    places, begun, go_on = Places(Line(1, 1)), threading.Event(), threading.Event()

    class Sender:
        async def is_disconnected(self) -> bool:
            return False

    def work(_: object) -> str:
        begun.set()
        go_on.wait(60)
        return "done"

    async def crowd() -> list[object]:
        inside = [asyncio.create_task(places.run(Sender(), work)) for _ in range(2)]  # type: ignore[arg-type]
        await asyncio.to_thread(begun.wait, 10)
        with pytest.raises(TooMany):
            await places.run(Sender(), work)  # type: ignore[arg-type]
        go_on.set()
        return [await task for task in inside]

    assert asyncio.run(crowd()) == ["done", "done"]


def test_the_work_of_a_sender_who_has_gone_is_told_to_stop() -> None:
    class Gone:
        async def is_disconnected(self) -> bool:
            return True

    def work(gone: object) -> bool:
        assert callable(gone)
        return any(gone() or threading.Event().wait(0.01) for _ in range(1_000))

    assert asyncio.run(Places(Line(1, 0)).run(Gone(), work))  # type: ignore[arg-type]


def test_a_place_is_given_back_whatever_happens() -> None:
    class Sender:
        async def is_disconnected(self) -> bool:
            return False

    async def fail_often() -> None:
        places = Places(Line(1, 0))
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await places.run(Sender(), lambda _: 1 / 0)  # type: ignore[arg-type]

    asyncio.run(fail_often())
