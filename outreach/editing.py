"""Checks of a text that a person has changed, as they type and before it is taken away."""

from collections.abc import Sequence

import grounding
import tagging
from domain import DraftKind, Noun, Profile, Sentence, Verdict
from language import tongues
from outreach.briefs import Options, brief_for
from outreach.ranking import Opening


class Edited(Noun):
    """One sentence of a text that a person changed, its verdict, and its sources where it has some."""

    text: str
    verdict: Verdict
    rests_on: tuple[str, ...] = ()


class Finished(Noun):
    """A text as it is about to be taken away.

    `on_their_word` are sentences that only the person vouches for; `faults` are those of the subject and of
    the whole.
    """

    sentences: tuple[Edited, ...]
    on_their_word: tuple[str, ...] = ()
    faults: tuple[Verdict, ...] = ()
    may_go_out: bool = False


def check_edit(opening: Opening, profile: Profile, kind: DraftKind, text: str) -> tuple[Edited, ...]:
    """Check a text that a person changed, sentence by sentence, against all of their evidence.

    It is checked in the language that it is written in.
    """
    brief = brief_for(opening, profile, Options(kind=kind, language=tongues.tongue_of(text)))
    return _edited(grounding.read_edit(text, brief, tagging.find_skills))


def _edited(told: Sequence[tuple[Sentence, Verdict]]) -> tuple[Edited, ...]:
    return tuple(
        Edited(text=s.text, verdict=verdict, rests_on=s.rests_on if verdict.supported else ())
        for s, verdict in told
    )


def check_document(
    opening: Opening,
    profile: Profile,
    kind: DraftKind,
    subject: str,
    body: str,
    their_word: Sequence[str] = (),
) -> Finished:
    """Check a finished text before it is taken away: each sentence, the subject, and the whole.

    Args:
        opening: For which it was written.
        profile: Whose evidence it rests on.
        kind: What it is.
        subject: Empty for a text without one.
        body: As it will go out.
        their_word: Sentences that the person vouches for, word for word.
    """
    brief = brief_for(opening, profile, Options(kind=kind, language=tongues.tongue_of(body)))
    found = grounding.check_document(subject, body, brief, tagging.find_skills, their_word)
    return Finished(
        sentences=_edited(found.sentences),
        on_their_word=found.on_their_word,
        faults=found.faults,
        may_go_out=found.may_go_out,
    )


def check_subject(opening: Opening, profile: Profile, kind: DraftKind, subject: str) -> Verdict:
    """Check the subject that a person wrote."""
    return grounding.check_subject(
        subject, brief_for(opening, profile, Options(kind=kind)), tagging.find_skills
    )
