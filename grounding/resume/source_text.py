"""What a line is held against: the item's words, or of a head's item the part that the line repeats."""

from domain import Evidence
from grounding.registry import Case

_HEADS = frozenset(["role", "degree", "certificate"])


def source_of(case: Case) -> str:
    """The whole item. Of one that also names its record, the end of it that is the line, if it is one."""
    item = case.evidence[0]
    whole = " ".join(item.text.split())
    return case.text if _is_end_of_head(item, case.text, whole) else whole


def _is_end_of_head(item: Evidence, text: str, whole: str) -> bool:
    return item.type in _HEADS and item.record is not None and whole.endswith(text) and text != ""
