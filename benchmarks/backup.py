"""How long it takes to back up and to restore what twenty people keep, and how much memory that needs.

    python -m benchmarks.backup [--people 20]

Each person has twenty documents, two thousand items and fifty saved drafts. Each step runs in a process of
its own, whose memory is what it needs at most. Beside it: a copy of the file by SQLite itself, which no other
database could read, and which nothing verifies.
"""

import argparse
import multiprocessing
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.killed import _databases
from store import Store, backup
from tests.store import letters
from tests.store.papers import document, item, profile, role

_DOCUMENTS, _ITEMS, _DRAFTS, _WORDS = 20, 100, 50, 10_000


def _fill(address: str, people: int) -> None:
    chance, store = random.Random(1), Store(address)
    known = [f"word{chance.randrange(10**6)}" for _ in range(_WORDS)]

    def said(count: int) -> str:
        return " ".join(chance.choices(known, k=count))

    for n in range(people):
        person = f"person {n}"
        mine = store.create(person, "Mine")
        for number in range(_DOCUMENTS):
            items = [item(said(15), "r1") for _ in range(_ITEMS)]
            store.add(person, mine, document(f"{number}", said(_WORDS)), profile(items, [role()], name="Ada"))
        for _ in range(_DRAFTS):
            evidence = profile([said(15) for _ in range(_ITEMS)])
            store.history.keep(person, letters.draft(said(40)), letters.posting(text=said(400)), evidence)
    store.close()


def _measured(step: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Seconds that a step takes, and the MiB that its process needs at most."""
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_timed, args=(there, step, arguments))
    child.start()
    seconds, size = here.recv()
    child.join()
    return seconds, size


def _timed(answer: Connection, step: Callable[..., object], arguments: tuple[object, ...]) -> None:
    started = time.monotonic()
    step(*arguments)
    seconds = time.monotonic() - started
    # Not getrusage: what it gives is inherited from the parent.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    answer.send((seconds, int(peak.split()[1]) / 1024))


def _copy(path: Path, to: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.backup", description=__doc__)
    parser.add_argument("--corpus", help="not needed; taken so that all benchmarks run alike")
    parser.add_argument("--people", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _databases() as databases:
        folder = Path(name)
        file, path = folder / "inroad.backup", folder / "full.sqlite"
        _fill(f"sqlite:///{path}", options.people)
        print(f"{options.people} people, {path.stat().st_size / 2**20:.0f} MiB in SQLite")
        seconds, size = _measured(_copy, path, folder / "copy.sqlite")
        print(f"copied by SQLite itself: {seconds:.1f} s, {size:.0f} MiB of memory")
        seconds, size = _measured(backup.back_up, f"sqlite:///{path}", file)
        packed = file.stat().st_size / 2**20
        print(f"backed up: {seconds:.1f} s, {size:.0f} MiB of memory, a file of {packed:.0f} MiB")
        for kind, address in databases.items():
            seconds, size = _measured(backup.restore, address, file)
            print(f"restored into {kind}: {seconds:.1f} s, {size:.0f} MiB of memory")
            again = folder / f"{kind}.backup"
            seconds, size = _measured(backup.back_up, address, again)
            print(f"backed up from {kind}: {seconds:.1f} s, {size:.0f} MiB of memory")


if __name__ == "__main__":
    main()
