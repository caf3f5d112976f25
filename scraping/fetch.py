"""The guarded fetcher: the only way Inroad reaches the network on a user's behalf.

A name is resolved once, every answer must be public, and the connection goes to a checked answer while the
Host header, SNI and certificate keep the name. Redirects are followed by hand through the same door. One
watchdog bounds the whole of a request, so that a server that drips a byte a second, in headers or body, is
cut off too.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urljoin

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from errors import AddressRefused, Cancelled, FetchFailed, UnsupportedContent
from scraping.address import Address, check_url, is_public
from scraping.http import Fetch, Request, Response
from scraping.policy import refuse_by_policy
from settings import Settings

MOST_REDIRECTS = 5
MOST_ADDRESSES_TRIED = 3
USER_AGENT = "Inroad/0.1 (reads one careers page for the person who pasted its address)"
_READ_SIZE = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)
_BODYLESS = (204, 304)
# What is asked for. Others may unpack without bound, and so may several in a row.
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_READABLE_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/xhtml",
    "application/javascript",
    "application/x-javascript",
)
_READABLE_SUFFIXES = ("+json", "+xml")
_PASTE = "Open the page in your browser and paste its text here instead."

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[str, int, float], socket.socket]


def guarded_fetch(
    settings: Settings,
    cancelled: Callable[[], bool] | None = None,
    *,
    resolve: Resolve | None = None,
    connect: Connect | None = None,
    verify: bool | str = True,
) -> Fetch:
    """A fetch that follows user input safely.

    Args:
        settings: Deadlines in seconds and the size limit in decoded bytes.
        cancelled: Asked about ten times a second; true ends the request with `Cancelled`.
        resolve: From host and port to IP addresses; the system's resolver by default.
        connect: From IP address, port and timeout to a connected socket; TCP by default.
        verify: As in requests; a path names another set of certificate authorities.

    Returns:
        A callable that raises `AddressRefused`, `PolicyRefused`, `UnsupportedContent`, `FetchFailed` or
        `Cancelled`.
    """
    fetcher = _Fetcher(settings, cancelled, resolve or _system_resolve, connect or _tcp_connect, verify)
    return fetcher.fetch


class _Fetcher:
    def __init__(
        self,
        settings: Settings,
        cancelled: Callable[[], bool] | None,
        resolve: Resolve,
        connect: Connect,
        verify: bool | str,
    ) -> None:
        self._settings = settings
        self._cancelled = cancelled
        self._resolve = resolve
        self._connect = connect
        self._verify = verify

    def fetch(self, request: Request) -> Response:
        """Answer a request, following up to five redirects, all within one deadline."""
        address = check_url(request.url)
        with _Watchdog(self._settings.fetch_deadline_s, self._cancelled) as watchdog:
            for _ in range(MOST_REDIRECTS + 1):
                refuse_by_policy(address.host)
                response, location = self._hop(request, address, watchdog)
                if location is None:
                    return response
                following = check_url(_joined(address.url, location))
                if address.scheme == "https" and following.scheme == "http":
                    raise AddressRefused("This page leads from a secure address to one that is not.", _PASTE)
                # A redirect becomes a plain GET and takes no header along: neither a secret nor a condition
                # (`If-None-Match`) that was meant for the first address only.
                request, address = Request(following.url), following
        raise FetchFailed("This address keeps leading to another one.", _PASTE)

    def _hop(self, request: Request, address: Address, watchdog: "_Watchdog") -> tuple[Response, str | None]:
        failure: Exception | None = None
        for ip in self._checked_answers(address, watchdog)[:MOST_ADDRESSES_TRIED]:
            try:
                return self._exchange(request, address, ip, watchdog)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
                watchdog.raise_if_tripped()
                failure = error
                if not isinstance(error, requests.ConnectionError):
                    break
        raise _readable_failure(failure, address.host)

    def _checked_answers(self, address: Address, watchdog: "_Watchdog") -> list[str]:
        try:
            answers = watchdog.wait_for(lambda: self._resolve(address.host, address.port))
        except OSError:
            raise FetchFailed(f"There is no site at {address.host}.", "Check the spelling.") from None
        # All answers must be public: a name with one private answer is an attack or a mistake.
        if not answers or not all(is_public(ip) for ip in answers):
            raise AddressRefused(
                "This address is not on the public internet.", "Paste the text of the opening instead."
            )
        return list(dict.fromkeys(answers))

    def _exchange(
        self, request: Request, address: Address, ip: str, watchdog: "_Watchdog"
    ) -> tuple[Response, str | None]:
        with (
            _session(_PinnedAdapter(ip, address, self._connect, watchdog)) as session,
            session.request(
                request.method,
                address.url,
                data=request.body,
                headers=_headers(request, address),
                timeout=(self._settings.fetch_connect_s, self._settings.fetch_read_s),
                allow_redirects=False,
                stream=True,
                verify=self._verify,
            ) as answer,
        ):
            headers = {name.lower(): value for name, value in answer.headers.items()}
            location = headers.get("location") if answer.status_code in _REDIRECTS else None
            bodyless = location or answer.status_code in _BODYLESS
            body = b"" if bodyless else self._body(answer, headers, watchdog)
        return Response(address.url, answer.status_code, headers, body), location

    def _body(self, answer: requests.Response, headers: Mapping[str, str], watchdog: "_Watchdog") -> bytes:
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        readable = not kind or kind.startswith(_READABLE_TYPES) or kind.endswith(_READABLE_SUFFIXES)
        unpackable = headers.get("content-encoding", "").strip().lower() in _ENCODINGS
        if answer.status_code >= 400 and not (readable and unpackable):
            return b""
        if not readable:
            raise UnsupportedContent(f"This address holds a file ({kind}), not a page.", _PASTE)
        if not unpackable:
            raise FetchFailed("This site sent its page packed in a way that was not asked for.", _PASTE)
        limit = self._settings.fetch_max_bytes
        length = headers.get("content-length", "").strip()
        if length.isascii() and length.isdigit() and float(length) > limit:
            raise _too_large(limit)
        received = bytearray()
        while chunk := answer.raw.read1(_READ_SIZE, decode_content=True):
            watchdog.raise_if_tripped()
            received += chunk
            if len(received) > limit:
                raise _too_large(limit)
        watchdog.raise_if_tripped()
        return bytes(received)


class _Watchdog:
    """Shuts the sockets of one request when its time is up or the person cancels.

    A timeout on each read cannot do this: a byte a second keeps every read alive.
    """

    _INTERVAL_S = 0.1

    def __init__(self, seconds: float, cancelled: Callable[[], bool] | None) -> None:
        self._ends = time.monotonic() + seconds
        self._cancelled = cancelled
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._finished = threading.Event()
        self._tripped: Literal["cancelled", "late"] | None = None

    def __enter__(self) -> "_Watchdog":
        threading.Thread(target=self._watch, daemon=True, name="fetch-watchdog").start()
        return self

    def __exit__(self, *_: object) -> None:
        self._finished.set()
        with self._lock:
            for watched in self._sockets:
                watched.close()
            self._sockets.clear()

    def guard(self, sock: socket.socket) -> None:
        """Watch a socket. A duplicate of its descriptor is kept, because TLS replaces the object."""
        with self._lock:
            self._sockets.append(sock.dup())
        self.raise_if_tripped()

    def wait_for(self, work: Callable[[], list[str]]) -> list[str]:
        """Run work that cannot be interrupted (a DNS look-up) and stop waiting when the watch ends."""
        done: list[list[str] | OSError] = []

        def run() -> None:
            try:
                done.append(work())
            except OSError as error:
                done.append(error)
            except UnicodeError as error:  # a name that no resolver can spell
                done.append(OSError(str(error)))

        thread = threading.Thread(target=run, daemon=True, name="fetch-resolve")
        thread.start()
        while thread.is_alive():
            thread.join(self._INTERVAL_S)
            self.raise_if_tripped()
        if isinstance(done[0], OSError):
            raise done[0]
        return done[0]

    def raise_if_tripped(self) -> None:
        if self._tripped == "cancelled":
            raise Cancelled
        if self._tripped == "late":
            raise FetchFailed("This site took too long to answer.", _PASTE)

    def _watch(self) -> None:
        while not self._finished.wait(self._INTERVAL_S):
            if self._cancelled is not None and self._cancelled():
                self._tripped = "cancelled"
            elif time.monotonic() > self._ends:
                self._tripped = "late"
            if self._tripped:
                self._shut()

    def _shut(self) -> None:
        with self._lock:
            for watched in self._sockets:
                try:
                    watched.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # already closed by its owner


class _PinnedAdapter(HTTPAdapter):
    """Connects to one checked address, whatever the URL's name would resolve to now."""

    def __init__(self, ip: str, address: Address, connect: Connect, watchdog: _Watchdog) -> None:
        self._ip = ip
        self._address = address
        self._open = connect
        self._watchdog = watchdog
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _watched_pools(self._open, self._watchdog)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: Any = None
    ) -> Any:
        host: Any
        pool: Any
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        if host["host"].strip("[]") != self._address.host:
            raise AddressRefused("This is not a web address.")  # requests read the URL differently from us
        if self._address.scheme == "https":
            pool["server_hostname"] = pool["assert_hostname"] = self._address.host
        return {**host, "host": self._ip}, pool


