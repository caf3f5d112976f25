"""What only servers of OpenAI's protocol do, and differently from one another."""

from collections.abc import Iterator
from typing import Any

import pytest

from chains import offers, write_with_model
from domain import Sentence, Usage
from errors import ModelError
from tests.briefs import make_brief
from tests.groq_stand_in import StandIn


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    offers.forget_all()
    yield
    offers.forget_all()


@pytest.fixture
def stand_in(stand_in: StandIn) -> StandIn:
    stand_in.protocol = "openai-compatible"
    return stand_in


def write(stand_in: StandIn, **changes: Any) -> tuple[list[Sentence], Usage]:
    *sentences, usage = write_with_model(make_brief(), stand_in.settings(**changes))
    assert isinstance(usage, Usage)
    return [s for s in sentences if isinstance(s, Sentence)], usage


@pytest.mark.parametrize(
    "persona", ["honest in one body", "honest, knows only the core", "honest, ends in words of its own"]
)
def test_servers_that_do_less_are_understood(stand_in: StandIn, persona: str) -> None:
    plain, _ = write(stand_in)
    stand_in.persona = persona
    sentences, usage = write(stand_in)
    assert sentences == plain
    assert usage.calls == 1


def test_counts_come_in_a_piece_of_their_own(stand_in: StandIn) -> None:
    _, usage = write(stand_in)
    assert not usage.estimated
    stand_in.persona = "honest, knows only the core"
    assert write(stand_in)[1].estimated


def test_a_server_that_refuses_the_core_too_is_not_asked_a_third_time(stand_in: StandIn) -> None:
    stand_in.persona = "400"
    with pytest.raises(ModelError, match="does not accept the request"):
        write(stand_in)
    assert len(stand_in.requests) == 2
    assert "stream_options" not in stand_in.requests[1]


@pytest.mark.parametrize("end", ["", "/", "/models", "/chat/completions"])
def test_the_address_may_end_as_people_copy_it(stand_in: StandIn, end: str) -> None:
    assert write(stand_in, base=f"{stand_in.address}/v1{end}")[1].calls == 1


def test_an_address_of_something_else_is_no_model_server(stand_in: StandIn) -> None:
    with pytest.raises(ModelError, match="does not have"):
        write(stand_in, base=f"{stand_in.address}/elsewhere")
