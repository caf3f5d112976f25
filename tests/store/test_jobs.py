"""Whose turn it is, who holds a job, and that nobody finishes what they no longer hold."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from errors import NotFound, TooMany
from store import MOST_TRIES, Job, Store
from store.jobs import KEPT, LEASE_S, MOST_OPEN
from store.tables import jobs

ME, OTHER = "me", "someone-else"
KINDS = ("read", "draft")


def put(kept: Store, person: str = ME, kind: str = "read") -> Job:
    return kept.jobs.put(person, kind, '{"source": "https://a.example/"}')


def claim(kept: Store, worker: str = "one") -> Job:
    job = kept.jobs.claim(worker, KINDS)
    assert job is not None
    return job


def ago(kept: Store, id_: str, column: str, seconds: float) -> None:
    """Let what a job says of a moment be so long ago."""
    moment = datetime.now(UTC) - timedelta(seconds=seconds)
    with kept._database.writing() as connection:
        connection.execute(update(jobs).where(jobs.c.id == id_).values({column: moment}))


def died(kept: Store, id_: str) -> None:
    ago(kept, id_, "alive_at", LEASE_S + 1)


# --- who asks ------------------------------------------------------------------------------------------


def test_what_was_put_is_there_and_belongs_to_who_put_it(kept: Store) -> None:
    job = put(kept)
    assert kept.jobs.load(ME, job.id) == job
    assert (job.state, job.tries, job.progress, job.result, job.problem) == ("queued", 0, "{}", None, None)
    for ask in (kept.jobs.load, kept.jobs.cancel):
        with pytest.raises(NotFound) as other:
            ask(OTHER, job.id)
        with pytest.raises(NotFound) as nowhere:
            ask(ME, "0" * 32)
        assert str(other.value) == str(nowhere.value)
    assert kept.jobs.list(OTHER) == ((), None)
    assert kept.jobs.load(ME, job.id).state == "queued"


def test_the_newest_come_first_a_page_at_a_time_and_without_what_is_long(kept: Store) -> None:
    ids = [put(kept).id for _ in range(5)]
    for n, id_ in enumerate(ids):
        ago(kept, id_, "created_at", 0 if n > 2 else 10)  # three of one moment
    job = claim(kept)
    kept.jobs.finish(job.id, "one", result=json.dumps({"long": "result"}))
    found, after = kept.jobs.list(ME, 2)
    seen = list(found)
    while after is not None:
        found, after = kept.jobs.list(ME, 2, after)
        seen += found
    assert len(seen) == 5
    assert {one.id for one in seen[:2]} == set(ids[3:])
    assert {one.id for one in seen[2:]} == set(ids[:3])
    assert {(one.request, one.result) for one in seen} == {("{}", None)}
    with pytest.raises(NotFound):
        kept.jobs.list(OTHER, 2, ids[0])


def test_a_person_has_so_many_open_at_most(kept: Store) -> None:
    with ThreadPoolExecutor(8) as pool:

        def one(_: int) -> bool:
            try:
                put(kept)
            except TooMany:
                return False
            return True

        accepted = sum(pool.map(one, range(MOST_OPEN + 6)))
    assert accepted == MOST_OPEN
    assert put(kept, OTHER).state == "queued"
    kept.jobs.cancel(ME, kept.jobs.list(ME)[0][0].id)
    assert put(kept).state == "queued"


def test_an_account_that_was_deleted_puts_nothing(kept: Store) -> None:
    with pytest.raises(NotFound, match="does not exist any more"):
        put(kept, "account-gone")


@pytest.mark.parametrize("id_", ["", "\0", "\ud800", "0" * 500])
def test_an_id_that_no_job_has_is_not_found(kept: Store, id_: str) -> None:
    put(kept)
    for ask in (kept.jobs.load, kept.jobs.cancel):
        with pytest.raises(NotFound):
            ask(ME, id_)
    with pytest.raises(NotFound):
        kept.jobs.list(ME, after=id_)


def test_the_jobs_of_a_person_go_with_them(kept: Store) -> None:
    job = put(kept)
    claim(kept)
    kept.delete_person(ME)
    assert not kept.jobs.beat(job.id, "one")
    with pytest.raises(NotFound):
        kept.jobs.load(ME, job.id)


# --- whose turn it is ----------------------------------------------------------------------------------


def test_the_oldest_comes_first_and_only_what_one_can_do(kept: Store) -> None:
    first, second, strange = put(kept), put(kept, kind="draft"), put(kept, kind="dance")
    assert [claim(kept).id, claim(kept).id] == [first.id, second.id]
    assert kept.jobs.claim("one", KINDS) is None
    assert kept.jobs.load(ME, strange.id).state == "queued"


def test_who_has_much_to_do_does_not_keep_others_waiting(kept: Store) -> None:
    for _ in range(4):
        put(kept)
    late = put(kept, OTHER)
    turns = [claim(kept) for _ in range(3)]
    assert [job.person for job in turns] == [ME, OTHER, ME]
    assert turns[1].id == late.id


def test_two_never_get_the_same(kept: Store) -> None:
    ids = {put(kept).id for _ in range(12)}
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda n: kept.jobs.claim(f"worker {n}", KINDS), range(18)))
    assert sorted(job.id for job in taken if job is not None) == sorted(ids)


def test_how_all_stand(kept: Store) -> None:
    put(kept)
    mine = claim(kept)
    put(kept, OTHER)
    standing = kept.jobs.standing()
    assert (standing.queued, standing.running, standing.lost) == (1, 1, 0)
    assert standing.since is not None
    assert mine.created_at < standing.since < datetime.now(UTC)
    died(kept, mine.id)
    assert kept.jobs.standing().lost == 1


# --- who holds it --------------------------------------------------------------------------------------


def test_progress_and_result_are_kept(kept: Store) -> None:
    job = put(kept)
    claim(kept)
    assert kept.jobs.beat(job.id, "one", '{"done": 1}')
    assert kept.jobs.beat(job.id, "one")
    assert kept.jobs.load(ME, job.id).progress == '{"done": 1}'
    assert kept.jobs.finish(job.id, "one", result='"\\u0000 \ud800"')
    done = kept.jobs.load(ME, job.id)
    assert (done.state, done.tries, done.result) == ("done", 1, '"\\u0000 \ufffd"')
    assert done.finished_at is not None


def test_a_cancelled_job_is_not_held_any_more(kept: Store) -> None:
    job, other = put(kept), put(kept)
    claim(kept)
    claim(kept)
    assert kept.jobs.held("one") == {job.id, other.id}
    assert kept.jobs.cancel(ME, job.id).state == "cancelled"
    assert kept.jobs.held("one") == {other.id}
    assert not kept.jobs.beat(job.id, "one", "{}")
    assert not kept.jobs.finish(job.id, "one", result="{}")
    assert not kept.jobs.give_back(job.id, "one", tried=True)
    assert kept.jobs.load(ME, job.id).state == "cancelled"


def test_what_has_ended_is_not_cancelled(kept: Store) -> None:
    job = put(kept)
    claim(kept)
    kept.jobs.finish(job.id, "one", problem='{"title": "No."}')
    assert kept.jobs.cancel(ME, job.id).state == "failed"
    assert kept.jobs.load(ME, job.id).problem == '{"title": "No."}'


def test_a_job_whose_worker_died_is_done_by_another_and_only_by_it(kept: Store) -> None:
    job = put(kept)
    claim(kept)
    assert kept.jobs.claim("two", KINDS) is None
    died(kept, job.id)
    assert claim(kept, "two").tries == 2
    assert kept.jobs.claim("three", KINDS) is None
    assert not kept.jobs.finish(job.id, "one", result='"stale"')
    assert kept.jobs.finish(job.id, "two", result='"fresh"')
    assert kept.jobs.load(ME, job.id).result == '"fresh"'


def test_nobody_takes_over_from_themselves(kept: Store) -> None:
    job = put(kept)
    claim(kept)
    died(kept, job.id)  # by the clock of a computer that slept
    assert kept.jobs.claim("one", KINDS) is None
    assert kept.jobs.finish(job.id, "one", result="{}")


def test_a_job_that_kills_its_workers_is_given_up(kept: Store) -> None:
    job = put(kept)
    for n in range(MOST_TRIES):
        assert claim(kept, f"worker {n}").tries == n + 1
        died(kept, job.id)
    assert kept.jobs.claim("last", KINDS) is None
    failed = kept.jobs.load(ME, job.id)
    assert failed.state == "failed"
    assert "never came to its end" in json.loads(failed.problem or "")["title"]
    assert not kept.jobs.finish(job.id, f"worker {MOST_TRIES - 1}", result="{}")


def test_a_stop_is_no_failed_try_but_a_failure_is(kept: Store) -> None:
    job = put(kept)
    for _ in range(MOST_TRIES + 2):
        claim(kept)
        assert kept.jobs.give_back(job.id, "one", tried=False)
    for _ in range(MOST_TRIES):
        claim(kept)
        assert kept.jobs.give_back(job.id, "one", tried=True)
    assert kept.jobs.claim("one", KINDS) is None
    assert kept.jobs.load(ME, job.id).state == "failed"


def test_what_ended_long_ago_is_forgotten(kept: Store) -> None:
    old, new, waiting = put(kept), put(kept), put(kept)
    for id_ in (claim(kept).id, claim(kept).id):
        kept.jobs.finish(id_, "one", result="{}")
    ago(kept, old.id, "finished_at", KEPT.total_seconds() + 60)
    ago(kept, waiting.id, "created_at", KEPT.total_seconds() + 60)
    assert kept.jobs.purge() == 1
    assert {job.id for job in kept.jobs.list(ME)[0]} == {new.id, waiting.id}
