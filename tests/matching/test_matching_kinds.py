"""Degrees, years, languages, certificates, traits and conditions, in several trades and languages."""

from datetime import date

import pytest

import tagging
from domain import Evidence, Match, Posting, PostingLine, Profile, Record, Section, SourceSpan
from matching import match

TODAY = date(2025, 11, 20)


def item(id: str, type: str, text: str, record: str | None = None, confidential: bool = False) -> Evidence:
    return Evidence.model_validate(
        {
            "id": id,
            "type": type,
            "text": text,
            "record": record,
            "skills": tuple(dict.fromkeys(m.skill for m in tagging.find_skills(text))),
            "source": SourceSpan(document="cv"),
            "confidential": confidential,
        }
    )


def answered(
    asks: str,
    *evidence: Evidence,
    records: tuple[Record, ...] = (),
    title: str = "",
    section: Section = Section.MUST,
) -> Match:
    head = PostingLine(id="p0", text=title, section=Section.TITLE)
    posting = Posting(id="x", title=title, lines=(head, PostingLine(id="p1", text=asks, section=section)))
    profile = Profile(id="y", name="Ida Fenn", records=records, evidence=evidence)
    return match(posting, tagging.tag(posting.lines), profile, None, today=TODAY)[0]


# --- degrees -----------------------------------------------------------------------------------------

INFORMATICS = "BSc Computer Science, University of Leeds, 2015"


@pytest.mark.parametrize(
    ("asks", "held", "fits"),
    [
        ("Bachelor's degree in Computer Science or a related field", INFORMATICS, True),
        ("Bachelors degree in Engineering, or equivalent", "BEng Mechanical Engineering", True),
        ("Master's degree in Computer Science", INFORMATICS, False),
        ("University degree", INFORMATICS, True),
        ("High school diploma or equivalent", INFORMATICS, True),
        ("PhD in machine learning", "MSc Machine Learning", False),
        ("Abgeschlossenes Studium der Informatik oder vergleichbar", INFORMATICS, True),
        ("Abgeschlossenes Studium der Betriebswirtschaft", INFORMATICS, False),
        ("Abgeschlossene Ausbildung als Koch", "Ausbildung zum Koch, IHK Köln, 2014", True),
        ("Abgeschlossene Ausbildung als Koch", "Ausbildung zum Elektroniker, 2014", False),
        ("Master in Maschinenbau", "MSc Mechanical Engineering", True),
        (
            "Diplôme d'ingénieur en informatique (bac+5)",
            "Master of Science in Informatics and computing",
            True,
        ),
        ("Licence en droit", "Grado en Derecho, Universidad de Sevilla", True),
        ("Título universitario en Enfermería", "Bachelor of Nursing, Cork, 2018", True),
        ("Grado en Economía", "Licenciatura em Economia, Porto", True),
        ("Ensino superior completo em Contabilidade", "Bachelor of Science in accounting", True),
        ("Wykształcenie wyższe informatyczne", "Magister, Informatyka, AGH", True),
        ("Laurea in ingegneria meccanica", "Laurea magistrale, ingegneria meccanica, Torino", True),
        ("Degree in Mechanical Engineering", "BSc Civil Engineering", False),
        ("A STEM degree", "BSc Mathematics", True),
        ("A STEM degree", "BA History", False),
        ("MBA preferred", "MBA, INSEAD, 2019", True),
        ("Nursing degree", "Bachelor of Nursing", True),
        ("Nursing degree", "Bachelor of Laws (LLB)", False),
    ],
)
def test_a_degree_answers_by_level_and_subject(asks: str, held: str, fits: bool) -> None:
    found = answered(asks, item("e1", "degree", held))
    assert (not found.is_gap) is fits
    if not fits:
        assert held in found.reason
        assert found.question


def test_without_a_degree_the_gap_asks_which() -> None:
    found = answered("Bachelor's degree in Physics", item("e1", "bullet", "Taught physics"))
    assert found.is_gap
    assert found.question == "Which degree do you hold, and in what?"


def test_courses_below_a_degree_answer_by_its_title_alone() -> None:
    degree = Record(id="r1", kind="degree", title="Bachelor", area="Statistics", organization="Ulm")
    courses = item("e1", "degree", "Database Management Systems, Regression Analysis", "r1")
    assert answered("Bachelor's degree in Business Administration", courses, records=(degree,)).is_gap
    assert not answered("Bachelor's degree in Statistics", courses, records=(degree,)).is_gap


@pytest.mark.parametrize(
    ("asks", "fits"),
    [
        ("Bachelor's degree in Computer Science or equivalent practical experience", True),
        ("Degree in computer science or 5 years of experience", True),
        ("Degree in computer science or 10 years of experience", False),
        ("Bachelor's degree in Computer Science", False),
        ("Bachelor's degree in Computer Science or a related field", False),
    ],
)
def test_experience_stands_for_a_degree_where_the_line_takes_it(asks: str, fits: bool) -> None:
    role = Record(id="r1", kind="role", title="Software Engineer", start="2018", end="2025")
    head = item("e1", "role", "Software Engineer, Fernhill, 2018–2025", "r1")
    found = answered(asks, head, records=(role,), title="Senior Software Engineer")
    assert (not found.is_gap) is fits
    if fits:
        assert found.reason.endswith("2018–2025 as Software Engineer: 7 years by your dates")


