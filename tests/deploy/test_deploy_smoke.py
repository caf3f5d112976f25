"""The smoke test passes a real Inroad, and says of a broken one which step failed and what to look at."""

import json
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import uvicorn

import serving
from settings import Environment, Settings
from tests.deploy.conftest import DEPLOY

SMOKE = DEPLOY / "scripts" / "smoke.sh"

Smoke = Callable[..., "subprocess.CompletedProcess[str]"]
Fault = Callable[[bytes], tuple[int, bytes]]


@pytest.fixture(scope="module")
def inroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Inroad where people have accounts and nothing else is configured."""
    folder = tmp_path_factory.mktemp("smoke")
    # Many runs of one minute come from one address here.
    config = Settings(
        environment=Environment.TEST, data_dir=folder, accounts=True, api_anonymous_requests_per_minute=1_000
    )
    server = uvicorn.Server(uvicorn.Config(serving.build(config), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def smoke(program: Callable[[str], str]) -> Smoke:
    """Run the script; it needs curl, so `make deploy-check` does."""
    program("curl")

    def run(url: str, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(SMOKE), *options, url],
            capture_output=True,
            text=True,
            timeout=60,
            env=os.environ | {"NO_PROXY": "127.0.0.1"} | environment,
        )

    return run


@contextmanager
def in_front_of(inroad: str, faults: dict[str, Fault], certificate: Path | None = None) -> Iterator[str]:
    """A proxy that answers what a fault makes of an answer, and holds every answer back until it is whole."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {"content-type": "application/json"}
            if token := self.headers.get("authorization"):
                headers["authorization"] = token
            true = httpx.request(self.command, inroad + self.path, content=sent, headers=headers, timeout=30)
            fault = faults.get(self.path)
            status, body = fault(true.content) if fault else (true.status_code, true.content)
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            if status == 429:
                self.send_header("retry-after", "00")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"{scheme}://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def without_claims(body: bytes) -> tuple[int, bytes]:
    written = json.loads(body)
    kept = [i for i, each in enumerate(written["draft"]["sentences"]) if each["kind"] != "C"]
    for name in ("sentences", "verdicts"):
        written["draft"][name] = [written["draft"][name][i] for i in kept]
    return 200, json.dumps(written).encode()


def unsupported(body: bytes) -> tuple[int, bytes]:
    written = json.loads(body)
    written["draft"]["verdicts"][-1]["supported"] = False
    return 200, json.dumps(written).encode()


def says(status: int, text: str) -> Fault:
    return lambda _: (status, text.encode())


def test_a_real_inroad_passes_every_step_in_order(inroad: str, smoke: Smoke) -> None:
    outcome = smoke(inroad + "/")
    assert outcome.returncode == 0, outcome.stderr
    steps = [line.split(":")[1].strip() for line in outcome.stdout.splitlines()[:-1]]
    assert steps == ["ready", "live", "page", "opening", "draft", "stream"]
    assert "claims supported" in outcome.stdout


BROKEN: dict[str, tuple[dict[str, Fault], str, str]] = {
    "not ready": (
        {"/health/ready": says(503, '{"reasons": ["The database does not answer."]}')},
        "ready",
        "The database does not answer.",
    ),
    "another app": ({"/health/live": says(200, "hello")}, "live", "not Inroad"),
    "an empty page": ({"/": says(200, "")}, "page", "0 bytes"),
    "a proxy's own page": ({"/": says(200, "<title>Welcome to nginx!</title>")}, "page", "proxy"),
    "a page that fails": ({"/": says(500, "broken")}, "page", "500"),
    "a gateway without an app": ({"/": says(502, "Bad Gateway")}, "page", "502"),
    "a sample that is not read": (
        {"/api/v1/openings": says(200, '{"postings": []}')},
        "opening",
        "0 opening read",
    ),
    "no JSON": ({"/api/v1/openings": says(200, "<html>")}, "opening", "JSONDecodeError"),
    "an answer without an end": ({"/": says(200, "x" * 17_000_000)}, "page", "could not be kept"),
    "JSON that nobody can unfold": (
        {"/api/v1/openings": says(200, "[" * 200_000)},
        "opening",
        "RecursionError",
    ),
    "a title that no terminal can show": (
        {"/api/v1/openings": says(200, '{"postings": [{"title": "\\ud800\\u001b[2J"}]}')},
        "opening",
        "1 opening read: ??[2J",
    ),
    "an answer that a terminal would obey": (
        {"/": says(500, "\x1b[2J\r\nsection_end")},
        "page",
        " [2J  section",
    ),
    "a draft without a claim": ({"/api/v1/drafts": without_claims}, "draft", "0 claims supported"),
    "a line that is not supported": ({"/api/v1/drafts": unsupported}, "draft", "1 lines not"),
    "no strangers": ({"/api/v1/drafts": says(401, "{}")}, "draft", "INROAD_SMOKE_TOKEN"),
    "too many requests, and then again": ({"/api/v1/drafts": says(429, "{}")}, "draft", "used up"),
    "a proxy that holds the stream back": ({}, "stream", "Switch off buffering"),
}


