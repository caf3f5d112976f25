"""Who may come where one person's evidence is kept: programs of this computer, by its own names."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from accounts import came_by_proxy
from settings import is_loopback


class OnlyThisComputer:
    """Refuses requests that came by another name or through a proxy, where one person's evidence is kept.

    A page that listens on a loopback address is reached by a stranger's site all the same, once its name is
    made to lead there (DNS rebinding), and by everyone, once a proxy stands before it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_from_here(scope):
            answer = PlainTextResponse(_ELSEWHERE, status_code=421)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


_ELSEWHERE = (
    "Inroad keeps one person's evidence here, so it answers only at http://localhost. To serve others, "
    "through a proxy or under another name, set INROAD_KEEP_EVIDENCE=false: each visitor then has their own."
)


def _is_from_here(scope: Scope) -> bool:
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if came_by_proxy(name.decode("latin-1") for name in headers):
        return False
    host = headers.get(b"host", "").strip()
    name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
    return is_loopback(name)
