"""Bringing documents: one file at a time, in order, with what is going on and what came of each."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

import outreach
from domain import Document, Profile, StepState
from errors import Cancelled, InroadError
from interface import failing, pacing
from interface.uploads import Upload
from interface.views import imports
from interface.views.imports import UNDER_WAY, Line

GLANCE = 0.15  # seconds between two pictures of the progress
MOST_LINES = 50
HELD_BYTES = 32_000_000  # of all people together, so that a document can be read again with another parser


@dataclass
class Tray:
    """The files that one page brought: whose, the profile they went into, the documents they became."""

    lines: list[Line] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    stopped: threading.Event = field(default_factory=threading.Event)
    person: str = ""
    shelf: str = ""
    documents: list[str] = field(default_factory=list)
    _keeping: threading.RLock = field(default_factory=threading.RLock)

    def put(self, names: Sequence[str]) -> range:
        """Lines for files that now wait; returns their places."""
        if not self.is_busy:
            self.stopped = threading.Event()
            self.lines = self.lines[-MOST_LINES:]
        begin = len(self.lines)
        self.lines += [Line(name) for name in names]
        return range(begin, len(self.lines))

    @property
    def is_busy(self) -> bool:
        return any(line.state in UNDER_WAY for line in self.lines)

    def is_under_way(self, place: int) -> bool:
        return place < len(self.lines) and self.lines[place].state in UNDER_WAY

    def mark(self, place: int, state: StepState, words: str = "") -> None:
        if place < len(self.lines):  # else they were cleared while a file was read
            self.lines[place] = replace(self.lines[place], state=state, words=words)

    def keep(self, place: int, stopped: threading.Event, keep: Callable[[], str]) -> None:
        """Keep what was read, unless it was stopped: after a stop, nothing of it is kept."""
        with self._keeping:
            if stopped.is_set():
                raise Cancelled
            self.mark(place, StepState.DONE, keep())

    def stop(self) -> None:
        """Leave what is not kept yet."""
        with self._keeping:
            self.stopped.set()
            for place, line in enumerate(self.lines):
                if line.state in UNDER_WAY:
                    self.mark(place, StepState.SKIPPED, "Stopped. Nothing of it was kept.")

    def empty(self) -> None:
        """Stop, and leave nothing of what was brought."""
        self.stop()
        self.lines, self.documents, self.shelf = [], [], ""

    def refuse(self, name: str, words: str) -> None:
        self.mark(self.put([name])[0], StepState.FAILED, words)

    def clear(self) -> None:
        if not self.is_busy:
            self.lines = []


class Held:
    """The bytes of recent files, in memory only, the oldest of all given up first."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, str], tuple[str, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: str, digest: str, name: str, data: bytes) -> None:
        with self._lock:
            self._files[key, digest] = (name, data)
            while sum(len(file) for _, file in self._files.values()) > HELD_BYTES:
                self._files.popitem(last=False)

    def get(self, key: str, digest: str) -> tuple[str, bytes] | None:
        return self._files.get((key, digest))

    def forget(self, key: str) -> None:
        with self._lock:
            for held in [held for held in self._files if held[0] == key]:
                del self._files[held]


@dataclass(frozen=True)
class File:
    """A file to read: its bytes once they are asked for, and then no file is left behind."""

    name: str
    contents: Callable[[], bytes]
    discard: Callable[[], object] = lambda: None


def uploaded(path: Path) -> File:
    """A file that the browser sent; it is deleted when it has been read, and when it has not."""

    upload = Upload(path)
    return File(upload.name, upload.contents, upload.discard)


Keep = Callable[[File, bytes, Document, Profile], str]


async def bring(
    tray: Tray, files: Sequence[File], keep: Keep, pool: Executor, *, parser: str = "auto"
) -> AsyncIterator[str]:
    """Read files one after another and keep what is in them; yields the panel whenever it changes.

    Args:
        tray: Where the lines stand; a page's files wait for those before them.
        files: What to read. Each is discarded whatever happens.
        keep: Keeps what was read, and says what came of it; called in a thread.
        pool: The threads.
        parser: How to read them.
    """
    places, stopped = tray.put([file.name for file in files]), tray.stopped

    def work(place: int, file: File) -> None:
        def progress(done: int, total: int) -> None:
            if stopped.is_set():
                raise Cancelled
            tray.mark(place, StepState.RUNNING, f"{done:,} of {total:,} rows")

        data = file.contents()
        document, profile = outreach.read_evidence(file.name, data, parser, progress)
        tray.keep(place, stopped, lambda: keep(file, data, document, profile))

    try:
        yield imports.panel(tray.lines)
        async with tray.turn:
            for place, file in zip(places, files, strict=True):
                if stopped.is_set():
                    return
                tray.mark(place, StepState.RUNNING)
                pending = asyncio.get_running_loop().run_in_executor(pool, work, place, file)
                async for panel in _watched(tray, place, pending):
                    yield panel
    finally:
        for file in files:
            file.discard()


async def _watched(tray: Tray, place: int, pending: "asyncio.Future[None]") -> AsyncIterator[str]:
    """The panel as it changes, until a file is done."""
    told = ""
    pending.add_done_callback(pacing.unheard)
    while not (await asyncio.wait({pending}, timeout=GLANCE if told else 0))[0]:
        if told != (now := imports.panel(tray.lines)):
            told = now
            yield told
    error = pending.exception()
    if isinstance(error, Cancelled):
        if tray.is_under_way(place):
            tray.stop()  # what it was to be kept in is gone: the others have no place either
    elif isinstance(error, InroadError):
        tray.mark(place, StepState.FAILED, str(error))
    elif error is not None:
        tray.mark(place, StepState.FAILED, failing.in_words(error))
    yield imports.panel(tray.lines)
