"""A log file stays within its bounds, is whole line by line, and costs nobody a request when it cannot be."""

import errno
import fcntl
import json
import logging
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from telemetry import logs
from telemetry.log_file import LogFile

ROOT = Path(__file__).parents[2]


class Heard(logging.Handler):
    """What was handed on, as its messages."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def line(message: str, level: int = logging.INFO) -> logging.LogRecord:
    return logging.LogRecord("serving", level, "", 0, message, (), None)


Opened = Callable[..., LogFile]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def opened(heard: Heard) -> Iterator[Opened]:
    """Opens log files, and closes them after the test."""
    made: list[LogFile] = []

    def open_(path: Path, *, most_bytes: int = 10_000, kept: int = 2, days: int = 0) -> LogFile:
        made.append(LogFile(path, most_bytes=most_bytes, kept=kept, days=days, otherwise=heard))
        return made[-1]

    yield open_
    for file in made:
        file.close()


def test_a_file_is_made_with_its_folder_for_owner_and_group(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "log" / "inroad.log"
    umask = os.umask(0)
    try:
        opened(path).handle(line("begun"))
    finally:
        os.umask(umask)
    assert path.read_text() == "begun\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750


def test_it_never_grows_past_its_size_and_the_oldest_go(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "inroad.log"
    file = opened(path, most_bytes=100, kept=2)
    for number in range(100):
        file.handle(line(f"line {number}"))
    files = sorted(tmp_path.iterdir())
    assert [each.name for each in files] == ["inroad.log", "inroad.log.1", "inroad.log.2"]
    assert all(each.stat().st_size <= 100 for each in files)
    assert all(stat.S_IMODE(each.stat().st_mode) & 0o007 == 0 for each in files)
    in_order = [text for each in reversed(files) for text in each.read_text().splitlines()]
    assert in_order == [f"line {number}" for number in range(100 - len(in_order), 100)]


def test_a_line_longer_than_the_file_may_be_is_whole_all_the_same(opened: Opened, tmp_path: Path) -> None:
    file = opened(tmp_path / "inroad.log", most_bytes=20)
    for text in ("short", "x" * 50, "short again"):
        file.handle(line(text))
    assert [(tmp_path / f"inroad.log{end}").read_text().strip() for end in (".2", ".1", "")] == [
        "short",
        "x" * 50,
        "short again",
    ]


def test_full_files_go_when_their_days_are_over(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "inroad.log"
    for number, age in ((1, 1), (2, 8)):
        old = tmp_path / f"inroad.log.{number}"
        old.write_text("old\n")
        os.utime(old, (time.time() - age * 86_400,) * 2)
    opened(path, kept=5, days=7).handle(line("now"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["inroad.log", "inroad.log.1"]


@pytest.mark.parametrize("way", ["moved", "deleted"])
def test_it_follows_when_somebody_else_rotates(opened: Opened, tmp_path: Path, way: str) -> None:
    path = tmp_path / "inroad.log"
    file = opened(path)
    file.handle(line("before"))
    path.rename(tmp_path / "taken") if way == "moved" else path.unlink()
    file.handle(line("after"))
    assert path.read_text() == "after\n"


# --- where it cannot be written --------------------------------------------------------------------------


def test_a_full_disk_is_said_once_and_no_line_is_lost(
    opened: Opened,
    heard: Heard,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "inroad.log"
    file = opened(path)

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        for number in range(3):
            file.handle(line(f"line {number}"))
    file.handle(line("there is room again"))
    said = capsys.readouterr().err
    assert said.count("No space left on device") == said.count("\n") == 1
    assert f"{path} cannot be written" in said
    assert "INROAD_LOG_FILE" in said
    assert heard.messages == ["line 0", "line 1", "line 2"]
    assert path.read_text() == "there is room again\n"


def test_what_a_full_disk_cut_off_spoils_no_other_line(
    opened: Opened, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, write = tmp_path / "inroad.log", os.write
    file = opened(path)
    with monkeypatch.context() as disk:
        disk.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:4]))
        file.handle(line("cut off"))
    file.handle(line("whole"))
    assert path.read_text() == "cut \nwhole\n"
    assert heard.messages == ["cut off"]


def test_where_a_folder_takes_no_file_the_app_goes_on(
    opened: Opened, heard: Heard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    file = opened(tmp_path / "file" / "inroad.log")
    assert "cannot be written" in capsys.readouterr().err  # at the start, when somebody looks
    file.handle(line("one"))
    file.handle(line("two", logging.WARNING))
    assert heard.messages == ["one"]  # a warning goes there anyhow
    assert capsys.readouterr().err == ""


def test_where_it_cannot_be_rotated_it_stays_within_its_size(
    opened: Opened, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "inroad.log"
    file = opened(path, most_bytes=100)

    def refused(self: LogFile, source: str, target: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(LogFile, "rotate", refused)
    for number in range(30):
        file.handle(line(f"line {number}"))
    kept = path.read_text().splitlines()
    assert path.stat().st_size <= 100
    assert [*kept, *heard.messages] == [f"line {number}" for number in range(30)]


def test_a_pipe_is_no_log_file(opened: Opened, heard: Heard, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        opened(path).handle(line("one"))
        assert heard.messages == ["one"]
    finally:
        os.close(reader)


# --- several processes -------------------------------------------------------------------------------------


def test_while_another_process_holds_the_folder_the_file_has_twice_its_size_at_most(
    opened: Opened, heard: Heard, tmp_path: Path
) -> None:
    path = tmp_path / "inroad.log"
    file = opened(path, most_bytes=100)
    held = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        for number in range(30):
            file.handle(line(f"line {number}"))
    finally:
        os.close(held)
    assert path.stat().st_size <= 200
    assert [*path.read_text().splitlines(), *heard.messages] == [f"line {number}" for number in range(30)]


_WRITES = """
import logging, sys
from pathlib import Path
from telemetry import logs
logs.configure("INFO", "json")
logs.to_file(Path(sys.argv[1]), most_bytes=20_000, kept=100, days=0)
for number in range(1500):
    logging.getLogger("serving").info("request", extra={"facts": {"by": sys.argv[2], "number": number}})
