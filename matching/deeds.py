"""Traits, and the deeds that show them: not who says they communicate well, but who presented to the board.

Only bullets and projects count, and only by an act with what it was done to.
"""

import re
from collections.abc import Iterable, Mapping

from matching.offers import Offer

TYPES = ("bullet", "project")
SHORTEST = 5  # words of a deed
LINE_OPENING = 70  # characters of a line that say what it is about
LONGEST_LINE = 16  # words of a line that asks for a trait and nothing else
OPENING = 40  # characters that an act stands within, where it is what the item is about

_PRESENTED = (
    r"\bpresent(?:ed|ing|s)?\b.{0,60}\bto\b|\bexplain\w*\b.{0,40}\bto\b|\bcommunicat(?:ed|ing)\b.{0,60}\bto\b"
    r"|\bpräsentier\w+|\bapresent\w+|\bprésent[eé]\w*\b.{0,40}\bà\b"
)
_SPOKE = (
    r"\b(?:led|ran|held|gave|lead|organi[sz]ed)\b.{0,30}\b(?:workshops?|talks?|webinars?)\b"
    r"|\bspoke\b|\bspeaker\b"
)
_TAUGHT = (
    r"\btrain(?:ed|ing)?\s+(?:[\w-]+\s+){0,3}?(?:staff|employees|colleagues|analysts|users|teams?|engineers|students"
    r"|interns|juniors|pupils|members|customers|hires|volunteers|developers)\b|\bmentor(?:ed|ing|ei)?\b|\btaught\b"
    r"|\bcoach(?:ed|ing)\b|\bschulte\b"
)
_TOGETHER = (
    r"\bcross[- ]functional\w*|\bcollaborat(?:ed|ing)\b|\bpartner(?:ed|ing)?\s+with\b"
    r"|\bworked\s+(?:closely\s+)?with\s+(?:[\w-]+\s+){0,3}(?:teams?|departments?|stakeholders|colleagues)\b"
    r"|\bpair(?:ed|[- ]programming)\b|\bzusammengearbeitet\b|\bem\s+parceria\b|\bcollabor[eé]\w*\s+avec\b"
)
_LED = (
    r"\b(?:led|lead|leading|managed|manage|supervis\w+|head(?:ed|ing)|coach\w*|mentor\w*)\b"
    r".{0,40}\b(?:team|teams|engineers|developers|people|staff|employees|members|colleagues|analysts|juniors)\b"
    r"|\bleitete?\b.{0,40}\bteams?\b|\blider\w+\b.{0,40}\b(?:equipes?|equipos?|time)\b"
)
_SOLVED = (
    r"\broot[- ]cause\b|\btroubleshoot\w*|\bdebugg\w+|\b(?:resolv|diagnos|fix)(?:ed|ing)\b.{0,40}"
    r"\b(?:bugs?|issues?|problems?|incidents?|faults?|errors?|outages?)\b"
)

# The best proof of each first.
_SHOWN_BY: Mapping[str, tuple[str, ...]] = {
    "Communication": (_PRESENTED, _SPOKE),
    "Interpersonal skills": (_TOGETHER, _PRESENTED),
    "Presentation skills": (_PRESENTED, _SPOKE),
    "Teamwork": (_TOGETHER,),
    "Leadership": (_LED,),
    "Mentoring": (_TAUGHT,),
    "Problem solving": (_SOLVED,),
    "Negotiation": (r"\bnegotiat\w+",),
    "Agile": (r"\bagile\b|\bscrum\b|\bsprints?\b|\bstand-?ups?\b",),
}
SHOWN_BY = {
    label: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for label, patterns in _SHOWN_BY.items()
}


# Lines of work that ask for a way of working, in words that need not stand in the evidence.
_WAYS = {
    "Teamwork": re.compile(r"\bcross[- ]functional\w*", re.IGNORECASE),
    "Presentation skills": re.compile(
        r"\b(?:present|communicat|explain|convey|translat)\w*\b.{0,60}\b(?:audiences?|non-?technical|executives?"
        r"|leadership|stakeholders?)\b",
        re.IGNORECASE,
    ),
    "Mentoring": re.compile(r"\b(?:mentor|coach)(?:s|ed|ing)?\b", re.IGNORECASE),
    "Agile": re.compile(
        r"\bagile\s+ceremonies|\bstand-?ups?\b|\bretrospectives?\b|\bsprint\s+planning", re.IGNORECASE
    ),
}


def ways(text: str) -> frozenset[str]:
    """The ways of working that a line asks for first: across teams, before an audience, with juniors."""
    found = {label: pattern.search(text) for label, pattern in _WAYS.items()}
    return frozenset(label for label, match in found.items() if match and match.start() <= LINE_OPENING)


def showing(traits: Iterable[str], offers: Iterable[Offer]) -> list[tuple[Offer, str]]:
    """The items whose deeds show one of these traits, with the words that do; acts at their start first."""
    patterns = [pattern for trait in sorted(traits) for pattern in SHOWN_BY.get(trait, ())]
    found = []
    for offer in offers:
        text = offer.evidence.text
        if offer.evidence.type not in TYPES or len(text.split()) < SHORTEST:
            continue
        shown = next(((place, m) for place, p in enumerate(patterns) if (m := p.search(text))), None)
        if shown is not None:
            place, match = shown
            found.append(((place, match.start() > OPENING), offer, match.group()))
    return [(offer, words) for _, offer, words in sorted(found, key=lambda one: one[0])]
