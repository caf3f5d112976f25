"""Of Gradio's paths those that the page needs are open, all others closed."""

import pytest
from fastapi.testclient import TestClient

from serving import page_paths

OPEN = {
    *("/", "/assets/{path}", "/config", "/config/", "/favicon.ico", "/manifest.json", "/robots.txt"),
    *("/static/{path}", "/svelte/{path}", "/theme.css", "/gradio_api/theme.css"),
    *("/gradio_api/app_id", "/gradio_api/app_id/", "/gradio_api/cancel"),
    *("/gradio_api/heartbeat/{session_hash}", "/gradio_api/info", "/gradio_api/info/"),
    *("/gradio_api/queue/data", "/gradio_api/queue/join", "/gradio_api/reset", "/gradio_api/reset/"),
    *("/gradio_api/run/{api_name}", "/gradio_api/run/{api_name}/", "/gradio_api/startup-events"),
    "/gradio_api/upload",
}
CLOSED = (
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file=%2Fetc%2Fpasswd",
    "/gradio_api//file=/etc/passwd",
    "/gradio_api/file/etc/passwd",
    "/gradio_api/proxy=https://x.hf.space/",
    "/gradio_api/upload_progress?upload_id=x",
    "/gradio_api/queue/status",
    "/gradio_api/call/act/x",
    "/gradio_api/stream/x/1/1/playlist.m3u8",
    "/gradio_api/custom_component/x/client/component/x.js",
    "/gradio_api/openapi.json",
    "/gradio_api/deep_link?session_hash=x",
    "/gradio_api/token",
    "/gradio_api/user",
    "/gradio_api/runs",
    "/gradio_api/dev/reload",
    "/monitoring",
    "/monitoring/summary",
    "/login_check",
    "/pwa_icon",
)
CLOSED_TO_SENDING = (
    "/gradio_api/component_server",
    "/gradio_api/run/act",
    "/gradio_api/api/predict",
    "/gradio_api/call/act",
    "/gradio_api/call/v2/act",
    "/gradio_api/vibe-edit",
    "/gradio_api/process_recording",
    "/gradio_api/stream/x",
    "/login",
)


@pytest.mark.parametrize("path", CLOSED)
def test_a_path_that_the_page_does_not_need_is_closed(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", CLOSED_TO_SENDING)
def test_nothing_is_sent_where_the_page_sends_nothing(client: TestClient, path: str) -> None:
    answer = client.post(path, json={})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_somebody_uploaded_is_handed_out_to_nobody(client: TestClient) -> None:
    (path,) = client.post("/gradio_api/upload", files={"files": ("a.txt", b"mine")}).json()
    assert path.endswith("a.txt")
    for way in (f"/gradio_api/file={path}", f"/gradio_api/file{path}", f"/file={path}"):
        assert client.get(way).status_code == 404


@pytest.mark.parametrize("site", ["http://localhost:9999", "http://evil.example", "null"])
def test_a_page_of_another_site_reads_nothing_and_sends_nothing(client: TestClient, site: str) -> None:
    answer = client.get("/config", headers={"origin": site})
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    files = {"files": ("a.txt", b"theirs")}
    assert client.post("/gradio_api/upload", files=files, headers={"origin": site}).status_code == 403
    ours = {"origin": "http://localhost"}
    assert client.post("/gradio_api/upload", files=files, headers=ours).status_code == 200


def test_every_route_that_gradio_opens_is_known_to_be_open_or_closed(client: TestClient) -> None:
    gradio = client.app.router.routes[-1].app.app  # type: ignore[attr-defined]
    routes = [(path, verb) for path, verbs in gradio.openapi()["paths"].items() for verb in verbs]
    assert {path for path, verb in routes if page_paths.name_of(verb.upper(), _filled(path))} == OPEN


def _filled(path: str) -> str:
    return path.replace("{api_name}", "predict").replace("{session_hash}", "x").replace("{path}", "x")
