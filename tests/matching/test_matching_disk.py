"""The index on disk: built once, mended whatever happens to its files, and gone when it is dropped."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import product
from pathlib import Path

import pytest

import matching.disk
from benchmarks.killed_index import kill_often
from errors import Cancelled
from matching.disk import Disk
from matching.index import Index
from matching.vectors import digest
from tests.matching.vector_stand_ins import Hashing, direction, files_that_hold

ROOT = Path(__file__).parents[2]
TEXTS = {f"e{number}": f"moved {number} services" for number in range(1, 101)}
LINE = "moved 7 services"


class Opened:
    """An index over a folder, closed and opened again at will, as by one process after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.disk = Disk(folder)
        self.index = Index(self.disk)

    def again(self) -> None:
        self.disk.close()
        self.disk = Disk(self.folder)
        self.index = Index(self.disk)

    def ask(self, key: str = "person", version: str = "hashing", dimensions: int = 384) -> list[str]:
        """Match once, check the answer, and return which texts had to be embedded."""
        embedder = Hashing(dimensions)
        embedder.version = version
        (near,) = self.index.similarities(TEXTS, [LINE], embedder, key=key)
        assert len(near) == 60
        assert near["e7"] == pytest.approx(1, abs=1e-5)
        return embedder.asked[1:]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    made = Opened(tmp_path / "chroma")
    yield made
    made.disk.close()


def test_the_next_process_embeds_nothing(opened: Opened) -> None:
    assert len(opened.ask()) == 100
    opened.again()
    assert opened.ask() == []
    assert opened.index.is_kept("person")


def test_no_text_is_in_the_files(opened: Opened) -> None:
    opened.ask()
    opened.disk.close()
    for path in opened.folder.rglob("*"):
        if path.is_file():
            assert b"services" not in path.read_bytes()
            assert b"person" not in path.read_bytes()


def test_what_was_embedded_before_a_stop_is_kept(opened: Opened) -> None:
    def stop(done: int, total: int) -> None:
        if done >= 512:
            raise Cancelled

    many = {f"e{number}": f"built {number}" for number in range(700)}
    with pytest.raises(Cancelled):
        opened.index.update(many, Hashing(), "person", stop)
    opened.again()
    embedder = Hashing()
    opened.index.update(many, embedder, "person")
    assert len(embedder.asked) == 700 - 512


def segment(folder: Path) -> Path:
    return next(path for path in (folder / "chroma").iterdir() if path.is_dir())


def garbage(path: Path, start: int = 0) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(start)
        file.write(random.Random(1).randbytes(size - start))


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replace_by_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("x")


def run_sql(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / SQLITE, isolation_level=None)) as database:
        database.execute(statement)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


SQLITE = "chroma/chroma.sqlite3"
DAMAGE: dict[str, Callable[[Path], object]] = {
    "all gone": shutil.rmtree,
    "Chroma's files gone": lambda folder: shutil.rmtree(folder / "chroma"),
    "SQLite file gone": lambda folder: (folder / SQLITE).unlink(),
    "SQLite file empty": lambda folder: os.truncate(folder / SQLITE, 0),
    "SQLite file cut": lambda folder: cut(folder / SQLITE),
    "SQLite file garbage": lambda folder: garbage(folder / SQLITE),
    "SQLite file half garbage": lambda folder: garbage(folder / SQLITE, 40_000),
    "a folder for the SQLite file": lambda folder: replace_by_folder(folder / SQLITE),
    "a file for the folder": lambda folder: replace_by_file(folder / "chroma"),
    "collection gone": lambda folder: run_sql(folder, "DELETE FROM collections"),
    "records gone": lambda folder: run_sql(folder, "DELETE FROM embeddings WHERE id % 2"),
    "a table gone": lambda folder: run_sql(folder, "DROP TABLE segments"),
    "index gone": lambda folder: shutil.rmtree(segment(folder)),
    "seals gone": lambda folder: shutil.rmtree(folder / "seals"),
    "seals garbage": lambda folder: [path.write_bytes(b"\xff\x00") for path in (folder / "seals").iterdir()],
    "lock garbage": lambda folder: (folder / "lock").write_bytes(random.Random(1).randbytes(5000)),
}
HARM: dict[str, Callable[[Path], object]] = {"gone": Path.unlink, "garbage": garbage, "cut": cut}
INDEX_FILES = ("data_level0.bin", "header.bin", "length.bin", "link_lists.bin", "index_metadata.pickle")


def harm_index(folder: Path, name: str, harm: Callable[[Path], object]) -> None:
    harm(segment(folder) / name)


for _name, (_what, _harm) in product(INDEX_FILES, HARM.items()):
    DAMAGE[f"{_name} {_what}"] = partial(harm_index, name=_name, harm=_harm)


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_built_again(opened: Opened, damage: str) -> None:
    opened.ask()
    opened.disk.close()
    DAMAGE[damage](opened.folder)
    opened.again()
    opened.ask()
    assert opened.index.is_kept("person"), "another place answered"
    opened.again()
    assert opened.ask() == [], "it was not mended for good"


@pytest.mark.parametrize("damage", ["all gone", "index gone", "data_level0.bin gone", "SQLite file gone"])
def test_what_is_damaged_while_it_is_used_costs_no_answer(opened: Opened, damage: str) -> None:
    opened.ask()
    DAMAGE[damage](opened.folder)
    for key in ("person", "another", "person"):
        opened.ask(key)
    opened.again()
    opened.ask()
    opened.ask("another")


def test_vectors_of_another_version_are_not_mixed_in(opened: Opened) -> None:
    opened.ask(version="older")
    assert len(opened.ask(version="newer")) == 100
    opened.again()
    assert opened.ask(version="newer") == []


