"""Lines of résumés in German, French and Spanish, told by their owner, or left as they stand."""

import pytest

from domain import Language
from language.tongues import german_head, joined, language_of
from language.tongues.retell import cuts, statements, tellings
from language.tongues.tables import at_place, names_of_languages


def told(line: str, language: Language, *, ended: bool = True, we: bool = False) -> str:
    """The first telling, German verbs before their pronoun; "" where there is none."""
    found = tellings(line, language, ended=ended, we=we)
    if not found:
        return ""
    first = found[0]
    return (
        f"{first.lead} {'…' if first.kind == 'task' else 'ich'} {first.rest}"
        if language == "de"
        else first.rest
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("14 Services nach Kubernetes migriert", "habe ich 14 Services nach Kubernetes migriert"),
        ("Neues Lagersystem eingeführt", "habe ich ein neues Lagersystem eingeführt"),
        ("Neue Kunden gewonnen", "habe ich neue Kunden gewonnen"),
        ("Umsatz um 35 % gesteigert", "habe ich den Umsatz um 35 % gesteigert"),
        ("Im Team von vier Personen eine App gebaut", "habe ich im Team von vier Personen eine App gebaut"),
        ("Leitete ein Team von 5 Entwicklern", "leitete ich ein Team von 5 Entwicklern"),
        ("Wirkte an der Umstellung auf SAP mit", "wirkte ich an der Umstellung auf SAP mit"),
        ("Verantwortlich für die Wartung", "war ich verantwortlich für die Wartung"),
        ("Entwicklung einer API mit Go", "gehörte … die Entwicklung einer API mit Go"),
        ("Planung und Bau von Brücken", "gehörten … Planung und Bau von Brücken"),
        ("Wurde zum Filialleiter befördert", "wurde ich zum Filialleiter befördert"),
    ],
)
def test_german_lines_are_told(line: str, expected: str) -> None:
    assert told(line, "de") == expected


@pytest.mark.parametrize(
    "line",
    [
        "Zum Mechatroniker ausgebildet",
        "Für den Designpreis nominiert",
        "Von der Geschäftsführung ausgezeichnet",
        "Zweimal befördert worden",
        "Projekt abgebrochen",
        "Ausbildung zum Koch",
        "Einarbeitung in SAP",
        "Betreuung durch einen Mentor",
        "Steigerung des Umsatzes um 20 %",
        "API, die von Kollegen entwickelt wurde",
        "Übernahme ins Angestelltenverhältnis",
        "Design Thinking Workshop",
        "Leitung: Dr. Weber",
        "Wunderwerk aufgebaut und gewartet werden",
    ],
)
def test_german_lines_that_are_no_act_of_the_sender_stay_as_they_are(line: str) -> None:
    assert told(line, "de") == ""


def test_a_german_noun_is_no_verb() -> None:
    assert told("Pflege und Betreuung von Patienten", "de", ended=False).startswith("gehören")
    assert told("Pflege die Datenbank der Kunden", "de", ended=False) == "pflege ich die Datenbank der Kunden"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Développé une application mobile", "j'ai développé une application mobile"),
        ("Conception et réalisation de maquettes", "j'ai conçu et réalisé des maquettes"),
        ("Élaboration des menus et préparation de plats", "j'ai élaboré les menus et préparé des plats"),
        ("Participation à la refonte du site", "j'ai participé à la refonte du site"),
        ("Mise en place d'un pipeline", "j'ai mis en place un pipeline"),
        ("Prospection de nouveaux clients", "j'ai prospecté de nouveaux clients"),
        ("Responsable de la paie", "j'étais responsable de la paie"),
        ("A piloté la refonte du site", "j'ai piloté la refonte du site"),
    ],
)
def test_french_lines_are_told(line: str, expected: str) -> None:
    assert told(line, "fr") == expected


