"""The proxy ends TLS, holds nothing back, believes no client about itself, and shows the world no counters.

Caddy itself runs on it here: before a server that answers on command, and before the app.
"""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import DEPLOY, ROOT
from tests.waiting import until

CADDYFILE = DEPLOY / "compose" / "Caddyfile"
HEALTH = "127.0.0.1:8081"
SAMPLE = '{"url": "https://job-boards.greenhouse.io/northwindhealth/jobs/4410007"}'


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Upstream:
    """A server that keeps the headers it was asked with, and sends the rest of a stream when told to."""

    asked: list[dict[str, str]] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @contextmanager
    def serving(self) -> Iterator[None]:
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                upstream.asked.append({name.lower(): value for name, value in self.headers.items()})
                self.send_response(200)
                self.send_header("strict-transport-security", "max-age=31536000")
                if self.path == "/stream":
                    self._stream()
                    return
                body = b"<p>page</p>" * 200
                self.send_header("content-type", "text/html")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _stream(self) -> None:
                self.send_header("content-type", "text/event-stream")
                self.send_header("transfer-encoding", "chunked")
                self.end_headers()
                for data in (b"data: first\n\n", b"data: last\n\n"):
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                    self.wfile.flush()
                    upstream.go_on.wait(20)
                self.wfile.write(b"0\r\n\r\n")

            def log_message(self, format: str, *args: Any) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            self.port = server.server_address[1]
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            yield
            server.shutdown()


@dataclass
class Proxy:
    """Caddy as it runs, and how to reach it with the trust in its own authority alone."""

    process: "subprocess.Popen[bytes]"
    domain: str
    port: int
    plain_port: int
    health_port: int
    authority: Path

    def connect(self) -> http.client.HTTPSConnection:
        trust = ssl.create_default_context(cafile=str(self.authority))
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=trust)
        connection.sock = trust.wrap_socket(
            socket.create_connection(("127.0.0.1", self.port), 20), server_hostname=self.domain
        )
        return connection

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        connection = self.connect()
        sent = {"Host": f"{self.domain}:{self.port}"}
        connection.request("GET", path, headers=sent | {k.replace("_", "-"): v for k, v in headers.items()})
        return connection.getresponse()


@contextmanager
def running(caddy: str, folder: Path, upstream: int, domain: str = "localhost") -> Iterator[Proxy]:
    https, http_port, health = free_port(), free_port(), free_port()
    file = folder / "Caddyfile"
    file.write_text(CADDYFILE.read_text().replace(HEALTH, f"127.0.0.1:{health}"))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "INROAD_DOMAIN": domain,
        "INROAD_HTTPS_PORT": str(https),
        "INROAD_HTTP_PORT": str(http_port),
        "INROAD_UPSTREAM": f"127.0.0.1:{upstream}",
    }
    command = [caddy, "run", "--config", str(file), "--adapter", "caddyfile"]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    proxy = Proxy(process, domain, https, http_port, health, authority)
    try:
        until(lambda: (authority.exists() and _answers(proxy)) or process.poll() is not None)
        assert process.poll() is None, (folder / "log").read_text()
        yield proxy
    finally:
        process.kill()
        process.wait()
        log.close()


def _answers(proxy: Proxy) -> bool:
    try:
        proxy.get("/")
    except (OSError, http.client.HTTPException):
        return False
    return True


@pytest.fixture
def caddy(program: Callable[[str], str]) -> str:
    return program("caddy")


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    upstream = Upstream()
    with upstream.serving():
        yield upstream


@pytest.fixture
def proxy(caddy: str, tmp_path: Path, upstream: Upstream) -> Iterator[Proxy]:
    with running(caddy, tmp_path, upstream.port) as proxy:
        upstream.asked.clear()
        yield proxy


# --- the file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", ["localhost", "inroad.example"])
def test_the_file_is_valid_and_tidy(caddy: str, domain: str) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "INROAD_DOMAIN": domain}
    for command in (
        ("validate", "--config", CADDYFILE, "--adapter", "caddyfile"),
        ("fmt", "--diff", CADDYFILE),
    ):
        outcome = subprocess.run([caddy, *command], capture_output=True, text=True, env=environment)
        assert outcome.returncode == 0, outcome.stderr


def test_caddy_leaves_the_trust_of_the_computer_alone() -> None:
    assert "\tskip_install_trust\n" in CADDYFILE.read_text()


# --- before a server of ours -------------------------------------------------------------------------------


