"""A little internet of one server: names to addresses, and a route from one public address to loopback.

The guarded fetcher is tried against it in tests and in the gate, so that no packet leaves the machine.
"""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLIC = "93.184.216.34"
BOMB = gzip.compress(b"\0" * 10_000_000)  # 10 KB


class Site(BaseHTTPRequestHandler):
    """A site with one path for each trick."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/to":
            return self._answer(b"", status=302, location=query.removeprefix("u="))
        if path == "/loop":
            return self._answer(b"", status=302, location="/loop")
        if path == "/10gb":
            return self._endless(b"x" * 65_536)
        if path == "/gzip":
            return self._answer(BOMB, encoding="gzip")
        if path == "/gzip-to-jobs":
            return self._answer(BOMB, status=302, encoding="gzip", location="/jobs")
        if path == "/packed":
            return self._answer(BOMB, status=int(query[-3:]), encoding=query[:-4])
        if path == "/claims-6mb":
            return self._claim(6_000_000)
        if path == "/marked":
            known = self.headers["If-None-Match"] == '"v1"'
            return self._answer(b"" if known else b"<p>Jobs", status=304 if known else 200, etag='"v1"')
        if path == "/odd-charset":
            return self._answer("Zürich".encode("latin-1"), kind="text/html; charset=klingon-8")
        if path == "/drip":
            return self._endless(b"x", pause=0.2)
        if path == "/drip-headers":
            return self._drip_headers()
        if path == "/pdf":
            return self._answer(b"%PDF-1.7", kind="application/pdf")
        if path == "/missing":
            return self._answer(b"gone", status=404)
        seen = "\n".join(f"{name.lower()}: {value}" for name, value in self.headers.items())
        return self._answer(f"{self.command} {self.path}\n{seen}".encode(), cookie="a=1")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(body, kind="application/json")

    def _answer(self, body: bytes, status: int = 200, kind: str = "text/html", **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, header in (
            ("location", "Location"),
            ("encoding", "Content-Encoding"),
            ("cookie", "Set-Cookie"),
            ("etag", "ETag"),
        ):
            if name in more:
                self.send_header(header, more[name])
        self.end_headers()
        self.wfile.write(body)

    def _claim(self, length: int) -> None:
        """Announce a body, then send none of it until the other side hangs up."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.close_connection = True
        self.rfile.read(1)

    def _endless(self, piece: bytes, pause: float = 0.0) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True
        for _ in range(2_000):
            try:
                self.wfile.write(piece)
            except OSError:
                return
            time.sleep(pause)

    def _drip_headers(self) -> None:
        self.close_connection = True
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200:
            try:
                self.wfile.write(bytes([byte]))
            except OSError:
                return
            time.sleep(0.2)


class Network:
    """A little internet: names to addresses, and a route from the public address to the loopback server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.names: dict[str, list[list[str]]] = {}
        self.connected: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        del port
        if ":" in host:
            return [host]  # an IP address is its own answer
        if host not in self.names:
            raise socket.gaierror(host)
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, ip: str, port: int, timeout: float) -> socket.socket:
        del port
        self.connected.append(ip)
        return socket.create_connection(("127.0.0.1", self.port), timeout)


@contextmanager
def served() -> Iterator[int]:
    """The port on loopback of a running `Site`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
