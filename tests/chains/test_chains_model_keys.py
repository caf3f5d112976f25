"""Keys: the operator's, and the one that a person lends for a call. Neither is ever shown, logged or kept."""

import json
import logging
import pickle
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from chains import list_models, offers, write_with_model
from domain import ModelChoice, Usage
from errors import ModelError
from outreach import Options
from settings import Settings
from tests.briefs import make_brief
from tests.groq_stand_in import KEY, MODEL, StandIn

PERSONS = "gsk_ofaperson1234567890"


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    offers.forget_all()
    yield
    offers.forget_all()


@pytest.fixture(params=["groq", "openai-compatible"])
def stand_in(request: pytest.FixtureRequest, stand_in: StandIn) -> StandIn:
    stand_in.protocol = request.param
    return stand_in


def usage(config: Settings, choice: ModelChoice | None = None) -> Usage:
    *_, last = write_with_model(make_brief(), config, choice)
    assert isinstance(last, Usage)
    return last


def lent(stand_in: StandIn, key: str = PERSONS) -> ModelChoice:
    return ModelChoice(model=f"{stand_in.protocol}:", key=SecretStr(key))


def test_a_persons_key_goes_with_their_call_in_place_of_the_operators(stand_in: StandIn) -> None:
    stand_in.key = PERSONS
    usage(stand_in.settings(), lent(stand_in))
    assert set(stand_in.keys) == {f"Bearer {PERSONS}"}


def test_a_persons_key_is_enough(stand_in: StandIn) -> None:
    stand_in.key = PERSONS
    assert usage(stand_in.settings(key=None), lent(stand_in)).calls == 1


def test_a_refused_key_of_a_person_is_not_replaced_by_the_operators(stand_in: StandIn) -> None:
    with pytest.raises(ModelError) as failure:
        usage(stand_in.settings(), lent(stand_in))
    assert failure.value.message == "The model server refused the key."
    assert failure.value.advice.startswith("Copy your key again")
    assert set(stand_in.keys) == {f"Bearer {PERSONS}"}


def test_what_one_key_may_see_is_not_shown_to_another(stand_in: StandIn) -> None:
    usage(stand_in.settings())
    with pytest.raises(ModelError, match="refused"):
        usage(stand_in.settings(), lent(stand_in))


def test_a_key_lent_to_one_server_goes_to_no_other() -> None:
    with StandIn(protocol="groq") as groq, StandIn(protocol="openai-compatible") as other:
        groq.key = PERSONS
        both = groq.settings().model_copy(
            update={"model_server_url": f"{other.address}/v1", "model_server_key": SecretStr(KEY)}
        )
        list_models(both, lent(groq))
        usage(both, lent(groq))
        usage(both, ModelChoice(key=SecretStr(PERSONS)))
    assert f"Bearer {PERSONS}" not in other.keys


def test_a_server_of_ones_own_is_asked_before_groq_and_needs_no_key() -> None:
    with StandIn(protocol="openai-compatible") as server:
        server.key = ""
        config = server.settings(key=None, groq_api_key=SecretStr(KEY))
        assert usage(config).source == "openai-compatible"
    assert set(server.keys) == {None}


def test_without_a_key_groq_is_not_asked() -> None:
    with StandIn() as server, pytest.raises(ModelError, match="No model key is set"):
        usage(server.settings(key=None))
    assert server.keys == []


def test_an_empty_key_of_a_person_is_not_filled_up_with_the_operators(stand_in: StandIn) -> None:
    with pytest.raises(ModelError, match="No model key is set"):
        usage(stand_in.settings(), lent(stand_in, "  "))
    assert stand_in.keys == []


@pytest.mark.parametrize("key", ["gsk_\nx", "gsk_ü", "gsk x", "gsk_\x7f"])
def test_a_key_that_cannot_be_sent_is_not_sent_nor_shown(stand_in: StandIn, key: str) -> None:
    for config, choice in ((stand_in.settings(key=key), None), (stand_in.settings(), lent(stand_in, key))):
        with pytest.raises(ModelError) as failure:
            usage(config, choice)
        assert failure.value.message == "The model key holds characters that no key has."
        assert key not in str(failure.value)
    assert stand_in.keys == []


@pytest.mark.parametrize(
    ("persona", "message"),
    [
        ("401", "The model server refused the key."),
        ("expired key", "The model key has expired."),
        ("out of allowance", "The allowance of the model key is used up."),
    ],
)
def test_what_is_wrong_with_a_key_is_said_without_it(
    stand_in: StandIn, persona: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stand_in.key, stand_in.persona = PERSONS, persona
    with pytest.raises(ModelError) as failure:
        usage(stand_in.settings(), lent(stand_in))
    assert failure.value.message == message
    assert PERSONS not in f"{failure.value!r}{failure.value.__cause__!r}{caplog.text}"


def test_no_key_leaves_the_options_in_any_form() -> None:
    options = Options(writer="model", model="groq:m", key=SecretStr(PERSONS))
    choice = ModelChoice(model="groq:m", key=SecretStr(PERSONS))
    for noun in (options, choice):
        forms = (repr(noun), str(noun), noun.model_dump_json(), json.dumps(noun.model_dump(mode="json")))
        assert not any(PERSONS in form for form in forms)
        assert "key" not in noun.model_dump()


def test_no_key_is_kept_by_what_remembers_lists_and_allowances(stand_in: StandIn) -> None:
    from chains import shared

    stand_in.key = PERSONS
    usage(stand_in.settings(), lent(stand_in))
    remembered = f"{offers._listings}{vars(shared())}{vars(shared().keeper)}"
    assert PERSONS not in remembered
    assert pickle.dumps(offers._listings).find(PERSONS.encode()) < 0


# --- who pays chooses --------------------------------------------------------------------------------


def public(stand_in: StandIn) -> Settings:
    """A page that others reach, with the operator's key."""
    return stand_in.settings(host="0.0.0.0")


def test_on_a_public_page_a_stranger_does_not_choose_what_the_operator_pays(stand_in: StandIn) -> None:
    wanted = ModelChoice(model=f"{stand_in.protocol}:qwen/qwen3-32b")
    used = usage(public(stand_in), wanted)
    assert used.model == MODEL
    assert used.note == f"qwen/qwen3-32b takes a key of your own; {MODEL} wrote this."
    server = next(s for s in list_models(public(stand_in)) if s.source == stand_in.protocol)
    assert [model.name for model in server.models] == [MODEL]


def test_with_a_key_of_their_own_they_do(stand_in: StandIn) -> None:
    stand_in.key = PERSONS
    choice = ModelChoice(model=f"{stand_in.protocol}:qwen/qwen3-32b", key=SecretStr(PERSONS))
    used = usage(public(stand_in), choice)
    assert (used.model, used.note) == ("qwen/qwen3-32b", "")


def test_the_model_that_writes_anyway_may_be_named(stand_in: StandIn) -> None:
    stand_in.models = ("qwen/qwen3-32b",)
    used = usage(public(stand_in), ModelChoice(model=f"{stand_in.protocol}:qwen/qwen3-32b"))
    assert used.note == f"{MODEL} is no longer offered; qwen/qwen3-32b wrote this."
