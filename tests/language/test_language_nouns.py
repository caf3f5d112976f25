"""Whether a participle opens a deed or says who somebody is."""

import pytest

from language import nouns


@pytest.mark.parametrize(
    "after", ["nurse with 9 years", "public accountant", "electrician, 12 sites", "chef in two hotels"]
)
def test_one_person_without_an_article_is_who_somebody_is(after: str) -> None:
    assert nouns.names_a_person(after.split())


@pytest.mark.parametrize(
    "after",
    [
        "two chefs",
        "a nurse",
        "nurses on three wards",
        "customer service staff",
        "14 services",
        "orders by hand",
    ],
)
def test_an_article_a_number_or_a_plural_is_a_deed(after: str) -> None:
    assert not nouns.names_a_person(after.split())
