"""What the log keeps of a fault of ours."""

import logging

import pytest

from telemetry import faults

log = logging.getLogger("app")
WORDS = "Maya ran the ward"


def even(calls: int) -> None:
    if calls == 0:
        raise ValueError(WORDS)
    odd(calls - 1)


def odd(calls: int) -> None:
    even(calls - 1)


def fault_of(calls: int) -> ValueError:
    with pytest.raises(ValueError, match=WORDS) as fault:
        even(calls)
    return fault.value


def test_a_fault_is_found_by_its_reference_and_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    reference = faults.logged(log, fault_of(0), "a job to read")
    assert f"reference {reference}: a job to read: ValueError" in caplog.text
    assert "in even" in caplog.text
    assert WORDS not in caplog.text


def test_a_fault_far_down_takes_few_lines(caplog: pytest.LogCaptureFixture) -> None:
    faults.logged(log, fault_of(100))
    assert (caplog.text.count("in even"), caplog.text.count("in odd")) == (4, 4)
