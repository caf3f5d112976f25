"""Short texts that name a place, and those that only look like it."""

import pytest

from language.places import looks_like_place, place_in


@pytest.mark.parametrize(
    "text",
    [
        "Tampa, FL",
        "Berlin-Mitte",
        "10115 Berlin",
        "Praha – Prosek + 4 další lokality",
        "Siero (España)",
        "Prague, Prague, Czechia",
        "München oder Köln",
        "東京都渋谷区",
        "Remote (UK)",
        "Home-Office",
        "Hybride, télétravail",
        "📍 Porto",
        "Matlock, Derbyshire",
    ],
)
def test_a_place_or_a_way_of_working(text: str) -> None:
    assert looks_like_place(text)


@pytest.mark.parametrize(
    "text",
    ["Sales", "Research, Development", "IT", "Full-time", "Team Lead", "What we do", "Human Resources", ""],
)
def test_other_short_texts_are_no_places(text: str) -> None:
    assert not looks_like_place(text)


def test_a_street_is_left_out() -> None:
    assert place_in(["Posted today", "Stojanova 1336, Uherské Hradiště"]) == "Uherské Hradiště"
