"""Who sent it: our own page, a program, or a page of another site."""

import pytest

from accounts import origin
from errors import NotAllowed
from tests.accounts.conftest import request, settings_of

PLAIN = settings_of()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_what_changes_nothing_may_come_from_anywhere(method: str) -> None:
    origin.check(request(method, origin="https://evil.example"), PLAIN, by_browser=True)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://inroad.example/", {"origin": "http://inroad.example"}),
        ("http://inroad.example:7860/", {"origin": "http://INROAD.example:7860"}),
        ("http://inroad.example:80/", {"origin": "http://inroad.example"}),
        ("https://inroad.example/", {"origin": "https://inroad.example", "sec_fetch_site": "same-origin"}),
        ("http://inroad.example/", {"origin": "https://inroad.example"}),  # TLS ends at a proxy
        ("http://[::1]:7860/", {"origin": "http://[::1]:7860"}),
        ("http://inroad.example/", {"sec_fetch_site": "same-origin"}),
        ("http://inroad.example/", {"sec_fetch_site": "none"}),
        # A proxy that passes on no name; the browser knows.
        ("http://10.0.0.7:7860/", {"origin": "https://inroad.example", "sec_fetch_site": "same-origin"}),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
def test_our_own_page_may(method: str, url: str, sent: dict[str, str]) -> None:
    origin.check(request(method, url, **sent), PLAIN, by_browser=True)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://inroad.example/", {"origin": "https://evil.example"}),
        ("http://inroad.example/", {"origin": "null"}),
        ("http://inroad.example/", {"origin": ""}),
        ("http://inroad.example/", {"origin": "http://inroad.example.evil.example"}),
        ("http://inroad.example/", {"origin": "http://evil.example/inroad.example"}),
        ("http://inroad.example/", {"origin": "http://inroad.example@evil.example"}),
        ("http://inroad.example/", {"origin": "http://sub.inroad.example"}),
        ("http://inroad.example/", {"origin": "http://inroad.example:8080"}),
        ("http://inroad.example:7860/", {"origin": "http://inroad.example"}),
        ("https://inroad.example/", {"origin": "http://inroad.example"}),
        ("http://inroad.example/", {"origin": "chrome-extension://inroad.example"}),
        ("http:///", {"origin": "http://"}),
        ("http://inroad.example/", {"sec_fetch_site": "cross-site"}),
        ("http://inroad.example/", {"sec_fetch_site": "same-site"}),
        ("http://inroad.example/", {"origin": "http://inroad.example", "sec_fetch_site": "cross-site"}),
        ("http://inroad.example/", {"sec_fetch_site": ""}),
    ],
)
@pytest.mark.parametrize("by_browser", [True, False])
def test_a_page_of_another_site_may_not(url: str, sent: dict[str, str], by_browser: bool) -> None:
    with pytest.raises(NotAllowed, match="not sent by a page of this site"):
        origin.check(request("POST", url, **sent), PLAIN, by_browser=by_browser)


def test_what_says_nothing_is_a_programs_unless_it_carries_a_cookie() -> None:
    origin.check(request("POST"), PLAIN, by_browser=False)
    with pytest.raises(NotAllowed):
        origin.check(request("POST"), PLAIN, by_browser=True)


def test_the_address_people_use_counts_where_a_proxy_hides_it() -> None:
    public = settings_of(public_url="https://Jobs.example:443/inroad")
    origin.check(
        request("POST", "http://10.0.0.7:7860/", origin="https://jobs.example"), public, by_browser=True
    )
    for elsewhere in ("http://jobs.example", "https://jobs.example:8443"):
        with pytest.raises(NotAllowed):
            origin.check(request("POST", "http://10.0.0.7:7860/", origin=elsewhere), public, by_browser=True)
