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
        ("Masters degree in Mechanical Engineering", 2),
        ("Advanced degree related to battery engineering", 2),
        ("Master-Abschluss in Informatik", 2),
        ("Diplom-Informatiker (FH)", 2),
        ("Bac+5 ou école d'ingénieurs", 2),
        ("Máster en ingeniería", 2),
        ("Mestrado em Economia", 2),
        ("Wykształcenie wyższe magisterskie", 2),
        ("Laurea magistrale in giurisprudenza", 2),
        ("Bachelorstudium der Pflege", 1),
        ("Licence en informatique", 1),
        ("Grado en Enfermería", 1),
        ("Graduação em Administração", 1),
        ("Studia inżynierskie, inżynier", 1),
        ("Licencjat z ekonomii", 1),
        ("Abgeschlossenes Hochschulstudium", 0),
        ("Título universitario", 0),
        ("Ensino superior completo", 0),
        ("Wykształcenie wyższe", 0),
        ("Associate degree, technical certification or experience", -1),
        ("Abgeschlossene Ausbildung als Koch", -1),
        ("Studium oder vergleichbare Ausbildung", -1),
        ("High school diploma or equivalent", -2),
        ("Abitur", -2),
        ("Promovierte Chemikerin", 3),
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
        "Strong proficiency in Microsoft and MS Excel",
        "Experience using MS Project",
        "Ein Abschluss je Woche",
        "Du übernimmst die Ausbildung der Azubis",
        "Serve as a MS SQL administrator",
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
        ("Degree in mechanical engineering or a related field", "MSc Civil Engineering", True),
        ("Bachelor's degree in Computer Science or a related field", "BA History", False),
        ("Bachelor's degree in Computer Science or a related field", "BSc Information Technology", True),
        ("Abgeschlossenes Studium der Informatik", "BSc Computer Science", True),
        ("Degree in Computer Science", "Informatikstudium, Universität Ulm", True),
        ("Diplôme en informatique", "Licenciatura em Engenharia Informática", True),
        ("Degree in nursing", "Grado en Enfermería", True),
        ("A STEM degree", "BSc Physics", True),
        ("A STEM degree", "BA Graphic Design", False),
        ("A technical degree", "BSc Computer Science", True),
        ("Degree in Business, Finance or Accounting", "Wyższa szkoła, rachunkowość", True),
        ("Degree in law", "MBA Business Administration", False),
        ("Computer science degree", "Computer Engineering, BSc", False),
        ("Ausbildung als Koch", "Ausbildung zum Koch, 2016", True),
        ("Bachelor of Science in Biology", "Bachelor of Science in Chemistry", False),
        ("Bachelor's degree with 5 years of management experience", "BA History", True),
    ],
)
def test_the_subject_decides_where_one_is_asked(asked: str, held: str, fits: bool) -> None:
    assert in_subject(asked, held) is fits


def test_certificates_are_told_by_their_name() -> None:
    assert same_title("ACCA or CIMA certified", "ACCA member, 2018")
    assert same_title("Food safety certificate", "Level 3 Food Safety certificate, 2022")
    assert not same_title("Project management certificate", "First aid certificate")
    assert not same_title("Valid licence", "Forklift licence")
