"""What a reader returns that builds the document's text itself."""

from dataclasses import dataclass

from domain import Profile


@dataclass(frozen=True)
class Structured:
    """A document's text as its reader saw it, and the profile whose spans count in that text."""

    text: str
    profile: Profile
