"""A tailored résumé on the page: the document, what differs beside it, and a person's say on each change."""

import base64
import re
from dataclasses import replace

import pytest

import outreach
from domain import Draft, DraftKind, LeftOut, Persona, Resume, ResumeEntry, ResumeLine, ResumeSection
from interface.desk import Desk
from interface.session import Session
from interface.views import resume
from outreach import Difference
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_verbs import answer, do
from tests.interface.test_interface_views import Tags, page

SAMPLE = outreach.SAMPLES[0].url
REAL = {name: getattr(outreach, name) for name in ("draft", "examine", "sample_profile", "coverage")}


def difference(**changes: object) -> Difference:
    from domain import Change, Piece

    values = {
        "evidence": "e1",
        "heading": "Experience",
        "entry": "Engineer",
        "source": "Successfully moved 14 services.",
        "text": "Moved 14 services.",
        "pieces": (
            Piece(kind="gone", text="Successfully moved"),
            Piece(kind="new", text="Moved"),
            Piece(kind="same", text=" 14 services."),
        ),
        "changes": (Change(name="puff", reason="says nothing (p4)"),),
        **changes,
    }
    return Difference.model_validate(values)


def moved(evidence: str, words: str) -> Difference:
    return difference(
        evidence=evidence,
        heading="Skills",
        entry="",
        source=words,
        text=words,
        pieces=({"kind": "same", "text": words},),
        changes=({"name": "order", "reason": "put first: the page asks for it"},),
    )


# --- what is shown ---------------------------------------------------------------------------------------


def test_the_line_of_the_source_stands_beside_the_new_one_with_what_parts_them() -> None:
    html = resume.changes([difference()])
    assert '<dt>Yours</dt><dd dir="auto"><del>Successfully moved</del> 14 services.</dd>' in html
    assert '<dt>Here</dt><dd dir="auto"><ins>Moved</ins> 14 services.</dd>' in html
    assert "Says nothing.</span>" in html, "without the id of a line of the page"
    assert "1 of 1 change accepted" in html
    assert 'data-do="resume-accept" data-items="e1" data-change="0" data-on="">Refuse' in html


def test_a_refused_change_can_be_accepted_again_and_marks_nothing() -> None:
    refused = difference(changes=({"name": "puff", "reason": "says nothing", "accepted": False},))
    html = resume.changes([refused])
    assert 'data-on="yes">Accept' in html
    assert "0 of 1 change accepted" in html
    assert resume.marks([refused]) == {}


def test_skills_that_were_moved_are_one_decision() -> None:
    found = [moved("e1", "Go"), moved("e2", "Rust"), difference(evidence="e3")]
    assert resume.marks(found) == {"e1": "1", "e2": "1", "e3": "2"}
    assert 'data-items="e1 e2"' in resume.changes(found)


def test_nothing_changed_is_said() -> None:
    assert resume.NOTHING in resume.changes([])


def test_what_was_left_out_has_its_reason_and_a_way_back() -> None:
    html = resume.left_out((LeftOut(evidence="e9", text="Ran a café.", reason="no room on two pages"),))
    assert "1 line" in html
    assert "No room on two pages." in html
    assert 'data-do="resume-put-back" data-item="e9"' in html
    assert resume.left_out(()) == ""


def test_a_strangers_words_are_text() -> None:
    bad = fake.HOSTILE
    line = ResumeLine(evidence="e1", source=bad, text=bad)
    section = ResumeSection(name="skills", heading=bad, entries=(ResumeEntry(lines=(line,)),))
    made = Resume(name=bad, headline=bad, goal=bad, email=bad, sections=(section,))
    html = resume.document(made, {"e1": "1"}) + resume.left_out(
        (LeftOut(evidence=bad, text=bad, reason=bad),)
    )
    html += resume.changes([difference(source=bad, text=bad, heading=bad, entry=bad)])
    assert not [tag for tag, _ in Tags(html).tags if tag == "img"]


# --- what a person can do, with the real thing behind it --------------------------------------------------


