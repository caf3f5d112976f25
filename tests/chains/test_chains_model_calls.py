"""The model writer against servers of Groq's protocol and OpenAI's, at their best and at their worst."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

import tagging
from chains import calling, connection, offers, write_with_model
from chains.embedded.wordings import wording
from domain import DraftKind, Match, Persona, Section, Sentence, SentenceKind, Usage
from errors import ModelError, NothingMatches
from tests.briefs import ARKWAY_LINES, make_brief, make_posting, make_profile
from tests.groq_stand_in import KEY, MODEL, StandIn


@pytest.fixture(autouse=True)
def _nothing_known_and_short_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(calling, "_BACKOFF_S", 0.01)
    offers.forget_all()
    yield
    offers.forget_all()


@pytest.fixture(params=["groq", "openai-compatible"])
def stand_in(request: pytest.FixtureRequest, stand_in: StandIn) -> StandIn:
    """The server of `conftest`, in each protocol."""
    stand_in.protocol = request.param
    return stand_in


def write(stand_in: StandIn, **changes: Any) -> tuple[list[Sentence], Usage]:
    *sentences, usage = write_with_model(make_brief(), stand_in.settings(**changes))
    assert isinstance(usage, Usage)
    return [s for s in sentences if isinstance(s, Sentence)], usage


def failure(stand_in: StandIn, persona: str, **changes: Any) -> ModelError:
    stand_in.persona = persona
    with pytest.raises(ModelError) as caught:
        write(stand_in, **changes)
    error = caught.value
    assert error.message.endswith(".")
    assert error.advice
    assert KEY not in f"{error}{error.__cause__}"
    return error


# --- a good answer -----------------------------------------------------------------------------------


def test_a_draft_is_subject_greeting_body_and_sign_off_in_paragraphs(stand_in: StandIn) -> None:
    sentences, _ = write(stand_in)
    assert [s.kind for s in sentences[:3]] == ["S", "F", "R"]
    assert sentences[1].text == "Hello Arkway team,"
    assert sentences[1].paragraph == 0
    assert {s.paragraph for s in sentences} == set(range(sentences[-1].paragraph + 1))
    last = [s.text for s in sentences if s.paragraph == sentences[-1].paragraph]
    assert last[1:] == ["Maya Lindqvist"]
    claims = [s for s in sentences if s.kind is SentenceKind.CLAIM]
    assert claims[0].rests_on == ("e1",)
    assert claims[0].text.startswith("At Northwind, I moved 14 services to Kubernetes")


def test_one_call_makes_a_draft_and_its_usage_comes_from_the_server(stand_in: StandIn) -> None:
    _, usage = write(stand_in)
    asked = sum(len(m["content"]) for m in stand_in.requests[0]["messages"]) // 4
    assert (usage.writer, usage.model, usage.prompt, usage.calls) == ("model", MODEL, "cold-email 3", 1)
    assert (usage.prompt_tokens, usage.completion_tokens) == (asked, len(stand_in.answers[0]) // 4)
    assert not usage.estimated
    assert len(stand_in.requests) == 1


def test_without_counts_from_the_server_ours_are_marked(stand_in: StandIn) -> None:
    stand_in.persona = "honest without usage"
    _, usage = write(stand_in)
    assert usage.estimated
    assert 300 < usage.prompt_tokens <= 1_000
    assert 50 < usage.completion_tokens < 600


def test_the_request_keeps_to_the_budget_of_a_free_account(stand_in: StandIn) -> None:
    write(stand_in)
    request = stand_in.requests[0]
    assert request["max_tokens"] == 600
    assert request["reasoning_effort"] == "low"
    assert request["temperature"] <= 0.3
    assert request["stream"] is True
    assert [m["role"] for m in request["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("model", "effort"),
    [
        ("openai/gpt-oss-20b", "low"),
        ("qwen/qwen3-32b", "none"),
        ("llama3.2:latest", None),
        ("qwen2.5:7b", None),
    ],
)
def test_models_that_reason_are_told_to_reason_little(
    stand_in: StandIn, model: str, effort: str | None
) -> None:
    stand_in.models = (model,)
    write(stand_in, model=model)
    assert stand_in.requests[0].get("reasoning_effort") == effort


def test_the_answer_is_no_longer_than_the_model_has_room_for(stand_in: StandIn) -> None:
    for context in (131_072, 1_200):
        offers.forget_all()
        stand_in.models = ({"id": MODEL, "context_window": context},)
        write(stand_in)
    wide, narrow = (request["max_tokens"] for request in stand_in.requests)
    assert wide == 600
    assert 200 <= narrow < 600


def test_a_model_without_room_for_prompt_and_answer_is_not_asked(stand_in: StandIn) -> None:
    stand_in.models = ({"id": MODEL, "context_window": 512},)
    error = failure(stand_in, "honest")
    assert error.message == f"{MODEL} takes in too little text for this."
    assert stand_in.requests == []


def test_tokens_that_the_server_had_kept_are_counted(stand_in: StandIn) -> None:
    stand_in.cached = 384
    assert write(stand_in)[1].cached_tokens == 384


@pytest.mark.parametrize(
    "persona",
    [
        "honest in markdown",
        "thinks aloud",
        "honest after thinking in one line",
        "honest, thinks in a field of its own",
    ],
)
def test_dress_around_the_lines_does_not_matter(stand_in: StandIn, persona: str) -> None:
    plain, _ = write(stand_in)
    stand_in.persona = persona
    assert write(stand_in)[0] == plain


def test_sentences_come_while_the_model_still_writes(stand_in: StandIn) -> None:
    stand_in.persona = "pauses after the first line"
    writing = write_with_model(make_brief(), stand_in.settings())
    kinds = [item.kind for item in (next(writing) for _ in range(3)) if isinstance(item, Sentence)]
    assert kinds == ["S", "F", "R"]
    assert not stand_in.hung_up.is_set()
    writing.close()  # type: ignore[attr-defined]  # it is a generator
    assert stand_in.hung_up.wait(60), "leaving the generator must end the call"


def test_the_persons_own_line_closes_the_first_paragraph(stand_in: StandIn) -> None:
    brief = make_brief(why="I have used your port planner for years")
    sentences = [s for s in write_with_model(brief, stand_in.settings()) if isinstance(s, Sentence)]
    own = next(s for s in sentences if s.rests_on == ("why",))
    assert (own.text, own.paragraph) == ("I have used your port planner for years.", 1)
    assert own.text not in str(stand_in.requests)


def test_a_service_provider_signs_with_address_and_a_way_out(stand_in: StandIn) -> None:
    profile = make_profile(
        persona=Persona.SERVICE_PROVIDER,
        organization="Lindqvist Works",
        postal_address="12 Harbour Lane\nHamburg",
    )
    written = list(write_with_model(make_brief(profile), stand_in.settings()))
    texts = [s.text for s in written if isinstance(s, Sentence) and s.kind is SentenceKind.FORMULA]
    assert "If you would rather not hear from us, reply 'no thanks'." in texts
    assert texts[-3:] == ["Maya Lindqvist", "Lindqvist Works", "12 Harbour Lane Hamburg"]
    assert any("we moved 14 services" in s.text for s in written if isinstance(s, Sentence))


def test_subjects_and_formulas_of_a_model_are_not_taken(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import groq_stand_in

    def signs_itself(exchange: groq_stand_in.Exchange) -> None:
        exchange.stream("S | Hire me\nF | Dear Sir,\nC e1 | I moved 14 services.\nF | Dr. Model")

    monkeypatch.setitem(groq_stand_in.PERSONAS, "signs itself", signs_itself)
    stand_in.persona = "signs itself"
    texts = [s.text for s in write(stand_in)[0]]
    assert not {"Hire me", "Dear Sir,", "Dr. Model"} & set(texts)
    assert "Hello Arkway team," in texts


def test_wrong_ids_are_for_the_gate_to_refuse(stand_in: StandIn) -> None:
    stand_in.persona = "wrong ids"
    sentences, _ = write(stand_in)
    assert [s.rests_on for s in sentences if s.kind is SentenceKind.CLAIM] == [("e99",), ()]


def test_tokens_may_run_out_after_the_question(stand_in: StandIn) -> None:
    stand_in.persona = "out of tokens after the question"
    sentences, _ = write(stand_in)
    assert "That is clo" not in [s.text for s in sentences]
    assert sentences[-1].text == "Maya Lindqvist"


def test_a_draft_without_a_question_gets_one(stand_in: StandIn) -> None:
    stand_in.persona = "signs itself"
    sentences, _ = write(stand_in)
    (asked,) = [s.text for s in sentences if s.kind is SentenceKind.INTENT]
    assert asked in wording("en").asks["plain"]


def test_a_gap_is_said_in_our_words_before_the_question(stand_in: StandIn) -> None:
    posting = make_posting(lines=[*ARKWAY_LINES, (Section.MUST, "Kafka")])
    brief = make_brief(posting=posting, kind=DraftKind.COVER_LETTER)
    gap = Match(subject="skill", text="Kafka", line="p6", skills=("Kafka",))
    matches, mentions = (*brief.matches, gap), tagging.tag(posting.lines)
    brief = brief.model_copy(update={"matches": matches, "mentions": mentions, "say_gap": True})
    texts = [s.text for s in write_with_model(brief, stand_in.settings()) if isinstance(s, Sentence)]
    said = texts.index("You also ask for Kafka, which my record does not show yet.")
    assert texts[said + 1] == "Is this close to what you need?"


def test_nothing_is_asked_where_nothing_matches(stand_in: StandIn) -> None:
    with pytest.raises(NothingMatches):
        list(write_with_model(make_brief(answers={}), stand_in.settings()))
    assert stand_in.requests == []
    assert stand_in.listings == 0


def test_a_letter_has_a_prompt_of_its_own(stand_in: StandIn) -> None:
    *_, usage = write_with_model(make_brief(kind=DraftKind.COVER_LETTER), stand_in.settings())
    assert isinstance(usage, Usage)
    assert usage.prompt == "cover-letter 3"


# --- trying again ------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["500", "503", "hangs up before answering", "busy for a moment"])
def test_trouble_that_passes_is_waited_out(stand_in: StandIn, trouble: str) -> None:
    stand_in.script = [trouble, trouble]
    sentences, usage = write(stand_in)
    assert len(sentences) > 5
    assert usage.calls == 3


@pytest.mark.parametrize("trouble", ["500", "503", "hangs up before answering", "busy for a moment"])
def test_trouble_that_stays_is_told_after_three_attempts(stand_in: StandIn, trouble: str) -> None:
    failure(stand_in, trouble)
    assert len(stand_in.requests) == 3


@pytest.mark.parametrize(
    "refusal", ["401", "402", "403", "404", "413", "redirect", "busy for long", "out of allowance"]
)
def test_a_refusal_is_not_asked_again(stand_in: StandIn, refusal: str) -> None:
    failure(stand_in, refusal)
    assert len(stand_in.requests) == 1


def test_a_stream_that_has_begun_is_not_begun_again(stand_in: StandIn) -> None:
    failure(stand_in, "cut by the network")
    assert len(stand_in.requests) == 1


# --- failing, in the user's words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "message"),
    [
        ("400", f"{MODEL} does not accept the request (400)."),
        ("401", "The model server refused the key."),
        ("402", "The allowance of the model key is used up."),
        ("403", "The model server refused the key."),
        ("expired key", "The model key has expired."),
        ("key without this model", f"The model key may not use {MODEL}."),
        ("out of allowance", "The allowance of the model key is used up."),
        ("404", f"The model server does not have {MODEL}."),
        ("413", f"The request is larger than {MODEL} allows at once."),
        ("500", "The model server is out of order (500)."),
        ("503", "The model server is out of order (503)."),
        ("redirect", f"{MODEL} does not accept the request (307)."),
        ("hangs up before answering", "The model server cannot be reached."),
        ("cut", f"{MODEL} cut the answer off."),
        ("cut by the network", f"{MODEL} cut the answer off."),
        ("out of tokens", f"{MODEL} cut the answer off."),
        ("fails in the stream", "The model server failed while it answered."),
        ("prose", "The model returned prose instead of typed lines."),
        ("one paragraph of prose", "The model returned prose instead of typed lines."),
        ("one endless line", "The model returned prose instead of typed lines."),
        ("one endless draft", f"{MODEL} sent far more than a draft."),
        ("one endless event", f"{MODEL} sent far more than a draft."),
        ("declines", "The model declined to write this."),
        ("declines in a field of its own", None),
        ("filtered", f"{MODEL} declined to write this."),
        ("tool calls", f"{MODEL} asked for tools instead of writing."),
        ("thinks without end", f"{MODEL} cut the answer off."),
        ("lines, then prose", "The model returned prose instead of typed lines."),
        ("a thousand lines", f"{MODEL} sent far more than a draft."),
        ("empty", f"{MODEL} wrote nothing about you."),
        ("no chunks", f"{MODEL} sent nothing back."),
        ("garbage", f"{MODEL} sent an answer that cannot be read."),
        ("wrong shapes", f"{MODEL} sent an answer that cannot be read."),
        ("invalid UTF-8", f"{MODEL} sent an answer that cannot be read."),
        ("compressed", f"{MODEL} cut the answer off."),
        ("a page instead", f"{MODEL} sent nothing back."),
    ],
)
def test_each_failure_has_its_words(stand_in: StandIn, persona: str, message: str | None) -> None:
    told = failure(stand_in, persona).message
    assert message is None or told == message


@pytest.mark.parametrize(
    "persona", ["slow to begin", "drips", "drips headers", "only keeps alive", "pauses after the first line"]
)
def test_a_slow_server_is_given_up(stand_in: StandIn, persona: str) -> None:
    error = failure(stand_in, persona, model_timeout_s=0.4, model_longest_wait_s=0.0)
    assert error.message in (f"{MODEL} did not answer.", f"{MODEL} took too long.")


def test_nobody_listens(stand_in: StandIn) -> None:
    settings = stand_in.settings(base="http://127.0.0.1:9")  # no service has this port
    with pytest.raises(ModelError, match="cannot be reached"):
        list(write_with_model(make_brief(), settings))


def test_a_busy_model_says_until_when(stand_in: StandIn) -> None:
    error = failure(stand_in, "busy for long")
    assert re.fullmatch(rf"{MODEL} is busy until (\d+ \w+, )?\d\d:\d\d\.", error.message)
    assert error.retry_after == 840


def test_the_reset_headers_say_it_too(stand_in: StandIn) -> None:
    assert failure(stand_in, "busy, says so in the reset headers").retry_after == pytest.approx(179.56)


@pytest.mark.parametrize("value", ["soon", "nan", "inf", "-5", "1e99", ""])
def test_a_senseless_retry_after_is_not_believed(value: str) -> None:
    assert connection.seconds_to_wait({"retry-after": value}) is None


def test_waiting_times_are_read_in_all_their_forms() -> None:
    assert connection.seconds_to_wait({"retry-after": "7.5"}) == 7.5
    assert connection.seconds_to_wait({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
    reset = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1h2m0.5s"}
    assert connection.seconds_to_wait(reset) == 3720.5
    assert connection.seconds_to_wait({**reset, "x-ratelimit-remaining-requests": "7"}) is None
    assert connection.seconds_to_wait({}) is None


# --- what it leaves behind ---------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["honest", "401", "cut by the network", "garbage"])
def test_neither_key_nor_evidence_reaches_the_log(
    stand_in: StandIn, persona: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    stand_in.persona = persona
    try:
        write(stand_in)
    except ModelError:
        logging.getLogger(__name__).exception("as a caller might log it")
    assert caplog.text
    assert KEY not in caplog.text
    assert "Northwind" not in caplog.text


def test_the_sockets_are_closed_after_each_draft(stand_in: StandIn, recwarn: pytest.WarningsRecorder) -> None:
    for persona in ("honest", "cut", "prose", "garbage"):
        stand_in.persona = persona
        try:
            write(stand_in)
        except ModelError:
            continue
    assert not [w for w in recwarn if issubclass(w.category, ResourceWarning)]
