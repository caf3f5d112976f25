"""What happens when a person asks for something: the session before and after, and what is shown."""

import asyncio
import base64
import json
import logging
import re
import threading
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest

from domain import DraftKind, Persona, Posting, Reading
from interface.desk import LONG, QUICK, Desk, Turn, View
from interface.session import Said, Session
from interface.verbs import saved_page
from store import body_of
from tests.interface import fake_outreach as fake


def never() -> bool:
    return False


def do(
    desk: Desk, session: Session, name: str, /, *, stopped: Callable[[], bool] = never, **said: str
) -> list[View]:
    """Everything a verb shows, in order."""
    turn = Turn(desk.known(session, session.key or "a page"), Said(said), stopped)

    async def all_views() -> list[View]:
        if name in LONG:
            return [view async for view in desk.run(LONG[name], turn)]
        return [await desk.run_quick(QUICK[name], turn)]

    return asyncio.run(all_views())


def drafted(desk: Desk, source: str = "https://one.example/job") -> Session:
    return do(desk, desk.first(), "read", source=source)[-1].session


def answer(view: View) -> dict[str, Any]:
    assert view.wire is not None
    found = re.fullmatch(r"<pre>(.*)</pre>", view.wire, re.S)
    assert found is not None
    return dict(json.loads(unescape(found.group(1))))


def test_one_opening_is_one_click_to_a_draft(desk: Desk) -> None:
    views = do(desk, desk.first(), "read", source="https://one.example/job")
    assert "Reading one.example" in (views[0].stage or "")
    assert views[-1].session.draft is not None
    assert "Draft ready" in (views[-1].stage or "")


def test_sentences_arrive_one_by_one(desk: Desk) -> None:
    stages = [v.stage or "" for v in do(desk, desk.first(), "read", source="https://one.example/job")]
    counts = [int(n) for s in stages for n in re.findall(r"Sentence (\d+) of about", s)[:1]]
    assert counts == sorted(counts)
    assert counts[-1] == len(fake.sentences())


def test_several_openings_are_one_click_more(desk: Desk) -> None:
    listed = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1]
    assert listed.session.draft is None
    assert "34 openings at Northwind Health" in (listed.stage or "")
    written = do(desk, listed.session, "write", opening="3")[-1].session
    assert written.draft is not None
    assert written.chosen is not None
    assert written.chosen.posting.title == listed.session.openings[3].posting.title
    assert "34 openings" in (do(desk, written, "choose")[-1].stage or "")


def test_an_opening_that_its_list_only_names_is_completed_when_it_is_chosen(desk: Desk) -> None:
    listed = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session
    views = do(desk, listed, "write", opening="3")
    written = views[-1].session
    assert "Reading northwindhealth.example" in (views[0].stage or "")
    assert written.chosen is not None
    assert written.chosen.posting.text
    assert written.openings[3].posting == written.chosen.posting
    assert fake.OWN_WISH in (views[-1].stage or "")
    other = do(desk, written, "write", opening="4")[-1]
    assert (other.stage or "").count(fake.OWN_WISH) == 1
    assert fake.OWN_WISH not in (do(desk, other.session, "write", opening="0")[-1].stage or "")
    # A change of evidence finds the same opening again.
    assert do(desk, written, "switch", persona="service-provider")[-1].session.chosen is not None


def test_an_opening_whose_page_is_gone_is_looked_for_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session
    asked: list[str] = []

    def complete(read: Reading, post: Posting, cancelled: object = None) -> Reading:
        asked.append(post.id)
        return read

    monkeypatch.setattr("outreach.complete", complete)
    written = do(desk, listed, "write", opening="0")[-1].session
    assert do(desk, written, "write-again")[-1].session.draft is not None
    assert asked == ["j0"]


@pytest.mark.parametrize("number", ["99", "-1", "x", "", "１"])
def test_an_opening_that_is_not_there_is_said_plainly(desk: Desk, number: str) -> None:
    listed = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session
    assert "This list is no longer here." in (do(desk, listed, "write", opening=number)[-1].stage or "")


