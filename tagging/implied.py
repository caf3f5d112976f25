"""Skills that a sentence describes without naming them: "you lead two teams", "keep projects on time"."""

import re
from collections.abc import Iterator, Sequence

from domain import SkillMention
from tagging.mentioned import mention

_NUMBER = (
    r"(?:\d+|an?|the|our|your|two|three|four|five|six|several|multiple|many|small|large"
    r"|cross-functional|growing)"
)
_PEOPLE = (
    r"(?:teams?|people|engineers|developers|employees|staff|direct reports|reports|colleagues|specialists)"
)
_WORK = r"(?:projects?|workstreams?|deliverables|milestones|programmes?|programs?|initiatives|launch(?:es)?)"

# (label, category, pattern): each needs a verb and its object, so that no single word decides.
PATTERNS = tuple(
    (label, category, re.compile(pattern, re.IGNORECASE))
    for label, category, pattern in (
        (
            "Leadership",
            "personal",
            rf"\b(?:lead|leads|led|leading|manage|manages|managed|managing|supervis\w+|head"
            rf"|headed|run|ran|grow|grew)\s"
            rf"(?:(?:and|grow|mentor|coach|develop)\s)*(?:{_NUMBER}\s)+"
            rf"(?:[\w-]+\s){{0,3}}?{_PEOPLE}\b(?!\s+meeting)"
            r"|\b(?:du|sie) (?:führst|führen) (?:ein|das|unser) (?:[\w-]+ )?team\b"
            r"|\bencadre[rz]? (?:une|l['’]) ?équipe\b|\bliderar (?:un|el) equipo\b",
        ),
        (
            "Project management",
            "business",
            rf"\b(?:keep|keeps|kept|keeping|deliver|delivers|delivered|delivering|bring|brought"
            rf"|drive|drove|run|ran)\s"
            rf"(?:[\w-]+\s){{0,4}}{_WORK}\s(?:[\w-]+\s){{0,3}}?(?:on time|on track|on schedule"
            rf"|within budget|on budget)\b",
        ),
        (
            "Communication",
            "personal",
            r"\b(?:tell|keep|keeps|keeping|update|updating)\s(?:everyone|everybody|stakeholders"
            r"|the team|clients|customers|people)\s"
            r"(?:where|informed|up to date|in the loop|posted)\b"
            r"|\b(?:explain|explaining|translate|translating|present|presenting|communicate"
            r"|communicating)\s(?:[\w-]+\s){1,6}?"
            r"(?:to|for)\s(?:[\w-]+\s){0,2}?(?:non-?technical|stakeholders|audiences|lay\s?people"
            r"|executives|management)\b",
        ),
        (
            "Data visualization",
            "data",
            r"\b(?:turn|turns|turning|turned|translate|translating|transform|transforming|make"
            r"|making)\s(?:[\w-]+\s){0,3}?"
            r"(?:spreadsheets?|data|numbers|figures|metrics|results)\s(?:[\w-]+\s){0,2}?(?:into"
            r"|in)\s(?:[\w-]+\s){0,3}?"
            r"(?:charts?|graphs?|dashboards?|visuals?|visuali[sz]ations?|plots?)\b",
        ),
        (
            "Data analysis",
            "data",
            r"\b(?:turn|turns|turning|turned|translate|translating|transform|transforming)\s"
            r"(?:[\w-]+\s){0,3}?"
            r"(?:spreadsheets?|data|numbers|figures|metrics)\s(?:[\w-]+\s){0,2}?into\s(?:[\w-]+\s){0,3}?"
            r"(?:charts?|graphs?|dashboards?|insights?|decisions|recommendations|findings|visuals?)\b"
            r"|\b(?:make|making) sense of (?:[\w-]+\s){0,2}(?:data|numbers|figures)\b"
            r"|\banaly[sz](?:e|es|ed|ing) (?:[\w-]+\s){0,3}?(?:data|datasets|metrics|trends)\b",
        ),
        (
            "Customer service",
            "business",
            r"\bauf (?:unsere |die )?kund(?:en|innen)(?: und kundinnen)? zu(?:gehen)?\b"
            r"|\b(?:berätst|beraten|betreust|betreuen|bedienst|bedienen) (?:unsere |die )?"
            r"(?:kunden|kundinnen|gäste)\b"
            r"|\b(?:kunden|gäste)\s(?:\w+\s){0,2}?(?:beraten|betreuen|bedienen)\b"
            r"|\b(?:accueill\w+|conseill\w+|renseign\w+|servir)\s(?:et\s\w+\s)?(?:les "
            r"|nos )?client(?:s|es|èle)\b"
            r"|\b(?:atender|asesorar)\s(?:a\s)?(?:los\s|nuestros\s)?clientes\b"
            r"|\b(?:help|helps|helping|assist|assisting|serve|serving|greet|greeting)\s(?:our\s|the\s)?"
            r"(?:customers|guests|shoppers)\b"
            r"|\b(?:answer|resolve|handle)\w*\s(?:[\w-]+\s){0,2}?(?:customer|client|guest)s?['’]?\s"
            r"(?:questions|queries|enquiries|inquiries|complaints|requests|calls|issues)\b",
        ),
        (
            "Accounting",
            "finance",
            r"\bbalance the books\b|\breconcile\w*\s(?:[\w-]+\s){0,2}?(?:accounts|statements|ledgers?)\b",
        ),
        (
            "Presentation skills",
            "personal",
            r"\b(?:speak|speaking|present|presenting)\s(?:[\w-]+\s){0,3}?(?:to|before"
            r"|in front of)\s(?:an?\s|large\s|big\s)*"
            r"(?:audiences?|crowds?)\b",
        ),
        (
            "Code review",
            "practices",
            r"\breview(?:s|ed|ing)?\s(?:[\w’']+\s){0,4}?(?:prs?|pull requests?|merge requests?|code)\b"
            r"|\b(?:pr|pull request|merge request) reviews?\b",
        ),
        (
            "Negotiation",
            "personal",
            r"\bnegotiat(?:e|es|ed|ing) (?:[\w-]+\s){0,3}?(?:contracts?|terms|prices|pricing"
            r"|deals|rates|agreements)\b",
        ),
        (
            "Mentoring",
            "personal",
            r"\b(?:mentor|mentors|mentored|coach|coaches|coached)\s(?:[\w-]+\s){0,3}?(?:engineers"
            r"|developers|colleagues"
            r"|juniors|staff|interns|students|teammates|members|people)\b",
        ),
    )
)


def implied(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[SkillMention]:
    """The implied skills of a text, each once, at the words that imply it.

    Args:
        taken: Spans of skills that are named; an implied one may hold such a span, but not lie inside one.
    """
    for label, category, pattern in PATTERNS:
        match = pattern.search(text)
        if match is None or any(a <= match.start() and match.end() <= b for a, b in taken):
            continue
        start, end = match.span()
        yield mention(label, category, text, start, end)
