"""Every operation by every asker, and what came of it."""

import re
import ssl
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

import interface
from evaluation.isolation import pages
from evaluation.isolation.askers import OF_PAGES, OF_ROUTES, OF_VERBS, asker
from evaluation.isolation.operations import BEGUN, CALLS, EVENTS, OF_ADMIN, TOOLS, Call, routes_of
from evaluation.isolation.planted import MARK, RESUME, Ids, Place, Rows, planted
from evaluation.isolation.served import served, settings_in
from settings import Settings

_PASSING = re.compile(
    r'"(?:instance|seconds|written_at|created_at|seen_at|changed_at|made_at|expires_at|retry_after|id|token|code)"'
    r": ?(?:\"[^\"]*\"|[^,}\]]+)"
)
_OWN = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.+Z-]+|eve-[0-9a-f]{8}@other.example|[0-9a-f]{8,}|\d+(?:\.\d+)? s\b|\d\d:\d\d"
)
"""What differs between any two answers: who asks, ids of their own new things, references, times."""


@dataclass(frozen=True)
class Cell:
    """One operation by one asker: the status, and each way in which the owner's things showed."""

    operation: str
    asker: str
    status: int
    leaks: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """All of them, and what no line of the tables says how to call."""

    cells: tuple[Cell, ...]
    uncovered: tuple[str, ...]

    @property
    def leaks(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.leaks)


def measure(
    folder: Path | None = None, only: Callable[[str], bool] = lambda _: True, *, thorough: bool = True
) -> Matrix:
    """Serve the app, fill it, and ask.

    Args:
        folder: Where its database goes; by default a temporary one.
        only: Which operations.
        thorough: Whether every verb of the page is asked for by everybody, which takes some minutes.
    """
    with tempfile.TemporaryDirectory() as temporary:
        settings = settings_in(folder or Path(temporary))
        with served(settings) as (app, here):
            place = planted(settings)
            _begin_under_a_key(here, place)
            cells = tuple(_Asking(settings, here, place, thorough).cells(only))
            return Matrix(cells, tuple(_uncovered(app, here, place)))


def _begin_under_a_key(here: str, place: Place) -> None:
    """Let the owner have something done whose answer is kept for when they ask again."""
    headers = {"authorization": f"Bearer {place.owners_token}", "idempotency-key": place.owner.key}
    answer = httpx.post(f"{here}/api/v1/profiles", json=BEGUN, headers=headers)
    assert answer.status_code == 201, answer.text


def _uncovered(app: FastAPI, here: str, place: Place) -> Iterator[str]:
    """What there is and no table has, and what a table has and there is not."""
    yield from sorted(routes_of(app) ^ set(CALLS))
    yield from (f"the tool {name}" for name in sorted(_tools_at(here, place) ^ set(TOOLS)))
    events = {event.name for event in pages.events_of(interface.build(app.state.settings))}
    yield from (f"the page's {name}" for name in sorted(events ^ set(EVENTS)))


def _tools_at(here: str, place: Place) -> set[str]:
    headers = _MCP | {"authorization": f"Bearer {place.token}"}
    listed = httpx.post(f"{here}/mcp", json=_call("tools/list"), headers=headers)
    return {tool["name"] for tool in listed.json()["result"]["tools"]}


_MCP = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}


def _call(method: str, **parameters: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}


class _Asking:
    def __init__(self, settings: Settings, here: str, place: Place, thorough: bool) -> None:
        self._settings, self._here, self._place = settings, here, place
        self._of_verbs = OF_PAGES if thorough else OF_VERBS
        self._rows = Rows(settings, place.owner.person)
        self._before = self._rows.digest()
        # A file of this computer, which a browser names as if it had sent it.
        self._secret = settings.data_dir / "secret.txt"
        self._secret.write_text(RESUME)
        self._tls = ssl.create_default_context()  # made once: it takes longer than a request

    def cells(self, only: Callable[[str], bool]) -> Iterator[Cell]:
        for operation, ask, askers in self._operations():
            if only(operation):
                for name in askers:
                    yield self._cell(operation, name, ask)

    def _operations(self) -> Iterator[tuple[str, "Ask", Iterable[str]]]:
        for name, call in CALLS.items():
            for body in filter(None, (call.body or _nothing, call.other)):
                yield name, _route(name, call, body), _askers(call)
        for name, arguments in TOOLS.items():
            yield f"tool {name}", _tool(name, arguments), OF_ROUTES
        yield from self._of_pages()

    def _of_pages(self) -> Iterator[tuple[str, "Ask", Iterable[str]]]:
        for event in pages.events_of(interface.build(self._settings)):
            if event.name in ("work", "act"):
                for verb in pages.verbs(event.name):
                    yield f"page {event.name} {verb}", _event(event, verb), self._of_verbs
            else:
                yield f"page {event.name}", _event(event, "", self._secret), OF_PAGES

    def _cell(self, operation: str, name: str, ask: "Ask") -> Cell:
        theirs = self._answer(name, ask, self._place.owner)
        nobodys = self._answer(name, ask, self._place.nobody)
        owner, nobody = self._place.owner, self._place.nobody
        leaks = leaks_of(theirs, nobodys, owner, nobody, shows=_may_see(operation, name))
        if (after := self._rows.digest()) != self._before:
            leaks.append("something of the owner's changed")
            self._before = after
        return Cell(operation, name, theirs.status, tuple(leaks))

    def _answer(self, name: str, ask: "Ask", ids: Ids) -> "Answer":
        who = asker(name, self._place, self._here)
        headers, tls = dict(who.headers), self._tls
        with httpx.Client(base_url=self._here, headers=headers, timeout=60, verify=tls) as client:
            return ask(client, ids)


