"""What a person makes of a draft: each line that nothing supports, and the four ways on from it."""

import base64
import io
import json
import zipfile
from typing import Any

import pytest

from domain import SentenceKind
from interface.desk import Desk, View
from interface.session import Session
from interface.views import editing, letter
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_verbs import answer, body_with, do, drafted

LED = "I also led the Terraform modules for PostgreSQL used by four teams."
SUBJECT = "Platform engineer: billing onto Kubernetes"
BODY = body_with("also wrote", "also led")


def edited(desk: Desk, name: str, session: Session | None = None, **said: str) -> View:
    session = session or do(desk, drafted(desk), "edit")[-1].session
    message: dict[str, Any] = {"words": LED, "subject": SUBJECT, "body": BODY, **said}
    return do(desk, session, name, **message)[-1]


def taken(view: View) -> bytes:
    return base64.b64decode(answer(view)["data"])


def kept_profile(desk: Desk) -> Session:
    """A session with evidence of its own, read from the form."""
    view = do(desk, desk.first(), "save-form", name="Ada", experience="Wrote the Terraform modules.")[-1]
    return do(desk, view.session, "read", source="https://one.example/job")[-1].session


# --- one line ------------------------------------------------------------------------------------------


def test_a_line_without_a_source_says_why_and_offers_four_ways(desk: Desk) -> None:
    view = edited(desk, "check", n="1")
    changes = answer(view)["changes"]
    for words in ("“led”", "“led” is more than “wrote”.", "Your evidence says “wrote”."):
        assert words in changes
    for way in ("edit-undo-one", "edit-add", "edit-keep", "edit-remove"):
        assert f'data-do="{way}"' in changes


def test_what_a_line_says_of_its_reader_alone_is_not_offered_as_evidence() -> None:
    assert editing.changes(_edit("Your team is led by Ann."), ())
    assert "edit-add" not in editing.changes(_edit("Your team is led by Ann."), ())
    assert "edit-add" in editing.changes(_edit("I saw your team being led."), ())
    assert "edit-add" in editing.changes(_edit("Ich habe sieben Leute geführt."), ())


def _edit(words: str) -> editing.Edit:
    from domain import Verdict

    line = editing.Line(words=words, verdict=Verdict(supported=False, reason="No."))
    return editing.Edit(subject="", body=words, paragraphs=(((line,),),))


def test_a_line_added_to_the_sample_is_evidence_for_this_visit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.check_edit", checked_against_evidence)
    view = edited(desk, "edit-add")
    session = view.session
    assert session.edit is not None
    assert not session.edit.unsupported
    item = session.profile.evidence[-1]
    assert item.text == LED
    assert item.record == "r1", "it belongs to the role of the sentence that it came from"
    assert session.edit.sources == {LED: item.id}
    assert not session.is_stale
    stage = view.stage or ""
    assert "Added to the sample, for this visit. You are its source." in stage
    assert f'data-card="{item.id}"' in stage
    assert "Written by you" in stage
    assert session.person
    assert not desk.store.profiles(session.person)


def test_a_line_added_to_evidence_of_ones_own_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outreach.check_edit", checked_against_evidence)
    session = do(desk, kept_profile(desk), "edit")[-1].session
    view = edited(desk, "edit-add", session)
    assert "Added to your evidence." in (view.stage or "")
    assert view.session.kept is not None
    texts = [item.evidence.text for item in desk.store.load(session.person, view.session.kept.id).items]
    assert texts == ["Wrote the Terraform modules.", LED]
    assert view.session.edit is not None
    assert not view.session.edit.unsupported
    assert not view.session.is_stale


def checked_against_evidence(chosen: Any, profile: Any, kind: Any, text: str) -> tuple[Any, ...]:
    """The fake's verdicts, but for lines that stand among the evidence as they are."""
    known = {item.text for item in profile.evidence}
    found = fake.check_edit(chosen, profile, kind, text)
    return tuple(
        each.model_copy(update={"verdict": each.verdict.model_copy(update={"supported": True})})
        if each.text in known
        else each
        for each in found
    )


