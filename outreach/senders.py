"""Who is writing: profiles made of forms and documents."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import matching
import profiles
from domain import Document, Evidence, EvidenceType, Persona, Profile, SourceSpan
from outreach.skills import with_skills


@lru_cache(maxsize=len(Persona))
def sample_profile(persona: Persona) -> Profile:
    """An invented sender to try Inroad with."""
    return with_skills(profiles.sample(persona))


def profile_from_form(fields: Mapping[str, str]) -> Profile:
    """A profile from the short form; the keys are those of `profiles.Form`."""
    return with_skills(profiles.from_form(profiles.Form.model_validate(fields)))


def read_evidence(
    name: str, data: bytes, parser: str = profiles.AUTOMATIC, progress: profiles.Progress | None = None
) -> tuple[Document, Profile]:
    """A document that a person brings, and the profile it holds, its items' skills named.

    Args:
        name: The file's name.
        data: Its bytes.
        parser: Which parser reads its layout, by a name of `parsers`.
        progress: Called with (done, total) rows of a long table.

    Raises:
        DocumentError: when it cannot be read; says why, and what works instead.
    """
    document, profile = profiles.read_document(data, name, parser, progress)
    return document, with_skills(profile)


WRITTEN = "Written by you"
"""The document that holds what a person says in their own words, one thing at a time."""

_SHORT = 4  # words up to which something said of no role or project counts as a skill


def own_words(text: str, record: str = "") -> tuple[Document, Evidence]:
    """One thing that a person says of themselves, as an item of evidence, and the document it goes into.

    Args:
        text: What they say, on one line.
        record: The id of the record that it belongs to; empty for none.
    """
    type_: EvidenceType = "skill" if len(text.split()) < _SHORT and not record else "bullet"
    source = SourceSpan(document=WRITTEN)
    item = Evidence(id="e1", type=type_, text=text, record=record or None, source=source)
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    return Document(name=WRITTEN, digest=digest, format="Form", text=text), item


def parsers() -> tuple[profiles.Parser, ...]:
    """The ways to read the layout of a document, each with what it is for."""
    return tuple(profiles.PARSERS.values())


def profile_from_upload(name: str, data: bytes, base: Profile | None = None) -> Profile:
    """The profile of an uploaded file, after the evidence of `base` where there is one.

    Raises:
        DocumentError: when the file is not what it should be.
    """
    _, uploaded = read_evidence(name, data)
    return with_skills(uploaded if base is None else profiles.merge(base, uploaded))


def add_portfolio(name: str, data: bytes, base: Profile | None = None) -> Profile:
    """The profile with the projects of a portfolio CSV; without a `base`, a sender who has nothing else.

    Raises:
        DocumentError: when the file is no portfolio.
    """
    portfolio = profiles.read_portfolio(data, name)
    return with_skills(profiles.combine(base or profiles.from_form(profiles.Form()), portfolio))


def remove_evidence(profile: Profile, evidence_id: str) -> Profile:
    """The profile without one item."""
    kept = tuple(item for item in profile.evidence if item.id != evidence_id)
    return profile.model_copy(update={"evidence": kept})


def forget(profile: str) -> None:
    """Delete what is derived from a kept profile, by its id: its vectors.

    Raises:
        StoreError: when the place that keeps them cannot be reached.
    """
    matching.forget(profile)


def keep_only(profiles: Iterable[str]) -> int:
    """Delete what this process has derived from all other profiles than these, which are gone.

    Returns of how many. On a server that several processes share, who deletes a profile deletes all.
    """
    return matching.keep_only(profiles)
