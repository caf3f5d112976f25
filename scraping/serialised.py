"""Data that Nuxt, SvelteKit, React Router and Astro pack for their own programs, as plain values.

Sources: the READMEs of devalue (Nuxt 3, SvelteKit) and turbo-stream (React Router), and Astro's
`packages/astro/src/runtime/server/serialize.ts`.
"""

from typing import Any

_DEEPEST = 40
_MOST = 200_000
# What devalue and Nuxt put before the index of a wrapped value.
_WRAPPERS = frozenset(
    ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "Object", "Island")
)
_ASTRO_PLAIN, _ASTRO_LIST = 0, 1


def unpacked(value: Any) -> Any:
    """The value behind a list in which everything is referred to by its index; None for any other value."""
    if not isinstance(value, list) or not 3 <= len(value) <= _MOST or not _is_packed(value):
        return None
    return _Unpacking(value).at(0, 0)


def _is_packed(values: list[Any]) -> bool:
    """Whether the first value holds nothing but indices, as no plain list does that holds texts besides."""
    first = values[0]
    if isinstance(first, dict):
        held = list(first.values())
    elif isinstance(first, list):
        held = first[1:] if first and first[0] in _WRAPPERS else first
    else:
        return False
    indices = all(type(index) is int and index < len(values) for index in held)
    return bool(held) and indices and any(isinstance(value, str) for value in values)


class _Unpacking:
    """Values by their index, each made once; a value that contains itself is None there."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._made: dict[int, Any] = {}

    def at(self, index: Any, depth: int) -> Any:
        if type(index) is not int or not 0 <= index < len(self._values) or depth > _DEEPEST:
            return None
        if index not in self._made:
            self._made[index] = None
            self._made[index] = self._value(self._values[index], depth + 1)
        return self._made[index]

    def _value(self, value: Any, depth: int) -> Any:
        if isinstance(value, dict):
            return {self._name(name): self.at(index, depth) for name, index in value.items()}
        if not isinstance(value, list):
            return value
        if not value or not isinstance(value[0], str):
            return [self.at(index, depth) for index in value]
        kind, *held = value
        if kind in _WRAPPERS:
            return self.at(held[0], depth) if held else None
        if kind == "Set":
            return [self.at(index, depth) for index in held]
        return held[0] if held and isinstance(held[0], str) else None  # a date, an address

    def _name(self, name: str) -> str:
        """turbo-stream refers to names by their index too: "_12"."""
        if name.startswith("_") and name[1:].isdigit() and int(name[1:]) < len(self._values):
            named = self._values[int(name[1:])]
            return named if isinstance(named, str) else name
        return name


def island(value: Any, depth: int = 0) -> Any:
    """The properties of an Astro island, in which every value is a pair of its kind and itself."""
    if isinstance(value, dict) and depth <= _DEEPEST:
        return {name: _paired(pair, depth + 1) for name, pair in value.items()}
    return value


def _paired(pair: Any, depth: int) -> Any:
    if not (isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int) or depth > _DEEPEST:
        return None
    kind, value = pair
    if kind == _ASTRO_LIST and isinstance(value, list):
        return [_paired(item, depth + 1) for item in value]
    return island(value, depth + 1) if kind == _ASTRO_PLAIN else value
