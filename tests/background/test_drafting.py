"""Drafts written in the background are in the history, each once, however often a job is begun."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

import background
import calls
import outreach
from background import Pool, Work
from background.handlers import handlers
from domain import Posting
from errors import Cancelled, NothingMatches, StoreError
from settings import Settings
from store import Job, Store
from store.history import History
from tests.waiting import until

ME = "me"
LIST = outreach.SAMPLES[2].url
SENDER: dict[str, Any] = {"sample": "job-seeker"}
POSTINGS = outreach.read(LIST).postings[:4]


def one(**more: Any) -> calls.Write:
    return calls.Write.model_validate({"opening": {"posting": POSTINGS[0]}, "sender": SENDER} | more)


def many(**more: Any) -> calls.WriteMany:
    return calls.WriteMany.model_validate({"openings": {"postings": POSTINGS}, "sender": SENDER} | more)


def work_for(kept: Store, settings: Settings, kind: str, request: Any) -> Work:
    kept.jobs.put(ME, kind, request.model_dump_json())
    job = kept.jobs.claim("one", (kind,))
    assert job is not None
    return Work(job, kept, settings)


def do(work: Work) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(handlers()[work.job.kind](work))
    return result


def ended(kept: Store, id_: str) -> Job:
    return until(lambda: kept.jobs.load(ME, id_), lambda job: job.finished_at is not None)


def failing_after(count: int, keep: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps so many, and then fails as a database does that goes down."""
    left, one_at_a_time = count, threading.Lock()

    def kept(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        with one_at_a_time:
            left -= 1
            if left < 0:
                raise StoreError("The database cannot be reached right now.")
            return keep(*args, **kwargs)

    return kept


def titles(kept: Store) -> list[str]:
    return sorted(saved.title for saved in kept.history.list(ME)[0])


def names(postings: tuple[Posting, ...]) -> list[str]:
    return sorted(posting.title for posting in postings)


# --- one -----------------------------------------------------------------------------------------------


def test_a_draft_is_written_and_kept(kept: Store, pool: Pool) -> None:
    job = ended(kept, background.put(kept, ME, "draft", one()).id)
    written = calls.Written.model_validate_json(job.result or "")
    assert written.id is not None
    whole = kept.history.load(ME, written.id)
    assert whole.version.draft.sentences == written.draft.sentences
    assert whole.posting == POSTINGS[0]
    assert json.loads(job.progress)["sentences"] > 3


def test_one_that_is_done_again_is_not_written_again(kept: Store, settings: Settings) -> None:
    work = work_for(kept, settings, "draft", one())
    first = do(work)
    again = do(work)
    assert again == first
    assert kept.history.count(ME) == 1


def test_one_that_is_not_to_be_kept_is_only_the_result(kept: Store, settings: Settings) -> None:
    result = do(work_for(kept, settings, "draft", one(keep=False)))
    assert result["id"] is None
    assert result["text"]
    assert kept.history.count(ME) == 0


def test_what_has_no_honest_draft_says_so(kept: Store, settings: Settings) -> None:
    request = one(sender={"items": [{"text": "Baked bread."}]})
    with pytest.raises(NothingMatches):
        do(work_for(kept, settings, "draft", request))


def test_one_that_nobody_wants_any_more_stops(kept: Store, settings: Settings) -> None:
    work = work_for(kept, settings, "draft", one())
    work.ended.set()
    with pytest.raises(Cancelled):
        do(work)
    assert kept.history.count(ME) == 0


# --- many ----------------------------------------------------------------------------------------------


def test_many_are_written_and_kept_with_their_openings(kept: Store, pool: Pool) -> None:
    job = ended(kept, background.put(kept, ME, "draft-many", many()).id)
    result = calls.WrittenMany.model_validate_json(job.result or "")
    assert [item.state for item in result.items] == ["done"] * len(POSTINGS)
    assert all(item.written is None for item in result.items)
    progress = json.loads(job.progress)
    assert (progress["done"], progress["failed"], progress["total"]) == (len(POSTINGS), 0, len(POSTINGS))
    for item in result.items:
        assert item.id is not None
        whole = kept.history.load(ME, item.id)
        assert whole.posting.title == item.title
        assert whole.version.draft.sentences


@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_job_goes_on_where_it_ended_and_nothing_is_written_twice(
    kept: Store, settings: Settings, before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = work_for(kept, settings, "draft-many", many())
    with monkeypatch.context() as patched:
        patched.setattr(History, "keep", failing_after(before, History.keep))
        with pytest.raises(StoreError):
            do(work)
    first = {saved.id: saved for saved in kept.history.list(ME)[0]}
    assert len(first) == before
    result = do(work)
    assert titles(kept) == names(POSTINGS)
    assert {item["id"] for item in result["items"]} == {saved.id for saved in kept.history.list(ME)[0]}
    assert all(kept.history.load(ME, id_).saved == saved for id_, saved in first.items())


def test_evidence_that_changed_meanwhile_makes_no_second_draft(kept: Store, settings: Settings) -> None:
    work = work_for(kept, settings, "draft-many", many())
    do(work)
    changed = many(sender={"sample": "service-provider"}).model_dump_json()
    do(Work(work.job.model_copy(update={"request": changed}), kept, settings))
    assert titles(kept) == names(POSTINGS)


def test_an_opening_that_its_list_only_names_is_kept_with_its_text(kept: Store, settings: Settings) -> None:
    listed = many(openings={"url": LIST, "limit": 3})
    result = do(work_for(kept, settings, "draft-many", listed))
    texts = [kept.history.load(ME, item["id"]).posting.text for item in result["items"] if item["id"]]
    assert len(texts) == 3
    assert all(texts)


def test_many_that_are_not_to_be_kept_are_only_the_result(kept: Store, settings: Settings) -> None:
    result = do(work_for(kept, settings, "draft-many", many(keep=False)))
    assert all(item["written"]["text"] and item["id"] is None for item in result["items"])
    assert kept.history.count(ME) == 0


def test_many_that_nobody_wants_any_more_stop(kept: Store, settings: Settings) -> None:
    work = work_for(kept, settings, "draft-many", many())
    work.ended.set()
    with pytest.raises(Cancelled):
        do(work)


@pytest.mark.parametrize("way", ["cancelled", "deleted", "emptied"])
def test_what_was_cancelled_or_deleted_keeps_nothing_afterwards(
    kept: Store, settings: Settings, way: str
) -> None:
    work = work_for(kept, settings, "draft", one())
    if way == "cancelled":
        kept.jobs.cancel(ME, work.job.id)
    elif way == "deleted":
        kept.delete_person(ME)
    else:
        kept.empty(ME)
    with pytest.raises(Cancelled):  # before it has heard of it
        do(work)
    assert kept.history.count(ME) == 0
    assert kept.profiles(ME) == ()


def test_what_is_of_no_account_any_more_keeps_nothing(kept: Store, settings: Settings) -> None:
    work = work_for(kept, settings, "draft", one())
    gone = work.job.model_copy(update={"person": "account-gone"})
    with pytest.raises(StoreError, match="does not exist any more"):
        do(Work(gone, kept, settings))
