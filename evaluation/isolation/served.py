"""The whole app, served on a port of this computer for as long as it is asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

import serving
from settings import Environment, Settings


def settings_in(folder: Path) -> Settings:
    """Settings of a place with accounts, with a database of its own and room for many requests."""
    return Settings(
        environment=Environment.TEST,
        data_dir=folder,
        accounts=True,
        mcp=True,
        trusted_proxies="127.0.0.1",
        api_requests_per_minute=1_000_000,
        api_anonymous_requests_per_minute=1_000_000,
        max_users_waiting=1_000,
    )


@contextmanager
def served(settings: Settings) -> Iterator[tuple[FastAPI, str]]:
    """The app at work, and its address."""
    app = serving.build(settings)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="warning", forwarded_allow_ips=settings.trusted_proxies
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield app, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
