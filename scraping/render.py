"""A page as a browser builds it, for pages that are empty until their scripts have run.

Debian's headless Chromium runs the page but reaches no network: it is told that no host exists, so a socket,
a worker or a window that nobody thought of fails too. Each request of the page is paused and answered from
the guarded fetch, which checks address, size and type as for any page. Needs the extra `[browser]`.
"""

import base64
import binascii
import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from errors import AddressRefused, Cancelled, FetchFailed, InroadError, UnsupportedContent
from scraping.address import check_url
from scraping.chromium import PASTE, Chromium, broken, programs
from scraping.http import Fetch, Request, Response
from scraping.policy import policy_of, refuse_by_policy
from settings import Settings

MOST_REQUESTS = 60
MOST_NAVIGATIONS = 5
MOST_BYTES = 20_000_000
LARGEST_PAGE = 5_000_000
_LARGEST_POST = 65_536
_AT_ONCE = 6
_QUIET_S = 0.5
# Kept back from the deadline for taking the page out of a browser that is still busy.
_LAST_S = 1.5
# Answered, but never with anything from outside. A missing style sheet keeps some programs from starting.
_EMPTY = {"Stylesheet": "text/css"}
_ANSWERED = ("Document", "Script", "XHR", "Fetch", "Other")
# Headers of the page's own requests; keys among them are those that the page gives to everybody.
_PASSED_ON = (
    "accept",
    "access-control-request-headers",
    "access-control-request-method",
    "apikey",
    "authorization",
    "origin",
    "referer",
    "x-algolia-api-key",
    "x-algolia-application-id",
    "x-api-key",
    "x-requested-with",
)
# No form sends these, so a browser lets a page send them to another site only if that site agrees.
_JSON_TYPES = re.compile(r"application/(?:[\w.-]+\+)?json", re.IGNORECASE)
_TAKE = """(() => {
  const page = document.documentElement ? document.documentElement.outerHTML : "";
  return new TextEncoder().encode(page).length > %d ? null : [document.URL, page];
})()"""

_one_at_a_time = threading.Semaphore(1)

IsOver = Callable[[], bool]


def rendered(
    url: str,
    fetch_until: Callable[[IsOver], Fetch],
    settings: Settings,
    cancelled: Callable[[], bool] | None = None,
) -> Response:
    """Open a page in a browser and return what its scripts have made of it, as HTML.

    One browser runs at a time, in about 400 MB; others wait. Nothing of it remains: a fresh profile is made
    for each page and removed with all its processes.

    Args:
        url: Of the page.
        fetch_until: Makes the fetch that answers each request of the page, from several threads, out of a
            question that it asks often: once that is true, the page is taken or given up, and what is still
            being fetched for it ends. `Request.page` is set for the page itself.
        settings: `browser_deadline_s` bounds the whole, of which half may go by in waiting for others; a page
            that is still busy then is taken as it is.
        cancelled: Asked about ten times a second; true ends the reading with `Cancelled`.

    Returns:
        The page's status, its address after redirects, and its final markup as UTF-8, 5 MB at most.

    Raises:
        AddressRefused, FetchFailed, UnsupportedContent, Cancelled: as `fetch` does for the page itself, or
            `FetchFailed` where there is no browser, or it takes too long.
    """
    refuse_by_policy(check_url(url).host)
    paths, over = programs(), threading.Event()
    fetch = fetch_until(lambda: over.is_set() or (cancelled is not None and cancelled()))
    ends = time.monotonic() + settings.browser_deadline_s
    with (
        _alone(settings.browser_deadline_s / 2, cancelled),
        Chromium(paths, ends - time.monotonic(), cancelled) as browser,
    ):
        try:
            return _Visit(browser, fetch).read(url)
        except InroadError:
            browser.raise_if_ended()
            raise
        finally:
            over.set()


