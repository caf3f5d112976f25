"""What whoever runs this sees of readings, drafts and model calls: numbers, and words of our own."""

from collections.abc import Callable

import pytest

import outreach
import settings
from domain import Draft, DraftKind, Persona
from errors import NothingMatches
from outreach import Options
from telemetry.metrics import REGISTRY
from tests.groq_stand_in import StandIn

PRIVATE = "Zanzibarwerke"
POSTING = f"""Platform Engineer

At {PRIVATE} you will
- Move billing services to Kubernetes
- Write Terraform modules for PostgreSQL
- Run COBOL batches
"""

Counts = Callable[..., float]


@pytest.fixture
def grown() -> Counts:
    """How much a figure has grown since the test began."""
    before = {(s.name, tuple(s.labels.items())): s.value for m in REGISTRY.collect() for s in m.samples}

    def since(name: str, **labels: str) -> float:
        now = REGISTRY.get_sample_value(name, labels) or 0.0
        was = [value for (n, held), value in before.items() if n == name and dict(held) == labels]
        return now - sum(was)

    return since


def drafted(options: Options) -> Draft:
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    *_, last = outreach.draft(outreach.rank(outreach.read(POSTING), profile)[0], profile, options)
    assert isinstance(last, Draft)
    return last


def test_a_reading_counts_by_its_rung_and_how_it_ended(grown: Counts) -> None:
    outreach.read(POSTING)
    outreach.read("http://127.0.0.1/secret-path")
    outreach.read_saved(b"<html><body><p>Nothing here.</p></body></html>", "https://saved.example/jobs")
    assert grown("inroad_readings_total", rung="pasted text", outcome="openings") == 1
    assert grown("inroad_readings_total", rung="none", outcome="bad_address") == 1
    assert grown("inroad_readings_total", rung="none", outcome="not_understood") == 1


@pytest.mark.parametrize("kind", list(DraftKind))
def test_a_draft_counts_by_its_kind_and_who_wrote_it(kind: DraftKind, grown: Counts) -> None:
    drafted(Options(kind=kind))
    assert grown("inroad_drafts_total", kind=kind, writer="embedded") == 1
    assert grown("inroad_draft_seconds_count", writer="embedded") == 1


def test_a_draft_that_cannot_be_written_is_none(grown: Counts) -> None:
    stranger = outreach.profile_from_form({"name": "Nia Nobody"})
    with pytest.raises(NothingMatches):
        list(outreach.draft(outreach.rank(outreach.read(POSTING), stranger)[0], stranger))
    assert sum(grown("inroad_drafts_total", kind=kind, writer="embedded") for kind in DraftKind) == 0


def test_what_warms_the_writer_up_counts_as_nobodys(grown: Counts) -> None:
    outreach.warm_up()
    assert grown("inroad_drafts_total", kind="cold-email", writer="embedded") == 0
    assert sum(grown("inroad_draft_seconds_count", writer=writer) for writer in ("embedded", "model")) == 0


def test_a_models_tokens_and_what_a_check_stopped_count(
    grown: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StandIn("one true line among lies") as server:
        config = server.settings()
        monkeypatch.setattr(settings, "current", lambda: config)
        draft = drafted(Options(writer="model"))
    usage, dropped = draft.receipt.usage, draft.receipt.dropped
    assert grown("inroad_tokens_total", direction="prompt") == usage.prompt_tokens > 0
    assert grown("inroad_tokens_total", direction="completion") == usage.completion_tokens > 0
    assert dropped
    for check in {each.verdict.check for each in dropped}:
        assert check
        times = sum(each.verdict.check == check for each in dropped)
        assert grown("inroad_sentences_dropped_total", check=check) == times


@pytest.mark.parametrize(
    ("persona", "source"), [("503", "groq"), ("cut", "groq"), ("503", "openai-compatible")]
)
def test_a_model_call_that_fails_counts_by_its_source(
    persona: str, source: str, grown: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StandIn(persona, protocol=source) as server:
        config = server.settings(model_timeout_s=0.5, model_longest_wait_s=0.1)
        monkeypatch.setattr(settings, "current", lambda: config)
        drafted(Options(writer="model"))
    assert grown("inroad_model_errors_total", source=source) == 1
    assert grown("inroad_drafts_total", kind="cold-email", writer="embedded") == 1


def test_no_figure_holds_a_word_of_a_page_or_a_person() -> None:
    drafted(Options())
    outreach.read(f"http://{PRIVATE.lower()}.example:1/")
    held = {value for metric in REGISTRY.collect() for s in metric.samples for value in s.labels.values()}
    assert not [value for value in held if PRIVATE.casefold() in value.casefold()]
