"""The guarded fetcher against a real server on loopback, reached through a stand-in for DNS and routing."""

import shutil
import socket
import ssl
import subprocess
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from errors import AddressRefused, Cancelled, FetchFailed, InroadError, UnsupportedContent
from evaluation import ssrf
from evaluation.stand_in_internet import PUBLIC, Network, Site, served
from scraping.fetch import guarded_fetch
from scraping.http import Fetch, Request
from settings import Settings

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    with served() as port:
        yield port


@pytest.fixture
def network(site: int) -> Network:
    net = Network(site)
    net.names["example.org"] = [[PUBLIC]]
    return net


def fetch_on(network: Network, cancelled: Callable[[], bool] | None = None, **settings: float) -> Fetch:
    limits = Settings(_env_file=None, **{"fetch_deadline_s": 1.5, **settings})  # type: ignore[arg-type, call-arg]
    return guarded_fetch(limits, cancelled, resolve=network.resolve, connect=network.connect)


@contextmanager
def most_memory(most: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def test_a_page_arrives_with_its_status_headers_and_body(network: Network) -> None:
    answer = fetch_on(network)(Request("http://example.org/jobs?page=2"))
    assert (answer.url, answer.status, answer.content_type) == (
        "http://example.org/jobs?page=2",
        200,
        "text/html",
    )
    assert answer.body.startswith(b"GET /jobs?page=2\n")
    assert network.connected == [PUBLIC]


def test_the_server_sees_the_name_an_honest_agent_and_no_secrets(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    fetch = fetch_on(network)
    fetch(Request("http://example.org/first"))
    seen = fetch(Request("http://example.org/second")).body.decode()
    assert "host: example.org\n" in seen
    assert "user-agent: Inroad/" in seen
    assert "cookie" not in seen
    assert "authorization" not in seen


def test_a_post_carries_its_json(network: Network) -> None:
    answer = fetch_on(network)(Request("http://example.org/api", "POST", b'{"limit": 20}'))
    assert answer.body == b'{"limit": 20}'


def test_an_error_page_is_an_answer_not_a_failure(network: Network) -> None:
    assert fetch_on(network)(Request("http://example.org/missing")).status == 404


def test_a_redirect_is_followed_and_named(network: Network) -> None:
    assert fetch_on(network)(Request("http://example.org/to?u=/jobs")).url == "http://example.org/jobs"


def test_a_redirect_loop_ends(network: Network) -> None:
    with pytest.raises(FetchFailed, match="keeps leading"):
        fetch_on(network)(Request("http://example.org/loop"))
    assert len(network.connected) == 6


def test_a_redirect_takes_no_body_and_no_method_along(network: Network) -> None:
    network.names["example.net"] = [[PUBLIC]]
    answer = fetch_on(network)(
        Request("http://example.org/to?u=http://example.net/x", headers={"X-Own": "1"})
    )
    assert b"x-own" not in answer.body


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "http://inner.example.org/",
        "http://[",
    ],
)
def test_a_redirect_to_the_inside_is_refused(network: Network, target: str) -> None:
    network.names["inner.example.org"] = [["10.0.0.1"]]
    with pytest.raises(AddressRefused):
        fetch_on(network)(Request(f"http://example.org/to?u={target}"))
    assert network.connected == [PUBLIC]


def test_the_body_of_a_redirect_is_not_read(network: Network) -> None:
    with most_memory(5_000_000):  # the body unpacks to twice that
        answer = fetch_on(network)(Request("http://example.org/gzip-to-jobs"))
    assert answer.url == "http://example.org/jobs"


def test_a_page_that_has_not_changed_says_so_without_a_body(network: Network) -> None:
    marked = Request("http://example.org/marked", headers={"If-None-Match": '"v1"'})
    answer = fetch_on(network)(marked)
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", '"v1"')


def test_a_redirect_takes_no_condition_along(network: Network) -> None:
    first = Request("http://example.org/to?u=/marked", headers={"If-None-Match": '"v1"'})
    assert fetch_on(network)(first).status == 200