def test_a_stream_arrives_piece_by_piece(proxy: Proxy, upstream: Upstream) -> None:
    answer = proxy.get("/stream", Accept_Encoding="gzip, zstd")
    assert answer.headers["content-encoding"] is None
    assert answer.read1(1000) == b"data: first\n\n"  # the server waits for us before the rest
    upstream.go_on.set()
    assert answer.read() == b"data: last\n\n"


def test_a_stream_ends_by_itself_when_the_proxy_stops(proxy: Proxy, upstream: Upstream) -> None:
    answer = proxy.get("/stream")
    answer.read1(1000)
    proxy.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    upstream.go_on.set()
    assert answer.read() == b"data: last\n\n"
    assert proxy.process.wait(10) == 0


def test_what_a_client_says_about_itself_is_replaced(proxy: Proxy, upstream: Upstream) -> None:
    proxy.get("/", X_Forwarded_For="203.0.113.7", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example")
    (asked,) = upstream.asked
    assert asked["x-forwarded-for"] == "127.0.0.1"
    assert asked["x-forwarded-proto"] == "https"
    assert asked["x-forwarded-host"] == asked["host"] == f"localhost:{proxy.port}"


@pytest.mark.parametrize(
    "path", ["/metrics", "/metrics/", "//metrics", "/%6detrics", "/METRICS", "/x/../metrics"]
)
def test_no_counters_for_the_world(proxy: Proxy, upstream: Upstream, path: str) -> None:
    assert proxy.get(path, Authorization="Bearer guessed").status == 404
    assert upstream.asked == []


def test_localhost_is_not_held_to_https_for_a_year(proxy: Proxy) -> None:
    answer = proxy.get("/")
    assert answer.headers["strict-transport-security"] is None
    assert answer.headers["server"] is None


def test_another_name_is(caddy: str, tmp_path: Path, upstream: Upstream) -> None:
    with running(caddy, tmp_path, upstream.port, "inroad.localhost") as proxy:
        assert proxy.get("/").headers["strict-transport-security"] == "max-age=31536000"


def test_pages_travel_compressed(proxy: Proxy) -> None:
    assert proxy.get("/", Accept_Encoding="gzip").headers["content-encoding"] == "gzip"


def test_http_leads_to_https_at_its_port(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain_port, timeout=10)
    connection.request("GET", "/a?b=c", headers={"Host": f"localhost:{proxy.plain_port}"})
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["location"] == f"https://localhost:{proxy.port}/a?b=c"


def test_its_own_health_needs_no_app(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.health_port, timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200


# --- before the app ----------------------------------------------------------------------------------------


@contextmanager
def app(port: int, folder: Path, address: str) -> Iterator[None]:
    environment = {
        **os.environ,
        "INROAD_ENV": "test",  # no .env is read
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "INROAD_DATA_DIR": str(folder / "data"),
        "INROAD_ACCOUNTS": "true",
        "INROAD_PUBLIC_URL": address,
        "INROAD_TRUSTED_PROXIES": "127.0.0.1",
        "API_ANONYMOUS_REQUESTS_PER_MINUTE": "12",
    }
    with (folder / "app-log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.kill()
            process.wait()


def test_a_person_signs_in_and_reads_a_draft_as_it_is_written(caddy: str, tmp_path: Path) -> None:
    port = free_port()
    with running(caddy, tmp_path, port) as proxy:
        address = f"https://localhost:{proxy.port}"
        with app(port, tmp_path, address):
            smoke = [str(DEPLOY / "scripts" / "smoke.sh"), "--wait", "60", "--resolve-insecure", address]
            outcome = subprocess.run(smoke, capture_output=True, text=True, timeout=100)
            assert outcome.returncode == 0, outcome.stderr
            assert " pieces" in outcome.stdout

            connection = proxy.connect()
            body = '{"email": "jo@example.org", "password": "four words in a row"}'
            headers = {"Host": f"localhost:{proxy.port}", "Content-Type": "application/json"}
            headers["Origin"] = address
            cookie = ""
            for path in ("register", "sign-in"):
                connection.request("POST", f"/api/v1/account/{path}", body, headers)
                answer = connection.getresponse()
                assert answer.status < 300, answer.read()
                answer.read()
                cookie = answer.headers["set-cookie"] or cookie
            assert cookie.startswith("__Host-inroad=")
            assert "Secure" in cookie

            connection, statuses = proxy.connect(), []
            for i in range(40):
                headers = {"Host": f"localhost:{proxy.port}", "Content-Type": "application/json"}
                headers["X-Forwarded-For"] = f"203.0.113.{i}"
                connection.request("POST", "/api/v1/openings", SAMPLE, headers)
                answer = connection.getresponse()
                statuses.append(answer.status)
                answer.read()
            assert 429 in statuses, "each invented address counts by itself"
