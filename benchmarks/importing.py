"""Time and memory to import a portfolio into the store, beside plain SQL for the same rows in the same run.

    python -m benchmarks.importing [--rows 5000]

The baseline is what the store must at least do: `executemany` of the same rows of `places` (one table, a key,
no checks of who owns what, nothing folded) into a SQLite file with the same settings. Every time is that of
one call, from a profile in memory until the commit is on the disk, with the processor time of this process
beside it. Peaks are of fresh processes.
"""

import argparse
import csv
import io
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import profiles
from domain import Document, Profile
from store import Store
from tests import postgres_stand_in as postgres

_ME = "visitor-importing"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.importing", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="not needed; taken so that all benchmarks run alike")
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--peak", choices=["read", "import"], help="print the peak of this process in KiB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.peak:
            _print_peak(options.rows, Path(folder), options.peak)
            return
        document, profile = _portfolio(options.rows)
        print(f"{options.rows:,} rows, {len(profile.evidence):,} items, {len(profile.records):,} records")
        print(f"plain executemany, SQLite: {_plain(Path(folder) / 'plain.sqlite', profile)}")
        with ExitStack() as stack:
            addresses = {"SQLite": f"sqlite:///{Path(folder) / 'store.sqlite'}"}
            if reason := postgres.why_not():
                print(f"without PostgreSQL: {reason}")
            else:
                server = stack.enter_context(postgres.Server(durable=True))
                addresses["PostgreSQL"] = server.database()
            for name, address in addresses.items():
                _print_times(name, address, document, profile)
    peaks = [_peak_of(options.rows, what) for what in ("read", "import")]
    print(f"peak of a process that reads the file: {peaks[0]:,} KiB, and imports it: {peaks[1]:,} KiB")


def _portfolio(rows: int) -> tuple[Document, Profile]:
    """A portfolio of invented projects, as its reader hands it over."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(["Project", "Techstack", "Description", "Links"])
    stacks = ("Python, FastAPI, PostgreSQL", "Go, gRPC, Redis", "React, TypeScript", "Kotlin, Android")
    for n in range(rows - 1):  # the reader counts the header as a row
        told = f"A service that answers {n + 3} questions a second for harbour number {n}."
        table.writerow([f"Project {n}", stacks[n % 4], told, f"https://work.example/{n}"])
    data = file.getvalue().encode()
    read = profiles.read_portfolio(data, "portfolio.csv")
    profile = Profile(id="", name="Ada Okafor", records=read.records, evidence=read.evidence)
    digest = sha256(data).hexdigest()
    return Document(name="portfolio.csv", digest=digest, format="CSV", text=data.decode()), profile


def _print_times(name: str, address: str, document: Document, profile: Profile) -> None:
    store = Store(address)
    mine = store.create(_ME, "Mine")
    changed = document.model_copy(update={"name": "copy.csv", "digest": "1" * 64})
    times = {
        "import": _timed(lambda: store.add(_ME, mine, document, profile)),
        "again, unchanged": _timed(lambda: store.add(_ME, mine, document, profile)),
        "a second file that says the same": _timed(lambda: store.add(_ME, mine, changed, profile)),
        "load": _timed(lambda: store.load(_ME, mine)),
        "confirm one": _timed(lambda: store.confirm(_ME, mine, "e7")),
        "list profiles": _timed(lambda: store.profiles(_ME)),
        "delete the person": _timed(lambda: store.delete_person(_ME)),
    }
    store.close()
    for what, told in times.items():
        print(f"{name}, {what}: {told}")


def _plain(path: Path, profile: Profile) -> str:
    connection = sqlite3.connect(path)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(
        "CREATE TABLE places (profile TEXT, document INTEGER, position INTEGER, item INTEGER, text TEXT, "
        "links TEXT, source TEXT, place TEXT, confidence REAL, PRIMARY KEY (profile, document, position))"
    )

    def insert() -> None:
        rows = (
            ("mine", 1, n, n, x.text, " ".join(x.links), x.source.document, x.source.place, x.confidence)
            for n, x in enumerate(profile.evidence)
        )
        with connection:
            connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    seconds = _timed(insert)
    connection.close()
    return seconds


def _timed(work: Callable[[], object]) -> str:
    started, worked = time.perf_counter(), time.process_time()
    work()
    return f"{time.perf_counter() - started:.2f} s ({time.process_time() - worked:.2f} s of this process)"


def _peak_of(rows: int, what: str) -> int:
    command = [sys.executable, "-m", "benchmarks.importing", "--rows", str(rows), "--peak", what]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _print_peak(rows: int, folder: Path, what: str) -> None:
    document, profile = _portfolio(rows)
    if what == "import":
        store = Store(f"sqlite:///{folder / 'peak.sqlite'}")
        mine = store.create(_ME, "Mine")
        store.add(_ME, mine, document, profile)
        store.load(_ME, mine)
    # Not `ru_maxrss`, which a process inherits from the one that started it.
    status = Path("/proc/self/status").read_text()
    print(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    main()
