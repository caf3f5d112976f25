"""One evidence item as one full true sentence: what stands in when a writer's own wording was refused."""

import re

from chains.embedded.deed import Deed
from chains.embedded.frames import Said, frames
from chains.embedded.materials import Materials, is_list, is_usable
from chains.embedded.schooling import degree_text
from chains.embedded.tidy import capital, joined
from domain import Brief, Evidence
from kinds import KINDS

_PERSONAL = re.compile(r"^(?:was|am|have|had|were|are)\b|\b(?:I|me|my|we|our|us)\b", re.IGNORECASE)


def render(brief: Brief, evidence_id: str) -> str | None:
    """One evidence item as a sentence, or None where it cannot be said honestly.

    Args:
        brief: Holds the profile; its persona decides between "I" and "we".
        evidence_id: `e4`.
    """
    if brief.language != "en":
        from chains.embedded.tongues import sentence_for

        return sentence_for(brief, evidence_id)
    materials = Materials(brief)
    item = materials.evidence.get(evidence_id)
    if item is None:
        return None
    deeds = materials.deeds_of(evidence_id)
    if KINDS[brief.kind].form == "text":
        return _without_person(deeds[0]) if deeds else None
    if deeds and deeds[0].subject != "it":
        own = brief.profile.organization
        found = frames(deeds[0], materials.record_of(evidence_id), Said(), materials.services, own)
        return capital(f"{found[0].text}{deeds[0].tail}.") if found else None
    text = _other(materials, item)
    return f"{text}." if text else None


def _without_person(deed: Deed) -> str | None:
    """As a résumé says it: "Moved 14 services to Kubernetes." """
    said = f"{deed.phrase}{deed.tail}"
    if deed.subject not in ("I", "we") or _PERSONAL.search(said):
        return None
    return f"{capital(said)}."


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
        return f"One of {my} projects uses {joined(list(item.skills[:3]))}" + (f": {link}" if link else "")
    if item.type == "skill" and item.skills:
        return f"{my.capitalize()} skills include {joined(list(item.skills[:3]))}"
    return ""
