"""Where the values of a JSON document stand: a span of the text for each place such as `work[0].position`."""

import json
import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def json_places(text: str) -> dict[str, tuple[int, int]]:
    """Start and end of each value of valid JSON by its place. Quotation marks belong to a string's span."""
    places: dict[str, tuple[int, int]] = {}
    open_: list[tuple[str, int, int | None]] = []  # the place of a container, its start, a list's next index
    key: str | None = None
    awaiting = ""
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark == ",":
            if open_[-1][2] is None:
                key = None
        elif mark == ":":
            awaiting = key or ""
        elif mark in "}]":
            place, start, _ = open_.pop()
            places[place] = (start, token.end())
        elif open_ and open_[-1][2] is None and key is None:
            key = str(json.loads(mark))
        else:
            place = _place(open_, awaiting)
            if mark in "{[":
                open_.append((place, token.start(), None if mark == "{" else 0))
                key = None
            else:
                places[place] = token.span()
    return places


def _place(open_: list[tuple[str, int, int | None]], key: str) -> str:
    """The place of the next value in the innermost container; counts up in a list."""
    if not open_:
        return ""
    place, start, index = open_[-1]
    if index is None:
        return f"{place}.{key}" if place else key
    open_[-1] = (place, start, index + 1)
    return f"{place}[{index}]"