def test_another_kind_uses_the_same_reading(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    session = drafted(desk)
    monkeypatch.setattr("outreach.reading_steps", None)
    after = do(desk, session, "switch", kind="cover-letter")[-1].session
    assert after.draft is not None
    assert after.draft.kind is DraftKind.COVER_LETTER


def test_another_persona_brings_its_own_sample(desk: Desk) -> None:
    views = do(desk, desk.first(), "switch", persona="service-provider")
    assert views[-1].session.profile.persona is Persona.SERVICE_PROVIDER
    assert "Tidewater Works" in (views[0].bar or "")
    again = do(desk, drafted(desk), "switch", persona="service-provider")[-1]
    assert "Not ready to send. Add your postal address." in (again.stage or "")


def test_pasted_text_is_read_without_an_address(desk: Desk) -> None:
    session = do(desk, desk.first(), "read-text", text="Platform Engineer\nWe ask for Kubernetes.")[
        -1
    ].session
    assert session.draft is not None
    one_word = do(desk, desk.first(), "read-text", text="https://internal.example/")[-1].session
    assert len(one_word.source.split()) > 1


def test_a_pasted_text_may_be_as_long_as_the_settings_say_and_no_longer(desk: Desk) -> None:
    most = desk.settings.max_pasted_characters
    words = ("Platform Engineer. We ask for Kubernetes. " + "a b " * most)[: most - 1] + "."
    assert do(desk, desk.first(), "read-text", text=words)[-1].session.source == words
    refused = do(desk, desk.first(), "read-text", text=words + " More.")[-1]
    assert refused.session.source == ""
    assert "This text has 50,006 characters; 50,000 is the most." in (refused.stage or "")


def test_write_again_differs_by_its_seed(desk: Desk) -> None:
    session = drafted(desk)
    assert do(desk, session, "write-again")[-1].session.seed == session.seed + 1


def test_a_gap_can_be_said_and_left_out_again(desk: Desk) -> None:
    said = do(desk, drafted(desk), "say-gap")[-1].session
    assert said.say_gap
    assert not do(desk, said, "hide-gap")[-1].session.say_gap


def test_no_evidence_ends_in_a_screen_and_not_in_a_letter(desk: Desk) -> None:
    empty = do(desk, desk.first(), "clear")[-1].session
    view = do(desk, empty, "read", source="https://one.example/job")[-1]
    assert "Nothing here matches yet." in (view.stage or "")
    assert do(desk, view.session, "use-sample")[-1].session.draft is not None


def test_a_fault_of_ours_is_a_calm_screen_and_the_log_names_nobody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        view = do(desk, desk.first(), "read", source="https://broken.example/")[-1]
    stage = view.stage or ""
    assert "Something broke here, not on your side." in stage
    assert "Traceback" not in stage
    reference = re.findall(r"Reference (\w+)", stage)[0]
    assert reference in caplog.text
    assert "RuntimeError" in caplog.text
    assert view.session.source not in caplog.text
    assert fake.SECRET not in caplog.text


def test_a_stopped_run_shows_nothing_more(desk: Desk) -> None:
    assert do(desk, desk.first(), "read", stopped=lambda: True, source="https://one.example/job") == []


def test_stop_goes_back_to_the_first_screen(desk: Desk) -> None:
    view = do(desk, drafted(desk), "stop")[-1]
    assert "Stopped. Nothing was kept." in (view.bar or "")
    assert view.session.draft is None
    assert view.session.source == "https://one.example/job"


@pytest.mark.parametrize("which", ["reading", "writing"])
def test_a_third_person_waits_for_a_place_and_then_goes_on(desk: Desk, which: str) -> None:
    line = getattr(desk.lines, which)
    held = [line.join(), line.join()]

    async def wait_then_write() -> list[str]:
        stages = []
        turn = Turn(desk.first(), Said({"source": "https://one.example/job"}), never)
        async for view in desk.run(LONG["read"], turn):
            stages.append(view.stage or "")
            if "ahead of you" in stages[-1]:
                line.leave(held.pop(), None)
        return stages

    stages = asyncio.run(wait_then_write())
    assert sum("1 person is ahead of you" in stage for stage in stages) == 1
    assert "Draft ready" in stages[-1]


def test_slow_pages_of_others_keep_nobody_from_writing(desk: Desk) -> None:
    session = drafted(desk)
    held = [desk.lines.reading.join(), desk.lines.reading.join()]
    stages = [view.stage or "" for view in do(desk, session, "write-again")]
    assert not any("ahead of you" in stage for stage in stages)
    assert "Draft ready" in stages[-1]
    for ticket in held:
        desk.lines.reading.leave(ticket, None)


def test_an_opening_that_a_list_only_names_is_read_in_the_line_for_that(desk: Desk) -> None:
    listed = do(desk, desk.first(), "read", source="https://many.example/jobs")[-1].session
    named = listed.openings[0].posting.model_copy(update={"lines": ()})
    opening = listed.openings[0].model_copy(update={"posting": named})
    listed = replace(listed, openings=(opening, *listed.openings[1:]))
    turn = Turn(listed, Said({"opening": "0"}), never)

    async def first_stage() -> str:
        return (await anext(desk.run(LONG["write"], turn))).stage or ""

    held = [desk.lines.writing.join(), desk.lines.writing.join()]
    assert "ahead of you" not in asyncio.run(first_stage())
    desk.lines.writing.leave(held.pop(), None)
    held = [desk.lines.reading.join(), desk.lines.reading.join()]
    assert "1 person is ahead of you" in asyncio.run(first_stage())


def all_free(desk: Desk) -> bool:
    lines = (desk.lines.reading, desk.lines.writing)
    return all(not line.is_long and line.ahead(line.join()) == 0 for line in lines for _ in range(2))


@pytest.mark.parametrize("outcome", ["one", "many", "broken", "nothing"])
def test_every_place_is_given_back(desk: Desk, outcome: str) -> None:
    do(desk, desk.first(), "read", source=f"https://{outcome}.example/jobs")
    assert all_free(desk)


@pytest.mark.parametrize("views", [1, 2, 4])
@pytest.mark.parametrize("way", ["closed", "cancelled", "stopped"])
def test_every_place_is_given_back_by_who_leaves_early(desk: Desk, way: str, views: int) -> None:
    stop = threading.Event()

    async def leaves() -> None:
        turn = Turn(desk.first(), Said({"source": "https://one.example/job"}), stop.is_set)
        running = desk.run(LONG["read"], turn)
        for _ in range(views):
            await anext(running)
        if way == "stopped":
            stop.set()
            assert [view async for view in running] == []
        elif way == "cancelled":
            task = asyncio.ensure_future(anext(running))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait({task})
        else:
            await cast(AsyncGenerator[View, None], running).aclose()

    asyncio.run(leaves())
    assert all_free(desk)


@pytest.mark.parametrize("held", [True, False])
def test_who_waits_for_a_place_and_leaves_is_not_waited_for(desk: Desk, held: bool) -> None:
    line = desk.lines.reading
    tickets = [line.join(), line.join()]

    async def leaves() -> None:
        running = desk.run(
            LONG["read"], Turn(desk.first(), Said({"source": "https://one.example/job"}), never)
        )
        assert "ahead of you" in ((await anext(running)).stage or "")
        waiting = asyncio.ensure_future(anext(running))
        await asyncio.sleep(0)
        if not held:
            line.leave(tickets.pop(), None)
        waiting.cancel()
        await asyncio.wait({waiting})

    asyncio.run(leaves())
    for ticket in tickets:
        line.leave(ticket, None)
    assert all_free(desk)


def test_after_a_change_of_evidence_nothing_is_written_from_the_old_matches(desk: Desk) -> None:
    session = drafted(desk)
    assert session.chosen is not None
    session = replace(session, chosen=session.chosen.model_copy(update={"thorough": True}))
    first = do(desk, session, "use-sample")[0].session
    assert first.chosen is not None
    assert not first.chosen.thorough


# --- editing -------------------------------------------------------------------------------------------


def body_with(old: str, new: str) -> str:

    return body_of(fake.sentences()).replace(old, new)


def test_an_edit_is_checked_and_answered_without_redrawing_the_letter(desk: Desk) -> None:
    session = do(desk, drafted(desk), "edit")[-1].session
    view = do(desk, session, "check", subject="S", body=body_with("also wrote", "also led"), n="7")[-1]
    assert view.stage is None
    found = answer(view)
    assert found["n"] == "7"
    assert "Your evidence says “wrote”." in found["changes"]
    assert found["letter"].count('class="sent odd"') == 1
    assert found["letter"].count("<p ") == 5


def test_undo_puts_the_drafts_own_sentence_back(desk: Desk) -> None:
    session = do(desk, drafted(desk), "edit")[-1].session
    body = body_with("also wrote", "also led")
    words = "I also led the Terraform modules for PostgreSQL used by four teams."
    after = do(desk, session, "edit-undo-one", words=words, subject="S", body=body)[-1].session
    assert after.edit is not None
    assert after.edit.body == body_with("", "")
    assert not after.edit.unsupported


def test_a_line_the_person_vouches_for_is_kept_and_counted(desk: Desk) -> None:
    session = do(desk, drafted(desk), "edit")[-1].session
    words = "I also led the Terraform modules for PostgreSQL used by four teams."
    body = body_with("also wrote", "also led")
    view = do(desk, session, "edit-keep", words=words, subject="S", body=body)[-1]
    assert "1 line is yours" in (view.stage or "")
    done = do(desk, view.session, "edit-done", subject="S", body=body)[-1]
    assert "1 line is yours" in (done.stage or "")
    assert "contenteditable" not in (done.stage or "")


def test_a_letter_left_as_it_was_is_not_an_edited_one(desk: Desk) -> None:
    session = do(desk, drafted(desk), "edit")[-1].session
    assert session.draft is not None
    after = do(desk, session, "edit-done", subject=session.draft.subject, body=body_with("", ""))[-1].session
    assert after.edit is None


def test_an_edited_draft_is_what_is_downloaded(desk: Desk) -> None:
    session = do(desk, drafted(desk), "edit")[-1].session
    done = do(desk, session, "edit-done", subject="Mine", body="Hello.")[-1].session
    found = answer(do(desk, done, "export", form="eml", n="1")[-1])
    assert found["name"] == "northwind-health.eml"
    assert base64.b64decode(found["data"]) == b"Mine\n\nHello."


@pytest.mark.parametrize("name", ["check", "edit-done", "edit-keep", "edit-undo-one", "export"])
def test_a_draft_that_is_gone_is_said_plainly(desk: Desk, name: str) -> None:
    view = do(desk, desk.first(), name, words="x", body="x")[-1]
    assert "This draft is no longer here." in (view.stage or "")


# --- a saved page ---------------------------------------------------------------------------------------


def test_a_saved_page_is_read_like_a_live_one(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<h1>Platform Engineer</h1>")
    turn = Turn(desk.first(), Said({}), never)

    async def last() -> Session:
        session = turn.session
        async for view in saved_page(desk, turn, file):
            session = view.session
        return session

    assert asyncio.run(last()).draft is not None
    assert not file.exists()


# --- what the browser may send -------------------------------------------------------------------------


@pytest.mark.parametrize("data", [None, [], "x", {"source": 3, "kind": ["cold-email"], "persona": None}])
def test_nonsense_from_the_browser_is_taken_for_nothing(desk: Desk, data: object) -> None:
    said = Said(data)
    assert said.text("source") == ""
    assert said.number("opening") is None
    assert said.kind(DraftKind.COVER_LETTER) is DraftKind.COVER_LETTER
    assert said.persona(Persona.JOB_SEEKER) is Persona.JOB_SEEKER
    assert said.tone("warm") == "warm"
    assert said.several("stress", ("e1",)) == ("e1",)


def test_every_verb_survives_a_fresh_session_and_an_empty_message(desk: Desk) -> None:
    for name in (*LONG, *QUICK):
        for view in do(desk, desk.first(), name):
            assert "Something broke here" not in (view.stage or ""), name


def test_texts_are_cut_to_their_limit() -> None:
    assert len(Said({"source": "x" * 5_000}).text("source", 2_000)) == 2_000
