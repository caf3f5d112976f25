"""What a person sees when /data or /tmp of the pod is full, and whether the pod lives and mends itself.

    CONTAINER_ENGINE='podman --runtime runc' python -m benchmarks.full_disk --image inroad:local

The image runs with 16 MiB for each place. The same things are asked before (the baseline), while a place is
full to the last byte, and after room was made again: whether it lives and is ready, to make an account (a
write to the database in /data), to write a draft, to send a file through the page, and to see the page.
"""

import argparse
import http.client
import json
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from benchmarks.contained import Container, running
from benchmarks.load import PASSWORD, Connection
from benchmarks.starved import MEMORY_MIB, SENDER
from samples import SAMPLES

PLACE_MIB = 16
_NUMBERS = count()
_FILE = b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\n' + b"words " * 9_000
FILL = "i=0; while dd if=/dev/zero of={0}/fill.$i bs=4096 count=1024 2>/dev/null; do i=$((i+1)); done; sync"


def said(at: Connection, method: str, path: str, body: object = None) -> str:
    """The status of an answer, and what it tells a person where it is no success."""
    answer = at.send(method, path, body)
    data = answer.read()
    if answer.status < 400:
        return str(answer.status)
    try:
        told = json.loads(data)
    except ValueError:
        return f"{answer.status} {data[:80]!r}"
    words = told.get("detail") or told.get("title") or told.get("reasons")
    return f"{answer.status} {told.get('title', '')} {words}".replace("  ", " ")


def account(url: str) -> str:
    person = {"email": f"p{next(_NUMBERS)}@mail.example", "password": PASSWORD, "name": "Ada"}
    return said(Connection(url), "POST", "/api/v1/account/register", person)


def draft(url: str) -> str:
    wanted = {"opening": {"url": SAMPLES[0].url}, "sender": SENDER, "writer": "embedded", "keep": False}
    return said(Connection(url, patience_s=120), "POST", "/api/v1/drafts", wanted)


def upload(url: str) -> str:
    host, _, port = url.removeprefix("http://").strip("/").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=60)
    kind = {"content-type": "multipart/form-data; boundary=x"}
    connection.request("POST", "/gradio_api/upload", _FILE * 20 + b"\r\n--x--\r\n", kind)
    answer = connection.getresponse()
    data = answer.read()
    return (
        str(answer.status)
        if answer.status < 400
        else f"{answer.status} {data[:160].decode(errors='replace')}"
    )


ASKED: dict[str, Callable[[str], str]] = {
    "it lives": lambda url: said(Connection(url), "GET", "/health/live"),
    "it is ready": lambda url: said(Connection(url), "GET", "/health/ready"),
    "the page": lambda url: said(Connection(url), "GET", "/"),
    "an account": account,
    "a draft": draft,
    "a file for the page": upload,
}


def asked(container: Container, when: str) -> dict[str, str]:
    """What each thing comes to."""
    print(f"\n{when}")
    found: dict[str, str] = {}
    for what, ask in ASKED.items():
        try:
            found[what] = ask(container.url)
        except (OSError, http.client.HTTPException) as error:
            found[what] = f"no answer ({type(error).__name__})"
        print(f"  {what:<22}{found[what]}")
    return found


def main() -> int:
    """Print all; 0 only where it lived throughout and did everything again once there was room."""
    parser = argparse.ArgumentParser(prog="benchmarks.full_disk", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.add_argument("--image", required=True)
    options = parser.parse_args()
    good = True
    accounts = {"INROAD_ACCOUNTS": "true", "API_ANONYMOUS_REQUESTS_PER_MINUTE": "1000"}
    with running(options.image, MEMORY_MIB, accounts, scratch_mib=PLACE_MIB) as container:
        container.first_answer("/health/ready", within_s=300)
        before = asked(container, "before")
        for place in ("/data", "/tmp"):
            container.exec("sh", "-c", FILL.format(place))
            full = asked(container, f"{place} is full")
            container.exec("sh", "-c", f"rm {place}/fill.*")
            after = asked(container, f"{place} has room again")
            good &= full["it lives"] == "200" and full["the page"] == "200" and after == before
        restarts = container.log().count("Inroad is at ")
        good &= container.is_running and restarts == 1
        print(f"\n{'it lived throughout' if good else 'IT DID NOT HOLD'}; tracebacks in its log: ", end="")
        print(container.log().count("Traceback"))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
