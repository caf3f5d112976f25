"""Long work over HTTP: seen, followed, listed and cancelled by who asked for it, and by nobody else."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

import background
import calls
import outreach
import store
from accounts import LOCAL
from api import asking
from api import jobs as routes
from api.idempotency import HEADER
from background.handlers import Work, handlers
from errors import Cancelled, InroadError
from settings import Settings
from store import Job, Store
from tests.api.conftest import client_of, settings_of
from tests.waiting import until

JOBS = "/api/v1/jobs"


class Request(BaseModel):
    number: int = 0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path)


@pytest.fixture
def kept(settings: Settings) -> Store:
    return store.open_store(settings)


@pytest.fixture
def mine(settings: Settings) -> TestClient:
    return client_of(settings)


@pytest.fixture
def pool(settings: Settings) -> Iterator[background.Pool]:
    running = background.Pool(settings)
    running.start()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, threading.Event]:
    """Jobs that end, fail, and go on until they may not."""
    events = {"go": threading.Event()}

    def short(work: Work) -> str:
        return json.dumps({"twice": 2 * json.loads(work.job.request)["number"]})

    def failing(_: Work) -> str:
        raise InroadError("There is nothing.", "Try another page.")

    def long(work: Work) -> str:
        work.tell(done=1, total=2)
        while not events["go"].wait(0.02):
            if work.cancelled():
                raise Cancelled
        return '"done"'

    for kind in (short, failing, long):
        monkeypatch.setitem(handlers(), kind.__name__, kind)
    monkeypatch.setattr(routes, "_LOOK_S", 0.02)
    return events


def put(kept: Store, kind: str = "short", person: str = LOCAL) -> Job:
    return background.put(kept, person, kind, Request(number=21))


def ended(client: TestClient, id_: str) -> dict[str, Any]:
    return until(lambda: client.get(f"{JOBS}/{id_}").json(), lambda found: found["finished_at"])


@pytest.mark.usefixtures("pool")
def test_what_came_of_a_job(mine: TestClient, kept: Store) -> None:
    done, failed = put(kept), put(kept, "failing")
    assert ended(mine, done.id)["result"] == {"twice": 42}
    problem = ended(mine, failed.id)["problem"]
    assert problem == {"type": "inroad-error", "title": "There is nothing.", "detail": "Try another page."}
    assert "person" not in mine.get(f"{JOBS}/{done.id}").json()


def test_a_list_of_jobs(mine: TestClient, kept: Store) -> None:
    ids = [put(kept).id for _ in range(3)]
    first = mine.get(JOBS, params={"limit": 2}).json()
    rest = mine.get(JOBS, params={"limit": 2, "after": first["next"]}).json()
    assert {job["id"] for job in (*first["items"], *rest["items"])} == set(ids)
    assert rest["next"] is None
    assert mine.get(JOBS, params={"after": "0" * 32}).status_code == 404
    assert mine.get(JOBS, params={"limit": 0}).status_code == 422


def test_another_persons_job_looks_as_if_there_were_none(mine: TestClient, kept: Store) -> None:
    theirs = put(kept, person="somebody-else")
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/events")):
        other = mine.request(method, f"{JOBS}/{theirs.id}{path}")
        nowhere = mine.request(method, f"{JOBS}/{'0' * 32}{path}")
        assert (other.status_code, other.json()) == (404, nowhere.json())
    assert kept.jobs.load("somebody-else", theirs.id).state == "queued"
    assert mine.get(JOBS).json()["items"] == []


def test_a_stranger_has_no_jobs(stranger: TestClient) -> None:
    for method, path in (("GET", ""), ("GET", f"/{'0' * 32}"), ("DELETE", f"/{'0' * 32}")):
        assert stranger.request(method, JOBS + path).status_code == 401


def test_a_job_is_cancelled_once(mine: TestClient, kept: Store) -> None:
    job = put(kept, "long")
    answers = [mine.delete(f"{JOBS}/{job.id}", headers={HEADER: "stop"}) for _ in range(2)]
    assert [answer.json()["state"] for answer in answers] == ["cancelled"] * 2
    assert mine.delete(f"{JOBS}/{job.id}").json()["state"] == "cancelled"


# --- followed ------------------------------------------------------------------------------------------


def events_of(client: TestClient, id_: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The named events of a job, as they come."""
    with client.stream("GET", f"{JOBS}/{id_}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in answer.iter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, json.loads(value)


@pytest.mark.usefixtures("pool")
def test_a_job_is_followed_to_its_end(
    mine: TestClient, kept: Store, kinds: dict[str, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = put(kept, "long")
    identify = asking.caller
    looks: list[str] = []

    def then_go(request: Any) -> Any:
        looks.append(kept.jobs.load(LOCAL, job.id).progress)
        if len(looks) - looks.count("{}") > 2:  # what was read since the first has told how far it is
            kinds["go"].set()
        return identify(request)

    monkeypatch.setattr(asking, "caller", then_go)
    seen = list(events_of(mine, job.id))
    names = [name for name, _ in seen]
    assert names[-1] == "done"
    assert set(names[:-1]) <= {"queued", "running"}
    assert seen[-1][1]["result"] == "done"
    assert any(event["progress"] == {"done": 1, "total": 2} for name, event in seen if name == "running")


def test_who_hangs_up_is_followed_no_longer(mine: TestClient, kept: Store) -> None:
    job = put(kept)
    heard: list[bytes] = []

    async def hang_up() -> None:
        told = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if not heard:
                await told.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message.get("body"):
                heard.append(message["body"])
                told.set()

        path = f"{JOBS}/{job.id}/events"
        scope: dict[str, Any] = {"type": "http", "method": "GET", "http_version": "1.1", "scheme": "http"}
        scope |= {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
        scope |= {
            "headers": [(b"host", b"localhost")],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
        }
        await asyncio.wait_for(mine.app(scope, receive, send), 20)

    asyncio.run(hang_up())
    assert b"event: queued" in b"".join(heard)
    assert kept.jobs.load(LOCAL, job.id).state == "queued"


def test_one_that_has_ended_is_told_at_once(mine: TestClient, kept: Store) -> None:
    job = put(kept)
    kept.jobs.cancel(LOCAL, job.id)
    assert [name for name, _ in events_of(mine, job.id)] == ["cancelled"]


def test_who_is_gone_follows_nothing(mine: TestClient, kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    job = put(kept)
    identify = asking.caller
    asked: list[int] = []

    def then_gone(request: Any) -> Any:
        asked.append(1)
        who = identify(request)
        if len(asked) == 3:  # the first look after the stream has begun
            kept.delete_person(LOCAL)
        return who

    monkeypatch.setattr(asking, "caller", then_gone)
    assert [name for name, _ in events_of(mine, job.id)] == ["queued"]


def test_who_may_not_see_it_any_more_follows_nothing(
    mine: TestClient, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = put(kept)
    identify = asking.caller
    asked: list[int] = []

    def until_revoked(request: Any) -> Any:
        asked.append(1)
        who = identify(request)
        return who if len(asked) < 3 else who.model_copy(update={"person": ""})

    monkeypatch.setattr(asking, "caller", until_revoked)
    assert [name for name, _ in events_of(mine, job.id)] == ["queued"]


# --- the pages that are read ---------------------------------------------------------------------------


@pytest.mark.usefixtures("pool")
def test_a_page_is_read_in_the_background(mine: TestClient, kept: Store) -> None:
    url = outreach.SAMPLES[0].url
    job = background.put(kept, LOCAL, "read", calls.Read(url=url))
    found = ended(mine, job.id)
    assert found["state"] == "done"
    assert (
        calls.OpeningsRead.model_validate(found["result"]).postings
        == calls.read(calls.Read(url=url)).postings
    )
    assert {step["state"] for step in found["progress"]["steps"]} <= {"done", "skipped"}
