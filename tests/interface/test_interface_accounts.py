"""Who is behind a page: visitors, people who sign in, and pages that change hands."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import HTTPConnection

from accounts import tokens
from errors import InroadError, NotAllowed, StoreError
from interface import bulk, importing, keeping
from interface.desk import LONG, QUICK, ChangedHands, Desk, Turn, View
from interface.session import Said, Session
from settings import Environment, Settings
from tests.interface import fake_outreach as fake

PAGE = "a page"


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    """A desk of a place where people sign in."""
    fake.install(monkeypatch.setattr)
    made = Desk(Settings(environment=Environment.TEST, accounts=True, data_dir=tmp_path))
    yield made
    for pool in (made.pool, made.door):
        pool.shutdown(wait=False, cancel_futures=True)


def asked(token: str = "", *, bearer: str = "", origin: str = "http://here") -> HTTPConnection:
    """A request of the page, with the cookie of a sign-in."""
    headers = [(b"host", b"here"), (b"origin", origin.encode())]
    if token:
        headers.append((b"cookie", f"inroad={token}".encode()))
    if bearer:
        headers.append((b"authorization", f"Bearer {bearer}".encode()))
    return HTTPConnection(
        {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": "/",
            "query_string": b"",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("here", 80),
        }
    )


def account(desk: Desk, email: str, name: str = "Maya Lindqvist") -> str:
    """A new account; the person's id."""
    assert desk.store.accounts.register(email, email, name, "a hash")
    found = desk.store.accounts.find(email)
    assert found is not None
    return found[0].person


def signed_in(desk: Desk, email: str) -> str:
    """The token of a new sign-in."""
    found = desk.store.accounts.find(email)
    assert found is not None
    token = tokens.new()
    known, password = found
    kept = desk.store.accounts
    assert kept.sign_in(known.person, password, tokens.digest(token), "Firefox", timedelta(days=1))
    return token


def do(desk: Desk, session: Session, name: str, /, **said: str) -> list[View]:
    turn = Turn(session, Said(said), lambda: False)

    async def all_views() -> list[View]:
        if name in LONG:
            return [view async for view in desk.run(LONG[name], turn)]
        return [await desk.run_quick(QUICK[name], turn)]

    return asyncio.run(all_views())


def visited(desk: Desk) -> Session:
    """A visitor with a profile of their own and a draft."""
    session = desk.known(desk.first(), PAGE, asked())
    form = {"name": "Ada", "experience": "Built the billing API.", "skills": ""}
    session = do(desk, session, "save-form", **form)[-1].session
    return do(desk, session, "read", source="https://one.example/job")[-1].session


# --- signing in -----------------------------------------------------------------------------------------


