"""What was backed up is restored as it was, in either database, or nothing has changed."""

import json
import os
import random
import stat
import struct
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from errors import Conflict, DocumentError, StoreError
from store import Answer, Store, archive, backup
from store.archive import Manifest
from store.database import Database
from store.tables import HEAD, accounts, metadata, people
from tests import postgres_stand_in as postgres
from tests.store import letters
from tests.store.conftest import BOTH
from tests.store.papers import document, item, profile, role

ME, SIGNED_IN = "me", "account-1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "inroad.backup"


@pytest.fixture(params=BOTH)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of another database, without any tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere' / 'inroad.sqlite'}"
    server: postgres.Server = request.getfixturevalue("server")
    return server.database()


@pytest.fixture
def full(kept: Store) -> Store:
    """A store with something of everything."""
    mine = kept.create(ME, "Mine – “ü” \ud800")
    kept.add(
        ME, mine, document("a"), profile([item("Built it.", "r1"), "x y", "Else."], [role()], name="Ada")
    )
    kept.merge(ME, mine, ["e1"], "e3")  # an earlier row that points at a later one
    kept.set_contacts(ME, mine, name="Ada Byron", email="ada@analytical.example")
    first = kept.history.keep(ME, letters.draft(), letters.posting(), profile(["Built it."]))
    follows = kept.history.keep(
        ME, letters.draft(), letters.posting("Later"), profile(["Built it."]), follows=first.id
    )
    kept.history.mark(ME, first.id, state="sent")
    kept.history.copy(ME, follows.id)
    job = kept.jobs.put(ME, "read", "{}")
    kept.jobs.claim("one", ("read",))
    kept.jobs.finish(job.id, "one", result="{}")
    kept.answered.begin(ME, "key", "a" * 64)
    kept.answered.keep(ME, "key", Answer(request="a" * 64, status=200, body=b"\x00\xff"))
    kept.accounts.register("a@b.example", "a@b.example", "Ada", "hash of a password")
    kept.change_allowance("account", lambda book: book + "spent")
    return kept


def address_of(kept: Store) -> str:
    return kept._database.url.render_as_string(hide_password=False)


def rows(address: str) -> dict[str, list[Any]]:
    """Every row of every table that is backed up."""
    database = Database(address)
    with database.reading() as connection:
        found = {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in metadata.sorted_tables
            if table.name in backup.CONTENT
        }
    database.close()
    return found


# --- there and back ------------------------------------------------------------------------------------


def test_everything_is_there_again_in_either_database(full: Store, elsewhere: str, file: Path) -> None:
    before = rows(address_of(full))
    manifest = backup.back_up(address_of(full), file)
    assert manifest.rows == sum(map(len, before.values()))
    assert backup.restore(elsewhere, file).manifest == manifest
    assert rows(elsewhere) == before
    again = Store(elsewhere)
    [mine] = again.profiles(ME)
    assert again.load(ME, mine.id) == full.load(ME, mine.id)
    assert again.history.list(ME) == full.history.list(ME)
    again.set_contacts(ME, mine.id, phone="+44 1")  # numbers of contacts go on after those restored
    again.close()


def test_a_backup_is_for_its_owner_only(full: Store, file: Path) -> None:
    backup.back_up(address_of(full), file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.glob(f"{archive._BESIDE}*")) == []


def test_what_a_crash_left_of_a_backup_goes_with_the_next(full: Store, file: Path) -> None:
    for name, age in (("left", 2), ("under-way", 0)):
        folder = file.with_name(f"{archive._BESIDE}{name}")
        folder.mkdir(mode=0o700)
        (folder / "copy.sqlite").write_bytes(b"everybody's evidence")
        moment = time.time() - age * 86_400
        os.utime(folder, (moment, moment))
    backup.back_up(address_of(full), file)
    assert [each.name for each in file.parent.glob(f"{archive._BESIDE}*")] == [f"{archive._BESIDE}under-way"]


