"""A page that was saved earlier, served as if its address answered again."""

import re
from dataclasses import replace

from errors import AddressRefused
from scraping import boards
from scraping.address import check_url
from scraping.http import Fetch, Request, Response

_MARKUP_START = re.compile(rb"\s*(?:<[!?a-zA-Z]|[\[{]\s*[\"{\[\]}0-9tfn-]|[\[{]\s*$)")


def saved_page(body: bytes, url: str, content_type: str = "") -> Fetch:
    """A fetch that answers for one saved page.

    Args:
        body: The saved bytes.
        url: The address they came from: the page's own, or that of a job board's API.
        content_type: As the server said; by default told from the bytes.

    Returns:
        A fetch that gives the body for `url`, and, if the body is JSON, for the API request that a job board
        makes for `url`. Everything else is answered with 404.
    """
    kind = content_type or _kind(body)
    answered = {_same(url)}
    found = boards.recognise(url)
    if found is not None and (found[0].answers == "page" or not kind.startswith("text/html")):
        board, place = found
        answered.add(_same(board.request(place).url))
        answered.add(_same(board.request(replace(place, posting="")).url))

    def fetch(request: Request) -> Response:
        if _same(request.url) in answered:
            return Response(request.url, 200, {"content-type": kind}, body)
        return Response(request.url, 404, {"content-type": "text/plain"}, b"")

    return fetch


def looks_like_markup(body: bytes) -> bool:
    """Whether bytes are HTML, XML or JSON rather than the plain text of an opening."""
    start = body[:4_096].lstrip(b"\xef\xbb\xbf")
    return bool(_MARKUP_START.match(start)) or b"\x00" in start[:200] or start.startswith(b"%PDF")


def _kind(body: bytes) -> str:
    start = body[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return "application/json"
    if start.startswith(b"%PDF"):
        return "application/pdf"
    if start.startswith(b"<?xml") and b"<html" not in start.lower():
        return "application/xml"
    return "text/html"


def _same(url: str) -> str:
    """An address in the form in which two are compared; odd ones as they are."""
    try:
        return check_url(url).url
    except AddressRefused:
        return url
