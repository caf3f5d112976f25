"""The fixed wording of a draft, one file a language. Slots in braces come from the page and the profile.

`Wording` says what a language has to give; `wording("en")` gives it. A list holds equally good wordings:
chance chooses, and the gate must know every one of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from domain import Language, Tone

_SLOT = re.compile(r"\{(\w+)\}")
_NAMING = {"company": "company", "title": "title", "a_title": "title", "person": "title"}
Lines = tuple[str, ...]
Toned = Mapping[Tone, Lines]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything a plan says that is neither evidence nor the page's own words.

    Slots: `{recipient}`, `{company}`, `{title}`, `{person}` (a title that somebody can be hired as),
    `{a_title}` (the same with its article), `{need}` (an infinitive), `{what}` (a noun phrase or a list of
    skills), `{I}`, `{me}` and `{my}` (of the sender or, for services, "we"). A wording is used only where
    all its slots can be filled.
    """

    greetings: Toned
    sign_offs: Toned
    asks: Toned
    asks_of_services: Toned
    ready: Toned
    """A readiness to tell more, before the ask of a short message."""
    ready_of_services: Toned
    closes: Toned
    """The same at the end of a letter, each followed by one of `letter_asks`."""
    letter_asks: Toned
    closes_of_services: Toned
    letter_asks_of_services: Toned
    offers: Lines
    opt_out: str
    apply: Lines
    gap: str
    which_first: str
    follows: Lines
    """Which message a follow-up follows."""
    added: str
    """What stands before the one new claim of a follow-up; the claim goes on in lower case."""
    way_out: Toned
    """The easy way out of a follow-up."""
    follow_up_asks: Toned
    hire_to: Lines
    """First sentences for a task, where one can be hired as a `{title}`."""
    want_to: Lines
    """The same for any title."""
    ask_for: Lines
    """First sentences for a thing or a skill."""
    list_skills: Lines
    """First sentences for several skills."""
    hire: Lines
    """First sentences that only name the role."""
    also_need_to: Lines
    also_ask_for: Lines
    also_name: Lines
    also_list: Lines
    skilled_subjects: Lines
    """Subjects with one or two skills of the page."""
    first_subjects: Lines
    """Subjects as good as those; of these the first that can be filled."""
    subjects: Lines
    """Subjects where those are too long, best first."""
    no_subject: str
    skills: str
    """A list of skills without a person, for texts such as a summary."""


WRITTEN: tuple[Language, ...] = ("en",)
"""The languages that have a file."""


@cache
def wording(language: Language) -> Wording:
    """The wording of a language, English where a language has no file."""
    try:
        module = import_module(f"chains.embedded.wordings.{language}")
    except ModuleNotFoundError:
        module = import_module("chains.embedded.wordings.en")
    found: Wording = module.WORDING
    return found


def filled(lines: Lines, slots: Mapping[str, str]) -> list[str]:
    """The wordings whose slots all have a value, filled."""
    return [_with(line, slots) for line in lines if all(slots.get(name) for name in _SLOT.findall(line))]


def most_named(lines: Lines, slots: Mapping[str, str]) -> list[str]:
    """Those of them that name most of company and title."""
    fit = [line for line in lines if all(slots.get(name) for name in _SLOT.findall(line))]
    most = max(map(_names, fit), default=0)
    return [_with(line, slots) for line in fit if _names(line) == most]


def _names(line: str) -> int:
    return len({_NAMING[name] for name in _SLOT.findall(line) if name in _NAMING})


def _with(line: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: slots[found[1]], line)
