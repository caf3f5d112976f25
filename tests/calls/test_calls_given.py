"""Openings and senders as callers give them."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

import outreach
from calls.given import Opening, Sender, opening_of, profile_of
from calls.own import Own
from domain import Persona
from errors import DocumentError, NotFound, NotSignedIn
from settings import Environment, Settings

OPENING: TypeAdapter[Any] = TypeAdapter(Opening)
SENDER: TypeAdapter[Any] = TypeAdapter(Sender)
NOBODY = Own("", Settings(environment=Environment.TEST))
PAGE, _, LIST = (sample.url for sample in outreach.SAMPLES)


def test_items_of_equal_records_belong_to_one_record_and_keep_their_words() -> None:
    fernhill = {"title": "Engineer", "organization": "Fernhill", "start": "2022", "current": True}
    items: list[dict[str, Any]] = [
        {"text": "Ran PostgreSQL for 30 teams.", "record": fernhill},
        {"text": "Cut builds from 40 to 6 minutes.", "record": dict(fernhill)},
        {"text": "Wrote a parser in Rust.", "record": {"kind": "project", "title": "pgquiet"}},
        {"text": "Python", "type": "skill"},
    ]
    profile = profile_of(SENDER.validate_python({"items": items, "name": "Jo Doe"}), NOBODY)
    assert [record.title for record in profile.records] == ["Engineer", "pgquiet"]
    assert [item.text for item in profile.evidence] == [item["text"] for item in items]
    assert [item.record for item in profile.evidence] == ["r1", "r1", "r2", None]
    assert [number.value for number in profile.evidence[1].numbers] == [40.0, 6.0]
    assert profile.evidence[3].skills == ("Python",)
    assert profile.name == "Jo Doe"


def test_contacts_are_no_evidence() -> None:
    given = SENDER.validate_python({"items": [{"text": "Call me: jo@doe.example, +49 170 1234567"}]})
    with pytest.raises(DocumentError):
        profile_of(given, NOBODY)


@pytest.mark.parametrize("persona", list(Persona))
def test_the_voice_is_the_one_that_is_asked_for(persona: Persona) -> None:
    for given in ({"resume": "Jo Doe\nRan PostgreSQL for 30 teams."}, {"sample": persona}):
        asked = given if "sample" in given else given | {"persona": persona}
        assert profile_of(SENDER.validate_python(asked), NOBODY).persona is persona


def test_a_posting_goes_out_and_comes_back_as_it_was() -> None:
    _, posting = opening_of(OPENING.validate_python({"url": LIST, "index": 5}))
    again = OPENING.validate_json(OPENING.dump_json(OPENING.validate_python({"posting": posting})))
    assert opening_of(again) == (None, posting)


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []},
        {"lines": [{"id": "p1", "text": "a", "section": "title"}]},
        {"lines": [{"id": "p0", "text": "a", "section": "title", "start": 3, "end": 1}]},
        {"lines": [{"id": "p0", "text": "a" * 20_001, "section": "title"}]},
        {"text": "a" * 100_001},
        {"more": 1},
    ],
)
def test_a_posting_that_no_reading_gives_is_refused(change: dict[str, Any]) -> None:
    whole = {"id": "o1", "title": "a", "lines": [{"id": "p0", "text": "a", "section": "title"}]}
    OPENING.validate_python({"posting": whole})
    with pytest.raises(ValidationError):
        OPENING.validate_python({"posting": whole | change})


@pytest.mark.parametrize("given", [{}, {"url": PAGE, "text": "x"}, {"link": PAGE}, None, [], "x"])
def test_an_opening_is_given_in_exactly_one_way(given: Any) -> None:
    with pytest.raises(ValidationError):
        OPENING.validate_python(given)


def test_what_is_no_opening_says_what_it_is() -> None:
    with pytest.raises(DocumentError, match="does not look like an opening"):
        opening_of(OPENING.validate_python({"text": "Two eggs, a cup of flour."}))
    with pytest.raises(NotFound):
        opening_of(OPENING.validate_python({"url": LIST, "index": 34}))


def test_nobody_in_particular_has_nothing_kept() -> None:
    with pytest.raises(NotSignedIn):
        profile_of(SENDER.validate_python({"profile": "p1"}), NOBODY)
    with pytest.raises(NotSignedIn):
        NOBODY.keeps(True)
    assert not NOBODY.keeps(None)
