"""Requirement lines in German, French and Spanish → the needs they name, and the wording around them."""

import pytest

from chains.embedded.tongues.needs import need
from chains.embedded.tongues.wording import wording_of
from domain import Language


def named(line: str, language: Language, *, informal: bool = False) -> str:
    found = need(line, "p1", language, informal=informal)
    return f"{found.kind}: {found.text}" if found else ""


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("de", "Sicherer Umgang mit MS Office", "thing: sicheren Umgang mit MS Office"),
        ("de", "Sie verfügen über Erfahrung in der Logistik", "thing: Erfahrung in der Logistik"),
        ("de", "Du bringst Erfahrung in der Pflege mit", "thing: Erfahrung in der Pflege"),
        ("de", "Entwicklung und Betrieb unserer Server", "tasks: Entwicklung und Betrieb Ihrer Server"),
        ("de", "Aufbau eines neuen Lagers", "task: der Aufbau eines neuen Lagers"),
        ("de", "Du schreibst sauberen Code", "quote: Du schreibst sauberen Code"),
        ("fr", "Maîtrise de Docker", "thing: la maîtrise de Docker"),
        ("fr", "Concevoir et développer nos API", "do: concevoir et développer vos API"),
        (
            "fr",
            "Développement et maintenance de nos sites",
            "tasks: le développement et la maintenance de vos sites",
        ),
        ("fr", "Vous maîtrisez Python et SQL", "quote: Vous maîtrisez Python et SQL"),
        ("es", "Dominio de Python", "thing: dominio de Python"),
        ("es", "Administrar nuestros servidores web", "do: administrar sus servidores web"),
        ("es", "Gestión de la cartera de clientes", "task: la gestión de la cartera de clientes"),
    ],
)
def test_a_line_names_its_need(language: Language, line: str, expected: str) -> None:
    assert named(line, language) == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Abgeschlossenes Studium der Informatik"),
        ("de", "Führerschein Klasse B"),
        ("de", "Kein Studium erforderlich"),
        ("de", "30 Tage Urlaub und ein Jobrad"),
        ("fr", "Anglais courant exigé"),
        ("fr", "Aucun diplôme n'est exigé"),
        ("fr", "Tickets restaurant et mutuelle"),
        ("es", "Carnet de conducir B"),
        ("es", "No se requiere titulación"),
        ("es", "Salario competitivo y seguro médico"),
    ],
)
def test_degrees_traits_licences_and_benefits_open_no_message(language: Language, line: str) -> None:
    assert named(line, language) == ""


def test_ours_is_theirs_in_the_manner_of_the_page() -> None:
    assert named("Wartung unserer Anlagen", "de") == "task: die Wartung Ihrer Anlagen"
    assert named("Wartung unserer Anlagen", "de", informal=True) == "task: die Wartung eurer Anlagen"


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_every_kind_of_need_and_every_tone_has_its_forms(language: Language) -> None:
    words = wording_of(language)
    assert set(words.greetings) == set(words.sign_offs) == {"plain", "warm", "formal"}
    kinds = {"thing", "task", "tasks", "quote", "skills"} | (set() if language == "de" else {"do"})
    assert set(words.opens) == set(words.again) == kinds
