"""Dates are read as written; what is not written is not invented."""

import pytest

from language import dates


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("2022", 2022, None),
        ("Mar 2021", 2021, 3),
        ("March 2021", 2021, 3),
        ("03/2021", 2021, 3),
        ("2021-03", 2021, 3),
        ("März 2021", 2021, 3),
        ("Sept. 2019", 2019, 9),
        ("Summer 2013", 2013, None),
    ],
)
def test_a_date_is_parsed(text: str, year: int, month: int | None) -> None:
    date = dates.parse(text)
    assert date is not None
    assert (date.year, date.month) == (year, month)


def test_present_is_open_and_expected_has_not_come() -> None:
    first, last = dates.find("Mar 2021 – Present")
    assert (first.year, last.is_open) == (2021, True)
    expected = dates.parse("Expected May 2027")
    assert expected is not None
    assert expected.expected


@pytest.mark.parametrize("text", ["my current role", "I may go", "40 to 60 people", "v2.2021x", "$2000"])
def test_other_words_and_numbers_are_no_dates(text: str) -> None:
    assert dates.find(text) == ()


def test_a_season_keeps_its_name_and_no_month() -> None:
    date = dates.parse("Fall 2013")
    assert date is not None
    assert (date.season, date.month) == ("autumn", None)


def test_nothing_is_no_date() -> None:
    assert dates.parse("soon") is None
