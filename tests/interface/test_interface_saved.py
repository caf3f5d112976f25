"""Saved drafts: kept by themselves, found, opened as they were, and what became of them."""

import asyncio
import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import outreach
from domain import Draft, DraftKind
from errors import StoreError
from interface import bulk
from interface.desk import Desk, Turn, View
from interface.session import Said, Session
from settings import Environment, Settings
from store import SavedDraft, body_of
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_verbs import answer, do, drafted, never


def kept(desk: Desk, session: Session) -> tuple[SavedDraft, ...]:
    return desk.store.history.list(session.person)[0]


def saved_page(desk: Desk, session: Session, name: str = "saved", /, **said: str) -> tuple[Session, str]:
    view = do(desk, session, name, **said)[-1]  # type: ignore[arg-type]  # none is called "stopped"
    assert view.saved is not None
    return view.session, view.saved


def rows(html: str) -> int:
    return len(re.findall(r"<tr role=\"row\" data-draft", html))


# --- keeping --------------------------------------------------------------------------------------------


def test_every_finished_draft_is_kept_by_itself(desk: Desk) -> None:
    session = drafted(desk)
    (one,) = kept(desk, session)
    assert session.saved == one.id
    assert (one.title, one.company, one.kind) == ("Platform Engineer", "Northwind Health", session.kind)
    assert one.sources == 3


def test_a_draft_written_again_is_a_version_of_the_same_one(desk: Desk) -> None:
    first = drafted(desk)
    again = do(desk, first, "write-again")[-1].session
    gap = do(desk, again, "say-gap")[-1].session
    warm = do(desk, gap, "switch", tone="warm", language="de", apply="yes")[-1].session
    (one,) = kept(desk, first)
    assert warm.saved == one.id
    assert one.versions == 1  # the stand-in writes the same each time, and what is the same is no version


