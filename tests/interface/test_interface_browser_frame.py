"""A Space is a frame of another site: the page works there, and a sign-in holds there and nowhere else.

The Hub and the Space answer by their real names, by https, from one server of the test's own, which hands the
Space's requests on to the program as the Hub's proxy does. The browser keeps no cookies of other sites but
partitioned ones, as browsers do by and by.
"""

import http.client
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.interface import browsing
from tests.interface.conftest import serving

HUB, SPACE = "huggingface.co", "ada-inroad.hf.space"
FRAME = (
    f'<!doctype html><title>A Space</title><iframe src="https://{SPACE}/" width="1200" height="900"></iframe>'
)
PERSON = '{"email": "ada@mail.example", "password": "four words in a row", "name": "Ada"}'
ASK = """
const [method, path, body, done] = arguments;
const wish = {method, headers: {"content-type": "application/json"}, body: body || undefined};
fetch(path, wish).then(async answer => done([answer.status, await answer.text()]));
"""


class Proxy(BaseHTTPRequestHandler):
    """The Hub's page for its own name; the program for the Space's."""

    protocol_version = "HTTP/1.0"  # a connection for each request
    program = ""

    def do_GET(self) -> None:
        if self.headers["host"].startswith(HUB):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(FRAME.encode())
            return
        at = urlsplit(self.program)
        to = http.client.HTTPConnection(at.hostname or "", at.port, timeout=60)
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        told = {"x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https"}
        to.request(self.command, self.path, body, {**dict(self.headers.items()), **told})
        answer = to.getresponse()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection"):
                self.send_header(name, value)
        self.end_headers()
        while piece := answer.read1(65_536):
            self.wfile.write(piece)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def by_https(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port at which both names are served by https."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    folder = tmp_path_factory.mktemp("space")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={SPACE}"]
    subprocess.run([*make, "-keyout", "key", "-out", "cert"], cwd=folder, check=True, capture_output=True)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(folder / "cert", folder / "key")
    data = str(folder / "data")
    here = {"PORT": "0", "INROAD_DATA_DIR": data, "INROAD_ACCOUNTS": "true", "SPACE_ID": "ada/inroad"}
    with serving("app.py", **here) as at, ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        Proxy.program = at
        server.socket = secure.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture(scope="module")
def driver(by_https: int) -> Iterator[webdriver.Chrome]:
    for program in (browsing.CHROMIUM, browsing.DRIVER):
        if not Path(program).exists():
            pytest.skip(f"{program} is not installed")
    options = Options()
    options.binary_location = browsing.CHROMIUM
    names = ", ".join(f"MAP {name}:443 127.0.0.1:{by_https}" for name in (HUB, SPACE))
    strict = ("--ignore-certificate-errors", "--test-third-party-cookie-phaseout")
    for flag in (*browsing.FLAGS, *strict, f"--host-resolver-rules={names}"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=Service(browsing.DRIVER))
    browser.set_script_timeout(60)
    yield browser
    browser.quit()


def ask(driver: webdriver.Chrome, method: str, path: str, body: str = "") -> tuple[int, str]:
    """What the program answers to the page that the browser is at."""
    status, text = driver.execute_async_script(ASK, method, path, body)
    return int(status), str(text)


def test_the_page_is_there_and_a_sign_in_holds_in_the_frame_alone(driver: webdriver.Chrome) -> None:
    driver.get(f"https://{HUB}/spaces/ada/inroad")
    driver.switch_to.frame(driver.find_element(By.TAG_NAME, "iframe"))
    WebDriverWait(driver, 60).until(lambda page: page.find_elements(By.CSS_SELECTOR, "header .brand"))
    assert ask(driver, "POST", "/api/v1/account/register", PERSON)[0] == 202
    assert ask(driver, "GET", "/api/v1/account")[0] == 401
    assert ask(driver, "POST", "/api/v1/account/sign-in", PERSON)[0] < 300
    status, account = ask(driver, "GET", "/api/v1/account")
    assert (status, "ada@mail.example" in account) == (200, True)
    (cookie,) = [each for each in driver.get_cookies() if "inroad" in each["name"]]
    assert (cookie["name"], cookie["sameSite"], cookie["secure"]) == ("__Host-inroad", "None", True)
    driver.get(f"https://{SPACE}/")  # by itself it is another place to the browser
    assert ask(driver, "GET", "/api/v1/account")[0] == 401
    driver.get(f"https://{HUB}/spaces/ada/inroad")
    driver.switch_to.frame(driver.find_element(By.TAG_NAME, "iframe"))
    assert ask(driver, "GET", "/api/v1/account")[0] == 200
