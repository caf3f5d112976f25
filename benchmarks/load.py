"""Twenty people drafting at once on one processor with 400 MiB, beside the same load on a Gradio echo page.

    python -m benchmarks.load [--minutes 30] [--people 20] [--on-the-page 5] [--pause 0] [--image NAME]

Each person reads a sample page, matches it and has a draft written by the built-in writer, again and again:
most through the REST API with a token (three calls), some through the page's queue (one event that does all
three). The time of one is from the first call until the draft is there. The baseline is the least a Gradio
page can be, whose button copies a text, asked through its queue by as many people.
"""

import argparse
import http.client
import json
import os
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.confined import Watched, confined
from benchmarks.contained import contained
from benchmarks.serving import MINIMAL_APP, cpu_seconds
from samples import SAMPLES

MEMORY_MIB = 400
PASSWORD = "four words in a row"
_PAGES = (SAMPLES[0].url, SAMPLES[1].url)  # one opening each, so that a reading goes on to a draft
_KINDS = ("cold-email", "cover-letter")


@dataclass
class Tally:
    """Seconds of each round, by how it was made, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, way: str, seconds: float) -> None:
        with self.lock:
            self.seconds.setdefault(way, []).append(seconds)

    def failed(self, told: str) -> None:
        with self.lock:
            self.errors[told] = self.errors.get(told, 0) + 1


class Failed(Exception):
    """A round that did not end with a draft."""


class Connection:
    """One person's connection to a server, kept open."""

    def __init__(self, url: str, token: str = "", patience_s: float = 60.0) -> None:
        self._at, self._patience_s = urlsplit(url), patience_s
        self._headers = {"content-type": "application/json"}
        if token:
            self._headers["authorization"] = f"Bearer {token}"
        self._to = self._open()

    def _open(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._at.hostname or "", self._at.port, timeout=self._patience_s)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> http.client.HTTPResponse:
        data = None if body is None else json.dumps(body)
        for last in (False, True):
            try:
                self._to.request(method, path, data, self._headers | headers)
                return self._to.getresponse()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self._to.close()
                self._to = self._open()  # what was kept open may be closed meanwhile; once
                if last:
                    raise
        raise AssertionError

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """What a JSON call answers."""
        answer = self.send(method, path, body, **headers)
        data = answer.read()
        if answer.status >= 400:
            raise Failed(f"{answer.status} of {path}: {data[:120].decode(errors='replace')}")
        return json.loads(data) if data else None


# --- through the API -----------------------------------------------------------------------------------


def register(url: str, number: int) -> str:
    """An account and a token of its own."""
    at, email = Connection(url), f"person{number}@example.org"
    person = {"email": email, "password": PASSWORD, "name": f"Person {number}"}
    at.ask("POST", "/api/v1/account/register", person)
    answer = at.send("POST", "/api/v1/account/sign-in", {"email": email, "password": PASSWORD})
    cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
    answer.read()
    wish = {"name": "load", "scopes": ["read", "write", "draft"]}
    return str(at.ask("POST", "/api/v1/account/tokens", wish, cookie=cookie, origin=url.rstrip("/"))["token"])