def test_what_a_visitor_made_is_theirs_when_they_sign_in(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    session = visited(place)
    visitor = session.person
    now = place.known(session, PAGE, asked(signed_in(place, "maya@mail.example")))
    assert now.person == person
    assert now.account is not None
    assert now.account.name == "Maya Lindqvist"
    assert [one.label for one in place.store.profiles(person)] == ["Ada"]
    assert place.store.history.count(person) == 1
    assert place.store.profiles(visitor) == ()
    assert now.draft is session.draft


def test_the_page_shows_who_signed_in_and_goes_on_with_the_draft(place: Desk) -> None:
    account(place, "maya@mail.example")
    session = visited(place)
    now = place.known(session, PAGE, asked(signed_in(place, "maya@mail.example")))
    view = do(place, now, "signed-in")[-1]
    assert view.session.draft is session.draft
    assert "Your account" in (view.account or "")
    assert "Maya Lindqvist" in (view.account or "")
    assert '<a href="#saved">Saved</a>' in (view.stage or "")
    assert "Sign in to keep this" not in (view.stage or "")


def test_closing_the_page_deletes_nothing_of_who_signed_in(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    place.known(visited(place), PAGE, asked(signed_in(place, "maya@mail.example")))
    place.leave(PAGE)
    place.pool.shutdown(wait=True)
    assert place.store.history.count(person) == 1
    assert len(place.store.profiles(person)) == 1


def test_a_draft_that_is_being_written_while_somebody_signs_in_is_theirs(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    session = place.known(place.first(), PAGE, asked())
    turn = Turn(session, Said({"source": "https://one.example/job"}), lambda: False)

    async def sign_in_half_way() -> View:
        last = View(session)
        views = place.run(LONG["read"], turn)
        seen = 0
        async for view in views:
            seen += 1
            last = view
            if seen == 4:
                place.known(session, PAGE, asked(signed_in(place, "maya@mail.example")))
        return last

    written = asyncio.run(sign_in_half_way())
    assert written.session.saved
    assert written.session.person == person
    assert '<a href="#saved">Saved</a>' in (written.stage or "")
    assert place.store.history.count(person) == 1
    assert place.store.history.count(session.person) == 0


def test_files_that_are_read_while_somebody_signs_in_are_theirs(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    session = place.known(place.first(), PAGE, asked())
    keep = keeping.keeper(place, session)
    document, profile = fake.read_evidence("a.txt", b"Ran it.")
    place.known(session, PAGE, asked(signed_in(place, "maya@mail.example")))
    keep(importing.File("a.txt", lambda: b"Ran it."), b"Ran it.", document, profile)
    assert len(place.store.profiles(person)) == 1
    assert place.store.profiles(session.person) == ()


def test_what_is_kept_at_the_very_moment_of_signing_in_is_moved_after(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    session = place.known(place.first(), PAGE, asked())
    with place.here(session) as visitor:
        place.known(session, PAGE, asked(signed_in(place, "maya@mail.example")))
        place.store.create(visitor, "Late")
    assert [one.label for one in place.store.profiles(person)] == ["Late"]
    assert place.store.profiles(visitor) == ()


def test_what_could_not_be_moved_is_moved_the_next_time(place: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person = account(place, "maya@mail.example")
    session, request = visited(place), asked(signed_in(place, "maya@mail.example"))
    with monkeypatch.context() as patch:

        def down(*_: object) -> int:
            raise StoreError("The database is away.")

        patch.setattr(type(place.store), "adopt", down)
        with pytest.raises(StoreError):
            place.known(session, PAGE, request)
    place.known(session, PAGE, request)
    assert place.store.history.count(person) == 1


# --- changing hands -------------------------------------------------------------------------------------


def end_of_session(desk: Desk, person: str, token: str) -> None:
    desk.store.accounts.sign_out_others(person, "")


def end_of_account(desk: Desk, person: str, token: str) -> None:
    desk.store.accounts.register("b@mail.example", "b@mail.example", "", "a hash")
    desk.store.accounts.set_admin(desk.store.accounts.find("b@mail.example")[0].person, True)  # type: ignore[index]
    desk.store.delete_person(person)


@pytest.mark.parametrize("ended", [end_of_session, end_of_account])
def test_whose_sign_in_has_ended_sees_nothing_more_and_keeps_nothing_more(
    place: Desk, ended: Callable[[Desk, str, str], None]
) -> None:
    person, token = account(place, "maya@mail.example"), ""
    token = signed_in(place, "maya@mail.example")
    session = place.known(visited(place), PAGE, asked(token))
    place.tray(PAGE).put(["slow.txt"])
    running = place.begin(PAGE)
    ended(place, person, token)
    before = place.store.history.count(person)
    with pytest.raises(ChangedHands) as told:
        place.known(session, PAGE, asked(token))
    left = told.value.session
    assert left.person.startswith("visitor-")
    assert (left.draft, left.reading, left.kept, left.account, left.saved) == (None, None, None, None, "")
    assert left.profile == place.first().profile
    assert running.is_set()
    assert not place.tray(PAGE).lines
    with pytest.raises(ChangedHands), place.here(session):
        raise AssertionError("nothing may be kept")
    assert place.store.history.count(person) == before


def test_a_page_of_one_account_is_never_anothers(place: Desk) -> None:
    account(place, "maya@mail.example")
    other = account(place, "sam@mail.example", "Sam")
    mine = place.known(visited(place), PAGE, asked(signed_in(place, "maya@mail.example")))
    with pytest.raises(ChangedHands) as told:
        place.known(mine, PAGE, asked(signed_in(place, "sam@mail.example")))
    assert told.value.session.person == other
    assert told.value.session.draft is None
    assert place.store.profiles(other) == ()
    assert place.store.history.count(other) == 0


def test_a_draft_whose_sign_in_ends_while_it_is_written_is_not_kept(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    token = signed_in(place, "maya@mail.example")
    session = place.known(place.first(), PAGE, asked(token))
    turn = Turn(session, Said({"source": "https://one.example/job"}), lambda: False)

    async def revoked_half_way() -> None:
        seen = 0
        async for _ in place.run(LONG["read"], turn):
            seen += 1
            if seen == 4:
                place.store.accounts.sign_out_others(person, "")

    with pytest.raises(ChangedHands):
        asyncio.run(revoked_half_way())
    assert place.store.history.count(person) == 0


def test_many_drafts_end_with_the_sign_in(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    token = signed_in(place, "maya@mail.example")
    session = place.known(place.first(), PAGE, asked(token))
    session = do(place, session, "read", source="https://many.example/jobs")[-1].session
    place.store.accounts.sign_out_others(person, "")

    async def all_panels() -> None:
        async for _ in bulk.write(place, Turn(session, Said({"picks": "0,1,2"}), lambda: False)):
            pass

    with pytest.raises(ChangedHands):
        asyncio.run(all_panels())
    assert place.store.history.count(person) == 0
    assert PAGE not in place.bulks


def test_another_sites_page_and_a_token_get_nowhere(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    token = signed_in(place, "maya@mail.example")
    with pytest.raises(NotAllowed):
        place.known(place.first(), PAGE, asked(token, origin="http://elsewhere"))
    secret = tokens.new(tokens.PREFIX)
    place.store.accounts.add_token(person, tokens.digest(secret), "mine", ["read"], None)
    with pytest.raises(NotAllowed):
        place.known(place.first(), PAGE, asked(bearer=secret))


def test_two_people_at_once_stay_apart(place: Desk) -> None:
    people = {}
    for email in ("maya@mail.example", "sam@mail.example"):
        people[email] = (account(place, email), signed_in(place, email))
    sessions: dict[str, Session] = {}

    def at_work(email: str) -> None:
        session = place.known(place.first(), email, asked(people[email][1]))
        form = {"name": email, "experience": f"Worked for {email}.", "skills": ""}
        sessions[email] = do(place, session, "save-form", **form)[-1].session

    threads = [threading.Thread(target=at_work, args=(email,)) for email in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for email, (person, _) in people.items():
        assert [one.label for one in place.store.profiles(person)] == [email]
        assert sessions[email].person == person


def test_a_page_that_was_forgotten_shows_an_account_nothing(place: Desk) -> None:
    account(place, "maya@mail.example")
    session = place.known(visited(place), PAGE, asked(signed_in(place, "maya@mail.example")))
    place._asked.clear()
    with pytest.raises(ChangedHands), place.here(session):
        raise AssertionError("nobody asked")


def test_many_drafts_go_on_when_somebody_signs_in_and_are_theirs(place: Desk) -> None:
    person = account(place, "maya@mail.example")
    session = place.known(place.first(), PAGE, asked())
    session = do(place, session, "read", source="https://many.example/jobs")[-1].session

    async def sign_in_half_way() -> None:
        seen = 0
        async for _ in bulk.write(place, Turn(session, Said({"picks": "0,1,2,3,4"}), lambda: False)):
            seen += 1
            if seen == 1:
                place.known(session, PAGE, asked(signed_in(place, "maya@mail.example")))

    asyncio.run(sign_in_half_way())
    assert place.store.history.count(person) == 5
    assert place.bulks[PAGE].person == person


def test_another_sites_page_is_nobody_at_a_computer_of_ones_own(desk: Desk) -> None:
    assert desk.known(desk.first(), PAGE, asked()).person == "local"
    with pytest.raises(NotAllowed):
        desk.known(desk.first(), PAGE, asked(origin="http://elsewhere"))


# --- the account page -----------------------------------------------------------------------------------


def at_home(desk: Desk) -> Session:
    account(desk, "maya@mail.example")
    return desk.known(visited(desk), PAGE, asked(signed_in(desk, "maya@mail.example")))


def test_the_account_page_counts_what_is_kept(place: Desk) -> None:
    view = do(place, at_home(place), "account")[-1]
    assert "1 item of evidence, 1 saved draft." in (view.account or "")
    assert "This browser" in (view.account or "")


def test_a_visitor_is_offered_the_doors_and_told_that_the_draft_stays(place: Desk) -> None:
    shown = do(place, visited(place), "account")[-1].account or ""
    for words in ("Sign in", "Create an account", "Set a new password"):
        assert f'<h1 tabindex="-1">{words}</h1>' in shown
    assert "it will be in Saved once you sign in" in shown
    assert "Invitation code" not in shown


def test_an_invitation_is_asked_for_where_one_is_needed(place: Desk) -> None:
    place.settings = place.settings.model_copy(update={"registration": "invited"})
    shown = do(place, place.known(place.first(), PAGE, asked()), "account")[-1].account or ""
    assert "Invitation code" in shown


def test_contacts_of_the_account_page_are_those_of_the_open_profile(place: Desk) -> None:
    session = at_home(place)
    view = do(place, session, "save-account", links="https://one.example", postal_address="A street 1")[-1]
    assert view.session.profile.links == ("https://one.example",)
    assert view.session.profile.postal_address == "A street 1"
    assert "Saved." in (view.account or "")


def test_a_profile_without_a_name_is_signed_with_the_accounts(place: Desk) -> None:
    account(place, "maya@mail.example")
    session = place.known(place.first(), PAGE, asked(signed_in(place, "maya@mail.example")))
    session = do(place, session, "clear")[-1].session
    session = do(place, session, "add-own", words="Built the billing API in Python.")[-1].session
    assert session.profile.name == "Maya Lindqvist"
    assert place.store.load(session.person, session.kept.id).profile.name == ""  # type: ignore[union-attr]


def test_deleting_everything_leaves_the_account(place: Desk) -> None:
    session = at_home(place)
    session = do(place, session, "ask", what="all")[-1].session
    view = do(place, session, "delete", what="all")[-1]
    assert place.store.profiles(session.person) == ()
    assert place.store.history.count(session.person) == 0
    assert place.store.accounts.load(session.person)[0].email == "maya@mail.example"
    assert view.session.draft is None


def test_what_keeps_the_account_page_from_being_shown_is_told_there(
    place: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = at_home(place)

    def down(*_: Any) -> Any:
        raise StoreError("The database is away.")

    monkeypatch.setattr(type(place.store), "profiles", down)
    shown = do(place, session, "account")[-1].account or ""
    assert "The database is away." in shown
    assert "<h1" in shown


def test_a_page_without_a_name_is_refused_here_too(place: Desk) -> None:
    with pytest.raises(InroadError):
        place.known(replace(place.first(), key=""), "", asked())


def test_hostile_names_are_shown_as_text(place: Desk) -> None:
    bad = fake.HOSTILE
    person = account(place, "maya@mail.example", bad)
    token = tokens.new()
    kept = place.store.accounts
    assert kept.sign_in(person, "a hash", tokens.digest(token), bad, timedelta(days=1))
    kept.add_token(person, "a digest", bad, ["read"], None)
    session = place.known(place.first(), PAGE, asked(token))
    shown = do(place, session, "account")[-1].account or ""
    assert "<img" not in shown
    assert shown.count("&lt;img") > 3


def test_an_administrator_finds_the_way_to_what_they_run(place: Desk) -> None:
    first, second = "maya@mail.example", "sam@mail.example"
    for email, finds in ((first, True), (second, False)):
        account(place, email)
        session = place.known(place.first(), email, asked(signed_in(place, email)))
        assert session.is_admin is finds
        assert ('href="#admin"' in (do(place, session, "account")[-1].account or "")) is finds


def test_at_a_computer_of_ones_own_there_is_nothing_to_sign_in_to(desk: Desk) -> None:
    session = desk.known(desk.first(), PAGE)
    shown = do(desk, session, "account")[-1].account or ""
    assert "This computer" in shown
    assert "<form" not in shown
    assert 'href="docs"' in shown


def test_the_evidence_page_says_how_long_it_is_kept(place: Desk) -> None:
    session = visited(place)
    assert '<a href="#sign-in">Sign in to keep it</a>' in place.evidence(session)
    account(place, "maya@mail.example")
    now = place.known(session, PAGE, asked(signed_in(place, "maya@mail.example")))
    assert "Kept for you alone, in your account." in place.evidence(now)
    form = {"name": "Ada", "experience": "Built the billing API.", "skills": "Go"}
    view = do(place, now, "save-form", **form)[-1]
    assert "Saved." in (view.evidence or "")
    assert "Saved for this visit." not in (view.evidence or "")
    assert "Forgotten" not in place.evidence(now)
