"""Tokens: what a browser's cookie or a program shows. Only their hash is kept, so none can be read back.

A token is 256 random bits, so a plain hash of it cannot be turned round.
"""

import hashlib
import re
import secrets

PREFIX = "inroad_"
"""Of a program's token, so that whoever finds one, in a log or a repository, knows what it is."""

# 32 bytes in the alphabet of URLs.
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def new(prefix: str = "") -> str:
    """A fresh token."""
    return prefix + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def could_be(token: str, prefix: str = "") -> bool:
    """Whether a text looks like a token; what does not need not be looked for."""
    return token.startswith(prefix) and _SECRET.fullmatch(token[len(prefix) :]) is not None
