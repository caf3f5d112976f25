"""The content words that two texts have in common, and pairs of them that stand together in both."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from language import verbs, words
from matching.vocabulary import empty, ordinary, polysemous

ENDINGS = ("ion", "ment", "al", "or", "er", "ance", "ence")
SHORTEST_ROOT = 5

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
    """The content words of a text by root, each with the word as first written, and its adjacent pairs.

    `vague` are the roots of words of several meanings; `everyday` are all stems that say anything at all.
    """

    words: dict[str, str]
    vague: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    everyday: dict[str, str]


@dataclass(frozen=True)
class Overlap:
    """What two texts share. `telling` are the roots that mean one thing; `pair` stands together in both.

    `share` is the part of the asked text's content words that are shared, `everyday` that of all its words
    that say anything, 0 to 1. `phrase` names the content words in common; without any, the everyday ones.
    """

    telling: frozenset[str]
    shared: frozenset[str]
    share: float
    everyday: float
    pair: tuple[str, str] | None
    phrase: str


@lru_cache(maxsize=4096)
def content(text: str) -> Content:
    """Read a text. Ordinary words and numbers do not count; a pair may have one word between."""
    written: dict[str, str] = {}
    vague: set[str] = set()
    everyday: dict[str, str] = {}
    run: list[tuple[str, int]] = []
    for place, token in enumerate(words.tokens(text)):
        stem = words.stem(token.text)
        if len(stem) < 2 or stem[0].isdigit():
            continue
        if stem not in empty():
            everyday.setdefault(stem, token.text)
        if stem in ordinary():
            continue
        root = _root(stem)
        written.setdefault(root, token.text.lower() if place == 0 and token.text.istitle() else token.text)
        if stem in polysemous():
            vague.add(root)
        run.append((stem, place))
    pairs = {
        (min(_root(one), _root(two)), max(_root(one), _root(two)))
        for (one, at), (two, then) in pairwise(run)
        if then - at <= 2 and one != two and _is_rare_pair(one, two)
    }
    return Content(written, frozenset(vague), frozenset(pairs), everyday)


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
    pairs = sorted(ask.pairs & offer.pairs)
    named = [word for root, word in offer.words.items() if root in shared]
    everyday = [word for stem, word in offer.everyday.items() if stem in ask.everyday]
    return Overlap(
        telling=frozenset(shared - ask.vague - offer.vague),
        shared=frozenset(shared),
        share=len(shared) / len(ask.words) if ask.words else 0.0,
        everyday=len(everyday) / len(ask.everyday) if ask.everyday else 0.0,
        pair=pairs[0] if pairs else None,
        phrase=", ".join((named or everyday)[:3]),
    )


def _is_rare_pair(one: str, two: str) -> bool:
    """A pair that names a thing: not two verbs, not two words of several meanings."""
    if one in polysemous() and two in polysemous():
        return False
    return verbs.lookup(one) is None or verbs.lookup(two) is None


@lru_cache(maxsize=4096)
def field_words(text: str) -> frozenset[str]:
    """The roots that tell a field of work: "software" and "nursing" do, "engineer" and "team" do not."""
    said = content(text)
    trades, any_trade = content(_TRADES).words.keys(), content(_ANY_TRADE).words.keys()
    return frozenset(said.words.keys() - (said.vague - trades) - any_trade)
