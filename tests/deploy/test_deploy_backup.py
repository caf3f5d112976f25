"""A backup of the cluster's database is whole or is not there; restoring it brings everything back or changes
nothing. The scripts run as in their pods, against a real PostgreSQL."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from store.database import Database
from tests import postgres_stand_in as postgres
from tests.deploy.conftest import DEPLOY

pytestmark = pytest.mark.skipif(bool(postgres.why_not()), reason=postgres.why_not())

BASE = DEPLOY / "base"

_SOMEBODY = r"""INSERT INTO people (id, created_at, seen_at)
    VALUES ('Zoë \ O''Hara', now(), now()), (E'two\nlines', now(), now())"""


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """Its first owner is called `postgres`, as that of PostgreSQL's image is."""
    with postgres.Server() as server:
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE other SUPERUSER LOGIN")
        other = server.address("postgres").replace("inroad@", "other@")
        with psycopg.connect(other, autocommit=True) as connection:
            connection.execute("ALTER ROLE inroad RENAME TO postgres")
            connection.execute("ALTER ROLE postgres PASSWORD 'of the owner'")
        socket = parse_qs(urlsplit(other).query)["host"][0]
        environment = {"PGHOST": socket, "POSTGRES_USER": "postgres", "POSTGRES_DB": "postgres"}
        ran = _bash("postgres-role.sh", environment | {"POSTGRES_PASSWORD": 'it\'s "quoted" \\ $(exit)'})
        assert ran.returncode == 0, ran.stderr
        with psycopg.connect(other.replace("other@", "postgres@"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE filled OWNER inroad")
        Database(server.address("filled")).close()
        with psycopg.connect(server.address("filled")) as connection:
            connection.execute(_SOMEBODY)
        yield server


def _bash(script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    folder = postgres.binaries()
    assert folder is not None
    given = {"PATH": f"{folder}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"} | environment
    return subprocess.run(["bash", str(BASE / script)], env=given, capture_output=True, text=True)


class Place:
    """A database of the role `inroad` with the app's tables, and a folder for its backups."""

    def __init__(self, server: postgres.Server, folder: Path) -> None:
        owner = server.address("postgres").replace("inroad@", "postgres@")
        self.folder, self.name = folder, f"inroad_{folder.parent.name.replace('-', '_').lower()}"
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self.name}" OWNER inroad TEMPLATE filled'.encode())
        self.address = server.address(self.name)
        self.environment = {
            "PGHOST": parse_qs(urlsplit(self.address).query)["host"][0],
            "PGUSER": "inroad",
            "PGPASSWORD": "unused: it trusts its socket",
            "PGDATABASE": self.name,
            "BACKUP_DIR": str(folder),
            "BACKUPS_KEPT": "3",
            "DATABASE_WAIT_S": "1",
        }

    def change(self, statement: str) -> None:
        with psycopg.connect(self.address) as connection:
            connection.execute(statement.encode())

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return _bash(script, self.environment | environment)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def state(self) -> dict[str, list[str]]:
        """Every row of every table but that of the backups, which changes with each of them."""
        with psycopg.connect(self.address) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            return {
                name: [
                    row
                    for (row,) in connection.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1'.encode())
                ]
                for (name,) in tables.fetchall()
                if name != "backups"
            }


@pytest.fixture
def place(server: postgres.Server, tmp_path: Path) -> Place:
    folder = tmp_path / "backups"
    folder.mkdir()
    return Place(server, folder)


# --- the role ----------------------------------------------------------------------------------------


def test_the_app_owns_its_database_and_nothing_beyond(server: postgres.Server) -> None:
    with psycopg.connect(server.address("postgres")) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = 'inroad'"
        ).fetchone()
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'postgres'"
        ).fetchone()
    assert role == (False, False, False, False)
    assert owner == ("inroad",)


def test_the_owner_of_all_databases_has_no_password(server: postgres.Server) -> None:
    owner = server.address("postgres").replace("inroad@", "postgres@")
    with psycopg.connect(owner) as connection:
        rows = connection.execute("SELECT rolname, rolpassword FROM pg_authid").fetchall()
    passwords: dict[str, str | None] = dict(rows)
    assert passwords["postgres"] is None
    assert str(passwords["inroad"]).startswith("SCRAM-SHA-256")


