"""Words that lower what an evidence text says: "Go (can read)", "familiar with Rust", "(expected 2027)".

A hedge counts for the items it stands with: a bracket for the item before it, a lead such as "familiar with"
for every item to the end of its clause. "Machine learning" and "planned and ran" are no hedges.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

CLAUSE = re.compile(r"(?<=[.!?;])\s+|;|\n|•|\s\|\s|\s[–—]\s|,?\s+\bbut\b", re.IGNORECASE)
ITEM = re.compile(r",(?![^(]*\))|\s/\s|(?<!\w)and(?!\w)(?![^(]*\))", re.IGNORECASE)

# A lead hedges what follows it in the clause.
LEAD = re.compile(
    r"\b(?:famili?ar(?:ity)?\s+with|(?:some|limited|brief|little|first|initial)?\s*exposure\s+to"
    r"|(?:basic|some|limited|elementary|beginner(?:['’]s)?|rudimentary)\s+"
    r"(?:knowledge|understanding|skills?|familiarity|experience|grasp|command)(?:\s+(?:of|in|with))?"
    r"|interest(?:ed)?\s+in|notions?\s+of|dabbled\s+in|aware(?:ness)?\s+of|new\s+to|beginner\s+in|novice\s+in"
    r"|introduc(?:ed|tion)\s+to|(?:would|want|hope|plan|intend|aim|like|going|keen|eager)\s+(?:like\s+)?to"
    r"|planning\s+to|aspir(?:e|es|ing)\s+to)\b"
    r"|^\W*(?:(?:i\s+am|i['’]m|currently|now|still|also)\s+)*(?:learning|studying|exploring|planned:|planned\s+for\b"
    r"|(?:i\s+|we\s+)?will\b)",
    re.IGNORECASE,
)
# An item hedge stands in the item itself, mostly in brackets or after a colon.
ITEM_HEDGE = re.compile(
    r"\bcan\s+read\b|\breading\s+(?:only|knowledge)\b|\bbasics?\b|\bbeginner\b|\belementary\b|\bnovice\b|\brusty\b"
    r"|\bnotions\b|\bentry[- ]level\b|\b(?:A[12]|B1)\b(?!\s*\w)|\bGrundkenntnisse\b|\bbásico\b"
    r"|[(:–—-]\s*(?:currently\s+)?(?:learning|planned|expected|anticipated|familiar|some|limited)\b"
    r"|\b(?:expected|anticipated)\s+(?:in\s+)?(?:\w+\s+)?20\d\d\b|\bin\s+progress\b",
    re.IGNORECASE,
)


def hedge(text: str, names: Iterable[str]) -> str:
    """The part of `text` that hedges one of `names`, verbatim; "" where it is said without reserve.

    A name said twice, once without a hedge, is not hedged. A name that `text` does not spell counts as
    standing in every item.
    """
    if not _may_hedge(text):
        return ""
    spelt = [name for name in names if _contains(text, name)]
    hedged = ""
    for clause in CLAUSE.split(text):
        lead = LEAD.search(clause)
        for start, item in _items(clause):
            if spelt and not any(_contains(item, name) for name in spelt):
                continue
            if ITEM_HEDGE.search(item):
                hedged = hedged or item
            elif lead is not None and lead.start() < start + len(item):
                hedged = hedged or clause[lead.start() :].strip()
            elif item:
                return ""
    return hedged


def part_naming(text: str, names: Iterable[str]) -> str:
    """The item of a list that has one of these names: "German (B1)" of "English, German (B1)"; else all."""
    spelt = list(names)
    for clause in CLAUSE.split(text):
        for _, item in _items(clause):
            if any(_contains(item, name) for name in spelt):
                return item
    return text


@lru_cache(maxsize=16384)
def _may_hedge(text: str) -> bool:
    """Whether any word of a text can hedge at all; most have none."""
    return any(LEAD.search(clause) or ITEM_HEDGE.search(clause) for clause in CLAUSE.split(text))


def _items(clause: str) -> list[tuple[int, str]]:
    items: list[tuple[int, str]] = []
    start = 0
    for mark in [*ITEM.finditer(clause), None]:
        end = mark.start() if mark else len(clause)
        items.append((start, clause[start:end].strip()))
        start = mark.end() if mark else end
    return [(at, item) for at, item in items if item]


def _contains(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w+#]){re.escape(name)}(?![\w+#])", text, re.IGNORECASE) is not None