def _askers(call: Call) -> tuple[str, ...]:
    """Whoever runs the place may name anybody in what is made for that: so they are not asked to."""
    may_name = call.of_admin and call.names
    return tuple(name for name in OF_ROUTES if not (may_name and name == "the administrator's sign-in"))


def _may_see(operation: str, name: str) -> bool:
    """Whoever runs the place sees who is there: names and addresses, in what is made for that."""
    call = CALLS.get(operation)
    made_for_that = operation in OF_ADMIN or (call is not None and call.of_admin)
    return name == "the administrator's sign-in" and made_for_that


@dataclass(frozen=True)
class Answer:
    """What came back, and what was asked: where no id is in it, two answers need not be equal."""

    asked: str
    status: int
    text: str
    last: str = ""
    """What it came to, where more was told on the way, at whatever pace."""

    def said(self, ids: Ids) -> str:
        """The same without ids, times and references."""
        return _OWN.sub("", _PASSING.sub("", ids.anonymous(self.last or self.text)))


def leaks_of(theirs: Answer, nobodys: Answer, owner: Ids, nobody: Ids, *, shows: bool) -> list[str]:
    """What an answer about somebody's things gives away, beside one about things that never were.

    Args:
        theirs: About the owner's.
        nobodys: The same question about others of the same form.
        owner: What the owner's are called.
        nobody: What those others are called.
        shows: Whether the asker may see names and addresses there.
    """
    leaks: list[str] = []
    same = theirs.status == nobodys.status and theirs.said(owner) == nobodys.said(nobody)
    if not shows and theirs.asked != nobodys.asked and not same:
        leaks.append(f"{theirs.status} is not as for what never existed, {nobodys.status}")
    if not shows and MARK in theirs.text.casefold():
        leaks.append("it tells a word of the owner's")
    return leaks


Ask = Callable[[httpx.Client, Ids], Answer]


def _nothing(_: Ids) -> Any:
    return None


def _route(name: str, call: Call, body: Callable[[Ids], Any]) -> Ask:
    method, _, path = name.partition(" ")

    def ask(client: httpx.Client, ids: Ids) -> Answer:
        where = path
        for parameter, field in (call.names or {}).items():
            where = where.replace(f"{{{parameter}}}", getattr(ids, field, field))
        given: dict[str, Any] = {"params": dict(call.query(ids)) if call.query else None}
        if call.keyed:
            given["headers"] = {"idempotency-key": ids.key}
        if call.form is not None:
            given["data"] = dict(call.form)
            given["files"] = {call.file: ("a.txt", b"Led a team of 5.", "text/plain")} if call.file else None
        elif (said := body(ids)) is not None:
            given["json"] = said
        answer = client.request(method, where, **given)
        shown = f"{answer.text}\n{answer.headers.get('location', '')}"
        return Answer(f"{where} {given}", answer.status_code, shown)

    return ask


def _tool(name: str, arguments: Callable[[Ids], Any]) -> Ask:
    def ask(client: httpx.Client, ids: Ids) -> Answer:
        call = _call("tools/call", name=name, arguments=arguments(ids))
        answer = client.post("/mcp", json=call, headers=_MCP)
        failed = '"isError":true' in answer.text.replace(" ", "")
        # A tool's failure is told inside of a 200; 404 stands for it in the matrix.
        return Answer(f"{call}", 404 if failed else answer.status_code, answer.text)

    return ask


def _event(event: pages.Event, verb: str, path: Path | None = None) -> Ask:
    def ask(client: httpx.Client, ids: Ids) -> Answer:
        given = pages.said_with(ids) | ({"do": verb} if verb else {})
        answer = pages.asked(client, event, given, pages.new_session(), str(path or ""))
        return Answer(f"{given}", *answer)

    return ask


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return f"LEAK {cell.status}" if cell.leaks else str(cell.status)


def as_table(matrix: Matrix) -> str:
    """The matrix for people: an operation a line, an asker a column, the status in each cell."""
    askers = list(dict.fromkeys(cell.asker for cell in matrix.cells))
    by_place: dict[str, dict[str, Cell]] = {}
    for cell in matrix.cells:
        by_place.setdefault(cell.operation, {}).setdefault(cell.asker, cell)
    lines = ["| operation | " + " | ".join(askers) + " |", "| --- |" + " --- |" * len(askers)]
    for operation, cells in by_place.items():
        shown = [_shown(cells.get(name)) for name in askers]
        lines.append(f"| {operation} | " + " | ".join(shown) + " |")
    told = [f"{cell.operation}, {cell.asker}: {'; '.join(cell.leaks)}" for cell in matrix.leaks]
    missing = [f"no line says how to call {name}" for name in matrix.uncovered]
    operations = len(by_place)
    total = f"{operations} operations, {len(matrix.cells)} cells, {len(matrix.leaks)} leaks"
    return "\n".join([*lines, "", *told, *missing, total])