def through_api(url: str, token: str) -> Callable[[int], None]:
    at = Connection(url, token)

    def round_(number: int) -> None:
        page, kind = _PAGES[number % 2], _KINDS[number // 2 % 2]
        sender = {"sample": "job-seeker"}
        read = at.ask("POST", "/api/v1/openings", {"url": page})
        opening = {"posting": read["postings"][0]}
        at.ask("POST", "/api/v1/matches", {"opening": opening, "sender": sender})
        wanted = {"opening": opening, "sender": sender, "kind": kind, "seed": number}
        if not at.ask("POST", "/api/v1/drafts", wanted)["text"]:
            raise Failed("an empty draft")

    return round_


# --- through a page's queue ----------------------------------------------------------------------------


class Queued:
    """One open page of a Gradio app."""

    def __init__(self, url: str, event: str) -> None:
        self._at, self._stream = Connection(url), Connection(url)
        self._session = secrets.token_hex(6)
        config = self._at.ask("GET", "/config")
        found = [
            d for d in config["dependencies"] if any(name == event for _, name in d["targets"]) and d["queue"]
        ]
        self._function, self._inputs = found[0]["id"], len(found[0]["inputs"])

    def join(self, first: object, event_data: object = None) -> str:
        """Send one event; returns the session whose stream tells what comes of it."""
        body = {
            "data": [first, *[None] * (self._inputs - 1)],
            "fn_index": self._function,
            "session_hash": self._session,
            "event_data": event_data,
        }
        self._at.ask("POST", "/gradio_api/queue/join", body)
        return self._session

    def run(self, first: object, event_data: object = None) -> str:
        """Everything that one event sends back, until it is done."""
        session = self.join(first, event_data)
        answer = self._stream.send("GET", f"/gradio_api/queue/data?session_hash={session}")
        told = answer.read().decode()
        done = [json.loads(line[6:]) for line in told.splitlines() if '"process_completed"' in line]
        if not done or not done[-1]["success"]:
            raise Failed(f"an event of the page failed: {told[-200:]}")
        return told


def through_page(url: str) -> Callable[[int], None]:
    page = Queued(url, "work")

    def round_(number: int) -> None:
        said = {"do": "read", "source": _PAGES[number % 2], "kind": _KINDS[number // 2 % 2]}
        if 'data-do=\\"write-again' not in page.run(None, said):
            raise Failed("no draft on the page")

    return round_


def through_echo(url: str) -> Callable[[int], None]:
    page = Queued(url, "click")

    def round_(number: int) -> None:
        text = f"{number} " * 300
        if text.strip() not in page.run(text):
            raise Failed("no echo")

    return round_


# --- all of them ---------------------------------------------------------------------------------------


def repeat(way: str, round_: Callable[[int], None], ends: float, pause: float, tally: Tally) -> None:
    for number in count():
        began = time.monotonic()
        if began >= ends:
            return
        try:
            round_(number)
        except (Failed, OSError, http.client.HTTPException) as error:
            tally.failed(f"{way}: {type(error).__name__}: {error}")
            time.sleep(0.5)
        else:
            tally.took(way, time.monotonic() - began)
        time.sleep(pause)


def drive(people: dict[str, list[Callable[[int], None]]], minutes: float, pause: float) -> Tally:
    """Let all people make their rounds for some minutes."""
    tally, ends = Tally(), time.monotonic() + 60 * minutes
    threads = [
        threading.Thread(target=repeat, args=(way, round_, ends, pause, tally))
        for way, rounds in people.items()
        for round_ in rounds
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def told(name: str, watched: Watched, tally: Tally, minutes: float, cpu: float) -> None:
    """Print what came of it."""
    rounds = sum(map(len, tally.seconds.values()))
    print(f"\n{name} ({watched.bound})")
    each, share = 1000 * cpu / max(1, rounds), cpu / (60 * minutes)
    print(f"  {rounds} rounds, {rounds / minutes:.0f} a minute, {each:.0f} ms of CPU each")
    print(f"  it had {share:.0%} of its processor, which it shares with whatever else runs on this machine")
    for way, seconds in sorted(tally.seconds.items()):
        cuts = statistics.quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else seconds * 99
        print(f"  {way:<22} p50 {cuts[49]:6.2f} s   p95 {cuts[94]:6.2f} s   slowest {max(seconds):6.2f} s")
    print(f"  errors: {sum(tally.errors.values())}")
    for error, times in sorted(tally.errors.items(), key=lambda pair: -pair[1])[:8]:
        print(f"    {times} × {error}")
    start, end = watched.seen[0][1], watched.seen[-1][1]
    slope, most = watched.slope_mib_per_minute(), watched.peak_mib
    print(f"  RSS {start:.0f} MiB at first, {end:.0f} at last, {most:.0f} at most, {slope:+.2f} a minute")
    if watched.counted_mib:
        print(f"  the kernel counted {watched.counted_mib():.0f} MiB against its bound, at most")


@contextmanager
def served(options: argparse.Namespace) -> Iterator[Watched]:
    """The app, in its image where one is named."""
    environment = {
        "INROAD_ACCOUNTS": "true",
        "API_REQUESTS_PER_MINUTE": "100000",
        "API_ANONYMOUS_REQUESTS_PER_MINUTE": "100000",
    }
    if options.image:
        with contained(options.image, options.memory, **environment) as watched:
            yield watched
        return
    with tempfile.TemporaryDirectory() as folder:
        environment |= {"INROAD_ENV": "test", "INROAD_DATA_DIR": folder}
        with confined(["app.py"], options.memory, **environment) as watched:
            yield watched


def inroad(options: argparse.Namespace) -> Tally:
    with served(options) as watched:
        url, on_page = watched.server.url, options.on_the_page
        tokens = [register(url, number) for number in range(options.people - on_page)]
        people = {
            "through the API": [through_api(url, token) for token in tokens],
            "through the page": [through_page(url) for _ in range(on_page)],
        }
        before = cpu_seconds(watched.server.pid)
        tally = drive(people, options.minutes, options.pause)
        cpu = cpu_seconds(watched.server.pid) - before
        told(f"Inroad, {options.people} people", watched, tally, options.minutes, cpu)
    return tally


def echo(options: argparse.Namespace) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".py") as minimal:
        minimal.write(MINIMAL_APP)
        minimal.flush()
        with confined([minimal.name], options.memory) as watched:
            url = watched.server.url
            people = {"through the page": [through_echo(url) for _ in range(options.people)]}
            before = cpu_seconds(watched.server.pid)
            tally = drive(people, options.minutes, options.pause)
            cpu = cpu_seconds(watched.server.pid) - before
            told(f"a Gradio echo page, {options.people} people", watched, tally, options.minutes, cpu)


def main() -> int:
    """Print both; 0 only without an error and with p95 of 3 seconds or less."""
    parser = argparse.ArgumentParser(prog="benchmarks.load", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--on-the-page", type=int, default=5, help="so many of them use the page")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a person looks at their draft")
    parser.add_argument("--memory", type=int, default=MEMORY_MIB, metavar="MIB")
    parser.add_argument("--image", default="", help="let the app run in this image, as a pod runs it")
    parser.add_argument("--no-echo", action="store_true", help="without the baseline")
    options = parser.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    tally = inroad(options)
    if not options.no_echo:
        echo(options)
    slow = [s for s in tally.seconds.values() if len(s) > 1 and statistics.quantiles(s, n=100)[94] > 3]
    return 1 if tally.errors or slow else 0


if __name__ == "__main__":
    sys.exit(main())
