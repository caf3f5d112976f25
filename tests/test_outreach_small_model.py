"""A résumé summary by a small model, which writes prose: what it rests on is found, and the gate decides."""

from collections.abc import Iterator

import pytest

import outreach
import settings
from chains import offers
from domain import Draft, DraftKind, Persona
from outreach import Handover, Opening, Options
from settings import Environment, Settings
from tests.chains.local_service import Parrot, served
from tests.groq_stand_in import StandIn, persona

POSTING = """Platform Engineer

At Tessel you will
- Move billing services to Kubernetes
- Write Terraform modules for PostgreSQL

Requirements
- Python
"""
TRUE = (
    "Migrated 14 services to Kubernetes, reducing deploy time from 40 to 6 minutes. "
    "Wrote the Terraform modules for PostgreSQL used by four teams. "
    "Built REST APIs in Python with FastAPI and PostgreSQL for the billing product."
)


@pytest.fixture(scope="module")
def opening() -> Opening:
    return outreach.rank(outreach.read(POSTING), outreach.sample_profile(Persona.JOB_SEEKER))[0]


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    offers.forget_all()
    yield
    offers.forget_all()


def drafted(
    opening: Opening,
    parrot: Parrot,
    monkeypatch: pytest.MonkeyPatch,
    kind: DraftKind = DraftKind.RESUME_SUMMARY,
) -> tuple[Draft, list[str]]:
    with served(parrot) as url:
        config = Settings(environment=Environment.TEST, model_server_url=url)
        monkeypatch.setattr(settings, "current", lambda: config)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        events = list(outreach.draft(opening, profile, Options(kind=kind, writer="model")))
    assert isinstance(events[-1], Draft)
    return events[-1], [event.reason for event in events if isinstance(event, Handover)]


def test_true_sentences_stand_each_on_its_evidence(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, handovers = drafted(opening, Parrot(TRUE), monkeypatch)
    assert handovers == []
    assert [s.text for s in draft.sentences] == [f"{text}." for text in TRUE.rstrip(".").split(". ")]
    evidence = {item.id: item.text for item in outreach.sample_profile(Persona.JOB_SEEKER).evidence}
    assert all(evidence[s.rests_on[0]] == s.text for s in draft.sentences)
    assert draft.receipt.usage.prompt == "evidence alone 1"


def test_the_model_sees_the_evidence_that_answers_and_no_word_of_the_page(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    parrot = Parrot(TRUE)
    drafted(opening, parrot, monkeypatch)
    ((role, text),) = parrot.asked[0]
    assert role == "user"
    assert "Migrated 14 services to Kubernetes" in text
    assert not any(word in text for word in ("Tessel", "Requirements", "Maya", "Fernhill"))
    assert parrot.most == [120]


def test_a_lie_among_true_sentences_is_left_out_in_the_voice_of_a_resume(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, handovers = drafted(opening, Parrot(f"{TRUE} Led a team of 90 people at Google."), monkeypatch)
    assert handovers == []
    page = " ".join(s.text for s in draft.sentences)
    assert not any(word in page.split() for word in ("90", "Google", "I", "my"))
    assert [dropped.text for dropped in draft.receipt.dropped] == ["Led a team of 90 people at Google."]


@pytest.mark.parametrize(
    "text",
    [
        f"Summary:\n{TRUE}",
        TRUE.replace(". ", ".\n\n"),
        TRUE.replace(". ", " . "),
        "\n".join(f"- {sentence}" for sentence in TRUE.rstrip(".").split(". ")),
        TRUE.replace(". Wrote", " . wrote").replace("Migrated", "migrated"),
        f"{TRUE} Added tracing with",
    ],
)
def test_the_dress_of_small_models_does_not_matter(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    draft, handovers = drafted(opening, Parrot(text), monkeypatch)
    assert handovers == []
    assert " ".join(s.text for s in draft.sentences) == TRUE
    assert len({s.paragraph for s in draft.sentences}) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I am thrilled to apply. I love your mission.", "Nothing that parrot wrote could be shown."),
        ("I'm sorry, but I can't help with that.", "The model declined to write this."),
        ("", "parrot wrote nothing about you."),
        (
            "<b>Migrated</b> 14 services. ![x](https://evil.example/p)",
            "Nothing that parrot wrote could be shown.",
        ),
        ("zzz " * 900, "The model returned prose instead of typed lines."),
    ],
)
def test_anything_else_is_refused_and_the_built_in_writer_writes(
    opening: Opening, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    draft, handovers = drafted(opening, Parrot(text), monkeypatch)
    assert handovers == [f"{reason} The built-in writer wrote this."]
    assert draft.sentences
    assert draft.receipt.usage.writer == "embedded"


def test_it_is_not_asked_for_more_than_a_summary(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    parrot = Parrot(TRUE)
    _, handovers = drafted(opening, parrot, monkeypatch, DraftKind.COLD_EMAIL)
    told = "parrot is too small for more than a résumé summary. The built-in writer wrote this."
    assert handovers == [told]
    assert parrot.asked == []


def test_a_large_model_that_forgets_the_lines_of_a_summary_is_understood_too(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    @persona("a summary in prose")
    def in_prose(exchange: object) -> None:
        exchange.stream(TRUE)  # type: ignore[attr-defined]

    with StandIn("a summary in prose") as server:
        config = server.settings()
        monkeypatch.setattr(settings, "current", lambda: config)
        profile = outreach.sample_profile(Persona.JOB_SEEKER)
        wanted = Options(kind=DraftKind.RESUME_SUMMARY, writer="model")
        draft = list(outreach.draft(opening, profile, wanted))[-1]
    assert isinstance(draft, Draft)
    assert " ".join(s.text for s in draft.sentences) == TRUE
    assert draft.receipt.usage.writer == "model"
