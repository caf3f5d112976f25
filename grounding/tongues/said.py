"""Formulas and subject lines in German, French and Spanish, and what is private."""

import re

from domain import SentenceKind
from grounding.checks.formula import fills, own_lines
from grounding.checks.links import allowed, normal
from grounding.registry import Case, Fault, Registered
from grounding.tongues.lists import pattern, phrases, pieces, register, words

CHECKS: list[Registered] = []
LONGEST_SUBJECT = 60


@register(
    CHECKS, "formula", SentenceKind.FORMULA, number="V1", catches="a greeting or sign-off that holds a fact"
)
def formula(case: Case) -> Fault | None:
    """Only forms of the list `formulas`, with the page's company, the recipient and the sender's own
    fields.
    """
    text = case.text
    if text in own_lines(case) or normal(text) in allowed(case):
        return None
    slots = {"company": case.brief.posting.company, "recipient": " ".join(case.brief.recipient.split())}
    for form in phrases(case, "formulas"):
        if fills(text, form, slots, case):
            return None
    return Fault("A greeting or sign-off may hold only the usual words, your name and your links.", text)


@register(
    CHECKS, "subject", SentenceKind.SUBJECT, number="V16", catches="a subject that says more than the page"
)
def subject(case: Case) -> Fault | None:
    """Words of the title, the company, the place and skills of the page, and a few closed ones."""
    text, posting = case.text, case.brief.posting
    if len(text) > LONGEST_SUBJECT:
        return Fault(f"The subject is longer than {LONGEST_SUBJECT} characters.", text)
    if "!" in text or re.match(r"\s*(?:re|fwd?|aw|wg|tr|rv)\s*:", text, re.IGNORECASE):
        return Fault("The subject shouts, or pretends to be an answer.", text)
    known = {p.key for p in pieces(f"{posting.title} {posting.company} {posting.location}")}
    written = {p.text for p in pieces(f"{posting.title} {posting.company}")}
    for mention in case.find_skills(text):
        if mention.skill in case.page_skills:
            known |= {p.key for p in pieces(mention.text)}
            written |= {p.text for p in pieces(mention.text)}
    for piece in pieces(text):
        if piece.is_word and piece.key not in known | words(case, "subject"):
            return Fault("A subject holds only what the page says.", piece.text)
        if len(piece.text) > 4 and piece.text.isupper() and piece.text not in written:
            return Fault("The subject shouts.", piece.text)
    return None


@register(
    CHECKS,
    "private",
    SentenceKind.CLAIM,
    SentenceKind.GLUE,
    SentenceKind.INTENT,
    number="V13",
    catches="pay, permits, age, health, belief, origin, family",
)
def private(case: Case) -> Fault | None:
    """Words of the list `private` only where the cited evidence has them."""
    if case.is_own_line:
        return None
    own = " ".join([*(item.text for item in case.evidence), *case.record_texts]).lower()
    for found in pattern(case.brief.language, "private").finditer(case.text):
        if found.group().lower() not in own:
            return Fault("This is private, and your evidence does not say it.", found.group())
    return None
