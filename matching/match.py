"""Requirement lines and asked skills to the evidence that answers them, or a gap."""

from collections import Counter
from collections.abc import Mapping, Sequence

from domain import Match, Posting, Profile, SkillMention
from matching.answers import Answer, find_answers
from matching.asked import match_skills
from matching.demands import Demand, Kind, read_demand
from matching.embedding import Embedder
from matching.offers import Offer, read_offers
from matching.phrases import join

ITEMS_A_MATCH = 3
USES_AN_ITEM = 2
USED_PENALTY = 0.08
OVERUSED_PENALTY = 0.25  # from the third line on
FRESH_BONUS = 0.05

Spellings = Mapping[str, set[str]]


def match(
    posting: Posting, mentions: Sequence[SkillMention], profile: Profile, embedder: Embedder | None
) -> tuple[Match, ...]:
    """One match or gap a requirement line, then one a distinct skill asked for, each in page order.

    Lines that must be met choose first. An item that answers two lines steps back at a third where another
    item answers it nearly as well.

    Args:
        posting: Its `requirements` are answered.
        mentions: The skills it names, with the ids of their lines, from tagging.
        profile: Whose evidence answers; `evidence.skills` must hold the labels of the same taxonomy.
        embedder: None leaves similar work in other words unfound.
    """
    offers = read_offers(profile)
    spelt = _spellings(mentions)
    demands = [read_demand(line, [m for m in mentions if m.line == line.id]) for line in posting.requirements]
    english = posting.language.startswith("en") and profile.language.startswith("en")
    near = _similarities(demands, offers, embedder if english else None)
    uses: Counter[str] = Counter()
    chosen: dict[str, Match] = {}
    for demand in sorted(demands, key=lambda demand: not demand.required):
        answers = find_answers(demand, offers, spelt, near[demand.line.id])
        chosen[demand.line.id] = (
            _allocate(demand, answers, uses)
            if answers
            else _requirement(demand, [], _gap_reason(demand, offers))
        )
    lines = [chosen[demand.line.id] for demand in demands]
    return (*lines, *match_skills(posting, mentions, offers, spelt, near))


def _spellings(mentions: Sequence[SkillMention]) -> Spellings:
    spelt: dict[str, set[str]] = {}
    for mention in mentions:
        spelt.setdefault(mention.skill, {mention.skill}).add(mention.text)
    return spelt


def _similarities(
    demands: Sequence[Demand], offers: Sequence[Offer], embedder: Embedder | None
) -> Mapping[str, Mapping[str, float] | None]:
    """The cosines of the evidence with each line, by line id; None where nothing can be compared."""
    ids = [demand.line.id for demand in demands]
    if embedder is None or not offers:
        return dict.fromkeys(ids)
    from matching.index import index

    texts = {offer.id: offer.evidence.text for offer in offers}
    cosines = index().similarities(texts, [demand.line.text for demand in demands], embedder)
    return dict(zip(ids, cosines, strict=True))


def _allocate(demand: Demand, answers: list[Answer], uses: Counter[str]) -> Match:
    """Pick the items for one line among its answers, preferring those not yet used, and count their use."""
    sure = [answer for answer in answers if not answer.hedged]
    if not sure and demand.strong:
        best = max(answers, key=lambda answer: answer.score)
        return _requirement(demand, [], f"Your evidence says “{best.hedged}”")
    picked: list[Answer] = []
    uncovered = set(demand.skills)
    pool = sure or answers
    while pool and len(picked) < ITEMS_A_MATCH:
        best = max(pool, key=lambda answer: _preference(answer, uses, uncovered))
        picked.append(best)
        uncovered -= set(best.names)
        pool = [a for a in pool if a is not best and (not best.names or uncovered & set(a.names))]
    uses.update(answer.offer.id for answer in picked[:1])
    return _requirement(demand, picked, _reason(picked))


def _preference(answer: Answer, uses: Counter[str], uncovered: set[str]) -> tuple[float, int]:
    used = uses[answer.offer.id]
    penalty = USED_PENALTY * used if used < USES_AN_ITEM else OVERUSED_PENALTY
    fresh = FRESH_BONUS * len(uncovered & set(answer.names))
    return (answer.score + fresh - penalty, -answer.offer.order)


def _requirement(demand: Demand, picked: Sequence[Answer], reason: str) -> Match:
    return Match(
        subject="requirement",
        text=demand.line.text,
        line=demand.line.id,
        skills=demand.skills,
        required=demand.required,
        evidence=tuple(answer.offer.id for answer in picked),
        score=round(min(1.0, picked[0].score), 3) if picked else 0.0,
        reason=reason,
    )


def _reason(picked: Sequence[Answer]) -> str:
    if picked[0].hedged:
        return f"Your evidence says “{picked[0].hedged}”"
    if picked[0].reason:
        return picked[0].reason
    return "names " + join(dict.fromkeys(name for answer in picked for name in answer.names))


def _gap_reason(demand: Demand, offers: Sequence[Offer]) -> str:
    named = [skill for skill in demand.skills if any(skill in o.evidence.skills for o in offers)]
    if demand.kind is Kind.DEGREE:
        return "no such degree in your evidence"
    if named:
        return f"your evidence names {join(named)} in other work only"
    if demand.skills:
        return f"nothing in your evidence names {join(demand.skills, 'or')}"
    return "nothing in your evidence is close enough"
