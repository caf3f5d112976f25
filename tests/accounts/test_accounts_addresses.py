"""E-mail addresses: which are taken, and which are the same."""

import pytest

from accounts import addresses
from errors import InvalidField


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("maya@example.org", "maya@example.org"),
        ("  Maya.L+jobs@Mail.Example.org ", "Maya.L+jobs@Mail.Example.org"),
        ("o'hara@example.museum", "o'hara@example.museum"),
        ("用户@例子.公司", "用户@例子.公司"),
        ("jörg@bücher.example", "jörg@bücher.example"),
        ("maya＠example．org", "maya@example.org"),
    ],
)
def test_an_address_is_shown_as_typed(typed: str, shown: str) -> None:
    assert addresses.tidied(typed)[0] == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maya@Example.org", "maya@example.ORG"),
        ("ﬁona@example.org", "fiona@example.org"),
        ("STRASSE@example.org", "straße@example.org"),
        ("JO\u0308RG@example.org", "jörg@example.org"),
    ],
)
def test_capitals_and_letter_forms_make_no_other_address(one: str, other: str) -> None:
    assert addresses.key(one) == addresses.key(other)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "maya",
        "@example.org",
        "maya@",
        "maya@localhost",
        "maya@example.",
        "maya@.example",
        "a@b@example.org",
        "ma ya@example.org",
        "maya\0@example.org",
        "maya\u200b@example.org",
        "maya\u202e@example.org",
        "maya\ud800@example.org",
        "maya@example.org\nBcc: eve@example.org",
        "m" * 250 + "@example.org",
    ],
)
def test_what_cannot_be_an_address_is_refused_and_is_nobodys(typed: str) -> None:
    with pytest.raises(InvalidField) as refused:
        addresses.tidied(typed)
    assert refused.value.field == "email"
    assert "@" not in addresses.key(typed)
    assert addresses.key(typed) != addresses.key(typed + "x")
