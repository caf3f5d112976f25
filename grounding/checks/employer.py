"""A claim names no employer, school or title but those of the record that its evidence belongs to."""

import re

from domain import SentenceKind
from grounding.registry import Case, Fault, check
from grounding.slots import names_of

_PLACE = re.compile(
    r"\b(?:[Aa]t|[Ff]rom|[Jj]oined|[Ww]ith)\s+((?:the\s+)?(?!I\b)[A-Z][\w.&'’-]*(?:\s+(?:of\s+|&\s+)?(?!I\b)[A-Z][\w.&'’-]*)*)"
)


@check(
    "employer",
    SentenceKind.CLAIM,
    number="V4",
    catches="an employer, school or title of another record, and names that the evidence does not have",
    passes="C e4 | At Fernhill Bank, I reduced API response time by 40% using Redis.",
    fails="C e4 | At Northwind Freight, I reduced API response time by 40% using Redis.",
)
def employer(case: Case) -> Fault | None:
    """Names of other records, of the recipient, and unknown names after "at" are refused."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts]).lower()
    for name in _other_names(case):
        if _holds(case.text, name) and name.lower() not in own:
            return Fault(f"Your evidence for this is not from {name}.", name, _own_place(case))
    for found in _PLACE.finditer(case.text):
        name = re.sub(r"^the\s+", "", found[1].rstrip(".'’"))
        if name.lower() not in own and not _is_short_for(case, name) and not _is_known_skill(case, name):
            return Fault(f"Your evidence for this does not name {name}.", name, _own_place(case))
    return None


def _other_names(case: Case) -> list[str]:
    cited = case.record.id if case.record is not None else ""
    names = [r.organization for r in case.brief.profile.records if r.id != cited and r.organization]
    if case.brief.posting.company:
        names.append(case.brief.posting.company)
    return sorted(names, key=len, reverse=True)


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _is_short_for(case: Case, name: str) -> bool:
    """ "UC Berkeley" for the University of California, Berkeley."""
    organization = case.record.organization if case.record is not None else ""
    return bool(organization) and re.fullmatch(names_of(organization), name) is not None


def _own_place(case: Case) -> str:
    record = case.record
    return (record.organization or record.title) if record is not None else ""


def _is_known_skill(case: Case, name: str) -> bool:
    return any(mention.start == 0 and mention.end == len(name) for mention in case.find_skills(name))
