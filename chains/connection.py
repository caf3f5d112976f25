"""One draft's connection to a model server: bounded in time and in bytes, and it remembers the rate headers.

Reading timeouts alone do not end a server that sends a byte now and then, so a watchdog shuts the socket.
"""

import contextlib
import re
import socket as sockets
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from typing import Any, Self

import httpx

Heard = Callable[[int, Mapping[str, str]], None]
MOST_BYTES = 2_000_000
_CONNECT_S = 5.0


@cache
def _tls() -> ssl.SSLContext:
    """Shared, since loading the certificates takes longer than the rest of a client."""
    return httpx.create_ssl_context()


@cache
def idle_async_client() -> httpx.AsyncClient:
    """For libraries that insist on making one; it never opens a connection."""
    return httpx.AsyncClient(verify=_tls())


class TooLarge(Exception):
    """The server sent more than any draft has."""


class Connection:
    """An HTTP client for one draft. Leaving it closes every socket it opened.

    Args:
        read_s: The longest silence.
        total_s: The longest time that all requests together may take.
        heard: Told the status and the rate headers of each answer to a POST.

    `overdue` is true once the watchdog has ended it; `rate` holds the last answer's rate headers.
    """

    def __init__(self, read_s: float, total_s: float, heard: Heard | None = None) -> None:
        self.overdue = False
        self._heard = heard
        self.rate: dict[str, str] = {}
        self._streams: list[Any] = []
        self._watchdog = threading.Timer(total_s, self._shut)
        self._watchdog.daemon = True
        self._read_s = read_s

    @cached_property
    def client(self) -> httpx.Client:
        """Made when it is first asked for."""
        return httpx.Client(
            verify=_tls(),
            timeout=httpx.Timeout(self._read_s, connect=min(self._read_s, _CONNECT_S)),
            follow_redirects=False,
            headers={"Accept-Encoding": "identity"},
            event_hooks={"request": [self._watch], "response": [self._note]},
        )

    def __enter__(self) -> Self:
        self._watchdog.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        if "client" in vars(self):
            self.client.close()

    def _watch(self, request: httpx.Request) -> None:
        if self.overdue:
            raise httpx.ReadTimeout("the time for this draft is over", request=request)
        request.extensions["trace"] = self._trace

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._streams.append(info["return_value"])

    def _note(self, response: httpx.Response) -> None:
        wanted = ("retry-after", "x-ratelimit-")
        self.rate = {k.lower(): v for k, v in response.headers.items() if k.lower().startswith(wanted)}
        if self._heard and response.request.method == "POST":
            self._heard(response.status_code, self.rate)
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Bounded(response.stream)

    def _shut(self) -> None:
        self.overdue = True
        for stream in self._streams:
            socket = stream.get_extra_info("socket")
            with contextlib.suppress(OSError):
                socket.shutdown(sockets.SHUT_RDWR)


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise TooLarge
            yield piece

    def close(self) -> None:
        self._stream.close()


# --- what the rate headers say -----------------------------------------------------------------------

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_LONGEST_BELIEVED_S = 7 * 86400.0


def seconds_to_wait(rate: dict[str, str]) -> float | None:
    """Seconds until the server answers again, from `retry-after`, else from its reset headers; else None.

    `retry-after` holds seconds or an HTTP date; the reset headers hold durations as "2m59.56s".
    """
    stated = _retry_after(rate.get("retry-after", ""))
    if stated is None:
        spent = [kind for kind in ("requests", "tokens") if rate.get(f"x-ratelimit-remaining-{kind}") == "0"]
        resets = [_duration(rate.get(f"x-ratelimit-reset-{kind}", "")) for kind in spent]
        stated = max((x for x in resets if x is not None), default=None)
    if stated is None or not 0 <= stated <= _LONGEST_BELIEVED_S:
        return None
    return stated


def _retry_after(text: str) -> float | None:
    with contextlib.suppress(ValueError):
        return float(text)
    with contextlib.suppress(ValueError, TypeError):
        when = parsedate_to_datetime(text)
        return max(0.0, (when - datetime.now(UTC)).total_seconds())
    return None


def _duration(text: str) -> float | None:
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)", text)
    return sum(float(number) * _UNITS[unit] for number, unit in parts) if parts else None
