"""What is missing where nothing answers, and what the person could answer. Nothing is asked of traits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from language import periods
from matching import spoken, tenure
from matching.demands import Demand
from matching.offers import Offer, Offers
from matching.phrases import join
from matching.titles import BACHELOR, DOCTORATE, MASTER, SCHOOL, VOCATIONAL, highest_rank, in_subject

_DEGREES = {
    SCHOOL: "a school diploma",
    VOCATIONAL: "vocational training",
    BACHELOR: "a bachelor's degree",
    MASTER: "a master's degree",
    DOCTORATE: "a doctorate",
}
_TRAVEL = re.compile(r"\btravel|reise", re.IGNORECASE)
_PERMIT = re.compile(
    r"permit|visa|authori[sz]|eligible|citizen|right to work|erlaubnis|aufenthalt|permis|permiso",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Gap:
    """Why nothing answers, in a phrase, and a question for the person; none where no answer would help."""

    reason: str
    question: str = ""


def of_skills(skills: Sequence[str], named_elsewhere: Sequence[str] = ()) -> Gap:
    """Skills that no item names, or names in other work only."""
    question = f"Have you worked with {join(skills, 'or')}?"
    if named_elsewhere:
        return Gap(f"your evidence names {join(named_elsewhere)} in other work only", question)
    return Gap(f"nothing in your evidence names {join(skills, 'or')}", question)


def of_work(demand: Demand, offers: Offers) -> Gap:
    """A line of work that nothing comes close to."""
    if demand.skills:
        return of_skills(demand.skills, [skill for skill in demand.skills if skill in offers.by_skill])
    question = "" if demand.traits else "Have you done this before? Say where, and what came of it."
    return Gap("nothing in your evidence is close enough", question)


def of_years(demand: Demand, held: tenure.Held) -> Gap:
    """Fewer years than asked, or none that can be counted."""
    assert demand.years is not None
    asked = periods.in_words(demand.years.months)
    inside = f" with {join(sorted(demand.within), 'or')}" if demand.within else " in such work"
    if not held.months:
        return Gap(
            f"asks for {asked}{inside}; no role of yours shows it with its dates",
            f"In which of your roles did you gain experience{inside}, and from when to when?",
        )
    return Gap(
        f"asks for {asked}{inside}; your dates show {periods.in_words(held.months)}",
        f"Where else did you gain experience{inside}, and from when to when?",
    )


def of_degree(demand: Demand, offers: Offers) -> Gap:
    """No degree at all, one too low, or one in another subject."""
    degrees = offers.of_types("degree")
    if not degrees:
        return Gap("there is no degree in your evidence", "Which degree do you hold, and in what?")
    best = max(degrees, key=lambda offer: highest_rank(_whole(offers, offer)) or 0)
    text = best.evidence.text
    question = "Do you hold another degree that they would accept?"
    if not in_subject(demand.line.text, _whole(offers, best)):
        return Gap(f"asks for another subject; yours is “{text}”", question)
    return Gap(f"asks for {_DEGREES.get(demand.degree, 'a degree')}; yours is “{text}”", question)


def _whole(offers: Offers, offer: Offer) -> str:
    return f"{offers.title_of(offer)} {offer.evidence.text}"


def at_what_level(skill: str) -> str:
    """What to ask about a language that is held at no known level."""
    return f"At what level do you speak {skill}?"


def of_language(skill: str, asked: int | None, held: str) -> Gap:
    """A language that is not named, or held below the level asked."""
    question = at_what_level(skill)
    if not held:
        return Gap(f"nothing in your evidence names {skill}", question)
    level = f"; asked is {spoken.name(asked)}" if asked else ""
    return Gap(f"Your evidence says “{held}”{level}", question)


def of_certificate(demand: Demand) -> Gap:
    """A certificate or licence that no item names."""
    if demand.skills:
        named = join(demand.skills, "or")
        return Gap(f"no such certificate in your evidence: {named}", f"Do you hold this: {named}?")
    return Gap(
        "no such certificate in your evidence", "Which certificate or licence of this kind do you hold?"
    )


def of_condition(text: str) -> Gap:
    """What only the person can say."""
    if _PERMIT.search(text):
        return Gap("only you can say this", "Are you allowed to work where the job is?")
    if _TRAVEL.search(text):
        return Gap("only you can say this", "Are you willing to travel as much as they ask?")
    return Gap("only you can say this", "Does this hold for you?")


def of_trait() -> Gap:
    """A trait that no deed in the evidence shows: nothing to ask, for anybody would say yes."""
    return Gap("nothing you did, as your evidence tells it, shows this")
