"""Requirement lines and asked skills to the evidence that answers them, or a gap."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from domain import Match, Posting, Profile, SkillMention
from matching.answers import HEDGED_CEILING, Answer, find_answers, may_answer
from matching.demands import Demand, Kind, is_spoken, is_strong, opens, read_demand
from matching.embedding import Embedder
from matching.hedges import hedge
from matching.offers import Offer, read_offers

ITEMS_A_MATCH = 3
USES_AN_ITEM = 2
USED_PENALTY = 0.08
FRESH_BONUS = 0.05
WEAK_SCORE = 0.3

Spellings = Mapping[str, set[str]]


def match(
    posting: Posting, mentions: Sequence[SkillMention], profile: Profile, embedder: Embedder | None
) -> tuple[Match, ...]:
    """One match or gap a requirement line, then one a distinct skill asked for, each in page order.

    Lines that must be met choose first, and an item that answers two lines is not offered to a third while
    another item answers it too.

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
    similar = _similarities(demands, offers, embedder if english else None)
    found = [
        (demand, find_answers(demand, offers, spelt, near))
        for demand, near in zip(demands, similar, strict=True)
    ]
    uses: Counter[str] = Counter()
    chosen: dict[str, Match] = {}
    for demand, answers in sorted(found, key=lambda pair: not pair[0].required):
        chosen[demand.line.id] = _allocate(demand, answers, uses)
    lines = [chosen[demand.line.id] for demand in demands]
    return (*lines, *_skill_matches(posting, mentions, offers, spelt))


def _spellings(mentions: Sequence[SkillMention]) -> Spellings:
    spelt: dict[str, set[str]] = {}
    for mention in mentions:
        spelt.setdefault(mention.skill, {mention.skill}).add(mention.text)
    return spelt


def _similarities(
    demands: Sequence[Demand], offers: Sequence[Offer], embedder: Embedder | None
) -> Sequence[Mapping[str, float] | None]:
    """The cosines of the evidence with each line; None for each where nothing can be compared."""
    if embedder is None or not offers:
        return [None] * len(demands)
    from matching.store import store

    texts = {offer.id: offer.evidence.text for offer in offers}
    return store().similarities(texts, [demand.line.text for demand in demands], embedder)


# --- requirement lines -------------------------------------------------------------------------------


def _allocate(demand: Demand, answers: list[Answer], uses: Counter[str]) -> Match:
    """Pick the items for one line, preferring items not yet used, and count their use."""
    sure = [answer for answer in answers if not answer.hedged]
    if not sure and answers and demand.strong:
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
    return _requirement(demand, picked, _reason(demand, picked))


def _preference(answer: Answer, uses: Counter[str], uncovered: set[str]) -> tuple[bool, float, int]:
    used = uses[answer.offer.id]
    fresh = FRESH_BONUS * len(uncovered & set(answer.names))
    return (used < USES_AN_ITEM, answer.score + fresh - USED_PENALTY * used, -answer.offer.order)


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


def _reason(demand: Demand, picked: Sequence[Answer]) -> str:
    if not picked:
        return _gap_reason(demand)
    if picked[0].hedged:
        return f"Your evidence says “{picked[0].hedged}”"
    if picked[0].reason:
        return picked[0].reason
    return "names " + join(dict.fromkeys(name for answer in picked for name in answer.names))


def _gap_reason(demand: Demand) -> str:
    if demand.kind is Kind.DEGREE:
        return "no such degree in your evidence"
    if demand.skills:
        return f"nothing in your evidence names {join(demand.skills, 'or')}"
    return "nothing in your evidence is close enough"


def join(words: Iterable[str], last: str = "and") -> str:
    """A list as a person writes it: "Go", "Go and Rust", "Go, Rust, and C"."""
    items = list(words)
    if len(items) < 3:
        return f" {last} ".join(items)
    return f"{', '.join(items[:-1])}, {last} {items[-1]}"


# --- skills ------------------------------------------------------------------------------------------


def _skill_matches(
    posting: Posting, mentions: Sequence[SkillMention], offers: Sequence[Offer], spelt: Spellings
) -> list[Match]:
    texts = {line.id: line.text for line in posting.lines}
    asked: dict[str, list[SkillMention]] = {}
    for mention in mentions:
        asked.setdefault(mention.skill, []).append(mention)
    found = [_skill_match(said, offers, spelt, texts) for said in asked.values()]
    answered = {one.text for one in found if not one.is_gap}
    return [_as_alternative(one, asked, answered) for one in found]


def _skill_match(
    said: Sequence[SkillMention], offers: Sequence[Offer], spelt: Spellings, texts: Mapping[str, str]
) -> Match:
    first = said[0]
    strong = any(m.years or is_strong(texts.get(m.line, "")) for m in said)
    kind = Kind.LANGUAGE if is_spoken(first.category) else Kind.WORK
    naming = [o for o in offers if first.skill in o.evidence.skills and may_answer(kind, o)]
    doubts = {o.id: hedge(o.evidence.text, spelt[first.skill]) for o in naming}
    naming.sort(key=lambda o: (bool(doubts[o.id]), -o.quality, o.order))
    sure = [o for o in naming if not doubts[o.id]]
    picked = (sure or ([] if strong else naming))[:ITEMS_A_MATCH]
    score = 0.0
    reason = f"nothing in your evidence names {first.skill}"
    if naming and not sure:
        reason = f"Your evidence says “{doubts[naming[0].id]}”"
        score = HEDGED_CEILING if picked else 0.0
    elif picked:
        reason = f"names {first.skill}"
        score = 0.7 + 0.3 * picked[0].quality if opens(first) else WEAK_SCORE
    return Match(
        subject="skill",
        text=first.skill,
        line=first.line,
        skills=(first.skill,),
        required=_required(said),
        evidence=tuple(o.id for o in picked),
        score=round(score, 3),
        reason=reason,
    )


def _required(said: Sequence[SkillMention]) -> bool | None:
    if any(mention.required for mention in said):
        return True
    return False if any(mention.required is False for mention in said) else None


def _as_alternative(found: Match, asked: Mapping[str, Sequence[SkillMention]], answered: set[str]) -> Match:
    """A gap is none where the page takes another skill instead and the evidence names that one."""
    said = asked[found.text]
    if not found.is_gap or any(mention.any_of is None for mention in said):
        return found
    groups = {(mention.line, mention.any_of) for mention in said}
    named = {skill for skill in answered if groups & {(m.line, m.any_of) for m in asked[skill]}}
    if not named:
        return found
    reason = f"asked as an alternative to {join(sorted(named), 'or')}, which you name"
    return found.model_copy(update={"required": False, "reason": reason})
