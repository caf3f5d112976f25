"""Degrees in the forms that people write them in: degree, subject, school and dates, each as written."""

from typing import Any

import pytest

from profiles.degrees import names_degree, read_degree


def found(*texts: str) -> tuple[str, str, str]:
    """(title, subject, school) of an entry's lines."""
    degree = read_degree(texts)
    return degree.title, degree.area, degree.institution


def xfail(*values: object, why: str) -> Any:
    """A case that is right but not met yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=why))


PHYSICS = ("BSc Physics", "", "Ostmark University")


@pytest.mark.parametrize(
    "text",
    [
        "BSc Physics, Ostmark University\n2014 – 2018",
        "Ostmark University\nBSc Physics\n2014 – 2018",
        "Ostmark University\t2014 – 2018\nBSc Physics",
        "2014 – 2018\tOstmark University\nBSc Physics",
        "BSc Physics | Ostmark University | 2018",
        "BSc Physics at Ostmark University, 2014-2018",
        "BSc Physics – Ostmark University – 2018",
        "Ostmark University, Cork, Ireland\nBSc Physics (2018)",
        "Ostmark University, Boston, MA\nBSc Physics, GPA 3.8/4.0",
        "BSc Physics\nOstmark University\nRelevant coursework: Tides, Waves",
        pytest.param("Ostmark University — BSc Physics — Thesis: Tides"),
        "BSc Physics\nOstmark University (expected 2026)",
    ],
)
def test_degree_and_school_are_told_apart_in_any_order(text: str) -> None:
    assert found(*text.split("\n")) == PHYSICS


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("BSc, Physics | Ostmark University | 2018", ("BSc", "Physics", "Ostmark University")),
        ("B.Tech - Computer Science - IIT Nordhafen (2015)", ("B.Tech", "Computer Science", "IIT Nordhafen")),
        (
            "Quay College\t2010 – 2014\nEnglish Literature, B.A.",
            ("B.A.", "English Literature", "Quay College"),
        ),
        (
            "Bachelor's degree, Physics\nOstmark University",
            ("Bachelor's degree", "Physics", "Ostmark University"),
        ),
        (
            "Inżynier, Informatyka\nPolitechnika Nadmorska",
            ("Inżynier", "Informatyka", "Politechnika Nadmorska"),
        ),
        ("Lisans, Fizik\nLiman Üniversitesi", ("Lisans", "Fizik", "Liman Üniversitesi")),
        pytest.param(
            "Quay Institute\nMaster of Arts\nMarine History",
            ("Master of Arts", "Marine History", "Quay Institute"),
        ),
        pytest.param(
            "Doctor of Philosophy (PhD), Physics\nOstmark University",
            ("Doctor of Philosophy (PhD)", "Physics", "Ostmark University"),
        ),
        xfail(
            "Master of\nScience in Physics, Ostmark University",
            ("Master of Science in Physics", "", "Ostmark University"),
            why="a degree on two lines stays in two pieces",
        ),
    ],
)
def test_a_subject_may_stand_apart(text: str, degree: tuple[str, str, str]) -> None:
    assert found(*text.split("\n")) == degree


@pytest.mark.parametrize(
    ("title", "school"),
    [
        ("BA (Hons) History", "University of Quay"),
        ("B.Sc. Computing (First Class Honours)", "Quay University of Technology"),
        ("MBA", "Quay Business School"),
        ("High School Diploma", "Harbour High School"),
        ("Associate of Applied Science in Welding", "Bay College"),
        ("Diploma in Web Development", "Fernhill Academy"),
        ("M.Sc. Informatik", "Technische Universität Nordhafen"),
        ("Ausbildung zur Bürokauffrau", "Berufsschule Emden"),
        ("Abitur", "Gymnasium am Hafen"),
        ("Licence en droit", "Université de Rivage"),
        ("Grado en Derecho", "Universidad de la Ribera"),
        ("Laurea in Economia", "Università di Porto Nuovo"),
        ("物理学 学士", "海港大学"),
    ],
)
def test_degrees_are_read_in_many_languages(title: str, school: str) -> None:
    assert found(f"{title}, {school}, 2014") == (title, "", school)
    assert found(school, title, "2010 – 2014") == (title, "", school)


def test_a_degree_in_arabic_is_parted_from_its_school() -> None:
    assert found("بكالوريوس هندسة، جامعة الميناء") == ("بكالوريوس هندسة", "", "جامعة الميناء")


def test_a_university_is_named_with_its_town_where_it_has_several() -> None:
    assert found("University of California, Berkeley", "B.A., Economics") == (
        "B.A.",
        "Economics",
        "University of California, Berkeley",
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2014 – 2018", "2014", "2018"),
        ("10/2016 – 09/2018", "10/2016", "09/2018"),
        ("Graduated May 2018", "", "May 2018"),
        ("(2018)", "", "2018"),
        ("Oct 2014 to Jun 2018", "Oct 2014", "Jun 2018"),
    ],
)
def test_dates_stay_as_written(text: str, start: str, end: str) -> None:
    dates = read_degree(["BSc Physics, Ostmark University", text]).dates
    assert dates is not None
    assert (dates.start, dates.end, dates.current) == (start, end, False)


@pytest.mark.parametrize(
    "text", ["BSc Physics", "BA, Ostmark", "Ph.D.", "Abitur", "MBA 2020", "B.S., Boston, MA"]
)
def test_what_names_a_degree(text: str) -> None:
    assert names_degree(text)


@pytest.mark.parametrize(
    "text",
    [
        "Boston, MA",
        "Harrisburg, PA",
        "Ostmark University, MA",
        "Portland, ME",
        "Built A in 2019",
        pytest.param("Jackson, MS"),
        pytest.param("Quay Hospital, Boston, MA 02115"),
        pytest.param("MS Office"),
    ],
)
def test_codes_of_states_are_no_degrees(text: str) -> None:
    assert not names_degree(text)
