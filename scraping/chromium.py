"""Debian's headless Chromium as a process: without a network, without a trace, killed when its time is up.

Selenium and its driver start it; what it then does is said over the page's own DevTools socket.
"""

import contextlib
import json
import os
import queue
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, Self

from errors import Cancelled, FetchFailed

PASTE = "Open the page in your browser and paste its text here instead."
_INSTALL = (
    "Install chromium and chromium-driver (Debian and Ubuntu: apt-get install chromium chromium-driver)."
)

# A page of 5 MB with every character escaped.
_LARGEST_MESSAGE = 16_000_000
_MOST_WAITING = 8
_END = object()

_FLAGS = (
    "--headless=new",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # What goes by address rather than by name goes to a proxy whose name does not exist either.
    "--proxy-server=http://no-network.invalid:80",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--blink-settings=imagesEnabled=false",
    "--mute-audio",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--renderer-process-limit=1",
    "--js-flags=--max-old-space-size=256",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    # The first two would ask for another address than the page's.
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,"
    "SpareRendererForSitePerProcess,Translate",
)


def programs() -> tuple[str, str]:
    """Where Chromium and its driver lie; nothing is ever downloaded in their place."""
    try:
        import selenium  # noqa: F401  # asked for only
        import websockets  # noqa: F401
    except ImportError:
        raise FetchFailed("Pages cannot be run in a browser here.", "Install the extra [browser].") from None
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        raise FetchFailed("There is no browser here that could run this page.", _INSTALL)
    return chromium, driver


class Chromium:
    """A running Chromium with one empty page, killed when its time is up or the person cancels.

    `ends` is when that time is up, and `page` the page's id.

    Args:
        paths: Those of Chromium and its driver.
        longest_s: Seconds that it may live.
        cancelled: Asked about ten times a second.
    """

    def __init__(
        self, paths: tuple[str, str], longest_s: float, cancelled: Callable[[], bool] | None
    ) -> None:
        self.ends = time.monotonic() + longest_s
        self.page = ""
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._room = threading.Semaphore(_MOST_WAITING)
        self._chromium, self._driver = paths
        self._cancelled = cancelled
        self._profile = tempfile.mkdtemp(prefix="inroad-browser-")
        self._ended: Literal["cancelled", "late"] | None = None
        self._finished = threading.Event()
        self._lock = threading.Lock()
        self._service: Any = None
        self._open = contextlib.ExitStack()
        self._socket: Any = None

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, daemon=True, name="browser-watchdog").start()
        try:
            self._start()
        except BaseException:
            self.__exit__()
            self.raise_if_ended()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._finished.set()
        self._kill()
        self._room.release()  # lets the reader find out
        self._open.close()
        for _attempt in range(50):  # processes that are ending may still write
            shutil.rmtree(self._profile, ignore_errors=True)
            if not Path(self._profile).exists():
                return
            time.sleep(0.02)

    def send(self, message: Mapping[str, Any]) -> None:
        from websockets.exceptions import WebSocketException

        try:
            self._socket.send(json.dumps(message))
        except (WebSocketException, OSError):
            self.raise_if_ended()
            raise broken() from None

    def hand_in(self, item: object) -> None:
        """Put something into the same row as what the browser says."""
        self._inbox.put(item)

    def next(self, until: float | None = None) -> Any:
        """What the browser said, parsed, or what was handed in; None where nothing comes until then."""
        try:
            item = self._inbox.get(timeout=None if until is None else max(0.0, until - time.monotonic()))
        except queue.Empty:
            return None
        if item is _END:
            self.raise_if_ended()
            raise broken()
        if isinstance(item, dict):
            self._room.release()
        return item

    def raise_if_ended(self) -> None:
        if self._ended == "cancelled":
            raise Cancelled
        if self._ended == "late":
            raise FetchFailed("This page took too long to run in the browser.", PASTE)

    def _start(self) -> None:
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.chrome.service import Service
        from selenium.webdriver.common.proxy import Proxy, ProxyType
        from selenium.webdriver.remote.client_config import ClientConfig
        from selenium.webdriver.remote.webdriver import WebDriver
        from urllib3.exceptions import HTTPError
        from websockets.exceptions import WebSocketException
        from websockets.sync.client import connect

        # No key or proxy of our own environment reaches the browser, and what it keeps at home goes with it.
        home = {"PATH": os.environ.get("PATH", os.defpath), "HOME": self._profile, "TMPDIR": self._profile}
        service = Service(self._driver, env=home, popen_kw={"start_new_session": True})
        try:
            with self._lock:
                if self._ended is None:
                    self._service = service
            self.raise_if_ended()
            service.start()
            direct = ClientConfig(service.service_url, proxy=Proxy(raw={"proxyType": ProxyType.DIRECT}))
            driver = WebDriver(service.service_url, options=self._options(), client_config=direct)
            self.page = driver.current_window_handle
            where = driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
            devtools = connect(
                f"ws://{where}/devtools/page/{self.page}",
                proxy=None,
                compression=None,
                max_size=_LARGEST_MESSAGE,
                max_queue=2,
                ping_interval=None,
                close_timeout=0.1,
            )
            self._socket = self._open.enter_context(devtools)
        except (WebDriverException, WebSocketException, HTTPError, OSError):
            self.raise_if_ended()
            raise broken() from None
        threading.Thread(target=self._receive, daemon=True, name="browser-events").start()

    def _options(self) -> Any:
        from selenium.webdriver.chrome.options import Options

        options = Options()
        options.binary_location = self._chromium
        options.page_load_strategy = "none"
        # The driver would let pages open windows.
        options.add_experimental_option("excludeSwitches", ["disable-popup-blocking"])
        for flag in (*_FLAGS, f"--user-data-dir={self._profile}"):
            options.add_argument(flag)
        if os.geteuid() == 0:
            options.add_argument("--no-sandbox")  # Chromium's own does not work for root
        return options

    def _receive(self) -> None:
        """Read until the browser ends. A page may make it say much, so little of that waits here."""
        from websockets.exceptions import WebSocketException

        with contextlib.suppress(WebSocketException, OSError, ValueError):
            while self._room.acquire() and not self._finished.is_set():
                self._inbox.put(json.loads(self._socket.recv()))
        self._inbox.put(_END)

    def _watch(self) -> None:
        while not self._finished.wait(0.1):
            if self._cancelled is not None and self._cancelled():
                self._ended = "cancelled"
            elif time.monotonic() > self.ends:
                self._ended = "late"
            if self._ended:
                self._kill()

    def _kill(self) -> None:
        """Kill the driver and all that it started, which share its process group."""
        with self._lock:
            process = getattr(self._service, "process", None)
            if process is None or process.returncode is not None:
                return
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def broken() -> FetchFailed:
    return FetchFailed("The browser that should run this page failed.", PASTE)
