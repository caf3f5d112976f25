"""Importing this module registers the checks of a résumé, in the order in which they run."""

from grounding.resume import (  # noqa: F401, I001  # the order is the order of the checks
    kinds_of_line,
    sources,
    figures,
    possessions,
    spelling,
    heads,
    headings,
    goal,
)