def _watched_pools(connect: Connect, watchdog: _Watchdog) -> dict[str, type]:
    def open_socket(connection: HTTPConnection) -> socket.socket:
        timeout = connection.timeout if isinstance(connection.timeout, int | float) else 5.0
        try:
            sock = connect(connection.host.strip("[]"), connection.port or 80, timeout)
        except OSError as error:
            raise urllib3.exceptions.NewConnectionError(connection, "no connection") from error
        watchdog.guard(sock)
        return sock

    class WatchedHTTP(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return open_socket(self)

    class WatchedHTTPS(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return open_socket(self)

    class HTTPPool(urllib3.HTTPConnectionPool):
        ConnectionCls = WatchedHTTP

    class HTTPSPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = WatchedHTTPS

    return {"http": HTTPPool, "https": HTTPSPool}


class _Session(requests.Session):
    """Sees no redirects: requests would prepare to follow them and read their bodies whole, however large."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        del resp


@contextmanager
def _session(adapter: HTTPAdapter) -> Iterator[requests.Session]:
    """A session that knows nothing: no proxies or .netrc of the environment, no cookies, no keep-alive."""
    session = _Session()
    session.trust_env = False
    session.headers.clear()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    try:
        yield session
    finally:
        session.close()


def _headers(request: Request, address: Address) -> dict[str, str]:
    host = f"[{address.host}]" if ":" in address.host else address.host
    headers = {
        "Host": host,
        "User-Agent": USER_AGENT,
        "Accept": "text/html, application/json, application/xml;q=0.9, text/*;q=0.8",
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **request.headers,
    }
    if request.body is not None:
        headers["Content-Type"] = "application/json"
    return headers


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        raise AddressRefused("This page leads to something that is not a web address.", _PASTE) from None


def _too_large(limit: int) -> UnsupportedContent:
    return UnsupportedContent(
        f"This page is larger than {limit / 1_000_000:.0f} MB, too large to read.", _PASTE
    )


def _readable_failure(error: Exception | None, host: str) -> FetchFailed:
    if isinstance(error, requests.exceptions.SSLError):
        return FetchFailed(f"{host} has a certificate that cannot be trusted.", _PASTE)
    if isinstance(error, requests.Timeout | urllib3.exceptions.ReadTimeoutError):
        return FetchFailed(f"{host} took too long to answer.", _PASTE)
    return FetchFailed(f"{host} did not give a readable answer.", "Try again in a minute, or paste the text.")


def _system_resolve(host: str, port: int) -> list[str]:
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _tcp_connect(ip: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((ip, port), timeout)
