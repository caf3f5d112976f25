"""Every skill that a claim names is named in its cited evidence, under the same canonical label."""

from domain import SentenceKind
from grounding.registry import Case, Fault, check
from grounding.slots import fills_slots
from language import words


@check(
    "skills",
    SentenceKind.CLAIM,
    number="V9",
    catches="a skill that the cited evidence does not name, however near its neighbour",
    passes="C e4 | I reduced API response time by 40% using Redis.",
    fails="C e4 | I reduced API response time by 40% using Kafka.",
)
def skills(case: Case) -> Fault | None:
    """Alias tables decide (k8s is Kubernetes); Java is never JavaScript."""
    if case.is_own_line:
        return None
    sources = [item.text for item in case.evidence] + list(case.record_texts)
    known = {mention.skill for text in sources for mention in case.find_skills(text)}
    known |= {skill for item in case.evidence for skill in item.skills}
    written = {word for text in sources for word in _words(text)}
    for mention in case.find_skills(case.text):
        named = set(_words(mention.text)) - {"the", "a", "an"}
        if mention.skill not in known and not written.issuperset(named) and not fills_slots(case):
            reason = f"Your evidence for this does not name {mention.text}."
            return Fault(reason, mention.text, ", ".join(sorted(known)))
    return None


def _words(text: str) -> list[str]:
    return [words.stem(token.text) for token in words.tokens(text)]
