"""Which items of evidence answer one demand, and how well. A wrong answer is worse than none.

A shared skill opens an answer. Without one, similarity does, but only above a limit that falls with what the
two texts have in common: a pair of words that names a thing, two words, or one. The limits were set on half a
of `evaluation/matching_judgements.jsonl`; the gate reports half b.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.demands import Demand, Kind, degree_rank
from matching.hedges import hedge
from matching.offers import Offer
from matching.overlap import Overlap, overlap

# Lowest cosine of MiniLM int8 at which a text answers, by what it shares with the line.
PAIR_LIMIT = 0.35
TWO_WORDS_LIMIT = 0.45
ONE_WORD_LIMIT = 0.60
UNNAMED_SKILL_LIMIT = 0.70  # the line names skills and the text names none of them

HEDGED_CEILING = 0.4


@dataclass(frozen=True)
class Answer:
    """One item that answers a demand: the asked skills it names, and the words that hedge them, if any."""

    offer: Offer
    score: float
    names: tuple[str, ...] = ()
    reason: str = ""
    hedged: str = ""


def find_answers(
    demand: Demand,
    offers: Sequence[Offer],
    spelt: Mapping[str, set[str]],
    similarity: Mapping[str, float] | None,
) -> list[Answer]:
    """The items that answer a demand, in the profile's order.

    Args:
        demand: The requirement line.
        offers: All the sender's items.
        spelt: How each skill is written, in postings.
        similarity: The cosine of each item's text with the line, by id; None where nothing was compared.
    """
    if demand.kind is Kind.DEGREE:
        return [answer for offer in offers if (answer := _by_degree(demand, offer, similarity))]
    named = [answer for offer in offers if (answer := _by_skills(demand, offer, spelt, similarity))]
    if named or demand.kind is Kind.LANGUAGE:
        return named
    return [answer for offer in offers if (answer := _by_likeness(demand, offer, similarity))]


def may_answer(kind: Kind, offer: Offer) -> bool:
    """Whether evidence of this type can answer a demand of this kind at all."""
    if kind is Kind.LANGUAGE:
        return offer.evidence.type in ("language", "skill")
    if kind is Kind.CERTIFICATE:
        return offer.evidence.type in ("certificate", "degree", "skill")
    if kind is Kind.DEGREE:
        return offer.evidence.type == "degree"
    return offer.evidence.type not in ("degree", "language")


def _by_skills(
    demand: Demand, offer: Offer, spelt: Mapping[str, set[str]], similarity: Mapping[str, float] | None
) -> Answer | None:
    """The answer an item gives by naming skills that the line names."""
    names = tuple(skill for skill in demand.skills if skill in offer.evidence.skills)
    if not names or not may_answer(demand.kind, offer):
        return None
    covered = sum(1 for group in demand.groups if group & set(names)) / len(demand.groups)
    like = _likeness(demand, offer, similarity)
    score = 0.45 + 0.20 * covered + 0.20 * offer.quality + 0.15 * like
    hedged = [hedge(offer.evidence.text, spelt.get(name, {name})) for name in names]
    if all(hedged):
        return Answer(offer, min(HEDGED_CEILING, score / 2), names, hedged=hedged[0])
    return Answer(offer, score, tuple(n for n, doubt in zip(names, hedged, strict=True) if not doubt))


def _likeness(demand: Demand, offer: Offer, similarity: Mapping[str, float] | None) -> float:
    """0 to 1: how near an item's text is to the line; by words in common where nothing was compared."""
    if similarity is not None:
        return min(1.0, max(0.0, similarity.get(offer.id, 0.0)))
    return min(1.0, len(overlap(demand.line.text, offer.evidence.text).shared) / 3)


def _by_likeness(demand: Demand, offer: Offer, similarity: Mapping[str, float] | None) -> Answer | None:
    """The answer an item gives by speaking of the same work."""
    if similarity is None or not may_answer(demand.kind, offer):
        return None
    cosine = similarity.get(offer.id, 0.0)
    common = overlap(demand.line.text, offer.evidence.text)
    if cosine < _limit(demand, common):
        return None
    hedged = hedge(offer.evidence.text, common.phrase.split(", "))
    score = 0.25 + 0.5 * cosine + 0.15 * offer.quality
    if hedged:
        return Answer(offer, min(HEDGED_CEILING, score / 2), hedged=hedged)
    return Answer(offer, score, reason=f"similar work: {common.phrase}")


def _limit(demand: Demand, common: Overlap) -> float:
    if not common.telling and not common.pair:
        return 2.0  # no cosine is as high
    if common.pair:
        limit = PAIR_LIMIT
    elif len(common.shared) > 1:
        limit = TWO_WORDS_LIMIT
    else:
        limit = ONE_WORD_LIMIT
    return max(limit, UNNAMED_SKILL_LIMIT) if demand.groups else limit


def _by_degree(demand: Demand, offer: Offer, similarity: Mapping[str, float] | None) -> Answer | None:
    """The answer a degree gives: high enough, and in a subject that the line names, where it names one."""
    if not may_answer(demand.kind, offer) or (degree_rank(offer.evidence.text) or 0) < demand.degree:
        return None
    common = overlap(demand.subject, offer.evidence.text)
    if demand.subject and not common.shared:
        return None
    hedged = hedge(offer.evidence.text, ())
    score = 0.6 + 0.2 * offer.quality + 0.1 * _likeness(demand, offer, similarity)
    if hedged:
        return Answer(offer, min(HEDGED_CEILING, score / 2), hedged=hedged)
    return Answer(offer, score, reason=f"your degree: “{offer.evidence.text}”")
