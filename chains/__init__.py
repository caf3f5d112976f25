"""Matches in, sentences out: typed, each naming the evidence or the posting line it rests on.

`write_embedded` composes a draft without a model; `render` says one evidence item as a full true sentence,
and `mend` makes a draft whole of which lines were refused.
`write_with_model` lets a model write typed lines, which `parse_line` reads, one sentence a line.
`ask_small_model` gives a callable that puts a short question to the small model; `list_models` says which
models there are. Calls of all models wait for their turn in the one budget that is `shared`; `foresee` says
what a draft would take, and when it would begin; `instructions` are the words that a model is told.
`tailor` makes a résumé of the
evidence, whose lines `lines_of` gives as sentences; `accept` and `as_in_source` put a line's own words back.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chains.budget import Budget, Keeper, shared
    from chains.embedded import mend, render, write_embedded
    from chains.listing import list_models
    from chains.models import ask_small_model, foresee, write_with_model
    from chains.prompting import instructions
    from chains.tailoring import accept, as_in_source, lines_of, proposed, put_back, tailor
    from chains.typed_lines import parse_line

_HOME = {
    "Budget": "chains.budget",
    "Keeper": "chains.budget",
    "accept": "chains.tailoring",
    "proposed": "chains.tailoring",
    "put_back": "chains.tailoring",
    "as_in_source": "chains.tailoring",
    "ask_small_model": "chains.models",
    "foresee": "chains.models",
    "instructions": "chains.prompting",
    "lines_of": "chains.tailoring",
    "list_models": "chains.listing",
    "parse_line": "chains.typed_lines",
    "mend": "chains.embedded",
    "render": "chains.embedded",
    "shared": "chains.budget",
    "tailor": "chains.tailoring",
    "write_embedded": "chains.embedded",
    "write_with_model": "chains.models",
}

__all__ = [
    "Budget",
    "Keeper",
    "accept",
    "as_in_source",
    "ask_small_model",
    "foresee",
    "instructions",
    "lines_of",
    "list_models",
    "mend",
    "parse_line",
    "proposed",
    "put_back",
    "render",
    "shared",
    "tailor",
    "write_embedded",
    "write_with_model",
]


def __getattr__(name: str) -> Any:
    """Load a door when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