def test_vectors_of_another_length_are_replaced(opened: Opened) -> None:
    opened.ask(dimensions=256)
    opened.again()
    assert len(opened.ask(dimensions=384)) == 100
    assert opened.index.is_kept("person")


def test_a_folder_that_cannot_be_used_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = Index(Disk(tmp_path / "file" / "chroma"))
    for _ in range(2):
        (near,) = index.similarities(TEXTS, [LINE], Hashing(), key="person")
        assert near["e7"] == pytest.approx(1, abs=1e-5)


def test_killed_again_and_again_it_still_answers_right(tmp_path: Path) -> None:
    found = kill_often("ours", tmp_path, kills=10)
    assert found["kept"] + found["rebuilt"] == 10, found


def test_more_profiles_than_are_loaded_at_once(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chroma loses an index that it has not written when it makes room for another."""
    monkeypatch.setattr(matching.disk, "LOADED", 2)
    for _ in range(2):
        for number in range(6):
            one = {"e1": f"only {number}"}
            (near,) = opened.index.similarities(one, [f"only {number}"], Hashing(), key=f"one {number}")
            assert near["e1"] == pytest.approx(1, abs=1e-5)
            opened.ask(f"person {number}")
    assert not opened.index._warned


def test_chroma_is_told_how_many_indexes_to_load(opened: Opened) -> None:
    opened.ask()
    assert opened.disk._client._server.hnsw_cache_size == matching.disk.LOADED


# --- two processes -----------------------------------------------------------------------------------


SECOND = """
import sys
from pathlib import Path
from matching.disk import Disk
from matching.index import Index
from tests.matching.test_matching_disk import LINE, TEXTS
from tests.matching.vector_stand_ins import Hashing
index = Index(Disk(Path(sys.argv[1])))
if sys.argv[2] == "drop":
    index.drop("person")
else:
    (near,) = index.similarities(TEXTS, [LINE], Hashing(), key="person")
    assert abs(near["e7"] - 1) < 1e-4
    print(index.is_kept("person"))
"""


def second(folder: Path, what: str) -> str:
    command = [sys.executable, "-c", SECOND, str(folder), what]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_a_second_process_keeps_its_own_in_memory(opened: Opened) -> None:
    opened.ask()
    before = {path: path.stat().st_mtime_ns for path in opened.folder.rglob("*")}
    assert second(opened.folder, "ask") == "False"
    assert {path: path.stat().st_mtime_ns for path in opened.folder.rglob("*")} == before
    assert opened.ask() == []
    opened.disk.close()
    assert second(opened.folder, "ask") == "True"


def test_what_a_second_process_drops_is_gone_at_the_next_use(opened: Opened) -> None:
    opened.ask()
    opened.ask("another")
    second(opened.folder, "drop")
    assert opened.ask("another") == []
    assert not opened.index.is_kept("person")
    assert not list((opened.folder / "dropped").iterdir())


# --- delete everything -------------------------------------------------------------------------------


def test_nothing_of_a_dropped_profile_is_left_in_the_files(opened: Opened) -> None:
    gone = {f"e{number}": f"secret {number}" for number in range(50)}
    opened.ask("another")
    opened.index.similarities(gone, [LINE], Hashing(), key="person")
    # Changed and removed before, so that old vectors have had a chance to stay behind.
    opened.index.similarities({**gone, "e7": "changed"}, [LINE], Hashing(), key="person")
    opened.index.similarities({id_: gone[id_] for id_ in list(gone)[5:]}, [LINE], Hashing(), key="person")
    everything = [*gone.values(), "changed"]
    assert any(files_that_hold(opened.folder, direction(text)) for text in everything), "the look is blind"
    opened.index.drop("person")
    for _ in range(2):
        for text in everything:
            assert files_that_hold(opened.folder, direction(text)) == []
        data = b"".join(path.read_bytes() for path in opened.folder.rglob("*") if path.is_file())
        assert not any(digest(text).encode() in data for text in everything)
        assert not any(text.encode() in data for text in everything)
        opened.disk.close()
    opened.again()
    assert opened.ask("another") == [], "another profile was dropped with it"


def test_what_another_process_deleted_goes_and_the_rest_stays(opened: Opened) -> None:
    opened.ask()
    opened.ask("another")
    assert opened.index.keep_only(["another", "never used here"]) == 1
    assert files_that_hold(opened.folder, direction("moved 7 services")) != [], "of the other one"
    assert opened.ask("another") == []
    assert opened.ask() != [], "should it be there after all, it is built again"
    opened.again()
    assert opened.index.keep_only([]) == 0, "nothing is opened for it"
    opened.ask("another")
    assert opened.index.keep_only([]) == 2
    assert files_that_hold(opened.folder, direction("moved 7 services")) == []


def test_who_still_holds_a_dropped_profile_leaves_nothing_behind(opened: Opened) -> None:
    opened.ask()
    opened.index.drop("person")
    assert opened.ask(), "matching goes on, in memory"
    opened.again()
    assert not opened.index.is_kept("person")


def test_dropping_what_was_never_there_is_no_error(opened: Opened) -> None:
    opened.index.drop("nobody")
    opened.ask()
    opened.index.drop("nobody")
    assert opened.ask() == []


def test_a_damaged_index_is_dropped_too(opened: Opened) -> None:
    opened.ask()
    opened.disk.close()
    garbage(opened.folder / "chroma/chroma.sqlite3", 40_000)
    opened.again()
    opened.index.drop("person")
    assert files_that_hold(opened.folder, direction("moved 8 services")) == []
