"""A finished text is checked before it is taken away: subject, sentences, the whole, the person's word."""

from grounding import check_document
from tests.grounding.grounding_sender import brief, find_skills

BODY = """Hello Arkway team,

You list Go, Kafka, and Redis for the Platform Engineer role. \
At Northwind Freight, I migrated 14 services to Kubernetes, cutting deploy time from 40 to 6 minutes. \
In the same role, I led a team of 5 engineers and mentored 3 junior developers.

Is this close to what you need?

Best regards,
Ines Arvo"""
SUBJECT = "Platform Engineer at Arkway"
LIE = "I invented Kafka."


def test_a_text_that_its_evidence_carries_may_go_out() -> None:
    found = check_document(SUBJECT, BODY, brief(), find_skills)
    assert found.unsupported == ()
    assert found.may_go_out, found.faults


def test_a_sentence_without_a_source_is_named() -> None:
    found = check_document(SUBJECT, BODY.replace("Is this", f"{LIE}\n\nIs this"), brief(), find_skills)
    assert found.unsupported == (LIE,)
    assert not found.may_go_out


def test_a_persons_word_is_told_apart_from_evidence() -> None:
    text = BODY.replace("Is this", f"{LIE}\n\nIs this")
    found = check_document(SUBJECT, text, brief(), find_skills, their_word={LIE})
    assert found.on_their_word == (LIE,)
    assert found.may_go_out
    changed = check_document(SUBJECT, text.replace("Kafka.", "Go."), brief(), find_skills, their_word={LIE})
    assert changed.unsupported == ("I invented Go.",)


def test_nobody_vouches_for_what_cannot_be_seen() -> None:
    hidden = "I invented Ka\u200bfka."
    text = BODY.replace("Is this", f"{hidden}\n\nIs this")
    assert check_document(SUBJECT, text, brief(), find_skills, their_word={hidden}).unsupported == (hidden,)


def test_subject_and_whole_are_looked_at() -> None:
    assert not check_document("HIRE ME NOW", BODY, brief(), find_skills).may_go_out
    twice = BODY.replace("Best regards", "Is this close to what you need?\n\nBest regards")
    reasons = [fault.reason for fault in check_document(SUBJECT, twice, brief(), find_skills).faults]
    assert any("twice" in reason for reason in reasons)
    stranger = BODY.replace("Ines Arvo", "https://evil.example/x")
    assert not check_document(SUBJECT, stranger, brief(), find_skills).may_go_out
