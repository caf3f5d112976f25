"""Opening, moving up, failing and forgetting: what the databases do, and what is said about it."""

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

import settings
import store
from errors import InroadError, NotFound, StoreError
from store import Store
from store.backup import back_up
from store.database import Database, _plain
from store.keeping import opened
from store.tables import HEAD, SINCE, metadata, profiles
from tests import postgres_stand_in as postgres
from tests.store.papers import document, item, profile, role

ME = "me"
ROOT = Path(__file__).parents[2]


# --- opening and moving up ---------------------------------------------------------------------------


def test_migrations_make_the_tables_that_the_code_uses(new_address: str) -> None:
    database = Database(new_address)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, metadata) == []
    database.close()
    config = Config()
    config.set_main_option("script_location", str(ROOT / "store" / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or name != "works_since"


def test_many_open_a_new_database_at_once(new_address: str) -> None:
    script = "import sys, store; print(store.Store(sys.argv[1]).create('me', 'Mine'))"
    command = [sys.executable, "-c", script, new_address]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * 3, answers
    assert {each.id for each in Store(new_address).profiles(ME)} == {out.strip() for out, _ in answers}


def _moved_on(address: str, since: str) -> None:
    """As a newer Inroad leaves a database, which says since which migration programs work with it."""
    database = Database(address)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql(f"UPDATE works_since SET revision = '{since}'")
    database.close()


def test_a_database_of_a_newer_program_is_left_alone(new_address: str) -> None:
    _moved_on(new_address, "9998")
    with pytest.raises(StoreError, match="newer Inroad"):
        Store(new_address)


def test_one_that_only_added_is_served_on(new_address: str, tmp_path: Path) -> None:
    """So an older image serves while a newer one is rolled out, and can be gone back to."""
    _moved_on(new_address, HEAD)
    store = Store(new_address)
    store.create(ME, "Mine")
    store.ping()
    assert len(store.profiles(ME)) == 1
    store.close()
    with pytest.raises(StoreError, match="newer Inroad"):  # as what it does not know would be missing
        back_up(new_address, tmp_path / "backup")


def test_a_program_since_which_it_works_finds_all_that_it_uses(tmp_path: Path) -> None:
    then, now = (_columns(f"sqlite:///{tmp_path / each}.sqlite", each) for each in (SINCE, HEAD))
    assert {key: kind for key, (kind, _) in now.items() if key in then} == {k: v[0] for k, v in then.items()}
    tables = {table for table, _ in then}
    unfilled = [key for key, (_, may_be_left_out) in now.items() if key not in then and not may_be_left_out]
    assert [key for key in unfilled if key[0] in tables] == []


def _columns(address: str, revision: str) -> dict[tuple[str, str], tuple[str, bool]]:
    """By table and name: the type, and whether a row may be written without it."""
    database = Database(address, revision)
    with database.reading() as connection:
        looked = sqlalchemy.inspect(connection)
        found = {
            (table, column["name"]): (
                str(column["type"]),
                bool(column["nullable"] or column["default"] is not None),
            )
            for table in looked.get_table_names()
            for column in looked.get_columns(table)
        }
    database.close()
    return found


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense", "no address"),
        ("mysql://localhost/x", "kind of database"),
        ("sqlite://", "names no file"),
        ("postgresql://ada:secret@localhost:1/x", "cannot be reached"),
        ("postgres://ada:secret@localhost:1/x", "cannot be reached"),
        ("sqlite:////proc/nowhere/inroad.sqlite", "cannot be opened"),
    ],
)
def test_what_cannot_be_opened_is_said_plainly(address: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as failure:
        Store(address)
    assert "secret" not in str(failure.value)
    assert failure.value.advice


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "inroad.sqlite"
    path.write_bytes(b"no database " * 100)
    with pytest.raises(StoreError, match="no database, or is damaged"):
        Store(f"sqlite:///{path}")


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "inroad.sqlite"
    Store(f"sqlite:///{path}").create(ME, "Mine")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in path.parent.iterdir())


