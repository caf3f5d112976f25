"""Requirement lines and asked skills to the evidence that answers them, or a gap."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from domain import Match, Posting, Profile, SkillMention
from matching.answers import Answer, Cosines, Scene, find_answers
from matching.asked import CONFIDENTIAL, ITEMS_A_MATCH, match_skills
from matching.demands import Demand, read_demand
from matching.embedding import Embedder
from matching.offers import Offers, offers_of
from matching.phrases import join
from matching.questions import Gap

USES_AN_ITEM = 2
USED_PENALTY = 0.08
OVERUSED_PENALTY = 0.25  # from the third line on
CONFIDENTIAL_PENALTY = 0.3  # no draft may say it
FRESH_BONUS = 0.05

Spellings = Mapping[str, set[str]]


def match(
    posting: Posting,
    mentions: Sequence[SkillMention],
    profile: Profile,
    embedder: Embedder | None,
    today: date | None = None,
) -> tuple[Match, ...]:
    """One match or gap a requirement line, then one a distinct skill asked for, each in page order.

    Lines that must be met choose first. An item that answers two lines steps back at a third where another
    item answers it nearly as well.

    Args:
        posting: Its `requirements` are answered.
        mentions: The skills it names, with the ids of their lines, from tagging.
        profile: Whose evidence answers; `evidence.skills` must hold the labels of the same taxonomy.
        embedder: None leaves similar work in other words unfound.
        today: The day to which a current role counts.
    """
    demands, scene, near = read(posting, mentions, profile, embedder, today or date.today())
    uses: Counter[str] = Counter()
    chosen: dict[str, Match] = {}
    for demand in sorted(demands, key=lambda demand: not demand.required):
        answers = find_answers(demand, scene, near[demand.line.id])
        gap = answers.gap or Gap("")
        chosen[demand.line.id] = (
            _allocate(demand, answers.found, uses, gap) if answers.found else _gap(demand, gap)
        )
    lines = [chosen[demand.line.id] for demand in demands]
    return (*lines, *match_skills(posting, mentions, scene.offers, scene.spelt, near))


def read(
    posting: Posting,
    mentions: Sequence[SkillMention],
    profile: Profile,
    embedder: Embedder | None,
    today: date,
) -> tuple[list[Demand], Scene, Mapping[str, Cosines | None]]:
    """What each line asks, what there is to answer it from, and how near that is; arguments as of `match`."""
    offers = offers_of(profile)
    by_line: dict[str, list[SkillMention]] = {}
    for mention in mentions:
        by_line.setdefault(mention.line, []).append(mention)
    demands = [read_demand(line, by_line.get(line.id, [])) for line in posting.requirements]
    scene = Scene(
        offers=offers,
        spelt=_spellings(mentions),
        title=posting.title,
        trade=frozenset(m.skill for m in by_line.get("p0", [])),
        today=today,
    )
    english = posting.language.startswith("en") and profile.language.startswith("en")
    return demands, scene, _similarities(demands, offers, embedder if english else None, profile.kept_as)


def _spellings(mentions: Sequence[SkillMention]) -> Spellings:
    spelt: dict[str, set[str]] = {}
    for mention in mentions:
        spelt.setdefault(mention.skill, {mention.skill}).add(mention.text)
    return spelt


def _similarities(
    demands: Sequence[Demand], offers: Offers, embedder: Embedder | None, key: str
) -> Mapping[str, Cosines | None]:
    """The cosines of the evidence with each line, by line id; None where nothing can be compared."""
    ids = [demand.line.id for demand in demands]
    if embedder is None or not offers.items:
        return dict.fromkeys(ids)
    from matching.index import index

    asked = [demand.line.text for demand in demands]
    cosines = index().similarities(offers.texts, asked, embedder, key=key)
    return dict(zip(ids, cosines, strict=True))


def _allocate(demand: Demand, answers: list[Answer], uses: Counter[str], gap: Gap) -> Match:
    """Pick the items for one line among its answers, preferring those not yet used, and count their use."""
    sure = [answer for answer in answers if not answer.hedged]
    if not sure and demand.strong:
        best = max(answers, key=lambda answer: answer.score)
        return _gap(demand, Gap(f"Your evidence says “{best.hedged}”", gap.question))
    picked: list[Answer] = []
    uncovered = set(demand.skills)
    pool = sure or answers
    while pool and len(picked) < ITEMS_A_MATCH:
        best = max(pool, key=lambda answer: _preference(answer, uses, uncovered))
        picked.append(best)
        uncovered -= set(best.names)
        pool = [a for a in pool if a is not best and (not best.names or uncovered & set(a.names))]
    uses.update(answer.offer.id for answer in picked[:1])
    return Match(
        subject="requirement",
        text=demand.line.text,
        line=demand.line.id,
        skills=demand.skills,
        required=demand.required,
        evidence=tuple(answer.offer.id for answer in picked),
        score=round(min(1.0, picked[0].score), 3),
        reason=_reason(picked),
        question=picked[0].question,
    )


def _preference(answer: Answer, uses: Counter[str], uncovered: set[str]) -> tuple[float, int]:
    used = uses[answer.offer.id]
    penalty = USED_PENALTY * used if used < USES_AN_ITEM else OVERUSED_PENALTY
    if answer.offer.evidence.confidential:
        penalty += CONFIDENTIAL_PENALTY
    fresh = FRESH_BONUS * len(uncovered & set(answer.names))
    return (answer.score + fresh - penalty, -answer.offer.order)


def _gap(demand: Demand, gap: Gap) -> Match:
    return Match(
        subject="requirement",
        text=demand.line.text,
        line=demand.line.id,
        skills=demand.skills,
        required=demand.required,
        reason=gap.reason,
        question=gap.question,
    )


def _reason(picked: Sequence[Answer]) -> str:
    first = picked[0]
    if first.hedged:
        return f"Your evidence says “{first.hedged}”"
    reason = first.reason or "names " + join(dict.fromkeys(n for answer in picked for n in answer.names))
    return reason + (CONFIDENTIAL if first.offer.evidence.confidential else "")