# --- back up -----------------------------------------------------------------------------------------


def test_a_backup_is_one_file_that_others_cannot_read(place: Place) -> None:
    ran = place.run("backup.sh")
    assert ran.returncode == 0, ran.stderr
    [name] = place.files()
    assert name.startswith("inroad-20")
    assert name.endswith("Z.dump")
    assert f"The database is in {name}" in ran.stdout
    assert (place.folder / name).stat().st_mode & 0o777 == 0o640


def test_the_database_is_told_of_its_backup(place: Place) -> None:
    place.run("backup.sh")
    place.run("backup.sh")
    with psycopg.connect(place.address) as connection:
        rows = connection.execute("SELECT bytes, now() AT TIME ZONE 'UTC' - made_at FROM backups").fetchall()
    [(size, age)] = rows
    assert size == (place.folder / place.files()[-1]).stat().st_size
    assert age.total_seconds() < 60


def test_a_backup_counts_although_the_database_was_not_told(place: Place) -> None:
    place.change("DROP TABLE backups")
    ran = place.run("backup.sh")
    assert ran.returncode == 0
    assert "was not told of it" in ran.stderr
    assert len(place.files()) == 1


def test_the_newest_backups_are_kept(place: Place) -> None:
    for year in range(2020, 2026):
        (place.folder / f"inroad-{year}0101T000000Z.dump").write_text("old")
    (place.folder / "notes.txt").write_text("of somebody")
    ran = place.run("backup.sh")
    assert "3 backups are kept" in ran.stdout
    *old, new, notes = place.files()
    assert old == ["inroad-20240101T000000Z.dump", "inroad-20250101T000000Z.dump"]
    assert new > old[-1]
    assert notes == "notes.txt"


def test_a_database_that_is_away_costs_no_backup(place: Place) -> None:
    (place.folder / "inroad-20250101T000000Z.dump").write_text("old")
    (place.folder / "inroad-20250202T000000Z.dump.part").write_text("half, of a pod that was killed")
    ran = place.run("backup.sh", PGHOST="/nowhere")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith("The database does not answer. ")
    assert place.files() == ["inroad-20250101T000000Z.dump"]


def test_a_database_that_is_reached_late_is_waited_for(place: Place, tmp_path: Path) -> None:
    """As a pod's first seconds, until the network policies of its node know it."""
    late = tmp_path / "late"
    late.mkdir()
    (late / "pg_isready").write_text(
        f"#!/usr/bin/env bash\n[ -e {late}/asked ] || {{ touch {late}/asked; exit 2; }}\n"
    )
    (late / "pg_isready").chmod(0o755)
    ran = place.run("backup.sh", PATH=f"{late}:{os.environ['PATH']}", DATABASE_WAIT_S="20")
    assert ran.returncode == 0, ran.stderr


def test_a_dump_that_fails_leaves_nothing_half(place: Place) -> None:
    ran = place.run("backup.sh", PGDATABASE="of_nobody")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith("The backup was not written. ")
    assert place.files() == []


def test_a_backup_that_cannot_be_read_back_is_not_kept(place: Place, tmp_path: Path) -> None:
    """As on a full or broken disk: what pg_dump wrote is cut short."""
    cut = tmp_path / "cut"
    cut.mkdir()
    (cut / "pg_dump").write_text(
        f"""#!/usr/bin/env bash
{shutil.which("pg_dump")} "$@"
for argument; do
    case $argument in --file=*) truncate -s -200 "${{argument#*=}}" ;; esac
done
"""
    )
    (cut / "pg_dump").chmod(0o755)
    ran = place.run("backup.sh", PATH=f"{cut}:{os.environ['PATH']}")
    assert ran.returncode == 1
    assert "The backup cannot be read back." in ran.stderr
    assert place.files() == []


def test_a_folder_that_is_not_there_is_said(place: Place) -> None:
    ran = place.run("backup.sh", BACKUP_DIR="/nowhere")
    assert ran.returncode == 1
    assert "The folder /nowhere is not there." in ran.stderr


