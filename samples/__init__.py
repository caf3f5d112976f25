"""Saved answers of invented companies, so that the first run works without a network.

`SAMPLES` are addresses to try; `sample_fetch(fallback)` answers those from files and hands all others on.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scraping.http import Fetch, Request, Response

_HERE = Path(__file__).parent
_API = "https://boards-api.greenhouse.io/v1/boards/northwindhealth/jobs"
_ONE = "4410007"


@dataclass(frozen=True)
class Sample:
    """An address to try, and what to call it in a sentence: "Try {label}"."""

    label: str
    url: str


SAMPLES: tuple[Sample, ...] = (
    Sample("a job board page", f"https://job-boards.greenhouse.io/northwindhealth/jobs/{_ONE}"),
    Sample("a company site", "https://lumenfold.example/careers/data-analyst"),
    Sample("34 openings", "https://northwindhealth.example/careers"),
)


def sample_fetch(fallback: Fetch) -> Fetch:
    """A fetch that answers the samples' requests from files and every other one through `fallback`."""

    def fetch(request: Request) -> Response:
        saved = _answers().get(request.url)
        if saved is None or request.method != "GET":
            return fallback(request)
        kind, body = saved
        return Response(request.url, 200, {"content-type": kind}, body)

    return fetch


@lru_cache(maxsize=1)
def _answers() -> dict[str, tuple[str, bytes]]:
    """Content type and body by address. One posting's answer is its entry in the board's."""
    board = (_HERE / "northwind-health.json").read_bytes()
    one = next(job for job in json.loads(board)["jobs"] if str(job["id"]) == _ONE)
    page, html = "application/json", "text/html; charset=utf-8"
    return {
        f"{_API}?content=true": (page, board),
        f"{_API}/{_ONE}": (page, json.dumps(one).encode()),
        "https://northwindhealth.example/careers": (html, (_HERE / "northwind-careers.html").read_bytes()),
        "https://lumenfold.example/careers/data-analyst": (html, (_HERE / "lumenfold.html").read_bytes()),
    }
