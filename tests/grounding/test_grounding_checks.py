"""Every check stands in the registry with its number and with an example of each side, and keeps to them."""

import pytest

import tagging
from grounding import Gate
from grounding.examples import BRIEF, CONTRACT, typed
from grounding.registry import CHECKS, Case, Registered


@pytest.mark.parametrize("each", CHECKS, ids=lambda each: each.name)
def test_a_check_lets_its_good_example_pass_and_refuses_the_other(each: Registered) -> None:
    good, bad = typed(each.passes), typed(each.fails)
    assert {good.kind, bad.kind} <= each.kinds
    assert each.run(Case(good, BRIEF, tagging.find_skills, contract=CONTRACT)) is None
    fault = each.run(Case(bad, BRIEF, tagging.find_skills, contract=CONTRACT))
    assert fault is not None
    assert fault.reason.endswith((".", "?"))
    gate = Gate(BRIEF, tagging.find_skills, CONTRACT)
    assert gate.check(good).supported
    assert not gate.check(bad).supported


def test_each_check_has_a_number_of_its_own_and_says_what_it_catches() -> None:
    numbers = [each.number for each in CHECKS]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) >= {f"V{n}" for n in range(1, 15)}
    assert all(len(each.catches) > 20 for each in CHECKS)