@pytest.mark.parametrize("kept", ["0", "-1", "", "all", "3; rm"])
def test_no_number_of_backups_to_keep_costs_those_there_are(place: Place, kept: str) -> None:
    (place.folder / "inroad-20240101T000000Z.dump").write_text("old")
    ran = place.run("backup.sh", BACKUPS_KEPT=kept)
    assert ran.returncode == 1
    assert "BACKUPS_KEPT is no number from 1." in ran.stderr
    assert place.files() == ["inroad-20240101T000000Z.dump"]


# --- restore -----------------------------------------------------------------------------------------


def test_what_was_backed_up_comes_back_in_place_of_what_is_there(place: Place) -> None:
    before = place.state()
    assert before["people"]
    place.run("backup.sh")
    place.change("DELETE FROM people WHERE id LIKE 'two%'")
    place.change("UPDATE people SET seen_at = now()")
    place.change("CREATE TABLE of_a_newer_version (id integer)")
    ran = place.run("restore.sh")
    assert ran.returncode == 0, ran.stderr
    assert place.state() == before
    again = place.run("backup.sh")
    assert again.returncode == 0, again.stderr
    ran = place.run("restore.sh")
    assert ran.returncode == 0, ran.stderr
    assert place.state() == before
    Database(place.address).close()


def test_it_comes_back_into_an_empty_database_too(place: Place) -> None:
    before = place.state()
    place.run("backup.sh")
    place.change("DROP OWNED BY inroad")
    assert place.state() == {}
    ran = place.run("restore.sh")
    assert ran.returncode == 0, ran.stderr
    assert place.state() == before


def test_an_older_backup_is_restored_by_its_name(place: Place) -> None:
    place.run("backup.sh")
    [name] = place.files()
    kept = (place.folder / name).rename(place.folder / "inroad-20200101T000000Z.dump")
    before = place.state()
    place.change("DELETE FROM people")
    place.run("backup.sh")
    ran = place.run("restore.sh", BACKUP=kept.name)
    assert ran.returncode == 0, ran.stderr
    assert place.state() == before


def test_a_name_that_is_no_backup_is_answered_with_those_there_are(place: Place) -> None:
    place.run("backup.sh")
    ran = place.run("restore.sh", BACKUP="inroad-19990101T000000Z.dump")
    assert ran.returncode == 1
    assert f"Choose one of: {place.files()[0]}" in ran.stderr


def test_without_a_backup_nothing_is_restored(place: Place) -> None:
    ran = place.run("restore.sh")
    assert ran.returncode == 1
    assert "There is no backup in" in ran.stderr


def test_nothing_is_restored_under_an_app_that_runs(place: Place) -> None:
    place.run("backup.sh")
    before = place.state()
    with psycopg.connect(place.address):
        ran = place.run("restore.sh")
    assert ran.returncode == 1
    assert "1 connections still use the database." in ran.stderr
    assert place.state() == before


def test_a_damaged_backup_changes_nothing(place: Place) -> None:
    place.run("backup.sh")
    [name] = place.files()
    path = place.folder / name
    path.write_bytes(path.read_bytes()[:-200])
    place.change("DELETE FROM people WHERE id LIKE 'two%'")
    before = place.state()
    ran = place.run("restore.sh")
    assert ran.returncode == 1
    assert f"The backup {name} is damaged." in ran.stderr
    assert place.state() == before


def test_a_backup_that_breaks_off_while_it_is_read_changes_nothing(place: Place, tmp_path: Path) -> None:
    place.run("backup.sh")
    before = place.state()
    breaking = tmp_path / "breaking"
    breaking.mkdir()
    real = shutil.which("pg_restore")
    (breaking / "pg_restore").write_text(
        f"""#!/usr/bin/env bash
case "$*" in */dev/null*) exec {real} "$@" ;; esac
{real} "$@" | head -n 40
exit 1
"""
    )
    (breaking / "pg_restore").chmod(0o755)
    ran = place.run("restore.sh", PATH=f"{breaking}:{os.environ['PATH']}")
    assert ran.returncode == 1
    assert "nothing has changed" in ran.stderr
    assert place.state() == before
