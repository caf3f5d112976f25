"""What is gone when a page is closed, when everything is deleted, and when a process was killed."""

import asyncio
import logging
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import outreach
from errors import InroadError, StoreError
from interface import desk as desk_module
from interface import importing, keeping, uploads
from interface.desk import QUICK, Desk, Turn
from interface.session import Said, Session
from settings import Environment, Settings
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_keeping import again, bring, kept, with_resume
from tests.interface.test_interface_verbs import answer, do, never
from tests.waiting import until

LABEL = "Ada Example"


def desk_for_strangers(folder: Path) -> Desk:
    return Desk(Settings(environment=Environment.TEST, host="0.0.0.0", data_dir=folder))


@pytest.fixture
def public(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk that strangers come to."""
    made = desk_for_strangers(tmp_path)
    yield made
    made.pool.shutdown(wait=False, cancel_futures=True)


def settled(desk: Desk) -> None:
    desk.pool.shutdown(wait=True)


# --- a visitor's page is closed ------------------------------------------------------------------------


def test_a_page_that_was_closed_begins_nothing_new(public: Desk) -> None:
    one = with_resume(public)
    public.leave(one.key)
    view = do(public, one, "new-profile", label="Other")[-1]
    assert "This page was closed" in (view.evidence or "")
    again_ = bring(public, one, ("more.txt", b"Ran it."))
    settled(public)
    assert public.store.profiles(one.person) == ()
    assert public.store.profiles(again_.session.person) == ()


def test_a_click_under_way_while_its_page_is_closed_leaves_nothing(public: Desk) -> None:
    session = public.known(public.first(), "a page")

    def closed_meanwhile(desk: Desk, turn: Turn) -> Any:
        desk.leave("a page")
        desk.pool.shutdown(wait=True)
        desk.store.create(turn.session.person, LABEL)
        return keeping.shown(desk, turn.session)

    keeping.verb("closed-meanwhile")(closed_meanwhile)
    try:
        turn = Turn(session, Said({}), never)
        QUICK["closed-meanwhile"](public, turn)
    finally:
        del QUICK["closed-meanwhile"]
        keeping.VERBS.discard("closed-meanwhile")
    assert public.store.profiles(session.person) == ()


def test_a_person_is_known_by_the_page_again_after_the_list_was_lost(public: Desk) -> None:
    one = with_resume(public)
    public._visitors.clear()
    public.known(one, one.key)
    public.leave(one.key)
    settled(public)
    assert public.store.profiles(one.person) == ()


def test_what_could_not_be_deleted_is_logged_and_tried_again(
    public: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one = with_resume(public)
    real, tries = type(public.store).delete_person, []

    def at_first_not(store: Any, person: str) -> None:
        tries.append(person)
        if len(tries) == 1:
            raise StoreError(fake.SECRET)
        real(store, person)

    monkeypatch.setattr(type(public.store), "delete_person", at_first_not)
    monkeypatch.setattr(desk_module, "RETRIES", (0.01,))
    monkeypatch.setattr(Desk._clear_up, "__defaults__", ((0.01,),))
    public.leave(one.key)
    until(lambda: public.store.profiles(one.person) == ())
    assert "StoreError" in caplog.text
    assert fake.SECRET not in caplog.text
    assert one.person not in caplog.text


def test_a_file_that_is_kept_while_its_page_is_closed_leaves_no_bytes(public: Desk) -> None:
    one = with_resume(public)
    tray = public.tray(one.key)
    keep = keeping.keeper(public, one)
    under_way = threading.Event()

    def slowly() -> str:
        under_way.set()
        time.sleep(0.2)
        document, profile = fake.read_evidence("late.txt", b"Ran it.", "auto", lambda *_: None)
        return keep(importing.File("late.txt", lambda: b"Ran it."), b"Ran it.", document, profile)

    def keeping_it() -> None:
        with pytest.raises(InroadError):
            tray.keep(tray.put(["late.txt"])[0], tray.stopped, slowly)

    thread = threading.Thread(target=keeping_it)
    thread.start()
    under_way.wait()
    public.leave(one.key)
    settled(public)
    thread.join()
    assert not public.held._files
    assert public.store.profiles(one.person) == ()


def test_a_page_without_a_name_of_its_own_is_refused(desk: Desk, public: Desk) -> None:
    for each in (desk, public):
        with pytest.raises(InroadError):
            each.known(each.first(), "")


def test_visitors_of_a_process_that_was_killed_are_gone_when_the_next_one_begins(
    public: Desk, tmp_path: Path
) -> None:
    one = with_resume(public)
    second = desk_for_strangers(tmp_path)
    two = bring(second, replace(second.first(), key="other"), ("b.txt", b"Ran it.")).session
    second.purge()
    settled(second)
    assert second.store.profiles(one.person) == ()
    assert len(second.store.profiles(two.person)) == 1


def test_a_purge_that_fails_takes_nothing_from_the_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with_resume(desk)
    desk._purged = 0.0

    def broken(*_: object) -> int:
        raise StoreError(fake.SECRET)

    monkeypatch.setattr(type(desk.store), "purge", broken)
    with caplog.at_level(logging.ERROR):
        assert again(desk).profile.name == LABEL
        settled(desk)
    assert "StoreError" in caplog.text
    assert fake.SECRET not in caplog.text


# --- everything is deleted -----------------------------------------------------------------------------


def deleted(desk: Desk, session: Session) -> Any:
    asked = do(desk, session, "ask", what="all")[-1].session
    return do(desk, asked, "delete", what="all")[-1]


def test_an_import_under_way_does_not_outlive_the_deletion_of_everything(desk: Desk) -> None:
    session = with_resume(desk)
    views: list[Any] = []

    async def brought() -> list[str]:
        files = [importing.File(name, lambda: b"Ran it.") for name in ("slow.csv", "next.txt")]
        panels, keep = [], keeping.keeper(desk, session)
        async for panel in importing.bring(desk.tray(session.key), files, keep, desk.pool):
            panels.append(panel)
            if "of 5,000 rows" in panel and not views:
                views.append(await asyncio.to_thread(deleted, desk, session))
        return panels

    panels = asyncio.run(brought())
    assert views
    assert views[0].imports == '<div class="i"></div>'
    assert panels[-1] == '<div class="i"></div>'
    assert desk.store.profiles(session.person) == ()
    assert not desk.held._files
    after = bring(desk, views[0].session, ("new.txt", b"Ran it.")).session
    assert kept(after).items


def test_a_profile_that_vanishes_while_a_file_is_read_is_not_begun_again(desk: Desk) -> None:
    session = with_resume(desk)
    keep = keeping.keeper(desk, session)
    desk.store.delete_person(session.person)  # as another process would
    file = importing.File("a.txt", lambda: b"Ran it.")

    async def brought() -> None:
        async for _ in importing.bring(desk.tray(session.key), [file, file], keep, desk.pool):
            pass

    asyncio.run(brought())
    assert desk.store.profiles(session.person) == ()
    assert not desk.tray(session.key).is_busy


def test_a_draft_goes_with_everything_else(desk: Desk) -> None:
    session = do(desk, with_resume(desk), "read", source="https://one.example/job")[-1].session
    assert session.draft is not None
    after = deleted(desk, session).session
    assert (after.draft, after.drafted_for, after.edit) == (None, None, None)
    assert "no longer here" in (do(desk, after, "export", form="md", n="1")[-1].stage or "")


def test_a_draft_is_taken_away_as_the_one_it_was_written_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = do(desk, with_resume(desk), "read", source="https://one.example/job")[-1].session
    other = do(desk, session, "new-profile", label="Eve Other")[-1].session
    writers = []
    real = outreach.export

    def export(form: Any, subject: str, body: str, opening: Any, profile: Any) -> Any:
        writers.append(profile.name)
        return real(form, subject, body, opening, profile)

    monkeypatch.setattr(outreach, "export", export)
    assert answer(do(desk, other, "export", form="md", n="1")[-1])["data"]
    assert writers == [LABEL]


# --- files on their way in -----------------------------------------------------------------------------


def test_uploads_have_a_private_folder_that_is_empty_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    left = tmp_path / "uploads" / "sent" / "abc"
    left.mkdir(parents=True)
    (left / "ada.pdf").write_bytes(b"Ada")
    folder = uploads.prepare(tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.rglob("*")] == ["taken"]


def test_uploads_have_a_private_folder_where_nothing_else_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    (tmp_path / "file").write_text("")
    folder = uploads.prepare(tmp_path / "file")
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert tmp_path not in folder.parents


def test_the_same_file_twice_is_read_twice_and_left_nowhere(desk: Desk, tmp_path: Path) -> None:
    uploads.prepare(tmp_path)
    sent = tmp_path / "uploads" / "sent" / "digest" / "ada.txt"
    session = desk.known(desk.first(), "a page")

    def received() -> list[importing.File]:
        return [importing.uploaded(sent), importing.uploaded(sent)]

    async def read(files: list[importing.File]) -> None:
        keep = keeping.keeper(desk, session)
        async for _ in importing.bring(desk.tray("a page"), files, keep, desk.pool):
            pass

    async def both() -> None:
        sent.parent.mkdir(parents=True)
        sent.write_bytes(b"Ran it.")
        first, second = received(), received()  # the second batch is received while the first is read
        await asyncio.gather(read(first), read(second))

    asyncio.run(both())
    words = [line.words for line in desk.tray("a page").lines]
    assert words[0] == "Added 1 item."
    assert words[1:] == ["It is here already; nothing changed."] * 3
    assert [p for p in (tmp_path / "uploads").rglob("*") if p.is_file()] == []


def test_a_file_that_did_not_arrive_holds_up_no_other(desk: Desk, tmp_path: Path) -> None:
    here = tmp_path / "here.txt"
    here.write_bytes(b"Ran it.")
    session = desk.known(desk.first(), "a page")

    async def read() -> None:
        files = [importing.uploaded(tmp_path / "gone" / "gone.txt"), importing.uploaded(here)]
        keep = keeping.keeper(desk, session)
        async for _ in importing.bring(desk.tray("a page"), files, keep, desk.pool):
            pass

    asyncio.run(read())
    words = [line.words for line in desk.tray("a page").lines]
    assert words == ["It did not arrive. Add it once more.", "Added 1 item."]


# --- what is open, and what is confirmed ---------------------------------------------------------------


def test_what_is_being_written_stays_open_while_something_else_is_done(desk: Desk) -> None:
    session = do(desk, with_resume(desk), "open", part="add")[-1].session
    for verb, said in (
        ("confirm", {"item": "e1"}),
        ("ask", {"what": "d1"}),
        ("see", {"document": "d1"}),
        ("hide", {"item": "e3"}),
    ):
        view = do(desk, session, verb, stopped=never, **said)[-1]
        session = view.session
        assert 'id="add-form"' in (view.evidence or ""), verb
    done = do(
        desk, do(desk, session, "open", part="e1")[-1].session, "correct", item="e1", words="Ran it all."
    )
    assert "own-words" not in (done[-1].evidence or "")


def test_as_many_are_confirmed_as_the_button_says(desk: Desk) -> None:
    session = bring(desk, with_resume(desk), ("more.txt", fake.RESUME.encode() + b"Ran it.\n")).session
    seen = do(desk, session, "see", document="d2")[-1]
    said = re.search(r"Confirm all (\d+)", seen.evidence or "")
    assert said is not None
    assert int(said[1]) > 1
    assert f"{said[1]} confirmed." in (
        do(desk, seen.session, "confirm-all", document="d2")[-1].evidence or ""
    )
