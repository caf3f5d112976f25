"""The table of skills: well formed, and no name claimed twice."""

from collections import Counter

import pytest

import tagging
from tagging import taxonomy
from tagging.implied import PATTERNS
from tagging.taxonomy import CATEGORIES, Surface, surfaces, tokens

ROWS = taxonomy.rows()
SKILLS = [surface for surface in surfaces() if surface.skill is not None]


def test_it_knows_at_least_650_skills_each_once() -> None:
    labels = Counter(row["label"].casefold() for row in ROWS)
    assert len(labels) >= 650
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_category_is_known_and_used() -> None:
    assert {row["category"] for row in ROWS} == CATEGORIES == set(tagging.categories())


def test_no_name_is_claimed_by_two_skills_unless_case_tells_them_apart() -> None:
    claims: dict[tuple[str, ...], list[Surface]] = {}
    for surface in SKILLS:
        claims.setdefault(tokens(surface.text), []).append(surface)
    for claimed in claims.values():
        if len({one.skill for one in claimed}) > 1:
            assert all(one.exact for one in claimed), claimed
            assert len({one.text for one in claimed}) == len(claimed), claimed


def test_a_phrase_that_cancels_is_no_skill_itself() -> None:
    named = {tokens(surface.text) for surface in SKILLS}
    assert [s.text for s in surfaces() if s.skill is None and tokens(s.text) in named] == []


@pytest.mark.parametrize("column", ["case", "context"])
def test_a_rule_is_about_a_surface_of_its_row(column: str) -> None:
    for row in ROWS:
        names = {row["label"], *row["aliases"].split("|")}
        for cell in filter(None, row[column].split("|")):
            assert cell == "*" or cell.partition("~")[0].rstrip("!@?") in names, row


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("k8s", "Kubernetes"),
        ("golang", "Go"),
        ("POSTGRES", "PostgreSQL"),
        ("Node JS", "Node.js"),
        ("dsgvo", "GDPR"),
        ("SWIFT", "SWIFT payments"),
        ("Swift", "Swift"),
        ("Führerschein", "Driving licence"),
        ("comptabilite", "Accounting"),
        ("front-end development", "Front-end development"),
    ],
)
def test_a_name_leads_to_its_label(name: str, label: str) -> None:
    skill = tagging.skill(name)
    assert skill is not None
    assert skill.label == label


def test_an_unknown_name_leads_nowhere() -> None:
    assert tagging.skill("underwater basket weaving") is None
    assert tagging.skill("") is None


def test_a_label_leads_to_itself() -> None:
    found = {row["label"]: tagging.skill(row["label"]) for row in ROWS}
    assert [label for label, skill in found.items() if skill is None or skill.label != label] == []


def test_described_skills_are_skills_of_the_table() -> None:
    known = {(row["label"], row["category"]) for row in ROWS}
    assert {(label, category) for label, category, _ in PATTERNS} <= known


@pytest.mark.parametrize(
    ("label", "broader"),
    [
        ("Ubuntu", ("Linux",)),
        ("Next.js", ("React", "JavaScript")),
        ("EKS", ("Kubernetes", "AWS", "Containerization", "Cloud computing")),
        ("Jenkins", ("CI/CD",)),
        ("Linux", ()),
        ("no such label", ()),
    ],
)
def test_a_skill_includes_the_broader_ones_and_what_they_include(
    label: str, broader: tuple[str, ...]
) -> None:
    assert tagging.implied_skills(label) == broader


def test_what_is_included_is_in_the_table_and_never_leads_back() -> None:
    labels = {row["label"] for row in ROWS}
    for row in ROWS:
        broader = tagging.implied_skills(row["label"])
        assert set(broader) <= labels
        assert all(row["label"] not in tagging.implied_skills(label) for label in broader), row["label"]


def test_a_kind_is_a_field_or_nothing() -> None:
    assert {row["kind"] for row in ROWS} == {"", "field"}