def test_a_charset_nobody_knows_leaves_the_bytes_as_they_are(network: Network) -> None:
    answer = fetch_on(network)(Request("http://example.org/odd-charset"))
    assert (answer.body, answer.charset) == ("Zürich".encode("latin-1"), "klingon-8")


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        [PUBLIC, "127.0.0.1"],
        ["10.0.0.1", PUBLIC],
        [f"93.184.216.{n}" for n in range(9)] + ["192.168.1.1"],
        [],
    ],
)
def test_a_name_with_any_private_answer_is_refused_before_a_packet(
    network: Network, answers: list[str]
) -> None:
    network.names["mixed.example.org"] = [answers]
    with pytest.raises(AddressRefused):
        fetch_on(network)(Request("http://mixed.example.org/"))
    assert network.connected == []


def test_a_name_that_changes_its_answer_is_still_reached_where_it_was_checked(network: Network) -> None:
    network.names["rebind.example.org"] = [[PUBLIC], ["169.254.169.254"]]
    fetch_on(network)(Request("http://rebind.example.org/"))
    assert network.connected == [PUBLIC]


def test_a_second_address_is_tried_when_the_first_does_not_answer(network: Network) -> None:
    network.names["two.example.org"] = [["93.184.216.35", PUBLIC]]
    direct = network.connect

    def connect(ip: str, port: int, timeout: float) -> socket.socket:
        if ip != PUBLIC:
            raise ConnectionRefusedError
        return direct(ip, port, timeout)

    fetch = guarded_fetch(Settings(_env_file=None), resolve=network.resolve, connect=connect)  # type: ignore[call-arg]
    assert fetch(Request("http://two.example.org/")).status == 200


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/10gb", UnsupportedContent),
        ("/gzip", UnsupportedContent),
        ("/claims-6mb", UnsupportedContent),
        ("/packed?br,200", FetchFailed),
        ("/packed?zstd,200", FetchFailed),
        ("/packed?gzip,gzip,200", FetchFailed),
        ("/drip", FetchFailed),
        ("/drip-headers", FetchFailed),
        ("/pdf", UnsupportedContent),
    ],
)
def test_what_is_too_large_too_slow_or_no_page_is_cut_off(
    network: Network, path: str, error: type[InroadError]
) -> None:
    with pytest.raises(error) as failure:
        fetch_on(network)(Request(f"http://example.org{path}"))
    assert failure.value.advice


def test_a_small_answer_that_unpacks_to_a_large_one_is_cut_off_in_little_memory(network: Network) -> None:
    with most_memory(4_000_000), pytest.raises(UnsupportedContent, match="larger than 1 MB"):
        fetch_on(network, fetch_max_bytes=1_000_000)(Request("http://example.org/gzip"))


def test_an_error_page_that_cannot_be_unpacked_is_still_an_error_page(network: Network) -> None:
    answer = fetch_on(network)(Request("http://example.org/packed?br,403"))
    assert (answer.status, answer.body) == (403, b"")


def test_cancel_stops_a_slow_answer(network: Network) -> None:
    pressed = threading.Event()
    threading.Timer(0.3, pressed.set).start()
    with pytest.raises(Cancelled):
        fetch_on(network, pressed.is_set, fetch_deadline_s=30)(Request("http://example.org/drip"))


def test_a_site_that_is_not_there_is_named(network: Network) -> None:
    with pytest.raises(FetchFailed, match=r"no site at nowhere\.example\.org"):
        fetch_on(network)(Request("http://nowhere.example.org/"))


def test_a_certificate_must_carry_the_name_not_the_address(network: Network, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=example.org",
         "-addext", "subjectAltName=DNS:example.org", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    network.port = server.server_address[1]
    network.names["other.example.net"] = [[PUBLIC]]
    fetch = guarded_fetch(
        Settings(_env_file=None),  # type: ignore[call-arg]
        resolve=network.resolve,
        connect=network.connect,
        verify=str(certificate),
    )
    try:
        assert fetch(Request("https://example.org/")).status == 200
        with pytest.raises(FetchFailed, match="certificate"):
            fetch(Request("https://other.example.net/"))
    finally:
        server.shutdown()


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not beside this checkout")
@pytest.mark.parametrize(("verdict", "url", "dns"), ssrf.rows(CORPUS))
def test_every_row_of_the_corpus_ends_as_labelled(network: Network, verdict: str, url: str, dns: str) -> None:
    assert ssrf.ends_as_labelled(network, verdict, url, dns)
