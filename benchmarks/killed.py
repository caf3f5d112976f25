"""Whether what was acknowledged survives `kill -9`, and nothing is ever half-saved, on SQLite and PostgreSQL.

    python -m benchmarks.killed [--kills 100] [--seed 1]

A child process imports, rewrites, removes, corrects and hides as fast as it can, and says what it begins and
what was acknowledged. It is killed at a random moment. What is kept then must be exactly what was
acknowledged, with the one change that was under way or without it: each document whole or absent, no row
without its owner, and a version that counts the changes. The next child goes on from there.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from domain import Document, Evidence, Profile, Record, SourceSpan
from store import Kept, Store
from tests import postgres_stand_in as postgres

_PERSON = "visitor-killed"
_FORM = "your form"
_ORPHANS = {
    "items that stand nowhere": """SELECT count(*) FROM items i WHERE NOT EXISTS
        (SELECT 1 FROM places p WHERE p.profile = i.profile AND p.item = i.number)""",
    "places without an item": """SELECT count(*) FROM places p WHERE NOT EXISTS
        (SELECT 1 FROM items i WHERE i.profile = p.profile AND i.number = p.item)""",
    "places without a document": """SELECT count(*) FROM places p WHERE NOT EXISTS
        (SELECT 1 FROM documents d WHERE d.profile = p.profile AND d.number = p.document)""",
    "records that nobody gives": """SELECT count(*) FROM records r WHERE NOT EXISTS
        (SELECT 1 FROM record_places p WHERE p.profile = r.profile AND p.record = r.number)""",
    "items of no record": """SELECT count(*) FROM items i WHERE i.record IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM records r WHERE r.profile = i.profile AND r.number = i.record)""",
}


@dataclass
class Expected:
    """What should be kept, as far as was acknowledged."""

    documents: dict[str, list[str]] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    version: int = 0

    def after(self, change: dict[str, Any]) -> "Expected":
        """The same with one change more."""
        then = Expected(dict(self.documents), dict(self.corrected), set(self.hidden), self.version + 1)
        if "texts" in change:
            then.documents[change["name"]] = change["texts"]
        elif "remove" in change:
            del then.documents[change["remove"]]
        elif "correct" in change:
            then.corrected[change["correct"]] = change["text"]
        else:
            then.hidden.add(change["hide"])
        return then

    def difference(self, kept: Kept) -> str:
        """How what is kept differs from this; empty where it does not."""
        if kept.version != self.version:
            return f"version {kept.version}, not {self.version}"
        if {paper.document.name for paper in kept.documents} != set(self.documents):
            return "other documents"
        for name, texts in self.documents.items():
            if sorted(_said_by(kept, name)) != sorted(texts):
                return f"{name} is not whole"
        for item in kept.items:
            id_ = item.evidence.id
            if (item.evidence.text if item.corrected else None) != self.corrected.get(id_):
                return f"{id_} is not as corrected"
            if (item.state == "hidden") != (id_ in self.hidden):
                return f"{id_} is not as hidden"
        return ""


def _said_by(kept: Kept, name: str) -> Iterator[str]:
    for item in kept.items:
        if any(span.document == name for span in (item.read_from, *item.also_in)):
            yield item.original or item.evidence.text


# --- the child ---------------------------------------------------------------------------------------


def _work(address: str, profile: str, seed: int, out: int) -> None:
    """Change the profile until killed; tell `out` what begins and, in a line of its own, that it was done."""
    chance = random.Random(seed)
    store = Store(address)
    os.write(out, b"ready\n")
    while True:
        change = _choose(chance, store.load(_PERSON, profile))
        os.write(out, json.dumps(change).encode() + b"\n")
        _do(store, profile, change)
        os.write(out, b"done\n")


def _choose(chance: random.Random, kept: Kept) -> dict[str, Any]:
    names = [paper.document.name for paper in kept.documents]
    kind = chance.choice(["add", "add", "form", "remove", "correct", "hide"])
    if kind == "remove" and len(names) > 3:
        return {"remove": chance.choice(names)}
    if kind == "correct" and kept.items:
        return {"correct": chance.choice(kept.items).evidence.id, "text": f"Corrected {chance.random()}."}
    if kind == "hide" and kept.items:
        return {"hide": chance.choice(kept.items).evidence.id}
    name = _FORM if kind == "form" or len(names) > 8 else f"{chance.randrange(10**9)}.pdf"
    own = [f"Said {chance.randrange(10**9)} by {name}." for _ in range(chance.randrange(1, 400))]
    return {"name": name, "texts": [*own, *(f"Said by many, {n}." for n in range(chance.randrange(4)))]}


def _do(store: Store, profile: str, change: dict[str, Any]) -> None:
    if "texts" in change:
        store.replace(_PERSON, profile, *_read(change["name"], change["texts"]))
    elif "remove" in change:
        papers = store.load(_PERSON, profile).documents
        id_ = next(paper.id for paper in papers if paper.document.name == change["remove"])
        store.remove_document(_PERSON, profile, id_)
    elif "correct" in change:
        store.correct(_PERSON, profile, change["correct"], change["text"])
    else:
        store.hide(_PERSON, profile, change["hide"])


def _read(name: str, texts: list[str]) -> tuple[Document, Profile]:
    text = "\n".join(texts)
    document = Document(name=name, digest=sha256(text.encode()).hexdigest(), format="text", text=text)
    record = Record(id="r1", kind="role", title="Engineer", organization=name, start="2021")
    items = tuple(
        Evidence(
            id=f"e{n}",
            type="bullet",
            text=each,
            record=None if each.startswith("Said by many") else "r1",
            source=SourceSpan(document=name),
        )
        for n, each in enumerate(texts, 1)
    )
    return document, Profile(id="", name="Ada", records=(record,), evidence=items)


# --- the parent --------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What one run saw: `under_way` kills hit a change, and `kept_anyway` of these changes were kept."""

    kills: int = 0
    acknowledged: int = 0
    under_way: int = 0
    kept_anyway: int = 0


