"""Codes for one use, short enough to be told by telephone: XXXX-XXXX-XXXX."""

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.accounts import Accounts

# Without I, O, 0 and 1, which look like each other. 32 to the 12th are 60 bits: beyond guessing in 24 hours.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 12


def issue(kept: "Accounts", person: str | None = None) -> tuple[str, datetime]:
    """A fresh code and until when it is good: for a person's new password, or for somebody's account.

    Raises:
        NotFound: when there is no such person.
    """
    code = new()
    return code, kept.add_code(hashed(code), person)


def new() -> str:
    """A code as it is handed out."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, _LENGTH, 4))


def hashed(code: str) -> str:
    """What is kept of a code, however it was typed: small letters, spaces and dashes are no difference."""
    letters = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(letters.encode(errors="replace")).hexdigest()
