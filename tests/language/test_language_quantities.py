"""Numbers as résumés write them are read with their unit and comparator, and nothing else is a number."""

import pytest

from language import quantities

SPEC = [
    ("cut by about 40 %", [(40, "%", "about")]),
    ("cut by 40 percent", [(40, "%", "")]),
    ("$2.4M", [(2_400_000, "USD", "")]),
    ("$2.4 million", [(2_400_000, "USD", "")]),
    ("EUR 3 million", [(3_000_000, "EUR", "")]),
    ("200 dollars", [(200, "USD", "")]),
    ("from 40 to 6 minutes", [(40, "minute", ""), (6, "minute", "")]),
    ("from 40 minutes to 6 minutes", [(40, "minute", ""), (6, "minute", "")]),
    ("40 → 6 min", [(40, "minute", ""), (6, "minute", "")]),
    ("from 9.2s to 5.7s", [(9.2, "second", ""), (5.7, "second", "")]),
    ("5-12 engineers", [(5, "", "low"), (12, "", "high")]),
    ("60–75%", [(60, "%", "low"), (75, "%", "high")]),
    ("2-3M users", [(2_000_000, "", "low"), (3_000_000, "", "high")]),
    ("10+ years", [(10, "year", "over")]),
    ("over ten years", [(10, "year", "over")]),
    ("more than 10 years", [(10, "year", "over")]),
    ("500+ stars", [(500, "", "over")]),
    ("4M+ events", [(4_000_000, "", "over")]),
    ("up to 30%", [(30, "%", "up to")]),
    ("nearly 30%", [(30, "%", "nearly")]),
    ("less than 10 incidents", [(10, "", "under")]),
    ("~50 docs", [(50, "", "about")]),
    ("3 percentage points", [(3, "point", "")]),
    ("a 2.8x speedup", [(2.8, "x", "")]),
    ("120k customers", [(120_000, "", "")]),
    ("1,800 documents", [(1800, "", "")]),
    ("twelve offices", [(12, "", "")]),
    ("two hundred and five users", [(205, "", "")]),
    ("three million users", [(3_000_000, "", "")]),
    ("a dozen people", [(12, "", "")]),
    ("a 20-minute run", [(20, "minute", "")]),
    ("2nd place", [(2, "ordinal", "")]),
    ("second place", [(2, "ordinal", "")]),
    ("40 requests per second", [(40, "", "")]),
    ("by 40%, 20 and 3", [(40, "%", ""), (20, "", ""), (3, "", "")]),
]


@pytest.mark.parametrize(("text", "expected"), SPEC)
def test_a_quantity_has_value_unit_and_comparator(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(q.value, q.unit, q.comparator) for q in quantities.find(text)] == expected


@pytest.mark.parametrize(
    "text", ["since 2021", "2019-2021", "S3 and HTML5", "24/7 support", "p95", "a 3D model", "5G"]
)
def test_years_and_names_are_no_quantities(text: str) -> None:
    assert quantities.find(text) == ()


def test_offsets_name_the_very_words() -> None:
    text = "Cut spend by up to 30% in 3 weeks"
    assert [text[q.start : q.end] for q in quantities.find(text)] == ["up to 30%", "3 weeks"]
    assert [q.text for q in quantities.find(text)] == ["up to 30%", "3 weeks"]
