"""Whom a page names as its contact: a person's name as it stands there, or nothing."""

import pytest

from language.contacts import contact_in


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Contact: Jane Doe", "Jane Doe"),
        ("Your contact person: Ms. Ana-Lucía de Souza, ana@arkway.example", "Ana-Lucía de Souza"),
        ("Hiring manager: Priya R. Nair (Head of Data)", "Priya R. Nair"),
        ("Questions about the role? Please contact Oyvind Bakke at +47 555 01 44.", "Oyvind Bakke"),
        ("You will be reporting to Martha van den Berg, our CTO.", "Martha van den Berg"),
        ("Ansprechpartnerin: Frau Dr. Heike Müller-Lüdenscheidt", "Heike Müller-Lüdenscheidt"),
        ("Bei Fragen wenden Sie sich bitte an Herrn Jonas Weiß.", "Jonas Weiß"),
        ("Ihr Kontakt: Petra Öhm | Telefon 030 5550144", "Petra Öhm"),
        ("Personne à contacter : Mme Chloé Lefèvre", "Chloé Lefèvre"),
        ("Persona de contacto: Íñigo Peña", "Íñigo Peña"),
    ],
)
def test_a_named_contact_is_found_as_written(line: str, name: str) -> None:
    assert contact_in(["Cook for the canteen", line]) == name


@pytest.mark.parametrize(
    "line",
    [
        "Contact: our recruiting team",
        "Contact: HR Department",
        "Contact us for details",
        "Please contact Human Resources",
        "Reporting to the Head of Sales",
        "You will be working with Product Managers and Data Engineers",
        "Contact: jobs@arkway.example",
        "Contact: Arkway Freight",
        "We contact Every Applicant within a week",
        "Jane Doe founded the company in 1987.",
        "Emails: Marketing",
        "",
    ],
)
def test_no_team_or_office_is_taken_for_a_person(line: str) -> None:
    assert contact_in([line], company="Arkway Freight") == ""


def test_a_name_under_a_heading_is_found() -> None:
    assert (
        contact_in(["Apply", "Ansprechpartner", "Dr. Selin Aydın", "selin@arkway.example"]) == "Selin Aydın"
    )
    assert contact_in(["Contact", "Send us your documents"]) == ""
