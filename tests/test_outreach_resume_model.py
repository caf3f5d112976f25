"""A résumé that a model proposes lines for: what passes is kept, and what does not stands as it was."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import outreach
import settings
from chains.prompting import MOST_TOKENS, make_prompt
from domain import Draft, DraftKind, Dropped, Profile, Sentence, SentenceKind, Usage
from errors import ModelError
from outreach import Difference, Handover, Options
from tests.briefs import make_brief
from tests.groq_stand_in import PERSONAS, StandIn
from tests.resumes import ZOE, opening_for

OPTIONS = Options(kind=DraftKind.TAILORED_RESUME, writer="model")
USED = Usage(
    writer="model",
    model="a-model",
    prompt="tailored-resume 1",
    calls=1,
    prompt_tokens=700,
    completion_tokens=90,
)
# ZOE's items: e4 is "Wrote #define $x", e6 moved 14 services to k8s, e7 managed a group, e8 "I wrote …".
MOVED, MANAGED, BILLED = "e6", "e7", "e8"


@pytest.fixture
def proposing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[object]]:
    """Draft with a model that writes these lines, or fails."""

    def draft(
        *lines: tuple[str, str], error: ModelError | None = None, profile: Profile = ZOE
    ) -> list[object]:
        def written(*_: Any, **__: Any) -> Iterator[Sentence | Usage]:
            for id_, text in lines:
                yield Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=(id_,))
            if error:
                raise error
            yield USED

        monkeypatch.setattr("chains.models.write_with_model", written)
        config = settings.current().model_copy(update={"groq_api_key": "x"})
        monkeypatch.setattr(settings, "current", lambda: _with_model(config))
        return list(outreach.draft(opening_for(profile), profile, OPTIONS))

    return draft


def _with_model(config: settings.Settings) -> Any:
    class Configured:
        has_model = True

        def __getattr__(self, name: str) -> Any:
            return getattr(config, name)

    return Configured()


def of(draft: Draft) -> dict[str, Difference]:
    return {each.evidence: each for each in outreach.differences(draft)}


def finished(events: list[object]) -> Draft:
    draft = events[-1]
    assert isinstance(draft, Draft)
    assert all(verdict.supported for verdict in draft.verdicts)
    return draft


def test_what_passes_is_kept_with_its_changes_named(proposing: Callable[..., list[object]]) -> None:
    events = proposing(
        (BILLED, "Wrote the billing jobs"), (MOVED, "Moved 14 services to Kubernetes with a team of four")
    )
    draft = finished(events)
    assert draft.receipt.usage == USED
    assert not any(isinstance(event, Handover | Dropped) for event in events)
    shown = of(draft)
    assert shown[BILLED].text == "Wrote the billing jobs"
    assert "order" in {change.name for change in shown[BILLED].changes}
    lines = [
        s.rests_on[0] for s in draft.sentences if s.rests_on and s.rests_on[0] in (BILLED, MOVED, MANAGED)
    ]
    assert lines == [BILLED, MOVED, MANAGED]


@pytest.mark.parametrize(
    "text",
    [
        "Moved 40 services to k8s with a team of four",
        "Moved 14 services to k8s",
        "Led the move of 14 services to k8s with a team of four",
        "Moved 14 services to Terraform with a team of four",
        "Moved 14 services to k8s with a team of four, cutting cost",
        "Moved 14 services to k8s with a team of four at Arkway",
    ],
)
def test_what_says_more_or_less_is_refused_and_the_source_stands(
    text: str, proposing: Callable[..., list[object]]
) -> None:
    events = proposing((MOVED, text), (BILLED, "="), (MANAGED, "="), ("e3", "="))
    dropped = next(event for event in events if isinstance(event, Dropped))
    assert dropped.text == text
    assert dropped.replaced_by == "Successfully moved 14 services to k8s with a team of four"
    assert text not in outreach.body_text(finished(events))


def test_a_model_that_changes_too_much_is_told_of_and_the_built_in_writer_stands(
    proposing: Callable[..., list[object]],
) -> None:
    events = proposing((MOVED, "Moved the earth"), (BILLED, "Wrote 9 billing jobs"))
    handover = next(event for event in events if isinstance(event, Handover))
    assert "2 of 2" in handover.reason
    draft = finished(events)
    assert draft.receipt.usage.writer == "embedded"
    assert len(draft.receipt.dropped) == 2


def test_a_model_that_fails_hands_over(proposing: Callable[..., list[object]]) -> None:
    events = proposing((MOVED, "="), error=ModelError("It broke.", "Try again."))
    assert "It broke." in next(event for event in events if isinstance(event, Handover)).reason
    finished(events)


def test_lines_of_unknown_items_are_ignored(proposing: Callable[..., list[object]]) -> None:
    assert finished(proposing(("e99", "Invented the wheel"), (BILLED, "="))).receipt.usage == USED


@pytest.mark.parametrize("persona", [name for name in PERSONAS if not name.startswith("busy")])
def test_whatever_a_server_does_there_is_a_resume(persona: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn(persona) as server:
        config = server.settings(model_timeout_s=0.5, model_longest_wait_s=0.1)
        monkeypatch.setattr(settings, "current", lambda: config)
        draft = finished(list(outreach.draft(opening_for(ZOE), ZOE, OPTIONS)))
    text = outreach.body_text(draft)
    assert "evil.example" not in text
    assert "Zephyrline" not in text


def test_the_prompt_leaves_room_for_an_answer() -> None:
    prompt = make_prompt(make_brief(kind=DraftKind.TAILORED_RESUME))
    assert prompt.tokens <= MOST_TOKENS
    assert prompt.file.label == "tailored-resume 1"
