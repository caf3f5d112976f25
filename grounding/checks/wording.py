"""Lexical closure, the check that decides: a claim is a frame around words that its evidence carries."""

import re

from domain import SentenceKind
from grounding.carried import Carried, carries
from grounding.frames import unframed
from grounding.registry import Case, Fault, check
from grounding.retold import retells
from grounding.slots import fills_slots
from grounding.stated import states
from grounding.turned import repeats_a_line, turned
from language import words


@check(
    "wording",
    SentenceKind.CLAIM,
    number="V3",
    catches="any content word outside the evidence, the closed tables and the connectives; parts recombined",
    passes="C e1 | At Northwind Freight, I moved 14 services to Kubernetes.",
    fails="C e1 | I moved 14 critical services to Kubernetes.",
)
def wording(case: Case) -> Fault | None:
    """Refuse any word that is neither carried by the evidence in its place nor in a closed list."""
    if case.is_own_line or states(case) or fills_slots(case):
        return None
    best: Carried | None = None
    for framed in unframed(case):
        carried = carries(case, case.evidence, framed, case.find_skills)
        if carried.supported:
            return None
        if best is None or _left(carried) < _left(best):
            best = carried
    if retells(case) or repeats_a_line(case) or _carried_turned(case) or _joins_sentences(case):
        return None
    source = " / ".join(item.text for item in case.evidence)
    word = best.word if best is not None else ""
    known = {words.stem(token.text) for item in case.evidence for token in words.tokens(item.text)}
    if word and words.stem(word) not in known:
        return Fault(f"Your evidence does not say “{word}”.", word, source)
    return Fault("Your evidence says this in other words.", word or case.text, source)


def _carried_turned(case: Case) -> bool:
    """Whether the claim is carried once it says in the evidence's words and order what it says in others."""
    text = case.text.rstrip(".")
    for said in dict.fromkeys(turned(text)):
        other = Case(case.sentence.model_copy(update={"text": f"{said}."}), case.brief, case.find_skills)
        if said != text and any(
            carries(other, other.evidence, each, other.find_skills).supported for each in unframed(other)
        ):
            return True
    return False


def _joins_sentences(case: Case) -> bool:
    """ "I rewrote the guide, and claims fell from 60 to 24 a month": the two sentences of one item, in order.

    The second word for word; that it followed is all that is said, and all that the item says.
    """
    told = words.sentences(case.evidence[0].text) if len(case.evidence) == 1 else ()
    if len(told) != 2:
        return False
    second = told[1].rstrip(" .!")
    text = case.text.rstrip(" .!")
    first = text[: -len(second)]
    joined = re.fullmatch(r"(I .+?),? and ", first)
    if joined is None or text[len(first) :].lower() != second.lower():
        return False
    alone = case.sentence.model_copy(update={"text": f"{joined[1]}."})
    return wording(Case(alone, case.brief, case.find_skills)) is None


def _left(carried: Carried) -> int:
    return len(carried.text) - carried.reached
