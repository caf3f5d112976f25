"""What each kind of draft is: its name for a person, its best length, how many claims and asks it holds.

The bands are those of the checklists for cold e-mails (E1, E3, E4, E7) and letters (L1, L3): body words
without greeting and sign-off, Flesch-Kincaid grades with names and skills masked. A kind is an entry here, a
plan in `chains/embedded/` and a prompt in `chains/prompts/`.
"""

from typing import Literal, NamedTuple

from domain import DraftKind, Length


class Band(NamedTuple):
    """Words in the body: fewer than `least` or more than `most` is a fault; `low` to `high` reads best."""

    least: int
    low: int
    high: int
    most: int


class Kind(NamedTuple):
    """The facts of one kind.

    `form` is a message (greeting, asks, sign-off), a text (prose alone) or a document (sections and entries).
    """

    name: DraftKind
    label: str
    form: Literal["message", "text", "document"]
    words: Band
    longest_sentence: int
    grade: float
    usual_sentences: int
    asks: int = 1
    most_claims: int | None = None


KINDS: dict[DraftKind, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            DraftKind.COLD_EMAIL, "Cold email", "message", Band(40, 60, 100, 140), 25, 8.0, 9, most_claims=3
        ),
        Kind(DraftKind.FOLLOW_UP, "Follow-up", "message", Band(30, 40, 60, 80), 25, 8.0, 7, most_claims=2),
        Kind(DraftKind.COVER_LETTER, "Cover letter", "message", Band(150, 200, 320, 400), 30, 10.0, 20),
        Kind(
            DraftKind.TAILORED_RESUME,
            "Tailored résumé",
            "document",
            Band(1, 250, 800, 1200),
            60,
            30.0,
            40,
            asks=0,
        ),
        Kind(
            DraftKind.RESUME_SUMMARY,
            "Résumé summary",
            "text",
            Band(25, 40, 80, 100),
            30,
            12.0,
            4,
            asks=0,
            most_claims=4,
        ),
    )
}

_SHARE = {"short": 0.8, "usual": 1.0, "long": 1.2}


def words_of(kind: DraftKind, length: Length = "usual") -> Band:
    """The band of a kind at the length that a person chose; the outer bounds stay."""
    band, share = KINDS[kind].words, _SHARE[length]
    low, high = (max(band.least, min(band.most, round(n * share))) for n in (band.low, band.high))
    return band._replace(low=low, high=high)
