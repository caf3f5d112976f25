"""Finding names in a text: whole words, exact offsets, the same words giving the same label."""

import pytest

import tagging
from domain import SkillMention


def labels(text: str) -> list[str]:
    return [mention.skill for mention in tagging.find_skills(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ｐｙｔｈｏｎ und Maîtrise de l’e-commerce, Straßenbau, PostgreSQL™",
        "Cafe\u0301 İstanbul: Docker, so\u00adftware engineering, Node.js.",
        "ﬁrmware\u00a0and CI\u2011CD — naïve C++/C#",
    ],
)
def test_a_mention_is_a_verbatim_span(text: str) -> None:
    found = tagging.find_skills(text)
    assert found
    for mention in found:
        assert text[mention.start : mention.end] == mention.text


def test_unusual_characters_do_not_shift_the_span() -> None:
    found = tagging.find_skills("ﬁne ﬁrmware, then Ｐｙｔｈｏｎ")
    assert [(m.skill, m.text) for m in found] == [("Firmware", "ﬁrmware"), ("Python", "Ｐｙｔｈｏｎ")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C, C++ and C#", ["C", "C++", "C#"]),
        ("Node.js, .NET 8 and ASP.NET", ["Node.js", ".NET", "ASP.NET"]),
        ("JavaScript is not TypeScript", ["JavaScript", "TypeScript"]),
        ("React Native, SQL Server, Google Cloud Run", ["React Native", "SQL Server", "Cloud Run"]),
        ("front-end, front end, frontend", ["Front-end development"] * 3),
        ("See https://github.com/rust-lang/rust or mail jobs@docker.com.", []),
        ("We know Docker.Kubernetes comes next.", ["Docker", "Kubernetes"]),
        ("Englischkenntnisse und SQL-Erfahrung", ["English", "SQL"]),
        ("react, node.js, mongodb", ["React", "Node.js", "MongoDB"]),
        ("", []),
    ],
)
def test_words_are_whole_and_the_longest_name_wins(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("posting", "evidence"),
    [
        ("Experience with Go", "Rewrote the billing service in Go, saving 40 % of the cost"),
        ("Go, Kubernetes, gRPC", "Go"),
        ("Solid knowledge of Spring", "Java and Spring, 2019 to 2023"),
        ("Excel at an advanced level, pivot tables", "Built a forecast in Excel"),
    ],
)
def test_posting_and_evidence_are_read_alike(posting: str, evidence: str) -> None:
    assert set(labels(posting)) & set(labels(evidence))


def test_plain_occurrences_ignore_negation() -> None:
    assert labels("We moved from PHP to Kotlin.") == ["PHP", "Kotlin"]


def test_products_that_look_alike_keep_their_own_labels() -> None:
    pairs = [("Zoho", "Pipedrive"), ("Ubuntu", "Debian"), ("OpenSearch", "Elasticsearch"), ("ACCA", "CPA")]
    for one, other in pairs:
        assert labels(f"Experience with {one}") != labels(f"Experience with {other}")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("You lead two teams across three sites.", "Leadership"),
        ("Delivered four projects on time.", "Project management"),
        ("Turn raw numbers into dashboards for the board.", "Data visualization"),
        ("You review every pull request within a day.", "Code review"),
        ("Keep stakeholders informed about progress.", "Communication"),
    ],
)
def test_a_described_skill_counts_at_the_words_that_describe_it(text: str, label: str) -> None:
    assert label in labels(text)


def test_mentions_are_whole_and_none_changes_another() -> None:
    text = "Python and Kubernetes, and again Python; you lead two teams."
    found = tagging.find_skills(text)
    assert len(found) == 4
    for each in found:
        assert each == SkillMention.model_validate(each.model_dump())
        assert text[each.start : each.end] == each.text
    changed = found[0].model_copy(update={"line": "p1", "years": 3})
    assert changed.model_fields_set == found[1].model_fields_set | {"line", "years"}
