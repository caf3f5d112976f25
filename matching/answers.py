"""Which items of evidence answer one demand, and how well. A wrong answer is worse than none.

What answers depends on the kind of the demand: a degree is answered by degrees, a language by languages at
the level asked, years by dates. Work is answered by what is likely enough to, weighed by how near the texts
are, by the skills and words they share (`weighing`); where no texts were compared, by a shared skill alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain import Section
from matching import deeds, questions, spoken, tenure
from matching.demands import Demand, Kind
from matching.hedges import hedge, part_naming
from matching.offers import Offer, Offers
from matching.overlap import overlap
from matching.phrases import join
from matching.questions import Gap
from matching.titles import EXPERIENCE_INSTEAD, highest_rank, in_subject, same_title
from matching.weighing import Pair, lead, weights

LEAST_COSINE = 0.25  # no item that far from the line is looked at for the words it shares
NEAREST = 10  # texts whose mean cosine tells how near anything is to the line
PRODUCT_LIMIT = 0.70  # the line names products and the text none of them
BROAD_LIMIT = 0.25  # the text names a field ("Web development") that the line names, too
BROAD_TASK_LIMIT = 0.40  # the same, where the line is a task: doing it takes more than its field

EXAMPLES = re.compile(r"\b(?:such as|like|e\.g\.|including|wie|z\. ?B\.|comme|como)(?!\w)", re.IGNORECASE)
HEDGED_CEILING = 0.4
TRAIT_SCORE = 0.45  # below what a draft takes up
UNSURE_SCORE = 0.45  # the thing is named, its level or its years are not
LOOKED_AT = 40  # items that name a skill, best first; more of them add nothing
IN_LIEU = 24  # months in the field that stand for a degree where the line takes experience and names no years

Cosines = Mapping[str, float]


@dataclass(frozen=True)
class Scene:
    """What all demands of one posting are answered from.

    `spelt` is how each skill is written in the posting, `title` its title with `trade`, the skills in it.
    """

    offers: Offers
    spelt: Mapping[str, set[str]]
    title: str
    trade: frozenset[str]
    today: date


@dataclass(frozen=True)
class Answer:
    """One item that answers a demand: the asked skills it names, and the words that hedge them, if any."""

    offer: Offer
    score: float
    names: tuple[str, ...] = ()
    reason: str = ""
    hedged: str = ""
    question: str = ""


@dataclass(frozen=True)
class Answers:
    """The items that answer a demand; where there are none, what is missing."""

    found: list[Answer] = field(default_factory=list)
    gap: Gap | None = None


def find_answers(demand: Demand, scene: Scene, similarity: Cosines | None) -> Answers:
    """The items that answer a demand, or why none does.

    Args:
        demand: The requirement line.
        scene: The sender's items and what the posting is about.
        similarity: The cosines of the nearest items with the line, by id; None where nothing was compared.
    """
    if demand.kind is Kind.LANGUAGE:
        return _by_languages(demand, scene)
    if demand.kind is Kind.DEGREE:
        return _by_degrees(demand, scene)
    if demand.kind is Kind.TRAIT:
        return Answers(_by_trait(demand, scene, similarity), questions.of_trait())
    if demand.kind is Kind.CONDITION:
        return Answers([], questions.of_condition(demand.line.text))
    if demand.kind is Kind.CERTIFICATE:
        return Answers(_by_certificates(demand, scene), questions.of_certificate(demand))
    if demand.years is not None:
        return _by_years(demand, scene, similarity)
    return _by_work(demand, scene, similarity)


def may_answer(kind: Kind, offer: Offer) -> bool:
    """Whether evidence of this type can answer a demand of this kind at all."""
    if kind is Kind.LANGUAGE:
        return offer.evidence.type in ("language", "skill")
    if kind is Kind.CERTIFICATE:
        return offer.evidence.type in ("certificate", "degree", "skill")
    if kind is Kind.DEGREE:
        return offer.evidence.type == "degree"
    if kind is Kind.TRAIT:
        return offer.evidence.type in deeds.TYPES
    return offer.evidence.type not in ("degree", "language")


def naming(skills: Sequence[str], offers: Offers, similarity: Cosines | None = None) -> list[Offer]:
    """The best items that name any of these skills, and the nearest of those that do, each once."""
    found = {o.id: o for skill in skills for o in offers.by_skill.get(skill, ())[:LOOKED_AT]}
    wanted = frozenset(skills)
    for id_ in similarity or ():
        offer = offers.by_id.get(id_)
        if offer is not None and offer.skills & wanted:
            found.setdefault(id_, offer)
    return list(found.values())


# --- work --------------------------------------------------------------------------------------------


def _by_work(demand: Demand, scene: Scene, similarity: Cosines | None) -> Answers:
    """By the skills that are named; where texts were compared, by all that they have in common."""
    if similarity is None:
        near = naming(demand.skills, scene.offers)
        found = [a for offer in near if (a := _by_skills(demand, offer, scene.spelt))]
    else:
        found = _by_weight(demand, scene, similarity)
    if not found and not demand.skills:
        found = _by_deeds(deeds.ways(demand.line.text), scene.offers)
    return Answers(found, questions.of_work(demand, scene.offers))


def pairs(demand: Demand, scene: Scene, similarity: Cosines) -> list[Pair]:
    """The line beside every item that could answer it: that names a skill, or is near and shares a word."""
    offers = scene.offers
    nearest = sorted(similarity.values(), reverse=True)[:NEAREST]
    ids = [id_ for id_, cosine in similarity.items() if cosine >= LEAST_COSINE and id_ in offers.by_id]
    near = [offers.by_id[id_] for id_ in ids]
    found = {offer.id: offer for offer in (*naming(demand.skills, offers, similarity), *near)}
    beside = [
        _beside(demand, offer, similarity.get(id_, 0.0), nearest)
        for id_, offer in found.items()
        if may_answer(demand.kind, offer)
    ]
    return [pair for pair in beside if (pair.names or pair.common.phrase) and _is_of_the_thing(pair)]


def _beside(demand: Demand, offer: Offer, cosine: float, nearest: Sequence[float]) -> Pair:
    return Pair(
        demand=demand,
        offer=offer,
        names=_named(demand, offer, cosine) if not offer.skills.isdisjoint(demand.skills) else (),
        common=overlap(demand.line.text, offer.evidence.text),
        cosine=cosine,
        lead=lead(cosine, nearest),
    )


def _named(demand: Demand, offer: Offer, cosine: float) -> tuple[str, ...]:
    """The asked skills that an item names; that of a field only where the texts are near."""
    is_task = demand.line.section is Section.TASKS
    names = tuple(skill for skill in demand.skills if skill in offer.skills)
    if offer.evidence.type == "skill" and not is_task:
        return names
    limit = BROAD_TASK_LIMIT if is_task else BROAD_LIMIT
    is_far = cosine < limit or (is_task and offer.evidence.type == "role")  # a title does no task
    return tuple(skill for skill in names if skill not in demand.broad) if is_far else names


def _is_of_the_thing(pair: Pair) -> bool:
    """Whether an item may answer at all: a line that names products is not answered by another's field."""
    demand = pair.demand
    if not demand.names_products or set(pair.names) - demand.broad:
        return True
    if pair.names:
        return not EXAMPLES.search(demand.line.text)  # "platforms such as Statsig" asks for those
    return pair.cosine >= PRODUCT_LIMIT and len(pair.common.shared) > 1


