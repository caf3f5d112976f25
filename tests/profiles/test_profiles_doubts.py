"""What is asked of the person, and what is not."""

from datetime import UTC, datetime

import pytest

from domain import Doubt, Evidence, Profile
from profiles import read_profile
from profiles.doubts import DOUBTED, raised

YEAR = datetime.now(UTC).year


def read(*rows: str) -> Profile:
    return read_profile(("Experience\n\n" + "\n".join(rows) + "\n").encode(), "cv.txt")


def doubted(profile: Profile) -> list[Evidence]:
    return [item for item in profile.evidence if item.doubts]


def asked(*rows: str) -> list[Doubt]:
    return [doubt for item in read(*rows).evidence for doubt in item.doubts]


ENGINEER = f"Engineer, Fernhill\t2019 – {YEAR - 1}"


def test_a_plain_entry_raises_no_doubt() -> None:
    profile = read(ENGINEER, "- Cut costs by 30 %.", "- Led a team of 12.")
    assert doubted(profile) == []
    assert all(item.confidence == 1 for item in profile.evidence)


@pytest.mark.parametrize(
    ("text", "number", "repaired"),
    [
        ("Cut cloud costs by 30.", "30", "Cut cloud costs by 30%."),
        ("Improved load time by 40 through caching", "40", "Improved load time by 40% through caching"),
        ("Reduced incidents by 25, and slept well", "25", "Reduced incidents by 25%, and slept well"),
        ("Achieved an increase of 15", "15", "Achieved an increase of 15%"),
    ],
)
def test_a_number_without_its_unit_is_asked_about(text: str, number: str, repaired: str) -> None:
    (item,) = doubted(read(ENGINEER, f"- {text}"))
    assert item.text == text
    assert item.confidence == DOUBTED
    (doubt,) = item.doubts
    assert (doubt.about, doubt.words, doubt.answers) == ("number", number, (repaired,))


@pytest.mark.parametrize(
    "text",
    [
        "Cut cloud costs by 30 %.",
        "Cut cloud costs by 30% in 2020.",
        "Cut build time by 5 minutes.",
        "Led a team of 12.",
        "Reduced the backlog to 30.",
        "Grew revenue by $30.",
        "Cut costs by 30 percent.",
        "Increased sales by 3x.",
        "Won by 30.",
    ],
)
def test_numbers_that_say_what_they_count_are_not_asked_about(text: str) -> None:
    assert asked(ENGINEER, f"- {text}") == []


@pytest.mark.parametrize(
    ("head", "about"),
    [
        (f"Fernhill Ltd\t2019 – {YEAR - 1}", "title"),
        (f"Freelance Developer\t2019 – {YEAR - 1}", "organization"),
        (f"Engineer, Fernhill\t{YEAR - 1} – 2012", "dates"),
    ],
)
def test_what_a_role_lacks_is_asked_for(head: str, about: str) -> None:
    assert [doubt.about for doubt in asked(head, "- Built A.")] == [about]


def test_a_role_without_dates_is_asked_about() -> None:
    profile = read_profile(b"# Ada Byrne\n\n## Experience\n\n### Engineer, Fernhill\n\n- Built A.\n", "cv.md")
    assert [doubt.about for item in profile.evidence for doubt in item.doubts] == ["dates"]


@pytest.mark.parametrize(("start", "is_asked"), [(YEAR - 6, True), (YEAR - 1, False), (YEAR, False)])
def test_the_present_of_an_old_file_is_asked_about(start: int, is_asked: bool) -> None:
    doubts = asked(f"Engineer, Fernhill\t{start} – Present", "- Built A.")
    assert [doubt.about for doubt in doubts] == (["current"] if is_asked else [])


def test_a_newer_year_anywhere_in_the_file_settles_the_present() -> None:
    assert asked("Engineer, Fernhill\t2019 – Present", f"- Built A in {YEAR}.") == []


def test_doubts_name_words_of_their_item() -> None:
    profile = read(
        "Engineer, Fernhill\t2019 – Present", "- Cut costs by 30.", "", "Fernhill Ltd\t2015 – 2012", "- B."
    )
    assert len(doubted(profile)) == 3
    for item in doubted(profile):
        assert all(doubt.words in item.text and doubt.question.endswith("?") for doubt in item.doubts)


def test_a_profile_read_again_is_not_asked_the_same_twice() -> None:
    profile = read(ENGINEER, "- Cut cloud costs by 30.")
    assert raised(raised(profile)) == raised(profile)
    assert len(doubted(raised(profile))[0].doubts) == 1
