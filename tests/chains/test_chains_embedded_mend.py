"""Repair: a draft of which lines were refused has no holes, and what stands in their place reads on."""

from collections.abc import Sequence

import pytest

from chains import mend, render
from chains.embedded.resume_summary import impersonal
from domain import Brief, DraftKind, Sentence, SentenceKind
from grounding import Gate
from kinds import words_of
from tagging import find_skills
from tests.briefs import make_brief

S, F, R, C = SentenceKind.SUBJECT, SentenceKind.FORMULA, SentenceKind.RECIPIENT, SentenceKind.CLAIM
ASK = (SentenceKind.INTENT, "Is this close to what you need?", (), 3)
HEAD = ((S, "Platform Engineer at Arkway", ("p0",), 0), (F, "Hello Arkway team,", (), 0))
TAIL = ((F, "Best regards,", (), 4), (F, "Maya Lindqvist", (), 4))
OPENER = (R, "Arkway is hiring a Platform Engineer to move your batch jobs to Kubernetes.", ("p0", "p2"), 1)
MOVED = (C, "At Northwind, I moved 14 services to Kubernetes.", ("e1",), 1)
PYTHON = (R, "You also ask for experience with Python APIs.", ("p4",), 2)
API = "I built a billing API in Python that serves about 900 requests per second."
BUILT = (C, f"At Osier Health, {API}", ("e3",), 2)
Line = tuple[SentenceKind, str, Sequence[str], int]


def typed(*lines: Line) -> list[Sentence]:
    return [
        Sentence(kind=kind, text=text, rests_on=tuple(ids), paragraph=paragraph)
        for kind, text, ids, paragraph in lines
    ]


def mended(*lines: Line, brief: Brief | None = None) -> list[Sentence]:
    brief = brief or make_brief()
    gate = Gate(brief, find_skills)
    whole = mend(brief, gate.check, typed(*HEAD, *lines, *TAIL))
    for sentence in whole:
        assert gate.admit(sentence, lambda _: None).sentence is not None, sentence
    return list(whole)


def test_what_passed_is_kept_in_its_order() -> None:
    texts = [s.text for s in mended(OPENER, MOVED, PYTHON, BUILT, ASK)]
    kept = [line[1] for line in (*HEAD, OPENER, MOVED, PYTHON, BUILT)]
    assert texts[: len(kept)] == kept
    assert texts[-2:] == ["Best regards,", "Maya Lindqvist"]


def test_a_need_whose_answer_was_refused_is_answered_otherwise() -> None:
    texts = [s.text for s in mended(OPENER, MOVED, PYTHON, ASK)]
    after = texts[texts.index(PYTHON[1]) + 1]
    assert "built a billing API in Python" in after


def test_a_need_that_nothing_answers_is_not_brought_up() -> None:
    lonely: Line = (R, "Your page also asks for the Terraform code of the billing platform.", ("p3",), 2)
    brief = make_brief(answers={"p2": ("e1",), "p4": ("e3",)})
    texts = [s.text for s in mended(OPENER, MOVED, lonely, ASK, brief=brief)]
    assert lonely[1] not in texts


def test_a_sentence_left_alone_joins_the_paragraph_before() -> None:
    alone: Line = (
        C,
        f"Before that, at Osier Health, {API}",
        ("e3",),
        2,
    )
    whole = mended(OPENER, MOVED, alone, ASK)
    place = next(s.paragraph for s in whole if s.text == alone[1])
    assert place == next(s.paragraph for s in whole if s.text == MOVED[1])
    told = [s.paragraph for s in whole]
    assert sorted(set(told)) == list(range(max(told) + 1))


def test_a_lost_question_is_asked_and_a_short_draft_filled() -> None:
    brief = make_brief()
    whole = mended(OPENER, MOVED, brief=brief)
    said = [s for s in whole if s.kind not in (S, F)]
    assert sum(s.text.endswith("?") for s in said) == 1
    assert said[-1].text.endswith("?")
    assert sum(len(s.text.split()) for s in said) >= words_of(brief.kind).least
    claims = [s.rests_on for s in said if s.kind is C]
    assert len(claims) == len(set(claims)) > 1


def test_nothing_about_the_sender_is_no_draft_to_mend() -> None:
    assert mended(OPENER, ASK) == []


def test_a_repair_goes_on_with_its_paragraph() -> None:
    brief = make_brief()
    gate = Gate(brief, find_skills)
    before = typed(OPENER, MOVED)
    same = render(brief, "e2", before, 1, gate.check)
    assert same is not None
    assert not same.startswith("At Northwind")
    elsewhere = render(brief, "e2", before, 2, gate.check)
    assert elsewhere is not None
    assert "Northwind" in elsewhere
    assert "In the same role" not in elsewhere


def test_nobody_speaks_in_the_repair_of_a_summary() -> None:
    said = render(make_brief(kind=DraftKind.RESUME_SUMMARY), "e1")
    assert said == "Moved 14 services to Kubernetes, cutting deploy time from 40 to 6 minutes."


def test_a_message_that_lost_its_opening_opens_with_them() -> None:
    whole = mended(MOVED, PYTHON, BUILT, ASK)
    first = next(s for s in whole if s.kind not in (S, F))
    assert first.kind is R
    assert "Arkway" in first.text


def test_what_is_said_twice_is_said_once() -> None:
    again: Line = (C, "As a Platform Engineer at Northwind, I moved 14 services to Kubernetes.", ("e1",), 2)
    texts = [s.text for s in mended(OPENER, MOVED, again, PYTHON, BUILT, ASK)]
    assert again[1] not in texts


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("At Tarn, I also built 4 boats.", "At Tarn: built 4 boats."),
        ("I am a boat builder with 9 years at sea.", "Boat builder with 9 years at sea."),
        ("My skills include Go and Kafka.", "Skills: Go and Kafka."),
        ("Built 4 boats.", "Built 4 boats."),
    ],
)
def test_in_a_summary_nobody_speaks(spoken: str, written: str) -> None:
    assert impersonal(spoken) == written
