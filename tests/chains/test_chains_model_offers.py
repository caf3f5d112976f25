"""Which models a server has, and which one writes where the wanted one is gone."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from chains import list_models, offers, write_with_model
from domain import ModelChoice, OfferedModel, Usage
from errors import ModelError
from tests.briefs import make_brief
from tests.groq_stand_in import KEY, MODEL, MODELS, PERSONAS, Exchange, StandIn, honest_lines

# Of Groq in November 2026, and one retired.
GROQ_LIST = (
    "whisper-large-v3",
    "openai/gpt-oss-safeguard-20b",
    "openai/gpt-oss-20b",
    "openai/gpt-oss-120b",
    "groq/compound",
    "meta-llama/llama-prompt-guard-2-86m",
    "meta-llama/llama-4-scout-17b-16e-instruct",
    "canopylabs/orpheus-v1-english",
    "qwen/qwen3-32b",
)


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    offers.forget_all()
    yield
    offers.forget_all()


@pytest.fixture(params=["groq", "openai-compatible"])
def stand_in(request: pytest.FixtureRequest, stand_in: StandIn) -> StandIn:
    stand_in.protocol = request.param
    return stand_in


def usage(stand_in: StandIn, choice: ModelChoice | None = None, **changes: Any) -> Usage:
    *_, last = write_with_model(make_brief(), stand_in.settings(**changes), choice)
    assert isinstance(last, Usage)
    return last


def named(*names: str) -> tuple[OfferedModel, ...]:
    return tuple(OfferedModel(source="groq", name=name) for name in names)


def chosen(wanted: str, *names: str) -> str | None:
    found = offers.choose(wanted, named(*names))
    return found.name if found else None


# --- choosing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("openai/gpt-oss-20b", "openai/gpt-oss-20b"),
        ("OpenAI/GPT-OSS-20b", "openai/gpt-oss-20b"),
        ("llama-3.3-70b-versatile", "meta-llama/llama-4-scout-17b-16e-instruct"),
        ("qwen-2.5-72b", "qwen/qwen3-32b"),
        ("openai/gpt-oss-240b", "openai/gpt-oss-120b"),
        ("mixtral-8x7b-32768", "openai/gpt-oss-120b"),
        ("", "openai/gpt-oss-120b"),
    ],
)
def test_the_wanted_model_else_its_family_else_the_largest(wanted: str, expected: str) -> None:
    assert chosen(wanted, *GROQ_LIST) == expected


def test_what_writes_no_text_is_never_chosen() -> None:
    deaf = [name for name in GROQ_LIST if not offers.can_write(named(name)[0])]
    assert set(deaf) == set(GROQ_LIST) - set(GROQ_LIST[2:4]) - {GROQ_LIST[6], GROQ_LIST[8]}
    assert chosen("llama-3.3-70b-versatile", "llama-guard-3-8b", "nomic-embed-text", "bge-m3") is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("llama3.2:latest", "nomic-embed-text:latest"), "llama3.2:latest"),
        (("qwen2.5-coder:32b", "llama3.1:8b"), "llama3.1:8b"),
        (("qwen2.5-coder:32b",), "qwen2.5-coder:32b"),
        (("vendor/giant-1000b-chat", "vendor/big-70b-chat"), "vendor/big-70b-chat"),
        (("mixtral-8x7b-instruct", "llama-3.1-8b-instruct"), "mixtral-8x7b-instruct"),
        (
            ("text-embedding-nomic-v1.5", "google/gemma-3-12b", "qwen2.5-vl-7b"),
            "google/gemma-3-12b",
        ),
        (("deepseek-chat", "deepseek-reasoner"), "deepseek-chat"),
        (("smollm2:360m", "smollm2:1.7b"), "smollm2:1.7b"),
        (
            ("BAAI/bge-large-en", "black-forest-labs/FLUX.1", "microsoft/phi-4"),
            "microsoft/phi-4",
        ),
    ],
)
def test_general_models_of_a_sensible_size_come_first(names: tuple[str, ...], expected: str) -> None:
    assert chosen("", *names) == expected


def test_a_tag_that_goes_without_saying_is_no_other_model(stand_in: StandIn) -> None:
    stand_in.models = ("llama3.2:latest",)
    assert usage(stand_in, model="llama3.2").note == ""


# --- a call ------------------------------------------------------------------------------------------


def test_the_list_is_asked_for_once(stand_in: StandIn) -> None:
    usage(stand_in)
    usage(stand_in)
    assert stand_in.listings == 1


def test_a_model_that_is_gone_is_stood_in_for_and_the_person_is_told(stand_in: StandIn) -> None:
    used = usage(stand_in, model="llama-3.3-70b-versatile")
    assert used.model == stand_in.requests[0]["model"] == MODEL
    assert used.note == f"llama-3.3-70b-versatile is no longer offered; {MODEL} wrote this."


def test_a_model_that_goes_while_the_list_is_remembered_is_stood_in_for(stand_in: StandIn) -> None:
    usage(stand_in)
    stand_in.models = MODELS[1:]
    stand_in.script = ["404"]
    used = usage(stand_in)
    assert (used.model, used.calls) == (MODELS[1], 2)
    assert used.note == f"{MODEL} is no longer offered; {MODELS[1]} wrote this."


def test_where_no_model_writes_the_person_is_told_what_there_is(stand_in: StandIn) -> None:
    stand_in.models = ("whisper-large-v3", "meta-llama/llama-guard-4-12b")
    with pytest.raises(ModelError) as failure:
        usage(stand_in)
    assert failure.value.message == f"The model server does not have {MODEL}."
    assert "whisper-large-v3" in failure.value.advice
    assert stand_in.requests == []


def test_a_server_without_a_list_is_still_asked(stand_in: StandIn) -> None:
    stand_in.models = ()
    assert usage(stand_in).calls == 1


def test_without_a_name_the_best_model_writes_and_nothing_is_said(stand_in: StandIn) -> None:
    stand_in.models = GROQ_LIST
    used = usage(stand_in, model="")
    assert (used.model, used.note) == ("openai/gpt-oss-120b", "")


def test_without_a_name_and_without_a_list_there_is_no_call(stand_in: StandIn) -> None:
    stand_in.models = ()
    with pytest.raises(ModelError, match="does not say which models it has"):
        usage(stand_in, model="")


def test_a_person_may_pick_another_model_of_the_list(stand_in: StandIn) -> None:
    used = usage(stand_in, ModelChoice(model=f"{stand_in.protocol}:qwen/qwen3-32b"))
    assert (used.model, used.source) == ("qwen/qwen3-32b", stand_in.protocol)


@pytest.mark.parametrize("name", ["x\ny", "x" * 500, "\x1b[31m"])
def test_a_name_that_no_model_has_is_not_sent(stand_in: StandIn, name: str) -> None:
    with pytest.raises(ModelError, match="No model has such a name"):
        usage(stand_in, ModelChoice(model=name))
    assert stand_in.requests == []


# --- the door ----------------------------------------------------------------------------------------


def test_each_source_that_is_set_up_says_what_it_has(stand_in: StandIn) -> None:
    stand_in.models = (*MODELS, "whisper-large-v3", {"id": "retired", "active": False})
    server = next(s for s in list_models(stand_in.settings()) if s.source == stand_in.protocol)
    assert [model.name for model in server.models] == list(MODELS)
    assert (server.chosen, server.has_key, server.problem) == (MODEL, True, "")
    assert server.models[0].id == f"{stand_in.protocol}:{MODEL}"


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "m", "context_window": 8192},
        {"id": "m", "context_length": 8192},
        {"id": "m", "max_model_len": 8192},
        {"id": "m", "meta": {"n_ctx_train": 8192}},
        {"name": "m", "max_context_length": 8192},
    ],
)
def test_how_much_fits_is_read_in_the_ways_servers_say_it(stand_in: StandIn, entry: dict[str, Any]) -> None:
    stand_in.models = (entry,)
    server = next(s for s in list_models(stand_in.settings(model="m")) if s.source == stand_in.protocol)
    assert [(model.name, model.context) for model in server.models] == [("m", 8192)]


@pytest.mark.parametrize(
    "entries", [({},), ({"id": 7},), ({"id": "a\nb"},), ({"id": "x" * 999},), ([],), (None,)]
)
def test_a_listing_of_anything_else_is_no_listing(stand_in: StandIn, entries: Any) -> None:
    stand_in.models = entries
    server = next(s for s in list_models(stand_in.settings()) if s.source == stand_in.protocol)
    assert server.models == ()
    assert server.problem == "The model server does not say which models it has."


def test_a_server_that_is_down_says_so() -> None:
    config = StandIn(protocol="openai-compatible").settings(base="http://127.0.0.1:9")
    offer = next(s for s in list_models(config) if s.source == "openai-compatible")
    assert offer.problem.startswith("The model server cannot be reached.")


def test_without_any_key_groq_is_shown_with_the_way_to_one() -> None:
    from settings import Environment, Settings

    (groq,) = list_models(Settings(environment=Environment.TEST))
    assert (groq.source, groq.has_key, groq.models) == ("groq", False, ())
    assert groq.key_page == "console.groq.com/keys"
    assert groq.problem.startswith("No model key is set.")


def test_a_persons_key_lists_what_it_may_use(stand_in: StandIn) -> None:
    config = stand_in.settings(key=None)
    lent = ModelChoice(model=f"{stand_in.protocol}:", key=SecretStr(KEY))
    server = next(s for s in list_models(config, lent) if s.source == stand_in.protocol)
    assert [model.name for model in server.models] == list(MODELS)
    assert stand_in.keys == [f"Bearer {KEY}"]


# --- servers that misbehave --------------------------------------------------------------------------


def test_a_server_that_keeps_no_list_is_not_asked_for_it_each_time(stand_in: StandIn) -> None:
    stand_in.models = ()
    usage(stand_in)
    usage(stand_in)
    assert stand_in.listings == 1
    assert len(stand_in.requests) == 2


def test_a_listing_nested_without_end_is_no_listing(stand_in: StandIn) -> None:
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    stand_in.models = ({"id": deep},)
    assert usage(stand_in).calls == 1


@pytest.mark.parametrize(
    "counts",
    [
        {"prompt_tokens": -5, "completion_tokens": 3},
        {"prompt_tokens": 10**30, "completion_tokens": 3},
        {"prompt_tokens": 10, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 99}},
        {"prompt_tokens": 0, "completion_tokens": 0},
    ],
)
def test_counts_that_cannot_be_are_not_believed(
    stand_in: StandIn, counts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def senseless(exchange: Exchange) -> None:
        exchange.begin()
        exchange.delta("\n".join(honest_lines(exchange.data)))
        total = {"total_tokens": 1, **counts}
        choice = {"index": 0, "delta": {}, "finish_reason": "stop"}
        exchange.event({"choices": [choice], "usage": total, "x_groq": {"id": "r", "usage": total}})
        exchange.raw(b"data: [DONE]\n\n")
        exchange.end_stream()

    monkeypatch.setitem(PERSONAS, "senseless", senseless)
    stand_in.persona = "senseless"
    used = usage(stand_in)
    assert used.estimated
    assert used.cached_tokens == 0
