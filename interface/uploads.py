"""Files on their way in: a folder of their own, and each file taken out of Gradio's hands at once."""

import os
import secrets
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from errors import DocumentError

LARGEST = 10_000_000
TOO_LARGE = "It is larger than 10 MB."
LEAVE_OUT = "Leave out pictures, or paste its text into the form."
_FOLDER = "GRADIO_TEMP_DIR"  # where Gradio puts what browsers send


def prepare(data_dir: Path) -> Path:
    """Give uploads a private folder that is empty: a process that was killed may have left files there.

    Args:
        data_dir: Where the folder is to be; where nothing can be written there, it is a temporary one.
    """
    folder = data_dir.resolve() / "uploads"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        (folder / "taken").mkdir(mode=0o700)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="inroad-"))
        (folder / "taken").mkdir(mode=0o700)
    os.environ[_FOLDER] = str(folder / "sent")
    _takings.folder = folder / "taken"
    return folder


def was_sent(path: str) -> bool:
    """Whether a path is of a file that a browser sent. A path comes from the browser, too, and may name any
    file of this computer; no other is ever opened for it, nor the folder in which all of them lie."""
    folder = Path(os.environ.get(_FOLDER) or tempfile.gettempdir()).resolve()
    try:
        place = Path(path).resolve()
    except (OSError, ValueError):
        return False
    # Gradio gives each file a folder named by what is in it.
    return place.parent.parent == folder and not place.is_dir()


@dataclass
class _Copy:
    """One file that was taken, and how many still want it."""

    path: Path
    wanted: int = 0


class _Takings:
    """Gradio names a file by what is in it, so that two uploads of the same file are one file on disk.

    The first who takes it moves it away; whoever comes next, as long as it is there, shares it.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._copies: dict[Path, _Copy] = {}
        self._lock = threading.Lock()

    def take(self, sent: Path) -> _Copy | None:
        with self._lock:
            copy = self._copies.get(sent)
            if copy is None:
                copy = self._moved(sent)
            else:
                _remove(sent)
            if copy is not None:
                copy.wanted += 1
            return copy

    def _moved(self, sent: Path) -> _Copy | None:
        folder = self.folder if self.folder is not None and self.folder.is_dir() else sent.parent
        private = folder / f"taken-{secrets.token_hex(8)}"
        try:
            sent.replace(private)
        except OSError:
            return None
        if folder != sent.parent:
            _remove(sent)
        self._copies[sent] = copy = _Copy(private)
        return copy

    def release(self, sent: Path, copy: _Copy) -> None:
        with self._lock:
            copy.wanted -= 1
            if copy.wanted == 0:
                _remove(copy.path)
                del self._copies[sent]


_takings = _Takings()


class Upload:
    """A file that the browser sent. It is this one's from now on, and gone after `discard`."""

    def __init__(self, sent: Path) -> None:
        self.name = sent.name
        self._sent = sent
        self._copy = _takings.take(sent)

    def contents(self, advice: str = LEAVE_OUT) -> bytes:
        """What is in the file; `advice` is for one that is too large."""
        if self._copy is None:
            raise DocumentError("It did not arrive.", "Add it once more.")
        if self._copy.path.stat().st_size > LARGEST:
            raise DocumentError(TOO_LARGE, advice)
        return self._copy.path.read_bytes()

    def discard(self) -> None:
        copy, self._copy = self._copy, None
        if copy is not None:
            _takings.release(self._sent, copy)


def _remove(path: Path) -> None:
    """Delete a file, and its folder where nothing else is in it."""
    path.unlink(missing_ok=True)
    try:
        path.parent.rmdir()
    except OSError:  # it holds another file, or is gone
        return
