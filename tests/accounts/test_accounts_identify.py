"""From a request to who sent it."""

from datetime import UTC, datetime, timedelta

import pytest

import store
from accounts import identify, signing_in, tokens
from errors import NotAllowed, NotSignedIn
from settings import Settings
from store import Account, Store
from tests.accounts.conftest import request, settings_of

PASSWORD = "seven small boats"
HERE = "http://inroad.example"


@pytest.fixture
def opened(kept: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(store, "open_store", lambda _: kept)
    return kept


@pytest.fixture
def signed_in(opened: Store, config: Settings) -> tuple[str, Account]:
    """The token of a cookie, and whose it is."""
    signing_in.register(opened.accounts, config, "maya@mail.example", "Maya", PASSWORD)
    return signing_in.sign_in(
        opened.accounts, config, "maya@mail.example", PASSWORD, address="", device="Firefox"
    )


def test_on_a_laptop_there_is_one_person_who_may_do_everything() -> None:
    who = identify(request(), settings_of(accounts=False))
    assert (who.way, who.person, sorted(who.scopes)) == ("local", "local", ["draft", "read", "write"])
    assert who.is_admin


def test_a_page_of_another_site_may_not_act_as_the_person_of_a_laptop() -> None:
    laptop = settings_of(accounts=False)
    identify(request("POST"), laptop)
    identify(request("POST", origin=HERE), laptop)
    with pytest.raises(NotAllowed):
        identify(request("POST", origin="https://evil.example"), laptop)
    with pytest.raises(NotAllowed):
        identify(request("DELETE", sec_fetch_site="cross-site"), laptop)


def test_where_nobody_signs_in_and_nothing_is_kept_everybody_is_anonymous() -> None:
    shared = settings_of(accounts=False, keep_evidence=False)
    who = identify(request(cookie="inroad=x", authorization="Bearer x"), shared)
    assert (who.way, who.person, who.scopes) == ("anonymous", "", frozenset())
    assert not who.is_admin


def test_a_cookie_says_who_is_signed_in(
    config: Settings, opened: Store, signed_in: tuple[str, Account]
) -> None:
    token, account = signed_in
    who = identify(request(cookie=f"inroad={token}"), config)
    assert (who.way, who.person, who.account) == ("session", account.person, account)
    assert who.session == opened.accounts.sessions(account.person)[0].id
    assert who.address == "192.0.2.7"
    assert who.is_admin


def test_what_was_ended_is_ended_at_once(
    config: Settings, opened: Store, signed_in: tuple[str, Account]
) -> None:
    token, account = signed_in
    shown = request(cookie=f"inroad={token}")
    who = identify(shown, config)
    opened.accounts.sign_out(account.person, who.session)
    assert identify(shown, config).way == "anonymous"


def test_a_deleted_accounts_old_cookie_is_as_good_as_none(
    config: Settings, opened: Store, signed_in: tuple[str, Account]
) -> None:
    token, account = signed_in
    opened.delete_person(account.person)
    assert identify(request(cookie=f"inroad={token}"), config).way == "anonymous"


@pytest.mark.parametrize(
    "cookie", ["inroad=", "inroad=x", f"inroad={'A' * 43}", "inroad=\xff\xfe", f"inroad={'x' * 7000}", "\x00"]
)
def test_a_forged_cookie_is_as_good_as_none(config: Settings, opened: Store, cookie: str) -> None:
    assert identify(request(cookie=cookie), config).way == "anonymous"


def test_a_cookie_changes_nothing_for_a_page_of_another_site(
    config: Settings, opened: Store, signed_in: tuple[str, Account]
) -> None:
    cookie = f"inroad={signed_in[0]}"
    assert identify(request("POST", cookie=cookie, origin=HERE), config).way == "session"
    for sent in ({"origin": "https://evil.example"}, {"sec_fetch_site": "same-site"}, {}):
        with pytest.raises(NotAllowed):
            identify(request("POST", cookie=cookie, **sent), config)


def test_a_token_says_whose_program_it_is_and_what_it_may(
    config: Settings, opened: Store, signed_in: tuple[str, Account]
) -> None:
    _, account = signed_in
    token = tokens.new(tokens.PREFIX)
    made = opened.accounts.add_token(account.person, tokens.digest(token), "script", ("read", "x"), None)
    shown = request("POST", authorization=f"bearer  {token} ", origin="https://elsewhere.example")
    who = identify(shown, config)
    assert (who.way, who.person, who.session) == ("token", account.person, "")
    assert who.scopes == frozenset({"read"})
    assert not who.is_admin  # though its owner is
    opened.accounts.remove_token(account.person, made.id)
    with pytest.raises(NotSignedIn):
        identify(shown, config)


def test_an_expired_token_is_none(config: Settings, opened: Store, signed_in: tuple[str, Account]) -> None:
    token = tokens.new(tokens.PREFIX)
    past = datetime.now(UTC) - timedelta(seconds=1)
    opened.accounts.add_token(signed_in[1].person, tokens.digest(token), "script", ("read",), past)
    with pytest.raises(NotSignedIn):
        identify(request(authorization=f"Bearer {token}"), config)


@pytest.mark.parametrize(
    "shown", ["Bearer", "Bearer x", f"Bearer inroad_{'A' * 43}", "Bearer \xff", "bearer " + "x" * 9000]
)
def test_a_forged_token_is_refused_even_beside_a_good_cookie(
    config: Settings, opened: Store, signed_in: tuple[str, Account], shown: str
) -> None:
    with pytest.raises(NotSignedIn, match="not, or no longer"):
        identify(request(authorization=shown, cookie=f"inroad={signed_in[0]}"), config)


def test_the_token_of_a_cookie_is_none_in_a_header_nor_the_other_way_round(
    config: Settings, opened: Store, signed_in: tuple[str, Account]
) -> None:
    cookie, account = signed_in
    token = tokens.new(tokens.PREFIX)
    opened.accounts.add_token(account.person, tokens.digest(token), "script", ("read",), None)
    with pytest.raises(NotSignedIn):
        identify(request(authorization=f"Bearer {cookie}"), config)
    assert identify(request(cookie=f"inroad={token}"), config).way == "anonymous"


def test_who_is_there_is_one_read(config: Settings, opened: Store, signed_in: tuple[str, Account]) -> None:
    from sqlalchemy import event

    statements: list[str] = []
    engine = opened._database._engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(str(args[2])))
    identify(request(cookie=f"inroad={signed_in[0]}"), config)
    assert [each.split()[0] for each in statements if each != "BEGIN"] == ["SELECT"]
