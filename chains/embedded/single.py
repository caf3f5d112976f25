"""One evidence item as one full true sentence: what stands in when a writer's own wording was refused."""

import re
from collections.abc import Callable, Sequence

from chains.embedded.frames import Said, frames
from chains.embedded.materials import Materials, is_list, is_usable
from chains.embedded.schooling import degree_text
from chains.embedded.tidy import capital, joined
from domain import Brief, Evidence, Sentence, SentenceKind, Verdict
from kinds import KINDS

_PERSONAL = re.compile(r"^(?:was|am|have|had|were|are)\b|\b(?:I|me|my|we|our|us)\b", re.IGNORECASE)


def render(
    brief: Brief,
    evidence_id: str,
    before: Sequence[Sentence] = (),
    paragraph: int | None = None,
    check: Callable[[Sentence], Verdict] | None = None,
) -> str | None:
    """One evidence item as a sentence, or None where it cannot be said honestly.

    Args:
        brief: Holds the profile; its persona decides between "I" and "we"; in a text nobody speaks.
        evidence_id: `e4`.
        before: The draft so far, so that the sentence goes on with it: "In the same role, I …".
        paragraph: The paragraph that the sentence will stand in.
        check: The gate; of several wordings the first that passes is given.
    """
    if brief.language == "en":
        texts = _texts(Materials(brief), evidence_id, before, paragraph)
    else:
        from chains.embedded.tongues import sentences_for

        texts = sentences_for(brief, evidence_id, before, paragraph)
    if check is None:
        return texts[0] if texts else None
    ids = (evidence_id,)
    here = [Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=ids) for text in texts]
    return next((sentence.text for sentence in here if check(sentence).supported), None)


def _texts(
    materials: Materials, evidence_id: str, before: Sequence[Sentence], paragraph: int | None
) -> list[str]:
    """Its wordings, best first."""
    item = materials.evidence.get(evidence_id)
    if item is None or materials.brief.language != "en":
        return []
    deeds = [deed for deed in materials.deeds_of(evidence_id)[:1] if deed.subject != "it"]
    if not deeds:
        text = _other(materials, item)
        return [f"{text}."] if text else []
    deed = deeds[0]
    if KINDS[materials.brief.kind].form == "text":
        bare = re.sub(r"^(?:am|was|were|are) (?:(?:an?|the) )?|^(?:have|had) ", "", deed.phrase)
        return [f"{capital(bare)}{tail}." for tail in dict.fromkeys((deed.tail, ""))]
    said, here = _said(materials, before, paragraph), [s.text for s in before if s.paragraph == paragraph]
    own = materials.brief.profile.organization
    found = frames(deed, materials.record_of(evidence_id), said, materials.services, own)
    found.sort(key=lambda frame: any(frame.text.split(",")[0] == text.split(",")[0] for text in here))
    tails = dict.fromkeys((deed.tail, ""))
    return [capital(f"{frame.text}{tail}.") for tail in tails for frame in found]


def _said(materials: Materials, before: Sequence[Sentence], paragraph: int | None) -> Said:
    """What the draft has told, and whose deed the sentence right before it is."""
    said = Said()
    for sentence in before:
        owners = [r for id_ in sentence.rests_on if (r := materials.record_of(id_)) is not None]
        said.told += [owner for owner in owners if owner not in said.told]
        goes_on = sentence.kind is SentenceKind.CLAIM and sentence.paragraph == paragraph and owners
        said.here = owners[0] if goes_on else None
    return said


def _other(materials: Materials, item: Evidence) -> str:
    record = materials.record_of(item.id)
    my = "our" if materials.services else "my"
    if item.type == "degree" and record is not None and not materials.services:
        return degree_text(record)
    if item.type == "certificate" and record is not None and record.title and not materials.services:
        return (
            f"I hold the {record.title} certificate"
            if "ertificat" not in record.title
            else f"I hold the {record.title}"
        )
    if item.type == "project" and item.skills and is_list(item.text, item.skills):
        link = next((each for each in item.links if is_usable(each)), "")
        is_text = KINDS[materials.brief.kind].form == "text"
        named = record.title if is_text and record is not None else ""
        return f"{named or f'One of {my} projects'} uses {joined(list(item.skills[:3]))}" + (
            f": {link}" if link else ""
        )
    if item.type == "skill" and item.skills:
        return f"{my.capitalize()} skills include {joined(list(item.skills[:3]))}"
    return ""
