"""How often somebody may fail, from where and on whom."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import throttle
from accounts.throttle import Throttle
from errors import TooMany
from store import Store


def of(kept: Store, email: str = "maya@mail.example", address: str = "192.0.2.7") -> Throttle:
    return Throttle(kept.accounts, email, address)


def test_five_tries_and_no_sixth(kept: Store) -> None:
    assert [of(kept).fail() for _ in range(5)] == [4, 3, 2, 1, 0]
    with pytest.raises(TooMany, match="Try again in 15 minutes") as refused:
        of(kept).admit()
    assert 890 < refused.value.retry_after <= 900
    assert of(kept).fail() == 0


def test_others_go_on_and_so_does_the_same_person_elsewhere(kept: Store) -> None:
    for _ in range(5):
        of(kept).fail()
    of(kept, email="bob@mail.example").admit()
    of(kept, address="192.0.2.8").admit()


def test_one_address_that_tries_many_people_stops(kept: Store) -> None:
    for n in range(30):
        of(kept, email=f"p{n}@mail.example").fail()
    with pytest.raises(TooMany):
        of(kept, email="another@mail.example").admit()
    of(kept, email="another@mail.example", address="192.0.2.8").admit()


def test_many_addresses_that_try_one_person_stop(kept: Store) -> None:
    for n in range(50):
        of(kept, address=f"192.0.2.{n}").fail()
    with pytest.raises(TooMany):
        of(kept, address="198.51.100.1").admit()


def test_the_tries_left_are_those_of_the_nearest_limit(kept: Store) -> None:
    for n in range(28):
        of(kept, email=f"p{n}@mail.example").fail()
    assert of(kept, email="another@mail.example").fail() == 1


def test_success_forgets_what_was_mistyped_and_nothing_else(kept: Store) -> None:
    for n in range(4):
        of(kept).fail()
        of(kept, email=f"p{n}@mail.example").fail()
    tries = of(kept)
    tries.admit()
    tries.succeed()
    assert of(kept).fail() == 4
    assert of(kept, email="p0@mail.example").fail() == 3


def test_after_a_quarter_of_an_hour_it_begins_anew(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        of(kept).fail()

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(minutes=16)

    monkeypatch.setattr(throttle, "datetime", Later)
    of(kept).admit()
    assert of(kept).fail() == 4


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("testclient", "testclient", True),
        ("", "", True),
    ],
)
def test_a_network_of_ipv6_is_one_place(kept: Store, one: str, other: str, same: bool) -> None:
    for _ in range(5):
        of(kept, address=one).fail()
    if same:
        with pytest.raises(TooMany):
            of(kept, address=other).admit()
    else:
        of(kept, address=other).admit()


def test_nobody_and_no_place_can_be_read_from_the_table(kept: Store) -> None:
    of(kept).fail()
    with kept._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT key FROM attempts").scalars().all()
    assert len(rows) == 3
    assert all(
        len(key) == 64 and "maya" not in key and "192" not in bytes.fromhex(key).hex(" ") for key in rows
    )
