"""Whether what the REST API acknowledged survives `kill -9` under load, on SQLite and PostgreSQL.

    python -m benchmarks.killed_service [--kills 100] [--seed 1]

A child process serves the API and does background jobs. People with accounts, each over a connection of their
own, have drafts written, copy, edit, mark and delete them, ask for jobs, make and end tokens and rename
themselves, as fast as they are answered. The child is killed at a random moment. What is kept then must be
what was answered with a 2xx, and of the call that was under way for each, all or nothing. The next child goes
on from there; at last every job that was accepted must be done. Beside it: how many of them a queue in memory
would have lost.
"""

import argparse
import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import select, update

import api
import background
import calls
import settings
from benchmarks.killed import _check_rows, _databases, _wait_for_the_server
from settings import Environment, Settings
from store import Store, open_store
from store.tables import jobs

PASSWORD = "seven small boats"
PEOPLE = 4
_OPENING = "Platform Engineer\n\nWhat we ask for\n- Kubernetes\n- Python\n"
_SENDER = {"items": [{"text": "Moved 14 services to Kubernetes."}], "name": "Ada"}


# --- the child -----------------------------------------------------------------------------------------


def _serve(settings: Settings, listening: socket.socket) -> None:
    """Serve the API and do jobs until killed."""
    import uvicorn
    from fastapi import FastAPI

    app = FastAPI()
    app.state.settings = settings
    api.install(app)
    background.Pool(settings).start()
    uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off")).run(sockets=[listening])


# --- a person and what they were told --------------------------------------------------------------------


@dataclass
class Draft:
    note: str = ""
    body: str = ""


@dataclass
class Known:
    """What is kept of a person, as far as they were told."""

    name: str = ""
    drafts: dict[str, Draft] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)
    ended_jobs: set[str] = field(default_factory=set)


@dataclass
class Call:
    """One call: what it changes where it is kept, in what is known."""

    kind: str
    method: str
    path: str
    body: dict[str, Any] | None
    apply: Callable[[Known, dict[str, Any]], None]
    headers: dict[str, str] = field(default_factory=dict)


class Person:
    """Calls one after another, and remembers what was answered and which call was not.

    Args:
        email: Of their account.
        chance: Says what they do next.
    """

    def __init__(self, email: str, chance: random.Random) -> None:
        self.email, self.known = email, Known()
        self.acknowledged: Counter[str] = Counter()
        self.under_way: Call | None = None
        self.cookies = httpx.Cookies()
        self._chance = chance

    def live(self, address: str) -> None:
        """Call until nobody answers."""
        try:
            with httpx.Client(base_url=address, cookies=self.cookies, timeout=30) as browser:
                browser.headers["origin"] = address
                while True:
                    self.call(browser, self._next())
        except httpx.TransportError:
            return

    def call(self, browser: httpx.Client, call: Call) -> httpx.Response:
        self.under_way = call
        answer = browser.request(call.method, f"/api/v1{call.path}", json=call.body, headers=call.headers)
        assert answer.status_code < 500 or answer.status_code == 503, f"{call.kind}: {answer.text}"
        if answer.is_success:
            call.apply(self.known, answer.json() if answer.content else {})
            self.acknowledged[call.kind] += 1
        else:
            assert answer.status_code in (429, 503), f"{call.kind}: {answer.status_code} {answer.text}"
        self.under_way = None
        return answer

    def _next(self) -> Call:
        kinds = ["draft", "job", "name", "token"]
        if self.known.drafts:
            kinds += ["copy", "copy", "edit", "mark", "mark"]
        if len(self.known.drafts) > 5:
            kinds += ["delete", "delete"]
        if len(self.known.tokens) > 5:
            kinds += ["end token"]
        return _CALLS[self._chance.choice(kinds)](self.known, self._chance)


def _draft(_: Known, chance: random.Random) -> Call:
    body = {"opening": {"text": _OPENING}, "sender": _SENDER, "seed": chance.randrange(1000)}

    def apply(known: Known, answer: dict[str, Any]) -> None:
        known.drafts[answer["id"]] = Draft(body=answer["text"])

    return Call("draft", "POST", "/drafts", body, apply, {"idempotency-key": f"{chance.random()}"})


def _copy(known: Known, chance: random.Random) -> Call:
    of = chance.choice(sorted(known.drafts))
    body = known.drafts[of].body

    def apply(known: Known, answer: dict[str, Any]) -> None:
        known.drafts[answer["id"]] = Draft(body=body)

    return Call("copy", "POST", f"/drafts/{of}/copy", None, apply)


def _edit(known: Known, chance: random.Random) -> Call:
    of, text = chance.choice(sorted(known.drafts)), f"Changed at {chance.random()}."

    def apply(known: Known, _: dict[str, Any]) -> None:
        known.drafts[of].body = text

    return Call("edit", "PUT", f"/drafts/{of}/text", {"subject": "A", "body": text}, apply)


def _mark(known: Known, chance: random.Random) -> Call:
    of, note = chance.choice(sorted(known.drafts)), f"Noted at {chance.random()}."

    def apply(known: Known, _: dict[str, Any]) -> None:
        known.drafts[of].note = note

    return Call("mark", "PATCH", f"/drafts/{of}", {"note": note}, apply)