# --- years -------------------------------------------------------------------------------------------

ROLES = (
    Record(id="r1", kind="role", title="Software Engineer", start="Jan 2022", current=True),
    Record(id="r2", kind="role", title="Developer", start="Jul 2019", end="Dec 2021"),
    Record(id="r3", kind="role", title="Waiter", start="2014", end="2019"),
)
WORK = (
    item("e1", "role", "Software Engineer, Fernhill", "r1"),
    item("e2", "bullet", "Wrote the invoicing service in Python", "r1"),
    item("e3", "bullet", "Kept a Python and Django shop running", "r2"),
    item("e4", "bullet", "Served 60 guests an evening", "r3"),
)


@pytest.mark.parametrize(
    ("asks", "fits"),
    [
        ("5+ years of Python", True),
        ("6 years of experience with Python", True),
        ("At least 7 years of Python", False),
        ("3–5 years of experience with Python", True),
        ("Minimum 2 years' experience with Django", True),
        ("5+ years of experience with Django", False),
        ("Three years of experience as a software engineer", True),
        ("10+ years of software engineering experience", False),
        ("Mindestens 5 Jahre Erfahrung mit Python", True),
        ("Mindestens 8 Jahre Berufserfahrung mit Python", False),
        ("5 ans d'expérience en Python", True),
        ("Al menos 5 años de experiencia con Python", True),
        ("5 anos de experiência com Python", True),
        ("Co najmniej 5 lat doświadczenia z Python", True),
        ("18 months of experience with Python", True),
        ("Several years of experience with Python", True),
        ("5+ years of Kotlin", False),
        ("5+ years as a mechanical engineer", False),
        ("8+ years of nursing experience", False),
    ],
)
def test_years_are_counted_in_the_roles_that_show_it(asks: str, fits: bool) -> None:
    assert (not answered(asks, *WORK, records=ROLES).is_gap) is fits


def test_a_computed_time_is_said_as_computed_with_its_dates() -> None:
    found = answered("5+ years of Python", *WORK, records=ROLES)
    assert found.evidence == ("e2", "e3")
    assert found.reason == (
        "Jan 2022–now as Software Engineer and Jul 2019–Dec 2021 as Developer:"
        " 6 years and 5 months by your dates"
    )


def test_too_few_years_are_named_with_what_the_dates_show() -> None:
    found = answered("5+ years of Django", *WORK, records=ROLES)
    assert found.reason == "asks for 5 years with Django; your dates show 2 years and 6 months"
    assert found.question == ("Where else did you gain experience with Django, and from when to when?")


def test_roles_that_overlap_count_once() -> None:
    roles = (
        Record(id="r1", kind="role", title="Cook", start="2018", end="2021"),
        Record(id="r2", kind="role", title="Cook", start="2019", end="2022"),
    )
    evidence = (item("e1", "role", "Cook, Fernhill", "r1"), item("e2", "role", "Cook, Lumenfold", "r2"))
    assert answered("5 years of experience as a cook", *evidence, records=roles).is_gap
    assert not answered("4 years of experience as a cook", *evidence, records=roles).is_gap


def test_years_that_the_person_states_are_quoted_and_not_counted() -> None:
    found = answered(
        "5+ years of experience in accounting",
        item("e1", "summary", "Accountant with 10 years in accounting"),
    )
    assert found.reason == "your words: “10 years”"
    other = item("e1", "summary", "Baker with 10 years at the oven")
    assert answered("5+ years of experience in accounting", other).is_gap


def test_without_dates_the_work_answers_weakly_and_asks_for_them() -> None:
    undated = (Record(id="r1", kind="role", title="Engineer"),)
    found = answered(
        "5+ years of Python", item("e1", "bullet", "Wrote Python services", "r1"), records=undated
    )
    assert found.evidence == ("e1",)
    assert found.score < 0.5
    assert found.question == "From when to when did you do this?"


# --- languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "held", "fits"),
    [
        ("Fluent German", ["German (C1)"], True),
        ("Fluent German", ["German (B1)"], False),
        ("Fluent German", ["Deutsch – verhandlungssicher"], True),
        ("German at B2 level or above", ["German (B2)"], True),
        ("German at B2 level or above", ["German (A2)"], False),
        ("Verhandlungssicheres Deutsch", ["German: native speaker"], True),
        ("Sehr gute Deutschkenntnisse", ["Deutsch: Grundkenntnisse"], False),
        ("Anglais courant", ["English (C2)"], True),
        ("Anglais courant", ["Anglais (débutant)"], False),
        ("Inglés avanzado", ["English: TOEFL 105"], True),
        ("Inglés avanzado", ["English (TOEIC 600)"], False),
        ("Native English speaker", ["English (B2)"], False),
        ("Native English speaker", ["English (native)"], True),
        ("You speak English", ["English"], True),
        ("Fluency in German and English", ["German (C1)", "English (C1)"], True),
        ("Fluency in German and English", ["English (C1)"], False),
        ("Fluency in English and either German or Dutch", ["English (C1)", "Dutch (C2)"], True),
        ("Fluent German", ["German (C1)", "English (A2)"], True),
        ("Fluent English", ["English (native), German (B1)"], True),
        ("Język angielski biegle", ["English (C1)"], True),
        ("Fluent Polish", ["Ukrainian (native)"], False),
    ],
)
def test_a_language_answers_at_its_level(asks: str, held: list[str], fits: bool) -> None:
    evidence = [item(f"e{n}", "language", text) for n, text in enumerate(held, 1)]
    found = answered(asks, *evidence)
    assert (not found.is_gap) is fits
    if not fits:
        assert found.question.startswith("At what level do you speak ")


