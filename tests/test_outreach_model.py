"""Drafts by a model, through the real client and the whole of outreach: what passes, and who takes over."""

from collections.abc import Callable

import pytest

import outreach
import settings
from domain import Draft, Persona
from outreach import Checked, Handover, Opening, Options
from tests import obeying_liar
from tests.groq_stand_in import StandIn

POSTING = """Platform Engineer

At Tessel you will
- Move billing services to Kubernetes
- Write Terraform modules for PostgreSQL

Requirements
- Python
"""


@pytest.fixture(scope="module")
def opening() -> Opening:
    return outreach.rank(outreach.read(POSTING), outreach.sample_profile(Persona.JOB_SEEKER))[0]


@pytest.fixture
def served_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[StandIn], None]:
    """Point this process at a stand-in server."""

    def point(server: StandIn) -> None:
        config = server.settings()
        monkeypatch.setattr(settings, "current", lambda: config)

    return point


@pytest.mark.parametrize(
    "persona",
    ["400", "401", "413", "500", "busy for long", "cut", "prose", "empty", "markup", "wrong ids"],
)
def test_whatever_a_server_does_the_person_gets_a_draft_and_is_told(
    persona: str, opening: Opening, served_by: Callable[[StandIn], None]
) -> None:
    with StandIn(persona) as server:
        served_by(server)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        events = list(outreach.draft(opening, profile, Options(writer="model")))
    draft = events[-1]
    assert isinstance(draft, Draft)
    handovers = [e.reason for e in events if isinstance(e, Handover)]
    assert len(handovers) == 1
    assert draft.receipt.usage.writer == "embedded"
    assert draft.receipt.usage.fallback == handovers[0]


def test_an_honest_model_keeps_the_pen(opening: Opening, served_by: Callable[[StandIn], None]) -> None:
    with StandIn("honest") as server:
        served_by(server)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        events = list(outreach.draft(opening, profile, Options(writer="model")))
    draft = events[-1]
    assert isinstance(draft, Draft)
    assert not [e for e in events if isinstance(e, Handover)]
    assert draft.receipt.usage.writer == "model"
    assert draft.receipt.usage.calls == 1
    assert draft.receipt.usage.prompt_tokens > 0


def test_the_lies_of_a_model_are_listed_and_stay_off_the_page(
    opening: Opening, served_by: Callable[[StandIn], None]
) -> None:
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    assert obeying_liar.LIES  # importing the module adds the liar to the personas
    with StandIn("obeying liar", seed=11) as server:
        served_by(server)
        for seed in range(12):
            told = len(server.lies)
            events = list(outreach.draft(opening, profile, Options(writer="model", seed=seed)))
            draft = events[-1]
            assert isinstance(draft, Draft)
            page = [e.sentence.text for e in events if isinstance(e, Checked)] + [draft.subject]
            planted = {lie.line.partition("|")[2].strip() for lie in server.lies[told:]}
            assert planted
            assert not planted & set(page)
            assert draft.receipt.dropped


def test_without_a_key_the_built_in_writer_writes_and_says_so(opening: Opening) -> None:
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    events = list(outreach.draft(opening, profile, Options(writer="model")))
    assert [e.reason for e in events if isinstance(e, Handover)] == [
        "No model is set up here, so the built-in writer wrote this."
    ]