def test_the_store_of_a_process_is_opened_once(tmp_path: Path) -> None:
    config = settings.Settings(data_dir=tmp_path)
    opened = store.open_store(config)
    assert store.open_store(config) is opened
    assert (tmp_path / "inroad.sqlite").exists()
    other = settings.Settings(
        data_dir=tmp_path, database_url=SecretStr(f"sqlite:///{tmp_path / 'other.sqlite'}")
    )
    assert store.open_store(other) is not opened


def test_importing_the_store_loads_no_database_code() -> None:
    script = "import sys, store; print({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_opening_a_current_database_loads_no_alembic(address: str) -> None:
    script = "import sys, store; store.Store(sys.argv[1]); print('alembic' in sys.modules)"
    command = [sys.executable, "-c", script, address]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# --- every statement asks whose it is ----------------------------------------------------------------


def test_no_statement_touches_a_profile_without_asking_whose_it_is(kept: Store) -> None:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(" ".join(statement.split()))

    engine = kept._database._engine
    event.listen(engine, "before_cursor_execute", note)
    mine = kept.create(ME, "Mine")
    kept.add(ME, mine, document("a"), profile([item("Built it.", "r1"), "x y"], [role()], name="Ada"))
    kept.add(ME, mine, document("a", parser="b", digest=document("a").digest), profile(["x y"], name="B"))
    kept.correct(ME, mine, "e2", "Built them.")
    kept.merge(ME, mine, ["e2"], "e2")
    kept.set_contacts(ME, mine, name="Ada")
    kept.remove_document(ME, mine, "d1")
    kept.load(ME, mine)
    kept.profiles(ME)
    kept.remove(ME, mine)
    event.remove(engine, "before_cursor_execute", note)
    touching = [x for x in seen if x.startswith(("SELECT", "UPDATE", "DELETE")) and "FROM alembic" not in x]
    assert len(touching) > 30
    assert [statement for statement in touching if "profiles.person = " not in statement] == []


# --- two at once -------------------------------------------------------------------------------------


def test_imports_at_once_come_out_as_if_one_after_the_other(kept: Store) -> None:
    mine = kept.create(ME, "Mine")
    shared = [item(f"Thing {n}.", "r1") for n in range(20)]

    def add(n: int) -> store.Added:
        read = profile([*shared, item(f"Only {n}.", "r1")], [role()], name=f"Ada {n}")
        return kept.add(ME, mine, document(f"{n}.pdf"), read)

    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(add, range(8)))
    assert sorted(each.document_id for each in added) == [f"d{n}" for n in range(1, 9)]
    assert sorted(each.new for each in added) == [1] * 7 + [21]
    loaded = kept.load(ME, mine)
    assert loaded.version == 8
    assert len(loaded.items) == 28
    assert len(loaded.profile.records) == 1
    assert all(len(each.also_in) == 7 for each in loaded.items if "Thing" in each.evidence.text)
    first = next(each for each in loaded.documents if each.id == "d1")
    assert loaded.profile.name == f"Ada {first.document.name.removesuffix('.pdf')}"


def test_the_same_file_twice_at_once_is_kept_once(kept: Store) -> None:
    mine = kept.create(ME, "Mine")
    with ThreadPoolExecutor(6) as pool:
        added = list(pool.map(lambda _: kept.add(ME, mine, document(), profile(["Built it."])), range(6)))
    assert sorted(each.unchanged for each in added) == [False] + [True] * 5


def test_what_is_appended_at_once_is_all_there(kept: Store) -> None:
    mine = kept.create(ME, "Mine")

    def append(n: int) -> store.Added:
        return kept.append(ME, mine, document("own", ""), item(f"Thing {n}."))

    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(append, range(16)))
    loaded = kept.load(ME, mine)
    assert {each.item_id for each in added} == {each.evidence.id for each in loaded.items}
    [paper] = loaded.documents
    assert sorted(paper.document.text.splitlines()) == sorted(f"Thing {n}." for n in range(16))


