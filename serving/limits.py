"""How much one request, and all of them together, may ask of this process.

What is too large, too slow or too much is answered with a problem in words, before a route sees it.
"""

import asyncio
import hashlib
import os
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts import network_of
from api import problems
from serving import page_paths

JSON_BYTES = 2_000_000  # a hundred openings of a long page, to have drafts of them all
FILE_BYTES = 10_000_000 + 100_000  # a file of 10 MB, and what a form puts around it
SEVERAL_FILES_BYTES = 50_000_000  # the page sends all files that a person chose at once
CLIENT_BYTES, CLIENT_SECONDS = 100_000_000, 600.0  # of uploads to the page from one address
HELD_BYTES = 200_000_000  # of uploads that lie on the disk and are not read yet
BODIES_BYTES = 80_000_000  # of all bodies held in memory until they are answered; half of it of one address
MOST_HEADERS, MOST_TARGET = 100, 8_000
SILENCE_S, WHOLE_BODY_S = 20.0, 120.0  # between two parts of a body; for all of it
MOST = {"requests": 300, "streams": 100, "pages": 500, "sign-ins": 300}
"""Requests under way, of each kind: short ones, the page's drafts as they are written, open pages, and who
waits in the line of `accounts.door`, which has an end of its own: a storm there takes nobody else's place."""
MOST_OF_ONE = {"requests": 50, "streams": 50, "pages": 250, "sign-ins": 250}
"""How many of these one address may have, so that nobody alone takes all places."""
_MOST_CLIENTS = 10_000
_FILES = b"multipart/form-data"  # routes take files in forms alone
_UPLOAD = "/gradio_api/upload"
_AT_THE_DOOR = "/api/v1/account"
_EXEMPT = ("/health", "/metrics")


