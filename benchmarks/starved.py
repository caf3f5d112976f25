"""What a pod still gives a person when its node's CPU credits are gone, and whether its probes let it live.

    CONTAINER_ENGINE='podman --runtime runc' python -m benchmarks.starved --image inroad:local [--cpus 0.1]

A t2.micro without credits has 10 % of a processor. The image runs so, and with all of one as the baseline:
seconds until it lives and is ready, until a page is there, an opening is read and a draft is written, first
and again, alone and for three people at once; then these three go on without a pause. All the while it is
asked as the kubelet would, with the timings of deploy/base/deployment.yaml, counted as the kubelet counts.
"""

import argparse
import http.client
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.contained import Container, running
from benchmarks.load import Connection
from samples import SAMPLES

MEMORY_MIB = 450
PEOPLE = 3
DEPLOYMENT = Path(__file__).parents[1] / "deploy" / "base" / "deployment.yaml"
SENDER = {"sample": "job-seeker"}


@dataclass
class Probe:
    """One probe of a container, and what came of it.

    Attributes:
        asked: How often it was asked.
        slowest_s: The longest that an answer took.
        failed: The most failures in a row.
    """

    name: str
    path: str
    period_s: float
    timeout_s: float
    threshold: int
    asked: int = 0
    slowest_s: float = 0.0
    failed: int = 0
    _row: int = field(default=0, repr=False)

    def ask(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").strip("/").partition(":")
        began = time.monotonic()
        connection = http.client.HTTPConnection(host, int(port), timeout=self.timeout_s)
        try:
            connection.request("GET", self.path)
            good = connection.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            good = False
        finally:
            connection.close()
        took = time.monotonic() - began
        self.asked += 1
        self.slowest_s = max(self.slowest_s, took)
        self._row = 0 if good and took <= self.timeout_s else self._row + 1
        self.failed = max(self.failed, self._row)

    def __str__(self) -> str:
        verdict = "FAILS" if self.failed >= self.threshold else "holds"
        return (
            f"{self.name} asked {self.asked} times: slowest {self.slowest_s:.2f} of {self.timeout_s:g} s, "
            f"{self.failed} of {self.threshold} failures in a row: {verdict}"
        )


def probes() -> dict[str, Probe]:
    """Those of the Deployment, by their kind."""
    deployment = yaml.safe_load(DEPLOYMENT.read_text(encoding="utf-8"))
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    found: dict[str, Probe] = {}
    for kind in ("startup", "readiness", "liveness"):
        told: dict[str, Any] = container[f"{kind}Probe"]
        timings = told["periodSeconds"], told["timeoutSeconds"], told["failureThreshold"]
        found[kind] = Probe(kind, told["httpGet"]["path"], *timings)
    return found


@contextmanager
def asking(probe: Probe, url: str) -> Iterator[None]:
    """Ask as the kubelet does, again and again."""
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            began = time.monotonic()
            probe.ask(url)
            over.wait(max(0.0, probe.period_s - (time.monotonic() - began)))

    thread = threading.Thread(target=ask)
    thread.start()
    yield
    over.set()
    thread.join()


def seconds(action: Callable[[], object]) -> float:
    began = time.monotonic()
    action()
    return time.monotonic() - began


class Person:
    """Somebody who reads a sample and has a draft written through the API."""

    def __init__(self, url: str) -> None:
        self._at = Connection(url, patience_s=300)

    def page(self) -> None:
        self._at.send("GET", "/").read()

    def read(self) -> None:
        self._at.ask("POST", "/api/v1/openings", {"url": SAMPLES[0].url})

    def draft(self) -> None:
        wanted = {"opening": {"url": SAMPLES[0].url}, "sender": SENDER, "writer": "embedded", "keep": False}
        if not self._at.ask("POST", "/api/v1/drafts", wanted)["text"]:
            raise SystemExit("an empty draft")


def together(url: str, minutes: float = 0.0) -> list[float]:
    """Seconds of the drafts of some people who begin together and go on for some minutes."""
    took: list[float] = []
    ends = time.monotonic() + 60 * minutes

    def go_on() -> None:
        person = Person(url)
        took.append(seconds(person.draft))
        while time.monotonic() < ends:
            took.append(seconds(person.draft))

    threads = [threading.Thread(target=go_on) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(took) < PEOPLE:
        raise SystemExit("a draft failed")
    return took


def measured(container: Container, patience_s: float, minutes: float) -> dict[str, float]:
    """Seconds of each step once it lives."""
    person = Person(container.url)
    found = {"ready": container.first_answer("/health/ready", patience_s)}
    found["the page"] = seconds(person.page)
    found["an opening read"] = seconds(person.read)
    found["the first draft"] = seconds(person.draft)
    found["another draft"] = seconds(person.draft)
    found[f"{PEOPLE} drafts at once"] = max(together(container.url))
    many = together(container.url, minutes)
    found["the slowest as they go on"] = max(many)
    found["drafts a minute as they go on"] = len(many) / minutes
    found["the page again"] = seconds(person.page)
    return found


def run(image: str, cpus: float, minutes: float) -> tuple[dict[str, float], list[Probe]]:
    """What a share of a processor gives, and how the probes found it."""
    asked = probes()
    patience_s = asked["startup"].period_s * asked["startup"].threshold
    free = {"API_ANONYMOUS_REQUESTS_PER_MINUTE": "1000"}
    with running(image, MEMORY_MIB, free, cpus=cpus) as container:
        found = {"live": container.first_answer("/health/live", patience_s)}
        with asking(asked["liveness"], container.url), asking(asked["readiness"], container.url):
            found |= measured(container, patience_s, minutes)
        found["MiB counted, at most"] = container.peak_mib()
    return found, [asked["readiness"], asked["liveness"]]


def main() -> int:
    """Print both columns; 0 only where no probe would have ended the pod or taken it out of service."""
    parser = argparse.ArgumentParser(prog="benchmarks.starved", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.add_argument("--image", required=True)
    parser.add_argument("--cpus", type=float, default=0.1)
    parser.add_argument("--minutes", type=float, default=2.0, help="for which three people go on")
    options = parser.parse_args()
    whole, _ = run(options.image, 1.0, options.minutes)
    starved, asked = run(options.image, options.cpus, options.minutes)
    print(f"{'seconds with so much of a processor':<38}{100:>8} %{100 * options.cpus:>8.0f} %")
    for step, took in whole.items():
        print(f"{step:<38}{took:>10.1f}{starved[step]:>10.1f}")
    startup = probes()["startup"]
    most = startup.period_s * startup.threshold
    print(f"startup: {starved['live']:.0f} of {most:g} s: {'holds' if starved['live'] < most else 'FAILS'}")
    for probe in asked:
        print(probe)
    return 1 if any(probe.failed >= probe.threshold for probe in asked) else 0


if __name__ == "__main__":
    sys.exit(main())
