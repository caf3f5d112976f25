"""Pages that scripts build, in real Chromium, on a little internet that leads back to this machine."""

import contextlib
import json
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from errors import AddressRefused, Cancelled, FetchFailed, PolicyRefused, UnsupportedContent
from scraping import render
from scraping.fetch import guarded_fetch
from scraping.http import Fetch, Request, Response
from scraping.ladder import read
from scraping.render import rendered
from settings import Settings
from tests.waiting import until

PUBLIC = "93.184.216.34"
CHROMIUM = shutil.which("chromium") and shutil.which("chromedriver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="chromium and chromium-driver are not installed"),
]

JOBS = """<title>Careers at Fenwick Rail</title><h1>Open positions</h1><ul id=jobs></ul>
<script type=module>
import { render } from "/assets/list.js";
const answer = await fetch("/api/jobs");
render(document.querySelector("#jobs"), await answer.json());
</script>"""
LIST_JS = """export function render(list, jobs) {
  for (const job of jobs) list.innerHTML += `<li><a href="/jobs/${job.id}">${job.title}</a></li>`;
}"""
OPENINGS = [{"id": 1, "title": "Senior Signal Engineer"}, {"id": 2, "title": "Software Developer (m/w/d)"}]
# Each way out that a page has; what comes of it is written into the page.
PRISON = """<h1>Jobs</h1><p id=got></p><script>
const got = text => document.querySelector("#got").append(text + "; ");
const inside = ["http://169.254.169.254/latest/", "http://127.0.0.1:PORT/secret", "http://localhost:PORT/secret",
  "http://inner.example.org/secret", "http://[::1]:PORT/secret", "https://2130706433/", "file:///etc/passwd"];
for (const url of inside) {
  fetch(url).then(r => r.text()).then(got, () => got("no"));
  fetch(url, {mode: "no-cors"}).then(() => got("opaque"), () => got("no"));
  for (const [tag, name] of [["img", "src"], ["script", "src"], ["iframe", "src"], ["link", "href"]]) {
    const element = document.createElement(tag);
    element[name] = url;
    if (tag === "link") element.rel = ["stylesheet", "preconnect", "prefetch"][url.length % 3];
    document.body.append(element);
  }
  try { new WebSocket(url.replace("http", "ws")).onopen = () => got("socket"); } catch {}
  try { new EventSource(url).onopen = () => got("events"); } catch {}
  navigator.sendBeacon(url.startsWith("http") ? url : "http://127.0.0.1:PORT/", "x");
  window.open(url);
}
const asks = "fetch('http://127.0.0.1:PORT/secret').then(r => r.text()).then(postMessage)";
new Worker(URL.createObjectURL(new Blob([asks]))).onmessage = event => got(event.data);
navigator.serviceWorker?.register("/jobs/sw.js");
const peer = new RTCPeerConnection({iceServers: [
  {urls: ["stun:127.0.0.1:PORT", "stun:169.254.169.254:9"]}]});
peer.createDataChannel("x");
peer.createOffer().then(offer => peer.setLocalDescription(offer));
fetch("/slow");  // so that the page lives long enough for all of it
setTimeout(() => { location = "http://127.0.0.1:PORT/secret"; }, 100);
</script>"""
PAGES = {
    "/jobs": JOBS,
    "/prison": PRISON,
    "/loop": "<h1>Jobs</h1>"
    "<script>ask = n => fetch('/n/' + n).then(() => ask(n + 1), () => ask(n + 1)); ask(0)</script>",
    "/navigates": "<h1>Again</h1>"
    "<script>setTimeout(() => { location = '/navigates?' + Date.now() })</script>",
    "/busy": "<h1>Jobs</h1><script>setTimeout(() => { for (;;); }, 50)</script>",
    "/waits": "<h1>Jobs</h1><script>fetch('/drip').then(() => { document.title = 'late' })</script>",
    "/large": "<h1>Jobs</h1><script>document.write('x'.repeat(6e6))</script>",
    "/asks": "<h1>Jobs</h1><script>alert('Cookies?'); document.write('<p>' + confirm('Really?'))</script>",
    "/route": "<h1>Jobs</h1><script>history.pushState({}, '', '/jobs/all')</script>",
    "/styled": "<link rel=stylesheet href=/s.css onload='document.title = `styled`'><img src=/i.png>",
    "/elsewhere": """<p id=got></p><script>
const got = text => document.querySelector("#got").append(text + "; ");
const json = {method: "POST", headers: {"Content-Type": "application/json"}, body: '{"page": 1}'};
(async () => {
  for (const [url, how] of [["http://api.example.net/open"], ["http://api.example.net/closed"],
      ["http://api.example.net/open", json], ["http://api.example.net/open", {method: "DELETE"}],
      ["/form", {method: "POST", body: "a=1"}], ["/api/jobs", {method: "POST", body: "[1]"}]])
    await fetch(url, how).then(r => r.text()).then(got, () => got("no"));
})();
</script>""",
    # What a form could send goes anywhere without a question; we would send it on as JSON.
    "/sneaks": """<p id=got></p><script>
const got = text => document.querySelector("#got").append(text + "; ");
const body = '{"delete": 1}', method = "POST";
const labelled = type => ({method, body, mode: "no-cors", headers: {"Content-Type": type}});
(async () => {
  for (const how of [{method, body, mode: "no-cors"}, {method, body}, labelled("text/plain;application/json"),
      labelled("application/x-www-form-urlencoded"), {method, body: new Blob([body]), mode: "no-cors"}])
    await fetch("http://api.example.net/open", how).then(() => got("sent"), () => got("no"));
})();
</script>""",
    "/jumps": "<h1>Jobs</h1><script>fetch('http://www.linkedin.com/api').catch(() => {"
    "document.title = 'no'; location = 'http://www.linkedin.com/jobs' })</script>",
    "/jumps-home": "<h1>Jobs</h1><script>location = 'http://api.example.net/sneaks'</script>",
}


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log: list[str]

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.log.append(f"{self.command} {self.headers['Host']}{self.path}")
        if path == "/moved":
            return self._answer(b"", "text/html", 302, Location="/jobs")
        if path in ("/drip", "/slow"):
            time.sleep(30 if path == "/drip" else 2)
        if path == "/api/jobs":
            return self._answer(json.dumps(OPENINGS).encode(), "application/json")
        if path == "/assets/list.js":
            return self._answer(LIST_JS.encode(), "application/javascript")
        if path in ("/open", "/closed"):
            allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type"}
            said = f"{self.command} {path}".encode()
            return self._answer(said, "text/plain", 200, **(allowed if path == "/open" else {}))
        if path == "/refused":
            return self._answer(b"<h1>Forbidden</h1>", "text/html", 403)
        page = PAGES.get(path, path).replace("PORT", str(self.server.server_port))  # type: ignore[attr-defined]
        return self._answer(page.encode(), "text/html; charset=utf-8")

    def do_OPTIONS(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def _answer(self, body: bytes, kind: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        with contextlib.suppress(ConnectionError):  # whoever asked may be gone by now
            self.end_headers()
            self.wfile.write(body)


class Internet:
    """Names with their addresses, and a route from the public one to the server."""

    def __init__(self, port: int, log: list[str]) -> None:
        self.port = port
        self.log = log
        self.names = {"example.org": PUBLIC, "api.example.net": PUBLIC, "inner.example.org": "10.0.0.1"}
        self.names["www.linkedin.com"] = PUBLIC
        self.connected: list[str] = []
        self.asked: list[Request] = []

    def resolve(self, host: str, port: int) -> list[str]:
        if host not in self.names:
            raise socket.gaierror(host)
        return [self.names[host]]

    def connect(self, ip: str, port: int, timeout: float) -> socket.socket:
        self.connected.append(ip)
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def open(self, path: str, cancelled: Callable[[], bool] | None = None, **changes: Any) -> Response:
        """What the browser makes of a page of example.org."""
        settings = Settings(_env_file=None, **changes)  # type: ignore[call-arg]

        def fetch_until(over: Callable[[], bool]) -> Fetch:
            guarded = guarded_fetch(settings, over, resolve=self.resolve, connect=self.connect)

            def fetch(request: Request) -> Response:
                self.asked.append(request)
                return guarded(request)

            return fetch

        return rendered(f"http://example.org{path}", fetch_until, settings, cancelled)


@pytest.fixture
def internet() -> Iterator[Internet]:
    log: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Logged", (Site,), {"log": log}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Internet(server.server_address[1], log)
    server.shutdown()


@pytest.fixture(autouse=True)
def _nothing_remains(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """No profile, no process and no request outlives a page, whatever became of it."""
    tmp_path_factory.getbasetemp()  # is made once, and not in here
    # pytest's own place has too long a name for the browser's sockets.
    with tempfile.TemporaryDirectory(prefix="inroad-") as place:
        monkeypatch.setattr(tempfile, "tempdir", place)
        yield
        until(
            lambda: [*Path(place).iterdir(), *_processes_of(place), *_requests()],
            lambda left: not left,
            within_s=20,  # what `/drip` holds ends by itself after thirty
        )


def _processes_of(place: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if place in line:
            found.append(line[:60])
    return found


def _requests() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("browser-fetch")]


def text(response: Response) -> str:
    return response.body.decode()


def test_a_page_that_scripts_build_is_read(internet: Internet) -> None:
    page = internet.open("/jobs")
    assert (page.url, page.status, page.content_type) == ("http://example.org/jobs", 200, "text/html")
    assert '<a href="/jobs/1">Senior Signal Engineer</a>' in text(page)
    assert [request.url for request in internet.asked if request.page] == ["http://example.org/jobs"]
    reading = read(page.url, lambda request: page, follow=0)
    assert [posting.title for posting in reading.postings] == [job["title"] for job in OPENINGS]


def test_a_page_that_moved_is_read_at_its_new_address(internet: Internet) -> None:
    page = internet.open("/moved")
    assert page.url == "http://example.org/jobs"
    assert "Senior Signal Engineer" in text(page)
    assert internet.log.count("GET example.org/jobs") == 1


def test_a_page_reaches_nothing_that_we_would_not_open(internet: Internet) -> None:
    # The server listens where the page looks for it; UDP is watched as well.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", internet.port))
        page = internet.open("/prison")
        udp.setblocking(False)
        with pytest.raises(BlockingIOError):
            udp.recv(1)
    assert internet.log == ["GET example.org/prison", "GET example.org/slow"]
    assert internet.connected == [PUBLIC, PUBLIC]
    assert page.url == "http://example.org/prison"
    got = text(page).split('<p id="got">')[1].split("</p>")[0]
    assert set(got.split("; ")) == {"no", ""}
    refused = [request.url for request in internet.asked]
    assert "http://169.254.169.254/latest/" in refused, "the page did ask"
    assert not [url for url in refused if not url.startswith("http")]


def test_only_sites_that_allow_it_are_read_from_another(internet: Internet) -> None:
    page = text(internet.open("/elsewhere"))
    jobs = json.dumps(OPENINGS)
    assert f"GET /open; no; POST /open; no; no; {jobs}; " in page
    assert not [line for line in internet.log if line.startswith("DELETE") or "/form" in line]
    assert "OPTIONS api.example.net/open" in internet.log


def test_a_page_posts_no_json_to_another_site_that_the_browser_did_not_ask(internet: Internet) -> None:
    assert "no; no; no; no; no; " in text(internet.open("/sneaks"))
    assert internet.log == ["GET example.org/sneaks"]
    assert "sneaks" in internet.open("/jumps-home").url
    assert not [line for line in internet.log if line.startswith("POST")], "it is that of two sites"


def test_a_site_that_lets_no_program_read_it_is_not_asked(internet: Internet) -> None:
    page = internet.open("/jumps")
    assert page.url == "http://example.org/jumps"
    assert "<title>no</title>" in text(page)
    assert "<h1>Jobs</h1>" in text(page)
    assert [request.url for request in internet.asked] == ["http://example.org/jumps"]
    with pytest.raises(PolicyRefused):
        rendered("https://www.linkedin.com/jobs", lambda over: guarded_fetch(Settings(), over), Settings())


def test_an_endless_loop_of_requests_is_bounded(internet: Internet) -> None:
    assert "<h1>Jobs</h1>" in text(internet.open("/loop"))
    assert len(internet.asked) == render.MOST_REQUESTS


def test_a_page_that_leads_on_for_ever_is_bounded(internet: Internet) -> None:
    assert "<h1>Again</h1>" in text(internet.open("/navigates"))
    assert sum(request.page for request in internet.asked) == render.MOST_NAVIGATIONS


def test_what_is_still_busy_at_the_deadline_is_taken_as_it_is(internet: Internet) -> None:
    taken = text(internet.open("/waits", browser_deadline_s=10, fetch_deadline_s=12))
    assert "<h1>Jobs</h1>" in taken
    assert "<title>" not in taken, "it waited for what it asked"


def test_a_script_that_never_ends_is_ended(internet: Internet) -> None:
    with pytest.raises(FetchFailed, match="too long"):
        internet.open("/busy", browser_deadline_s=5)


def test_cancel_stops_it(internet: Internet) -> None:
    for after in (0.3, 3.0):  # while the browser starts, and while the page runs
        pressed = threading.Event()
        threading.Timer(after, pressed.set).start()
        with pytest.raises(Cancelled):
            internet.open("/waits", pressed.is_set)


def test_a_page_without_end_is_not_taken(internet: Internet) -> None:
    with pytest.raises(UnsupportedContent, match="too large"):
        internet.open("/large")


def test_questions_of_the_page_are_answered_with_no(internet: Internet) -> None:
    assert "<p>false" in text(internet.open("/asks"))


def test_the_address_is_the_one_that_the_page_shows(internet: Internet) -> None:
    assert internet.open("/route").url == "http://example.org/jobs/all"


def test_style_sheets_seem_to_come_and_pictures_do_not(internet: Internet) -> None:
    assert "<title>styled</title>" in text(internet.open("/styled"))
    assert internet.log == ["GET example.org/styled"]


def test_an_error_page_keeps_its_status(internet: Internet) -> None:
    assert internet.open("/refused").status == 403


def test_what_cannot_be_opened_is_refused_as_by_the_fetch(internet: Internet) -> None:
    fetch = guarded_fetch(Settings(), resolve=internet.resolve, connect=internet.connect)
    with pytest.raises(AddressRefused):
        rendered("http://inner.example.org/", lambda over: fetch, Settings())
    with pytest.raises(FetchFailed, match="no site at nowhere"):
        rendered("http://nowhere.example.org/", lambda over: fetch, Settings())
    with pytest.raises(AddressRefused):
        rendered("file:///etc/passwd", lambda over: fetch, Settings())
    assert internet.connected == []


def test_only_one_browser_runs_at_a_time(internet: Internet) -> None:
    with render._one_at_a_time, pytest.raises(FetchFailed, match="Other pages"):
        internet.open("/jobs", browser_deadline_s=5)
    assert not internet.asked


def test_without_chromium_the_person_is_told_what_to_install(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(FetchFailed) as failure:
        internet.open("/jobs")
    assert "Install chromium and chromium-driver" in failure.value.advice


def test_a_browser_that_does_not_start_is_a_failed_fetch(
    internet: Internet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(FetchFailed, match="browser"):
        internet.open("/jobs")
