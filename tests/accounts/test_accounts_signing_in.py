"""Signing in, making an account, coming back with a code: what may be learnt from an answer, and its work."""

import pytest

from accounts import codes, managing, passwords, signing_in, tokens
from accounts.managing import Wanted
from errors import Conflict, InvalidField, NotFound, NotSignedIn, TooMany, WrongPassword
from settings import Settings
from store import Account, Store
from telemetry import metrics
from tests.accounts.conftest import settings_of

PASSWORD = "seven small boats"
HERE = "192.0.2.7"


def join(kept: Store, config: Settings, email: str = "maya@mail.example", **given: str) -> None:
    name, password = given.pop("name", "Maya"), given.pop("password", PASSWORD)
    signing_in.register(kept.accounts, config, email, name, password, address=HERE, **given)


def enter(
    kept: Store, config: Settings, email: str = "maya@mail.example", password: str = PASSWORD
) -> tuple[str, Account]:
    return signing_in.sign_in(kept.accounts, config, email, password, address=HERE, device="Firefox")


def refused(kept: Store, config: Settings, email: str, password: str = "not this one") -> WrongPassword:
    with pytest.raises(WrongPassword) as error:
        enter(kept, config, email, password)
    return error.value


@pytest.fixture
def maya(kept: Store, config: Settings) -> Account:
    join(kept, config)
    return enter(kept, config)[1]


# --- signing in --------------------------------------------------------------------------------------


def test_whoever_knows_the_password_gets_a_token_that_is_kept_as_a_hash(
    kept: Store, config: Settings, maya: Account
) -> None:
    token, account = enter(kept, config, " MAYA@mail.example ")
    assert account == maya
    with kept._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT token FROM sessions").scalars().all()
    assert tokens.digest(token) in rows
    assert token not in rows


def test_a_wrong_password_and_an_unknown_email_are_one_answer_and_one_work(
    kept: Store, config: Settings, maya: Account, hashing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import event

    statements: list[str] = []
    event.listen(
        kept._database._engine,
        "before_cursor_execute",
        lambda *args: statements.append(str(args[2]).partition(" FROM ")[0]),
    )
    works = []
    answers = []
    for email in ("maya@mail.example", "nobody@mail.example", "no address at all"):
        statements.clear()
        hashing.clear()
        error = refused(kept, config, email)
        answers.append((error.message, error.advice, error.tries_left))
        works.append((list(hashing), list(statements)))
    assert answers == [("That email and password do not match. 4 tries left.", "", 4)] * 3
    assert works[0] == works[1] == works[2]
    assert works[0][0] == ["verify"]


def test_the_sixth_try_is_not_made_whether_or_not_there_is_an_account(
    kept: Store, config: Settings, maya: Account, hashing: list[str]
) -> None:
    for email in ("maya@mail.example", "nobody@mail.example"):
        left = [refused(kept, config, email).tries_left for _ in range(5)]
        assert left == [4, 3, 2, 1, 0]
        hashing.clear()
        with pytest.raises(TooMany):
            enter(kept, config, email)
        assert hashing == []


def test_a_success_gives_the_tries_back(kept: Store, config: Settings, maya: Account) -> None:
    for _ in range(2):
        for _ in range(4):
            refused(kept, config, "maya@mail.example")
        enter(kept, config)


def test_an_old_hash_is_made_anew_at_the_next_sign_in(kept: Store, config: Settings, maya: Account) -> None:
    from argon2 import PasswordHasher

    _, current = kept.accounts.load(maya.person)
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    kept.accounts.rehash(maya.person, current, old)
    enter(kept, config)
    _, now = kept.accounts.load(maya.person)
    assert now != old
    assert not passwords.is_outdated(now)
    enter(kept, config)


def test_who_is_deleted_while_they_sign_in_is_told_what_strangers_are(
    kept: Store, config: Settings, maya: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = passwords.matches

    def slow(hashed: str | None, password: str) -> bool:
        kept.delete_person(maya.person)
        return real(hashed, password)

    monkeypatch.setattr(passwords, "matches", slow)
    with pytest.raises(NotSignedIn, match="do not match"):
        enter(kept, config)


def test_sign_ins_are_counted_by_how_they_end(kept: Store, config: Settings, maya: Account) -> None:
    def count(outcome: str) -> float:
        return metrics.REGISTRY.get_sample_value("inroad_sign_ins_total", {"outcome": outcome}) or 0.0

    before = {outcome: count(outcome) for outcome in ("signed in", "refused", "too many")}
    enter(kept, config)
    for _ in range(5):
        refused(kept, config, "maya@mail.example")
    with pytest.raises(TooMany):
        enter(kept, config)
    assert {name: count(name) - was for name, was in before.items()} == {
        "signed in": 1,
        "refused": 5,
        "too many": 1,
    }


# --- making an account -------------------------------------------------------------------------------


def test_a_taken_email_is_no_other_work_and_no_other_answer(
    kept: Store, config: Settings, maya: Account, hashing: list[str]
) -> None:
    join(kept, config, "bob@mail.example")
    fresh = list(hashing)
    hashing.clear()
    join(kept, config, name="Eve", password="another one entirely")
    assert hashing == fresh == ["hash"]
    assert enter(kept, config)[1] == maya
    refused(kept, config, "maya@mail.example", "another one entirely")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("email", {"email": "no address"}),
        ("password", {"password": "short"}),
        ("password", {"password": "maya@mail.example"}),
        ("name", {"name": "m" * 201}),
    ],
)
def test_what_cannot_be_taken_is_refused_before_any_work(
    kept: Store, config: Settings, hashing: list[str], field: str, given: dict[str, str]
) -> None:
    with pytest.raises(InvalidField) as error:
        join(kept, config, **given)
    assert error.value.field == field
    assert hashing == []


def test_where_people_are_invited_the_first_needs_no_code_and_the_next_does(
    kept: Store, config: Settings, hashing: list[str]
) -> None:
    invited = settings_of(registration="invited")
    join(kept, invited)
    code = codes.new()
    kept.accounts.add_code(codes.hashed(code))
    hashing.clear()
    for wrong in ("", "AAAA-AAAA-AAAA"):
        with pytest.raises(Conflict, match="code"):
            join(kept, invited, "bob@mail.example", code=wrong)
        with pytest.raises(Conflict, match="code"):
            join(kept, invited, "maya@mail.example", code=wrong)
    assert hashing == ["hash"] * 4
    join(kept, invited, "bob@mail.example", code=code.lower())
    assert enter(kept, config, "bob@mail.example")[1].is_admin is False
    with pytest.raises(Conflict):
        join(kept, invited, "eve@mail.example", code=code)


def test_codes_cannot_be_guessed_for_long(kept: Store, config: Settings, maya: Account) -> None:
    invited = settings_of(registration="invited")
    for _ in range(5):
        with pytest.raises(Conflict):
            join(kept, invited, "bob@mail.example", code="AAAA-AAAA-AAAA")
    with pytest.raises(TooMany):
        join(kept, invited, "bob@mail.example", code="AAAA-AAAA-AAAA")


# --- coming back -------------------------------------------------------------------------------------


def reset(kept: Store, email: str, code: str, password: str = "eight green boats") -> None:
    signing_in.reset(kept.accounts, email, code, password, address=HERE)


def test_a_code_lets_its_person_in_with_a_new_password(kept: Store, config: Settings, maya: Account) -> None:
    code = codes.new()
    kept.accounts.add_code(codes.hashed(code), maya.person)
    reset(kept, " Maya@Mail.example", f" {code.lower()} ")
    refused(kept, config, "maya@mail.example", PASSWORD)
    assert enter(kept, config, password="eight green boats")[1] == maya
    with pytest.raises(Conflict):
        reset(kept, "maya@mail.example", code)


def test_a_wrong_code_tells_nothing_about_the_email(
    kept: Store, config: Settings, maya: Account, hashing: list[str]
) -> None:
    told = []
    for email in ("maya@mail.example", "nobody@mail.example"):
        hashing.clear()
        with pytest.raises(Conflict) as error:
            reset(kept, email, "AAAA-AAAA-AAAA")
        told.append((error.value.message, tuple(hashing)))
    assert told[0] == told[1]
    assert told[0][1] == ("hash",)


# --- the account -------------------------------------------------------------------------------------


def change(kept: Store, account: Account, **wanted: object) -> Account:
    return managing.change(kept.accounts, account, Wanted(**wanted), address=HERE)  # type: ignore[arg-type]


def test_a_name_needs_no_password_and_an_email_does(
    kept: Store, config: Settings, maya: Account, hashing: list[str]
) -> None:
    assert change(kept, maya, name="Maya L.", email=maya.email).name == "Maya L."
    assert hashing == []
    with pytest.raises(InvalidField, match=r"not your password\. 4 tries left"):
        change(kept, maya, email="eve@mail.example")
    moved = change(kept, maya, email="Maya@new.example", password=PASSWORD)
    assert (moved.email, moved.name) == ("Maya@new.example", "Maya L.")
    assert enter(kept, config, "maya@new.example")[1].person == maya.person


def test_who_looks_for_taken_emails_is_stopped(kept: Store, config: Settings, maya: Account) -> None:
    join(kept, config, "bob@mail.example")
    for _ in range(5):
        with pytest.raises(Conflict, match="cannot be used"):
            change(kept, maya, email="bob@mail.example", password=PASSWORD)
    with pytest.raises(TooMany):
        change(kept, maya, email="bob@mail.example", password=PASSWORD)


def test_another_password_needs_the_old_one(kept: Store, config: Settings, maya: Account) -> None:
    def set_password(old: str, new: str) -> None:
        managing.set_password(kept.accounts, maya, old, new, keep="", address=HERE)

    with pytest.raises(InvalidField) as wrong:
        set_password("not this one", "eight green boats")
    assert wrong.value.field == "old"
    with pytest.raises(InvalidField) as weak:
        set_password(PASSWORD, "password")
    assert weak.value.field == "new"
    set_password(PASSWORD, "eight green boats")
    assert enter(kept, config, password="eight green boats")[1] == maya


def test_an_account_goes_with_its_password_only(kept: Store, config: Settings, maya: Account) -> None:
    with pytest.raises(InvalidField):
        managing.delete(kept, maya, "not this one", address=HERE)
    managing.delete(kept, maya, PASSWORD, address=HERE)
    refused(kept, config, "maya@mail.example", PASSWORD)
    with pytest.raises(NotFound):
        managing.delete(kept, maya, PASSWORD, address=HERE)
    with pytest.raises(NotFound):
        change(kept, maya, name="Ghost")


def test_a_sign_in_that_has_ended_ends_again_without_a_fault(kept: Store, maya: Account) -> None:
    [session] = kept.accounts.sessions(maya.person)
    managing.end(kept.accounts, maya.person, session.id)
    managing.end(kept.accounts, maya.person, session.id)
    assert kept.accounts.sessions(maya.person) == ()