def test_one_moment_is_loaded_while_others_change_it(kept: Store) -> None:
    mine = kept.create(ME, "Mine")
    done = threading.Event()

    def rewrite() -> None:
        for n in range(25):
            kept.replace(ME, mine, document("your form", str(n)), profile([f"{n} a", f"{n} b"], name=str(n)))
        done.set()

    writer = threading.Thread(target=rewrite)
    writer.start()
    while not done.is_set():
        loaded = kept.load(ME, mine)
        if loaded.items:
            n = loaded.documents[0].document.text
            assert [each.evidence.text for each in loaded.items] == [f"{n} a", f"{n} b"]
            assert loaded.profile.name == n
    writer.join()


# --- when something breaks ---------------------------------------------------------------------------


@pytest.fixture
def file_store(empty_file: Path, tmp_path: Path) -> tuple[Store, Path]:
    path = tmp_path / "inroad.sqlite"
    path.write_bytes(empty_file.read_bytes())
    return Store(f"sqlite:///{path}"), path


def test_a_full_disk_leaves_nothing_half_saved(file_store: tuple[Store, Path]) -> None:
    kept, _ = file_store
    mine = kept.create(ME, "Mine")
    kept.add(ME, mine, document("a"), profile(["Built it."]))
    before = kept.load(ME, mine)
    with kept._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def no_room(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {pages + 5}")

    event.listen(kept._database._engine, "connect", no_room)
    kept._database._engine.dispose()
    with pytest.raises(StoreError, match="disk of the database is full"):
        kept.add(ME, mine, document("b"), profile([f"Thing {n} of many, many more." for n in range(2_000)]))
    assert kept.load(ME, mine) == before
    event.remove(kept._database._engine, "connect", no_room)
    kept._database._engine.dispose()
    assert kept.add(ME, mine, document("b"), profile(["Else."])).new == 1


def test_a_file_that_cannot_be_written(file_store: tuple[Store, Path]) -> None:
    kept, _ = file_store
    mine = kept.create(ME, "Mine")

    def read_only(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA query_only = ON")  # what root sees where others see a read-only file

    event.listen(kept._database._engine, "connect", read_only)
    kept._database._engine.dispose()
    with pytest.raises(StoreError, match="cannot be written") as failure:
        kept.add(ME, mine, document(), profile(["Built it."]))
    assert "INSERT" not in str(failure.value)
    assert kept.load(ME, mine).items == ()


def test_a_database_that_stays_busy_says_so(
    file_store: tuple[Store, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = file_store
    monkeypatch.setattr("store.database._BUSY_S", 0.2)
    kept = Store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="busy"):
        kept.create(ME, "Mine")
    assert kept.profiles(ME) == ()  # readers do not wait
    other.execute("ROLLBACK")
    assert kept.create(ME, "Mine")


def test_writers_of_one_process_take_turns_and_are_told_when_none_comes(
    file_store: tuple[Store, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, _ = file_store
    with ThreadPoolExecutor(20) as pool:
        made = set(pool.map(lambda n: kept.create(ME, f"Mine {n}"), range(60)))
    assert {each.id for each in kept.profiles(ME)} == made
    monkeypatch.setattr("store.database._BUSY_S", 0.05)
    with kept._database.writing(), ThreadPoolExecutor(1) as pool:
        other = pool.submit(kept.create, ME, "Late")
        with pytest.raises(StoreError, match="busy"):
            other.result()
    with pytest.raises(ValueError, match="mine"), kept._database.writing():
        raise ValueError("mine")
    assert kept.create(ME, "After one that failed")


def test_postgresql_down_and_up_again() -> None:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.Server() as server:
        kept = Store(server.database())
        mine = kept.create(ME, "Mine")
        kept.add(ME, mine, document("a"), profile(["Built it."]))
        server.stop("fast")
        for attempt in (
            lambda: kept.load(ME, mine),
            lambda: kept.add(ME, mine, document("b"), profile(["Else."])),
        ):
            with pytest.raises(StoreError, match=r"[Tt]ry again"):
                attempt()
        server.start()
        assert kept.add(ME, mine, document("b"), profile(["Else."])).new == 1
        assert len(kept.load(ME, mine).items) == 2
        kept.close()


def test_a_connection_lost_in_the_middle_changes_nothing(server: postgres.Server) -> None:
    address = server.database()
    kept = Store(address)
    mine = kept.create(ME, "Mine")

    def cut_off(pid: int) -> None:
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    def change_half() -> None:
        with kept._change(ME, mine) as change:
            change.connection.execute(sqlalchemy.update(profiles).values(label="Half"))
            cut_off(change.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())

    with pytest.raises(StoreError, match=r"[Tt]ry again"):
        change_half()
    assert (kept.load(ME, mine).version, kept.load(ME, mine).label) == (0, "Mine")
    kept.close()


def test_a_missing_database_is_named_as_such(server: postgres.Server) -> None:
    with pytest.raises(StoreError, match="no database of that name"):
        Store(server.address("nowhere"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  database "inroad" does not exist', "no database of that name"),
        ('FATAL:  role "ada" does not exist', "refuses this name or password"),
    ],
)
def test_what_does_not_exist_is_not_always_the_database(said: str, told: str) -> None:
    assert told in str(_plain(OperationalError("SELECT", {}, psycopg.OperationalError(said))))


def test_a_missing_table_is_no_missing_database(kept: Store) -> None:
    def read() -> None:
        with kept._database.reading() as connection:
            connection.exec_driver_sql("SELECT * FROM nowhere")

    with pytest.raises(StoreError) as failure:
        read()
    assert "database of that name" not in str(failure.value)


def test_failures_log_no_words_of_a_person(
    kept: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = kept.create(ME, "Mine")
    broken = profile([item("My secret words.", "r1")], [role(organization="Secret Employer")])
    monkeypatch.setattr("store.shelving._Shelf._next", lambda *_: 1)  # so that a key is given twice
    with pytest.raises(StoreError) as failure:
        kept.add(
            ME,
            mine,
            document("a"),
            broken.model_copy(update={"records": (*broken.records, role("r2", title="X"))}),
        )
    said = f"{failure.value} {caplog.text} {failure.value.__cause__}".lower()
    assert "secret" not in said
    assert kept.load(ME, mine).items == ()


# --- forgetting --------------------------------------------------------------------------------------


def bytes_of(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name))


def test_what_a_person_had_is_gone_from_the_file_and_its_log(file_store: tuple[Store, Path]) -> None:
    kept, path = file_store
    for person in (ME, "other"):
        for n in range(3):
            mine = kept.create(person, f"{person}-label-{n}")
            for paper in range(4):
                read = profile(
                    [item(f"{person}-words {paper} {i} " * (1 + i % 40), "r1") for i in range(40)],
                    [role(organization=f"{person}-employer")],
                    name=f"{person}-name",
                )
                text = f"{person}-text " * 500
                kept.replace(person, mine, document(f"{person}-{paper % 2}.pdf", f"{paper} {text}"), read)
            kept.correct(person, mine, kept.load(person, mine).items[0].evidence.id, f"{person}-correction")
    assert b"me-words" in bytes_of(path)
    kept.delete_person(ME)
    left = bytes_of(path)
    for word in (b"me-words", b"me-employer", b"me-name", b"me-text", b"me-label", b"me-correction"):
        assert left.count(word) == 0, word
    assert b"other-words" in left
    assert kept.profiles(ME) == ()
    assert len(kept.profiles("other")) == 3


@pytest.mark.parametrize("how", ["remove", "replace", "parser", "form"])
def test_a_source_that_is_gone_is_gone_from_the_log_too(file_store: tuple[Store, Path], how: str) -> None:
    kept, path = file_store
    mine = kept.create(ME, "Mine")
    paper, read = document("a", "secret text", parser="one"), profile(["Secret words."], name="Secret name")
    kept.add(ME, mine, document("b"), profile(["Open."]))
    kept.add(ME, mine, paper, read)
    assert b"Secret words" in bytes_of(path)
    after = document("a", "", digest=paper.digest, parser="two")
    if how == "remove":
        kept.remove_document(ME, mine, "d2")
    elif how == "replace":
        kept.replace(ME, mine, after, profile(["Else."]))
    elif how == "parser":
        kept.add(ME, mine, after, profile(["Else."]))
    else:
        kept.save(ME, mine, ("a", "PDF"), lambda _: None, contacts={})
    left = bytes_of(path)
    assert b"Open." in left
    assert not any(word in left for word in (b"Secret words", b"Secret name", b"secret text"))


def test_a_log_that_a_reader_holds_is_cleared_by_a_later_write(
    empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database._BUSY_S", 0.1)
    path = tmp_path / "inroad.sqlite"
    path.write_bytes(empty_file.read_bytes())
    kept = Store(f"sqlite:///{path}")
    mine = kept.create(ME, "my-secret-label")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT label FROM profiles").fetchall()
    kept.remove(ME, mine)
    assert b"my-secret-label" in bytes_of(path)
    reader.execute("COMMIT")
    kept.create("other", "label")
    assert b"my-secret-label" not in bytes_of(path)


def test_nothing_of_a_deleted_person_is_left_in_any_table(kept: Store) -> None:
    mine = kept.create(ME, "Mine")
    kept.add(ME, mine, document(), profile([item("Built it.", "r1"), "x y", "z"], [role()], name="Ada"))
    kept.merge(ME, mine, ["e2"], "e3")
    kept.delete_person(ME)
    with kept._database.reading() as connection:
        for table in metadata.sorted_tables:
            assert connection.execute(sqlalchemy.select(table)).all() == [], table.name


def test_indexes_are_told_before_a_person_is_forgotten(kept: Store) -> None:
    mine = kept.create(ME, "Mine")
    told: list[tuple[str, tuple[str, ...]]] = []

    def refuse(_person: str, _profiles: tuple[str, ...]) -> None:
        raise InroadError("The index cannot be reached.")

    kept.on_delete.append(refuse)
    with pytest.raises(InroadError, match="index"):
        kept.delete_person(ME)
    with pytest.raises(InroadError, match="index"):
        kept.remove(ME, mine)
    assert len(kept.profiles(ME)) == 1
    kept.on_delete[:] = [lambda *each: told.append(each)]
    kept.remove(ME, mine)
    second = kept.create(ME, "Second")
    kept.delete_person(ME)
    assert told == [(ME, (mine,)), (ME, (second,))]
    with pytest.raises(NotFound):
        kept.load(ME, second)


def test_visitors_who_have_not_come_back_are_forgotten(kept: Store) -> None:
    ids = {person: kept.create(person, "Mine") for person in ("visitor-1", "visitor-2", "visitor%3", "ada")}
    backdate(kept, "people", "seen_at")
    backdate(kept, "profiles", "changed_at")
    kept.seen("visitor-2")
    assert kept.purge(older_than=timedelta(days=7)) == 1
    assert {person for person in ids if kept.profiles(person)} == {"visitor-2", "visitor%3", "ada"}
    with pytest.raises(ValueError, match="prefix"):
        kept.purge(prefix="")


def backdate(kept: Store, table: str, column: str) -> None:
    with kept._database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = '2020-01-01 00:00:00.000000'")


def test_threads_that_come_at_once_get_the_same_store(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'once.sqlite'}"
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: opened(address), range(8)))
    assert len({id(each) for each in stores}) == 1
