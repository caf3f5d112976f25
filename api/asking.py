"""Who asks, for every route: the dependency that each of them names."""

from typing import Annotated

from fastapi import Depends, Request

import accounts
import store
from accounts import Caller, Scope
from errors import NotAllowed, NotSignedIn
from settings import Settings

_HOW = "Or send a token of your account as “Authorization: Bearer”."


def settings_of(request: Request) -> Settings:
    """The settings of the app."""
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def store_of(request: Request) -> store.Store:
    """What is kept."""
    return store.open_store(settings_of(request))


def caller(request: Request) -> Caller:
    """Who sent this request; anybody may.

    Raises:
        NotSignedIn: when it shows a token that is not, or no longer, one of ours.
        NotAllowed: when a browser sent it for a page of another site.
    """
    return accounts.identify(request, settings_of(request))


def _with(scope: Scope) -> object:
    def known(who: Annotated[Caller, Depends(caller)]) -> Caller:
        if not who.person:
            raise NotSignedIn("Sign in first.", _HOW)
        if scope not in who.scopes:
            raise NotAllowed(f"This token may not {scope}.", "Make one that may, in your account.")
        return who

    return known


def _guest(
    who: Annotated[Caller, Depends(caller)], settings: Annotated[Settings, Depends(settings_of)]
) -> Caller:
    if who.way == "anonymous" and settings.api_anonymous_requests_per_minute == 0:
        raise NotSignedIn("Only who has an account may ask here.", _HOW)
    if who.way != "anonymous" and "draft" not in who.scopes:
        raise NotAllowed("This token may not draft.", "Make one that may, in your account.")
    return who


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

Kept = Annotated[store.Store, Depends(store_of)]
"""What is kept."""

Config = Annotated[Settings, Depends(settings_of)]
"""The settings of the app."""
