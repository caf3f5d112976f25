"""Short lists of a résumé: whose a certificate is, how well a language is spoken, and what is no item."""

import pytest

from domain import Profile
from profiles import read_profile

HEAD = "Ada Byrne\nada@byrne.example\n\n"


def read(text: str) -> Profile:
    return read_profile(f"{HEAD}{text}\n".encode(), "resume.txt")


def texts(profile: Profile, kind: str) -> list[str]:
    return [item.text for item in profile.evidence if item.type == kind]


def test_the_line_below_a_dated_certificate_says_who_gave_it() -> None:
    profile = read("Certificates\nWelding Inspector\tMarch 2022\nTessel Testing\n\nFirst Aid\tMay 2021")
    held = [(r.title, r.organization, r.end) for r in profile.records if r.kind == "certificate"]
    assert held == [
        ("Welding Inspector", "Tessel Testing", "March 2022"),
        ("First Aid", "", "May 2021"),
    ]


def test_a_certificate_below_another_is_no_issuer() -> None:
    profile = read("Certificates\nWelding Inspector\tMarch 2022\nFork Lift Licence\tMay 2021")
    assert [r.title for r in profile.records if r.kind == "certificate"] == [
        "Welding Inspector",
        "Fork Lift Licence",
    ]


@pytest.mark.parametrize(
    ("lines", "spoken"),
    [
        ("English\nNative\n\nPolish\nConversational", ["English Native", "Polish Conversational"]),
        ("Danish: Elementary Proficiency", ["Danish: Elementary Proficiency"]),
        ("Danish, Dutch (B2)", ["Danish", "Dutch (B2)"]),
    ],
)
def test_a_level_belongs_to_its_language(lines: str, spoken: list[str]) -> None:
    assert texts(read(f"Languages\n{lines}"), "language") == spoken


def test_a_level_belongs_to_its_label_and_not_to_the_skill_of_the_line_above() -> None:
    profile = read(
        "Skills\nWeb Development: Expert\tKeywords: React, JavaScript\nDevOps: Intermediate\tKeywords: Docker"
    )
    assert texts(profile, "skill") == [
        "Web Development",
        "React",
        "JavaScript",
        "DevOps: Intermediate",
        "Docker",
    ]


@pytest.mark.parametrize("label", ["View on GitHub", "Live demo", "Source code", "See the project here"])
def test_the_words_of_a_link_are_no_item(label: str) -> None:
    profile = read(f"Projects\nPlotKit: a map tool for surveyors\n- Built the tile cache\n- {label}")
    assert label not in [item.text for item in profile.evidence]
    assert "Built the tile cache" in [item.text for item in profile.evidence]
