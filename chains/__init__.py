"""Matches in, sentences out: typed, each naming the evidence or the posting line it rests on.

`write_embedded` composes a draft without a model; `render` says one evidence item as a full true sentence.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chains.embedded import render, write_embedded

_HOME = {"render": "chains.embedded", "write_embedded": "chains.embedded"}

__all__ = ["render", "write_embedded"]


def __getattr__(name: str) -> Any:
    """Load a door when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