class Limits:
    """Bounds on bodies, headers, slowness and requests under way, in all and of one address.

    Args:
        app: What answers.
        under_way: How many requests of each kind there are, kept up to date here.
    """

    def __init__(self, app: ASGIApp, under_way: dict[str, int]) -> None:
        self.app = app
        self._uploads = _Uploads()
        self._under_way = under_way
        self._of_one: Counter[tuple[str, str]] = Counter()
        self._room = _Room(BODIES_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = _malformed(scope) or self._too_many(scope) or self._too_large(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        kind, place = _kind(scope), _place(scope)
        self._under_way[kind] = self._under_way.get(kind, 0) + 1
        self._of_one[kind, place] += 1
        is_upload = scope["path"] == _UPLOAD  # Gradio puts it on the disk as it comes
        room = None if is_upload else self._room
        body = _Body(_most(scope), place, room, receive, send)
        try:
            await self.app(scope, body.receive, body.send)
        finally:
            self._under_way[kind] -= 1
            self._of_one[kind, place] -= 1
            if not self._of_one[kind, place]:
                del self._of_one[kind, place]
            if room is not None:
                room.give_back(place, body.bytes)
            else:
                self._uploads.note(scope, body.bytes)

    def _too_many(self, scope: Scope) -> JSONResponse | None:
        if scope["path"].startswith(_EXEMPT):
            return None
        kind = _kind(scope)
        if self._of_one[kind, _place(scope)] >= MOST_OF_ONE[kind]:
            return _busy("Too much is asked for from your address at this moment.")
        return _busy() if self._under_way.get(kind, 0) >= MOST[kind] else None

    def _too_large(self, scope: Scope) -> JSONResponse | None:
        announced = _announced(scope)
        if announced > _most(scope):
            return _large(_most(scope))
        return self._uploads.refusal(scope) if scope["path"] == _UPLOAD else None


@dataclass
class _Room:
    """Bytes of memory that bodies may take together, half of them those of one place."""

    most: int
    taken: Counter[str] = field(default_factory=Counter)

    def take(self, place: str, size: int) -> bool:
        """Whether there was so much left; it is taken either way, until it is given back."""
        self.taken[place] += size
        return self.taken[place] <= self.most / 2 and self.taken.total() <= self.most

    def give_back(self, place: str, size: int) -> None:
        self.taken[place] -= size
        if not self.taken[place]:
            del self.taken[place]


@dataclass
class _Body:
    """A body on its way in, counted as it comes: what was announced need not be true.

    Routes take an error while reading for a fault of the body's form, so the true answer replaces theirs.
    """

    most: int
    place: str
    room: _Room | None
    from_client: Receive
    to_client: Send
    bytes: int = 0
    whole: bool = False
    began: float = field(default_factory=time.monotonic)
    refusal: JSONResponse | None = None
    answered: bool = False
    told: bool = False

    async def receive(self) -> Message:
        if self.whole:
            return await self.from_client()
        if self.refusal is not None:
            return {"type": "http.disconnect"}
        left = min(SILENCE_S, self.began + WHOLE_BODY_S - time.monotonic())
        try:
            message = await asyncio.wait_for(self.from_client(), max(left, 0.001))
        except TimeoutError:
            self.refusal = problems.answer(
                408, "This request took too long to arrive.", "Send it again.", "slow"
            )
            return {"type": "http.disconnect"}
        if message["type"] == "http.request":
            size = len(message.get("body", b""))
            self.bytes += size
            self.whole = not message.get("more_body", False)
            has_room = self.room is None or self.room.take(self.place, size)
            if self.bytes > self.most or not has_room:
                self.whole, self.refusal = False, _large(self.most) if has_room else _busy()
                return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        if self.refusal is None or self.answered:
            self.answered = self.answered or message["type"] == "http.response.start"
            await self.to_client(message)
        elif not self.told:
            self.told = True
            await self.refusal({"type": "http"}, self.from_client, self.to_client)


class _Uploads:
    """What was sent to the page's own upload, which is open to anybody: bounded a client, and in all."""

    def __init__(self) -> None:
        self._salt = os.urandom(16)  # so that what is kept of a client is no address
        self._sent: OrderedDict[bytes, list[tuple[float, int]]] = OrderedDict()

    def refusal(self, scope: Scope) -> JSONResponse | None:
        known = self._sent.get(self._client(scope), [])
        since = time.monotonic() - CLIENT_SECONDS
        if sum(size for at, size in known if at > since) > CLIENT_BYTES:
            title = "Too many files came from here in the last minutes."
            headers = {"retry-after": str(int(CLIENT_SECONDS))}
            return problems.answer(429, title, "Try again in ten minutes.", "too-many", headers=headers)
        if _held(Path(os.environ.get("GRADIO_TEMP_DIR", ""))) > HELD_BYTES:
            title = "There is no room for files at this moment."
            return problems.answer(507, title, "Try again in some minutes.", "full")
        return None

    def note(self, scope: Scope, size: int) -> None:
        client, now = self._client(scope), time.monotonic()
        recent = [(at, n) for at, n in self._sent.pop(client, []) if at > now - CLIENT_SECONDS]
        self._sent[client] = [*recent[-200:], (now, size)]
        while len(self._sent) > _MOST_CLIENTS:
            self._sent.popitem(last=False)

    def _client(self, scope: Scope) -> bytes:
        return hashlib.blake2b(_place(scope).encode(), key=self._salt, digest_size=8).digest()


def _held(folder: Path) -> int:
    """Bytes in the folder of uploads; 0 where there is none."""
    sizes = 0
    for place, _, files in os.walk(folder):
        for file in files:
            try:
                sizes += (Path(place) / file).stat().st_size
            except OSError:  # it was taken meanwhile
                continue
    return sizes


def _malformed(scope: Scope) -> JSONResponse | None:
    if len(scope["headers"]) > MOST_HEADERS:
        return problems.answer(431, "This request has too many headers.", kind="too-large")
    if len(scope["raw_path"] or b"") + len(scope["query_string"]) > MOST_TARGET:
        return problems.answer(414, "This address is too long.", kind="too-large")
    return None


def _place(scope: Scope) -> str:
    """Where a request comes from, as far as others count it as one."""
    return network_of(scope["client"][0]) if scope.get("client") else ""


def _kind(scope: Scope) -> str:
    if scope["path"].startswith(_AT_THE_DOOR) and scope["method"] != "GET":
        return "sign-ins"
    name = page_paths.name_of(scope["method"], scope["path"])
    return {page_paths.PAGE: "pages", page_paths.STREAM: "streams"}.get(name, "requests")


def _most(scope: Scope) -> int:
    """Bytes that the body of a request may have."""
    if scope["path"] == _UPLOAD:
        return SEVERAL_FILES_BYTES
    kind = next((value.lower() for name, value in scope["headers"] if name.lower() == b"content-type"), b"")
    return FILE_BYTES if kind.startswith(_FILES) else JSON_BYTES


def _announced(scope: Scope) -> int:
    said = next((value for name, value in scope["headers"] if name.lower() == b"content-length"), b"0")
    return int(said) if said.isdigit() and len(said) < 20 else 0


def _busy(title: str = "Too many people ask for something at this moment.") -> JSONResponse:
    return problems.answer(503, title, "Try again shortly.", "busy", headers={"retry-after": "5"})


def _large(most: int) -> JSONResponse:
    title = f"This is too large: at most {most // 1_000_000} MB are taken here."
    return problems.answer(413, title, "Send less.", "too-large")