@contextlib.contextmanager
def _alone(longest_s: float, cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Wait until no other page is in a browser."""
    ends = time.monotonic() + longest_s
    while not _one_at_a_time.acquire(timeout=0.1):
        if cancelled is not None and cancelled():
            raise Cancelled
        if time.monotonic() > ends:
            raise FetchFailed("Other pages are being read in the browser.", "Try again in a minute.")
    try:
        yield
    finally:
        _one_at_a_time.release()


@dataclass(frozen=True)
class _Answer:
    """A finished request of the page: the browser's name for it, and what the fetch came to."""

    id: str
    kind: str
    url: str
    response: Future[Response]


class _Visit:
    """One page from its address to its final markup."""

    def __init__(self, browser: Chromium, fetch: Fetch) -> None:
        self._browser = browser
        self._fetch = fetch
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="browser-fetch")
        self._replies: dict[int, dict[str, Any]] = {}
        self._sent = 0
        self._answering: dict[int, str] = {}
        self._landed: dict[tuple[str, str], Response] = {}
        self._page: Response | None = None
        self._origins: set[tuple[str, str]] = set()
        self._loaded = False
        self._asked = self._navigations = self._open = self._bytes = 0
        self._active = time.monotonic()

    def read(self, url: str) -> Response:
        try:
            for method, parameters in (
                ("Page.enable", {}),
                ("Network.setBypassServiceWorker", {"bypass": True}),
                ("Browser.setDownloadBehavior", {"behavior": "deny"}),
                ("Fetch.enable", {"patterns": [{"urlPattern": "*"}]}),
            ):
                self._call(method, **parameters)
            self._tell("Page.navigate", url=check_url(url).url)
            self._wait()
            return self._taken()
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _wait(self) -> None:
        """Until the page has loaded and nothing has come for half a second, or nearly all time is up."""
        latest = self._browser.ends - _LAST_S
        while (now := time.monotonic()) < latest:
            quiet = self._loaded and not self._open
            if quiet and now - self._active >= _QUIET_S:
                return
            self._turn(min(latest, self._active + _QUIET_S if quiet else latest))

    def _taken(self) -> Response:
        if self._page is None:
            raise FetchFailed("This page took too long to run in the browser.", PASTE)
        # In a world of its own, the page's scripts cannot change what is read.
        world = self._call("Page.createIsolatedWorld", frameId=self._browser.page, worldName="inroad")
        found = self._call(
            "Runtime.evaluate",
            expression=_TAKE % LARGEST_PAGE,
            contextId=world["executionContextId"],
            returnByValue=True,
        )
        value = found.get("result", {}).get("value")
        url, markup = value if isinstance(value, list) and len(value) == 2 else ("", "")
        body = str(markup).encode("utf-8", errors="replace")
        if not 0 < len(body) <= LARGEST_PAGE:
            raise UnsupportedContent("This page is too large or broken once it runs in the browser.", PASTE)
        headers = {"content-type": "text/html; charset=utf-8"}
        return Response(self._address(str(url)), self._page.status, headers, b"<!doctype html>" + body)

    def _address(self, shown: str) -> str:
        """The address that the page shows, which scripts may change within their site."""
        assert self._page is not None
        with contextlib.suppress(AddressRefused):
            shown = check_url(shown).url
            if _origin(shown) == _origin(self._page.url):
                return shown
        return self._page.url

    # --- speaking with the browser

    def _tell(self, method: str, **parameters: Any) -> int:
        self._sent += 1
        self._browser.send({"id": self._sent, "method": method, "params": parameters})
        return self._sent

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = self._tell(method, **parameters)
        self._replies[number] = {}
        while not self._replies[number]:
            self._turn(None)
        reply = self._replies.pop(number)
        if "error" in reply:
            raise broken()
        result: dict[str, Any] = reply["result"]
        return result

    def _turn(self, until: float | None) -> None:
        """Take in one thing that happened, waiting for it until then."""
        happened = self._browser.next(until)
        if happened is None:
            return
        if isinstance(happened, _Answer):
            self._answer(happened)
        elif happened.get("method") == "Fetch.requestPaused":
            self._paused(happened["params"])
        elif happened.get("method") == "Page.frameStoppedLoading":
            if happened["params"]["frameId"] == self._browser.page and self._page is not None:
                self._loaded, self._active = True, time.monotonic()
        elif happened.get("method") == "Page.javascriptDialogOpening":
            self._tell("Page.handleJavaScriptDialog", accept=False)
        elif happened.get("id") in self._replies:
            self._replies[happened["id"]] = happened
        elif (paused := self._answering.pop(happened.get("id", 0), "")) and "error" in happened:
            # An answer that the browser does not take must not leave it waiting.
            self._tell("Fetch.failRequest", requestId=paused, errorReason="Failed")

    # --- answering its requests

    def _paused(self, paused: dict[str, Any]) -> None:
        kind, asked = paused["resourceType"], paused["request"]
        if kind in _EMPTY:
            return self._fulfil(paused["requestId"], 200, {"content-type": _EMPTY[kind]}, b"")
        if kind == "Document" and paused["frameId"] != self._browser.page:
            # Frames stay empty: only the page itself is read, and it names their addresses.
            return self._refuse(paused["requestId"], kind)
        landed = self._landed.pop((kind, asked["url"]), None)
        if landed is not None:
            return self._give(paused["requestId"], kind, landed)
        request = self._admitted(kind, asked)
        if request is None:
            return self._refuse(paused["requestId"], kind)
        self._asked += 1
        self._navigations += kind == "Document"
        self._open += 1
        future = self._pool.submit(self._fetch, request)
        made = partial(_Answer, paused["requestId"], kind, asked["url"])
        future.add_done_callback(lambda done: self._browser.hand_in(made(done)))
        return None

    def _admitted(self, kind: str, asked: dict[str, Any]) -> Request | None:
        """The request that we make for one of the page's, or None where it is refused."""
        headers = {name.lower(): str(value) for name, value in asked["headers"].items()}
        if kind not in _ANSWERED or self._asked >= MOST_REQUESTS or self._bytes > MOST_BYTES:
            return None
        if not asked["url"].startswith(("http://", "https://")) or "sec-purpose" in headers:
            return None
        if "text/event-stream" in headers.get("accept", "") or headers.get("accept", "").startswith("image/"):
            return None
        if kind == "Document" and self._navigations >= MOST_NAVIGATIONS:
            return None
        if policy_of(urlsplit(asked["url"]).hostname or ""):
            return None
        method, body = asked["method"], None
        if method == "POST" and kind != "Document":
            body = _json_body(asked) if self._may_post(asked["url"], headers) else None
        elif not (method == "GET" or _is_preflight(method, headers)):
            return None
        if method == "POST" and body is None:
            return None
        passed = {name: value for name, value in headers.items() if name in _PASSED_ON}
        return Request(asked["url"], method, body, passed, page=kind == "Document")

    def _may_post(self, url: str, headers: Mapping[str, str]) -> bool:
        """Whether JSON may go to a site: to the page's own, or where the browser has asked for leave.

        It asks only for what the page itself calls JSON. A page that came from several sites has no own one.
        """
        stated = headers.get("content-type", "").partition(";")[0].strip()
        return _JSON_TYPES.fullmatch(stated) is not None or self._origins == {_origin(url)}

    def _answer(self, answer: _Answer) -> None:
        self._open -= 1
        self._active = time.monotonic()
        try:
            response = answer.response.result()
            refuse_by_policy(urlsplit(response.url).hostname or "")
        except CancelledError:
            return None
        except Cancelled:
            raise
        except InroadError:
            if self._page is None and answer.kind == "Document":
                raise
            return self._refuse(answer.id, answer.kind)
        self._bytes += len(response.body)
        if answer.kind in ("Document", "Script") and _moved(answer.url, response.url):
            # The page's own address and those beside a script depend on where they came from.
            self._landed[answer.kind, response.url] = response
            return self._fulfil(answer.id, 302, {"location": response.url}, b"")
        return self._give(answer.id, answer.kind, response)

    def _give(self, paused: str, kind: str, response: Response) -> None:
        if kind == "Document":
            self._page, self._loaded = response, False
            self._origins.add(_origin(response.url))
        kept = {
            name: value
            for name, value in response.headers.items()
            if name == "content-type" or name.startswith("access-control-")
        }
        self._fulfil(paused, response.status, kept, response.body)

    def _fulfil(self, paused: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        number = self._tell(
            "Fetch.fulfillRequest",
            requestId=paused,
            responseCode=status,
            responseHeaders=[{"name": name, "value": value} for name, value in headers.items()],
            body=base64.b64encode(body).decode("ascii"),
        )
        self._answering[number] = paused

    def _refuse(self, paused: str, kind: str) -> None:
        # A page that is led away where we do not follow stays as it is.
        reason = "Aborted" if kind == "Document" else "BlockedByClient"
        self._tell("Fetch.failRequest", requestId=paused, errorReason=reason)


def _is_preflight(method: str, headers: Mapping[str, str]) -> bool:
    """Whether the browser asks a site if a page of another may speak to it, which the site decides."""
    return method == "OPTIONS" and headers.get("access-control-request-method") in ("GET", "POST")


def _json_body(asked: dict[str, Any]) -> bytes | None:
    """The body of a POST, where it is JSON of reasonable size."""
    entries = asked.get("postDataEntries") or []
    try:
        body = b"".join(base64.b64decode(entry["bytes"]) for entry in entries)
        body = body or str(asked.get("postData", "")).encode()
        if len(body) > _LARGEST_POST or not isinstance(json.loads(body), dict | list):
            return None
    except (ValueError, KeyError, RecursionError, binascii.Error):
        return None
    return body


def _moved(asked: str, answered: str) -> bool:
    try:
        return check_url(asked).url != answered
    except AddressRefused:
        return True


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