"""


def test_several_processes_share_a_file_and_no_line_is_lost_or_torn(tmp_path: Path) -> None:
    path = tmp_path / "inroad.log"
    names = ("one", "two", "three")
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITES, str(path), name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in names
    ]
    assert [writer.communicate()[1] for writer in writers] == [b"", b"", b""]
    files = list(tmp_path.iterdir())
    assert len(files) > 10
    assert all(file.stat().st_size <= 40_000 for file in files)
    lines = [json.loads(text) for file in files for text in file.read_text().splitlines()]
    found = sorted((told["by"], told["number"]) for told in lines)
    assert found == sorted((name, number) for name in names for number in range(1500))


# --- beside stderr ---------------------------------------------------------------------------------------


def run(script: str, *arguments: str, stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import logging, sys\nfrom pathlib import Path\n{script}", *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


def test_with_a_file_only_warnings_stand_on_stderr_too(tmp_path: Path) -> None:
    path = tmp_path / "inroad.log"
    script = """
from telemetry import logs
logs.configure("INFO", "text")
logs.to_file(Path(sys.argv[1]), most_bytes=10_000, kept=1, days=0)
logging.getLogger("app").info("a request")
logging.getLogger("app").warning("a warning")
"""
    done = run(script, str(path))
    assert [json.loads(text)["message"] for text in path.read_text().splitlines()] == [
        "a request",
        "a warning",
    ]
    assert done.stderr.count("\n") == 1
    assert "WARNING app: a warning" in done.stderr


def test_where_nobody_reads_stderr_any_more_it_goes_on() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    script = """
from telemetry import logs
logs.configure("INFO", "json")
logging.getLogger("app").warning("nobody hears it")
print("still here")
"""
    done = run(script, stderr=writer)
    os.close(writer)
    assert done.stdout == "still here\n"


def test_a_line_that_cannot_be_made_is_told_without_what_was_to_go_into_it() -> None:
    script = """
from telemetry import logs
logs.configure("INFO", "text")
logging.getLogger("app").warning("%d drafts", "Maya ran the ward")
"""
    done = run(script)
    assert done.stderr == "A line of app cannot be logged: TypeError\n"


def test_the_file_says_so_as_well(opened: Opened, heard: Heard, tmp_path: Path) -> None:
    told: list[str] = []
    heard.handleError = lambda record: told.append(record.name)  # type: ignore[method-assign]
    opened(tmp_path / "inroad.log").handle(logging.LogRecord("app", 30, "", 0, "%d", ("Maya",), None))
    assert told == ["app"]
    assert (tmp_path / "inroad.log").read_text() == ""


def test_a_line_holds_json_of_any_text(opened: Opened, tmp_path: Path) -> None:
    file = opened(tmp_path / "inroad.log")
    file.setFormatter(logs.AsJson())
    file.handle(line("ü \ud800 \n x"))
    [text] = (tmp_path / "inroad.log").read_text().splitlines()
    assert json.loads(text)["message"].startswith("ü ")
