"""Many drafts under one allowance, through the real client, against a server that holds to its limits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import chains
import outreach
import settings
from batch import JsonLines, Moved
from domain import Draft, Persona, Posting, Section
from errors import NoRoom
from outreach import Handover, Opening, Options, Waiting
from tests.briefs import make_posting
from tests.groq_limits import Limits, TurnedClock
from tests.groq_stand_in import StandIn

ME = outreach.sample_profile(Persona.JOB_SEEKER)
MODEL = Options(writer="model")
FREE: dict[str, Any] = {"model_tokens_per_minute": 8_000}


def posting(number: int) -> Posting:
    lines = (
        (Section.TASKS, "Move billing services to Kubernetes"),
        (Section.TASKS, f"Write Terraform modules for {number + 2} teams"),
        (Section.MUST, "Python"),
    )
    made = make_posting(f"Platform Engineer {chr(65 + number % 26)}{number}", "Tessel", lines)
    return made.model_copy(update={"id": f"o{number}", "url": f"https://tessel.example/jobs/{number}"})


def openings(count: int) -> list[Opening]:
    return [outreach.examine(posting(number), ME) for number in range(count)]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> TurnedClock:
    """Time for the budget of this process and for the server."""
    turned = TurnedClock()
    monkeypatch.setattr(chains.shared(), "clock", turned)
    monkeypatch.setattr(chains.shared(), "sleep", turned.sleep)
    return turned


Serve = Callable[..., None]


@pytest.fixture
def served_by(monkeypatch: pytest.MonkeyPatch) -> Serve:
    def point(server: StandIn, **changes: Any) -> None:
        config = server.settings(**changes)
        monkeypatch.setattr(settings, "current", lambda: config)

    return point


def drafts(moves: list[Moved]) -> list[Draft]:
    return [move.job.draft for move in moves if move.job.draft is not None]


@pytest.mark.parametrize("settles", [True, False])
@pytest.mark.parametrize("states", [True, False])
def test_fifty_drafts_drain_without_one_refusal(
    settles: bool, states: bool, clock: TurnedClock, served_by: Serve
) -> None:
    limits = Limits(clock=clock, settles=settles, states=states)
    if not states:
        limits.settles = True  # of a server that says nothing, only what was used can be known
    with StandIn(limits=limits) as server:
        served_by(server, **FREE)
        began = clock()
        moves = list(outreach.draft_many(openings(50), ME, MODEL))
    written = drafts(moves)
    assert len(written) == 50
    assert limits.refused == {}
    assert {one.receipt.usage.writer for one in written} == {"model"}
    assert limits.peak <= 8_000
    assert 50 / ((clock() - began) / 60) >= 5


def test_what_others_spend_under_the_same_key_is_left_to_them(clock: TurnedClock, served_by: Serve) -> None:
    limits = Limits(clock=clock)
    with StandIn(limits=limits) as server:
        served_by(server, **FREE)
        list(outreach.draft(openings(1)[0], ME, MODEL))
        limits.admit({"messages": [{"content": ""}], "max_tokens": 5_000})  # another program's
        list(outreach.draft(openings(1)[0], ME, MODEL))
        many = list(outreach.draft_many(openings(6), ME, MODEL))
    assert len(drafts(many)) == 6
    assert limits.refused == {}


def test_a_person_sees_when_their_turn_comes(clock: TurnedClock, served_by: Serve) -> None:
    with StandIn(limits=Limits(clock=clock, tokens_a_minute=1_600)) as server:
        served_by(server, **{**FREE, "model_tokens_per_minute": 1_600})
        list(outreach.draft(openings(1)[0], ME, MODEL))
        told = outreach.budget_for(openings(1)[0], ME, MODEL)
        events = list(outreach.draft(openings(1)[0], ME, MODEL))
    assert told is not None
    waits = [event.estimate.starts_in_s for event in events if isinstance(event, Waiting)]
    assert 55 < told.starts_in_s <= 60
    assert waits[0] == pytest.approx(told.starts_in_s, abs=1)
    assert isinstance(events[-1], Draft)
    assert events[-1].receipt.usage.writer == "model"


def test_who_would_wait_too_long_gets_the_built_in_writer_and_the_time(
    clock: TurnedClock, served_by: Serve
) -> None:
    with StandIn(limits=Limits(clock=clock, requests_a_day=1)) as server:
        served_by(server, **FREE, model_requests_per_day=1)
        list(outreach.draft(openings(1)[0], ME, MODEL))
        events = list(outreach.draft(openings(1)[0], ME, MODEL))
        assert len(server.requests) == 1
    handover = next(event for event in events if isinstance(event, Handover))
    assert "has used up its day, until" in handover.reason


def test_a_bulk_run_puts_off_what_the_day_does_not_hold_and_goes_on_the_next(
    clock: TurnedClock, served_by: Serve, tmp_path: Path
) -> None:
    shelf = JsonLines(tmp_path / "drafts.jsonl")
    limits = Limits(clock=clock, requests_a_day=3)
    with StandIn(limits=limits) as server:
        served_by(server, **FREE, model_requests_per_day=3)
        first = list(outreach.draft_many(openings(5), ME, MODEL, shelf=shelf))
        assert len(drafts(first)) == 3
        states = {move.job.id: move.job.state for move in first}
        assert sorted(states.values()) == ["done"] * 3 + ["put off"] * 2
        clock.sleep(86_800)
        second = list(outreach.draft_many(openings(5), ME, MODEL, shelf=shelf))
    assert len(drafts(second)) == 5
    assert len(server.requests) == 5
    assert limits.refused == {}


def test_no_patience_is_a_choice_of_the_caller(clock: TurnedClock, served_by: Serve) -> None:
    with StandIn(limits=Limits(clock=clock, requests_a_day=1)) as server:
        served_by(server, **FREE, model_requests_per_day=1)
        list(outreach.draft(openings(1)[0], ME, MODEL))
        with pytest.raises(NoRoom):
            list(outreach.draft(openings(1)[0], ME, MODEL, patience_s=10))


def test_without_a_model_there_is_no_budget() -> None:
    assert outreach.budget_for(openings(1)[0], ME) is None


def test_the_built_in_writer_writes_many_too_and_a_changed_wish_is_another_job() -> None:
    some = openings(3)
    assert len(drafts(list(outreach.draft_many(some, ME)))) == 3
    assert outreach.job_id(some[0], ME, Options()) == outreach.job_id(some[0], ME, Options())
    others = (Options(seed=1), Options(say_gap=True), MODEL)
    assert len({outreach.job_id(some[0], ME, wish) for wish in (Options(), *others)}) == 4
