"""Which items of evidence answer one demand, and how well. A wrong answer is worse than none.

A shared skill opens an answer. Without one, similarity does, but only above a limit that falls with what the
two texts have in common: a pair of words that names a thing, two words, or one. The limits were set on half a
of `evaluation/matching_judgements.jsonl`; the gate reports half b.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.demands import Demand, Kind
from matching.hedges import hedge
from matching.offers import Offer
from matching.overlap import Overlap, overlap
from matching.titles import RELATED, degree_rank, in_subject, same_title

# Lowest cosine of MiniLM int8 at which a text answers, by what it shares with the line.
PAIR_LIMIT = 0.38  # a pair of words that names a thing
TELLING_LIMIT = 0.42  # two telling words
HALF_LIMIT = 0.47  # words that are half of what the line says, one of them telling
SHARED_LIMIT = 0.50  # a telling word and one of several meanings
ONE_WORD_LIMIT = 0.60  # one telling word
VAGUE_HALF_LIMIT = 0.58  # only words of several meanings, but they are half of what the line says
VAGUE_LIMIT = 0.70  # a few words of several meanings; or the line names products and the text none of them
NEVER = 2.0
BROAD_LIMIT = 0.25  # the text names a field ("Web development") that the line names, too
RELATED_DEGREE_LIMIT = 0.55  # a degree in no named subject, where the line takes related ones

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
    found = [answer for offer in offers if (answer := _by_skills(demand, offer, spelt, similarity))]
    if demand.kind is Kind.CERTIFICATE:
        known = {answer.offer.id for answer in found}
        found += [a for o in offers if o.id not in known and (a := _by_title(demand, o))]
    if found or demand.kind is not Kind.WORK:
        return found
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
    """The answer an item gives by naming skills that the line names.

    The name of a field is no answer where the texts are far apart: it stands in the work of many trades.
    """
    names = tuple(skill for skill in demand.skills if skill in offer.evidence.skills)
    if similarity is not None and offer.evidence.type != "skill" and demand.kind is Kind.WORK:
        near = similarity.get(offer.id, 0.0) >= BROAD_LIMIT
        names = tuple(skill for skill in names if near or skill not in demand.broad)
    if not names or not may_answer(demand.kind, offer):
        return None
    covered = sum(1 for group in demand.groups if group & set(names)) / len(demand.groups)
    like = _likeness(demand, offer, similarity)
    if offer.evidence.type == "skill":
        like /= 2  # a bare name is near to every line that names it
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
    """The lowest cosine at which a text with these words in common answers the demand."""
    telling, shared = len(common.telling), len(common.shared)
    if demand.names_products:
        return VAGUE_LIMIT if shared > 1 else NEVER
    if common.pair:
        return PAIR_LIMIT
    if telling > 1:
        return TELLING_LIMIT
    if telling and common.share >= 0.5:
        return HALF_LIMIT
    if telling:
        return SHARED_LIMIT if shared > 1 else ONE_WORD_LIMIT
    if shared and common.share >= 0.5:
        return VAGUE_HALF_LIMIT
    return VAGUE_LIMIT if shared > 1 else NEVER


def _by_degree(demand: Demand, offer: Offer, similarity: Mapping[str, float] | None) -> Answer | None:
    """The answer a degree gives: high enough, and in a subject that the line names, where it names one."""
    text = offer.evidence.text
    if not may_answer(demand.kind, offer) or (degree_rank(text) or 0) < demand.degree:
        return None
    like = _likeness(demand, offer, similarity)
    related = RELATED.search(demand.line.text) and similarity is not None and like >= RELATED_DEGREE_LIMIT
    if not related and not in_subject(demand.line.text, text):
        return None
    score = 0.6 + 0.2 * offer.quality + 0.1 * like
    hedged = hedge(text, ())
    if hedged:
        return Answer(offer, min(HEDGED_CEILING, score / 2), hedged=hedged)
    return Answer(offer, score, reason=f"your degree: “{text}”")


def _by_title(demand: Demand, offer: Offer) -> Answer | None:
    """The answer a certificate gives by its name."""
    if not may_answer(demand.kind, offer) or not same_title(demand.line.text, offer.evidence.text):
        return None
    reason = f"your certificate: “{offer.evidence.text}”"
    return Answer(offer, 0.6 + 0.2 * offer.quality, reason=reason)
