"""A claim with its first phrase at its end, and lines that a claim repeats whole.

Had no lost-time accidents in seven years
In seven years, I had no lost-time accidents.
Was nominated for Planner of the Year 2018
I was a nominee for Planner of the Year 2018.
"""

import re
from collections.abc import Iterator

from grounding.frames import may_say_i
from grounding.registry import Case
from grounding.retold import reworded
from grounding.slots import without_frames

_FRONT = re.compile(
    r"(?P<prep>In|Under|On|At|Within|During|Over|For) (?P<what>[^,]+), I (?P<rest>[^,;:()–]+)"
)
_WHOLE = re.compile(
    r"(?:was (?:nominated|selected|chosen|promoted|appointed|elected|invited|named|shortlisted)|had no)\b",
    re.IGNORECASE,
)


def turned(text: str) -> Iterator[str]:
    """The claim as it stands, in the words of the closed table, and with its front behind its one act."""
    found = _FRONT.fullmatch(text)
    is_one = found is not None and not re.search(r"\b(?:and|or|but|which|that)\b", found["rest"])
    for each in (
        text,
        f"I {found['rest']} {found['prep'].lower()} {found['what']}" if found and is_one else text,
    ):
        yield each
        yield reworded(each)


def repeats_a_line(case: Case) -> bool:
    """Whether the claim is "I" and a whole line that tells what was done to the person or never happened."""
    if len(case.evidence) != 1 or not may_say_i(case) or case.record is None:
        return False
    item, line = case.evidence[0], " ".join(case.evidence[0].text.split()).rstrip(".")
    if item.type != "bullet" or case.record.kind not in {"role", "volunteering"} or not _WHOLE.match(line):
        return False
    return any(each.lower() == f"i {line}".lower() for body in without_frames(case) for each in turned(body))