@pytest.mark.parametrize(("faults", "step", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_one_fails_at_the_step_that_is_broken(
    inroad: str, smoke: Smoke, faults: dict[str, Fault], step: str, words: str
) -> None:
    with in_front_of(inroad, faults) as url:
        outcome = smoke(url)
    assert outcome.returncode == 1
    failure, advice = outcome.stderr.strip().split("\n", 1)
    assert failure.startswith(f"smoke: FAILED at '{step}': "), outcome.stderr
    assert advice.startswith("smoke: ")
    assert words in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_server_that_hangs_is_given_up(smoke: Smoke) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        outcome = smoke(f"http://127.0.0.1:{server.getsockname()[1]}", "--patience", "1")
    assert outcome.returncode == 1
    assert "no whole answer within 1 s" in outcome.stderr


def test_it_waits_for_one_that_starts(inroad: str, smoke: Smoke) -> None:
    asked = []

    def later(body: bytes) -> tuple[int, bytes]:
        asked.append(body)
        return (503 if len(asked) < 3 else 200), body

    with in_front_of(inroad, {"/health/ready": later}) as url:
        outcome = smoke(url, "--wait", "20")
    assert len(asked) == 3
    assert "FAILED at 'stream'" in outcome.stderr  # all before it passed


def test_it_does_not_wait_for_ever(smoke: Smoke) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    begun = time.monotonic()
    outcome = smoke(f"http://127.0.0.1:{port}", "--wait", "2")
    assert time.monotonic() - begun > 1
    assert outcome.returncode == 1
    assert f"http://127.0.0.1:{port}" in outcome.stderr


def test_a_certificate_that_nobody_signed_needs_a_word(
    inroad: str, smoke: Smoke, program: Callable[[str], str], tmp_path: Path
) -> None:
    pem = tmp_path / "own.pem"
    subprocess.run(
        [
            *(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-keyout", str(pem), "-out", str(tmp_path / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )
    pem.write_text(pem.read_text() + (tmp_path / "certificate.pem").read_text())
    with in_front_of(inroad, {"/": says(500, "")}, pem) as url:
        refused = smoke(url)
        believed = smoke(url, "--resolve-insecure")
    assert "FAILED at 'ready'" in refused.stderr
    assert "certificate" in refused.stderr
    assert "FAILED at 'page'" in believed.stderr  # that far it came


def test_a_token_opens_the_door_and_is_in_no_output(inroad: str, smoke: Smoke) -> None:
    with in_front_of(inroad, {}) as url:
        outcome = smoke(url, INROAD_SMOKE_TOKEN="not-a-token-of-ours")
    assert "FAILED at 'opening'" in outcome.stderr  # it was sent, and is nobody's
    assert "not-a-token" not in outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        ("",),
        ("inroad.example",),
        ("--wait", "soon", "http://a"),
        ("--wait", "09", "http://a"),
        ("--wait", "9" * 20, "http://a"),
        ("--patience", "0", "http://a"),
        ("--what",),
    ],
)
def test_a_wrong_call_shows_how_it_is_called(smoke: Smoke, wrong: tuple[str, ...]) -> None:
    outcome = smoke(wrong[-1], *wrong[:-1])
    assert outcome.returncode == 2
    assert "smoke.sh [--wait SECONDS]" in outcome.stderr
