"""What a person does with their evidence: what is kept, what is shown, and what is gone."""

import asyncio
import base64
import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from domain import Persona, Record, StepState
from errors import StoreError
from interface import importing, keeping
from interface.desk import QUICK, Desk, Turn, View
from interface.session import Said, Session
from interface.views import items
from outreach import WRITTEN
from settings import Environment, Settings
from store import Kept, doubt_id
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_verbs import do, drafted, never


def bring(desk: Desk, session: Session, *files: tuple[str, bytes], parser: str = "auto") -> View:
    """Files as if they had been dropped, and what the page shows when they are read."""
    session = desk.known(session, session.key or "a page")

    async def all_panels() -> list[str]:
        given = [importing.File(name, lambda data=data: data) for name, data in files]  # type: ignore[misc]
        keep = keeping.keeper(desk, session)
        brought = importing.bring(desk.tray(session.key), given, keep, desk.pool, parser=parser)
        return [panel async for panel in brought]

    asyncio.run(all_panels())
    return do(desk, session, "settle")[-1]


def with_resume(desk: Desk) -> Session:
    return bring(desk, desk.first(), ("ada.pdf", fake.RESUME.encode())).session


def kept(session: Session) -> Kept:
    assert session.kept is not None
    return session.kept


def texts(session: Session) -> list[str]:
    return [item.text for item in session.profile.evidence]


def again(desk: Desk, key: str = "another page") -> Session:
    """The page of somebody who opens it anew."""
    return do(desk, replace(desk.first(), key=key), "enter")[-1].session


# --- bringing files ------------------------------------------------------------------------------------


def test_a_file_becomes_ones_own_evidence_with_its_outcome_in_a_line(desk: Desk) -> None:
    view = bring(desk, desk.first(), ("ada.pdf", fake.RESUME.encode()))
    assert not view.session.is_sample
    assert view.session.profile.name == "Ada Example"
    assert kept(view.session).label == "Ada Example"
    assert "Added 3 items, 1 to check." in (view.imports or "")
    assert "Using the evidence of Ada Example." in (view.bar or "")
    assert view.session.review.document == "d1"


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    session = with_resume(desk)
    view = bring(desk, session, ("ada.pdf", fake.RESUME.encode()))
    assert "It is here already; nothing changed." in (view.imports or "")
    assert len(texts(view.session)) == 3


def test_what_two_files_say_is_counted_once(desk: Desk) -> None:
    session = with_resume(desk)
    view = bring(desk, session, ("more.txt", fake.RESUME.encode() + b"Ran it.\n"))
    assert "were here already." in (view.imports or "")
    assert len(texts(view.session)) == len(set(texts(view.session)))


def test_files_are_read_in_order_and_a_refused_one_holds_up_no_other(desk: Desk) -> None:
    view = bring(
        desk,
        desk.first(),
        ("a.csv", b"\x00"),
        ("<b>.txt", b"Built a thing."),
        ("c.txt", b"broken"),
        ("d.txt", b"Ran it."),
    )
    panel = view.imports or ""
    names = re.findall(r"<bdi>(.*?)</bdi>", panel)
    assert [unescape(name) for name in names] == ["a.csv", "<b>.txt", "c.txt", "d.txt"]
    assert "This file is not a table. Save it as CSV." in panel
    assert "Something broke here, not on your side. Reference" in panel
    assert fake.SECRET not in panel
    assert texts(view.session) == ["Built a thing.", "Ran it."]


