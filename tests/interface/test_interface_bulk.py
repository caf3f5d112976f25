"""Many drafts of one list: written while the person goes on, each kept, stopped and resumed."""

import asyncio
import base64
import io
import threading
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from batch import Job
from domain import DraftKind, Estimate, Persona
from interface import bulk
from interface.desk import Desk, Turn
from interface.session import Said, Session
from interface.views import bulk as view
from interface.views import openings
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_verbs import answer, do, never
from tests.interface.test_interface_views import Tags


def listed(desk: Desk) -> Session:
    return do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session


def write(desk: Desk, session: Session, **said: str) -> list[str]:
    """Every panel that writing for some openings shows."""
    turn = Turn(session, Said(said), never)

    async def all_panels() -> list[str]:
        return [panel async for panel in bulk.write(desk, turn)]

    return asyncio.run(all_panels())


def jobs(desk: Desk, session: Session) -> list[Job]:
    return list(desk.bulks[session.key].jobs.values())


# --- writing ---------------------------------------------------------------------------------------------


def test_the_openings_that_were_picked_are_written_in_their_order(desk: Desk) -> None:
    session = listed(desk)
    panels = write(desk, session, picks="4,0,2")
    assert "0 of 3 drafts written for Northwind Health" in panels[0]
    assert "3 of 3 drafts written for Northwind Health" in panels[-1]
    titles = [session.openings[n].posting.title for n in (4, 0, 2)]
    assert [job.title for job in jobs(desk, session)] == titles
    assert all(job.draft is not None for job in jobs(desk, session))


def test_what_is_asked_for_twice_is_written_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    session = listed(desk)
    write(desk, session, picks="0,1")
    written: list[str] = []

    def draft(chosen: Any, *arguments: Any, **named: Any) -> Iterator[Any]:
        written.append(chosen.posting.title)
        return fake.draft(chosen, *arguments, **named)

    monkeypatch.setattr("outreach.many.draft", draft)
    write(desk, session, picks="1,2")
    assert written == [session.openings[2].posting.title]
    assert len(jobs(desk, session)) == 3


def test_another_kind_is_written_beside_and_drops_nothing(desk: Desk) -> None:
    session = listed(desk)
    write(desk, session, picks="0")
    write(desk, session, picks="0", kind="cover-letter")
    kinds = [job.draft.kind for job in jobs(desk, session) if job.draft]
    assert kinds == [DraftKind.COLD_EMAIL, DraftKind.COVER_LETTER]


def test_one_that_fails_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    session = listed(desk)

    def draft(chosen: Any, *arguments: Any, **named: Any) -> Iterator[Any]:
        if chosen.posting.title == session.openings[0].posting.title:
            raise RuntimeError(fake.SECRET)
        return fake.draft(chosen, *arguments, **named)

    monkeypatch.setattr("outreach.many.draft", draft)
    last = write(desk, session, picks="0,1")[-1]
    assert "1 of 2 drafts written for Northwind Health, 1 could not be" in last
    assert fake.SECRET not in last


def test_stopped_the_rest_waits_and_is_resumed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    session, first = listed(desk), threading.Event()

    def draft(chosen: Any, *arguments: Any, **named: Any) -> Iterator[Any]:
        if chosen.posting.title != session.openings[0].posting.title:
            first.wait(60)
        return fake.draft(chosen, *arguments, **named)

    monkeypatch.setattr("outreach.many.draft", draft)

    async def stopped() -> str:
        shown = ""
        async for shown in bulk.write(desk, Turn(session, Said({"picks": "0,1,2"}), never)):
            if any(job.state == "done" for job in jobs(desk, session)):
                shown = bulk.stop(desk, session)
                break
        first.set()
        return shown

    panel = asyncio.run(stopped())
    assert "1 of 3 drafts written" in panel
    assert "Write the other 2" in panel
    assert {job.state for job in jobs(desk, session)} == {"done", "waiting"}
    assert "3 of 3 drafts written" in write(desk, session)[-1]


def test_a_key_that_was_lent_is_not_kept(desk: Desk) -> None:
    session = listed(desk)
    write(desk, session, picks="0", key="gsk_secret")
    assert all(order.options.key is None for order in desk.bulks[session.key].orders.values())
    assert "gsk_secret" not in repr(desk.bulks[session.key])


