"""Short questions to the small model: the real client against a server that speaks Groq's protocol."""

from collections.abc import Iterator

import pytest

from chains import ask_small_model, calling, offers
from errors import ModelError
from tests.groq_stand_in import KEY, Exchange, StandIn, persona

SMALL = "openai/gpt-oss-20b"


@pytest.fixture(autouse=True)
def _nothing_known_and_short_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(calling, "_BACKOFF_S", 0.01)
    offers.forget_all()
    yield
    offers.forget_all()


@persona("two lines")
def two_lines(exchange: Exchange) -> None:
    exchange.stream("5 | Baker | Brno\n7 | Night porter |")


@persona("two lines, the second cut")
def two_lines_cut(exchange: Exchange) -> None:
    exchange.stream("5 | Baker | Brno\n7 | Night", reason="length")


def test_the_answer_is_the_text_of_the_small_model(stand_in: StandIn) -> None:
    stand_in.persona = "two lines"
    assert ask_small_model(stand_in.settings())("Which?") == "5 | Baker | Brno\n7 | Night porter |"
    request = stand_in.requests[0]
    assert request["model"] == SMALL
    assert request["messages"] == [{"role": "user", "content": "Which?"}]
    assert request["temperature"] < 0.001
    assert request["max_tokens"] <= 600
    assert request["reasoning_effort"] == "low"


def test_its_name_is_a_setting(stand_in: StandIn) -> None:
    stand_in.persona = "two lines"
    ask_small_model(stand_in.settings(small="qwen/qwen3-32b"))("Which?")
    assert stand_in.requests[0]["model"] == "qwen/qwen3-32b"
    stand_in.models = ("whisper-large-v3",)
    offers.forget_all()
    with pytest.raises(ModelError) as failure:
        ask_small_model(stand_in.settings(small="gone/gone"))("Which?")
    assert "GROQ_SMALL_MODEL" in failure.value.advice


def test_a_line_that_was_cut_is_left_out(stand_in: StandIn) -> None:
    stand_in.persona = "two lines, the second cut"
    assert ask_small_model(stand_in.settings())("Which?") == "5 | Baker | Brno"


@pytest.mark.parametrize("persona", ["one endless draft", "one endless line"])
def test_an_endless_answer_is_left_early(stand_in: StandIn, persona: str) -> None:
    stand_in.persona = persona
    assert len(ask_small_model(stand_in.settings())("Which?")) <= 10_000
    assert stand_in.hung_up.wait(60)


def test_a_busy_server_is_asked_again(stand_in: StandIn) -> None:
    stand_in.script, stand_in.persona = ["busy for a moment", "500"], "two lines"
    assert ask_small_model(stand_in.settings())("Which?").startswith("5 | Baker")
    assert len(stand_in.requests) == 3


@pytest.mark.parametrize(
    "persona", ["401", "404", "413", "cut", "drips", "garbage", "hangs up before answering"]
)
def test_every_failure_is_a_model_error(stand_in: StandIn, persona: str) -> None:
    stand_in.persona = persona
    with pytest.raises(ModelError) as failure:
        ask_small_model(stand_in.settings(model_timeout_s=0.5, model_longest_wait_s=0.1))("Which?")
    assert KEY not in str(failure.value)
