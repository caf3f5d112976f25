"""From a request to who sent it: one indexed read, remembered nowhere, so that what is revoked is at once."""

from datetime import timedelta

from starlette.requests import HTTPConnection

import store
from accounts import origin, sessions, tokens
from accounts.caller import LOCAL, SCOPES, Caller
from errors import NotSignedIn
from settings import Settings


def identify(request: HTTPConnection, settings: Settings) -> Caller:
    """Who sent a request. It reads the database, so it is called in a thread.

    A token in the Authorization header comes before a cookie. A cookie that is not, or no longer, of a
    sign-in is as good as none.

    Args:
        request: Its headers, cookies and the address it came from.
        settings: Whether one person is at home here, or many sign in.

    Raises:
        NotSignedIn: when it shows a token that is not, or no longer, one of ours.
        NotAllowed: when a browser sent it for a page of another site.
    """
    address = request.client.host if request.client else ""
    if settings.keeps_evidence:
        origin.check(request, settings, by_browser=False)
        return Caller(way="local", person=LOCAL, scopes=frozenset(SCOPES), address=address)
    if settings.accounts:
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return _by_token(shown.strip(), settings, address)
        if token := sessions.token_of(request, settings):
            origin.check(request, settings, by_browser=True)
            return _by_session(token, settings, address)
    return Caller(way="anonymous", address=address)


def _by_token(token: str, settings: Settings, address: str) -> Caller:
    digest = tokens.digest(token) if tokens.could_be(token, tokens.PREFIX) else None
    found = store.open_store(settings).accounts.by_token(digest) if digest else None
    if found is None:
        raise NotSignedIn("This token is not, or no longer, good.", "Make one in your account.")
    account, shown = found
    scopes = frozenset(scope for scope in shown.scopes if scope in SCOPES)
    return Caller(way="token", person=account.person, account=account, scopes=scopes, address=address)


def _by_session(token: str, settings: Settings, address: str) -> Caller:
    lasting = timedelta(days=settings.session_days)
    kept = store.open_store(settings).accounts
    found = kept.by_session(tokens.digest(token), lasting) if tokens.could_be(token) else None
    if found is None:
        return Caller(way="anonymous", address=address)
    account, session = found
    return Caller(
        way="session",
        person=account.person,
        account=account,
        session=session,
        scopes=frozenset(SCOPES),
        address=address,
    )