def survive(address: str, kills: int, seed: int = 1) -> Outcome:
    """Kill children that work on this database and check what is kept after each.

    Raises:
        AssertionError: when something acknowledged is gone, or something is half-saved.
    """
    chance = random.Random(seed)
    store = Store(address)
    profile = store.create(_PERSON, "Mine")
    store.close()
    expected, outcome, takes = Expected(), Outcome(), [0.05]
    for number in range(kills):
        lines = _killed_child(address, profile, chance, takes)
        changes = [json.loads(line) for line in lines if line.startswith("{")]
        done = lines.count("done")
        for change in changes[:done]:
            expected = expected.after(change)
        outcome.kills, outcome.acknowledged = number + 1, outcome.acknowledged + done
        _wait_for_the_server(address)
        store = Store(address)
        kept = store.load(_PERSON, profile)
        store.close()
        difference = expected.difference(kept)
        if len(changes) > done:
            outcome.under_way += 1
            after = expected.after(changes[done])
            if difference and not after.difference(kept):
                expected, difference = after, ""
                outcome.kept_anyway += 1
        assert not difference, f"after kill {number + 1}: {difference}"
        _check_rows(address)
    return outcome


def _killed_child(address: str, profile: str, chance: random.Random, takes: list[float]) -> list[str]:
    """The whole lines that a child wrote until it was killed: in the midst of a change, for all we know.

    Args:
        address: Of the database.
        profile: What it works on.
        chance: Says which change is hit, and when.
        takes: How many seconds changes took so far; those seen here are added.
    """
    read, write = os.pipe()
    seed, target = chance.randrange(10**9), chance.randrange(1, 5)
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            _work(address, profile, seed, write)
        finally:
            os._exit(1)  # nothing of the parent may run here
    os.close(write)
    with os.fdopen(read, "rb", buffering=0) as pipe:
        told, began = b"", 0.0
        while told.count(b"{") < target:  # no text of ours holds a brace
            more = pipe.read(65536)
            assert more, "the child ended by itself"
            told, now = told + more, time.monotonic()
            takes += [now - began] if b"done" in more and began else []
            began = now
        time.sleep(chance.uniform(0, sorted(takes)[len(takes) // 2]))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := pipe.read(65536):
            told += more
    return told.decode().split("\n")[:-1]


def _wait_for_the_server(address: str) -> None:
    """Until PostgreSQL has seen that its client is gone, a COMMIT that was sent may still be carried out."""
    if address.startswith("sqlite"):
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'inroad'"
    with psycopg.connect(address, autocommit=True) as connection:
        while connection.execute(others).fetchone() != (0,):
            time.sleep(0.005)


def _check_rows(address: str) -> None:
    if address.startswith("sqlite"):
        connection: Any = sqlite3.connect(address.removeprefix("sqlite:///"))
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    else:
        connection = psycopg.connect(address)
    for what, query in _ORPHANS.items():
        assert connection.execute(query).fetchone() == (0,), what
    connection.close()


@contextmanager
def _databases() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        addresses = {"SQLite": f"sqlite:///{Path(folder) / 'inroad.sqlite'}"}
        if reason := postgres.why_not():
            print(f"without PostgreSQL: {reason}")
            yield addresses
            return
        with postgres.Server(durable=True) as server:
            yield addresses | {"PostgreSQL": server.database()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.killed", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="not needed; taken so that all benchmarks run alike")
    parser.add_argument("--kills", type=int, default=100, help="over all databases together")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with _databases() as databases:
        for name, address in databases.items():
            started = time.monotonic()
            outcome = survive(address, -(-options.kills // len(databases)), options.seed)
            print(
                f"{name}: {outcome.kills} kills, {outcome.under_way} of them during a change "
                f"({outcome.kept_anyway} of these had been kept); all {outcome.acknowledged} acknowledged "
                f"changes there, nothing half-saved, {time.monotonic() - started:.0f} s"
            )


if __name__ == "__main__":
    main()
