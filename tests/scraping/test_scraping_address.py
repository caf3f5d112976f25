"""Which addresses may be opened."""

import pytest

from errors import AddressRefused
from scraping.address import check_url, is_public


@pytest.mark.parametrize(
    ("url", "rebuilt"),
    [
        ("https://Boards.Example.org/jobs?x=1#top", "https://boards.example.org/jobs?x=1"),
        ("https://example.org:443", "https://example.org/"),
        ("http://例え.jp/recruit/", "http://xn--r8jz45g.jp/recruit/"),
        ("https://example.org./a b".replace(" ", "%20"), "https://example.org/a%20b"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("http://[2606:2800:220:1:248:1893:25C8:1946]/", "http://[2606:2800:220:1:248:1893:25c8:1946]/"),
        ("https://127.0.0.1.example.org/", "https://127.0.0.1.example.org/"),
        ("http://example.org?q=1", "http://example.org/?q=1"),
    ],
)
def test_an_ordinary_address_is_rebuilt_from_its_checked_parts(url: str, rebuilt: str) -> None:
    assert check_url(url).url == rebuilt


@pytest.mark.parametrize(
    "url",
    [
        "",
        "careers",
        "//example.org/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://",
        "http://user@example.org/",
        "http://example.org:22/",
        "http://example.org:80:80/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nX-Injected: 1",
        "http://example.org/\u202e",
        "http://loc%61lhost/",
        "http://localhost/",
        "http://printer/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://2130706433/",
        "http://127.1/",
        "http://127.0.0.1/",
        "http://１２７.0.0.1/",
        "http://⑯⑨。②⑤④。⑯⑨。②⑤④/",
        "http://example.0x7f/",
        "http://[::1/",
        "http://[::1]/",
        "http://[fe80::1%25eth0]/",
        "http://168.63.129.16/",
        "https://example.org/" + "a" * 2_100,
    ],
)
def test_an_address_that_two_parsers_could_read_differently_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_networks_are_open(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        *("10.0.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("0.0.0.0", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "224.0.0.1"),
        *("240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::127.0.0.1"),
        *("::ffff:127.0.0.1", "::ffff:93.184.216.34", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "fc00::1", "fd00:ec2::254"),
        *("fe80::1", "fec0::1", "ff02::1", "5f00::1", "fe80::1%eth0"),
    ],
)
def test_networks_inside_or_inside_out_are_closed(ip: str) -> None:
    assert not is_public(ip)


def test_a_refusal_never_names_the_internal_address() -> None:
    with pytest.raises(AddressRefused) as refusal:
        check_url("http://2852039166/latest/meta-data/")
    assert "169.254" not in str(refusal.value)
