"""Whether addresses that a server must not open stay closed, and others open.

Each row of `ssrf/urls.tsv` is tried through the real guarded fetcher; its DNS answers are assumed, and the
one public address leads to a server on loopback.
"""

import json
from collections import defaultdict
from pathlib import Path

from errors import AddressRefused, FetchFailed
from evaluation.stand_in_internet import PUBLIC, Network, served
from scraping.fetch import guarded_fetch
from scraping.http import Request
from settings import Settings

_INSIDE = ("127.0.0.1", "169.254.169.254")


def measure(corpus: Path) -> dict[str, float]:
    """The share of rows that end as labelled, from 0 to 1, by verdict; prints the rows that do not."""
    verdicts: dict[str, list[bool]] = defaultdict(list)
    with served() as port:
        for verdict, url, dns in rows(corpus):
            right = ends_as_labelled(Network(port), verdict, url, dns)
            verdicts[verdict.lower()].append(right)
            if not right:
                print(json.dumps({"miss": url, "wanted": verdict}))
    return {name: sum(found) / len(found) for name, found in verdicts.items()}


def rows(corpus: Path) -> list[tuple[str, str, str]]:
    """Verdict, URL and assumed DNS answers of each row; none where the corpus lacks the table."""
    path = corpus / "ssrf" / "urls.tsv"
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1], row[3]) for row in columns if row[0] != "verdict"]


def ends_as_labelled(network: Network, verdict: str, url: str, dns: str) -> bool:
    """Whether a URL is opened, refused or cut off as its verdict says, and no inner address is reached."""
    for entry in [] if dns == "-" else [dns]:
        name, _, answers = entry.partition("=")
        network.names[name] = [turn.split(",") for turn in answers.split("|")]
    limits = Settings(_env_file=None, fetch_deadline_s=1.5)  # type: ignore[call-arg]
    fetch = guarded_fetch(limits, resolve=network.resolve, connect=network.connect)
    refused: Exception | None = None
    try:
        fetch(Request(url.replace("/file?u=", "/to?u=")))
    except (AddressRefused, FetchFailed) as error:
        refused = error
    reached = network.connected
    if verdict.startswith("BLOCK") and verdict != "BLOCK_REBIND":
        return isinstance(refused, AddressRefused) and reached == ([] if verdict == "BLOCK" else [PUBLIC])
    if verdict == "LIMIT":
        return isinstance(refused, FetchFailed) and reached == [PUBLIC]
    if verdict == "ALLOW" and url.startswith("https"):
        # The server on loopback speaks no TLS; reaching it is what is allowed.
        return isinstance(refused, FetchFailed) and reached == [PUBLIC]
    opened = refused is None or (isinstance(refused, AddressRefused) and "ffff" in url)
    return opened and not set(reached) & set(_INSIDE)
