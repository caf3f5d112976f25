"""The verbs in order: read, tag, match, write, check. The only place that chains two packages.

reading = outreach.read(url, fetch)
openings = outreach.rank(reading, profile)          # best match first
for event in outreach.draft(openings[0], profile, Options(kind=DraftKind.COLD_EMAIL)):
    ...                                             # Checked, Dropped, …, at last a Draft
"""

from collections.abc import Callable, Iterator
from typing import Literal

from domain import (
    Draft,
    DraftKind,
    Dropped,
    Match,
    Noun,
    Posting,
    Profile,
    Reading,
    Sentence,
    SkillMention,
    Step,
    Verdict,
)


class Opening(Noun):
    """A posting with what it asks for and which evidence answers it."""

    posting: Posting
    mentions: tuple[SkillMention, ...]
    matches: tuple[Match, ...]

    @property
    def asked(self) -> tuple[Match, ...]:
        """The skills asked for, one match or gap each, in page order."""
        return tuple(m for m in self.matches if m.subject == "skill")

    @property
    def answered(self) -> tuple[Match, ...]:
        return tuple(m for m in self.asked if not m.is_gap)


class Options(Noun):
    """What a person chooses before a draft."""

    kind: DraftKind = DraftKind.COLD_EMAIL
    writer: Literal["embedded", "model"] = "embedded"
    say_gap: bool = False
    why: str = ""
    seed: int = 0


class Checked(Noun):
    """A sentence that passed, in the order of the draft, as soon as it is known. The subject comes first."""

    sentence: Sentence
    verdict: Verdict
    about: int = 8  # how many sentences the draft will have, roughly


class Handover(Noun):
    """The model did not deliver; the built-in writer starts the draft afresh. `reason` is for the person."""

    reason: str


DraftEvent = Checked | Dropped | Handover | Draft
Progress = Callable[[Step], None]
