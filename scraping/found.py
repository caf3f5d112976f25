"""What a rung of reading found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scraping.advert import Advert


@dataclass
class Found:
    """Openings, the rung they were read by in plain words, and the board whose data they are, if any."""

    adverts: Sequence[Advert]
    rung: str
    board: str = ""
    warnings: list[str] = field(default_factory=list)
