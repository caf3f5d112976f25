"""Those who are not the owner, and how they ask."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from evaluation.isolation.planted import Place, Somebody

ASKERS = (
    "another account's sign-in",
    "another account's token",
    "the administrator's sign-in",
    "nobody",
    "a visitor's page",
    "a sign-in that was ended",
    "a deleted account's sign-in",
    "a deleted account's token",
)
OF_PAGES = tuple(name for name in ASKERS if not name.endswith("token") and name != "nobody")
OF_VERBS = ("another account's sign-in",)
"""As whom every verb of the page is asked for each time; as the others of `OF_PAGES`, when it is thorough."""
OF_ROUTES = tuple(name for name in ASKERS if name != "a visitor's page")

_addresses = count(1)


@dataclass(frozen=True)
class Asker:
    """One request's worth of somebody: fresh, so that what they do to themselves hurts no later one."""

    name: str
    headers: Mapping[str, str]


def asker(name: str, place: Place, here: str) -> Asker:
    """Somebody by their name in `ASKERS`.

    Args:
        name: Who.
        place: Whom there is.
        here: The address of the app, which browsers send as Origin.
    """
    shown = _shown(name, place)
    # Each comes from an address of their own, so that none has asked or failed too often.
    number = next(_addresses)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    return Asker(name, {"x-forwarded-for": address, "origin": here, **shown})


def _shown(name: str, place: Place) -> dict[str, str]:
    kept = place.kept
    if name == "another account's sign-in":
        return _cookie(_stranger(place).cookie(kept))
    if name == "another account's token":
        return {"authorization": f"Bearer {_stranger(place).token(kept)}"}
    if name == "the administrator's sign-in":
        administrator = _stranger(place)
        kept.accounts.set_admin(administrator.person, True)
        return _cookie(administrator.cookie(kept))
    if name == "a sign-in that was ended":
        return _cookie(place.revoked)
    if name == "a deleted account's sign-in":
        return _cookie(place.deleted["cookie"])
    if name == "a deleted account's token":
        return {"authorization": f"Bearer {place.deleted['token']}"}
    return {}


def _stranger(place: Place) -> Somebody:
    """An account in which nothing has been done yet."""
    return Somebody.new(place.kept, f"eve-{secrets.token_hex(4)}@other.example")


def _cookie(token: str) -> dict[str, str]:
    return {"cookie": f"inroad={token}"}
