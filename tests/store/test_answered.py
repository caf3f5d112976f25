"""What was answered under a key is found again, by who asked, for a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from errors import Conflict, NotFound
from store import Answer, Store
from store.answered import ABANDONED, KEPT
from store.tables import answered

ME, OTHER, KEY = "me", "someone-else", "a-key"
CALL, ELSE = "a" * 64, "b" * 64
DONE = Answer(
    request=CALL, status=201, headers={"content-type": "application/json"}, body=b'{"caf\xc3\xa9": "\x00"}'
)


def ago(kept: Store, passed: timedelta) -> None:
    with kept._database.writing() as connection:
        connection.execute(update(answered).values(created_at=datetime.now(UTC) - passed))


def test_an_answer_is_found_again(kept: Store) -> None:
    assert kept.answered.begin(ME, KEY, CALL) is None
    kept.answered.keep(ME, KEY, DONE)
    assert kept.answered.begin(ME, KEY, CALL) == DONE
    assert kept.answered.begin(ME, KEY, ELSE) == DONE  # whose request says that it is to another call
    assert kept.answered.begin(ME, "another-key", CALL) is None
    assert kept.answered.begin(OTHER, KEY, CALL) is None


def test_it_is_done_once_however_many_come_at_once(kept: Store) -> None:
    def come(_: int) -> str:
        try:
            return "first" if kept.answered.begin(ME, KEY, CALL) is None else "again"
        except Conflict:
            return "later"

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(come, range(8))) == ["first", *["later"] * 7]


def test_another_call_under_the_key_of_one_that_is_being_done(kept: Store) -> None:
    kept.answered.begin(ME, KEY, CALL)
    found = kept.answered.begin(ME, KEY, ELSE)
    assert found is not None
    assert found.request == CALL


def test_what_came_to_nothing_may_be_done_again(kept: Store) -> None:
    kept.answered.begin(ME, KEY, CALL)
    kept.answered.forget(ME, KEY)
    assert kept.answered.begin(ME, KEY, CALL) is None
    kept.answered.keep(ME, KEY, DONE)
    kept.answered.forget(ME, KEY)  # too late to be nothing
    assert kept.answered.begin(ME, KEY, CALL) == DONE


def test_a_call_whose_process_died_may_be_done_again(kept: Store) -> None:
    kept.answered.begin(ME, KEY, CALL)
    ago(kept, ABANDONED - timedelta(minutes=1))
    with pytest.raises(Conflict):
        kept.answered.begin(ME, KEY, CALL)
    ago(kept, ABANDONED + timedelta(minutes=1))
    assert kept.answered.begin(ME, KEY, CALL) is None


def test_answers_are_kept_for_a_day(kept: Store) -> None:
    kept.answered.begin(ME, KEY, CALL)
    kept.answered.keep(ME, KEY, DONE)
    ago(kept, KEPT - timedelta(minutes=1))
    assert kept.answered.purge() == 0
    assert kept.answered.begin(ME, KEY, CALL) == DONE
    ago(kept, KEPT + timedelta(minutes=1))
    assert kept.answered.begin(ME, KEY, ELSE) is None
    ago(kept, KEPT + timedelta(minutes=1))
    assert kept.answered.purge() == 1


def test_answers_go_with_the_person(kept: Store) -> None:
    kept.answered.begin(ME, KEY, CALL)
    kept.delete_person(ME)
    kept.answered.keep(ME, KEY, DONE)
    with kept._database.reading() as connection:
        assert connection.execute(select(answered)).all() == []
    with pytest.raises(NotFound):
        kept.answered.begin("account-gone", KEY, CALL)