@pytest.mark.parametrize(
    ("picks", "words"), [("", "no longer here"), ("999", "no longer here"), ("x", "no longer")]
)
def test_nothing_to_write_is_said(desk: Desk, picks: str, words: str) -> None:
    assert words in write(desk, listed(desk), picks=picks)[-1]


def test_more_than_anybody_can_read_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    assert "2 drafts are the most at once." in write(desk, listed(desk), picks="0,1,2")[-1]


# --- what is written ---------------------------------------------------------------------------------------


def test_a_draft_is_opened_while_others_are_written(desk: Desk) -> None:
    session = listed(desk)
    write(desk, session, picks="3,1")
    opened = do(desk, session, "open-draft", job=jobs(desk, session)[0].id)[-1]
    assert opened.session.chosen is not None
    assert opened.session.chosen.posting.title == session.openings[3].posting.title
    assert opened.session.chosen.posting.text, "its own page is there too"
    assert opened.session.draft == jobs(desk, session)[0].draft
    assert "Draft ready" in (opened.stage or "")
    assert "34 openings" in (do(desk, opened.session, "choose")[-1].stage or "")


def test_a_draft_is_opened_though_another_page_was_read_since(desk: Desk) -> None:
    session = listed(desk)
    write(desk, session, picks="1")
    elsewhere = do(desk, session, "read", source="https://one.example/job")[-1].session
    opened = do(desk, elsewhere, "open-draft", job=jobs(desk, session)[0].id)[-1].session
    assert len(opened.openings) == 34


def test_all_that_is_written_is_one_file(desk: Desk) -> None:
    session = listed(desk)
    write(desk, session, picks="0,1")
    data = base64.b64decode(answer(do(desk, session, "take-drafts", n="1")[-1])["data"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert sum(name.endswith(".eml") for name in names) == 2
    assert sum(name.endswith(".html") for name in names) == 2


def test_what_is_not_there_is_said(desk: Desk) -> None:
    assert "no longer here" in (do(desk, listed(desk), "open-draft", job="x")[-1].stage or "")
    assert "no draft yet" in (do(desk, listed(desk), "take-drafts")[-1].stage or "")


@pytest.mark.parametrize("end", ["close", "leave", "delete everything"])
def test_drafts_go_when_they_are_put_away_or_their_person_goes(desk: Desk, end: str) -> None:
    session = listed(desk)
    write(desk, session, picks="0")
    if end == "close":
        assert bulk.close(desk, session) == ""
    elif end == "leave":
        desk.leave(session.key)
    else:
        desk.dismiss(session.person)
    assert session.key not in desk.bulks


# --- what is shown ---------------------------------------------------------------------------------------


def test_each_line_says_how_its_draft_is() -> None:
    waits = Estimate(model="m", prompt_tokens=1, most_tokens=2, starts_in_s=40)
    html = view.panel(
        (
            Job(id="1", title="A", state="writing"),
            Job(id="2", title="B", estimate=waits),
            Job(id="3", title="C", state="failed", reason="Nothing answers it."),
            Job(id="4", title="D", state="put off", reason="The day is used up."),
            Job(id="5", title="E"),
        ),
        running=True,
    )
    for words in (
        "is being written",
        "about 40 seconds",
        "Nothing answers it.",
        "The day is used up.",
        ">waits<",
    ):
        assert words in html, words
    assert 'data-bulk="stop"' in html
    assert 'data-bulk="close"' not in html


def test_a_strangers_title_is_text() -> None:
    html = view.panel(
        (Job(id=fake.HOSTILE, title=fake.HOSTILE, state="failed", reason=fake.HOSTILE),), company=fake.HOSTILE
    )
    assert not [tag for tag, _ in Tags(html).tags if tag == "img"]


def test_the_list_offers_to_pick_some_or_all_of_what_is_shown() -> None:
    read = fake.reading("https://many.example")
    ranked = fake.rank(read, fake.sample_profile(Persona.JOB_SEEKER))
    html = openings.listing(read, ranked)
    assert "Select all 34" in html
    assert html.count("data-pick-opening=") == 25
    some = openings.listing(read, ranked, words="claims")
    assert "Select all 17" in some
    assert 'data-pick-all="1,3,5,' in some
