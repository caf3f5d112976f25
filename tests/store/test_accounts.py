"""Accounts, sign-ins, tokens, codes and failed attempts, on both databases."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest

import store.accounts
from errors import Conflict, InroadError, NotFound, StoreError
from store import Account, Member, Store

MONTH = timedelta(days=30)


def digest(of: str) -> str:
    """What stands for a hash: 64 characters."""
    return of.ljust(64, "0")


def join(kept: Store, name: str) -> Account:
    assert kept.accounts.register(f"{name}@Mail.example", f"{name}@mail.example", name, f"hash of {name}")
    found = kept.accounts.find(f"{name}@mail.example")
    assert found is not None
    return found[0]


def enter(kept: Store, account: Account, token: str, lasting: timedelta = MONTH) -> bool:
    _, password = kept.accounts.load(account.person)
    return kept.accounts.sign_in(account.person, password, digest(token), "Firefox on Linux", lasting)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What several acts of the same moment give, or the type of what they raise."""
    ready = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        ready.wait()
        try:
            return act()
        except InroadError as error:
            return type(error)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


@pytest.fixture
def ada(kept: Store) -> Account:
    """The first one, who administers."""
    return join(kept, "ada")


@pytest.fixture
def bob(ada: Account, kept: Store) -> Account:
    return join(kept, "bob")


