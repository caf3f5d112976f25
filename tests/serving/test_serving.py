"""How the page is served: what it sends, what it asks of the browser, what it costs while idle."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

import interface
import serving
from interface import page
from settings import Environment, Settings
from tests.interface import fake_outreach
from tests.interface.conftest import ROOT, SERVE

SETTINGS = Settings(environment=Environment.TEST, max_users_writing=3, max_users_waiting=7)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    fake_outreach.install(monkeypatch.setattr)
    return TestClient(serving.build(SETTINGS), base_url="http://localhost")


def test_other_routes_of_the_app_come_first(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}


def test_the_fonts_are_the_ones_gradio_serves(client: TestClient) -> None:
    css = (Path(page.__file__).parent / "theme.css").read_text(encoding="utf-8")
    fonts = [part.split('"')[0] for part in css.split('url("static/')[1:]]
    assert len(fonts) == 3
    for font in fonts:
        assert client.get(f"/static/{font}").status_code == 200, font
    assert "http" not in css.replace("http://www.w3.org/2000/svg", "")


def test_the_options_that_keep_the_page_quiet() -> None:
    options = interface.launch_options()
    assert options["ssr_mode"] is False
    assert options["run_history"] is False
    assert options["show_error"] is False
    assert options["max_file_size"] == "10mb"


def test_the_queue_follows_the_settings_and_sleeps_when_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_outreach.install(monkeypatch.setattr)
    blocks = interface.build(SETTINGS)
    # Gradio's own name; should it go, an idle server would cost 6 % of a core again.
    assert blocks._queue.sleep_when_free == 0.05
    assert blocks._queue.max_size == 10
    assert blocks.delete_cache == (3600, 3600)
    assert blocks.analytics_enabled is False


def test_no_verb_is_offered_as_an_api(client: TestClient) -> None:
    described = client.get("/gradio_api/info").json()
    assert described["named_endpoints"] == {}


def test_importing_the_page_loads_no_model_code() -> None:
    heavy = {"chromadb", "onnxruntime", "tokenizers", "langchain", "langchain_core", "docx"}
    script = f"import sys, interface; print(*sorted(set(sys.modules) & {heavy!r}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_stop_while_a_page_is_open_leaves_no_traceback(tmp_path: Path) -> None:
    environment = {**os.environ, "INROAD_ENV": "test"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        with httpx.stream("GET", f"{address}/gradio_api/heartbeat/test", timeout=10) as page:
            assert page.status_code == 200
            server.terminate()
            _, log = server.communicate(timeout=60)
    assert "Traceback" not in log
