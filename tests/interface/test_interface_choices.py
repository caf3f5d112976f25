"""What a person may choose for a draft, and what becomes of it: kept, sent on, and about one opening only."""

from collections.abc import Iterator
from typing import Any

import pytest

import outreach
from domain import (
    Draft,
    DraftKind,
    Estimate,
    ModelServer,
    OfferedModel,
    Persona,
    Sentence,
    SentenceKind,
    Usage,
)
from interface.desk import Desk
from interface.session import Session
from interface.verbs import language_of
from interface.views import letter, reading
from outreach import Options
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_verbs import body_with, do, drafted

ONE = "https://one.example/job"
CHOICES: dict[str, Any] = {
    "tone": "warm",
    "length": "short",
    "language": "de",
    "closing": "I am in Copenhagen in May.",
    "why": "I use your app.",
    "recipient": "Ann Berg",
    "stress": "Terraform\ne2\n",
    "model": "groq:big",
    "key": "gsk_mine",
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What the writer was asked for, latest last."""
    found: list[Options] = []

    def draft(chosen: Any, profile: Any, wanted: Options, **named: Any) -> Iterator[Any]:
        found.append(wanted)
        return fake.draft(chosen, profile, wanted, **named)

    monkeypatch.setattr(outreach, "draft", draft)
    return found


def test_every_choice_reaches_the_writer(desk: Desk, asked: list[Options]) -> None:
    do(desk, desk.first(), "read", source=ONE, **CHOICES)
    wanted = asked[-1]
    assert (wanted.tone, wanted.length, wanted.language) == ("warm", "short", "de")
    assert (wanted.closing, wanted.why) == (CHOICES["closing"], CHOICES["why"])
    assert wanted.recipient == "Ann Berg"
    assert (wanted.writer, wanted.model) == ("model", "groq:big")
    assert wanted.key is not None
    assert wanted.key.get_secret_value() == "gsk_mine"


def test_a_choice_holds_without_being_sent_again_but_for_the_key(desk: Desk, asked: list[Options]) -> None:
    session = do(desk, desk.first(), "read", source=ONE, **CHOICES)[-1].session
    do(desk, session, "write-again")
    assert (asked[-1].tone, asked[-1].recipient, asked[-1].model) == ("warm", "Ann Berg", "groq:big")
    assert asked[-1].key is None
    assert "gsk_mine" not in repr(session)


def test_a_change_of_choices_fetches_nothing_again(
    desk: Desk, asked: list[Options], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = drafted(desk)
    monkeypatch.setattr("outreach.reading_steps", None)
    assert session.chosen is not None
    said: dict[str, Any] = {
        "stress": "e2\nTerraform",
        "opening-id": session.chosen.posting.id,
        "tone": "formal",
    }
    do(desk, session, "switch", apply="yes", **said)
    assert asked[-1].stress == ("e2", "Terraform")
    assert asked[-1].tone == "formal"


def test_whom_one_writes_to_is_about_one_opening(desk: Desk, asked: list[Options]) -> None:
    listed = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session
    first = do(desk, listed, "write", opening="3", recipient="Ann Berg")[-1].session
    assert asked[-1].recipient == "Ann Berg"
    back = do(desk, first, "choose")[-1].session
    do(desk, back, "write", opening="4")
    assert asked[-1].recipient is None


def test_whom_the_page_names_stands_in_the_field_and_can_be_taken_out(
    desk: Desk, asked: list[Options], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outreach, "recipient_of", lambda _: "Ann Berg")
    view = do(desk, desk.first(), "read", source=ONE, recipient="")[-1]
    assert 'value="Ann Berg"' in desk.bar(view.session)
    assert "Their page names Ann Berg." in desk.bar(view.session)
    assert view.session.chosen is not None
    said: dict[str, Any] = {"recipient": "", "opening-id": view.session.chosen.posting.id}
    without = do(desk, view.session, "switch", apply="yes", **said)[-1].session
    assert [wanted.recipient for wanted in asked] == [None, ""]
    assert 'value="Ann Berg"' not in desk.bar(without)


def test_what_is_sent_about_another_opening_is_not_used(desk: Desk, asked: list[Options]) -> None:
    session = drafted(desk)
    said: dict[str, Any] = {"opening-id": "another", "recipient": "Ann Berg", "stress": "e1"}
    do(desk, session, "switch", **said)
    assert (asked[-1].recipient, asked[-1].stress) == (None, ())


@pytest.mark.parametrize(("choice", "language"), [("auto", "auto"), ("fr", "fr"), ("xx", "auto")])
def test_the_page_chooses_the_language_unless_the_person_does(choice: str, language: str) -> None:
    assert language_of(choice) == language


@pytest.mark.parametrize("name", ["tone", "length", "language", "model", "stress"])
def test_nonsense_is_no_choice(desk: Desk, asked: list[Options], name: str) -> None:
    said: dict[str, Any] = {name: "" if name == "model" else "zzz"}
    do(desk, desk.first(), "read", source=ONE, **said)
    assert asked[-1].tone == "plain"
    assert asked[-1].length == "usual"
    assert asked[-1].language == "auto"
    assert asked[-1].writer == "embedded"


# --- models ----------------------------------------------------------------------------------------------


def test_the_models_are_asked_of_their_servers_with_the_key_that_was_lent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent: list[str] = []

    def models(key: Any = None, source: str = "") -> tuple[ModelServer, ...]:
        lent.append(key.get_secret_value() if key else "")
        big = OfferedModel(source="groq", name="openai/big")
        small = OfferedModel(source="groq", name="openai/small", writes="prose")
        return (ModelServer(source="groq", label="Groq", models=(big, small), chosen="openai/big"),)

    monkeypatch.setattr(outreach, "models", models)
    bar = do(desk, desk.first(), "models", key="gsk_mine")[-1].bar or ""
    assert lent == ["gsk_mine"]
    assert '<option value="groq:openai/big">big, Groq</option>' in bar
    assert '<option value="groq:openai/small">small, Groq (summaries only)</option>' in bar
    assert "gsk_mine" not in bar


def test_why_there_is_no_model_is_said_once_a_key_was_lent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ModelServer(
        source="groq", label="Groq", problem="Groq refused this key.", key_page="https://console.example/keys"
    )
    monkeypatch.setattr(outreach, "models", lambda *_: (server,))
    assert "Groq refused this key." in (do(desk, desk.first(), "models", key="x")[-1].bar or "")
    bar = do(desk, desk.first(), "models")[-1].bar or ""
    assert "Groq refused this key." not in bar
    assert 'href="https://console.example/keys"' in bar


def test_a_wait_for_the_model_says_its_place_and_time_and_the_way_round(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    estimate = Estimate(model="openai/big", prompt_tokens=1, most_tokens=2, starts_in_s=42, place=3)

    def draft(*arguments: Any, **named: Any) -> Iterator[Any]:
        yield outreach.Waiting(estimate=estimate)
        yield from fake.draft(*arguments, **named)

    monkeypatch.setattr(outreach, "draft", draft)
    views = do(desk, desk.first(), "read", source=ONE, model="groq:big")
    waits = next(v.stage for v in views if v.stage and "in-waiting" in v.stage)
    for words in ("3 drafts are ahead of you, about 40 seconds.", reading.BUILT_IN, "Cancel"):
        assert words in waits
    assert "big can begin in about 40 seconds." in reading.busy(estimate.model_copy(update={"place": 0}))
    over = estimate.model_copy(update={"starts_in_s": 50_000.0, "fits_today": False})
    assert "is used up" in reading.busy(over)


def test_what_the_call_takes_is_shown_before_it_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = Estimate(model="big", prompt_tokens=900, most_tokens=1430, cost=0.00051)
    monkeypatch.setattr(outreach, "budget_for", lambda *_: estimate)
    views = do(desk, desk.first(), "read", source=ONE, model="groq:big")
    writing = [v.stage for v in views if v.stage and "writes this" in v.stage]
    assert "It takes at most 1,430 tokens, at most 0.0005 at the prices set here." in writing[1]


def test_a_model_that_fails_half_way_is_said_where_it_stood(desk: Desk) -> None:
    views = do(desk, desk.first(), "read", source=ONE, model="groq:big")
    said = [v.stage for v in views if v.stage and "in-draft" in v.stage]
    assert all(stage.count('class="banner ') == 1 for stage in said), "nothing moves"
    assert "did not answer, so the built-in writer wrote this." in said[-1]
    assert "Try the model again" in said[-1]


def test_a_draft_by_a_model_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def draft(chosen: Any, profile: Any, wanted: Options, **named: Any) -> Iterator[Any]:
        *_, last = fake.draft(chosen, profile, Options(kind=wanted.kind))
        usage = Usage(
            writer="model", model="openai/big", note="It stands in for old.", calls=1, prompt_tokens=9
        )
        receipt = last.receipt.model_copy(update={"usage": usage})
        yield last.model_copy(update={"receipt": receipt})

    monkeypatch.setattr(outreach, "draft", draft)
    stage = do(desk, desk.first(), "read", source=ONE, model="groq:big")[-1].stage or ""
    assert "<b>big wrote this,</b> and each line was checked. It stands in for old." in stage
    assert "1 call, 9 tokens in, 0 out" in stage


def test_the_built_in_writer_now_holds_for_one_draft(desk: Desk, asked: list[Options]) -> None:
    session = do(desk, desk.first(), "read", source=ONE, model="groq:big")[-1].session
    now = do(desk, session, "write-embedded")[-1].session
    do(desk, now, "write-again")
    assert [wanted.writer for wanted in asked] == ["model", "embedded", "model"]


# --- the message that follows ---------------------------------------------------------------------------


def test_the_follow_up_is_offered_on_a_finished_email_and_nowhere_before(
    desk: Desk, asked: list[Options]
) -> None:
    session = drafted(desk)
    first = session.draft
    assert "follow-up" not in (desk.bar(desk.first()))
    view = do(desk, session, "follow-up")[-1]
    assert asked[-1].kind is DraftKind.FOLLOW_UP
    assert asked[-1].after == first
    assert "Back to the first message" in (view.stage or "")
    back = do(desk, view.session, "first-message")[-1]
    assert back.session.draft == first
    assert "Write the follow-up" in (back.stage or "")


def test_other_options_keep_a_follow_up_and_another_kind_leaves_it(desk: Desk, asked: list[Options]) -> None:
    follows = do(desk, drafted(desk), "follow-up")[-1].session
    do(desk, follows, "switch", apply="yes", tone="warm", kind="cold-email")
    do(desk, follows, "switch", kind="cover-letter")
    assert [wanted.kind for wanted in asked[-2:]] == [DraftKind.FOLLOW_UP, DraftKind.COVER_LETTER]
    assert asked[-1].after is None


def test_what_the_person_made_of_the_first_message_is_there_when_they_come_back(desk: Desk) -> None:
    session = do(desk, drafted(desk), "edit")[-1].session
    edited = do(desk, session, "edit-done", subject="Mine", body=body_with("", "") + "\nPS.")[-1].session
    follows = do(desk, edited, "follow-up")[-1].session
    assert follows.edit is None
    back = do(desk, follows, "first-message")[-1].session
    assert back.edit is not None
    assert back.edit.subject == "Mine"


# --- the postal address -----------------------------------------------------------------------------------


def offering(desk: Desk) -> Session:
    return do(desk, drafted(desk), "switch", persona="service-provider")[-1].session


def test_an_offer_without_an_address_is_not_ready_and_the_field_is_there(desk: Desk) -> None:
    session = offering(desk)
    stage = do(desk, session, "edit")[-1].stage or ""
    assert "Not ready to send. Add your postal address." in stage
    assert 'data-submit="set-address"' in stage
    done = do(desk, session, "set-address", address="Quay 3,\n Ostmark")[-1]
    assert done.session.profile.postal_address == "Quay 3, Ostmark"
    assert "Not ready to send" not in (done.stage or "")


def test_an_address_of_ones_own_is_kept(desk: Desk) -> None:
    first = do(
        desk,
        desk.first(),
        "save-form",
        organization="Tidewater",
        experience="Built a portal.",
        persona="service-provider",
    )[-1].session
    session = do(desk, first, "read", source=ONE)[-1].session
    assert session.profile.persona is Persona.SERVICE_PROVIDER
    done = do(desk, session, "set-address", address="Quay 3")[-1].session
    assert done.kept is not None
    assert desk.store.load(done.person, done.kept.id).profile.postal_address == "Quay 3"
    assert not done.is_stale


def test_an_edited_offer_is_not_written_anew_for_its_address(desk: Desk) -> None:
    session = do(desk, offering(desk), "edit")[-1].session
    edited = do(desk, session, "edit-done", subject="S", body="Hello.\n\nBest,\nInes")[-1].session
    done = do(desk, edited, "set-address", address="Quay 3")[-1].session
    assert done.edit is not None
    assert done.edit.body == "Hello.\n\nBest,\nInes\nQuay 3"


# --- where the whole has a fault --------------------------------------------------------------------------


def test_a_fault_of_the_whole_is_the_first_thing_to_look_at_before_sending(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draft(*arguments: Any, **named: Any) -> Iterator[Any]:
        *_, last = fake.draft(*arguments, **named)
        assert isinstance(last, Draft)
        yield last.model_copy(update={"notices": ("It asks nothing.",)})

    monkeypatch.setattr(outreach, "draft", draft)
    stage = drafted_stage(desk)
    assert stage.index("It asks nothing.") < stage.index("Their page asks for it.")


def drafted_stage(desk: Desk) -> str:
    return do(desk, desk.first(), "read", source=ONE)[-1].stage or ""


@pytest.mark.parametrize(
    ("source", "words"),
    [("why", "Your own line on why"), ("closing", "Your own closing line."), ("e99", "no longer in your")],
)
def test_a_line_of_ones_own_is_named_as_such_among_the_sources(source: str, words: str) -> None:
    own = Sentence(kind=SentenceKind.CLAIM, text="I use your app.", rests_on=(source,))
    marks = letter.numbered([own], fake.posting())
    html = letter.source_cards(marks, fake.sample_profile(Persona.JOB_SEEKER), fake.posting())
    assert words in html