@pytest.mark.parametrize(
    "line",
    [
        "Nommé chef d'équipe",
        "Formé aux premiers secours",
        "Encadré par un chef",
        "Formation de 3 mois en gestion",
        "Formation d'ingénieur",
        "Soutien de la direction",
        "Évaluation de mes acquis par le jury",
        "Tenue de la caisse et mise en rayon",
        "Développement en équipe d'une application",
        "Baisse de 28 % des coûts",
        "Direction des ressources humaines",
        "Service des urgences",
        "Conseil des prud'hommes",
    ],
)
def test_french_lines_that_are_not_sure_stay_as_they_are(line: str) -> None:
    assert told(line, "fr") == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Desarrollo de una API REST", "desarrollé una API REST"),
        ("Diseño e implementación de cuadros de mando", "diseñé e implementé cuadros de mando"),
        ("Elaboración de menús y preparación de platos", "elaboré menús y preparé platos"),
        ("Formación de nuevos empleados", "formé a nuevos empleados"),
        ("Puesta en marcha del sistema", "puse en marcha el sistema"),
        ("Migré 14 servicios a Kubernetes", "migré 14 servicios a Kubernetes"),
        ("En equipo, desarrollé una aplicación", "en equipo, desarrollé una aplicación"),
        ("Responsable del almacén", "fui responsable del almacén"),
    ],
)
def test_spanish_lines_are_told(line: str, expected: str) -> None:
    assert told(line, "es") == expected


@pytest.mark.parametrize(
    "line",
    [
        "Formación de 200 horas en Excel",
        "Apoyo de la dirección",
        "Evaluación del desempeño por mi jefe",
        "Venta de productos y manejo de caja",
        "Bajada del 28 % en los costes",
        "Premiada por la dirección",
        "Dirección de recursos humanos",
        "Servicio de urgencias",
        "Registro de la Propiedad",
        "Redacción de El País",
    ],
)
def test_spanish_lines_that_are_not_sure_stay_as_they_are(line: str) -> None:
    assert told(line, "es") == ""


def test_the_present_is_for_roles_that_last_and_for_what_goes_on() -> None:
    assert told("Gestion d'une équipe", "fr", ended=False) == "je gère une équipe"
    assert told("Gestión de un equipo", "es", ended=False) == "gestiono un equipo"
    assert told("Création d'un site", "fr", ended=False) == "j'ai créé un site"
    assert told("Reducción de los costes", "es", ended=False) == "reduje los costes"


def test_a_provider_says_we() -> None:
    assert told("Développement d'une API", "fr", we=True) == "nous avons développé une API"
    assert told("Mantenimiento de la red", "es", we=True) == "mantuvimos la red"
    assert tellings("Leitete ein Team", "de", ended=True, we=True)[0].lead == "leiteten"


def test_only_a_result_is_left_out() -> None:
    line = "Abfragen optimiert, wodurch die Laufzeit auf 20 Minuten sank"
    assert cuts(line) == (line, "Abfragen optimiert")
    assert cuts("Einführung von SAP (geplant)") == ("Einführung von SAP (geplant)",)


def test_a_further_act_may_be_left_out_but_no_object() -> None:
    assert cuts("14 Services migriert und die Zeit auf 6 Minuten gesenkt")[1:] == ("14 Services migriert",)
    assert cuts("j'ai migré 14 services et réduit les coûts")[1:] == ("j'ai migré 14 services",)
    assert cuts("migré 14 servicios y reduje los costes")[1:] == ("migré 14 servicios",)
    assert cuts("nous avons conçu et réalisé des maquettes")[1:] == ()
    assert cuts("Angebote für Pumpen und Ventile erstellt")[1:] == ()


def test_an_abbreviation_ends_no_statement() -> None:
    assert statements("• Budget von ca. 1,5 Mio. € geplant.") == ("Budget von ca. 1,5 Mio. € geplant",)


def test_a_compound_has_the_gender_of_its_last_part() -> None:
    head = german_head("Kundenportal")
    assert head is not None
    assert (head.gender, head.plural) == ("n", False)
    assert german_head("Xyzzy") is None


def test_a_place_of_work_has_its_article() -> None:
    assert at_place("Osier", "de") == "bei Osier"
    assert at_place("Klinikum Lindau", "de") == "beim Klinikum Lindau"
    assert at_place("Université de Lille", "fr") == "à l'Université de Lille"
    assert at_place("Hospital Sur", "es") == "en el Hospital Sur"


def test_everyday_words_tell_a_language() -> None:
    assert language_of("Leitete ein Team von 5 Entwicklern") == "de"
    assert language_of("Gestion d'une équipe avec les clients") == "fr"
    assert language_of("Gestión de los clientes y proveedores") == "es"
    assert language_of("Led a team of five engineers") == "en"
    assert language_of("Kubernetes", "en") == "en"


def test_lists_and_names_of_languages() -> None:
    assert joined(["Java", "Iptables"], "es") == "Java e Iptables"
    assert joined(["A", "B", "C"], "de") == "A, B und C"
    assert names_of_languages("English (C1)", "de") == frozenset({"englisch"})
