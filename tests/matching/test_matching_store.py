"""One collection a profile, built once, never too many."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import matching.store
from matching import Embedder
from matching.embedding import Vector
from matching.store import Store

ROOT = Path(__file__).parents[2]


class Counting(Embedder):
    """Gives each known text its own direction, and counts what it is asked to embed."""

    version = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vector:
        self.asked += texts
        rows = np.zeros((len(texts), 4), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row["nesw".index(text[0])] = 1
        return rows


@pytest.fixture
def store() -> Store:
    return Store()


def test_the_nearest_text_has_a_cosine_of_one(store: Store) -> None:
    (near,) = store.similarities({"e1": "north", "e2": "east"}, ["n"], Counting())
    assert near["e1"] == pytest.approx(1, abs=1e-5)
    assert near["e2"] == pytest.approx(0, abs=1e-5)


def test_the_same_texts_are_embedded_once(store: Store) -> None:
    embedder = Counting()
    for _ in range(3):
        store.similarities({"e1": "north"}, ["s"], embedder)
    assert embedder.asked.count("north") == 1
    assert len(store) == 1


def test_a_changed_profile_never_meets_old_vectors(store: Store) -> None:
    embedder = Counting()
    store.similarities({"e1": "north"}, ["n"], embedder)
    (near,) = store.similarities({"e1": "south"}, ["n"], embedder)
    assert near["e1"] == pytest.approx(0, abs=1e-5)


def test_no_more_collections_are_kept_than_allowed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching.store, "KEPT", 3)
    for number in range(8):
        store.similarities({"e1": f"north {number}"}, ["n"], Counting())
        assert len(store) <= 3
    (near,) = store.similarities({"e1": "north 0"}, ["n"], Counting())
    assert near["e1"] == pytest.approx(1, abs=1e-5)


def test_nothing_to_compare_is_no_error(store: Store) -> None:
    assert store.similarities({}, ["n"], Counting()) == [{}]
    assert store.similarities({"e1": "north"}, [], Counting()) == []


def test_visitors_who_come_at_once_share_one_store() -> None:
    """Chroma's own start fails when two threads begin it together, so it needs a process of its own here."""
    script = """
import threading
from matching.store import store
barrier, found = threading.Barrier(8), []
def visit():
    barrier.wait()
    found.append(store())
threads = [threading.Thread(target=visit) for _ in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
assert len(found) == 8 and len(set(map(id, found))) == 1, found
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
