"""A tailored résumé, on real parts: checked line by line, changed by the person, counted."""

import pytest

import outreach
from domain import Draft, DraftKind, Persona, Profile, SentenceKind
from errors import NothingMatches
from outreach import Opening, Options

POSTING = """Backend Engineer

At Tessel you will
- Move billing services to K8s
- Write Terraform modules for PostgreSQL

Requirements
- Python
- COBOL
"""
RESUME = Options(kind=DraftKind.TAILORED_RESUME)


@pytest.fixture(scope="module")
def sender() -> Profile:
    return outreach.sample_profile(Persona.JOB_SEEKER)


@pytest.fixture(scope="module")
def opening(sender: Profile) -> Opening:
    return outreach.examine(outreach.read(POSTING).postings[0], sender)


def tailored(opening: Opening, profile: Profile, options: Options = RESUME) -> Draft:
    *_, last = outreach.draft(opening, profile, options)
    assert isinstance(last, Draft)
    return last


def test_every_line_passes_and_names_its_source(opening: Opening, sender: Profile) -> None:
    draft = tailored(opening, sender)
    assert all(verdict.supported for verdict in draft.verdicts)
    claims = [s for s in draft.sentences if s.kind is SentenceKind.CLAIM]
    assert len(claims) == len(draft.receipt.evidence) - 3, "two roles and a degree stand in heads alone"
    assert "COBOL" not in outreach.body_text(draft)


def test_what_is_shown_and_what_is_left_out_is_all_there_is(opening: Opening, sender: Profile) -> None:
    draft = tailored(opening, sender)
    assert draft.resume is not None
    told = set(draft.receipt.evidence) | {each.evidence for each in draft.resume.left_out}
    assert told == {item.id for item in sender.evidence}


def test_a_skill_is_spelled_as_the_page_spells_it_and_the_person_may_refuse(
    opening: Opening, sender: Profile
) -> None:
    draft = tailored(opening, sender)
    line = next(d for d in outreach.differences(draft) if d.source == "Kubernetes")
    assert line.text == "K8s"
    assert [(piece.kind, piece.text) for piece in line.pieces] == [("gone", "Kubernetes "), ("new", "K8s")]
    index = next(i for i, change in enumerate(line.changes) if change.name == "their word")
    refused = outreach.accept(draft, opening, sender, line.evidence, index, False)
    again = next(d for d in outreach.differences(refused) if d.evidence == line.evidence)
    assert again.text == "Kubernetes"
    assert all(verdict.supported for verdict in refused.verdicts)
    assert outreach.accept(refused, opening, sender, line.evidence, index, True).sentences == draft.sentences


def test_a_moved_line_goes_back_into_its_place(opening: Opening, sender: Profile) -> None:
    draft = tailored(opening, sender)
    moved = next(d for d in outreach.differences(draft) if d.changes[0].name == "order" and d.entry)
    assert "answers" in moved.changes[0].reason
    back = outreach.accept(draft, opening, sender, moved.evidence, 0, False)
    assert [s.rests_on for s in back.sentences] != [s.rests_on for s in draft.sentences]
    assert sorted(s.rests_on for s in back.sentences) == sorted(s.rests_on for s in draft.sentences)


def test_a_change_that_is_not_there_is_refused(opening: Opening, sender: Profile) -> None:
    draft = tailored(opening, sender)
    with pytest.raises(KeyError):
        outreach.accept(draft, opening, sender, "e999", 0, True)


def test_coverage_never_passes_what_the_evidence_carries(opening: Opening, sender: Profile) -> None:
    resume = tailored(opening, sender).resume
    assert resume is not None
    coverage = resume.coverage
    assert coverage is not None
    assert coverage.after is not None
    assert coverage.before <= coverage.after <= coverage.ceiling
    assert "COBOL" in {keyword.text for keyword in coverage.missing}


def test_without_evidence_there_is_no_resume(opening: Opening, sender: Profile) -> None:
    empty = sender.model_copy(update={"evidence": (), "records": ()})
    with pytest.raises(NothingMatches):
        tailored(opening, empty)
