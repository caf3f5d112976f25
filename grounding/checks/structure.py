"""Every sentence is one sentence, and rests on what its kind must rest on."""

from domain import SentenceKind
from grounding.registry import Case, Fault, check
from language import words

_CLAIM, _RECIPIENT, _FORMULA = SentenceKind.CLAIM, SentenceKind.RECIPIENT, SentenceKind.FORMULA
_SKILL_TYPES = frozenset(["skill", "language"])


@check(
    "structure",
    number="V1",
    catches="more than one sentence in a line, ids that do not exist, facts of two records joined",
    passes="C e1 | I moved 14 services to Kubernetes.",
    fails="C e1 e4 | I moved 14 services to Kubernetes and cut costs by 40%.",
)
def structure(case: Case) -> Fault | None:
    """One sentence a line, with ids that exist; a claim's ids belong to one record."""
    if not case.text:
        return Fault("The sentence is empty.")
    if case.sentence.kind is not _FORMULA and len(words.sentences(case.text)) > 1:
        return Fault("This is more than one sentence, so it cannot be tied to one source.", case.text)
    if case.is_own_line:
        return None
    unknown = _unknown_ids(case)
    if unknown:
        return Fault(f"It rests on “{unknown}”, which is not among your evidence or on the page.", case.text)
    if case.sentence.kind is _CLAIM:
        return _claim(case)
    if case.sentence.kind is _RECIPIENT and not case.lines:
        return Fault(
            "It says something about them without naming the line of the posting it comes from.", case.text
        )
    return None


def _are_certificates(case: Case) -> bool:
    kinds = {record.id: record.kind for record in case.brief.profile.records}
    return all(kinds.get(item.record or "") == "certificate" for item in case.evidence)


def _unknown_ids(case: Case) -> str:
    known = {item.id for item in case.brief.profile.evidence} | {line.id for line in case.brief.posting.lines}
    return next((id_ for id_ in case.sentence.rests_on if id_ not in known), "")


def _claim(case: Case) -> Fault | None:
    if not case.evidence:
        return Fault("It says something about you without naming your evidence for it.", case.text)
    if case.lines:
        return Fault("It mixes a fact about you with one about them.", case.text)
    if all(item.type in _SKILL_TYPES for item in case.evidence) or _are_certificates(case):
        return None
    if len({item.record for item in case.evidence}) > 1 or (len(case.evidence) > 1 and case.record is None):
        return Fault(
            "It mixes facts from different places in your evidence.",
            case.text,
            " / ".join(item.text for item in case.evidence),
        )
    return None