def test_a_language_without_a_level_answers_weakly_and_asks_for_it() -> None:
    found = answered("Fluent German", item("e1", "language", "German"))
    assert found.evidence == ("e1",)
    assert found.score < 0.5
    assert found.question == "At what level do you speak German?"


def test_the_name_of_a_country_is_no_language() -> None:
    found = answered("Experience with German Commercial Code", item("e1", "language", "German (native)"))
    assert found.is_gap


# --- certificates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "held", "fits"),
    [
        ("Valid driver's license", "Driving licence (class B)", True),
        ("Führerschein Klasse B", "Driving licence (class B)", True),
        ("Permis B", "Führerschein Klasse B", True),
        ("CPA certification required", "Certified Public Accountant (CPA)", True),
        ("AWS certification", "AWS Certified Solutions Architect", True),
        ("AWS certification", "Scrum Master Certification", False),
        ("Forklift licence", "Forklift licence, 2020", True),
        ("Forklift licence", "Driving licence", False),
        ("PMP certification", "Project Management Professional (PMP)", True),
        ("First aid certificate", "Paediatric first aid certificate, 2023", True),
    ],
)
def test_a_certificate_answers_by_its_name(asks: str, held: str, fits: bool) -> None:
    found = answered(asks, item("e1", "certificate", held), item("e2", "bullet", "Drove forklifts"))
    assert (not found.is_gap) is fits
    if not fits:
        assert found.question


# --- traits, conditions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "evidence", "fits"),
    [
        ("Excellent communication skills", "Presented quarterly results to the board of directors", True),
        ("Excellent communication skills", "Excellent communicator with a passion for people", False),
        ("Team player", "Collaborated with nurses and porters on the night ward", True),
        ("Strong problem-solving skills", "Traced the root cause of nine outages and fixed it", True),
        ("Strong problem-solving skills", "Problem solver who loves a challenge", False),
        ("You are a curious and motivated person", "Ran a book club of motivated readers", False),
        ("Zuverlässige und sorgfältige Arbeitsweise", "Zuverlässig, sorgfältig, belastbar", False),
    ],
)
def test_a_trait_is_shown_by_a_deed_alone(asks: str, evidence: str, fits: bool) -> None:
    found = answered(asks, item("e1", "bullet", evidence), item("e2", "skill", "Communication"))
    assert (not found.is_gap) is fits
    assert found.question == ""
    assert found.score < 0.5


@pytest.mark.parametrize(
    ("asks", "question"),
    [
        ("Willingness to travel up to 30% of the time", "Are you willing to travel as much as they ask?"),
        ("Must be authorized to work in the United States", "Are you allowed to work where the job is?"),
        ("Must be a US Citizen", "Are you allowed to work where the job is?"),
        ("Ability to lift 50 pounds", "Does this hold for you?"),
        ("Bereitschaft zu Schichtarbeit", "Does this hold for you?"),
    ],
)
def test_what_only_the_person_can_say_is_asked(asks: str, question: str) -> None:
    found = answered(asks, item("e1", "bullet", "Travelled to clients in the United States by shift"))
    assert found.is_gap
    assert found.question == question


# --- what is asked, what is not said -----------------------------------------------------------------


def test_every_gap_asks_something_but_a_trait() -> None:
    asks = [
        "Terraform",
        "Weld pipes of 40 mm",
        "PhD in physics",
        "Fluent Thai",
        "PMP certification",
        "9 years of Go",
    ]
    for line in asks:
        found = answered(line)
        assert found.is_gap, line
        assert found.reason, line
        assert "?" in found.question, line
    assert answered("Terraform").question == "Have you worked with Terraform?"


def test_ordinary_evidence_is_preferred_to_confidential_which_is_said_to_be_so() -> None:
    secret = item("e1", "bullet", "Moved 40 services of a bank to Kubernetes", confidential=True)
    open_ = item("e2", "skill", "Kubernetes")
    assert answered("Kubernetes", secret, open_).evidence == ("e2",)
    alone = answered("Kubernetes", secret)
    assert alone.evidence == ("e1",)
    assert alone.reason == "names Kubernetes; confidential, so no draft will say it"


def test_what_colleagues_do_is_not_asked() -> None:
    found = answered(
        "Collaborate with DevOps, release and research teams",
        item("e1", "skill", "DevOps"),
        section=Section.TASKS,
    )
    assert found.is_gap
