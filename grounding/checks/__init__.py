"""One file a check. Importing this package registers them all, in the order in which they run."""

from grounding.checks import (  # noqa: I001  # the order is the order of the checks
    structure,
    characters,
    links,
    formula,
    subject,
    gap,
    glue,
    recipient,
    numbers,
    dates,
    employer,
    verbs,
    hedges,
    superlatives,
    skills,
    wording,
)

__all__ = [
    "characters",
    "dates",
    "employer",
    "formula",
    "gap",
    "glue",
    "hedges",
    "links",
    "numbers",
    "recipient",
    "skills",
    "structure",
    "subject",
    "superlatives",
    "verbs",
    "wording",
]