def written_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the stand-in writes something else, and in German."""

    def draft(*arguments: Any, **named: Any) -> Iterator[Any]:
        for event in fake.draft(*arguments, **named):
            is_last = isinstance(event, Draft)
            yield event.model_copy(update={"subject": "Another one", "language": "de"}) if is_last else event

    monkeypatch.setattr(outreach, "draft", draft)


def test_what_differs_when_it_is_written_again_can_be_compared(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drafted(desk)
    edited(desk, first, "Kind regards", "Best wishes")
    written_otherwise(monkeypatch)
    again = do(desk, first, "write-again")[-1].session
    (one,) = kept(desk, again)
    assert (one.versions, one.language) == (3, "de")
    versions = desk.store.history.versions(again.person, again.saved)
    assert [version.by for version in versions] == ["writer", "person", "writer"]
    assert versions[-1].draft == again.draft


def sent(desk: Desk, session: Session) -> Session:
    desk.store.history.mark(session.person, session.saved, state="sent")
    return session


def with_more_evidence(desk: Desk, session: Session) -> Session:
    item = session.profile.evidence[0].model_copy(update={"id": "e99", "text": "Ran a conference."})
    profile = session.profile.model_copy(update={"evidence": (*session.profile.evidence, item)})
    return replace(session, profile=profile)


def deleted(desk: Desk, session: Session) -> Session:
    desk.store.history.remove(session.person, session.saved)
    return session


@pytest.mark.parametrize(
    ("changed", "verb", "said", "count"),
    [
        (sent, "write-again", {}, 2),
        (with_more_evidence, "rework", {}, 2),
        (deleted, "write-again", {}, 1),
        (lambda _, session: session, "switch", {"kind": "cover-letter"}, 2),
        (lambda _, session: session, "follow-up", {}, 2),
        (lambda _, session: session, "read", {"source": "https://one.example/job"}, 2),
    ],
)
def test_what_is_another_draft_is_kept_as_another(
    desk: Desk, changed: Callable[[Desk, Session], Session], verb: str, said: dict[str, str], count: int
) -> None:
    first = drafted(desk)
    again = do(desk, changed(desk, first), verb, **said)[-1].session  # type: ignore[arg-type]
    assert len(kept(desk, again)) == count
    assert again.saved != first.saved


def test_a_draft_that_is_written_again_twice_at_once_is_one(desk: Desk) -> None:
    first = drafted(desk)
    views = do(desk, first, "write-again")
    half_way = next(view.session for view in views if view.session.draft is None)
    do(desk, half_way, "write-again")
    assert len(kept(desk, first)) == 1


def test_a_draft_that_cannot_be_kept_is_there_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise StoreError("The disk is full.", "Make room on it.")

    monkeypatch.setattr(type(desk.store.history), "keep", full)
    view = do(desk, desk.first(), "read", source="https://one.example/job")[-1]
    assert view.session.draft is not None
    assert view.session.saved == ""
    assert "This is not saved. The disk is full. Make room on it." in (view.stage or "")
    assert '<a href="#saved">' not in (view.stage or "")


def test_a_stopped_draft_is_not_kept(desk: Desk) -> None:
    session = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session
    do(desk, session, "write", opening="0", stopped=lambda: True)
    assert kept(desk, session) == ()


def edited(desk: Desk, session: Session, old: str, new: str, name: str = "edit-done") -> View:
    session = do(desk, session, "edit")[-1].session
    assert session.edit is not None
    body = session.edit.body.replace(old, new)
    return do(desk, session, name, subject=session.edit.subject, body=body, form="md")[-1]


@pytest.mark.parametrize("way", ["edit-done", "copied", "export"])
def test_what_the_person_makes_of_it_is_a_version(desk: Desk, way: str) -> None:
    session = drafted(desk)
    edited(desk, session, "Kind regards", "Best wishes", way)
    versions = desk.store.history.versions(session.person, session.saved)
    assert [version.by for version in versions] == ["writer", "person"]
    assert "Best wishes" in versions[-1].body


def test_what_was_not_changed_is_no_version(desk: Desk) -> None:
    session = drafted(desk)
    do(desk, session, "copied")
    do(desk, session, "export", form="md")
    edited(desk, session, "no such words", "")
    assert len(desk.store.history.versions(session.person, session.saved)) == 1


def test_a_line_that_is_the_persons_own_word_is_counted(desk: Desk) -> None:
    session = drafted(desk)
    session = edited(desk, session, "I also wrote", "I also led and wrote", "check").session
    assert session.edit is not None
    line = next(x.words for x in session.edit.lines if " led " in x.words)
    body, subject = session.edit.body, session.edit.subject
    session = do(desk, session, "edit-keep", words=line, body=body, subject=subject)[-1].session
    do(desk, session, "edit-done", body=body, subject=subject)
    (one,) = kept(desk, session)
    assert (one.sources, one.own_lines) == (2, 1)
    assert "2 sources, 1 line is yours" in saved_page(desk, session)[1]


def test_a_decision_on_a_resume_is_kept(desk: Desk) -> None:
    session = do(
        desk, replace(desk.first(), kind=DraftKind.TAILORED_RESUME), "read", source="https://one.example/"
    )
    now = do(desk, session[-1].session, "resume-all", on="")[-1].session
    whole = desk.store.history.load(now.person, now.saved)
    assert whole.version.draft == now.draft


def test_an_edit_of_what_was_deleted_meanwhile_brings_nothing_back(desk: Desk) -> None:
    session = drafted(desk)
    desk.store.history.remove(session.person, session.saved)
    view = edited(desk, session, "Kind regards", "Best wishes")
    assert "not saved" not in (view.stage or "")
    assert kept(desk, session) == ()


def test_many_drafts_are_kept_as_they_come(desk: Desk) -> None:
    session = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session

    async def all_panels() -> None:
        async for _ in bulk.write(desk, Turn(session, Said({"picks": "0,1,2"}), never)):
            pass

    asyncio.run(all_panels())
    assert len(kept(desk, session)) == 3
    job = next(iter(desk.bulks[session.key].jobs))
    opened = do(desk, session, "open-draft", job=job)[-1].session
    assert opened.saved in {one.id for one in kept(desk, session)}
    for one in kept(desk, session)[:2]:  # the page of the first is gone
        assert fake.OWN_WISH in desk.store.history.load(session.person, one.id).posting.text


def test_a_visitors_drafts_go_with_their_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.install(monkeypatch.setattr)
    desk = Desk(Settings(environment=Environment.TEST, keep_evidence=False, data_dir=tmp_path))
    session = drafted(desk)
    view = do(desk, session, "saved")[-1]
    assert "They are forgotten when you close or reload the page." in (view.saved or "")
    assert "Sign in" not in (view.saved or "")
    assert len(kept(desk, session)) == 1
    desk.leave(session.key)
    desk.pool.shutdown(wait=True)
    assert kept(desk, session) == ()


# --- finding --------------------------------------------------------------------------------------------


def test_with_nothing_saved_the_way_on_is_shown(desk: Desk) -> None:
    _, html = saved_page(desk, desk.first())
    assert "Nothing is saved yet." in html
    assert 'href="#write"' in html
    assert "<form" not in html


def test_a_draft_is_found_by_words_company_and_status(desk: Desk) -> None:
    session = drafted(desk)
    desk.store.history.copy(session.person, session.saved)
    desk.store.history.mark(session.person, session.saved, state="sent")
    for said, count in (
        ({"words": "platform northwind"}, 2),
        ({"words": "nothing such"}, 0),
        ({"company": "Northwind Health"}, 2),
        ({"company": "Tailspin"}, 0),
        ({"state": "sent"}, 1),
        ({"state": "no"}, 0),
        ({"state": "<img>"}, 2),
    ):
        now, html = saved_page(desk, session, "filter-saved", **said)
        assert rows(html) == count, said
        assert ("No saved draft matches." in html) == (count == 0)
    assert rows(saved_page(desk, now, "clear-saved")[1]) == 2


def test_those_to_follow_up_by_today_are_found(desk: Desk) -> None:
    session = drafted(desk)
    history, today = desk.store.history, datetime.now(UTC).date()
    history.mark(session.person, session.saved, state="sent", due=today + timedelta(days=1))
    assert rows(saved_page(desk, session, "filter-saved", state="due")[1]) == 0
    history.mark(session.person, session.saved, due=today)
    assert rows(saved_page(desk, session, "filter-saved", state="due")[1]) == 1


def test_a_long_list_comes_fifty_at_a_time(desk: Desk) -> None:
    session = drafted(desk)
    for _ in range(60):
        desk.store.history.copy(session.person, session.saved)
    now, html = saved_page(desk, session)
    assert rows(html) == 50
    assert "Show more" in html
    _, html = saved_page(desk, now, "more-saved")
    assert rows(html) == 61
    assert "Show more" not in html


# --- what became of one ---------------------------------------------------------------------------------


def test_its_status_is_changed_in_place(desk: Desk) -> None:
    session = drafted(desk)
    _, html = saved_page(desk, session, "mark-draft", draft=session.saved, state="sent")
    assert "“Platform Engineer” is marked: sent." in html
    assert kept(desk, session)[0].state == "sent"
    assert "data-due" in html  # sent, it is to be followed up
    _, html = saved_page(desk, session, "mark-draft", draft=session.saved, state="answered")
    assert "data-due" not in html


def test_a_date_and_a_note_are_set_and_taken_back(desk: Desk) -> None:
    session = drafted(desk)
    now, html = saved_page(desk, session, "open-part", draft=session.saved, part="details")
    assert 'type="date"' in html
    said = {"draft": session.saved, "due": "2027-01-05", "note": "Asked for Tuesday"}
    now, html = saved_page(desk, now, "mark-draft", **said)
    assert 'datetime="2027-01-05"' in html
    assert "Asked for Tuesday" in html
    assert 'type="date"' not in html
    assert kept(desk, session)[0].due == date(2027, 1, 5)
    _, html = saved_page(desk, now, "mark-draft", draft=session.saved, due="", note="")
    assert kept(desk, session)[0].due is None
    assert "Asked for Tuesday" not in html


def test_a_wrong_date_is_told_on_the_page(desk: Desk) -> None:
    session = drafted(desk)
    _, html = saved_page(desk, session, "mark-draft", draft=session.saved, due="5 January")
    assert "This is not a date." in html
    assert rows(html) == 1


def test_two_versions_are_compared_in_place(desk: Desk) -> None:
    session = drafted(desk)
    session = edited(desk, session, "Kind regards", "Best wishes").session
    now, html = saved_page(desk, session, "open-part", draft=session.saved, part="compare")
    assert "<del>" in html
    assert re.search(r"<ins>[^<]*Best", html)
    _, html = saved_page(desk, now, "compare-drafts", draft=session.saved, left="1", right="1")
    assert "These two say the same." in html


def test_a_copy_is_a_new_draft(desk: Desk) -> None:
    session = drafted(desk)
    desk.store.history.mark(session.person, session.saved, state="sent")
    _, html = saved_page(desk, session, "copy-saved", draft=session.saved)
    assert rows(html) == 2
    assert sorted(one.state for one in kept(desk, session)) == ["drafted", "sent"]


def test_deleting_asks_first(desk: Desk) -> None:
    session = drafted(desk)
    now, html = saved_page(desk, session, "delete-draft", draft=session.saved)
    assert rows(html) == 1
    now, html = saved_page(desk, now, "open-part", draft=session.saved, part="delete")
    assert "Delete “Platform Engineer”?" in html
    now, html = saved_page(desk, now, "delete-draft", draft=session.saved)
    assert "Deleted." in html
    assert kept(desk, session) == ()
    assert now.saved == ""


@pytest.mark.parametrize("name", ["mark-draft", "copy-saved", "delete-draft", "take-saved", "compare-drafts"])
def test_a_draft_of_nobody_is_not_there(desk: Desk, name: str) -> None:
    session = drafted(desk)
    _, html = saved_page(desk, session, name, draft="f" * 32, state="sent")
    assert "no longer here" in html
    assert rows(html) == 1


# --- opening it again -----------------------------------------------------------------------------------


def test_a_saved_draft_opens_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    session = drafted(desk)
    session = edited(desk, session, "Kind regards", "Best wishes").session

    def read(*_: object) -> Any:
        raise AssertionError("the page is not read again")

    monkeypatch.setattr(outreach, "reading_steps", read)
    elsewhere = do(desk, replace(desk.first(), key="b"), "enter")[-1].session
    view = do(desk, elsewhere, "open-saved", draft=session.saved)[-1]
    now = view.session
    assert now.draft == session.draft
    assert not now.is_stale
    assert "Your evidence has changed" not in (view.stage or "")
    assert now.edit is not None
    assert session.edit is not None
    assert (now.edit.subject, now.edit.body) == (session.edit.subject, session.edit.body)
    assert now.saved == session.saved
    assert "Best wishes" in (view.stage or "")
    assert "How this was made" in (view.stage or "")
    assert "Link to your work instead of attaching it." in (view.stage or "")


def test_an_edit_of_an_opened_draft_is_a_version_of_it(desk: Desk) -> None:
    session = drafted(desk)
    now = do(desk, desk.first(), "open-saved", draft=session.saved)[-1].session
    edited(desk, now, "Kind regards", "Best wishes")
    assert len(kept(desk, session)) == 1
    assert kept(desk, session)[0].versions == 2


def test_a_draft_of_nobody_does_not_open(desk: Desk) -> None:
    session = drafted(desk)
    view = do(desk, session, "open-saved", draft="f" * 32)[-1]
    assert view.session.draft is session.draft
    assert "panel problem" in (view.stage or "")


def test_the_follow_up_of_a_saved_message_knows_what_it_follows(desk: Desk) -> None:
    session = drafted(desk)
    views = do(desk, desk.first(), "follow-saved", draft=session.saved)
    now = views[-1].session
    assert now.kind is DraftKind.FOLLOW_UP
    assert now.after == session.draft
    last = next(one for one in kept(desk, session) if one.id == now.saved)
    assert last.follows == session.saved
    reopened = do(desk, desk.first(), "open-saved", draft=now.saved)[-1].session
    assert reopened.after == session.draft
    back = do(desk, reopened, "first-message")[-1].session
    assert back.saved == session.saved


def test_a_saved_draft_is_taken_away_as_it_stands(desk: Desk) -> None:
    session = drafted(desk)
    edited(desk, session, "Kind regards", "Best wishes")
    view = do(desk, desk.first(), "take-saved", draft=session.saved, form="main", n="1")[-1]
    assert answer(view)["name"] == "northwind-health.eml"
    assert body_of(session.draft.sentences)  # type: ignore[union-attr]
    view = do(desk, desk.first(), "take-saved", draft=session.saved, form="zip", n="2")[-1]
    assert answer(view)["name"] == "northwind-health.zip"


def test_hostile_words_are_shown_as_text(desk: Desk) -> None:
    session = drafted(desk)
    bad = fake.HOSTILE
    chosen = session.chosen
    assert chosen is not None
    assert session.draft is not None
    posting = chosen.posting.model_copy(update={"title": bad, "company": bad})
    one = desk.store.history.keep(session.person, session.draft, posting, session.profile)
    desk.store.history.mark(session.person, one.id, note=bad)
    for part in ("", "details", "delete", "compare"):
        _, html = saved_page(desk, session, "open-part", draft=one.id, part=part)
        assert "<img" not in html
        assert "&lt;img" in html


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_visitor_takes_all_their_drafts_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    fake.install(monkeypatch.setattr)
    desk = Desk(Settings(environment=Environment.TEST, keep_evidence=False, data_dir=tmp_path))
    session = drafted(desk)
    assert f'data-do="take-history" data-form="{form}"' in saved_page(desk, session)[1]
    file = answer(do(desk, session, "take-history", form=form, n="1")[-1])
    assert file["name"] == f"drafts.{form}"
    assert b"Platform Engineer" in base64.b64decode(file["data"])


def test_who_is_at_home_takes_them_away_through_the_api(desk: Desk) -> None:
    html = saved_page(desk, drafted(desk))[1]
    for form in ("csv", "json"):
        assert f'href="api/v1/drafts.{form}"' in html
