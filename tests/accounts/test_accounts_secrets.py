"""Tokens and codes: hard to guess, kept as hashes, told apart from anything else."""

import re

import pytest

from accounts import codes, tokens


def test_a_token_is_256_bits_and_each_is_another() -> None:
    made = {tokens.new() for _ in range(100)}
    assert len(made) == 100
    assert all(tokens.could_be(each) for each in made)
    assert tokens.new(tokens.PREFIX).startswith("inroad_")
    assert tokens.could_be(tokens.new(tokens.PREFIX), tokens.PREFIX)


@pytest.mark.parametrize(
    "shown",
    ["", "x", "x" * 42, "x" * 44, "x" * 42 + "é", "x" * 42 + "\0", "'; DROP TABLE sessions; --", "x" * 10**6],
)
def test_what_cannot_be_a_token_is_not_looked_for(shown: str) -> None:
    assert not tokens.could_be(shown)
    assert not tokens.could_be(f"inroad_{shown}", tokens.PREFIX)


def test_a_token_of_a_cookie_is_none_of_a_program() -> None:
    assert not tokens.could_be(tokens.new(), tokens.PREFIX)
    assert not tokens.could_be(tokens.new(tokens.PREFIX))


def test_only_the_hash_of_a_token_is_kept() -> None:
    token = tokens.new()
    assert re.fullmatch("[0-9a-f]{64}", tokens.digest(token))
    assert tokens.digest(token) != tokens.digest(tokens.new())


def test_a_code_can_be_told_by_telephone() -> None:
    made = {codes.new() for _ in range(200)}
    assert len(made) == 200
    for code in made:
        assert re.fullmatch("[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}", code)


@pytest.mark.parametrize("typed", ["k7qm-2xrd-9fht", " K7QM 2XRD 9FHT\n", "K7QM2XRD9FHT", "k7qm–2xrd–9fht"])
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert codes.hashed(typed) == codes.hashed("K7QM-2XRD-9FHT")


@pytest.mark.parametrize("typed", ["", "K7QM-2XRD-9FHU", "\0", "\ud800", "ß" * 1000])
def test_another_code_is_another(typed: str) -> None:
    assert codes.hashed(typed) != codes.hashed("K7QM-2XRD-9FHT")