def advance(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the store believe that it is later."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + by

    monkeypatch.setattr(store.accounts, "datetime", Later)


# --- accounts ----------------------------------------------------------------------------------------


def test_the_first_account_administers_and_the_next_does_not(ada: Account, bob: Account) -> None:
    assert (ada.is_admin, bob.is_admin) == (True, False)
    assert (ada.email, ada.name) == ("ada@Mail.example", "ada")
    assert ada.person.startswith("account-")


def test_two_first_accounts_at_once_make_one_administrator(kept: Store) -> None:
    names = [f"p{n}" for n in range(6)]
    at_once(*(lambda name=name: join(kept, name) for name in names))
    members, more = kept.accounts.members()
    assert more is None
    assert sorted(each.account.name for each in members) == names
    assert sum(each.account.is_admin for each in members) == 1


def test_one_email_has_one_account_however_many_ask_at_once(kept: Store) -> None:
    def make() -> bool:
        return kept.accounts.register("a@b.example", "a@b.example", "", "hash")

    assert sorted(map(bool, at_once(*[make] * 4))) == [False, False, False, True]


def test_a_taken_email_keeps_its_account_as_it_is(kept: Store, ada: Account) -> None:
    assert kept.accounts.register("ADA@mail.example", "ada@mail.example", "Eve", "other") is False
    assert kept.accounts.load(ada.person) == (ada, "hash of ada")


def test_nobody_has_an_unknown_email(kept: Store) -> None:
    assert kept.accounts.find("nobody@mail.example") is None
    with pytest.raises(NotFound):
        kept.accounts.load("account-none")


def test_names_with_half_characters_and_nul_are_kept_without_them(kept: Store) -> None:
    kept.accounts.register("a@b.example", "a@b.example", "A\0\ud800", "hash")
    found = kept.accounts.find("a@b.example")
    assert found is not None
    assert found[0].name == "A\ufffd\ufffd"


def test_what_is_given_changes_and_the_rest_stays(kept: Store, ada: Account) -> None:
    changed = kept.accounts.change(ada.person, name="Ada L.", shares_outcomes=True)
    assert changed == ada.model_copy(update={"name": "Ada L.", "shares_outcomes": True})
    moved = kept.accounts.change(ada.person, email=("Ada@new.example", "ada@new.example"))
    assert moved.email == "Ada@new.example"
    assert kept.accounts.find("ada@mail.example") is None


def test_another_ones_email_cannot_be_had_but_ones_own_can(kept: Store, ada: Account, bob: Account) -> None:
    with pytest.raises(Conflict):
        kept.accounts.change(bob.person, name="Bob L.", email=("ada@mail.example", "ada@mail.example"))
    assert kept.accounts.load(bob.person)[0] == bob
    kept.accounts.change(bob.person, email=("BOB@mail.example", "bob@mail.example"))
    with pytest.raises(NotFound):
        kept.accounts.change("account-none", name="Eve")


def test_a_password_is_set_only_over_the_one_that_was_compared(kept: Store, ada: Account) -> None:
    assert kept.accounts.set_password(ada.person, "hash of eve", "new") is False
    assert kept.accounts.set_password(ada.person, "hash of ada", "new") is True
    assert kept.accounts.load(ada.person)[1] == "new"
    kept.accounts.rehash(ada.person, "hash of ada", "stale")
    assert kept.accounts.load(ada.person)[1] == "new"
    kept.accounts.rehash(ada.person, "new", "stronger")
    assert kept.accounts.load(ada.person)[1] == "stronger"


def test_another_password_ends_every_other_sign_in(kept: Store, ada: Account, bob: Account) -> None:
    for token in ("here", "there"):
        enter(kept, ada, token)
    enter(kept, bob, "bobs")
    here = kept.accounts.by_session(digest("here"), MONTH)
    assert here is not None
    kept.accounts.add_code(digest("code"), ada.person)
    kept.accounts.set_password(ada.person, "hash of ada", "new", keep=here[1])
    assert [each.id for each in kept.accounts.sessions(ada.person)] == [here[1]]
    assert kept.accounts.by_session(digest("there"), MONTH) is None
    assert kept.accounts.by_session(digest("bobs"), MONTH) is not None
    assert kept.accounts.reset("ada@mail.example", digest("code"), "by an old code") is False


# --- administering -----------------------------------------------------------------------------------


def test_the_last_administrator_stays_while_others_are_here(kept: Store, ada: Account, bob: Account) -> None:
    with pytest.raises(Conflict, match="administer"):
        kept.accounts.set_admin(ada.person, False)
    with pytest.raises(Conflict, match="administer"):
        kept.delete_person(ada.person)
    kept.accounts.set_admin(bob.person, True)
    kept.accounts.set_admin(ada.person, False)
    kept.delete_person(ada.person)
    assert [each.account.name for each in kept.accounts.members()[0]] == ["bob"]
    with pytest.raises(NotFound):
        kept.accounts.set_admin(ada.person, True)


def test_who_is_alone_may_go_and_the_next_one_administers(kept: Store, ada: Account) -> None:
    kept.delete_person(ada.person)
    assert join(kept, "bob").is_admin is True


def test_two_administrators_who_go_at_once_leave_one(kept: Store, ada: Account, bob: Account) -> None:
    join(kept, "eve")
    kept.accounts.set_admin(bob.person, True)
    done = at_once(*(lambda p=p: kept.delete_person(p) for p in (ada.person, bob.person)))
    assert sorted(map(str, done)) == [str(Conflict), "None"]
    assert sum(each.account.is_admin for each in kept.accounts.members()[0]) == 1


def test_two_deletes_at_once_are_one(kept: Store, ada: Account, bob: Account) -> None:
    kept.create(bob.person, "Mine")
    assert at_once(*[lambda: kept.delete_person(bob.person)] * 3) == [None] * 3
    assert kept.profiles(bob.person) == ()


def test_members_come_in_pages_with_counts_and_nothing_more(kept: Store, ada: Account) -> None:
    for n in range(4):
        join(kept, f"p{n}")
    kept.create(ada.person, "Mine")
    seen: list[Member] = []
    after = ""
    while True:
        page, following = kept.accounts.members(limit=2, after=after)
        seen += page
        if following is None:
            break
        after = following
    assert [each.account.name for each in seen] == ["ada", "p0", "p1", "p2", "p3"]
    assert (seen[0].evidence, seen[0].drafts) == (0, 0)


@pytest.mark.parametrize("after", ["x", "0001-01-01T00:00:00+14:00_x", "_", "\0_\0"])
def test_a_page_that_was_never_given_is_not_found(kept: Store, ada: Account, after: str) -> None:
    with pytest.raises(NotFound, match="anew"):
        kept.accounts.members(after=after)


@pytest.mark.parametrize("after", ["2026-01-01_x\0", "1900-01-01T00:00:00+00:00_\ud800", "0002-01-01_"])
def test_a_page_may_begin_anywhere(kept: Store, ada: Account, after: str) -> None:
    assert len(kept.accounts.members(after=after)[0]) == 1


@pytest.mark.parametrize("id_", ["", "\0", "\ud800", "0" * 500, "'; DROP TABLE accounts; --"])
def test_an_id_that_nobody_has_is_not_found(kept: Store, ada: Account, id_: str) -> None:
    acts: list[Callable[[], object]] = [
        lambda: kept.accounts.load(id_),
        lambda: kept.accounts.change(id_, name="Eve"),
        lambda: kept.accounts.set_admin(id_, True),
        lambda: kept.accounts.set_admin(id_, False),
        lambda: kept.accounts.sign_out(ada.person, id_),
        lambda: kept.accounts.remove_token(ada.person, id_),
        lambda: kept.accounts.add_code(digest("code"), id_),
        lambda: kept.accounts.add_token(id_, digest("t"), "script", ("read",), None),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()


# --- sign-ins ----------------------------------------------------------------------------------------


def test_a_sign_in_is_known_by_its_token_until_it_ends(kept: Store, ada: Account, bob: Account) -> None:
    enter(kept, ada, "one")
    found = kept.accounts.by_session(digest("one"), MONTH)
    assert found is not None
    account, session = found
    assert account == ada
    [listed] = kept.accounts.sessions(ada.person)
    assert (listed.id, listed.device) == (session, "Firefox on Linux")
    with pytest.raises(NotFound):
        kept.accounts.sign_out(bob.person, session)
    kept.accounts.sign_out(ada.person, session)
    assert kept.accounts.by_session(digest("one"), MONTH) is None
    with pytest.raises(NotFound):
        kept.accounts.sign_out(ada.person, session)


def test_all_others_end_and_this_one_goes_on(kept: Store, ada: Account, bob: Account) -> None:
    for token in ("one", "two", "three"):
        enter(kept, ada, token)
    enter(kept, bob, "bobs")
    found = kept.accounts.by_session(digest("two"), MONTH)
    assert found is not None
    kept.accounts.sign_out_others(ada.person, found[1])
    assert [each.id for each in kept.accounts.sessions(ada.person)] == [found[1]]
    assert len(kept.accounts.sessions(bob.person)) == 1


def test_a_sign_in_ends_unused_and_lasts_anew_with_use(
    kept: Store, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(kept, ada, "one", timedelta(days=2))
    with monkeypatch.context() as patch:
        advance(patch, timedelta(days=1))
        assert kept.accounts.by_session(digest("one"), timedelta(days=2)) is not None
    with monkeypatch.context() as patch:
        advance(patch, timedelta(days=2, hours=12))
        assert kept.accounts.by_session(digest("one"), timedelta(days=2)) is not None
    advance(monkeypatch, timedelta(days=5))
    assert kept.accounts.by_session(digest("one"), timedelta(days=2)) is None
    assert kept.accounts.sessions(ada.person) == ()
    assert (kept.accounts.purge(), kept.accounts.purge()) == (1, 0)


def test_a_request_writes_at_most_once_a_minute(
    kept: Store, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(kept, ada, "one")
    notes: list[str] = []
    monkeypatch.setattr(kept.accounts, "_note", lambda person, *_: notes.append(person))
    kept.accounts.by_session(digest("one"), MONTH)
    assert notes == []
    advance(monkeypatch, timedelta(minutes=2))
    kept.accounts.by_session(digest("one"), MONTH)
    assert notes == [ada.person]


def test_who_is_signed_in_is_known_where_nothing_can_be_written(
    kept: Store, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(kept, ada, "one")
    advance(monkeypatch, timedelta(minutes=2))

    def full() -> object:
        raise StoreError("The disk of the database is full.")

    monkeypatch.setattr(kept.accounts._database, "writing", full)
    found = kept.accounts.by_session(digest("one"), MONTH)
    assert found is not None
    assert found[0] == ada


def test_nobody_signs_in_with_a_password_that_was_changed_meanwhile(kept: Store, ada: Account) -> None:
    assert kept.accounts.sign_in(ada.person, "hash of old", digest("one"), "", MONTH) is False
    kept.delete_person(ada.person)
    assert kept.accounts.sign_in(ada.person, "hash of ada", digest("one"), "", MONTH) is False


def enter_with(kept: Store, account: Account, password: str, token: str) -> bool:
    return kept.accounts.sign_in(account.person, password, digest(token), "", MONTH)


def test_a_sign_in_and_a_delete_at_once_leave_nothing(kept: Store, ada: Account, bob: Account) -> None:
    outcomes = at_once(
        partial(enter_with, kept, bob, "hash of bob", "one"),
        partial(kept.delete_person, bob.person),
        partial(enter_with, kept, bob, "hash of bob", "two"),
    )
    assert outcomes[1] is None
    assert {type(each) for each in outcomes[::2]} == {bool}
    assert kept.accounts.by_session(digest("one"), MONTH) is None
    assert kept.accounts.by_session(digest("two"), MONTH) is None


def test_no_sign_in_with_the_old_password_outlives_a_new_one(
    kept: Store, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.accounts._end
    with ThreadPoolExecutor(1) as elsewhere:
        late: list[Future[bool]] = []

        def end_and_let_another_in(*given: object) -> None:
            real(*given)  # type: ignore[arg-type]
            late.append(elsewhere.submit(enter_with, kept, ada, "hash of ada", "late"))
            wait(late, timeout=0.3)  # it stands in line now, or would be in

        monkeypatch.setattr(store.accounts, "_end", end_and_let_another_in)
        assert kept.accounts.set_password(ada.person, "hash of ada", "new")
        assert late[0].result() is False
    assert kept.accounts.sessions(ada.person) == ()


def test_the_oldest_of_too_many_sign_ins_ends(
    kept: Store, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.accounts, "MOST_SESSIONS", 2)
    for token in ("one", "two", "three"):
        enter(kept, ada, token)
    assert len(kept.accounts.sessions(ada.person)) == 2
    assert kept.accounts.by_session(digest("one"), MONTH) is None
    assert kept.accounts.by_session(digest("three"), MONTH) is not None


# --- tokens ------------------------------------------------------------------------------------------


def test_a_token_may_do_what_its_scopes_say_until_it_is_removed(
    kept: Store, ada: Account, bob: Account
) -> None:
    made = kept.accounts.add_token(ada.person, digest("t"), "script", ("read", "draft"), None)
    assert made.used_at is None
    found = kept.accounts.by_token(digest("t"))
    assert found is not None
    assert (found[0], found[1].id, found[1].scopes) == (ada, made.id, ("read", "draft"))
    [listed] = kept.accounts.tokens(ada.person)
    assert listed.used_at is not None
    assert kept.accounts.tokens(bob.person) == ()
    with pytest.raises(NotFound):
        kept.accounts.remove_token(bob.person, made.id)
    kept.accounts.remove_token(ada.person, made.id)
    assert kept.accounts.by_token(digest("t")) is None
    with pytest.raises(NotFound):
        kept.accounts.remove_token(ada.person, made.id)


def test_a_token_ends_when_it_says(kept: Store, ada: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.accounts.add_token(
        ada.person, digest("t"), "script", ("read",), datetime.now(UTC) + timedelta(days=1)
    )
    assert kept.accounts.by_token(digest("t")) is not None
    advance(monkeypatch, timedelta(days=2))
    assert kept.accounts.by_token(digest("t")) is None


def test_tokens_are_bounded_and_nobodys_are_none(
    kept: Store, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.accounts, "MOST_TOKENS", 1)
    kept.accounts.add_token(ada.person, digest("t"), "one", ("read",), None)
    with pytest.raises(Conflict, match="tokens already"):
        kept.accounts.add_token(ada.person, digest("u"), "two", ("read",), None)
    with pytest.raises(NotFound):
        kept.accounts.add_token("account-none", digest("v"), "three", ("read",), None)


# --- codes -------------------------------------------------------------------------------------------


def test_a_code_sets_a_password_once_and_ends_everything_else(kept: Store, ada: Account) -> None:
    enter(kept, ada, "one")
    kept.accounts.add_token(ada.person, digest("t"), "script", ("read",), None)
    until = kept.accounts.add_code(digest("code"), ada.person)
    assert timedelta(hours=23) < until - datetime.now(UTC) < timedelta(hours=25)

    def use() -> bool:
        return kept.accounts.reset("ada@mail.example", digest("code"), "new")

    assert sorted(map(bool, at_once(use, use, use))) == [False, False, True]
    assert kept.accounts.load(ada.person)[1] == "new"
    assert kept.accounts.by_session(digest("one"), MONTH) is None
    assert kept.accounts.by_token(digest("t")) is None


def test_a_code_is_for_one_person_and_the_last_one_counts(kept: Store, ada: Account, bob: Account) -> None:
    kept.accounts.add_code(digest("first"), ada.person)
    kept.accounts.add_code(digest("second"), ada.person)
    for key, code in (
        ("bob@mail.example", "second"),
        ("nobody@mail.example", "second"),
        ("", "second"),
        ("ada@mail.example", "first"),
        ("ada@mail.example", "third"),
    ):
        assert kept.accounts.reset(key, digest(code), "new") is False
    assert kept.accounts.reset("ada@mail.example", digest("second"), "new") is True
    with pytest.raises(NotFound):
        kept.accounts.add_code(digest("x"), "account-none")


def test_an_invitation_is_for_one_account_and_resets_none(kept: Store, ada: Account) -> None:
    kept.accounts.add_code(digest("welcome"))
    for key in ("ada@mail.example", "nobody@mail.example", ""):
        assert kept.accounts.reset(key, digest("welcome"), "new") is False

    def come(name: str) -> bool:
        return kept.accounts.register(f"{name}@b.example", f"{name}@b.example", "", "hash", digest("welcome"))

    outcomes = at_once(lambda: come("bob"), lambda: come("eve"))
    assert sorted(map(str, outcomes)) == [str(Conflict), "True"]
    assert len(kept.accounts.members()[0]) == 2


def test_a_persons_code_invites_nobody_and_the_first_needs_none(kept: Store) -> None:
    assert kept.accounts.register("ada@mail.example", "ada@mail.example", "", "hash", digest("none")) is True
    [ada] = kept.accounts.members()[0]
    kept.accounts.add_code(digest("reset"), ada.account.person)
    with pytest.raises(Conflict):
        kept.accounts.register("b@c.example", "b@c.example", "", "hash", digest("reset"))


def test_an_invitation_is_used_up_by_an_email_that_is_known(kept: Store, ada: Account) -> None:
    kept.accounts.add_code(digest("welcome"))
    assert kept.accounts.register("ada@mail.example", "ada@mail.example", "", "h", digest("welcome")) is False
    with pytest.raises(Conflict):
        kept.accounts.register("b@c.example", "b@c.example", "", "hash", digest("welcome"))


def test_a_code_is_too_old_after_a_day(
    kept: Store, ada: Account, bob: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.accounts.add_code(digest("code"), bob.person)
    kept.accounts.add_code(digest("welcome"))
    advance(monkeypatch, timedelta(hours=25))
    assert kept.accounts.reset("bob@mail.example", digest("code"), "new") is False
    with pytest.raises(Conflict):
        kept.accounts.register("b@c.example", "b@c.example", "", "hash", digest("welcome"))
    assert (kept.accounts.purge(), kept.accounts.purge()) == (2, 0)


# --- failed attempts ---------------------------------------------------------------------------------


def test_failures_are_counted_by_key_from_a_moment_on(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    window = timedelta(minutes=15)
    one, two = digest("one"), digest("two")

    def fail(*keys: str) -> dict[str, int]:
        counted = kept.accounts.failed(keys, datetime.now(UTC) - window)
        return {key: each.count for key, each in counted.items()}

    assert fail(one, two) == {one: 1, two: 1}
    assert fail(one) == {one: 2}
    since = datetime.now(UTC) - window
    assert {key: each.count for key, each in kept.accounts.attempts((one, two), since).items()} == {
        one: 2,
        two: 1,
    }
    assert kept.accounts.attempts((one,), datetime.now(UTC)) == {}
    kept.accounts.forgive(one)
    assert kept.accounts.attempts((one,), since) == {}
    advance(monkeypatch, window)
    counted = kept.accounts.failed((two,), datetime.now(UTC))
    assert counted[two].count == 1
    advance(monkeypatch, timedelta(days=2))
    assert kept.accounts.purge() == 1
    assert kept.accounts.attempts((two,), since) == {}


def test_no_failure_is_lost_when_many_come_at_once(kept: Store) -> None:
    keys, since = [digest(key) for key in ("a", "b", "c")], datetime.now(UTC) - timedelta(minutes=15)
    at_once(*(lambda n=n: kept.accounts.failed(keys[n % 3 :] + keys[: n % 3], since) for n in range(8)))
    assert [each.count for each in kept.accounts.attempts(keys, since).values()] == [8, 8, 8]


# --- what goes with an account -----------------------------------------------------------------------


def test_nothing_of_an_account_outlives_it(kept: Store, ada: Account, bob: Account) -> None:
    told: list[tuple[str, tuple[str, ...]]] = []
    kept.on_delete.append(lambda person, profiles: told.append((person, profiles)))
    profile = kept.create(bob.person, "Mine")
    enter(kept, bob, "one")
    kept.accounts.add_token(bob.person, digest("t"), "script", ("read",), None)
    kept.accounts.add_code(digest("code"), bob.person)
    kept.delete_person(bob.person)
    assert told == [(bob.person, (profile,))]
    assert kept.accounts.by_session(digest("one"), MONTH) is None
    assert kept.accounts.by_token(digest("t")) is None
    assert kept.accounts.reset("bob@mail.example", digest("code"), "new") is False
    assert kept.accounts.find("bob@mail.example") is None
    assert join(kept, "bob").person != bob.person
