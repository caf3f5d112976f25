"""Literals of JavaScript are read as values; nothing is run."""

from typing import Any

import pytest

from scraping.javascript import NotALiteral, parse_assigned, parse_literal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 1, 'b': [true, null,], /* c */ \"c\": -2.5e1}", {"a": 1, "b": [True, None], "c": -25.0}),
        (
            "{title: 'Koch (m\\u002Fw\\u002Fd)', open: !0, closed: !1}",
            {"title": "Koch (m/w/d)", "open": True, "closed": False},
        ),
        ("[void 0, undefined, other.name, new Date('2026-01-01')]", [None, None, None, "2026-01-01"]),
        (
            "(function(a,b){return {city:a,list:[{city:a,type:b}]}}('Rostock','Vollzeit'))",
            {"city": "Rostock", "list": [{"city": "Rostock", "type": "Vollzeit"}]},
        ),
        ("`back\ntick`", "back\ntick"),
    ],
)
def test_a_literal_is_read(text: str, value: Any) -> None:
    assert parse_literal(text)[0] == value


@pytest.mark.parametrize("text", ["", "{", "{a}", "{a:}", "[1", "'open", "function(){}", "[" * 5_000, "({"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotALiteral):
        parse_literal(text)


def test_json_comes_first_and_literals_only_where_asked_for() -> None:
    assert parse_assigned('x = {"a": 1};', 4) == ({"a": 1}, 12)
    with pytest.raises(NotALiteral):
        parse_assigned("x = {a: 1};", 4, literals=False)
