"""Chroma in this process, kept in a folder: an index over what SQL holds, which may vanish at any time.

Chroma 1.5.9 trusts its files. A cut or torn one may crash the process, or it answers with one text of sixty.
So a collection's files are sealed with a digest once they are written, and a collection whose seal is missing
or does not fit is deleted before Chroma reads it. Its SQLite file is checked as a whole when it is opened.
"""

import hashlib
import logging
import shutil
import sqlite3
import time
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from matching.chroma import _STARTING, REST_S, Collections, chroma_settings, faults
from matching.embedding import Embedder
from matching.vectors import Busy, Fault, Progress

LOADED: Final = 24  # indexes that Chroma keeps in memory: 1.7 MB for up to 1,000 items, 20 MB for 10,000
_LOG = logging.getLogger(__name__)


class Disk(Collections):
    """Collections in a folder that one process at a time uses.

    Args:
        folder: Made where there is none. `chroma` in it is Chroma's, `seals` and `dropped` hold a small file
            for each collection, and `lock` is held while this process uses the folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._files = folder / "chroma"
        self._seals = folder / "seals"
        self._dropped = folder / "dropped"
        self._lock_file = folder / "lock"
        self._holding: sqlite3.Connection | None = None
        self._rests_until = 0.0
        self._seen: set[str] = set()  # collections whose seal this process has checked

    def repair(self, name: str, attempt: int) -> bool:
        """First the collection anew, then everything; a folder that cannot even be emptied is left alone."""
        try:
            with self._lock, faults():
                if attempt == 0:
                    self.drop(name)
                elif attempt == 1:
                    self._start_over()
        except Fault:
            attempt = 2
        if attempt > 1:
            self._rests_until = time.monotonic() + REST_S
        return attempt < 2

    def sync(
        self, name: str, texts: Mapping[str, str], embedder: Embedder, progress: Progress | None
    ) -> None:
        with self._opened():
            if self._asked_to_drop():
                self._sweep(vacuum=True)
        super().sync(name, texts, embedder, progress)

    def drop(self, name: str) -> None:
        """Forget a collection, in the files too; where another process has the folder, that one does it."""
        with self._lock:
            if self._client is None and not self._files.exists():
                return
            self._rests_until = 0.0
            try:
                super().drop(name)
                with faults():
                    self._break_seal(name)
                    self._sweep(vacuum=True)
            except Busy:
                with faults():
                    self._dropped.mkdir(parents=True, exist_ok=True)
                    (self._dropped / name).touch()
            except Fault:
                with faults():
                    self._start_over()

    def keep_only(self, names: Collection[str]) -> int:
        """Forget all other collections; returns how many. A folder that this process has not used is left."""
        with self._lock:
            if self._client is None:
                return 0
            with faults():
                held = [collection.name for collection in self._client.list_collections()]
            gone = [name for name in held if name not in names]
            for name in gone:
                self.drop(name)
        return len(gone)

    def close(self) -> None:
        """Let go of the folder."""
        with self._lock:
            super().close()
            self._seen.clear()
            if self._holding is not None:
                self._holding.close()
                self._holding = None

    def _open(self) -> Any:
        if time.monotonic() < self._rests_until:
            raise Busy("resting")
        self._acquire()
        if not self._is_sound():
            _LOG.warning("The index of evidence is damaged; it is built again as it is used.")
            self._empty()
        try:
            client = self._start()
        except Fault:
            _LOG.warning("The index of evidence cannot be opened; it is built again as it is used.")
            self._empty()
            client = self._start()
        self._client = client
        self._sweep(vacuum=False)
        return client

    def _start(self) -> Any:
        from chromadb.api import ServerAPI
        from chromadb.api.client import Client
        from chromadb.config import System
        from chromadb.telemetry.product import ProductTelemetryClient

        with _STARTING, faults():
            self._files.mkdir(parents=True, exist_ok=True)
            system: Any = System(chroma_settings(is_persistent=True, persist_directory=str(self._files)))
            # No setting bounds the indexes in memory: the default is a fifth of the files that may be open.
            system.instance(ServerAPI).hnsw_cache_size = LOADED
            system.instance(ProductTelemetryClient)
            system.start()
            return Client.from_system(system)

    # --- one process at a time ---------------------------------------------------------------------------

    def _acquire(self) -> None:
        """Take the folder for this process; the system frees it when the process ends, however it ends.

        An exclusive transaction of SQLite is such a lock on every system.

        Raises:
            Busy: when another process has it.
        """
        if self._holding is not None:
            return
        with faults():
            self._lock_file.parent.mkdir(parents=True, exist_ok=True)
        holding = sqlite3.connect(self._lock_file, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            holding.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            holding.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                self._rests_until = time.monotonic() + REST_S
                _LOG.info("Another process has the index of evidence; this one keeps its own in memory.")
                raise Busy("another process") from None
            self._lock_file.unlink(missing_ok=True)
            raise Fault("lock") from None
        self._holding = holding

    # --- what can be trusted -----------------------------------------------------------------------------

    def _trusted(self, name: str) -> bool:
        if name in self._seen:
            return True
        try:
            sealed = (self._seals / name).read_text(encoding="ascii")
        except (OSError, ValueError):
            return False
        if sealed != self._digest(name):
            return False
        self._seen.add(name)
        return True

    def _changing(self, name: str) -> None:
        self._break_seal(name)

    def _written(self, name: str) -> None:
        """Seal a collection. The seal appears whole or not at all."""
        self._seals.mkdir(parents=True, exist_ok=True)
        fresh = self._seals / f"{name}.new"
        fresh.write_text(self._digest(name), encoding="ascii")
        fresh.replace(self._seals / name)
        self._seen.add(name)

    def _break_seal(self, name: str) -> None:
        self._seen.discard(name)
        (self._seals / name).unlink(missing_ok=True)

    def _digest(self, name: str) -> str:
        """Of the files of a collection's index, names included."""
        found = hashlib.blake2b(digest_size=32)
        for segment in self._segments(name):
            for path in sorted((self._files / segment).iterdir()):
                found.update(f"{path.name} {path.stat().st_size}\n".encode())
                found.update(path.read_bytes())
        return found.hexdigest()

    def _segments(self, name: str | None = None) -> set[str]:
        """The folders of the index of one collection, or of all."""
        where = "" if name is None else "AND collections.name = ?"
        with closing(self._connect()) as database:
            rows = database.execute(
                "SELECT segments.id FROM segments JOIN collections ON collections.id = segments.collection"  # noqa: S608
                f" WHERE scope = 'VECTOR' {where}",
                () if name is None else (name,),
            )
            return {str(row[0]) for row in rows}

    def _is_sound(self) -> bool:
        """Whether Chroma's own SQLite file is whole, as far as SQLite can tell. None at all is sound."""
        if not (self._files / "chroma.sqlite3").exists():
            return not self._files.exists() or (self._files.is_dir() and not any(self._files.iterdir()))
        try:
            with closing(self._connect()) as database:
                return bool(database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        except sqlite3.Error:
            return False

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._files / "chroma.sqlite3", timeout=10, isolation_level=None)

    # --- what is no longer wanted ------------------------------------------------------------------------

    def _delete(self, name: str) -> None:
        self._break_seal(name)
        super()._delete(name)
        self._sweep(vacuum=False)

    def _sweep(self, *, vacuum: bool) -> None:
        """Delete what other processes asked to be dropped, and files that Chroma leaves behind (1.5.9).

        Args:
            vacuum: Also clear the free pages of its SQLite file, which hold vectors of deleted collections.
        """
        for asked in self._asked_to_drop():
            vacuum = True
            with suppress(Fault), faults():
                self._client.delete_collection(asked.name)
            self._known.pop(asked.name, None)
            self._break_seal(asked.name)
            asked.unlink(missing_ok=True)
        wanted = self._segments()
        for path in self._files.iterdir():
            if path.is_dir() and path.name not in wanted:
                shutil.rmtree(path, ignore_errors=True)
        if vacuum:
            with closing(self._connect()) as database:
                database.execute("VACUUM")

    def _asked_to_drop(self) -> list[Path]:
        return list(self._dropped.iterdir()) if self._dropped.exists() else []

    def _start_over(self) -> None:
        with suppress(Fault):
            super().close()
        self._client = None
        self._acquire()
        self._empty()

    def _empty(self) -> None:
        for folder in (self._seals, self._files):
            if folder.is_dir():
                shutil.rmtree(folder)
            else:
                folder.unlink(missing_ok=True)
        self._seen.clear()
        self._known.clear()
