"""Log lines that a program can read, each with the id of its request and nothing about a person."""

import json
import logging
import sys
import traceback
import warnings
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; empty outside of one."""

OURS = (
    *("accounts", "api", "app", "background", "batch", "calls", "chains", "domain", "errors", "exports"),
    *("grounding", "interface", "kinds", "language", "matching", "mcp_server", "outreach", "profiles"),
    *("samples", "scraping", "serving", "settings", "store", "tagging", "telemetry"),
)
"""The loggers whose words are our own."""

_FRAMES = 6


class AsJson(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request, and what `extra["facts"]` held."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if request := REQUEST_ID.get():
            line["request"] = request
        line |= _facts(record)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["at"] = _frames(record)
        return json.dumps(line, ensure_ascii=False)


class AsText(logging.Formatter):
    """The same for a person to read; of an error its kind and where it arose, never its message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: ")

    def format(self, record: logging.LogRecord) -> str:
        record.asctime = self.formatTime(record)
        parts = [_message(record), *(f"{name}={value}" for name, value in _facts(record).items())]
        if record.exc_info and record.exc_info[0]:
            parts += ["\n  ".join([record.exc_info[0].__name__, *_frames(record)])]
        return self.formatMessage(record) + " ".join(parts)


class _ToStderr(logging.StreamHandler[Any]):
    """Writes to stderr. Where nobody reads it any more, lines are lost and nothing else."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say where a line could not be made; logging itself would print what was to be put into it."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError | ValueError | None):
            with suppress(OSError, ValueError):
                self.stream.write(f"A line of {record.name} cannot be logged: {type(error).__name__}\n")


def configure(level: str, form: str) -> None:
    """Send what is logged to stderr, as text or as JSON.

    Below a warning only our own loggers are heard: at DEBUG, others log whole requests, rows of the database,
    and with them what people assert of themselves.

    Args:
        level: The least level of our own that is written.
        form: "text" or "json".
    """
    handler = _ToStderr()
    handler.setFormatter(AsJson() if form == "json" else AsText())
    logging.basicConfig(handlers=[handler])
    logging.getLogger().setLevel(logging.WARNING)  # also where somebody has set up handlers before
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    warnings.formatwarning = _warning


def to_file(path: Path, *, most_bytes: int, kept: int, days: int) -> None:
    """Send what is logged to a file, as JSON; on stderr only warnings remain.

    What the file cannot take goes to stderr as before.

    Args:
        path: The file; full ones are kept beside it, as `telemetry.log_file` explains.
        most_bytes: From which on it is full.
        kept: How many full ones are kept.
        days: How long each of them is kept; 0 is as long as they are not too many.
    """
    from telemetry.log_file import LogFile  # for a server: what reads a page once writes no log

    root = logging.getLogger()
    stderr = next((each for each in root.handlers if isinstance(each, _ToStderr)), None) or _ToStderr()
    stderr.setLevel(logging.WARNING)
    handler = LogFile(path, most_bytes=most_bytes, kept=kept, days=days, otherwise=stderr)
    handler.setFormatter(AsJson())
    root.addHandler(handler)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _message(record: logging.LogRecord) -> str:
    """What is logged; of others the first line with nothing put into it, as that may quote a person."""
    if _is_ours(record) or record.name == "py.warnings":
        return record.getMessage()
    return str(record.msg).strip().partition("\n")[0][:200]


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    facts = getattr(record, "facts", None)
    return facts if isinstance(facts, dict) else {}


def _frames(record: logging.LogRecord) -> list[str]:
    """Where an error arose, the innermost call last."""
    assert record.exc_info
    frames = traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _warning(
    message: Warning | str,  # noqa: ARG001
    category: type[Warning],
    filename: str,
    lineno: int,
    line: str | None = None,  # noqa: ARG001
) -> str:
    """A warning without its words, which may quote what was read."""
    return f"{category.__name__} at {filename}:{lineno}"