def _by_weight(demand: Demand, scene: Scene, similarity: Cosines) -> list[Answer]:
    """The items that answer likely enough."""
    model = weights()
    weighed = [(pair, model.chance(pair)) for pair in pairs(demand, scene, similarity)]
    return [
        _weighed(pair, (chance - model.limit) / (1 - model.limit), scene.spelt)
        for pair, chance in weighed
        if chance >= model.limit
    ]


def _weighed(pair: Pair, sure: float, spelt: Mapping[str, set[str]]) -> Answer:
    """An answer as sure, 0 to 1, as the model is of it; between two of the same, the better item first."""
    offer, doubt = pair.offer, hedged(pair, spelt)
    score = 0.5 + 0.4 * sure + 0.1 * offer.quality
    if doubt:
        return Answer(offer, min(HEDGED_CEILING, score / 2), pair.names, hedged=doubt)
    text = offer.evidence.text
    names = tuple(name for name in pair.names if not hedge(text, spelt.get(name, {name})))
    return Answer(offer, score, names, reason="" if names else f"similar work: {pair.common.phrase}")


def hedged(pair: Pair, spelt: Mapping[str, set[str]]) -> str:
    """The words that hedge all that an item names of a line, or has in common with it; empty without any."""
    text = pair.offer.evidence.text
    if not pair.names:
        return hedge(text, pair.common.phrase.split(", "))
    doubts = [hedge(text, spelt.get(name, {name})) for name in pair.names]
    return doubts[0] if all(doubts) else ""


