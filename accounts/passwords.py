"""Passwords: which may be one, their hashes, and the few threads that hash.

Argon2id at 19 MiB, two passes, one lane: the least that OWASP's cheat sheet on storing passwords asks for.
Two hashes at a time take 38 MiB and step back behind whoever else needs the processor; others wait in line.
"""

import base64
import os
import secrets
import sys
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from errors import InvalidField

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 8
LONGEST = 256
_AT_ONCE = 2
_STEP_BACK = 10
"""Niceness beyond the process's own: about a tenth of a busy processor, the whole of an idle one."""
_COMMON = Path(__file__).with_name("common-passwords.txt")
_ADVICE = "Three or four words in a row are easy to remember and hard to guess."


def check(password: str, *own: str, field: str = "password") -> None:
    """Refuse what others would try first.

    Args:
        password: The new one.
        own: The person's e-mail and name.
        field: What its field is called.

    Raises:
        InvalidField: with the reason.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidField(field, f"A password has {SHORTEST} to {LONGEST} characters.", _ADVICE)
    bare = _bare(password)
    if password.casefold() in _common() or len(set(password)) < 4:
        raise InvalidField(field, "This password is one of the first that others try.", _ADVICE)
    if bare and bare in {_bare(part) for text in own for part in (text, text.partition("@")[0])}:
        raise InvalidField(field, "This password is your own name or email.", _ADVICE)


def hashed(password: str) -> str:
    """The hash to keep of a password; waits for its turn."""
    return _hashers().submit(_hash, password).result()


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one of a hash; waits for its turn.

    Args:
        kept: The hash; None where there is no account, which takes the same work.
        password: As typed.
    """
    return _hashers().submit(_verify, kept or _nobodys(), password).result() and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made under other parameters than those of today."""
    return _argon2().check_needs_rehash(kept)


def _hash(password: str) -> str:
    return _argon2().hash(_bytes(password))


def _verify(kept: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _argon2().verify(kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """The same for the same letters, however a keyboard composes them."""
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")


@lru_cache(maxsize=1)
def _argon2() -> "PasswordHasher":
    from argon2 import PasswordHasher
    from argon2.low_level import Type

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """A hash under the parameters of today that no password has."""
    salt, tag = (base64.b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, 32))
    hasher = _argon2()
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${tag}"


@lru_cache(maxsize=1)
def _hashers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_AT_ONCE, "hashing", initializer=_step_back)


if hasattr(os, "register_at_fork"):  # threads do not outlive a fork: its child would wait for them for ever
    os.register_at_fork(after_in_child=_hashers.cache_clear)


def _step_back() -> None:
    # Linux gives each thread a niceness of its own; elsewhere it is the process's, which must not step back.
    if sys.platform == "linux":
        me = threading.get_native_id()
        now = os.getpriority(os.PRIO_PROCESS, me)
        os.setpriority(os.PRIO_PROCESS, me, min(19, now + _STEP_BACK))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split())


def _bare(text: str) -> str:
    """A text without spaces, signs and what people add at the end to please a rule."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    return letters.rstrip("0123456789")
