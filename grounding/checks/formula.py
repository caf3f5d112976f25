"""Formulas: the closed greetings, sign-offs, the sender's name and contacts, the way out."""

import re
from collections.abc import Mapping

from domain import SentenceKind
from grounding.checks.links import allowed, normal
from grounding.lexicon import phrases_of
from grounding.registry import Case, Fault, check


@check(
    "formula",
    SentenceKind.FORMULA,
    number="V15",
    catches="greetings and sign-offs that hold more than the usual words and the sender's own fields",
    passes="F | Hello Arkway team,",
    fails="F | Hello Arkway team, I led 40 people.",
)
def formula(case: Case) -> Fault | None:
    """Only forms of the list `formulas`, filled with the posting's company and title, the recipient, and the
    sender's own fields.
    """
    text = " ".join(case.text.split())
    if text in own_lines(case) or normal(text) in allowed(case):
        return None
    posting, profile = case.brief.posting, case.brief.profile
    for form in phrases_of("formulas"):
        slots = {
            "company": posting.company,
            "title": posting.title,
            "organization": profile.organization,
            "recipient": " ".join(case.brief.recipient.split()),
        }
        if fills(text, form, slots, case):
            return None
    return Fault("A greeting or sign-off may hold only the usual words, your name and your links.", text)


def fills(text: str, form: str, slots: Mapping[str, str], case: Case) -> bool:
    """Whether a text is a form with its slots filled, its "{link}" by an address that the sender may show."""
    if any("{" + name + "}" in form and not value for name, value in slots.items()):
        return False
    if "{link}" in form:
        before, after = form.split("{link}")
        found = re.fullmatch(re.escape(before) + r"(\S+?)" + re.escape(after), text)
        return found is not None and normal(found[1]) in allowed(case)
    return text == form.format(**slots)


def own_lines(case: Case) -> frozenset[str]:
    """The sender's fields, as a line of the signature."""
    profile = case.brief.profile
    fields = [
        profile.name,
        profile.organization,
        profile.postal_address,
        profile.email,
        profile.phone,
        *profile.links,
    ]
    lines = {" ".join(field.split()) for field in fields if field.strip()}
    if profile.name and profile.organization:
        lines.add(f"{profile.name}, {profile.organization}")
    lines |= {" ".join(line.split()) for line in profile.postal_address.splitlines() if line.strip()}
    return frozenset(lines)
