"""Every skill that a claim names is named in its cited evidence, under the same canonical label."""

from domain import SentenceKind
from grounding.registry import Case, Fault, check


@check("skills", SentenceKind.CLAIM)
def skills(case: Case) -> Fault | None:
    """Alias tables decide (k8s is Kubernetes); Java is never JavaScript."""
    if case.is_why:
        return None
    sources = [item.text for item in case.evidence] + list(case.record_texts)
    known = {mention.skill for text in sources for mention in case.find_skills(text)}
    known |= {skill for item in case.evidence for skill in item.skills}
    for mention in case.find_skills(case.text):
        if mention.skill not in known and not any(
            mention.text.lower() in text.lower().split() for text in sources
        ):
            return Fault(
                f"Your evidence for this does not name {mention.text}.",
                mention.text,
                ", ".join(sorted(known)),
            )
    return None
