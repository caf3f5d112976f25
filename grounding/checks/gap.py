"""The one sentence that may name what the sender lacks."""

import re

from domain import SentenceKind
from grounding.citable import is_citable, spoken_plainly
from grounding.registry import DENIES, Case, Fault, check
from language import words

_GAP = re.compile(
    r"You (?:also )?(?:ask|asked) for (?P<what>.+?), which (?:my|our) (?:record|records"
    r"|evidence) (?:does|do) not show yet"
)
_LONGEST = 8


def is_gap(case: Case) -> bool:
    """Whether the sentence has the fixed form, whatever it names."""
    return _GAP.fullmatch(case.text.rstrip(" .")) is not None


@check(
    "gap",
    SentenceKind.GLUE,
    SentenceKind.INTENT,
    SentenceKind.RECIPIENT,
    number="V17",
    catches="a named gap that the page does not ask for, or that the evidence does fill",
    passes="G p4 | You also ask for ClickHouse, which my record does not show yet.",
    fails="G p3 | You also ask for Go, which my record does not show yet.",
)
def gap(case: Case) -> Fault | None:
    """ "You also ask for X, which my record does not show yet." X stands on a cited line, and truly is a
    gap."""
    found = _GAP.fullmatch(case.text.rstrip(" ."))
    if not found:
        return None
    what = found["what"]
    tokens = [word.text.lower() for word in words.tokens(what)]
    lines = [spoken_plainly(x.text) for x in case.lines if is_citable(x, case.find_skills)]
    lines = [line for line in lines if not DENIES.search(line)]
    named = {mention.skill for mention in case.find_skills(what)}
    on_page = any(_holds(line, tokens) for line in lines) or _is_page_skill(case, what, named)
    if len(tokens) > _LONGEST or not on_page or not any(token[:1].isalpha() for token in tokens):
        return Fault("The page does not ask for this in these words.", what, " / ".join(lines))
    shown = {skill for item in case.brief.profile.evidence for skill in item.skills}
    shown |= {m.skill for item in case.brief.profile.evidence for m in case.find_skills(item.text)}
    if named & shown:
        return Fault("Your evidence does show this.", what)
    return None


def _holds(line: str, tokens: list[str]) -> bool:
    have = [word.text.lower() for word in words.tokens(line)]
    return bool(tokens) and any(have[i : i + len(tokens)] == tokens for i in range(len(have)))


def _is_page_skill(case: Case, what: str, named: set[str]) -> bool:
    mentions = case.find_skills(what)
    whole = any(m.start == 0 and m.end == len(what) for m in mentions)
    return whole and named <= case.page_skills and (bool(case.lines) or not case.sentence.rests_on)