@pytest.fixture
def tailored(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A résumé of the real sample for a real sample page."""
    for name, real in REAL.items():
        monkeypatch.setattr(outreach, name, real)
    read = outreach.read(SAMPLE)
    who = outreach.sample_profile(Persona.JOB_SEEKER)
    chosen = outreach.examine(read.postings[0], who)
    begun = replace(desk.first(), profile=who, reading=read, openings=(chosen,), chosen=chosen)
    session = do(desk, replace(begun, kind=DraftKind.TAILORED_RESUME), "write-again")[-1].session
    assert session.draft is not None
    return session


def test_a_resume_is_shown_as_a_document_without_subject_or_edit(tailored: Session, desk: Desk) -> None:
    stage = do(desk, tailored, "resume-all", on="yes")[-1].stage or ""
    assert "Maya Lindqvist" in stage
    assert "What changed" in stage
    assert "Subject" not in stage
    assert 'data-do="edit"' not in stage
    for form in ("docx", "pdf", "receipt-html", "zip"):
        assert f'data-export="{form}"' in stage
    assert 'id="plain" hidden' in stage


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("md", b"# Maya Lindqvist")])
def test_a_resume_is_downloaded_as_a_document(
    tailored: Session, desk: Desk, form: str, begins: bytes
) -> None:
    found = answer(do(desk, tailored, "export", form=form, n="1")[-1])
    assert found["name"].endswith(f".{form}")
    assert base64.b64decode(found["data"]).startswith(begins)


def test_one_change_is_refused_and_taken_back(tailored: Session, desk: Desk) -> None:
    assert tailored.draft is not None
    first = outreach.differences(tailored.draft)[0]
    refused = do(desk, tailored, "resume-accept", items=first.evidence, change="0", on="")[-1].session
    assert refused.draft is not None
    now = next(d for d in outreach.differences(refused.draft) if d.evidence == first.evidence)
    assert not now.changes[0].accepted
    again = do(desk, refused, "resume-accept", items=first.evidence, change="0", on="yes")[-1].session
    assert again.draft is not None
    assert again.draft.resume == tailored.draft.resume


def test_keep_mine_refuses_everything(tailored: Session, desk: Desk) -> None:
    view = do(desk, tailored, "resume-all", on="")[-1]
    assert view.session.draft is not None
    changes = [c for d in outreach.differences(view.session.draft) for c in d.changes]
    assert changes
    assert not any(change.accepted for change in changes)
    assert re.search(r"0 of \d+ changes? accepted", view.stage or "")


def test_what_was_left_out_is_put_back_where_its_source_has_it(tailored: Session, desk: Desk) -> None:
    assert tailored.draft is not None
    assert tailored.draft.resume is not None
    without = _without(tailored.draft, "e2")
    session = do(desk, Session(**{**vars(tailored), "draft": without}), "resume-put-back", item="e2")[
        -1
    ].session
    assert session.draft is not None
    assert session.draft.resume is not None
    assert not session.draft.resume.left_out
    assert "e2" in {
        line.evidence for s in session.draft.resume.sections for e in s.entries for line in e.lines
    }
    assert "e2" in session.draft.receipt.evidence


def _without(made: Draft, evidence: str) -> Draft:
    """The draft as if one item had had no room."""
    assert made.resume is not None
    left = LeftOut(
        evidence=evidence,
        text="Wrote the Terraform modules for PostgreSQL used by four teams.",
        reason="no room",
    )
    sections = tuple(
        s.model_copy(
            update={
                "entries": tuple(
                    e.model_copy(update={"lines": tuple(x for x in e.lines if x.evidence != evidence)})
                    for e in s.entries
                )
            }
        )
        for s in made.resume.sections
    )
    return made.model_copy(
        update={"resume": made.resume.model_copy(update={"sections": sections, "left_out": (left,)})}
    )


def test_a_decision_about_what_is_no_longer_there_is_said(tailored: Session, desk: Desk) -> None:
    assert "This was decided already." in (do(desk, tailored, "resume-put-back", item="e99")[-1].stage or "")
    gone = do(desk, desk.first(), "resume-accept", items="e1", change="0")[-1]
    assert "This résumé is no longer here." in (gone.stage or "")


def test_the_letter_of_another_kind_has_its_subject_still() -> None:
    from interface.views import draft

    assert "Subject" in draft.screen(page())
    assert "Subject" not in draft.screen(page(kind=DraftKind.RESUME_SUMMARY))