def test_a_line_added_though_the_store_is_gone_leaves_the_letter_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from errors import StoreError

    session = do(desk, kept_profile(desk), "edit")[-1].session

    def broken(*_: object) -> None:
        raise StoreError("It could not be saved.", "Try again.")

    monkeypatch.setattr("interface.keeping.put_words", broken)
    view = edited(desk, "edit-add", session)
    assert "It could not be saved." in (view.stage or "")
    assert "I also led" in (view.stage or "")


def test_a_line_can_be_removed(desk: Desk) -> None:
    view = edited(desk, "edit-remove")
    assert view.session.edit is not None
    assert view.session.edit.body == body_with(
        " I also wrote the Terraform modules for PostgreSQL used by four teams.", ""
    )


@pytest.mark.parametrize(
    ("letter_", "line", "left"),
    [
        ("A. B. C.", "B.", "A. C."),
        ("A.\n\nB.\n\nC.", "B.", "A.\n\nC."),
        ("A.\nB.\nC.", "B.", "A.\nC."),
        ("A. B.", "B.", "A."),
        ("A. B.\n\nC.", "B.", "A.\n\nC."),
        ("A.", "A.", ""),
        ("A.", "", "A."),
    ],
)
def test_no_gap_is_left_where_a_line_was(letter_: str, line: str, left: str) -> None:
    assert editing.without(line, letter_) == left


def test_a_kept_line_is_marked_as_the_persons_own_with_its_numbers(desk: Desk) -> None:
    body = body_with("also wrote", "also led 12")
    line = LED.replace("led", "led 12")
    view = edited(desk, "edit-keep", words=line, body=body)
    stage = view.stage or ""
    assert '<b class="num">12</b>' in stage
    assert '<span class="mk own">yours</span>' in stage
    assert "1 line is yours" in stage
    # Typed on, it is another line, and nobody vouched for that one.
    again = do(desk, view.session, "check", n="2", subject=SUBJECT, body=body.replace("12", "120"))[-1]
    assert again.session.edit is not None
    assert len(again.session.edit.unsupported) == 1


# --- the subject -----------------------------------------------------------------------------------------


ODD = "Platform engineer with 20 years of Rust"


def test_a_subject_that_says_what_the_page_does_not_is_marked(desk: Desk) -> None:
    found = answer(edited(desk, "check", subject=ODD, body=body_with("", ""), n="1"))
    assert found["odd"]
    assert "Subject: “20”" in found["changes"]
    assert not answer(edited(desk, "check", n="1"))["odd"]


def test_a_subject_is_undone_or_vouched_for(desk: Desk) -> None:
    undone = edited(desk, "edit-undo-subject", subject=ODD).session
    assert undone.edit is not None
    assert undone.edit.subject == SUBJECT
    kept = edited(desk, "edit-keep-subject", subject=ODD).session
    assert kept.edit is not None
    assert not kept.edit.odd_subject
    told = json.loads(taken(do(desk, kept, "export", form="receipt-json", n="1")[-1]))
    assert f"Subject: {ODD}" in told["own_word"]


def test_a_finished_letter_with_such_a_subject_says_so(desk: Desk) -> None:
    done = edited(desk, "edit-done", subject=ODD, body=body_with("", ""))
    assert f"Subject: {ODD}" in (done.stage or "")
    told = json.loads(taken(do(desk, done.session, "export", form="receipt-json", n="1")[-1]))
    assert told["no_source"] == [f"Subject: {ODD}"]


# --- the finished letter ---------------------------------------------------------------------------------


def test_a_finished_letter_names_its_lines_without_a_source_and_can_be_taken_all_the_same(desk: Desk) -> None:
    view = edited(desk, "edit-done")
    assert "1 line has no source." in (view.stage or "")
    assert LED in (view.stage or "")
    assert "data-copy disabled" not in (view.stage or "")
    told = json.loads(taken(do(desk, view.session, "export", form="receipt-json", n="1")[-1]))
    assert told["no_source"] == [LED]
    assert taken(do(desk, view.session, "export", form="eml", n="1")[-1])


