"""Each distinct skill a posting asks for, and the evidence that names it."""

from collections.abc import Mapping, Sequence

from domain import Match, Posting, SkillMention
from matching import questions
from matching.answers import BROAD_LIMIT, HEDGED_CEILING, LOOKED_AT, Cosines, may_answer
from matching.demands import Kind, is_broad, is_personal, is_spoken, is_strong, opens
from matching.hedges import hedge
from matching.offers import Offer, Offers
from matching.phrases import join

ITEMS_A_MATCH = 3
WEAK_SCORE = 0.3  # a trait, or a word of several meanings
CONFIDENTIAL = "; confidential, so no draft will say it"


def match_skills(
    posting: Posting,
    mentions: Sequence[SkillMention],
    offers: Offers,
    spelt: Mapping[str, set[str]],
    near: Mapping[str, Cosines | None],
) -> list[Match]:
    """One match or gap a distinct skill, in the order the page first names them.

    Args:
        posting: Its lines tell at what level a skill is asked.
        mentions: The skills it names.
        offers: All the sender's items.
        spelt: How each skill is written, in postings.
        near: The cosines of the evidence with each line, by line id; None where nothing was compared.
    """
    texts = {line.id: line.text for line in posting.lines}
    asked: dict[str, list[SkillMention]] = {}
    for mention in mentions:
        asked.setdefault(mention.skill, []).append(mention)
    found = []
    for skill, said in asked.items():
        naming = _naming(said, offers, [near.get(mention.line) for mention in said])
        doubts = {offer.id: hedge(offer.evidence.text, spelt[skill]) for offer in naming}
        strong = any(m.years or is_strong(texts.get(m.line, "")) for m in said)
        one = _skill_match(said, naming, doubts, strong)
        if not naming and skill in offers.by_skill:
            one = one.model_copy(update={"reason": f"your evidence names {skill} in other work only"})
        found.append(one)
    answered = {one.text for one in found if not one.is_gap}
    return [_as_alternative(one, asked, answered) for one in found]


def _naming(said: Sequence[SkillMention], offers: Offers, near: Sequence[Cosines | None]) -> list[Offer]:
    """The best items that name the skill; the name of a field only where the texts are not far apart."""
    skill = said[0]
    kind = Kind.LANGUAGE if is_spoken(skill.category) else Kind.WORK
    naming = [o for o in offers.by_skill.get(skill.skill, ()) if may_answer(kind, o)]
    compared = [cosines for cosines in near if cosines is not None]
    if kind is Kind.LANGUAGE or not compared or not is_broad(skill):
        return naming[:LOOKED_AT]
    return [
        offer
        for offer in naming
        if offer.evidence.type == "skill" or max(c.get(offer.id, 0.0) for c in compared) >= BROAD_LIMIT
    ][:LOOKED_AT]


def _skill_match(
    said: Sequence[SkillMention], naming: Sequence[Offer], doubts: Mapping[str, str], strong: bool
) -> Match:
    first = said[0]
    ranked = sorted(
        naming,
        key=lambda offer: (
            bool(doubts[offer.id]),
            offer.evidence.confidential,
            -offer.quality,
            offer.order,
        ),
    )
    sure = [offer for offer in ranked if not doubts[offer.id]]
    picked = (sure or ([] if strong else ranked))[:ITEMS_A_MATCH]
    score = 0.0
    reason = questions.of_skills([first.skill]).reason
    if ranked and not sure:
        reason = f"Your evidence says “{doubts[ranked[0].id]}”"
        score = HEDGED_CEILING if picked else 0.0
    elif picked:
        reason = f"names {first.skill}" + (CONFIDENTIAL if picked[0].evidence.confidential else "")
        score = 0.7 + 0.3 * picked[0].quality if opens(first) else WEAK_SCORE
    return Match(
        subject="skill",
        text=first.skill,
        line=first.line,
        skills=(first.skill,),
        required=_required(said),
        evidence=tuple(offer.id for offer in picked),
        score=round(score, 3),
        reason=reason,
        question="" if sure else _question(first),
    )


def _question(mention: SkillMention) -> str:
    """What to ask about a skill that the evidence does not name; nothing about a trait."""
    if is_personal(mention.category):
        return ""
    if is_spoken(mention.category):
        return questions.at_what_level(mention.skill)
    if mention.category.casefold() in ("degrees", "certificates"):
        return f"Do you hold this: {mention.skill}?"
    return questions.of_skills([mention.skill]).question


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
