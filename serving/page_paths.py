"""The paths that the page needs of the many that Gradio opens; the rest are closed.

Gradio also answers for what this page has no use for: `file=` and `/file/` hand out what others uploaded to
whoever knows its path, `upload_progress` tells the name of a file on its way, `proxy=` fetches from Spaces,
`component_server`, `/api/` and `/call/` run functions by name, `monitoring`, `profiling` and `runs` tell
about calls, `vibe-edit` writes code, `token` and `user` speak of sign-ins that are not ours.

What is left is kept apart by the page's session hash, which its script draws at random (52 bits) and which
appears in no log and on no page: who does not know it sees nothing of another's stream, and cannot end it.
"""

import re

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from accounts import origin
from api import problems
from settings import Settings

_SESSION = r"[A-Za-z0-9_-]{1,64}"
_OPEN = (
    ("GET", r"/", "/"),
    ("GET", r"/assets/.+", "/assets/{file}"),
    ("GET", r"/static/.+", "/static/{file}"),
    ("GET", r"/svelte/.+", "/svelte/{file}"),
    ("GET", r"/favicon\.ico", "/favicon.ico"),
    ("GET", r"/manifest\.json", "/manifest.json"),
    ("GET", r"/robots\.txt", "/robots.txt"),
    ("GET", r"(?:/gradio_api)?/theme\.css", "/theme.css"),
    ("GET", r"/config/?", "/config"),
    ("GET", r"/gradio_api/info/?", "/gradio_api/info"),
    ("GET", r"/gradio_api/app_id/?", "/gradio_api/app_id"),
    ("GET", r"/gradio_api/startup-events", "/gradio_api/startup-events"),
    ("GET", rf"/gradio_api/heartbeat/{_SESSION}", "/gradio_api/heartbeat/{session}"),
    ("GET", r"/gradio_api/queue/data", "/gradio_api/queue/data"),
    ("POST", r"/gradio_api/queue/join", "/gradio_api/queue/join"),
    ("POST", r"/gradio_api/run/predict/?", "/gradio_api/run/predict"),
    ("POST", r"/gradio_api/cancel", "/gradio_api/cancel"),
    ("POST", r"/gradio_api/reset/?", "/gradio_api/reset"),
    ("POST", r"/gradio_api/upload", "/gradio_api/upload"),
)
_COMPILED = tuple((method, re.compile(pattern), name) for method, pattern, name in _OPEN)
_CORS = b"access-control-"
PAGE = "/gradio_api/heartbeat/{session}"
"""Its answer lasts as long as a page is open."""
STREAM = "/gradio_api/queue/data"
"""Its answer lasts as long as something is done for a page."""


def name_of(method: str, path: str) -> str:
    """The route of the page that answers, without anything that tells pages apart; "" where none does."""
    method = "GET" if method == "HEAD" else method
    return next((name for verb, form, name in _COMPILED if verb == method and form.fullmatch(path)), "")


class OnlyThePage:
    """Lets through to Gradio what the page needs, from the page itself where somebody is known here.

    Gradio would let any site read its answers where this place has a name, and any port of a laptop there.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not name_of(scope["method"], scope["path"]):
            await problems.answer(404, "There is nothing here.")(scope, receive, send)
            return
        if scope["type"] == "http" and (self._settings.accounts or self._settings.keeps_evidence):
            origin.check(HTTPConnection(scope), self._settings, by_browser=False)
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return

        async def for_this_site(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                message["headers"] = [each for each in headers if not each[0].lower().startswith(_CORS)]
            await send(message)

        await self.app(scope, receive, for_this_site)
