"""What a parser of layouts is."""

from collections.abc import Callable
from dataclasses import dataclass

from domain import Profile
from errors import DocumentError
from profiles.source import Source

AUTOMATIC = "auto"

Read = Callable[[Source, str], Profile]


@dataclass(frozen=True)
class Parser:
    """One way to read the lines of a document.

    `label` and `what_for` are for the person who chooses; `fits` says from 0 to 1 how well a document suits
    it.
    """

    name: str
    label: str
    what_for: str
    fits: Callable[[Source], float]
    read: Read


PARSERS: dict[str, Parser] = {}


def parser(name: str, label: str, what_for: str, fits: Callable[[Source], float]) -> Callable[[Read], Read]:
    """Register a parser."""

    def register(read: Read) -> Read:
        PARSERS[name] = Parser(name, label, what_for, fits, read)
        return read

    return register


def choose(source: Source, name: str = AUTOMATIC) -> Parser:
    """The parser of this name, or the one that fits a document best.

    Raises:
        DocumentError: when there is none of this name.
    """
    if name != AUTOMATIC:
        if name not in PARSERS:
            raise DocumentError("This way of reading does not exist.", "Choose one of the list.")
        return PARSERS[name]
    return max(PARSERS.values(), key=lambda parser: parser.fits(source))
