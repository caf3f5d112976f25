"""What a follow-up may say of the message before it: that it follows it, and that a claim is new."""

import re

from domain import DraftKind, Persona, SentenceKind
from grounding.lexicon import phrases_of
from grounding.registry import Case, Fault, check

_NEW = ("One thing I did not mention:", "One thing we did not mention:")


def names_an_earlier_message(case: Case) -> bool:
    """Whether the sentence is one of the closed forms that point to the message before a follow-up.

    A title may be shortened: neighbouring words of the posting's own, in any case.
    """
    brief = case.brief
    if brief.kind is not DraftKind.FOLLOW_UP:
        return False
    my = "our" if brief.profile.persona is Persona.SERVICE_PROVIDER else "my"
    slots = {"company": brief.posting.company, "subject": brief.earlier_subject, "my": my, "title": "{title}"}
    for form in phrases_of("earlier"):
        if any("{" + name + "}" in form and not value for name, value in slots.items()):
            continue
        # "… at Edhouse s.r.o." ends in one full stop.
        before, slot, after = form.format(**slots).rstrip(".").partition("{title}")
        found = re.fullmatch(f"{re.escape(before)}(.*){re.escape(after)}", case.text.rstrip("."))
        title = found[1] if found else ""
        if found and (bool(title) == bool(slot)) and (not slot or _is_title(brief.posting.title, title)):
            return True
    return False


def _is_title(whole: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", " ".join(whole.split()), re.IGNORECASE) is not None


@check(
    "earlier",
    SentenceKind.CLAIM,
    number="V26",
    catches="“One thing I did not mention” outside a follow-up, or before what the message did say",
    passes="C e2 | I led a team of 5 engineers.",
    fails="C e2 | One thing I did not mention: I led a team of 5 engineers.",
)
def earlier(case: Case) -> Fault | None:
    """ "One thing I did not mention: …" stands only in a follow-up, of evidence not used before it."""
    said = next((start for start in _NEW if case.text.startswith(start)), "")
    if not said:
        return None
    if case.brief.kind is not DraftKind.FOLLOW_UP:
        return Fault("Only a follow-up can add to an earlier message.", said)
    told = set(case.brief.told) & set(case.sentence.rests_on)
    return Fault("The earlier message has said this.", case.text) if told else None
