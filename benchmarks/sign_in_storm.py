"""Two hundred people sign in at once while somebody else goes on: what they wait, beside the same without it.

    python -m benchmarks.sign_in_storm [--people 200]

The app runs on one processor, with its accounts in a SQLite file; this process keeps to the others, where
there are any. Each person comes from an address of their own, as through a proxy. Somebody else asks, one
after the other, whether the process lives, for the page, for their profiles and for a draft of a sample
opening by the built-in writer. A wait is from the request to the whole answer. Exit code 0 only without an
error and with every answer to somebody else within half a second.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import defaultdict
from multiprocessing import Event, Process, Queue
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from typing import Any

import httpx

from accounts import passwords, tokens
from benchmarks.serving import cpu_seconds, serving
from samples import SAMPLES
from store import Store

LONGEST_S = 0.5
WITHOUT_S = 15.0
PASSWORD = "four words in a row"
_DRAFT = {"opening": {"url": SAMPLES[0].url}, "sender": {"sample": "job-seeker"}}
_ASKED: dict[str, tuple[str, str, Any]] = {
    "is it alive": ("GET", "/health/live", None),
    "the page": ("GET", "/", None),
    "my sign-in": ("GET", "/api/v1/account", None),
    "a draft": ("POST", "/api/v1/drafts", _DRAFT),
}
Waits = dict[str, list[float]]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.sign_in_storm", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.add_argument("--people", type=int, default=200)
    people = parser.parse_args().people
    processors = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        token = _settle(Path(folder), people)
        os.environ.update(_environment(folder))
        os.sched_setaffinity(0, processors[:1])  # which the server inherits
        with serving(["app.py"]) as server:
            os.sched_setaffinity(0, processors[1:] or processors)
            _others(server.url, token, None, 2.0)  # what loads once
            calm, calm_errors = _others(server.url, token, None, WITHOUT_S)
            before, spent = server.rss_mib, cpu_seconds(server.pid)
            storm, storm_errors, sign_ins, refused, lasted = _storm(server.url, token, people)
            after, spent = server.rss_mib, cpu_seconds(server.pid) - spent
    _print(calm, storm, sign_ins)
    memory = f"resident memory {before:.0f} MiB before, {after:.0f} after"
    print(f"{people} sign-ins in {lasted:.1f} s, of which the app had the processor {spent:.1f} s; {memory}")
    errors = [*calm_errors, *storm_errors, *refused]
    for each in sorted(set(errors)):
        print(f"{errors.count(each)} x {each}")
    slowest = max(max(waits) for waits in storm.values())
    return 0 if not errors and slowest <= LONGEST_S else 1


def _settle(folder: Path, people: int) -> str:
    """Give everybody an account, and one of them a token; returns the token."""
    kept = Store(f"sqlite:///{folder / 'inroad.sqlite'}")
    hashed = passwords.hashed(PASSWORD)  # one for all, as making them is not what is measured
    for number in range(people + 1):
        email = f"person{number}@example.org"
        kept.accounts.register(email, email, "", hashed)
    found = kept.accounts.find(f"person{people}@example.org")
    assert found is not None
    token = tokens.new(tokens.PREFIX)
    kept.accounts.add_token(found[0].person, tokens.digest(token), "storm", ("read", "write", "draft"), None)
    kept.close()
    return token


def _environment(folder: str) -> dict[str, str]:
    return {
        "INROAD_ENV": "test",
        "INROAD_ACCOUNTS": "true",
        "INROAD_DATA_DIR": folder,
        "INROAD_TRUSTED_PROXIES": "127.0.0.1",
        "API_REQUESTS_PER_MINUTE": "1000000",
    }


# --- somebody else -----------------------------------------------------------------------------------


def _others(url: str, token: str, until: Signal | None, seconds: float) -> tuple[Waits, list[str]]:
    """Ask for one thing after the other, for some seconds or until told; waits by what, and errors."""
    waits: Waits = defaultdict(list)
    errors: list[str] = []
    headers = {"authorization": f"Bearer {token}"}
    ends = time.monotonic() + seconds
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
        while time.monotonic() < ends and not (until and until.is_set()):
            for name, (method, path, body) in _ASKED.items():
                began = time.monotonic()
                answer = client.request(method, path, json=body)
                waits[name].append(time.monotonic() - began)
                if answer.status_code != 200:
                    errors.append(f"{answer.status_code} for {name}: {answer.text[:200]}")
            time.sleep(0.02)
    return dict(waits), errors


def _tell_others(told: "Queue[Any]", url: str, token: str, until: Signal) -> None:
    told.put(_others(url, token, until, 600.0))


# --- the storm ---------------------------------------------------------------------------------------


def _storm(url: str, token: str, people: int) -> tuple[Waits, list[str], list[float], list[str], float]:
    over, told = Event(), Queue()  # type: ignore[var-annotated]
    others = Process(target=_tell_others, args=(told, url, token, over))
    others.start()
    time.sleep(1.0)
    began = time.monotonic()
    sign_ins, refused = asyncio.run(_all_at_once(url, people))
    lasted = time.monotonic() - began
    over.set()
    waits, errors = told.get(timeout=60)
    others.join()
    return waits, errors, sign_ins, refused, lasted


async def _all_at_once(url: str, people: int) -> tuple[list[float], list[str]]:
    limits = httpx.Limits(max_connections=people)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:

        async def sign_in(number: int) -> tuple[float, str]:
            given = {"email": f"person{number}@example.org", "password": PASSWORD}
            came_from = {"x-forwarded-for": f"10.0.{number // 250}.{number % 250 + 1}"}
            began = time.monotonic()
            answer = await client.post("/api/v1/account/sign-in", json=given, headers=came_from)
            waited = time.monotonic() - began
            return waited, "" if answer.status_code == 200 else f"{answer.status_code} for a sign-in"

        done = await asyncio.gather(*(sign_in(number) for number in range(people)))
    return [waited for waited, _ in done], [error for _, error in done if error]


# --- the table ---------------------------------------------------------------------------------------


def _print(calm: Waits, storm: Waits, sign_ins: list[float]) -> None:
    print(f"{'ms':<16}{'without':>30}{'in the storm':>30}")
    print(f"{'':<16}" + f"{'n':>6}{'p50':>8}{'p95':>8}{'max':>8}" * 2)
    for name in calm:
        print(f"{name:<16}{_figures(calm[name])}{_figures(storm[name])}")
    print(f"{'a sign-in':<16}{'':>30}{_figures(sign_ins)}")


def _figures(waits: list[float]) -> str:
    ordered = sorted(waits)
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
    return f"{len(ordered):>6}" + "".join(f"{1000 * each:>8.0f}" for each in (p50, p95, ordered[-1]))


if __name__ == "__main__":
    sys.exit(main())
