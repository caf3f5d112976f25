"""Time to read a saved page into openings, beside bs4's `get_text` alone, and memory on a page of 5 MB.

    python -m benchmarks.reading [--corpus DIR]

Both sides start from the same bytes, each page is read five times and its fastest time counts. Ours is the
whole ladder: bytes to postings with sections and requirement lines. bs4 is used as the common recipe does,
with the parser of the standard library and with lxml. Memory is the growth of the peak of a fresh process.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bs4 import BeautifulSoup

import outreach

_ROUNDS = 5
_CARD = "<li class=card><a href='/jobs/{n}'><h3>Night Baker {n}</h3></a><p>Porto</p><p>{text}</p></li>"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.reading", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument(
        "--large", action="store_true", help="read one page of 5 MB and print the peak in KiB"
    )
    options = parser.parse_args()
    if options.large:
        _print_peak()
        return
    if (options.corpus / "careers").is_dir():
        _print_times(options.corpus / "careers")
    else:
        print(f"no corpus at {options.corpus}: the time a page is not measured")
    command = [sys.executable, "-m", "benchmarks.reading", "--large"]
    print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def _print_times(careers: Path) -> None:
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for line in (careers / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if not entry["kind"].startswith("html_"):
            continue
        body = (careers / entry["file"]).read_bytes()
        url = (entry["url"] or "").split(" ")[0].split("…")[0]
        total = totals[entry["kind"]]
        total[0] += 1
        total[1] += _fastest(partial(outreach.read_saved, body, url))
        total[2] += _fastest(partial(_text_by, "lxml", body))
        total[3] += _fastest(partial(_text_by, "html.parser", body))
    totals["all pages"] = [sum(column) for column in zip(*totals.values(), strict=True)]
    for kind, (pages, ours, lxml, plain) in totals.items():
        print(
            f"{kind:20} {pages:3.0f} pages: {1000 * ours / pages:6.1f} ms a page, "
            f"{ours / plain:.2f}x bs4 with html.parser ({1000 * plain / pages:.1f} ms), "
            f"{ours / lxml:.2f}x bs4 with lxml ({1000 * lxml / pages:.1f} ms)"
        )


def _text_by(parser: str, body: bytes) -> str:
    return BeautifulSoup(body, parser).get_text()


def _fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def _print_peak() -> None:
    cards = "".join(_CARD.format(n=n, text="We bake bread for the whole town. " * 20) for n in range(6_400))
    body = f"<html><head><title>Jobs</title></head><body><h1>Jobs</h1><ul>{cards}</ul></body></html>".encode()
    outreach.read_saved(b"<h1>Jobs</h1>", "https://warm-up.example/")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    reading = outreach.read_saved(body, "https://large.example/jobs")
    seconds = time.perf_counter() - started
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    BeautifulSoup(body, "lxml").get_text()
    theirs = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(
        f"a page of {len(body) / 1e6:.1f} MB: {len(reading.postings)} openings in {seconds:.1f} s, "
        f"peak memory {ours / 1024:.0f} MiB more (with bs4 after it: {theirs / 1024:.0f} MiB)"
    )


if __name__ == "__main__":
    main()
