"""Where values stand in a text: as written, with escapes, marks and doubled quotation marks."""

import json
import tracemalloc

import pytest

from profiles.json_documents import read_json
from profiles.json_places import json_places
from profiles.ledger import Ledger
from profiles.locating import _TOKEN, _Folded, locate


def found(text: str, value: str) -> str | None:
    ledger = Ledger("cv")
    ledger.add("bullet", value)
    source = locate(ledger.profile(name=""), text).evidence[0].source
    return None if source.start is None else text[source.start : source.end]


@pytest.mark.parametrize(
    ("text", "value", "stands"),
    [
        ("- Built A\n  and B.", "Built A and B.", "Built A\n  and B."),
        ("* Cut **costs** by [9 %](https://a.example)", "Cut costs by 9 %", "Cut **costs** by [9 %"),
        (r'"Caf\u00e9 \"Bar\", 3\n\u00d7"', 'Café "Bar", 3 ×', r"Caf\u00e9 \"Bar\", 3\n\u00d7"),
        (r'"\ud83c\udf0a tides"', "🌊 tides", r"\ud83c\udf0a tides"),
        ("'it''s done'", "it's done", "it''s done"),
        ('"say ""hi"" now"', 'say "hi" now', 'say ""hi"" now'),
        ("soft\u00adware", "software", "soft\u00adware"),
        ("Golang, Go", "Go", "Go"),
        ("skills: Python\nlevel: basic", "Python (basic)", "Python"),
        ("area: Physics\nschool: Ostmark University", "Physics, Ostmark University", "Ostmark University"),
        ("nothing of it", "Rust", None),
        ("Golang and Django", "Go", None),
        ("熟悉Python和Go语言", "Go", "Go"),
        ("Python을 씁니다", "Python", "Python"),
        ("word " * 80 + "wordy", "word " * 80 + "word", "word " * 80 + "word"),
    ],
)
def test_values_are_found_as_written(text: str, value: str, stands: str | None) -> None:
    assert found(text, value) == stands


def test_whole_words_come_before_parts_of_words() -> None:
    text = "Golang, Go"
    ledger = Ledger("cv")
    ledger.add("skill", "Go")
    assert locate(ledger.profile(name=""), text).evidence[0].source.start == 8


def test_a_character_of_a_large_text_costs_a_few_bytes() -> None:
    text = '{"name": "Built a thing at Fernhill"}, ' * 5_000
    tracemalloc.start()
    folded = _Folded(text, _TOKEN)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(folded.text) == len(text)
    assert held < 16 * len(text)


def test_equal_values_are_found_in_order() -> None:
    ledger = Ledger("cv")
    for value in ("Built A.", "Intern", "Built A."):
        ledger.add("bullet", value)
    evidence = locate(ledger.profile(name=""), "Built A. Intern Built A.").evidence
    assert [item.source.start for item in evidence] == [0, 9, 16]


def test_the_places_of_json_are_those_of_its_values() -> None:
    text = json.dumps({"a": [{"b,": 'x"]'}, 3, []], "c": {"d": None}}, indent=1)
    places = json_places(text)
    assert {place: json.loads(text[slice(*span)]) for place, span in places.items()} == {
        "": json.loads(text), "a": [{"b,": 'x"]'}, 3, []], "a[0]": {"b,": 'x"]'}, "a[0].b,": 'x"]', "a[1]": 3,
        "a[2]": [], "c": {"d": None}, "c.d": None,
    }  # fmt: skip


def test_fields_stand_in_their_own_entry() -> None:
    text = json.dumps(
        {
            "basics": {"name": "Ada Byrne", "email": "ada@kelp.example", "url": "https://kelp.example"},
            "work": [
                {"name": "Kelp", "position": "Intern", "startDate": "2018", "highlights": ["Was an Intern"]},
                {"name": "Fernhill", "position": "Intern", "startDate": "2019", "endDate": "2019"},
            ],
        }
    )
    profile = read_json(text, "cv.json")
    for index, record in enumerate(profile.records):
        begin = text.index(("Kelp", "Fernhill")[index])
        for place in record.fields:
            start, end = place.source.start, place.source.end
            assert start is not None
            assert begin <= start < begin + 130
            assert text[start:end] == getattr(record, place.field)
    assert [field.field for field in profile.fields] == ["name", "email", "links"]
    assert profile.records[1].fields[2].source.start != profile.records[1].fields[3].source.start