def test_a_finished_letter_is_looked_at_as_a_whole(desk: Desk) -> None:
    body = body_with("useful to you?", "useful to you? See https://elsewhere.example.")
    done = edited(desk, "edit-done", body=body)
    assert "This link or address is not among yours." in (done.stage or "")


def test_what_is_checked_last_is_what_was_typed_last(desk: Desk) -> None:
    session = do(desk, drafted(desk), "edit")[-1].session
    view = do(desk, session, "edit-done", subject=SUBJECT, body=BODY)[-1]  # no check in between
    assert view.session.edit is not None
    assert [line.words for line in view.session.edit.unsupported] == [LED]


def test_the_receipt_says_what_is_the_persons_own_word(desk: Desk) -> None:
    kept = edited(desk, "edit-keep").session
    done = do(desk, kept, "edit-done", subject=SUBJECT, body=BODY)[-1]
    assert f'Your word</dt><dd dir="auto">{LED}' in (done.stage or "")
    told = json.loads(taken(do(desk, done.session, "export", form="receipt-json", n="1")[-1]))
    assert told["own_word"] == [LED]
    assert told["no_source"] == []
    assert told["subject"] == SUBJECT


def test_the_receipt_of_an_untouched_draft_gives_each_claim_its_evidence(desk: Desk) -> None:
    told = json.loads(taken(do(desk, drafted(desk), "export", form="receipt-json", n="1")[-1]))
    claims = [s for s in fake.sentences() if s.kind is SentenceKind.CLAIM]
    assert [x["text"] for x in told["lines"] if x["stands_on"] == "evidence"] == [s.text for s in claims]
    assert all(x["sources"] for x in told["lines"] if x["stands_on"] in ("evidence", "page"))
    assert told["evidence"] == ["e1", "e2", "e4"]


def test_everything_at_once_is_every_form_and_both_receipts(desk: Desk) -> None:
    found = do(desk, drafted(desk), "export", form="zip", n="1")[-1]
    assert answer(found)["name"].endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(taken(found))) as archive:
        suffixes = {name.partition(".")[2] for name in archive.namelist()}
        assert {"eml", "docx", "md", "receipt.json", "receipt.html"} <= suffixes
        html = next(archive.read(n).decode() for n in archive.namelist() if n.endswith(".html"))
    assert "How this cold email was made" in html


def test_a_form_of_download_that_does_not_exist_is_said(desk: Desk) -> None:
    assert "does not exist" in (do(desk, drafted(desk), "export", form="exe", n="1")[-1].stage or "")


def test_marks_of_what_was_added_go_on_from_those_of_the_draft() -> None:
    marks = letter.numbered(fake.sentences(), fake.posting())
    from domain import Verdict

    line = editing.Line(words="I did it.", verdict=Verdict(supported=True))
    edit = editing.Edit(subject="", body="I did it.", paragraphs=(((line,),),), sources={"I did it.": "e9"})
    more = editing.with_added(marks, edit, fake.posting())
    assert more == {**marks, "e9": "4"}
    assert 'data-src="e9"' in editing.body(edit, more)


def test_a_new_line_that_evidence_supports_is_marked_with_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = "I took part in the on-call rota."

    def checked(chosen: Any, profile: Any, kind: Any, body: str) -> tuple[Any, ...]:
        found = fake.check_edit(chosen, profile, kind, body)
        return tuple(
            each.model_copy(update={"rests_on": ("e3",) if each.text == new else ()}) for each in found
        )

    monkeypatch.setattr("outreach.check_edit", checked)
    body = body_with("four teams.", f"four teams. {new}")
    found = answer(edited(desk, "check", body=body, n="1"))
    assert 'data-src="e3"' in found["letter"]
    done = edited(desk, "edit-done", body=body)
    assert 'data-card="e3"' in (done.stage or "")
    told = json.loads(taken(do(desk, done.session, "export", form="receipt-json", n="1")[-1]))
    assert next(line for line in told["lines"] if line["text"] == new)["sources"][0]["id"] == "e3"
