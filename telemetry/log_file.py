"""The log as a file of bounded size, for machines where nothing else rotates what a program prints.

Several processes may share one file: each line is one write to its end, whoever finds the file full puts the
next in its place while it holds the folder's lock, and the others follow at their next line. What cannot be
written there is handed on, so a full disk costs neither a line nor a request.
"""

import fcntl
import logging
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

MODE = 0o640
"""For its owner, and to read for a group that one may give it to."""

_SAID_AGAIN_S = 3600.0
_DAY_S = 86_400
_TRIES, _PAUSE_S = 20, 0.001


class LogFile(RotatingFileHandler):
    """Writes lines to a file; once it is full it becomes `NAME.1`, what was that `NAME.2`, and so on.

    Args:
        path: The file; its folder is made where it is missing.
        most_bytes: How large it may become.
        kept: How many older files are kept beside it.
        days: How many days an older file is kept after its last line; 0 keeps it until it is one too many.
        otherwise: Takes each line that cannot be written to the file.
    """

    def __init__(
        self, path: Path, *, most_bytes: int, kept: int, days: int, otherwise: logging.Handler
    ) -> None:
        super().__init__(path, maxBytes=most_bytes, backupCount=kept, encoding="utf-8", delay=True)
        self._path = Path(self.baseFilename)
        self._days, self._day = days, 0
        self._otherwise = otherwise
        self._said_at = -_SAID_AGAIN_S
        try:
            self._path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            self.stream = self._open()
        except OSError as error:
            self._say(error)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = f"{self.format(record)}\n".encode(errors="replace")
        except Exception:  # noqa: BLE001  # as logging does: a line that cannot be made stops nobody
            self.handleError(record)
            return
        try:
            self._follow()
            self._make_room(len(line))
            self._write(line)
        except OSError as error:
            self._say(error)
            if record.levelno < self._otherwise.level:  # what is above goes there anyhow
                self._otherwise.handle(record)
        if self._days and record.created // _DAY_S != self._day:
            self._day = int(record.created // _DAY_S)
            self._forget_old(record.created)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say that a line could not be made, without the words in it."""
        self._otherwise.handleError(record)

    def _open(self) -> TextIOWrapper:
        """Open the file at its end. A pipe is none: it cannot be rotated, and may keep us waiting."""

        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK, MODE)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError("it is no regular file")
        self._torn = False
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def _follow(self) -> None:
        """Be at the file of this name, though another process or a person has moved or deleted ours."""
        if self.stream:
            ours = os.fstat(self.stream.fileno())
            with suppress(FileNotFoundError):
                if os.path.samestat(ours, self._path.stat()):
                    return
            self.stream.close()
        self.stream = None
        self.stream = self._open()

    @property
    def _descriptor(self) -> int:
        assert self.stream is not None
        return self.stream.fileno()

    def _make_room(self, size: int) -> None:
        if not self._is_full(size):
            return
        with _locked(self._path.parent) as is_ours:
            self._follow()
            if not is_ours:  # who holds it is at work; no longer than until the file has twice its size
                if self._is_full(size, times=2):
                    raise OSError("another process holds its folder")
                return
            if self._is_full(size):
                self.doRollover()
        if self.stream is None:
            self.stream = self._open()

    def _is_full(self, size: int, times: int = 1) -> bool:
        has = os.fstat(self._descriptor).st_size
        return has > 0 and has + size > self.maxBytes * times

    def _write(self, line: bytes) -> None:
        if self._torn:  # of what a full disk has cut off, no more than that line is lost
            line = b"\n" + line
        written = os.write(self._descriptor, line)
        self._torn = written < len(line)
        if self._torn:
            raise OSError("the disk is full")

    def _forget_old(self, now: float) -> None:
        for number in range(1, self.backupCount + 1):
            old = self._path.with_name(f"{self._path.name}.{number}")
            with suppress(OSError):
                if old.stat().st_mtime < now - self._days * _DAY_S:
                    old.unlink()

    def _say(self, error: OSError) -> None:
        """One sentence, and for an hour no other, however many lines cannot be written."""
        if time.monotonic() - self._said_at < _SAID_AGAIN_S:
            return
        self._said_at = time.monotonic()
        why = error.strerror or str(error)
        with suppress(OSError, ValueError):
            print(  # noqa: T201  # the log itself is what fails
                f"The log file {self._path} cannot be written ({why}): its lines go here instead.",
                "Make room or make it writable; INROAD_LOG_FILE names another.",
                file=sys.stderr,
                flush=True,
            )


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Whether the lock of a folder is ours meanwhile; whoever else rotates takes about a millisecond."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield any(_lock(descriptor) for _ in range(_TRIES))
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        time.sleep(_PAUSE_S)
        return False
    return True
