"""JavaScript literals as Python values: what pages hand to their scripts where it is not quite JSON.

Unquoted keys, single quotes, trailing commas, comments, `void 0`, `!0`, and the calls in which Nuxt hands
repeated values as arguments. Nothing is executed: an expression that is no literal is None.
"""

import json
import re
from typing import Any

_LONGEST = 3_000_000
_DEEPEST = 200
_MOST_DIGITS = 300
_SPACE = re.compile(r"(?:\s|/\*.*?\*/|//[^\n]*)*", re.DOTALL)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_NO_VALUES = frozenset(("function", "class", "return", "if", "for", "while", "var", "let", "const", "async"))
_CALLED = re.compile(r"\(?\s*function\s*\((?P<names>[\w$,\s]*)\)\s*\{\s*return\s*(?=[{\[])")


class NotALiteral(ValueError):
    """The text at this place is no literal."""


def parse_literal(text: str, start: int = 0) -> tuple[Any, int]:
    """The literal that begins at `start`, and where it ends.

    Raises:
        NotALiteral: for anything else, for a literal cut short, and for one nested deeper than 200.
    """
    called = _CALLED.match(text, start)
    if called is None:
        return _Reader(text, {}).value(start, 0)
    return _called(text, called)


def _called(text: str, called: "re.Match[str]") -> tuple[Any, int]:
    """The value of `(function(a,b){return {…}}(1,2))`: arguments stand for repeated values."""
    _, end = _Reader(text, {}).value(called.end(), 0)
    begin = re.compile(r"[;\s]*\}\s*\)?\s*\(").match(text, end)
    if begin is None:
        raise NotALiteral
    arguments, close = _Reader(text, {}).items(begin.end(), ")", 0)
    names = [name.strip() for name in called["names"].split(",") if name.strip()]
    value, _ = _Reader(text, dict(zip(names, arguments, strict=False))).value(called.end(), 0)
    return value, close


class _Reader:
    def __init__(self, text: str, names: dict[str, Any]) -> None:
        self._text = text[: _LONGEST + 1_000]
        self._names = names

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        at = self._skip(at)
        if depth > _DEEPEST or at >= len(self._text):
            raise NotALiteral
        first = self._text[at]
        if first == "{":
            return self._members(at + 1, depth + 1)
        if first == "[":
            return self.items(at + 1, "]", depth + 1)
        if first in "\"'`":
            return self._string(at)
        if first == "!" and at + 1 < len(self._text):
            return self._text[at + 1 : at + 2] == "0", at + 2
        number = _NUMBER.match(self._text, at)
        if number is not None:
            whole = len(number[0]) <= _MOST_DIGITS and not re.search(r"[.eE]", number[0])
            return (int(number[0]) if whole else float(number[0])), number.end()
        return self._named(at, depth)

    def _named(self, at: int, depth: int) -> tuple[Any, int]:
        """A word: a constant, an argument, or an expression that is passed over."""
        name = _NAME.match(self._text, at)
        if name is None:
            raise NotALiteral
        if name[0] in _NO_VALUES:
            raise NotALiteral
        if name[0] == "void":
            return None, self.value(name.end(), depth + 1)[1]
        if name[0] == "new":
            return self.value(name.end(), depth + 1)
        end = name.end()
        if self._text[end : end + 1] == "(":  # a call such as Date("2026-01-01"): its one argument will do
            arguments, end = self.items(end + 1, ")", depth + 1)
            return (arguments[0] if arguments else None), end
        return self._names.get(name[0], _WORDS.get(name[0])), end

    def items(self, at: int, close: str, depth: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        while True:
            at = self._skip(at)
            if self._text[at : at + 1] == close:
                return found, at + 1
            if self._text[at : at + 1] == ",":
                at += 1
                continue
            value, at = self.value(at, depth)
            found.append(value)

    def _members(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        while True:
            at = self._skip(at)
            first = self._text[at : at + 1]
            if first == "}":
                return found, at + 1
            if first == ",":
                at += 1
                continue
            key, at = self._key(at)
            at = self._skip(at)
            if self._text[at : at + 1] != ":":
                raise NotALiteral
            found[key], at = self.value(at + 1, depth)

    def _key(self, at: int) -> tuple[str, int]:
        if self._text[at : at + 1] in ('"', "'", "`"):
            return self._string(at)
        word = _NAME.match(self._text, at) or _NUMBER.match(self._text, at)
        if word is None:
            raise NotALiteral
        return word[0], word.end()

    def _string(self, at: int) -> tuple[str, int]:
        quoted = _QUOTED.match(self._text, at)
        if quoted is None:
            raise NotALiteral
        return _ESCAPE.sub(_unescaped, quoted[0][1:-1]), quoted.end()

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space is not None else at


def _unescaped(escape: "re.Match[str]") -> str:
    code = escape[1]
    if code[0] in "ux" and len(code) > 1:
        number = int(code[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _PLAIN.get(code, code)


def parse_assigned(text: str, start: int, *, literals: bool = True) -> tuple[Any, int]:
    """The JSON, or else the JavaScript literal, that begins at `start`, and where it ends.

    Raises:
        NotALiteral: where there is neither.
    """
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        if not literals:
            raise NotALiteral from None
        return parse_literal(text, start)


def assigned_in(scripts: str, pattern: "re.Pattern[str]") -> Any:
    """The value that stands behind the first match of a pattern.

    Raises:
        NotALiteral: where there is no match, or no literal behind it.
    """
    start = pattern.search(scripts)
    if start is None:
        raise NotALiteral
    return parse_assigned(scripts, start.end())[0]
