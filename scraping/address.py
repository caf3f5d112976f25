"""Which addresses may be opened: the shape of a URL, and the networks behind a name.

Every rule answers attacks seen in the wild (URL parser confusion, odd number forms, metadata services,
tunnelled IPv6). All rules fail closed, and no message says which internal address a name stands for.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

import idna

from errors import AddressRefused

LONGEST_URL = 2_048
PORTS = (80, 443)

# Python's own `is_global` changed in 3.11.10, 3.12.4 and 3.13; this list makes all versions agree, and adds
# what none of them refuses: Azure's wire server, tunnels that carry an inner address, and retired ranges.
_REFUSED_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/32",
        "2001:20::/28",
        "2002::/16",
        "5f00::/16",
        "fec0::/10",
    )
)
_REFUSED_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
_ADVICE = "Check the address, or paste the text of the opening instead."


@dataclass(frozen=True)
class Address:
    """A checked URL in parts. `host` is lower-case ASCII (punycode), or an IP address without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """The URL rebuilt from the checked parts, without a fragment and without a default port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}{'' if self.port == default else f':{self.port}'}{self.target}"


def check_url(text: str) -> Address:
    """Take a URL apart and refuse every form that two parsers could read differently.

    Args:
        text: An absolute http or https URL, at most 2,048 characters.

    Raises:
        AddressRefused: with a reason in the user's words.
    """
    url = text.strip()
    if len(url) > LONGEST_URL:
        raise AddressRefused("This address is too long to be a web page.", _ADVICE)
    if any(c.isspace() or unicodedata.category(c).startswith("C") for c in url) or "\\" in url:
        raise AddressRefused("This address holds characters that no web address has.", _ADVICE)
    parts = re.fullmatch(r"(?i:(https?))://([^/?#]*)([^#]*)(?:#.*)?", url)
    if parts is None:
        raise AddressRefused("Only addresses that start with http:// or https:// can be opened.", _ADVICE)
    scheme, authority, target = parts[1].lower(), parts[2], parts[3]
    host, port = _split_authority(authority, scheme)
    if not target.startswith("/"):
        target = f"/{target}"
    return Address(scheme, host, port, quote(target, safe="/?&=%:@!$'()*+,;~-._[]|"))


def _split_authority(authority: str, scheme: str) -> tuple[str, int]:
    if "@" in authority:
        raise AddressRefused("An address with a user name in it cannot be opened from here.", _ADVICE)
    match = re.fullmatch(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?", authority)
    if match is None or not match[1]:
        raise AddressRefused("This is not a web address.", _ADVICE)
    port = int(match[2]) if match[2] else {"http": 80, "https": 443}[scheme]
    if port not in PORTS:
        raise AddressRefused("Only the usual web ports can be opened from here.", _ADVICE)
    return _check_host(match[1]), port


def _check_host(raw: str) -> str:
    if raw.startswith("["):
        return _check_ip_literal(raw[1:-1])
    if "%" in raw:
        raise AddressRefused("This address hides its host behind percent signs.", _ADVICE)
    host = _to_ascii(raw).rstrip(".")
    labels = host.split(".")
    if all(_NUMBER.fullmatch(label) for label in labels):
        return _check_ip_literal(host)
    if _NUMBER.fullmatch(labels[-1]) or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("This is not a web address.", _ADVICE)
    if len(labels) < 2 or f".{host}".endswith(_REFUSED_SUFFIXES):
        raise AddressRefused("This address is not on the public internet.", _ADVICE)
    return host


def _to_ascii(raw: str) -> str:
    host = unicodedata.normalize("NFKC", raw).lower()
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        raise AddressRefused("This is not a web address.", _ADVICE) from None


def _check_ip_literal(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        raise AddressRefused("This is not a web address.", _ADVICE) from None
    if not is_public(str(address)):
        raise AddressRefused("This address is not on the public internet.", _ADVICE)
    return str(address)


def is_public(text: str) -> bool:
    """Whether an IP address (as text) is globally routed and unicast, and carries no other inside it."""
    if "%" in text:
        return False
    ip = ipaddress.ip_address(text)
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_unspecified:
        return False
    return not any(ip in network for network in _REFUSED_NETWORKS if network.version == ip.version)
