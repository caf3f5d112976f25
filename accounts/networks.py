"""What counts as one place on the internet."""

import ipaddress
from collections.abc import Iterable

_OF_PROXIES = frozenset({"forwarded", "via", "x-real-ip", "cf-connecting-ip"})


def came_by_proxy(headers: Iterable[str]) -> bool:
    """Whether a request was handed on by a proxy, by the names of its headers in small letters.

    One that says nothing cannot be told from whoever stands behind it.
    """
    return any(name in _OF_PROXIES or name.startswith("x-forwarded-") for name in headers)


def network_of(address: str) -> str:
    """What an address is counted as: itself, or of IPv6 the 64 bits that one household has."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    assert isinstance(found, ipaddress.IPv6Address)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
