"""Which passwords are taken, that their hashes can be trusted, and that few are made at a time."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts import passwords
from errors import InvalidField


@pytest.mark.parametrize(
    "password",
    [
        "seven small boats",
        "Tr0ub4dor&3",
        "пароль на лодке",
        "𝕡𝕒𝕤𝕤 ünï¢öde",
        "abcd" * 64,
        "nul\0 in it",
        "a1\ud800bcdefg",
    ],
)
def test_whatever_is_hard_to_guess_is_taken(password: str) -> None:
    passwords.check(password, "maya@mail.example", "Maya")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "8 to 256"),
        ("short", "8 to 256"),
        ("x" * 257, "8 to 256"),
        ("y7" * 500_000, "8 to 256"),
        ("password", "first that others try"),
        ("PassWord123", "first that others try"),
        ("aaaaaaaaaaaa", "first that others try"),
        ("12121212121212", "first that others try"),
        ("maya.lindqvist", "own name or email"),
        ("Maya.Lindqvist1990!", "own name or email"),
        ("maya.lindqvist@mail.example", "own name or email"),
        ("MayaLindqvist", "own name or email"),
    ],
)
def test_what_others_would_try_is_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(InvalidField, match=reason) as refused:
        passwords.check(password, "maya.lindqvist@mail.example", "Maya Lindqvist", field="new")
    assert refused.value.field == "new"


def test_the_list_of_common_passwords_holds_only_what_is_long_enough() -> None:
    assert all(len(each) >= passwords.SHORTEST and each == each.casefold() for each in passwords._common())


def test_a_hash_is_salted_and_matches_its_password_alone() -> None:
    one, two = passwords.hashed("seven small boats"), passwords.hashed("seven small boats")
    assert one != two
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "boats" not in one
    assert passwords.matches(one, "seven small boats")
    assert not passwords.matches(one, "seven small boat")
    assert not passwords.is_outdated(one)


def test_the_same_letters_match_however_they_are_composed() -> None:
    assert passwords.matches(passwords.hashed("cafe\u0301 au lait"), "caf\xe9 au lait")


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=19456,t=2,p=1$x$y", "$2b$12$abc"])
def test_what_is_no_hash_matches_nothing(kept: str) -> None:
    assert not passwords.matches(kept, "seven small boats")


def test_nobody_has_a_password_and_it_takes_the_same_work(hashing: list[str]) -> None:
    assert not passwords.matches(None, "seven small boats")
    assert hashing == ["verify"]
    from argon2 import extract_parameters

    real = passwords.hashed("seven small boats")
    assert extract_parameters(passwords._nobodys()) == extract_parameters(real)


def test_a_hash_of_lesser_parameters_is_outdated() -> None:
    from argon2 import PasswordHasher

    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash("seven small boats")
    assert passwords.is_outdated(old)
    assert passwords.matches(old, "seven small boats")


def test_two_hash_at_a_time_in_threads_that_step_back(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, here, most, nice = threading.Lock(), set[int](), [0], set[int]()
    both = threading.Event()

    def slow(_: str) -> str:
        me = threading.get_native_id()
        with lock:
            here.add(me)
            most[0] = max(most[0], len(here))
            nice.add(os.getpriority(os.PRIO_PROCESS, me))
            if len(here) == 2:
                both.set()
        both.wait(60)
        with lock:
            here.discard(me)
        return ""

    monkeypatch.setattr(passwords, "_hash", slow)
    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(passwords.hashed, ["x"] * 6))
    assert most == [2]
    assert nice == {min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)}


def test_a_forked_process_hashes_too() -> None:
    """Threads do not outlive a fork, so a child must not wait for its parent's."""
    passwords.hashed("seven small boats")
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os._exit(0 if passwords.hashed("seven small boats").startswith("$argon2id$") else 1)
    assert os.waitpid(child, 0)[1] == 0
