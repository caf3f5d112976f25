"""Drafts by a model, through the real client and the whole of outreach: what passes, and who takes over."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr

import outreach
import settings
from domain import Draft, DraftKind, Persona
from outreach import Checked, Handover, Opening, Options
from tests import obeying_liar, obeying_model  # noqa: F401  # their import makes their personas known
from tests.groq_stand_in import KEY, PERSONAS, StandIn

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
def served_by(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Point this process at a stand-in server."""

    def point(server: StandIn, **changes: Any) -> None:
        config = server.settings(**changes)
        monkeypatch.setattr(settings, "current", lambda: config)

    return point


# Personas that keep the contract, whatever dress they come in.
HONEST = [
    name
    for name in PERSONAS
    if (name.startswith("honest") or name == "thinks aloud") and name != "honest but for one lie"
]
# What passes as a moment's trouble, and what a server does to the few who wait.
PASSING = ["busy for a moment", "500", "503", "hangs up before answering"]
NEVER_SHOWN = ("evil.example", "<", ">", "**", "](", "10.0.0.7", KEY, "Zephyrline", "thrilled", "Sie ")


@pytest.mark.parametrize("protocol", ["groq", "openai-compatible"])
@pytest.mark.parametrize("persona", [name for name in PERSONAS if name not in HONEST])
def test_whatever_a_server_does_the_person_gets_a_good_draft_and_is_told(
    persona: str, protocol: str, opening: Opening, served_by: Callable[..., None]
) -> None:
    with StandIn(persona, protocol=protocol) as server:
        served_by(server, model_timeout_s=0.5, model_longest_wait_s=0.1)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        events = list(outreach.draft(opening, profile, Options(writer="model")))
    draft = events[-1]
    assert isinstance(draft, Draft)
    assert all(verdict.supported for verdict in draft.verdicts)
    page = "\n".join([draft.subject, *(s.text for s in draft.sentences)])
    assert not [words for words in NEVER_SHOWN if words in page]
    handovers = [e.reason for e in events if isinstance(e, Handover)]
    usage = draft.receipt.usage
    assert handovers == ([usage.fallback] if usage.writer == "embedded" else [])
    assert usage.writer == "embedded" or persona in MAY_WRITE
    assert KEY not in draft.model_dump_json()


# Of whom enough is true to keep.
MAY_WRITE = (
    "obeying liar",
    "honest but for one lie",
    "knows the payload",
    "out of tokens after the question",
)


@pytest.mark.parametrize("trouble", PASSING)
def test_a_moments_trouble_is_not_told(
    trouble: str, opening: Opening, served_by: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chains.calling._BACKOFF_S", 0.01)
    with StandIn("honest") as server:
        server.script = [trouble]
        served_by(server)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        draft = list(outreach.draft(opening, profile, Options(writer="model")))[-1]
    assert isinstance(draft, Draft)
    assert draft.receipt.usage.writer == "model"


@pytest.mark.parametrize("protocol", ["groq", "openai-compatible"])
@pytest.mark.parametrize("persona", HONEST)
def test_who_keeps_the_contract_keeps_the_pen(
    persona: str, protocol: str, opening: Opening, served_by: Callable[..., None]
) -> None:
    if persona in ("honest in one body", "honest, knows only the core", "honest, ends in words of its own"):
        protocol = "openai-compatible"  # Groq's own server does none of this
    with StandIn(persona, protocol=protocol) as server:
        served_by(server)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        events = list(outreach.draft(opening, profile, Options(writer="model")))
    draft = events[-1]
    assert isinstance(draft, Draft)
    assert draft.receipt.usage.writer == "model", draft.receipt.usage.fallback


KINDS_WITH_A_PROMPT = [
    DraftKind.COLD_EMAIL,
    DraftKind.FOLLOW_UP,
    DraftKind.COVER_LETTER,
    DraftKind.RESUME_SUMMARY,
]


@pytest.mark.parametrize("kind", KINDS_WITH_A_PROMPT)
def test_an_honest_model_writes_every_kind_within_its_budget(
    kind: DraftKind, opening: Opening, served_by: Callable[..., None]
) -> None:
    with StandIn() as server:
        served_by(server)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        draft = list(outreach.draft(opening, profile, Options(kind=kind, writer="model")))[-1]
    assert isinstance(draft, Draft)
    usage = draft.receipt.usage
    assert (usage.writer, usage.calls) == ("model", 1), usage.fallback
    assert usage.prompt_tokens + usage.completion_tokens <= 1_200


def test_a_model_that_fails_more_than_a_third_of_its_lines_is_said_to_have(
    opening: Opening, served_by: Callable[..., None]
) -> None:
    with StandIn("one true line among lies") as server:
        served_by(server)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        draft = list(outreach.draft(opening, profile, Options(writer="model")))[-1]
    assert isinstance(draft, Draft)
    usage, failed = draft.receipt.usage, len(draft.receipt.dropped)
    told = f"{failed} of the 6 lines that openai/gpt-oss-120b wrote could not be shown."
    assert usage.fallback.startswith(told)
    assert (usage.writer, usage.calls) == ("embedded", 1)
    assert usage.prompt_tokens > 0


def test_one_lie_among_true_lines_is_found_and_the_model_keeps_the_pen(
    opening: Opening, served_by: Callable[..., None]
) -> None:
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    with StandIn("honest but for one lie", seed=3) as server:
        served_by(server)
        for seed in range(len(obeying_liar.LIES)):
            draft = list(outreach.draft(opening, profile, Options(writer="model", seed=seed)))[-1]
            assert isinstance(draft, Draft)
            assert draft.receipt.usage.writer == "model"
            page = [draft.subject, *(s.text for s in draft.sentences)]
            head, _, sent = server.lies[-1].line.partition(" | ")
            assert sent not in page
            assert head[0] in "SF" or len(draft.receipt.dropped) >= 1  # subject and greeting are never taken
    assert len({lie.kind for lie in server.lies}) > 40


def test_another_model_than_the_one_set_up_is_told(opening: Opening, served_by: Callable[..., None]) -> None:
    with StandIn() as server:
        served_by(server, model="llama-3.3-70b-versatile")
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        draft = list(outreach.draft(opening, profile, Options(writer="model")))[-1]
    assert isinstance(draft, Draft)
    told = "llama-3.3-70b-versatile is no longer offered; openai/gpt-oss-120b wrote this."
    assert draft.receipt.usage.note == told


def test_a_persons_own_key_and_model_write(opening: Opening, served_by: Callable[..., None]) -> None:
    with StandIn() as server:
        served_by(server, key=None)
        key = SecretStr(KEY)
        offered = next(s for s in outreach.models(key) if s.source == "groq")
        wanted = Options(writer="model", model=offered.models[1].id, key=key)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        draft = list(outreach.draft(opening, profile, wanted))[-1]
    assert isinstance(draft, Draft)
    assert draft.receipt.usage.model == offered.models[1].name
    assert KEY not in draft.model_dump_json()


def test_an_honest_model_keeps_the_pen(opening: Opening, served_by: Callable[..., None]) -> None:
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
    opening: Opening, served_by: Callable[..., None]
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
