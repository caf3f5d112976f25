"""Whether our own page sent a request, or a page of another site did behind the person's back.

A browser adds a cookie by itself, and whatever runs on a laptop is reached by every page open there. So a
request that changes something must come from this place. Browsers say so in Sec-Fetch-Site, or, over plain
http and where they are old, in Origin alone; no page can forge either. A token in a header needs no such
check, as no browser adds it by itself.
"""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from errors import NotAllowed
from settings import Settings

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"http": ":80", "https": ":443"}


def check(request: HTTPConnection, settings: Settings, *, by_browser: bool) -> None:
    """Refuse what a page of another site had a browser send.

    Args:
        request: Its method and headers.
        settings: Which address people use, where a proxy hides it.
        by_browser: Whether it must be a browser's, as it carries a cookie; else what says nothing about where
            it comes from is a program's, and may pass.

    Raises:
        NotAllowed: when it comes from elsewhere.
    """
    if request.scope.get("method", "GET") in _SAFE:
        return
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site is not None:
        allowed = site in ("same-origin", "none")
    elif origin is not None:
        allowed = _is_ours(origin, request, settings)
    else:
        allowed = not by_browser
    if not allowed:
        advice = "Use the page itself; a program shows a token, or sends this place's address as Origin."
        raise NotAllowed("This was not sent by a page of this site.", advice)


def _is_ours(origin: str, request: HTTPConnection, settings: Settings) -> bool:
    scheme, _, host = origin.lower().partition("://")
    if scheme not in _PORTS or not host:  # "null", an extension, a file
        return False
    if settings.public_url and origin.lower() == _origin_of(settings.public_url):
        return True
    # Behind a proxy that ends TLS this server speaks http, so only the other way round is a lie.
    if request.url.scheme == "https" and scheme != "https":
        return False
    ours = request.headers.get("host", "").lower()
    port = _PORTS[scheme]
    return bool(ours) and host.removesuffix(port) == ours.removesuffix(port)


def _origin_of(address: str) -> str:
    parts = urlsplit(address.lower())
    return f"{parts.scheme}://{parts.netloc.removesuffix(_PORTS[parts.scheme])}"