def _by_skills(demand: Demand, offer: Offer, spelt: Mapping[str, set[str]]) -> Answer | None:
    """The answer an item gives by naming skills that the line names, where no texts were compared."""
    names = tuple(skill for skill in demand.skills if skill in offer.skills)
    if offer.evidence.type == "role" and demand.line.section is Section.TASKS:
        names = tuple(skill for skill in names if skill not in demand.broad)  # a title does no task
    if demand.names_products and not set(names) - demand.broad and EXAMPLES.search(demand.line.text):
        return None  # "experimentation platforms such as Statsig" asks for those, not for the field
    if not names or not may_answer(demand.kind, offer):
        return None
    covered = demand.covered(names)
    like = min(1.0, len(overlap(demand.line.text, offer.evidence.text).shared) / 3)
    if offer.evidence.type == "skill":
        like /= 2  # a bare name is near to every line that names it
    score = 0.45 + 0.20 * covered + 0.20 * offer.quality + 0.15 * like
    hedged = [hedge(offer.evidence.text, spelt.get(name, {name})) for name in names]
    if all(hedged):
        return Answer(offer, min(HEDGED_CEILING, score / 2), names, hedged=hedged[0])
    return Answer(offer, score, tuple(n for n, doubt in zip(names, hedged, strict=True) if not doubt))


# --- years -------------------------------------------------------------------------------------------


def _by_years(demand: Demand, scene: Scene, similarity: Cosines | None) -> Answers:
    """By what the sender says of their years, else by the dates of the roles that show what is asked."""
    assert demand.years is not None
    said = _said_years(demand, scene)
    if said:
        return Answers(said)
    roles = tenure.in_field(scene.offers, *_asked_field(demand, scene))
    held = tenure.held(roles, scene.today)
    if held.months >= demand.years.months:
        return Answers(_roles(held, demand.within))
    work = _by_work(demand, scene, similarity)
    if work.found and all(answer.hedged for answer in work.found):
        return work
    if work.found and not held.dated:
        return Answers([_without_years(answer) for answer in work.found])
    return Answers([], questions.of_years(demand, held))


def _said_years(demand: Demand, scene: Scene) -> list[Answer]:
    """The items that say enough years themselves, of the same field."""
    assert demand.years is not None
    skills, said = _asked_field(demand, scene)
    found = []
    for offer in scene.offers.with_years[: 4 * LOOKED_AT]:
        text = offer.evidence.text
        span = tenure.stated(text)
        if span is None or span.months < demand.years.months:
            continue
        if (offer.skills & skills) or (said and tenure.is_near(said, text)) or not (skills or said):
            found.append(Answer(offer, 0.8, reason=f"your words: “{span.text}”"))
    return found


def _asked_field(demand: Demand, scene: Scene) -> tuple[frozenset[str], str]:
    """What years are asked in: the skills of the line, else its words, else the trade of the posting."""
    said = tenure.rest(demand.line.text)
    if demand.names_products and demand.within & set(demand.skills) - demand.broad:
        return demand.within, ""  # years of Java are not those of any software
    if demand.within:
        return demand.within, said
    if tenure.names_a_field(said):
        return frozenset(), said
    return scene.trade, scene.title


def _roles(held: tenure.Held, skills: frozenset[str]) -> list[Answer]:
    """The roles that show the years, newest first; the reason says how they were counted."""
    proofs = [proof for role in held.roles if (proof := tenure.proof_of(role, skills))]
    return [
        Answer(offer, 0.75 - 0.02 * place, reason=held.reason()) for place, offer in enumerate(proofs[:3])
    ]


def _without_years(answer: Answer) -> Answer:
    reason = answer.reason or f"names {join(answer.names)}"
    return Answer(
        answer.offer,
        min(answer.score, UNSURE_SCORE),
        answer.names,
        reason=f"{reason}; for how long, your dates do not tell",
        hedged=answer.hedged,
        question="From when to when did you do this?",
    )


# --- degrees, certificates, languages, traits ----------------------------------------------------------


def _by_degrees(demand: Demand, scene: Scene) -> Answers:
    """By a degree high enough in a subject the line takes; by roles where it takes experience instead."""
    found = [a for o in scene.offers.by_type.get("degree", ()) if (a := _by_degree(demand, o, scene.offers))]
    if not found and EXPERIENCE_INSTEAD.search(demand.line.text):
        found = _in_lieu(demand, scene)
    return Answers(found, questions.of_degree(demand, scene.offers))


