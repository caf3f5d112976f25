"""Months from dates as written, without inventing any."""

from datetime import date

import pytest

from language.periods import Period, in_words, months, period

TODAY = date(2025, 11, 20)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("Mar 2021", "Jun 2023", 28),
        ("03/2021", "06/2023", 28),
        ("2021-03", "2023-06", 28),
        ("März 2021", "Juni 2023", 28),
        ("mars 2021", "juin 2023", 28),
        ("marzo de 2021", "junio de 2023", 28),
        ("março de 2021", "jun. 2023", 28),
        ("marzec 2021", "czerwiec 2023", 28),
        ("15.03.2021", "30.06.2023", 28),
        ("March 1, 2021", "June 30, 2023", 28),
        ("2018", "2025", 84),
        ("2018", "Jun 2020", 24),
        ("Jun 2018", "2020", 24),
        ("2019", "21", 24),
        ("2019", "2019", 1),
        ("Summer 2019", "Summer 2019", 3),
        ("Sommer 2019", "Herbst 2019", 6),
        ("Q1 2021", "Q2 2021", 6),
        ("Mar 2021", "Mar 2021", 1),
        ("Sep 2024", "Present", 15),
        ("2020", "heute", 60),
        ("seit 2020", "obecnie", 60),
    ],
)
def test_a_period_has_the_months_that_its_dates_tell(start: str, end: str, expected: int) -> None:
    found = period(start, end, current=False, today=TODAY)
    assert found is not None
    assert found.months == expected


def test_what_goes_on_counts_to_today() -> None:
    found = period("Jan 2025", "", current=True, today=TODAY)
    assert found is not None
    assert found.months == 11


@pytest.mark.parametrize(
    ("start", "end"),
    [("", ""), ("", "2020"), ("2018", ""), ("recently", "2020"), ("2022", "2020"), ("2031", "Present")],
)
def test_dates_that_do_not_tell_give_no_period(start: str, end: str) -> None:
    assert period(start, end, current=False, today=TODAY) is None


def test_months_to_come_do_not_count() -> None:
    found = period("Oct 2025", "Dec 2027", current=False, today=TODAY)
    assert found is not None
    assert found.months == 2


def test_what_overlaps_counts_once() -> None:
    assert months([Period(0, 24), Period(12, 36), Period(48, 60), Period(50, 55)]) == 48
    assert months([]) == 0


def test_months_are_said_as_a_person_says_them() -> None:
    assert [in_words(n) for n in (84, 51, 13, 1, 8, 0)] == [
        "7 years",
        "4 years and 3 months",
        "1 year and 1 month",
        "1 month",
        "8 months",
        "less than a month",
    ]
