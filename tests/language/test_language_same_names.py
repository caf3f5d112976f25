"""Spellings of one product, told from names of others."""

import pytest

from language.same_names import same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("k8s", "Kubernetes"),
        ("Node JS", "node.js"),
        ("Postgres", "PostgreSQL"),
        ("CI/CD", "CI / CD"),
        ("Golang", "Go"),
    ],
)
def test_one_product(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kafka", "Kafka Streams"),
        ("Java", "JavaScript"),
        ("C", "C++"),
        ("C", "C#"),
        ("React", "React Native"),
        ("Angular", "AngularJS"),
        ("Azure", "Azure DevOps"),
        ("SQL", "MySQL"),
        ("Vue", "Nuxt"),
        ("HTML", "HTML5"),
        ("", "Go"),
    ],
)
def test_a_relative_is_another_thing(one: str, other: str) -> None:
    assert not same_name(one, other)