def _by_degree(demand: Demand, offer: Offer, offers: Offers) -> Answer | None:
    text = offer.evidence.text
    title = offers.title_of(offer) or text  # below its title stand courses and honours
    rank = highest_rank(f"{title} {text}")
    if (0 if rank is None else rank) < demand.degree or not in_subject(demand.line.text, title):
        return None
    named = 0.1 if highest_rank(text) is not None else 0.0
    score = 0.6 + 0.2 * offer.quality + named
    hedged = hedge(text, ())
    if hedged:
        return Answer(offer, min(HEDGED_CEILING, score / 2), hedged=hedged)
    return Answer(offer, score, reason=f"your degree: “{text}”")


def _in_lieu(demand: Demand, scene: Scene) -> list[Answer]:
    """The roles in the field of a degree, where they last long enough to stand for it."""
    span = tenure.asked(demand.line.text)
    least = span.months if span else IN_LIEU
    skills = scene.trade | demand.within
    held = tenure.held(tenure.in_field(scene.offers, skills, scene.title), scene.today)
    if held.months < least:
        return []
    return [
        Answer(a.offer, 0.55, reason=f"no such degree, but experience is taken: {held.reason()}")
        for a in _roles(held, skills)
    ]


def _by_certificates(demand: Demand, scene: Scene) -> list[Answer]:
    near = naming(demand.skills, scene.offers)
    found = [a for offer in near if (a := _by_skills(demand, offer, scene.spelt))]
    known = {answer.offer.id for answer in found}
    named = scene.offers.of_types("skill")[: 5 * LOOKED_AT]
    titles = [*scene.offers.of_types("certificate", "degree"), *named]
    return found + [a for o in titles if o.id not in known and (a := _by_title(demand, o))]


def _by_title(demand: Demand, offer: Offer) -> Answer | None:
    """The answer a certificate gives by its name."""
    if not may_answer(demand.kind, offer) or not same_title(demand.line.text, offer.evidence.text):
        return None
    reason = f"your certificate: “{offer.evidence.text}”"
    return Answer(offer, 0.6 + 0.2 * offer.quality, reason=reason)


def _by_languages(demand: Demand, scene: Scene) -> Answers:
    """By languages at the level asked. Each that is needed must be held; of alternatives one."""
    found: list[Answer] = []
    gap: Gap | None = None
    for group in demand.groups:
        held = [a for skill in sorted(group) for a in _speaking(skill, demand.levels.get(skill), scene)]
        sure = [a for a in held if not a.hedged]
        found += sure
        if not sure:
            skill = min(group)
            said = held[0].hedged if held else ""
            gap = gap or questions.of_language(skill, demand.levels.get(skill), said)
    return Answers([] if gap else found, gap or Gap("no language is asked"))


def _speaking(skill: str, asked: int | None, scene: Scene) -> list[Answer]:
    """The items that name a language; hedged where they say less than is asked."""
    found = []
    for offer in scene.offers.by_skill.get(skill, ())[:LOOKED_AT]:
        if not may_answer(Kind.LANGUAGE, offer):
            continue
        text = part_naming(offer.evidence.text, scene.spelt.get(skill, {skill}))
        level = spoken.level_of(text) or _level_of_one(offer.evidence.text)
        if level is not None and level < min(asked or 0, spoken.NATIVE - 1):
            found.append(Answer(offer, HEDGED_CEILING, (skill,), hedged=text))
        elif level is None and asked:
            reason = f"names {skill}; at what level, your evidence does not say"
            question = questions.at_what_level(skill)
            found.append(Answer(offer, UNSURE_SCORE, (skill,), reason, question=question))
        else:
            reason = f"“{text}”" if level is not None else f"names {skill}"
            found.append(Answer(offer, 0.75 + 0.1 * offer.quality, (skill,), reason))
    return found


def _level_of_one(text: str) -> int | None:
    """The level in a text on one language, wherever in it: "German – fluent"."""
    return None if re.search(r"[,;/|]", text) else spoken.level_of(text)


def _by_trait(demand: Demand, scene: Scene, similarity: Cosines | None) -> list[Answer]:
    """By the deeds that show it; else by work alike, as "you close deals on your own" asks for both."""
    is_short = len(demand.line.text.split()) <= deeds.LONGEST_LINE
    found = _by_deeds(demand.traits, scene.offers) if is_short else []
    return found or (_by_weight(demand, scene, similarity) if similarity is not None else [])


def _by_deeds(traits: frozenset[str], offers: Offers) -> list[Answer]:
    """The deeds that show a trait, best first. They never carry a draft by themselves."""
    shown = deeds.showing(traits, offers.of_types(*deeds.TYPES)[: 2 * LOOKED_AT])
    return [
        Answer(offer, TRAIT_SCORE - 0.01 * place, reason=f"shown by what you did: “{words}”")
        for place, (offer, words) in enumerate(shown[:3])
    ]
