"""Making an account, signing in, and coming back with a code when the password is forgotten.

Whether an e-mail has an account cannot be told from an answer, its words or its work: an unknown e-mail costs
the same hash and the same queries, and making an account that there is already says what making one says.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts import addresses, codes, passwords, tokens
from accounts.throttle import Throttle
from errors import Conflict, InvalidField, TooMany, WrongPassword
from settings import Settings
from store import Account
from telemetry import metrics

if TYPE_CHECKING:
    from store.accounts import Accounts

_LONGEST_NAME = 200


def register(
    kept: "Accounts",
    settings: Settings,
    email: str,
    name: str,
    password: str,
    code: str = "",
    address: str = "",
) -> None:
    """Make an account, unless the e-mail has one already, which looks the same.

    Args:
        kept: The accounts.
        settings: Whether anybody may come.
        email: As typed.
        name: What the person is called; may be empty.
        password: As typed.
        code: An invitation, where one is needed.
        address: Where the request comes from.

    Raises:
        InvalidField: when something cannot be taken.
        Conflict: when an invitation is needed and this is none.
        TooMany: when too many codes were guessed.
    """
    shown, key = addresses.tidied(email)
    called = tidied_name(name)
    passwords.check(password, shown, called)
    invited = settings.registration == "invited"
    tries = Throttle(kept, key, address)
    if invited:
        tries.admit()
    hashed = passwords.hashed(password)
    try:
        kept.register(shown, key, called, hashed, codes.hashed(code) if invited else None)
    except Conflict:
        tries.fail()
        raise


def sign_in(
    kept: "Accounts", settings: Settings, email: str, password: str, *, address: str, device: str
) -> tuple[str, Account]:
    """Begin a sign-in; returns its token, for the cookie, and whose it is.

    Args:
        kept: The accounts.
        settings: How long a sign-in lasts unused.
        email: As typed.
        password: As typed.
        address: Where the request comes from.
        device: What the person will know the sign-in by.

    Raises:
        WrongPassword: when they do not belong together; it says how many tries are left.
        TooMany: when too many failed.
    """
    key = addresses.key(email)
    tries = Throttle(kept, key, address)
    try:
        tries.admit()
    except TooMany:
        metrics.SIGN_INS.labels("too many").inc()
        raise
    account, hashed = kept.find(key) or (None, None)
    is_right = passwords.matches(hashed, password)
    token = tokens.new()
    lasting = timedelta(days=settings.session_days)
    if account is None or hashed is None or not is_right:
        metrics.SIGN_INS.labels("refused").inc()
        raise _wrong(tries.fail())
    if not kept.sign_in(account.person, hashed, tokens.digest(token), device, lasting):
        metrics.SIGN_INS.labels("refused").inc()
        raise _wrong(tries.fail())
    tries.succeed()
    if passwords.is_outdated(hashed):
        kept.rehash(account.person, hashed, passwords.hashed(password))
    metrics.SIGN_INS.labels("signed in").inc()
    return token, account


def reset(kept: "Accounts", email: str, code: str, password: str, *, address: str) -> None:
    """Set a new password with a code of the administrator; every sign-in and token of the account ends.

    Raises:
        InvalidField: when the password cannot be one.
        Conflict: when code and e-mail do not belong together, or the code was used or is too old.
        TooMany: when too many failed.
    """
    key = addresses.key(email)
    passwords.check(password, email)
    tries = Throttle(kept, key, address)
    tries.admit()
    if not kept.reset(key, codes.hashed(code), passwords.hashed(password)):
        left = _tries(tries.fail())
        raise Conflict(f"That email and code do not match, or the code is not good any more. {left}")
    tries.succeed()


def prove(kept: "Accounts", account: Account, password: str, *, address: str, field: str = "password") -> str:
    """Make sure that whoever is signed in knows the password; returns its hash as kept.

    Args:
        kept: The accounts.
        account: Whose password it is to be.
        password: As typed.
        address: Where the request comes from.
        field: What its field is called.

    Raises:
        InvalidField: when they do not.
        TooMany: when too many failed.
        NotFound: when the account has gone meanwhile.
    """
    tries = Throttle(kept, addresses.key(account.email), address)
    tries.admit()
    _, hashed = kept.load(account.person)
    if not passwords.matches(hashed, password):
        raise InvalidField(field, f"This is not your password. {_tries(tries.fail())}")
    tries.succeed()
    return hashed


def tidied_name(name: str) -> str:
    """A name on one line.

    Raises:
        InvalidField: when it is too long.
    """
    called = " ".join(name.split())
    if len(called) > _LONGEST_NAME:
        raise InvalidField("name", f"This name is longer than {_LONGEST_NAME} characters.")
    return called


def _wrong(left: int) -> WrongPassword:
    return WrongPassword(f"That email and password do not match. {_tries(left)}", tries_left=left)


def _tries(left: int) -> str:
    return f"{left} {'try' if left == 1 else 'tries'} left."
