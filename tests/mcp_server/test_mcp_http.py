"""Tools at /mcp: for whom a token stands, within its scopes, and for no page of another site."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

import mcp_server
import store
from errors import SettingsError
from settings import Settings
from tests.api.conftest import app_of
from tests.api.people import PASSWORD
from tests.mcp_server.people import POSTING, failed, keep_evidence, settings_of, told

ROOT = Path(__file__).parents[2]
ASK = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
HEADERS = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The API and the tools on a port of their own; gives its address."""
    app: FastAPI = app_of(settings)
    mcp_server.install(app, settings)
    app.router.lifespan_context = lambda _: mcp_server.running(app, settings)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(60)


def member(address: str, email: str, *scopes: str) -> tuple[str, str]:
    """Somebody with an account: who they are, and a token of theirs."""
    with httpx.Client(base_url=address, headers={"origin": address}) as browser:
        browser.post("/api/v1/account/register", json={"email": email, "name": "", "password": PASSWORD})
        browser.post("/api/v1/account/sign-in", json={"email": email, "password": PASSWORD})
        made = browser.post("/api/v1/account/tokens", json={"name": "t", "scopes": scopes, "days": None})
        assert made.status_code == 201, made.text
        return browser.get("/api/v1/account").json()["id"], made.json()["token"]


def do(address: str, token: str, script: Callable[[Client], Awaitable[Any]]) -> Any:
    """Run a script as an assistant with a token."""

    async def connected() -> Any:
        headers = {"authorization": f"Bearer {token}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as web,
            Client(streamable_http_client(f"{address}/mcp", http_client=web)) as client,
        ):
            return await script(client)

    return asyncio.run(connected())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path, accounts=True, keep_evidence=None, mcp=True)


def test_a_token_stands_for_its_account_and_for_no_other(settings: Settings) -> None:
    with served(settings) as address:
        ada, ada_token = member(address, "ada@one.example", "read", "write", "draft")
        _, eve_token = member(address, "eve@two.example", "read", "write", "draft")
        profile = keep_evidence(settings, person_of(settings, ada))

        async def ask(client: Client) -> dict[str, Any]:
            return await told(client, "draft", text=POSTING)

        kept = do(address, ada_token, ask)["id"]

        async def pry(client: Client) -> list[Any]:
            return [
                await failed(client, "see_evidence", profile=profile),
                await failed(client, "see_draft", id=kept),
                await failed(client, "mark_draft", id=kept, state="no"),
                await told(client, "list_drafts"),
                await told(client, "list_profiles"),
            ]

        async def guess(client: Client) -> list[Any]:
            return [
                await failed(client, "see_evidence", profile="0" * len(profile)),
                await failed(client, "see_draft", id="0" * len(kept)),
                await failed(client, "mark_draft", id="0" * len(kept), state="no"),
                {"items": [], "next": None},
                {"items": []},
            ]

        assert do(address, eve_token, pry) == do(address, eve_token, guess)
    assert store.open_store(settings).history.load(person_of(settings, ada), kept).saved.state == "drafted"


def person_of(settings: Settings, account: str) -> str:
    """The person of an account, by what the API calls it."""
    return account if account.startswith("account-") else f"account-{account}"


def test_a_token_does_no_more_than_its_scopes(settings: Settings) -> None:
    with served(settings) as address:
        _, token = member(address, "ada@one.example", "read")
        words = do(address, token, lambda client: failed(client, "read_page", text=POSTING))
    assert "This token may not draft" in words


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer nonsense"}, 401),
        ({"cookie": "inroad=nonsense", "origin": "https://evil.example"}, 403),
        ({"origin": "https://evil.example"}, 401),
    ],
)
def test_nobody_in_particular_is_let_in(settings: Settings, headers: dict[str, str], status: int) -> None:
    with served(settings) as address:
        answer = httpx.post(f"{address}/mcp", json=ASK, headers=HEADERS | headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert status == 403 or answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_token_opens_nothing(settings: Settings) -> None:
    with served(settings) as address:
        person, token = member(address, "ada@one.example", "read")
        store.open_store(settings).delete_person(person_of(settings, person))
        headers = HEADERS | {"authorization": f"Bearer {token}"}
        assert httpx.post(f"{address}/mcp", json=ASK, headers=headers).status_code == 401


def test_at_a_computer_of_ones_own_no_page_of_another_site_may_ask(tmp_path: Path) -> None:
    with served(settings_of(tmp_path, mcp=True)) as address:
        ours = httpx.post(f"{address}/mcp", json=ASK, headers=HEADERS)
        foreign = httpx.post(f"{address}/mcp", json=ASK, headers=HEADERS | {"origin": "https://evil.example"})
    assert ours.status_code == 200
    assert len(ours.json()["result"]["tools"]) == 9
    assert foreign.status_code == 403


def test_it_is_off_unless_asked_for(tmp_path: Path) -> None:
    with served(settings_of(tmp_path)) as address:
        assert httpx.post(f"{address}/mcp", json=ASK, headers=HEADERS).status_code == 404


def test_each_caller_has_their_share_of_requests(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, accounts=True, keep_evidence=None, mcp=True, api_requests_per_minute=5)
    with served(settings) as address:
        _, token = member(address, "ada@one.example", "read")
        headers = HEADERS | {"authorization": f"Bearer {token}"}
        statuses = [httpx.post(f"{address}/mcp", json=ASK, headers=headers).status_code for _ in range(6)]
    assert statuses[-1] == 429


def test_without_the_extra_it_says_what_to_install(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mcp_server, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match="pip install"):
        mcp_server.install(FastAPI(), settings)


@pytest.mark.parametrize(
    ("build", "loaded"),
    [
        ("import app", set()),
        ("import mcp_server", set()),
        # Where the SDK is installed, Gradio loads it, whatever we do.
        ("import serving, settings; serving.build(settings.load())", {"mcp"}),
    ],
)
def test_nothing_of_the_sdk_is_loaded_before_it_is_asked_for(build: str, loaded: set[str]) -> None:
    names = {"mcp", "mcp_server.tools", "mcp_server.http", "mcp_server.server"}
    script = f"{build}; import sys; print(*(set(sys.modules) & {names!r}))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) <= loaded
