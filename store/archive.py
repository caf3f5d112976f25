"""A backup as a file: a ZIP of one file of JSON lines a table, and a manifest that says what must be in it.

A line is a row: an array of its values in the order of the manifest's columns, a moment in ISO 8601 without
a zone (UTC), bytes in Base64. Nothing of it belongs to one kind of database. Whatever is read here may have
been cut off, changed or made to do harm, so all of it is verified before any of it is used.
"""

import contextlib
import hashlib
import json
import os
import shutil
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from pydantic import Field, ValidationError

from domain import Noun
from errors import DocumentError

FORMAT = 1
_BESIDE = ".inroad-backup-"
_ABANDONED_S = 86_400.0
_MANIFEST = "manifest.json"
_LONGEST_MANIFEST = 1_000_000
LONGEST_LINE = 64_000_000
"""Bytes of the longest row that is read."""

# Ours shrink to a tenth. Deflate itself goes to a thousandth, which is what a bomb is made of.
_MOST_SHRUNK = 250
_SHRINKS_FREELY = 64_000_000

# What Python's `zipfile` raises where a file is none, was cut off, or asks for what it does not do.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class TableCopy(Noun):
    """One table of a backup: how many rows, and the length and SHA-256 of its lines."""

    name: str = Field(pattern=r"^[a-z][a-z_]{0,62}$")
    columns: tuple[str, ...]
    rows: int = Field(ge=0)
    bytes: int = Field(ge=0)
    sha256: str

    @property
    def file(self) -> str:
        return f"{self.name}.jsonl"


class Manifest(Noun):
    """What a backup holds. `revision` is the migration that its tables come from."""

    program: Literal["inroad"] = "inroad"
    format: int = FORMAT
    revision: str
    made_at: datetime
    tables: tuple[TableCopy, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


Rows = Iterable[bytes]
"""The lines of a table, each with its end."""


def write(path: Path, revision: str, tables: Iterable[tuple[str, tuple[str, ...], Rows]]) -> Manifest:
    """Write a backup that only its owner can read: verified, in place of what was there, or not at all.

    Args:
        path: Where it goes.
        revision: As of the manifest.
        tables: Of each its name, columns and rows.

    Raises:
        DocumentError: when it cannot be written.
    """
    with beside(path) as folder:
        part = folder / "part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            manifest = _write(file, revision, tables)
            file.flush()
            os.fsync(file.fileno())
        verified(part)
        part.replace(path)
        _sync(path.parent)
    return manifest


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A private folder next to a backup, for what is on its way into it; what a crash left there goes first.

    Raises:
        DocumentError: when nothing can be written there.
    """
    try:
        for left in path.parent.glob(f"{_BESIDE}*"):
            if left.lstat().st_mtime < time.time() - _ABANDONED_S:
                shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_BESIDE, dir=path.parent) as folder:
            yield Path(folder)
    except (OSError, ValueError):
        raise DocumentError(
            f"The file {path} cannot be written.", "Make room there, or check its folder and permissions."
        ) from None


def _write(file: IO[bytes], revision: str, tables: Iterable[tuple[str, tuple[str, ...], Rows]]) -> Manifest:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        copies = tuple(_copy(archive, name, columns, rows) for name, columns, rows in tables)
        manifest = Manifest(revision=revision, made_at=datetime.now(UTC), tables=copies)
        archive.writestr(_MANIFEST, manifest.model_dump_json(indent=1))
    return manifest


def _copy(archive: zipfile.ZipFile, name: str, columns: tuple[str, ...], rows: Rows) -> TableCopy:
    count = size = 0
    digest = hashlib.sha256()
    with archive.open(f"{name}.jsonl", "w", force_zip64=True) as entry:
        for line in rows:
            entry.write(line)
            digest.update(line)
            count, size = count + 1, size + len(line)
    return TableCopy(name=name, columns=columns, rows=count, bytes=size, sha256=digest.hexdigest())


def _sync(folder: Path) -> None:
    """Make a new name in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- reading -------------------------------------------------------------------------------------------


def verified(path: Path) -> Manifest:
    """The manifest of a backup, every byte of which is as it says.

    Raises:
        DocumentError: when it is no backup, was cut off or changed, comes from a newer Inroad, or would take
            far more room than it says.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive)
        entries = {entry.filename: entry for entry in archive.infolist()}
        wanted = {_MANIFEST, *(table.file for table in manifest.tables)}
        if set(entries) != wanted or len(archive.infolist()) != len(manifest.tables) + 1:
            raise _changed()
        for table in manifest.tables:
            entry = entries[table.file]
            if entry.file_size != table.bytes or _is_bomb(entry):
                raise _changed()
            for _ in lines(archive, table):
                pass
    return manifest


@contextlib.contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """A backup that was verified, to read the `lines` of its tables."""
    with _opened(path) as archive:
        yield archive


def lines(archive: zipfile.ZipFile, table: TableCopy) -> Iterator[bytes]:
    """The rows of a table, one after another.

    Raises:
        DocumentError: when they are not what the manifest says, at the latest after the last one.
    """
    count = 0
    digest = hashlib.sha256()
    with _told(), archive.open(table.file) as entry:
        while line := entry.readline(LONGEST_LINE):
            if not line.endswith(b"\n"):
                raise _changed()
            digest.update(line)
            count += 1
            yield line
    if (count, digest.hexdigest()) != (table.rows, table.sha256):
        raise _changed()


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        file = path.open("rb")
    except (OSError, ValueError):
        raise DocumentError(f"The file {path} cannot be read.", "Check its name and permissions.") from None
    with file:
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGED:
            told = f"The file {path} is no backup of Inroad, or was cut off."
            raise DocumentError(told, "Nothing was changed.") from None
        with archive:
            yield archive


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        entry = archive.getinfo(_MANIFEST)
        if entry.file_size > _LONGEST_MANIFEST:
            raise _changed()
        with _told(), archive.open(entry) as file:
            said = json.loads(file.read(_LONGEST_MANIFEST))
        if isinstance(said, dict) and isinstance(said.get("format"), int) and said["format"] > FORMAT:
            raise newer()
        return Manifest.model_validate(said)
    except (KeyError, ValueError, ValidationError):
        raise _changed() from None


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(_SHRINKS_FREELY, _MOST_SHRUNK * entry.compress_size)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What a damaged archive raises while it is read, in plain words."""
    try:
        yield
    except _DAMAGED:
        raise _changed() from None


def newer() -> DocumentError:
    return DocumentError("This backup was made by a newer Inroad.", "Update Inroad, then restore it.")


def _changed() -> DocumentError:
    return DocumentError(
        "This is no whole backup of Inroad: something is missing, or was changed.",
        "Nothing was changed here. Use another backup.",
    )
