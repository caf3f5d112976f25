"""What a line is held against: the item's words, or of a head's item the part that the line repeats."""

from domain import Evidence, Record
from grounding.registry import Case

_HEADS = frozenset(["role", "degree", "certificate"])


def source_of(case: Case) -> str:
    """The whole item. Of one that names its record, what stands behind the name, if that is the line."""
    item = case.evidence[0]
    whole = " ".join(item.text.split())
    return case.text if _is_behind_name(item, case.record, case.text, whole) else whole


def _is_behind_name(item: Evidence, record: Record | None, text: str, whole: str) -> bool:
    if item.type not in _HEADS or record is None or not text or not whole.endswith(text):
        return False
    before = whole.removesuffix(text)
    names = [name for name in (record.title, record.organization) if name]
    return before != "" and any(" ".join(name.split()) in before for name in names)
