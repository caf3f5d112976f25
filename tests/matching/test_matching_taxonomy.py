"""Matching knows categories by their names in the taxonomy, without importing it."""

import tagging
from matching.demands import PRODUCTS, TECHNICAL, is_personal, is_spoken


def test_the_categories_told_apart_are_those_of_the_taxonomy() -> None:
    known = set(tagging.categories())
    assert known >= PRODUCTS | TECHNICAL
    assert any(is_personal(category) for category in known)
    assert [category for category in known if is_spoken(category)] == ["spoken languages"]
