"""A call that comes again under its key is done once, and answered the same."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, File, Response, UploadFile
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel

from accounts import LOCAL, SCOPES, Caller, Scope
from api import asking, problems
from api.idempotency import HEADER, REPLAYED, Repeatable
from api.routing import routes as router
from errors import Conflict, NotSignedIn, StoreError
from settings import Settings
from tests.api.conftest import settings_of

KEY = {HEADER: "5e3-a"}


class Thing(BaseModel):
    name: str


class Shop:
    """Counts what was done; `fails` is raised in its place, `waits` holds it up."""

    def __init__(self, settings: Settings) -> None:
        self.done: list[str] = []
        self.fails: Exception | None = None
        self.waits: Callable[[], object] = lambda: None
        self.app = FastAPI()
        self.app.state.settings = settings
        problems.install(self.app)
        routes = router("/things", "things", route_class=Repeatable)
        routes.post("", status_code=201)(self.make)
        routes.get("")(self.count)
        routes.delete("/{name}", status_code=204)(self.delete)
        routes.post("/file")(self.upload)
        routes.post("/stream")(self.stream)
        self.app.include_router(routes)
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def make(self, thing: Thing, who: asking.Writer, response: Response) -> Thing:
        self.waits()
        if self.fails is not None:
            raise self.fails
        self.done.append(f"{who.person} {thing.name}")
        response.headers["location"] = f"/api/v1/things/{len(self.done)}"
        response.headers["set-cookie"] = "secret=1"
        return thing

    def count(self) -> int:
        return len(self.done)

    def delete(self, name: str) -> None:
        self.done.append(f"deleted {name}")

    async def upload(self, file: Annotated[UploadFile, File()]) -> int:
        self.done.append("file")
        return len(await file.read())

    def stream(self) -> StreamingResponse:
        self.done.append("stream")
        return StreamingResponse(iter([b"a", b"b"]))

    def post(self, name: str = "a", headers: dict[str, str] = KEY, path: str = "") -> Any:
        return self.client.post(f"/api/v1/things{path}", json={"name": name}, headers=headers)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(settings_of(tmp_path))


@pytest.fixture
def known_as(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets whoever asks be somebody else."""

    def become(person: str, *scopes: Scope) -> None:
        who = Caller(way="token", person=person, scopes=frozenset(scopes or SCOPES))
        monkeypatch.setattr("accounts.identify", lambda *_: who)

    return become


def test_it_is_done_once_and_answered_the_same(shop: Shop) -> None:
    first, again = shop.post(), shop.post()
    assert shop.done == [f"{LOCAL} a"]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"name": "a"}
    assert first.headers["location"] == again.headers["location"] == "/api/v1/things/1"
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    assert "set-cookie" not in again.headers


def test_without_a_key_it_is_done_each_time(shop: Shop) -> None:
    shop.post(headers={})
    shop.post(headers={})
    shop.post(headers={HEADER: "one"})
    shop.post(headers={HEADER: "two"})
    assert len(shop.done) == 4


def test_an_empty_answer_is_repeated_too(shop: Shop) -> None:
    answers = [shop.client.delete("/api/v1/things/b", headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]
    assert shop.done == ["deleted b"]


def test_a_key_names_one_call_only(shop: Shop) -> None:
    shop.post("a")
    other = shop.post("b")
    elsewhere = shop.client.delete("/api/v1/things/a", headers=KEY)
    for answer in (other, elsewhere):
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
    assert shop.done == [f"{LOCAL} a"]


def test_a_read_heeds_no_key(shop: Shop) -> None:
    shop.post()
    assert shop.client.get("/api/v1/things", headers=KEY).json() == 1


@pytest.mark.parametrize("key", ["", "with space", "x" * 256, "tab\t1"])
def test_a_key_that_cannot_be_one(shop: Shop, key: str) -> None:
    assert shop.post(headers={HEADER: key}).status_code == 400
    assert shop.done == []


def test_while_the_first_is_being_done_others_are_told_so(shop: Shop) -> None:
    begun, go = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        go.wait(60)

    shop.waits = wait
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shop.post)
        assert begun.wait(60)
        shop.waits = lambda: None
        assert shop.post().status_code == 409
        go.set()
        assert first.result().status_code == 201
    assert shop.post().headers[REPLAYED] == "true"
    assert len(shop.done) == 1


@pytest.mark.parametrize(
    ("failure", "status"),
    [(StoreError("Down."), 503), (RuntimeError("a fault"), 500), (Conflict("No."), 409), (None, 422)],
)
def test_what_was_refused_or_failed_is_judged_anew(
    shop: Shop, failure: Exception | None, status: int
) -> None:
    shop.fails = failure
    wrong = {"name": 5} if failure is None else {"name": "a"}
    assert shop.client.post("/api/v1/things", json=wrong, headers=KEY).status_code == status
    shop.fails = None
    assert shop.post().status_code == 201
    assert len(shop.done) == 1


def test_the_same_key_of_another_person_is_another_key(shop: Shop, known_as: Callable[..., None]) -> None:
    known_as("local-one")
    shop.post()
    known_as("local-two")
    assert REPLAYED not in shop.post().headers
    assert shop.done == ["local-one a", "local-two a"]


def test_who_may_do_less_gets_no_answer_of_who_may_do_more(shop: Shop, known_as: Callable[..., None]) -> None:
    known_as("local-one")
    shop.post()
    known_as("local-one", "read")
    assert shop.post().status_code == 422
    assert shop.post(headers={HEADER: "new"}).status_code == 403


def test_who_is_not_known_gets_no_answer(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.post()

    def revoked(*_: object) -> Caller:
        raise NotSignedIn("This token is not one of ours.")

    monkeypatch.setattr("accounts.identify", revoked)
    assert shop.post().status_code == 401


def test_a_file_is_the_same_whatever_stands_between_the_parts(shop: Shop) -> None:
    for _ in range(2):  # each with a boundary of its own
        answer = shop.client.post("/api/v1/things/file", files={"file": b"12345"}, headers=KEY)
        assert answer.json() == 5
    other = shop.client.post("/api/v1/things/file", files={"file": b"54321"}, headers=KEY)
    assert other.status_code == 422
    assert shop.done == ["file"]


def test_a_stream_is_not_repeated(shop: Shop) -> None:
    assert [shop.post(path="/stream").content for _ in range(2)] == [b"ab", b"ab"]
    assert shop.done == ["stream", "stream"]


def test_the_documentation_names_the_key_where_it_is_heeded(shop: Shop) -> None:
    paths = shop.app.openapi()["paths"]
    for path, method in (("", "post"), ("/{name}", "delete"), ("/file", "post")):
        operation = paths[f"/api/v1/things{path}"][method]
        assert [one["name"] for one in operation["parameters"]].count(HEADER) == 1
        assert "409" in operation["responses"]
    assert "parameters" not in paths["/api/v1/things"]["get"]
