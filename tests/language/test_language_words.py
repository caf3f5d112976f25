"""Words, stems and sentences."""

import pytest

from language import words


def test_tokens_keep_the_names_of_technologies_whole() -> None:
    text = "CI/CD at C++-heavy Node.js shops, C#, .NET, and the team's tests"
    found = [token.text for token in words.tokens(text)]
    assert found == [
        "CI",
        "CD",
        "at",
        "C++",
        "heavy",
        "Node.js",
        "shops",
        "C#",
        ".NET",
        "and",
        "the",
        "team's",
        "tests",
    ]
    assert all(text[token.start : token.end] == token.text for token in words.tokens(text))


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("migrated", "migrate"),
        ("Leading", "lead"),
        ("led", "lead"),
        ("services", "service"),
        ("companies", "company"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("Kubernetes", "kubernetes"),
        ("Jenkins", "jenkins"),
        ("Redis", "redis"),
        ("SaaS", "saas"),
        ("DevOps", "devops"),
        ("analytics", "analytics"),
        ("APIs", "api"),
        ("team's", "team"),
    ],
)
def test_a_stem_is_free_of_inflection(word: str, stem: str) -> None:
    assert words.stem(word) == stem


def test_sentences_end_at_stops_and_line_breaks_but_not_at_abbreviations() -> None:
    text = "I led X at Acme Inc. in 2020. It grew 2.5x! See e.g. Node.js. What now?\nYes"
    assert words.sentences(text) == [
        "I led X at Acme Inc. in 2020.",
        "It grew 2.5x!",
        "See e.g. Node.js.",
        "What now?",
        "Yes",
    ]


def test_no_text_has_no_sentences() -> None:
    assert words.sentences(" \n ") == []
