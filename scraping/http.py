"""What goes over the wire: a request, a response, and the callable that turns one into the other."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

_XML_ROOT = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:rdf|urlset|sitemapindex|workzag-jobs)\b",
    re.DOTALL,
)


@dataclass(frozen=True)
class Request:
    """One request. `body` is sent as JSON when it is set.

    `page` marks a page made for people, for which a site's robots.txt is asked first.
    """

    url: str
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    page: bool = False


@dataclass(frozen=True)
class Response:
    """One answer. `url` is the address that answered after redirects; header names are lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case; empty where the server gave none."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset of the content type; empty where the server gave none."""
        found = re.search(r"charset=[\"']?([\w-]+)", self.headers.get("content-type", ""))
        return found[1] if found else ""


def form_of(response: Response) -> Literal["html", "json", "xml", "other"]:
    """What came, by its bytes where the header is silent or wrong."""
    kind = response.content_type
    start = response.body[:2_048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")):
        return "other"
    if b"\x00" in start and not response.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    if kind in ("application/pdf", "application/octet-stream") or kind.startswith(
        ("image/", "video/", "audio/")
    ):
        return "other"
    if start.startswith((b"{", b"[")) and not kind.startswith("text/html"):
        return "json"
    lower = start.lower()
    if _XML_ROOT.match(lower) or (lower.startswith(b"<?xml") and b"<html" not in lower):
        return "xml"
    return "html"


Fetch = Callable[[Request], Response]
