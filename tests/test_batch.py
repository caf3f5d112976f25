"""Many drafts at once: each kept as it comes, none stopped by another, stopped at once, gone on with."""

import json
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

import batch
from batch import InMemory, Job, JsonLines, Moved
from domain import Draft, DraftKind, Estimate, Receipt, Usage
from errors import Cancelled, DocumentError, NoRoom, NothingMatches

Written = Generator[Estimate | Draft | None, None, None]


def jobs(count: int) -> list[Job]:
    return [Job(id=f"j{n}", title=f"Opening {n}") for n in range(count)]


def draft(subject: str = "") -> Draft:
    return Draft(kind=DraftKind.COLD_EMAIL, subject=subject, receipt=Receipt(usage=Usage(writer="embedded")))


def honest(id_: str, _: tuple[Draft, ...]) -> Written:
    yield None
    yield draft(id_)


def ends(moves: list[Moved]) -> dict[str, str]:
    return {move.job.id: move.job.state for move in moves}


def test_each_job_is_written_and_the_counts_follow() -> None:
    moves = list(batch.run(jobs(3), honest))
    assert ends(moves) == {"j0": "done", "j1": "done", "j2": "done"}
    assert [(m.done, m.failed, m.total) for m in moves if m.job.state == "done"] == [
        (1, 0, 3),
        (2, 0, 3),
        (3, 0, 3),
    ]
    assert [m.job.draft.subject for m in moves if m.job.draft] == ["j0", "j1", "j2"]


def test_nothing_to_do_is_done() -> None:
    assert list(batch.run([], honest)) == []


@pytest.mark.parametrize("error", [NothingMatches("Nothing fits."), ValueError("a defect of ours")])
def test_one_that_fails_stops_no_other(error: Exception) -> None:
    def write(id_: str, earlier: tuple[Draft, ...]) -> Written:
        if id_ == "j1":
            raise error
        yield from honest(id_, earlier)

    moves = list(batch.run(jobs(3), write))
    assert ends(moves) == {"j0": "done", "j1": "failed", "j2": "done"}
    failed = next(m.job for m in moves if m.job.state == "failed")
    assert failed.reason
    assert "defect" not in failed.reason
    assert moves[-1].failed == 1


def test_a_used_up_day_puts_off_what_is_left_and_asks_no_more() -> None:
    asked = []

    def write(id_: str, earlier: tuple[Draft, ...]) -> Written:
        asked.append(id_)
        if id_ == "j1":
            raise NoRoom("m has used up its day.")
        yield from honest(id_, earlier)

    moves = list(batch.run(jobs(4), write))
    assert ends(moves) == {"j0": "done", "j1": "put off", "j2": "put off", "j3": "put off"}
    assert asked == ["j0", "j1"]


def test_each_is_told_the_drafts_before_it_in_their_order() -> None:
    told: dict[str, list[str]] = {}

    def write(id_: str, earlier: tuple[Draft, ...]) -> Written:
        told[id_] = [one.subject for one in earlier]
        yield from honest(id_, earlier)

    list(batch.run(jobs(3), write))
    assert told == {"j0": [], "j1": ["j0"], "j2": ["j0", "j1"]}


def test_who_waits_for_a_model_says_until_when() -> None:
    estimate = Estimate(model="m", prompt_tokens=700, most_tokens=1_300, starts_in_s=12, place=1)

    def write(id_: str, earlier: tuple[Draft, ...]) -> Written:
        yield estimate
        yield estimate
        yield from honest(id_, earlier)

    moves = list(batch.run(jobs(1), write))
    assert [(m.job.state, m.job.estimate) for m in moves[:-1]] == [
        ("writing", None),
        ("waiting", estimate),
        ("writing", None),
    ]


def test_no_more_are_written_at_once_than_allowed() -> None:
    now = most = 0
    lock = threading.Lock()

    def write(id_: str, earlier: tuple[Draft, ...]) -> Written:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        yield None
        threading.Event().wait(0.01)
        with lock:
            now -= 1
        yield draft(id_)

    list(batch.run(jobs(12), write, workers=3))
    assert 2 <= most <= 3


# --- stopping ----------------------------------------------------------------------------------------


def test_a_stop_does_not_wait_for_a_writer_that_hangs() -> None:
    hanging, stop, go_on = threading.Event(), threading.Event(), threading.Event()
    ended = []

    def write(_id: str, _: tuple[Draft, ...]) -> Written:
        hanging.set()
        yield None
        ended.append(go_on.wait(60))

    running = batch.run(jobs(2), write, cancelled=stop.is_set)
    next(running)
    hanging.wait()
    stop.set()
    with pytest.raises(Cancelled):
        list(running)
    assert not ended
    go_on.set()


def test_a_writer_is_closed_when_the_caller_leaves() -> None:
    closed = threading.Event()

    def write(_id: str, _: tuple[Draft, ...]) -> Written:
        try:
            while True:
                yield None
                threading.Event().wait(0.01)
        finally:
            closed.set()

    running = batch.run(jobs(1), write)
    next(running)
    running.close()
    assert closed.wait(60)


def test_a_second_run_does_only_what_the_first_left() -> None:
    shelf, asked = InMemory(), []

    def write(id_: str, earlier: tuple[Draft, ...]) -> Written:
        asked.append(id_)
        yield from honest(id_, earlier)

    first = batch.run(jobs(4), write, shelf)
    for move in first:
        if move.done == 2:
            break
    first.close()
    kept = set(shelf.kept())
    asked.clear()
    moves = list(batch.run(jobs(4), write, shelf))
    assert {m.job.id for m in moves if m.job.before} == kept
    assert set(asked) == {"j0", "j1", "j2", "j3"} - kept
    assert set(ends(moves).values()) == {"done"}


def test_what_failed_is_tried_again() -> None:
    shelf = InMemory()

    def fail(_id: str, _: tuple[Draft, ...]) -> Written:
        yield None
        raise NothingMatches("Nothing fits.")

    list(batch.run(jobs(1), fail, shelf))
    assert ends(list(batch.run(jobs(1), honest, shelf))) == {"j0": "done"}


# --- a file ------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts.jsonl"


def test_the_file_gives_back_what_it_was_given(path: Path) -> None:
    done = Job(id="j0", title="Ünïcode\nand a line", state="done", draft=draft("Hello"))
    JsonLines(path).keep(done)
    assert JsonLines(path).kept() == {"j0": done}
    assert path.stat().st_mode & 0o077 == 0


def test_no_file_is_no_job(path: Path) -> None:
    assert JsonLines(path).kept() == {}


def test_a_line_cut_by_a_crash_costs_that_job_only(path: Path) -> None:
    shelf = JsonLines(path)
    for number in range(3):
        shelf.keep(Job(id=f"j{number}", title="x", state="done", draft=draft()))
    path.write_bytes(path.read_bytes()[:-40])
    assert set(shelf.kept()) == {"j0", "j1"}
    shelf.keep(Job(id="j3", title="x", state="done", draft=draft()))
    assert set(shelf.kept()) == {"j0", "j1", "j3"}


def test_lines_that_are_no_jobs_are_passed_over(path: Path) -> None:
    path.write_bytes(b"[]\n{\n\xff\xfe\n" + json.dumps({"id": 3}).encode() + b"\n")
    assert JsonLines(path).kept() == {}


def test_a_file_that_cannot_be_written_ends_the_run_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be written"):
        list(batch.run(jobs(2), honest, JsonLines(tmp_path / "no such folder" / "drafts.jsonl")))
