"""The cookie of a sign-in: its name, how a browser is to keep it, and what to call the browser in a list."""

import re

from starlette.requests import HTTPConnection

from settings import Settings

# The longest that browsers keep one; how long a sign-in lasts is for the store to say.
_MAX_AGE = 400 * 24 * 3600

_BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(?:Chrome|CriOS)/")),
    ("Safari", re.compile(r"\bSafari/")),
    ("curl", re.compile(r"^curl/")),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac", "Mac OS X"),
    ("Linux", "Linux"),
)


def is_secure(request: HTTPConnection, settings: Settings) -> bool:
    """Whether browsers reach this place by https alone, as far as can be told from here."""
    public = (settings.public_url or "").startswith("https://")
    return settings.framed or public or request.url.scheme in ("https", "wss")


def cookie_name(request: HTTPConnection, settings: Settings) -> str:
    """What the cookie is called: over https by a name that no neighbouring site can set."""
    return "__Host-inroad" if is_secure(request, settings) else "inroad"


def token_of(request: HTTPConnection, settings: Settings) -> str:
    """The token in the cookie; empty without one."""
    return request.cookies.get(cookie_name(request, settings), "")


def cookie(request: HTTPConnection, settings: Settings, token: str) -> str:
    """The value of a Set-Cookie header that keeps a token; with an empty one, that forgets it.

    Scripts cannot read it. Only requests of our own pages carry it, except where the page itself is shown in
    a frame of another site: there it is kept for that site apart from all others.
    """
    parts = [f"{cookie_name(request, settings)}={token}", "Path=/", "HttpOnly"]
    parts.append(f"Max-Age={_MAX_AGE if token else 0}")
    if settings.framed:
        parts += ["SameSite=None", "Secure", "Partitioned"]
    else:
        parts += ["SameSite=Lax", *(["Secure"] if is_secure(request, settings) else [])]
    return "; ".join(parts)


def device(request: HTTPConnection) -> str:
    """What somebody would call the browser that asks, such as "Firefox on Linux"."""
    agent = request.headers.get("user-agent", "")
    browser = next((name for name, mark in _BROWSERS if mark.search(agent)), "Another browser")
    system = next((name for name, mark in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser
