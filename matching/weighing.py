"""How likely an item of evidence answers a line of work, by what the two have in common.

A logistic model over some twenty traits of the pair. Its weights stand in `weights.json`; they were fitted on
labelled lines by `python -m evaluation.fit_matching`, which also sets the limit, on people whom the weights
were not fitted on.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from domain import Section
from matching.demands import Demand
from matching.offers import Offer
from matching.overlap import Overlap

WEIGHTS = Path(__file__).with_name("weights.json")
LONGEST = 40  # words; a longer text weighs no more
ENOUGH_TELLING, ENOUGH_SHARED, ENOUGH_THINGS = 3, 2, 2  # in common; more of them prove no more


@dataclass(frozen=True)
class Pair:
    """A line and an item side by side: the asked skills it names, and the words they have in common.

    `cosine` is that of their texts, `lead` how far it is above the mean of the line's nearest.
    """

    demand: Demand
    offer: Offer
    names: tuple[str, ...]
    common: Overlap
    cosine: float
    lead: float

    @property
    def traits(self) -> dict[str, float]:
        """What the weights apply to, each -1 to 1."""
        demand, type_ = self.demand, self.offer.evidence.type
        things = set(self.names) - demand.broad
        return {
            "cosine": self.cosine,
            "lead": self.lead,
            "telling": _part(len(self.common.telling), ENOUGH_TELLING),
            "shared": _part(len(self.common.shared), ENOUGH_SHARED),
            "share": self.common.share,
            "covered": demand.covered(self.names) if self.names else 0.0,
            "named": float(bool(self.names)),
            "things": _part(len(things), ENOUGH_THINGS),
            "lacks_products": float(demand.names_products and not things),
            "task": float(demand.line.section is Section.TASKS),
            "item_words": _part(self.offer.words, LONGEST),
            "list": float(type_ != "skill" and self.offer.is_list),
            "skill": float(type_ == "skill"),
            "role": float(type_ == "role"),
            "summary": float(type_ == "summary"),
            "certificate": float(type_ == "certificate"),
        }


@dataclass(frozen=True)
class Weights:
    """The fitted model: a weight a trait, what is added to their sum, and the least chance that answers."""

    traits: dict[str, float]
    constant: float
    limit: float

    def chance(self, pair: Pair) -> float:
        """0 to 1: how likely the item answers the line."""
        traits = pair.traits
        whole = self.constant + sum(weight * traits[name] for name, weight in self.traits.items())
        return 1 / (1 + math.exp(-whole))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that this version was fitted with."""
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))


def lead(cosine: float, nearest: Sequence[float]) -> float:
    """How far a cosine is above the mean of the line's nearest."""
    return cosine - sum(nearest) / len(nearest) if nearest else 0.0


def _part(count: int, enough: int) -> float:
    return min(count, enough) / enough
