"""Multiples that two stated figures give: "doubled" of exactly twice, "more than doubled" of more.

    Grew newsletter subscribers from 18,000 to 64,000 within two years
    I more than tripled newsletter subscribers, from 18,000 to 64,000.

Only where a line is one act with one plain pair of figures at its end; a place, a rate or a hedge that stands
behind the figures has to be told, and so the line does not count.
"""

import re
from collections.abc import Iterator, Sequence

_NUMBER = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)"
_TIMES = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_CLAIM = re.compile(
    rf"I (?:have )?(?P<more>more than )?(?P<times>{'|'.join(_TIMES)}) "
    r"(?P<rest>[^,;]+?)(?:,? (?P<told>from .+))?"
)
_LINE = re.compile(
    r"(?P<verb>grew|raised|increased|boosted|cut|reduced|lowered|decreased) (?P<thing>[^,;:.()–]+?) "
    rf"(?P<told>from (?P<before>[€$£]?){_NUMBER.format('low')}(?P<one>%?) "
    rf"to (?P=before){_NUMBER.format('high')}(?P=one)"
    r"(?P<unit>(?: [a-z-]+)?(?: (?:an?|per) (?:hour|day|week|month|year|minute|second))?))"
    r"(?P<span> (?:within|in) (?:\d+|an?|one|two|three|four|five|six) (?:years?|months?|weeks?))?\.?",
    re.IGNORECASE,
)
_HALVED = re.compile(r"(?<!more than )(?<!nearly )(?<!almost )\bhalved ([^,;]+)$")
_UP = frozenset(["grew", "raised", "increased", "boosted"])


def with_figures(claim: str, lines: Sequence[str]) -> Iterator[str]:
    """The claim with a line's figures in place of the multiple, where they give it; "halved" is "by half"."""
    if "halved" in claim:
        yield _HALVED.sub(r"cut \1 by half", claim)
    said = _CLAIM.fullmatch(claim)
    for line in lines if said else ():
        found = _LINE.fullmatch(line.strip())
        if said and found and _is_given(said, found):
            yield f"I {found['verb'].lower()} {said['rest']} {found['told']}{found['span'] or ''}"


def _is_given(said: re.Match[str], found: re.Match[str]) -> bool:
    low, high = (float(found[each].replace(",", "")) for each in ("low", "high"))
    times = _TIMES[said["times"]]
    rises = times > 1
    if rises is not (found["verb"].lower() in _UP) or low <= 0:
        return False
    if said["told"] and said["told"].lower() not in {
        found["told"].lower(),
        f"{found['told']}{found['span'] or ''}".lower(),
    }:
        return False
    if not said["more"]:
        return high == times * low
    return high > times * low if rises else high < times * low
