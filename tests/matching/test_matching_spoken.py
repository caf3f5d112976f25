"""Levels of languages, asked and held."""

import pytest

import tagging
from matching.spoken import level_of, levels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fluent English", {"English": 5}),
        ("Excellent command of German and proficient in English", {"German": 5, "English": 4}),
        ("German (A2)", {"German": 2}),
        ("Deutsch – verhandlungssicher", {"German": 5}),
        ("Spanish (Conversational)", {"Spanish": 3}),
        ("Fluency in French and Dutch, good command of English", {"French": 5, "Dutch": 5, "English": 4}),
        ("Deutsch auf muttersprachlichem Niveau und fließendes Englisch", {"German": 7, "English": 5}),
        ("Good knowledge of English (at least B2 level)", {"English": 4}),
        ("English: TOEFL 105", {"English": 5}),
        ("English (IELTS 7.5)", {"English": 5}),
        ("Anglais courant", {"English": 5}),
        ("English (native), German (B1), French", {"English": 7, "German": 3, "French": None}),
        ("Sehr gute Deutsch- und Englischkenntnisse", {"German": 5, "English": 5}),
        ("English and German (C1)", {"English": 5, "German": 5}),
        ("English C1, German A2", {"English": 5, "German": 2}),
        ("Język angielski biegle", {"English": 5}),
        ("Polish – język ojczysty", {"Polish": 7}),
        ("Inglês fluente", {"English": 5}),
        ("English Native or Bilingual Proficiency", {"English": 7}),
        ("You speak English", {"English": None}),
        ("Fluency in English and either German or Dutch", {"English": 5, "German": 5, "Dutch": 5}),
        ("Deutsch: Muttersprache; Englisch: B2", {"German": 7, "English": 4}),
        ("Español nativo, inglés intermedio", {"Spanish": 7, "English": 3}),
    ],
)  # fmt: skip
def test_each_language_has_its_own_level(text: str, expected: dict[str, int | None]) -> None:
    spoken = [m for m in tagging.find_skills(text) if m.category == "spoken languages"]
    assert levels(text, spoken) == expected


def test_the_higher_end_of_a_range_is_held_and_a_poor_score_is_no_level() -> None:
    assert level_of("B1/B2") == 4
    assert level_of("TOEIC 950") == 5
    assert level_of("TOEFL 20") is None
    assert level_of("") is None