@pytest.mark.parametrize("data", [b"Built a thing.", b"\x00", b"broken"])
def test_an_uploaded_file_is_never_left_behind(desk: Desk, tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / "uploaded"
    folder.mkdir()
    path = folder / "ada.txt"
    path.write_bytes(data)
    session = desk.known(desk.first(), "a page")

    async def read() -> None:
        files = [importing.uploaded(path)]
        async for _ in importing.bring(desk.tray("a page"), files, keeping.keeper(desk, session), desk.pool):
            pass

    asyncio.run(read())
    assert not folder.exists()


def test_a_stop_keeps_what_was_read_and_nothing_of_the_rest(desk: Desk, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.txt", "slow.csv", "c.txt")]
    for path in paths:
        path.write_bytes(f"From {path.name}.".encode())
    session = desk.known(desk.first(), "a page")
    tray = desk.tray("a page")
    seen: list[str] = []

    async def read_and_stop() -> None:
        files = [importing.uploaded(path) for path in paths]
        async for panel in importing.bring(tray, files, keeping.keeper(desk, session), desk.pool):
            seen.append(panel)
            if "of 5,000 rows" in panel and not tray.stopped.is_set():
                tray.stop()

    asyncio.run(read_and_stop())
    view = do(desk, session, "halt")[-1]
    assert [line.state for line in tray.lines] == [StepState.DONE, StepState.SKIPPED, StepState.SKIPPED]
    assert "Stopped. Nothing of it was kept." in (view.imports or "")
    assert texts(view.session) == ["From a.txt."]
    assert not any(path.exists() for path in paths)
    assert do(desk, view.session, "clear-list")[-1].imports == '<div class="i"></div>'


def test_a_file_that_is_being_kept_while_one_stops_is_kept_whole(desk: Desk) -> None:
    tray = importing.Tray()
    place = tray.put(["a.txt"])[0]
    under_way, stopped = threading.Event(), tray.stopped

    def slowly() -> str:
        under_way.set()
        time.sleep(0.1)
        return "Added 1 item."

    thread = threading.Thread(target=tray.keep, args=(place, stopped, slowly))
    thread.start()
    under_way.wait()
    tray.stop()
    thread.join()
    assert tray.lines[place].words == "Added 1 item."


def test_a_file_that_the_browser_holds_back_has_its_line(desk: Desk) -> None:
    view = do(desk, desk.first(), "too-large", names="film.pdf\nother.pdf")[-1]
    assert (view.imports or "").count('class="result" dir="auto">It is larger than 10 MB.') == 2


def test_a_document_is_read_again_with_another_parser_while_its_page_is_open(desk: Desk) -> None:
    session = with_resume(desk)

    def read_as(of: Session) -> View:
        async def panels() -> None:
            said = Said({"document": "d1", "parser": "two-columns"})
            async for _ in keeping.read_again(desk, of, said):
                pass

        asyncio.run(panels())
        return do(desk, of, "settle")[-1]

    view = read_as(session)
    assert [d.document.parser for d in kept(view.session).documents] == ["two-columns"]
    later = again(desk)
    assert "Inroad keeps no files." in (read_as(later).imports or "")


# --- keeping -------------------------------------------------------------------------------------------


def test_ones_own_evidence_is_there_when_the_page_is_opened_again(desk: Desk) -> None:
    with_resume(desk)
    session = again(desk)
    assert not session.is_sample
    assert session.profile.name == "Ada Example"
    assert session.form["email"] == "ada@mail.example"


def test_without_evidence_the_sample_stays(desk: Desk) -> None:
    session = again(desk)
    assert session.is_sample
    assert session.kept is None


def test_two_pages_of_one_person_see_the_same(desk: Desk) -> None:
    first = with_resume(desk)
    other = again(desk)
    do(desk, first, "hide", item="e1")
    view = do(desk, other, "look-again")[-1]
    assert len(texts(view.session)) == 2
    assert do(desk, view.session, "look-again")[-1].evidence is None
    assert "This is no longer here." in (do(desk, other, "confirm", item="e99")[-1].evidence or "")


@pytest.fixture
def public(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk that strangers come to."""
    made = Desk(Settings(environment=Environment.TEST, host="0.0.0.0", data_dir=tmp_path))
    yield made
    made.pool.shutdown(wait=False, cancel_futures=True)


def test_where_others_reach_the_page_each_page_is_another_visitor(public: Desk) -> None:
    one = with_resume(public)
    assert one.person.startswith("visitor-")
    assert again(public).is_sample
    assert again(public).person != one.person
    assert "Forgotten when you close or reload the page." in (do(public, one, "see")[-1].evidence or "")
    assert "It stays on this server." in public.evidence(public.first())


def test_a_visitors_evidence_goes_with_their_page(public: Desk) -> None:
    one = with_resume(public)
    public.leave(one.key)
    public.pool.shutdown(wait=True)
    assert public.store.profiles(one.person) == ()
    assert public.held.get(one.key, kept(one).documents[0].document.digest) is None


def test_the_person_at_this_computer_keeps_theirs_when_the_page_is_closed(desk: Desk) -> None:
    one = with_resume(desk)
    desk.leave(one.key)
    desk.pool.shutdown(wait=True)
    assert len(desk.store.profiles(one.person)) == 1


def test_the_form_is_kept_as_a_document_and_comes_back_as_it_was_typed(desk: Desk) -> None:
    lines, skills = "Built a thing.\nRan it.", "Python, Go (can read)"
    view = do(desk, desk.first(), "save-form", name="Ada", experience=lines, skills=skills)[-1]
    assert not view.session.is_sample
    assert texts(view.session) == ["Built a thing.", "Ran it."]
    assert "Using the evidence of Ada." in (view.bar or "")
    form = again(desk).form
    assert (form["name"], form["experience"], form["skills"]) == ("Ada", lines, skills)
    shorter = do(desk, view.session, "save-form", name="Ada", experience="Ran it.", skills=skills)[-1]
    assert texts(shorter.session) == ["Ran it."]


def test_the_form_leaves_files_in_place(desk: Desk) -> None:
    after = do(desk, with_resume(desk), "save-form", name="Ada B.", experience="Ran it.")[-1].session
    assert after.profile.name == "Ada B."
    assert {d.document.name for d in kept(after).documents} == {"ada.pdf", items.FORM}


def test_the_sample_puts_ones_own_evidence_away_and_gives_it_back(desk: Desk) -> None:
    mine = with_resume(desk)
    sample = do(desk, mine, "use-sample")[-1]
    assert "Use mine again" in (sample.evidence or "")
    assert do(desk, sample.session, "use-mine")[-1].session.profile == mine.profile


def test_the_sample_can_be_put_away_for_nothing(desk: Desk) -> None:
    view = do(desk, desk.first(), "clear")[-1]
    assert view.session.profile.evidence == ()
    assert "No evidence yet." in (view.evidence or "")


def test_an_item_of_the_sample_is_left_out_and_it_stays_the_sample(desk: Desk) -> None:
    view = do(desk, drafted(desk), "leave-out", item="e1")[-1]
    assert "e1" not in {e.id for e in view.session.profile.evidence}
    assert view.session.is_sample
    assert "Your evidence has changed." in (view.stage or "")
    assert "Migrated 14 services" in (view.stage or "")
    assert not do(desk, view.session, "rework")[-1].session.is_stale


# --- items ---------------------------------------------------------------------------------------------


def test_a_doubt_is_settled_by_one_of_its_answers(desk: Desk) -> None:
    session = with_resume(desk)
    item = next(x for x in kept(session).items if x.to_check).evidence.id
    asked = doubt_id(fake.DOUBT)
    assert f'data-doubt="{asked}"' in desk.evidence(session)
    view = do(desk, session, "answer", item=item, doubt=asked, answer="0")[-1]
    assert "Cut cloud costs by 30 %" in texts(view.session)
    assert "Please check" not in (view.evidence or "")
    late = do(desk, view.session, "answer", item=item, doubt=asked, answer="1")[-1]
    assert "This question has been answered already." in (late.evidence or "")
    assert "Cut cloud costs by 30 %" in texts(again(desk))


def test_an_answer_leaves_what_another_answer_put_right(desk: Desk) -> None:
    other = fake.DOUBT.model_copy(
        update={"question": "Costs of what?", "words": "costs", "answers": ("Cut cloud bills by 30",)}
    )
    session = with_resume(desk)
    id_ = next(x for x in kept(session).items if x.to_check).evidence.id
    read = kept(session).documents[0].document
    asked = tuple(
        x.model_copy(update={"doubts": (fake.DOUBT, other)} if x.id == id_ else {})
        for x in kept(session).profile.evidence
    )
    both = kept(session).profile.model_copy(update={"evidence": asked})
    desk.store.add(session.person, kept(session).id, read.model_copy(update={"parser": "other"}), both)
    session = again(desk)
    first = do(desk, session, "answer", item=id_, doubt=doubt_id(fake.DOUBT), answer="0")[-1].session
    # Pressed twice, and on a page that shows the item as it was: only the other question is settled.
    do(desk, first, "answer", item=id_, doubt=doubt_id(fake.DOUBT), answer="0")
    do(desk, session, "answer", item=id_, doubt=doubt_id(other), answer="0")
    assert "Cut cloud bills by 30 %" in texts(again(desk))


def test_a_doubt_is_settled_in_ones_own_words(desk: Desk) -> None:
    session = with_resume(desk)
    item = next(x for x in kept(session).items if x.to_check).evidence.id
    view = do(
        desk, session, "answer", item=item, doubt=doubt_id(fake.DOUBT), words="Cut cloud costs by a third."
    )[-1]
    assert "Cut cloud costs by a third." in texts(view.session)


def test_a_doubt_may_be_for_nothing(desk: Desk) -> None:
    session = with_resume(desk)
    item = next(x for x in kept(session).items if x.to_check).evidence.id
    view = do(desk, session, "answer", item=item, doubt=doubt_id(fake.DOUBT), answer="as-it-is")[-1]
    assert "Cut cloud costs by 30" in texts(view.session)
    assert "Please check" not in (view.evidence or "")


def test_a_job_that_was_left_asks_until_when(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    current = fake.DOUBT.model_copy(update={"about": "current", "answers": (), "words": ""})
    monkeypatch.setattr(fake, "DOUBT", current)
    session = with_resume(desk)
    html = desk.evidence(session)
    assert all(f">{word}<" in html for word in ("Yes", "No, I left"))
    view = do(desk, session, "left", item="e2", doubt=doubt_id(current))[-1]
    assert 'data-submit="set-record"' in (view.evidence or "")
    assert "Please check" not in (view.evidence or "")


def test_an_edit_makes_the_person_the_source_and_can_be_undone(desk: Desk) -> None:
    session = with_resume(desk)
    view = do(desk, session, "correct", item="e1", words="Moved 14 services to Kubernetes.")[-1]
    assert "Moved 14 services to Kubernetes." in texts(view.session)
    assert "Written by you" in (view.evidence or "")
    assert "Migrated 14 services to Kubernetes." in (view.evidence or "")
    assert "Migrated 14 services to Kubernetes." in texts(
        do(desk, view.session, "restore", item="e1")[-1].session
    )
    assert "There is nothing to read" in (
        do(desk, session, "correct", item="e1", words="…")[-1].evidence or ""
    )


def test_a_removed_item_is_hidden_and_comes_back(desk: Desk) -> None:
    view = do(desk, with_resume(desk), "hide", item="e1")[-1]
    assert len(texts(view.session)) == 2
    assert "Hidden: 1 item" in (view.evidence or "")
    assert 'data-do="show" data-item="e1"' in (view.evidence or "")
    assert len(texts(do(desk, view.session, "show", item="e1")[-1].session)) == 3


def test_a_confidential_item_says_what_that_means(desk: Desk) -> None:
    view = do(desk, with_resume(desk), "confidential", item="e1", on="yes")[-1]
    assert kept(view.session).items[0].evidence.confidential
    assert items.CONFIDENTIAL in (view.evidence or "")
    back = do(desk, view.session, "confidential", item="e1")[-1].session
    assert not kept(back).items[0].evidence.confidential


def test_all_of_a_document_is_confirmed_but_what_is_to_be_checked(desk: Desk) -> None:
    view = do(desk, with_resume(desk), "confirm-all", document="d1")[-1]
    assert [x.state for x in kept(view.session).items] == ["confirmed", "read", "confirmed"]
    assert "2 confirmed." in (view.evidence or "")


def test_two_items_that_say_the_same_become_one_and_two_again(desk: Desk) -> None:
    session = with_resume(desk)
    first = do(desk, session, "merge", item="e1")[-1]
    assert "Which other item says the same?" in (first.evidence or "")
    both = do(desk, first.session, "merge", item="e3")[-1]
    assert "Which of the two do you keep?" in (both.evidence or "")
    one = do(desk, both.session, "merge-keep", item="e3")[-1]
    assert [x.evidence.id for x in kept(one.session).items] == ["e2", "e3"]
    assert len(kept(do(desk, one.session, "unmerge", item="e3")[-1].session).items) == 3


def test_a_heading_is_corrected(desk: Desk) -> None:
    session = with_resume(desk)

    def changed(current: str) -> Record:
        view = do(
            desk,
            session,
            "set-record",
            record="r1",
            title="Lead Engineer",
            organization="Fernhill",
            start="2021",
            end="2024",
            current=current,
        )[-1]
        return view.session.profile.records[0]

    assert changed("").full_title == "Lead Engineer"
    now = changed("yes")
    assert now.current
    assert now.end == ""


def test_a_contact_that_another_document_gives_can_be_used_instead(desk: Desk) -> None:
    view = bring(desk, with_resume(desk), ("old.pdf", b"Ada Example\nada@old.example\nRan it.\n"))
    assert "ada@old.example" in (view.evidence or "")
    used = do(desk, view.session, "use-contact", field="email", value="ada@old.example")[-1].session
    assert used.profile.email == "ada@old.example"
    refused = do(desk, used, "use-contact", field="email", value="eve@evil.example")[-1]
    assert refused.session.profile.email == "ada@old.example"


def test_something_added_in_ones_own_words_keeps_what_was_added_before(desk: Desk) -> None:
    session = do(desk, with_resume(desk), "add-own", words="PCI DSS")[-1].session
    session = do(desk, session, "add-own", words="Kept Fernhill’s card data in scope.", record="r1")[
        -1
    ].session
    own = [x for x in kept(session).items if items.is_own(x)]
    assert [(x.evidence.text, x.evidence.type, x.evidence.record) for x in own] == [
        ("PCI DSS", "skill", None),
        ("Kept Fernhill’s card data in scope.", "bullet", "r1"),
    ]
    body = next(d.document.text for d in kept(session).documents if d.document.name == WRITTEN)
    assert all(body[x.read_from.start : x.read_from.end] == x.evidence.text for x in own)


def own_texts(session: Session) -> set[str]:
    return {x.evidence.text for x in kept(session).items if items.is_own(x)}


def test_adding_loses_nothing_that_is_merged_hidden_or_said_elsewhere(desk: Desk) -> None:
    session = with_resume(desk)
    for words, record in (
        ("Kept it up at all hours.", "r1"),
        ("Kept it up day and night.", "r1"),
        ("PCI DSS", ""),
    ):
        session = do(desk, session, "add-own", words=words, record=record)[-1].session
    session = do(desk, session, "add-own", words="Built the billing API in Python.", record="r2")[-1].session
    by_text = {x.evidence.text: x.evidence.id for x in kept(session).items}
    person, mine = session.person, kept(session).id
    one, other = by_text["Kept it up at all hours."], by_text["Kept it up day and night."]
    desk.store.merge(person, mine, [one], other)
    shown = kept(again(desk)).items
    desk.store.hide(person, mine, *(x.evidence.id for x in shown if x.evidence.record == "r1"))
    do(desk, again(desk), "add-own", words="Go")
    desk.store.unmerge(person, mine, other)
    desk.store.remove_document(person, mine, "d1")
    now = kept(again(desk))
    assert {(x.evidence.text, x.evidence.record) for x in now.items} == {
        ("Kept it up at all hours.", "r1"),
        ("Kept it up day and night.", "r1"),
        ("PCI DSS", None),
        ("Built the billing API in Python.", "r2"),
        ("Go", None),
    }


def test_what_two_pages_add_at_once_is_all_there(desk: Desk) -> None:
    session = with_resume(desk)

    def add(n: int) -> View:
        return do(desk, replace(session, key=f"page {n}"), "add-own", words=f"Ran {n} markets in the town.")[
            -1
        ]

    with ThreadPoolExecutor(6) as pool:
        views = list(pool.map(add, range(6)))
    assert all("Added. You are its source." in (view.evidence or "") for view in views)
    assert own_texts(again(desk)) == {f"Ran {n} markets in the town." for n in range(6)}


def test_a_hidden_item_that_is_written_again_is_used_again(desk: Desk) -> None:
    session = do(desk, with_resume(desk), "add-own", words="Ran a market stall for years.")[-1].session
    id_ = session.review.item
    hidden = do(desk, session, "hide", item=id_)[-1].session
    view = do(desk, hidden, "add-own", words="Ran a market stall for years.")[-1]
    assert view.session.review.item == id_
    assert "Ran a market stall for years." in texts(view.session)
    body = next(d.document.text for d in kept(view.session).documents if d.document.name == WRITTEN)
    assert body == "Ran a market stall for years."


def test_two_pages_save_the_form_and_nothing_is_lost(desk: Desk) -> None:
    def save(
        session: Session, experience: str, skills: str, name: str = "Ada", email: str = "a@b.example"
    ) -> Session:
        said = {"name": name, "email": email, "experience": experience, "skills": skills}
        return QUICK["save-form"](desk, Turn(session, Said(said), never)).session

    one = save(desk.known(desk.first(), "a page"), "Built a thing.\nRan it.", "Go")
    other = again(desk)
    save(one, "Built a thing.\nTested it.\nRan it.", "Go, Rust", email="ada@new.example")
    both = save(other, "Built a thing.\nRan it.\nSold it.", "Go, SQL", name="Ada B.")
    assert texts(both) == ["Built a thing.", "Tested it.", "Ran it.", "Sold it."]
    assert (both.profile.name, both.profile.email) == ("Ada B.", "ada@new.example")
    assert set(both.form["skills"].split(", ")) == {"Go", "Rust", "SQL"}
    # A page that shows what was saved last takes a line away for good.
    assert texts(save(both, "Ran it.", "")) == ["Ran it."]


def test_a_form_that_cannot_be_saved_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk of the database is full.")

    monkeypatch.setattr("store.shelving.put", full)
    for session in (desk.first(), do(desk, desk.first(), "clear")[-1].session):
        before = desk.store.profiles(session.person)
        view = do(desk, session, "save-form", name="Ada", experience="Ran it.")[-1]
        assert "The disk of the database is full." in (view.evidence or "")
        assert view.session.form["experience"] == "Ran it."
        assert desk.store.profiles(session.person) == before


def test_a_first_file_that_cannot_be_kept_begins_no_profile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk of the database is full.")

    with monkeypatch.context() as patched:
        patched.setattr("store.shelving.put", full)
        view = bring(desk, desk.first(), ("ada.pdf", fake.RESUME.encode()))
    assert "The disk of the database is full." in (view.imports or "")
    assert desk.store.profiles(view.session.person) == ()
    assert texts(bring(desk, view.session, ("ada.pdf", fake.RESUME.encode())).session)


def test_a_gap_opens_the_field_with_its_question(desk: Desk) -> None:
    view = do(desk, drafted(desk), "add-for", words="PCI DSS", question="Have you worked with PCI DSS?")[-1]
    assert "Have you worked with PCI DSS?" in (view.evidence or "")
    assert ">PCI DSS</textarea>" in (view.evidence or "")
    added = do(desk, view.session, "add-own", words="PCI DSS")[-1].session
    assert texts(added) == ["PCI DSS"]
    assert not added.is_sample


# --- profiles ------------------------------------------------------------------------------------------


def test_profiles_are_begun_named_and_switched(desk: Desk) -> None:
    session = with_resume(desk)
    second = do(desk, session, "new-profile", label="Tidewater", persona="service-provider")[-1].session
    assert second.profile.persona is Persona.SERVICE_PROVIDER
    assert second.profile.evidence == ()
    renamed = do(desk, second, "rename", label="Tidewater Works")[-1].session
    assert kept(renamed).label == "Tidewater Works"
    assert {one.label for one in renamed.shelves} == {"Ada Example", "Tidewater Works"}
    back = do(desk, renamed, "use-profile", profile=kept(session).id)[-1].session
    assert kept(back).version == kept(session).version
    assert back.profile.name == "Ada Example"
    assert again(desk).profile.name == "Ada Example"
    assert "A profile needs a name." in (do(desk, back, "rename", label=" ")[-1].evidence or "")


def test_nothing_is_deleted_before_it_was_asked_about(desk: Desk) -> None:
    session = with_resume(desk)
    assert kept(do(desk, session, "delete", what="all")[-1].session).items
    asked = do(desk, session, "ask", what="all")[-1]
    assert "Delete everything?" in (asked.evidence or "")
    assert "Ada Example, 3 items" in (asked.evidence or "")
    gone = do(desk, asked.session, "delete", what="all")[-1].session
    assert gone.is_sample
    assert gone.kept is None
    assert again(desk).is_sample


def test_one_profile_or_one_source_is_deleted_and_the_rest_stays(desk: Desk) -> None:
    session = bring(desk, with_resume(desk), ("more.txt", b"Ran it.")).session
    asked = do(desk, session, "ask", what="d2")[-1]
    assert "Remove “more.txt”?" in (asked.evidence or "")
    left = do(desk, asked.session, "delete", what="d2")[-1].session
    assert "Ran it." not in texts(left)
    other = do(desk, left, "new-profile", label="Other")[-1].session
    back = do(desk, do(desk, other, "ask", what="profile")[-1].session, "delete", what="profile")[-1].session
    assert kept(back).label == "Ada Example"


def test_the_evidence_is_taken_away_as_a_file(desk: Desk) -> None:
    view = do(desk, with_resume(desk), "take", form="csv", n="1")[-1]
    found = re.fullmatch(r"<pre>(.*)</pre>", view.wire or "", re.S)
    assert found is not None
    answer = json.loads(unescape(found.group(1)))
    assert answer["name"] == "evidence.csv"
    assert b"Migrated 14 services" in base64.b64decode(answer["data"])


def test_a_fault_of_ours_is_told_where_the_person_is_looking(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    session = with_resume(desk)

    def broken(*_: object) -> None:
        raise RuntimeError(fake.SECRET)

    monkeypatch.setattr(type(desk.store), "hide", broken)
    with caplog.at_level(logging.DEBUG):
        view = do(desk, session, "hide", item="e1")[-1]
    assert "Something broke here, not on your side. Reference" in (view.evidence or "")
    assert view.stage is None
    assert fake.SECRET not in caplog.text


def test_evidence_that_changes_while_a_draft_is_written_is_not_forgotten(desk: Desk) -> None:
    before = desk.known(desk.first(), "a page")
    changed = with_resume(desk)
    after = do(desk, before, "read", source="https://one.example/job")[-1].session.beside(changed)
    assert after.profile.name == "Ada Example"
    assert after.kept == changed.kept
    assert after.draft is not None
    assert after.is_stale


def test_confirming_leaves_a_draft_as_fresh_as_it_was(desk: Desk) -> None:
    session = do(desk, with_resume(desk), "read", source="https://one.example/job")[-1].session
    assert session.draft is not None
    assert not do(desk, session, "confirm", item="e1")[-1].session.is_stale
    assert do(desk, session, "hide", item="e1")[-1].session.is_stale
