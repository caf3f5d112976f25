"""The cookie: which name it has and how a browser is to keep it."""

import pytest

from accounts import cookie_name, sessions
from tests.accounts.conftest import request, settings_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


def parts(cookie: str) -> list[str]:
    return cookie.split("; ")


def test_on_a_plain_address_no_script_and_no_other_site_has_it() -> None:
    asked, config = request(), settings_of()
    assert cookie_name(asked, config) == "inroad"
    assert parts(sessions.cookie(asked, config, "t")) == [
        "inroad=t",
        "Path=/",
        "HttpOnly",
        "Max-Age=34560000",
        "SameSite=Lax",
    ]


@pytest.mark.parametrize(
    ("url", "changes"),
    [
        ("https://inroad.example/", {}),
        ("http://10.0.0.7/", {"public_url": "https://inroad.example"}),
    ],
)
def test_over_https_it_is_secure_and_no_neighbour_can_set_it(url: str, changes: dict[str, str]) -> None:
    asked, config = request(url=url), settings_of(**changes)
    assert parts(sessions.cookie(asked, config, "t")) == [
        "__Host-inroad=t",
        "Path=/",
        "HttpOnly",
        "Max-Age=34560000",
        "SameSite=Lax",
        "Secure",
    ]


def test_in_a_frame_of_another_site_it_travels_there_and_stays_apart() -> None:
    cookie = parts(sessions.cookie(request(), settings_of(in_frame=True), "t"))
    assert cookie[0] == "__Host-inroad=t"
    assert cookie[-3:] == ["SameSite=None", "Secure", "Partitioned"]


def test_a_space_is_in_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_ID", "maya/inroad")
    assert "Partitioned" in sessions.cookie(request(), settings_of(), "t")
    assert "Partitioned" not in sessions.cookie(request(), settings_of(in_frame=False), "t")


def test_without_a_token_it_is_forgotten() -> None:
    assert parts(sessions.cookie(request(), settings_of(), ""))[:4] == [
        "inroad=",
        "Path=/",
        "HttpOnly",
        "Max-Age=0",
    ]


def test_only_the_cookie_of_this_place_is_read() -> None:
    both = request(url="https://inroad.example/", cookie="inroad=planted; __Host-inroad=ours; x=y")
    assert sessions.token_of(both, settings_of()) == "ours"
    assert sessions.token_of(request(cookie="__Host-inroad=ours"), settings_of()) == ""
    assert sessions.token_of(request(cookie=";;=; inroad"), settings_of()) == ""


@pytest.mark.parametrize(
    ("agent", "called"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (CHROME, "Chrome on Android"),
        (SAFARI, "Safari on iPhone"),
        ("curl/8.5.0", "curl"),
        ("", "Another browser"),
        ("<script>" * 1000, "Another browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(agent: str, called: str) -> None:
    assert sessions.device(request(user_agent=agent)) == called