def test_one_moment_is_backed_up_while_the_app_writes(
    kept: Store, elsewhere: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = kept.create(ME, "before")
    dumped = backup._dumped
    renamed = threading.Event()

    def slowly(connection: Any, table: Any) -> Any:
        if table.name == "people":  # the first table is read, so the moment has come
            yield from dumped(connection, table)
            kept.rename(ME, mine, "after")
            kept.create("somebody-new", "Theirs")
            renamed.set()
        else:
            yield from dumped(connection, table)

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_dumped", slowly)
        backup.back_up(address_of(kept), file)
    assert renamed.is_set()
    assert kept.load(ME, mine).label == "after"
    backup.restore(elsewhere, file)
    again = Store(elsewhere)
    assert [each.label for each in again.profiles(ME)] == ["before"]
    assert again.profiles("somebody-new") == ()
    again.close()


def test_who_deletes_while_a_backup_is_made_does_not_wait(
    kept: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database._BUSY_S", 0.1)
    mine, dumped = kept.create(ME, "Mine"), backup._dumped
    emptied: list[bool] = []

    def meanwhile(connection: Any, table: Any) -> Iterator[bytes]:
        yield from dumped(connection, table)
        if table.name == "people":
            kept.remove(ME, mine)
            emptied.append(not kept._database._clear_log)

    monkeypatch.setattr(backup, "_dumped", meanwhile)
    assert backup.back_up(address_of(kept), file).rows == 2
    assert emptied == [True]


@pytest.mark.parametrize("name", ["nowhere/inroad.backup", "a\0b", ""])
def test_a_place_where_nothing_can_be_written(kept: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="cannot be written"):
        backup.back_up(address_of(kept), tmp_path / name)


def test_an_empty_database_is_restored_too(kept: Store, elsewhere: str, file: Path) -> None:
    assert backup.back_up(address_of(kept), file).tables
    backup.restore(elsewhere, file)
    fresh = Store(elsewhere)
    assert fresh.create(ME, "Mine")
    fresh.close()


def test_what_is_there_is_replaced_only_when_told_so(full: Store, elsewhere: str, file: Path) -> None:
    backup.back_up(address_of(full), file)
    other = Store(elsewhere)
    theirs = other.create("somebody", "Theirs")
    with pytest.raises(Conflict, match="--replace"):
        backup.restore(elsewhere, file)
    assert [each.label for each in other.profiles("somebody")] == ["Theirs"]
    restored = backup.restore(elsewhere, file, replace=True)
    assert restored.gone == (theirs,)
    assert rows(elsewhere) == rows(address_of(full))
    other.close()


def test_a_backup_takes_the_place_of_the_last_one_only_when_it_is_whole(
    full: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(address_of(full), file)
    before = file.read_bytes()

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full_disk)
        with pytest.raises(DocumentError, match="cannot be written"):
            backup.back_up(address_of(full), file)
    assert file.read_bytes() == before
    assert {each.name for each in file.parent.iterdir()} <= {file.name, "inroad.sqlite"} | {
        f"inroad.sqlite-{end}" for end in ("wal", "shm")
    }


# --- of an older Inroad --------------------------------------------------------------------------------


def older(full: Store, file: Path, folder: Path) -> None:
    """A backup as the Inroad of migration 0002 would have written it of the same people and profiles."""
    old = Database(f"sqlite:///{folder / 'old.sqlite'}", "0002")
    with old.writing() as connection, full._database.reading() as source:
        tables = backup._tables(connection)
        for table in tables:
            backup._fill(connection, table, lambda each: backup._dumped(source, each))
        content = ((each.name, backup._columns(each), backup._dumped(connection, each)) for each in tables)
        archive.write(file, "0002", content)
    old.close()


def test_what_an_older_inroad_backed_up_is_brought_up_to_date(
    full: Store, elsewhere: str, file: Path, tmp_path: Path
) -> None:
    older(full, file, tmp_path)
    assert backup.restore(elsewhere, file).manifest.revision == "0002"
    again = Store(elsewhere)
    [mine] = again.profiles(ME)
    assert again.load(ME, mine.id) == full.load(ME, mine.id)
    assert again.history.list(ME) == ((), None)
    assert again.history.keep(ME, letters.draft(), letters.posting(), profile(["Built it."]))
    again.close()


# --- what is no backup ---------------------------------------------------------------------------------


def rewritten(file: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> None:
    """The backup with its files changed; its manifest says what it says after the change."""
    with zipfile.ZipFile(file) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    manifest = json.loads(files["manifest.json"])
    change(files, manifest)
    files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, content in files.items():
            changed.writestr(name, content)


def of_table(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    return next(table for table in manifest["tables"] if table["name"] == name)


def tampered(files: dict[str, bytes], _: dict[str, Any]) -> None:
    files["people.jsonl"] = files["people.jsonl"].replace(b'"me"', b'"mo"')


def fewer(files: dict[str, bytes], _: dict[str, Any]) -> None:
    files["people.jsonl"] = files["people.jsonl"].split(b"\n", 1)[1]


def without_a_table(files: dict[str, bytes], _: dict[str, Any]) -> None:
    del files["jobs.jsonl"]


def without_a_table_at_all(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del files["jobs.jsonl"]
    manifest["tables"].remove(of_table(manifest, "jobs"))


def with_a_path(files: dict[str, bytes], _: dict[str, Any]) -> None:
    files["../../evil.jsonl"] = b"[]\n"


def with_a_path_in_the_manifest(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["../jobs.jsonl"] = files.pop("jobs.jsonl")
    of_table(manifest, "jobs")["name"] = "../jobs"


def with_another_column(_: dict[str, bytes], manifest: dict[str, Any]) -> None:
    of_table(manifest, "people")["columns"][0] = "evil"


def with_no_numbers(_: dict[str, bytes], manifest: dict[str, Any]) -> None:
    of_table(manifest, "people")["rows"] = -1


def without_a_manifest(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest.clear()


@pytest.mark.parametrize(
    "change",
    [
        tampered,
        fewer,
        without_a_table,
        without_a_table_at_all,
        with_a_path,
        with_a_path_in_the_manifest,
        with_another_column,
        with_no_numbers,
        without_a_manifest,
    ],
)
def test_what_was_changed_is_refused(
    full: Store, file: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]
) -> None:
    backup.back_up(address_of(full), file)
    before = rows(address_of(full))
    rewritten(file, change)
    with pytest.raises(DocumentError, match="backup"):
        backup.restore(address_of(full), file, replace=True)
    assert rows(address_of(full)) == before


@pytest.mark.parametrize("part", [0.0, 0.3, 0.99])
def test_what_was_cut_off_is_refused(full: Store, file: Path, part: float) -> None:
    backup.back_up(address_of(full), file)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
    with pytest.raises(DocumentError, match="cut off"):
        backup.restore(address_of(full), file, replace=True)
    assert full.profiles(ME)


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """The file with a bit flipped, a few bytes more or fewer, or its end gone."""
    at, some = chance.randrange(len(whole)), chance.randrange(1, 50)
    return chance.choice(
        [
            whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :],
            whole[:at] + chance.randbytes(some) + whole[at:],
            whole[:at] + whole[at + some :],
            whole[:at],
        ]
    )


def test_a_damaged_file_is_refused_unless_nothing_that_counts_is_damaged(full: Store, file: Path) -> None:
    manifest, chance = backup.back_up(address_of(full), file), random.Random(7)
    whole, refused = file.read_bytes(), 0
    for _ in range(400):
        file.write_bytes(damaged(whole, chance))
        try:
            assert (
                archive.verified(file) == manifest
            )  # it was a byte of no meaning, such as a date of the ZIP
        except DocumentError:
            refused += 1
    assert refused > 300


@pytest.mark.parametrize("kind", [NotImplementedError, struct.error, OverflowError, EOFError])
def test_whatever_a_damaged_zip_raises_is_said_plainly(
    full: Store, file: Path, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(address_of(full), file)

    def fail(*_: object) -> None:
        raise kind("zip file version 17.3")

    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", fail)
    with pytest.raises(DocumentError, match="no backup"):
        archive.verified(file)


def test_a_file_that_is_not_there(tmp_path: Path, full: Store) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(DocumentError, match="cannot be read"):
            backup.restore(address_of(full), path)


@pytest.mark.parametrize("field", ["format", "revision"])
def test_a_backup_of_a_newer_inroad_is_refused(full: Store, file: Path, field: str) -> None:
    backup.back_up(address_of(full), file)
    rewritten(file, lambda _, manifest: manifest.update({field: 99 if field == "format" else "9999"}))
    with pytest.raises(DocumentError, match="newer Inroad"):
        backup.restore(address_of(full), file, replace=True)


def test_a_bomb_is_refused_before_it_goes_off(
    full: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_SHRINKS_FREELY", 100_000)
    backup.back_up(address_of(full), file)

    def blown_up(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
        files["jobs.jsonl"] = b"[" + b" " * 10_000_000 + b"]\n"
        of_table(manifest, "jobs").update(bytes=len(files["jobs.jsonl"]))

    rewritten(file, blown_up)
    read: list[str] = []
    lines = archive.lines

    def noted(opened: Any, table: archive.TableCopy) -> Iterator[bytes]:
        read.append(table.name)
        return lines(opened, table)

    monkeypatch.setattr(archive, "lines", noted)
    with pytest.raises(DocumentError, match="was changed"):
        backup.restore(address_of(full), file, replace=True)
    assert "jobs" not in read


def test_a_row_too_long_to_be_one_is_refused(
    full: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(address_of(full), file)
    monkeypatch.setattr(archive, "LONGEST_LINE", 10)
    with pytest.raises(DocumentError, match="was changed"):
        archive.verified(file)


# --- when the last one was made ---------------------------------------------------------------------------


def test_a_database_knows_when_it_was_backed_up_and_a_restored_one_does_not(
    full: Store, elsewhere: str, file: Path
) -> None:
    assert full.figures.last_backup() is None
    manifest = backup.back_up(address_of(full), file)
    assert full.figures.last_backup() == manifest.made_at
    again = backup.back_up(address_of(full), file)
    assert full.figures.last_backup() == again.made_at
    backup.restore(elsewhere, file)
    other = Store(elsewhere)
    assert other.figures.last_backup() is None
    other.close()


def test_what_other_programs_say_of_their_backups_is_heard(kept: Store) -> None:
    """The job in the cluster says it in SQL."""
    with kept._database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO backups (made_at, bytes) VALUES ('2026-11-29 20:00:00', 5)")
    assert kept.figures.last_backup() == datetime(2026, 11, 29, 20, tzinfo=UTC)


def test_a_backup_is_good_though_the_database_cannot_note_it(
    full: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def refused(self: Database) -> Any:
        raise StoreError("The database cannot be written.")

    monkeypatch.setattr(Database, "writing", refused)
    monkeypatch.setattr(backup.log, "warning", lambda line, *values: said.append(line % values))
    assert backup.back_up(address_of(full), file) == archive.verified(file)
    assert [line for line in said if "cannot be written" in line]


# --- when something breaks -----------------------------------------------------------------------------


def test_a_failure_half_way_leaves_everything_as_it_was(
    full: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(address_of(full), file)
    full.create("somebody-new", "Theirs")
    before = rows(address_of(full))
    fill = backup._fill

    def failing(connection: Any, table: Any, lines: Any) -> None:
        if table.name == "draft_versions":
            raise StoreError("The disk of the database is full.")
        fill(connection, table, lines)

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_fill", failing)
        with pytest.raises(StoreError, match="full"):
            backup.restore(address_of(full), file, replace=True)
    assert rows(address_of(full)) == before


def test_rows_that_did_not_arrive_as_they_left_are_noticed(
    full: Store, elsewhere: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(address_of(full), file)
    row = backup._row

    def another(line: bytes, columns: Any) -> dict[str, Any]:
        found = row(line, columns)
        return found | {"label": "another"} if "label" in found else found

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_row", another)
        with pytest.raises(StoreError, match="did not keep"):
            backup.restore(elsewhere, file)
    assert all(not found for found in rows(elsewhere).values())


def test_rows_that_no_database_takes_are_refused(kept: Store, file: Path) -> None:
    names = ["created_at", "id", "seen_at"]
    orphan = {"created_at": "2026-01-01T00:00:00", "id": None, "seen_at": "2026-01-01T00:00:00"}
    line = json.dumps([orphan[name] for name in names]).encode() + b"\n"
    content = [
        (name, backup._columns(table), [line] if name == "people" else [])
        for name, table in metadata.tables.items()
        if name in backup.CONTENT
    ]
    archive.write(file, HEAD, content)
    with pytest.raises(StoreError, match="refused"):
        backup.restore(address_of(kept), file)
    for wrong in (b"{}\n", b"[1]\n", b'["x", "me", "y"]\n', b"not json\n", b"\xff\n"):
        content = [
            (name, backup._columns(table), [wrong] if name == "people" else [])
            for name, table in metadata.tables.items()
            if name in backup.CONTENT
        ]
        archive.write(file, HEAD, content)
        with pytest.raises(DocumentError, match="does not hold"):
            backup.restore(address_of(kept), file)
    assert kept.profiles(ME) == ()


def test_a_backup_says_what_it_holds(full: Store, file: Path) -> None:
    manifest = backup.back_up(address_of(full), file)
    assert archive.verified(file) == manifest == Manifest.model_validate_json(manifest.model_dump_json())
    assert {table.name: table.rows for table in manifest.tables}["accounts"] == 1
    assert {table.name for table in manifest.tables} == backup.CONTENT
    with full._database.writing() as connection:
        connection.execute(
            insert(people).values(id=SIGNED_IN, created_at=manifest.made_at, seen_at=manifest.made_at)
        )
        assert connection.execute(select(accounts)).first() is not None
    assert backup.back_up(address_of(full), file).rows == manifest.rows + 1
