"""The numbers of a line are those of its source: none more, none fewer, each with its unit."""

import re
from collections import Counter

from domain import SentenceKind
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check
from grounding.resume.source_text import source_of
from language import quantities


@line_check("numbers of a line", "R2", SentenceKind.CLAIM)
def figures(case: Case) -> Fault | None:
    """Compare numbers with unit and comparator, and every run of digits, as multisets."""
    source = source_of(case)
    for find in (_quantities, _digits):
        said, there = find(case.text), find(source)
        if said != there:
            odd = " ".join(next(iter((said - there) or (there - said)))).strip()
            return Fault("The numbers are not those of your evidence.", odd, source)
    return None


def _quantities(text: str) -> Counter[tuple[str, ...]]:
    return Counter((each.comparator, f"{each.value:g}", each.unit) for each in quantities.find(text))


def _digits(text: str) -> Counter[tuple[str, ...]]:
    # Digits inside a word belong to a name ("k8s"), which may be spelled as the page does.
    return Counter((run,) for run in re.findall(r"(?<![A-Za-z])\d+(?![A-Za-z])", text))
