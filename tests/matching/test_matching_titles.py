"""Degrees and certificates: rank, subject, name."""

import pytest

from matching.titles import degree_rank, in_subject, same_title


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("BSc Computer Science", 1),
        ("Bachelor's or Master's degree", 1),
        ("Master's degree in physics", 2),
        ("MEng Mechanical Engineering", 2),
        ("MA Communication Studies, 2016", 2),
        ("Ph.D. in statistics", 3),
        ("A degree in nursing", 0),
        ("Relevant university degree or equivalent", 0),
        ("PGCE Secondary Mathematics", 0),
        ("Diploma in hotel management", 0),
    ],
)
def test_the_lowest_degree_named_counts(text: str, rank: int) -> None:
    assert degree_rank(text) == rank


@pytest.mark.parametrize(
    "text",
    [
        "A high degree of autonomy",
        "360 degree feedback",
        "You master new tools quickly",
        "Certified Scrum Master",
        "Office in Boston, MA",
        "Ovens at 220 degrees Celsius",
    ],
)
def test_what_only_sounds_like_a_degree(text: str) -> None:
    assert degree_rank(text) is None


@pytest.mark.parametrize(
    ("asked", "held", "fits"),
    [
        ("Degree in computer science or a related field", "BSc Computer Science", True),
        ("Degree in computer science", "BA Political Science", False),
        ("Bachelor's degree", "BA History", True),
        ("A relevant university degree", "BA History, University of York", True),
        ("An engineering degree", "MEng Mechanical Engineering", True),
        ("A teaching degree or PGCE", "PGCE Secondary Mathematics", True),
        ("A nursing degree", "BSc Adult Nursing", True),
        ("Degree in mechanical engineering", "MSc Civil Engineering", False),
    ],
)
def test_the_subject_decides_where_one_is_asked(asked: str, held: str, fits: bool) -> None:
    assert in_subject(asked, held) is fits


def test_certificates_are_told_by_their_name() -> None:
    assert same_title("ACCA or CIMA certified", "ACCA member, 2018")
    assert same_title("Food safety certificate", "Level 3 Food Safety certificate, 2022")
    assert not same_title("Project management certificate", "First aid certificate")
    assert not same_title("Valid licence", "Forklift licence")
