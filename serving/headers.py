"""What every answer tells a browser about how far to trust it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from settings import Settings

# Gradio and Swagger evaluate and inline scripts, so these cannot go; everything else stays on this origin.
_PAGE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {}"
)
# What the API answers is for programs; opened in a browser it can do nothing.
_DATA = "default-src 'none'; frame-ancestors 'none'; sandbox"
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
_ABOUT_PEOPLE = ("/api/", "/generate-summary", "/gradio_api/")
_FRAMING = "https://huggingface.co"
_YEAR_S = 365 * 24 * 3600


class SecurityHeaders:
    """Adds the headers to every answer that does not set them itself. Streams are not held up."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        ancestors = f"'self' {_FRAMING}" if settings.framed else "'self'"
        self._page = {"content-security-policy": _PAGE.format(ancestors)}
        if not settings.framed:
            self._page["cross-origin-resource-policy"] = "same-origin"
        self._is_https = (settings.public_url or "").startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                wanted = ((k.encode(), v.encode()) for k, v in self._for(scope).items())
                message["headers"] = [*message["headers"], *((k, v) for k, v in wanted if k not in present)]
            await send(message)

        await self.app(scope, receive, with_headers)

    def _for(self, scope: Scope) -> dict[str, str]:
        path = scope["path"]
        headers = _ALWAYS | ({"content-security-policy": _DATA} if path.startswith("/api/") else self._page)
        if path.startswith(_ABOUT_PEOPLE):
            headers["cache-control"] = "no-store"
        if self._is_https or scope["scheme"] == "https":
            headers["strict-transport-security"] = f"max-age={_YEAR_S}"
        return headers
