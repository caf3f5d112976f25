"""Drafts in German, French and Spanish: every lie is refused, and what is honest passes."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

import tagging
from domain import Language, Persona
from grounding import Gate
from tests.grounding.tongues_sender import make_brief, typed

HERE = Path(__file__).parent


def cases(name: str) -> Iterator[tuple[Language, str, str]]:
    """The language, what the line is about and the typed line, of every line of a file."""
    language = ""
    for row in (HERE / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("## "):
            language = row[3:].strip()
        elif row and not row.startswith("#"):
            about, _, line = row.partition(" | ") if name.endswith("lies.txt") else ("", "", row)
            yield cast(Language, language), about, line


@pytest.mark.parametrize(("language", "wrong", "line"), list(cases("tongues_lies.txt")))
def test_a_lie_is_refused(language: Language, wrong: str, line: str) -> None:
    gate = Gate(make_brief(language), tagging.find_skills)
    assert not gate.check(typed(line)).supported, wrong


@pytest.mark.parametrize(("language", "about", "line"), list(cases("tongues_honest.txt")))
def test_an_honest_line_passes(language: Language, about: str, line: str) -> None:
    verdict = Gate(make_brief(language), tagging.find_skills).check(typed(line))
    assert verdict.supported, (verdict.check, verdict.reason, verdict.fault)


def test_there_are_forty_lies_a_language_at_least() -> None:
    languages = [language for language, _, _ in cases("tongues_lies.txt")]
    assert all(languages.count(each) >= 40 for each in ("de", "fr", "es"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "C e3 | Bei Medwerk leitete ich ein Team von 5 Entwicklern."),
        ("fr", "C e3 | Chez Santé Nord, j'ai encadré une équipe de 5 développeurs."),
        ("es", "C e3 | En Salud Norte, coordiné un equipo de 5 desarrolladores."),
    ],
)
def test_an_agency_does_not_say_i(language: Language, line: str) -> None:
    gate = Gate(make_brief(language, Persona.SERVICE_PROVIDER), tagging.find_skills)
    assert not gate.check(typed(line)).supported


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "C e3 | Bei Medwerk leiteten wir ein Team von 5 Entwicklern."),
        ("fr", "C e3 | Chez Santé Nord, nous avons encadré une équipe de 5 développeurs."),
        ("es", "C e3 | En Salud Norte, coordinamos un equipo de 5 desarrolladores."),
    ],
)
def test_an_agency_says_we(language: Language, line: str) -> None:
    gate = Gate(make_brief(language, Persona.SERVICE_PROVIDER), tagging.find_skills)
    assert gate.check(typed(line)).supported
