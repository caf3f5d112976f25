"""The nearest evidence by meaning, wherever its vectors are; and what happens where they cannot be had."""

import logging
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import matching.chroma
from matching import Embedder
from matching.disk import Disk
from matching.embedding import Vector
from matching.index import Index
from matching.vectors import Cosines, Exact, Fault, Progress
from tests.matching.vector_stand_ins import Hashing

ROOT = Path(__file__).parents[2]
TEXTS = {f"e{number}": f"text {number}" for number in range(1, 71)}


class Broken:
    """A place that never works."""

    def sync(
        self, name: str, texts: Mapping[str, str], embedder: Embedder, progress: Progress | None
    ) -> None:
        raise Fault("broken")

    def query(self, name: str, vectors: Vector, nearest: int) -> list[Cosines]:
        raise Fault("broken")

    def repair(self, name: str, attempt: int) -> bool:
        return attempt < 2

    def drop(self, name: str) -> None:
        raise Fault("broken")


@pytest.fixture(params=["visitor", "disk", "broken"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    """An index that is used with the key of `key()`, in each place that can answer."""
    places = {"visitor": lambda: None, "disk": lambda: Disk(tmp_path / "chroma"), "broken": Broken}
    return Index(places[request.param]())


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    return "" if "visitor" in request.node.name else "person 1"


def test_the_nearest_texts_come_first_with_their_cosines(index: Index, key: str) -> None:
    embedder = Hashing()
    (near,) = index.similarities(TEXTS, ["text 7"], embedder, nearest=20, key=key)
    assert len(near) == 20
    assert next(iter(near)) == "e7"
    assert near["e7"] == pytest.approx(1, abs=1e-5)
    cosines = {id_: float(embedder.embed([t])[0] @ embedder.embed(["text 7"])[0]) for id_, t in TEXTS.items()}
    assert set(near) == set(sorted(cosines, key=lambda id_: -cosines[id_])[:20])
    assert near == pytest.approx({id_: cosines[id_] for id_ in near}, abs=1e-5)


def test_only_what_is_new_or_changed_is_embedded(index: Index, key: str) -> None:
    embedder = Hashing()
    index.similarities(TEXTS, ["q"], embedder, key=key or "person 1")
    embedder.asked.clear()
    changed = {**TEXTS, "e7": "another text", "e71": "a new text"}
    del changed["e3"]
    (near,) = index.similarities(changed, ["another text"], embedder, nearest=100, key=key or "person 1")
    if index._kept is not None:
        assert sorted(embedder.asked) == ["a new text", "another text", "another text"]
    assert near["e7"] == pytest.approx(1, abs=1e-5)
    assert near.keys() == changed.keys()


def test_a_second_match_embeds_its_lines_alone(index: Index, key: str) -> None:
    embedder = Hashing()
    index.similarities(TEXTS, ["a line"], embedder, key=key)
    embedder.asked.clear()
    index.similarities(dict(TEXTS), ["another line"], embedder, key=key)
    assert embedder.asked == ["another line"]


def test_nothing_to_compare_is_no_error(index: Index, key: str) -> None:
    assert index.similarities({}, ["n"], Hashing(), key=key) == [{}]
    assert index.similarities(TEXTS, [], Hashing(), key=key) == []
    (near,) = index.similarities({"e1": "one"}, ["one"], Hashing(), key=key)
    assert near == pytest.approx({"e1": 1}, abs=1e-5)


def test_updating_tells_how_far_it_is(index: Index, key: str) -> None:
    said: list[tuple[int, int]] = []
    texts = {f"e{number}": f"long list {number}" for number in range(600)}
    index.update(texts, Hashing(), key, lambda done, total: said.append((done, total)))
    assert [done for done, _ in said] == [256, 512, 600]
    assert {total for _, total in said} == {600}
    embedder = Hashing()
    index.similarities(texts, ["q"], embedder, key=key)
    assert embedder.asked == ["q"]


def test_a_broken_place_is_said_once_and_holds_nothing_up(caplog: pytest.LogCaptureFixture) -> None:
    index = Index(Broken())
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            (near,) = index.similarities(TEXTS, ["text 7"], Hashing(), key="person 1")
            assert near["e7"] == pytest.approx(1, abs=1e-5)
    assert len(caplog.records) == 1
    assert "text 7" not in caplog.text


def test_the_same_key_is_never_two_peoples(tmp_path: Path) -> None:
    index = Index(Disk(tmp_path))
    index.similarities(TEXTS, ["q"], Hashing(), key="person 1")
    (near,) = index.similarities({"e1": "one"}, ["text 1"], Hashing(), key="person 2")
    assert near.keys() == {"e1"}
    assert near["e1"] < 0.9


def test_visitors_leave_no_file(tmp_path: Path) -> None:
    index = Index(Disk(tmp_path / "chroma"))
    index.similarities(TEXTS, ["q"], Hashing())
    assert not (tmp_path / "chroma").exists()


def test_no_more_collections_are_kept_in_memory_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching.chroma, "KEPT_IN_MEMORY", 3)
    index = Index()
    for number in range(8):
        index.similarities({"e1": f"north {number}"}, ["n"], Hashing())
        assert index._memory._client.count_collections() <= 3
    (near,) = index.similarities({"e1": "north 0"}, ["north 0"], Hashing())
    assert near["e1"] == pytest.approx(1, abs=1e-5)


def test_more_visitors_at_once_than_are_kept_all_get_their_answer(caplog: pytest.LogCaptureFixture) -> None:
    index = Index()

    def visit(number: int) -> list[float]:
        texts = {f"e{item}": f"visitor {number} item {item}" for item in range(30)}
        return [
            index.similarities(texts, [f"visitor {number} item {turn}"], Hashing())[0][f"e{turn}"]
            for turn in range(5)
        ]

    with ThreadPoolExecutor(20) as pool:
        found = [cosine for cosines in pool.map(visit, range(20)) for cosine in cosines]
    assert found == pytest.approx([1] * 100, abs=1e-4)
    assert not caplog.records


def test_arrays_forget_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Exact()
    for number in range(20):
        place.sync(f"name {number}", TEXTS, Hashing(), None)
    with pytest.raises(Fault):
        place.query("name 0", Hashing().embed(["q"]), 5)


def test_visitors_who_come_at_once_share_one_index() -> None:
    """Chroma's own start fails when two threads begin it together, so it needs a process of its own here."""
    script = """
import threading
from matching.index import index
from tests.matching.vector_stand_ins import Hashing
barrier, found = threading.Barrier(8), []
def visit(number):
    barrier.wait()
    texts = {"e1": f"text {number}", "e2": "other"}
    found.append((index(), index().similarities(texts, [f"text {number}"], Hashing())[0]["e1"]))
threads = [threading.Thread(target=visit, args=(n,)) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
assert len({id(one) for one, _ in found}) == 1, found
assert len(found) == 8 and all(abs(cosine - 1) < 1e-4 for _, cosine in found), found
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stderr
