"""The words that two texts have in common, and what those are worth."""

from dataclasses import dataclass
from functools import lru_cache

from language import words
from matching.vocabulary import ordinary, polysemous

ENDINGS = ("ion", "ment", "al", "or", "er", "ance", "ence")
SHORTEST_ROOT = 5
NAMED = 3  # words in common that a reason names

# Words that stand in the titles of every trade, and words of several meanings that tell a trade in a title.
_ANY_TRADE = (
    "engineer engineering developer develop development design designer manager manage management analyst"
    " analysis specialist consultant assistant technician lead senior junior associate officer coordinator"
    " director head staff principal intern team role position industry environment company field professional"
    " business production tool system project solution service technical application working"
)
_TRADES = "software data product sales account security network web cloud quality customer support"


@dataclass(frozen=True)
class Content:
    """The content words of a text by root, each with the word as first written.

    `vague` are the roots of words of several meanings.
    """

    words: dict[str, str]
    vague: frozenset[str]


@dataclass(frozen=True)
class Overlap:
    """What two texts share. `telling` are the roots that mean one thing.

    `share` is the part of the asked text's content words that are shared, 0 to 1.
    """

    telling: frozenset[str]
    shared: frozenset[str]
    share: float
    phrase: str


@lru_cache(maxsize=4096)
def content(text: str) -> Content:
    """Read a text. Ordinary words and numbers do not count."""
    written: dict[str, str] = {}
    vague: set[str] = set()
    for place, token in enumerate(words.tokens(text)):
        stem = words.stem(token.text)
        if len(stem) < 2 or stem[0].isdigit() or stem in ordinary():
            continue
        root = _root(stem)
        written.setdefault(root, token.text.lower() if place == 0 and token.text.istitle() else token.text)
        if stem in polysemous():
            vague.add(root)
    return Content(written, frozenset(vague))


def _root(stem: str) -> str:
    """A stem without the ending that makes a noun of a verb: calibration, calibrate; renewal, renew."""
    for ending in ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= SHORTEST_ROOT:
            stem = stem.removesuffix(ending)
            break
    return stem.removesuffix("e") if len(stem) > SHORTEST_ROOT else stem


def overlap(asked: str, offered: str) -> Overlap:
    """What two texts have in common; `phrase` names it in the words of the evidence."""
    ask, offer = content(asked), content(offered)
    shared = ask.words.keys() & offer.words.keys()
    return Overlap(
        telling=frozenset(shared - ask.vague - offer.vague),
        shared=frozenset(shared),
        share=len(shared) / len(ask.words) if ask.words else 0.0,
        phrase=", ".join([word for root, word in offer.words.items() if root in shared][:NAMED]),
    )


@lru_cache(maxsize=4096)
def field_words(text: str) -> frozenset[str]:
    """The roots that tell a field of work: "software" and "nursing" do, "engineer" and "team" do not."""
    said = content(text)
    trades, any_trade = content(_TRADES).words.keys(), content(_ANY_TRADE).words.keys()
    return frozenset(said.words.keys() - (said.vague - trades) - any_trade)
