"""Where nothing can listen, the start ends with a sentence that says what to do about it."""

import socket

import pytest
from fastapi import FastAPI

from errors import SettingsError
from serving import running
from settings import Environment, Settings


def at(host: str, port: int) -> Settings:
    return Settings(environment=Environment.TEST, host=host, port=port)


def test_a_port_that_another_program_has() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"127.0.0.1, port {port}: Address already in use") as refused:
            running.run(FastAPI(), at("127.0.0.1", port))
    assert "set PORT" in refused.value.advice


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_a_host_that_is_not_this_machine(host: str) -> None:
    with pytest.raises(SettingsError, match=f"Nothing can listen at {host}"):
        running.run(FastAPI(), at(host, 7860))


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost", "::1"])
def test_a_place_that_is_free(host: str) -> None:
    if host == "::1" and not socket.has_dualstack_ipv6():
        pytest.skip("no IPv6 here")
    running._check_place(at(host, 0))
