"""Who asks, for every route: the dependency that each of them names."""

from typing import Annotated

from fastapi import Depends, Request

import accounts
import calls
import store
from accounts import Caller, Scope
from errors import NotAllowed, NotFound, NotSignedIn
from settings import Settings

_HOW = "Or send a token of your account as “Authorization: Bearer”."


def settings_of(request: Request) -> Settings:
    """The settings of the app."""
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


async def _config(request: Request) -> Settings:
    # Dependencies that wait for nothing are async, so that no thread is asked for them.
    return settings_of(request)


def store_of(request: Request) -> store.Store:
    """What is kept."""
    return calls.opened(settings_of(request))


def caller(request: Request) -> Caller:
    """Who sent this request; anybody may.

    Raises:
        NotSignedIn: when it shows a token that is not, or no longer, one of ours.
        NotAllowed: when a browser sent it for a page of another site.
    """
    who = accounts.identify(request, settings_of(request))
    request.state.way = who.way  # for the log
    return who


NEEDED: dict[object, Scope | None] = {}
"""The dependencies that only somebody passes, with the scope that a token of theirs must have, or None where
no token is enough."""


def _with(scope: Scope) -> object:
    async def known(who: Annotated[Caller, Depends(caller)]) -> Caller:
        if not who.person:
            raise NotSignedIn("Sign in first.", _HOW)
        if scope not in who.scopes:
            raise NotAllowed(f"This token may not {scope}.", "Make one that may, in your account.")
        return who

    NEEDED[known] = scope
    return known


async def _guest(
    who: Annotated[Caller, Depends(caller)], settings: Annotated[Settings, Depends(_config)]
) -> Caller:
    if who.way == "anonymous" and settings.api_anonymous_requests_per_minute == 0:
        raise NotSignedIn("Only who has an account may ask here.", _HOW)
    if who.way != "anonymous" and "draft" not in who.scopes:
        raise NotAllowed("This token may not draft.", "Make one that may, in your account.")
    return who


def need_accounts(settings: Settings) -> None:
    """Raise `NotFound` where nobody signs in."""
    if not settings.accounts:
        raise NotFound("There are no accounts here.", "Whoever runs this place can set INROAD_ACCOUNTS=true.")


async def place_of_accounts(settings: Annotated[Settings, Depends(_config)]) -> None:
    """As `need_accounts`, for routes that name nobody."""
    need_accounts(settings)


async def _member(
    who: Annotated[Caller, Depends(caller)], _: Annotated[None, Depends(place_of_accounts)]
) -> Caller:
    if who.way == "token":
        raise NotAllowed("A token may not manage an account.", "Sign in with its password instead.")
    if who.account is None:
        raise NotSignedIn("Sign in first.")
    return who


NEEDED[_member] = None


async def _administrator(who: Annotated[Caller, Depends(_member)]) -> Caller:
    if not who.is_admin:
        raise NotAllowed("Only an administrator may do this.", "Ask whoever runs this place.")
    return who


def _keeper(who: Annotated[Caller, Depends(caller)]) -> Caller:
    if who.way == "token":
        raise NotAllowed("A token may not see this.", "Sign in with its password instead.")
    if not who.person:
        raise NotSignedIn("Sign in first.")
    if not who.is_admin:
        raise NotAllowed("Only an administrator may do this.", "Ask whoever runs this place.")
    return who


NEEDED[_keeper] = None

Anybody = Annotated[Caller, Depends(caller)]
"""Whoever asks, signed in or not."""

Guest = Annotated[Caller, Depends(_guest)]
"""Whoever may have pages read and drafts written, signed in or not; a token must allow it."""

Reader = Annotated[Caller, Depends(_with("read"))]
"""Somebody with data of their own, who may see it."""

Writer = Annotated[Caller, Depends(_with("write"))]
"""Somebody who may change what is kept of them."""

Drafter = Annotated[Caller, Depends(_with("draft"))]
"""Somebody who may have drafts written and kept."""

Member = Annotated[Caller, Depends(_member)]
"""Somebody who is signed in themselves; a token is not enough."""

Administrator = Annotated[Caller, Depends(_administrator)]
"""Somebody who is signed in and runs this place."""

Keeper = Annotated[Caller, Depends(_keeper)]
"""Who runs this place: an administrator who is signed in, or the one person of a laptop."""

Kept = Annotated[store.Store, Depends(store_of)]
"""What is kept."""

Config = Annotated[Settings, Depends(_config)]
"""The settings of the app."""