def _delete(known: Known, chance: random.Random) -> Call:
    of = chance.choice(sorted(known.drafts))

    def apply(known: Known, _: dict[str, Any]) -> None:
        del known.drafts[of]

    return Call("delete", "DELETE", f"/drafts/{of}", None, apply)


def _job(_: Known, chance: random.Random) -> Call:
    def apply(known: Known, answer: dict[str, Any]) -> None:
        known.jobs.add(answer["id"])

    body = {"text": f"{_OPENING}- {chance.random()}\n"}
    return Call("job", "POST", "/openings", body, apply, {"prefer": "respond-async"})


def _name(_: Known, chance: random.Random) -> Call:
    name = f"Ada {chance.random()}"

    def apply(known: Known, _: dict[str, Any]) -> None:
        known.name = name

    return Call("name", "PATCH", "/account", {"name": name}, apply)


def _token(_: Known, chance: random.Random) -> Call:
    def apply(known: Known, answer: dict[str, Any]) -> None:
        known.tokens.add(answer["id"])

    return Call("token", "POST", "/account/tokens", {"name": f"{chance.random()}", "scopes": ["read"]}, apply)


def _end_token(known: Known, chance: random.Random) -> Call:
    of = chance.choice(sorted(known.tokens))

    def apply(known: Known, _: dict[str, Any]) -> None:
        known.tokens.discard(of)

    return Call("end token", "DELETE", f"/account/tokens/{of}", None, apply)


_CALLS: dict[str, Callable[[Known, random.Random], Call]] = {
    "draft": _draft,
    "copy": _copy,
    "edit": _edit,
    "mark": _mark,
    "delete": _delete,
    "job": _job,
    "name": _name,
    "token": _token,
    "end token": _end_token,
}


# --- what is kept ----------------------------------------------------------------------------------------


def _kept(store: Store, email: str) -> Known:
    """What is kept of a person, as the store gives it."""
    found = store.accounts.find(email)
    assert found is not None, f"{email} has no account any more"
    account, _ = found
    who, drafts, after = account.person, {}, None
    while True:
        page, after = store.history.list(who, limit=100, after=after)
        for saved in page:
            drafts[saved.id] = Draft(saved.note, store.history.load(who, saved.id).version.body)
        if after is None:
            break
    with store._database.reading() as connection:
        mine = connection.execute(select(jobs.c.id, jobs.c.finished_at).where(jobs.c.person == who)).all()
    return Known(
        name=account.name,
        drafts=drafts,
        tokens={token.id for token in store.accounts.tokens(who)},
        jobs={row.id for row in mine},
        ended_jobs={row.id for row in mine if row.finished_at},
    )


def _difference(told: Known, kept: Known) -> str:
    """How what is kept differs from what they were told; empty where it does not."""
    for what in ("drafts", "tokens", "jobs"):
        one, other = set(getattr(told, what)), set(getattr(kept, what))
        if one != other:
            return f"{len(one - other)} {what} lost, {len(other - one)} that nobody was told of"
    changed = [id_ for id_, draft in told.drafts.items() if draft != kept.drafts[id_]]
    if changed:
        return f"{len(changed)} drafts are not as they were told"
    return "" if told.name == kept.name else "another name"


def _after(told: Known, call: Call, kept: Known) -> Known | None:
    """What they would have been told had the call been answered; None where it was not kept for sure."""
    then = Known(
        told.name, {id_: Draft(**vars(d)) for id_, d in told.drafts.items()}, set(told.tokens), set(told.jobs)
    )
    made = (set(kept.drafts) - set(told.drafts)) | (kept.tokens - told.tokens) | (kept.jobs - told.jobs)
    if call.method == "POST":
        if len(made) != 1:
            return None
        [id_] = made
        call.apply(then, {"id": id_, "text": kept.drafts[id_].body if id_ in kept.drafts else ""})
    else:
        call.apply(then, {})
    return then


