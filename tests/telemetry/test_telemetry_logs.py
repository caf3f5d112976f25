"""What is logged: for programs and for people, and from others never what they read."""

import json
import logging
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from telemetry import logs
from telemetry.logs import OURS, REQUEST_ID, AsJson, AsText, configure

ROOT = Path(__file__).parents[2]


def record(
    name: str, message: str, *arguments: object, error: bool = False, **facts: object
) -> logging.LogRecord:
    made = logging.LogRecord(
        name, logging.WARNING, "", 0, message, arguments, sys.exc_info() if error else None
    )
    if facts:
        made.facts = facts
    return made


@pytest.fixture
def settled() -> Iterator[None]:
    """Everything that `configure` touches is put back."""
    root, formatting = logging.getLogger(), warnings.formatwarning
    before = (root.handlers[:], root.level, {name: logging.getLogger(name).level for name in OURS})
    logging.captureWarnings(False)  # as a test before may have left it
    yield
    root.handlers, root.level = before[0], before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(False)
    warnings.formatwarning = formatting


def test_a_line_is_one_object_with_its_request_and_facts() -> None:
    token = REQUEST_ID.set("one")
    try:
        line = json.loads(AsJson().format(record("store", "kept %d", 3, items=3)))
    finally:
        REQUEST_ID.reset(token)
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "WARNING", "logger": "store", "message": "kept 3", "request": "one", "items": 3}


@pytest.mark.parametrize("formatter", [AsJson(), AsText()])
def test_of_an_error_its_kind_and_place_are_told_but_not_its_words(formatter: logging.Formatter) -> None:
    words = "ada@example.org"
    try:
        raise ValueError(words)
    except ValueError:
        line = formatter.format(record("store", "failed", error=True))
    assert "ValueError" in line
    assert "test_telemetry_logs.py" in line
    assert words not in line


@pytest.mark.parametrize("formatter", [AsJson(), AsText()])
def test_what_others_log_is_told_without_what_they_put_into_it(formatter: logging.Formatter) -> None:
    line = formatter.format(record("httpx", "HTTP Request: %s\nfrom Ada", "https://example.org/ada"))
    assert "HTTP Request: %s" in line
    assert "ada" not in line.casefold()


@pytest.mark.usefixtures("settled")
def test_below_a_warning_only_our_own_loggers_are_heard(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger().handlers = []  # pytest's
    configure("DEBUG", "json")
    logging.getLogger("outreach").debug("ours")
    logging.getLogger("sqlalchemy.engine").info("theirs")
    warnings.warn("canary", UserWarning, stacklevel=1)
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [line["message"].partition(" ")[0] for line in lines] == ["ours", "UserWarning"]
    assert "canary" not in str(lines)


def test_every_package_of_ours_is_known_as_ours() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    modules = {path.stem for path in ROOT.glob("*.py")}
    assert (packages | modules) - {"benchmarks", "evaluation", "tests"} <= set(logs.OURS)