# --- the parent ------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What one run saw.

    `under_way` calls were cut off, and `kept_anyway` of these were kept; `waiting` jobs had been accepted and
    were not finished at a kill, which is what a queue in memory would have lost.
    """

    kills: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    kept_anyway: int = 0
    waiting: set[str] = field(default_factory=set)
    jobs: int = 0
    given_up: int = 0


def survive(address: str, kills: int, seed: int = 1) -> Outcome:
    """Kill children that serve people from this database and check what is kept after each.

    Raises:
        AssertionError: when something acknowledged is gone, or something is half-saved.
    """
    chance, outcome = random.Random(seed), Outcome()
    served = _settings(address)
    people = [Person(f"{n}@example.org", random.Random(chance.random())) for n in range(PEOPLE)]
    with _served_as(served):
        _warm_up(served)
        _open_accounts(served, people)
        for number in range(kills):
            _live_and_be_killed(served, people, chance.uniform(0.05, 1.5))
            _wait_for_the_server(address)
            _check(address, people, outcome, f"after kill {number + 1}")
            _check_rows(address)
            outcome.kills += 1
        outcome.acknowledged = sum((person.acknowledged for person in people), Counter())
        _finish(served, people, outcome)
    return outcome


def _settings(address: str) -> Settings:
    return Settings(
        environment=Environment.TEST,
        accounts=True,
        database_url=SecretStr(address),
        embedding_dir=Path("/nowhere"),  # its threads do not outlive a fork
        api_requests_per_minute=1_000_000,
    )


@contextmanager
def _served_as(served: Settings) -> Iterator[None]:
    """Lets these be the settings of the process, and of those that it forks."""
    before, settings.current = settings.current, lambda: served  # type: ignore[assignment]
    try:
        yield
    finally:
        settings.current = before


def _warm_up(served: Settings) -> None:
    """Load once what writing and checking need, so that each child has it."""
    request = calls.Write.model_validate({"opening": {"text": _OPENING}, "sender": _SENDER})
    for _ in calls.write(request, calls.Own("", served)):
        pass


@contextmanager
def _child(served: Settings) -> Iterator[tuple[int, str]]:
    """A process that serves, and its address; it is killed in the end."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    child = os.fork()
    if child == 0:
        try:
            _serve(served, listening)
        finally:
            os._exit(1)  # nothing of the parent may run here
    try:
        port = listening.getsockname()[1]
        listening.close()
        yield child, f"http://127.0.0.1:{port}"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _open_accounts(served: Settings, people: list[Person]) -> None:
    with _child(served) as (_, address):
        for person in people:
            with httpx.Client(base_url=f"{address}/api/v1/account", timeout=30) as browser:
                mine = {"email": person.email, "password": PASSWORD}
                assert browser.post("/register", json=mine).status_code == 202
                assert browser.post("/sign-in", json=mine).status_code == 200
                person.cookies = httpx.Cookies(dict(browser.cookies))


def _live_and_be_killed(served: Settings, people: list[Person], seconds: float) -> None:
    """Let people call a child, and kill it so long after the first was answered."""
    faults: list[BaseException] = []

    def live(person: Person, address: str) -> None:
        try:
            person.live(address)
        except BaseException as fault:  # noqa: BLE001  # told by the main thread
            faults.append(fault)

    before = sum(sum(person.acknowledged.values()) for person in people)
    with _child(served) as (_, address):
        threads = [threading.Thread(target=live, args=(person, address)) for person in people]
        for thread in threads:
            thread.start()
        while not faults and sum(sum(person.acknowledged.values()) for person in people) == before:
            time.sleep(0.01)
        time.sleep(seconds)
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def _check(address: str, people: list[Person], outcome: Outcome, when: str) -> None:
    store = Store(address)
    for person in people:
        kept, call = _kept(store, person.email), person.under_way
        difference = _difference(person.known, kept)
        if call is not None:
            outcome.under_way += 1
            then = _after(person.known, call, kept) if difference else None
            if then is not None and not _difference(then, kept):
                person.known, difference = then, ""
                outcome.kept_anyway += 1
        assert not difference, f"{when}, {person.email}, {call and call.kind}: {difference}"
        outcome.waiting |= kept.jobs - kept.ended_jobs
        person.under_way = None
    store.close()


def _finish(served: Settings, people: list[Person], outcome: Outcome) -> None:
    """Let the leases of the dead run out, and do what they left: each job ends, with its result."""
    store = open_store(served)
    with store._database.writing() as connection:
        connection.execute(update(jobs).values(alive_at=datetime.now(UTC) - timedelta(hours=1)))
    pool = background.Pool(served)
    pool.start()
    while (standing := store.jobs.standing()).queued or standing.running:
        time.sleep(0.05)
    pool.stop()
    for person in people:
        found = store.accounts.find(person.email)
        assert found is not None
        for id_ in person.known.jobs:
            job = store.jobs.load(found[0].person, id_)
            outcome.jobs += 1
            gave_up = job.state == "failed" and '"gave-up"' in (job.problem or "")
            assert gave_up or job.state == "done", f"a job is {job.state}: {job.problem}"
            outcome.given_up += gave_up
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.killed_service", description=__doc__)
    parser.add_argument("--corpus", help="not needed; taken so that all benchmarks run alike")
    parser.add_argument("--kills", type=int, default=100, help="over all databases together")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with _databases() as databases:
        for name, address in databases.items():
            started = time.monotonic()
            outcome = survive(address, -(-options.kills // len(databases)), options.seed)
            seconds = time.monotonic() - started
            told = ", ".join(f"{count} × {kind}" for kind, count in sorted(outcome.acknowledged.items()))
            print(
                f"{name}: {outcome.kills} kills, {outcome.under_way} calls cut off ({outcome.kept_anyway} of "
                f"these had been kept); all {outcome.acknowledged.total()} acknowledged calls there, nothing "
                f"half-saved; {outcome.jobs - outcome.given_up} of {outcome.jobs} accepted jobs done in the "
                f"end, {outcome.given_up} given up after three deaths (a queue in memory would have lost "
                f"{len(outcome.waiting)}), {seconds:.0f} s\n  {told}"
            )


if __name__ == "__main__":
    main()
