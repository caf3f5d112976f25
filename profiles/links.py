"""Links and contacts in a text."""

import re
from urllib.parse import urlsplit

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'\]|\\^`{}]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}(?::\d+)?(?:/[^\s<>\"'\]|,;]*)?(?![\w@])",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}@(?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|\(\+?)?\d[\d\s().\u2010-\u2012/-]{6,22}\d(?![\w/])")
_ZIP = re.compile(r"(\b[A-Z]{2},? )(\d{5}(?:-\d{4})?)(?=\s)")  # a state and its code, before a number
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}")
_YEARS = re.compile(r"(?:19|20)\d\d\s*[\u2010-\u2015/.-]\s*(?:(?:19|20)\d\d|\d\d)\b")

# A name ending like these is a file or a product ("Node.js", "ASP.NET"), unless a path follows.
_NO_HOST = {
    "js",
    "ts",
    "py",
    "cs",
    "md",
    "rs",
    "sh",
    "pl",
    "go",
    "net",
    "txt",
    "pdf",
    "csv",
    "json",
    "yml",
    "html",
}
_PLACEHOLDERS = ("example.com", "example.org", "example.net", "localhost", "yourdomain.com", "yoursite.com")


def find_links(text: str, *, bare: bool = False) -> list[tuple[str, int, int]]:
    """Web addresses as (https or http address, start, end), in order.

    Args:
        text: Any text.
        bare: Also take addresses written without a scheme, such as `github.com/me`.
    """
    found = [_trimmed(match) for match in _URL.finditer(text)]
    if bare:
        taken = [(start, end) for _, start, end in found]
        taken += [match.span() for match in _EMAIL.finditer(text)]
        for match in _BARE.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken) and _is_host(
                match[0]
            ):
                found.append(_trimmed(match))
    return sorted((item for item in found if _usable(item[0])), key=lambda item: item[1])


def _trimmed(match: re.Match[str]) -> tuple[str, int, int]:
    address = match[0].rstrip(".,;:!?*_")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?")
    full = address if "://" in address else f"https://{address}"
    return full, match.start(), match.start() + len(address)


_ONE_LETTER = ("x.com", "t.me", "g.page")


def _is_host(text: str) -> bool:
    """Whether a text without a scheme is an address, and no file, product ("Node.js/Express") or degree."""
    host = text.partition("/")[0].partition(":")[0]
    name, _, last = host.rpartition(".")
    is_site = last == "net" and "/" in text and len(name) > 4  # behance.net/ada, but not ASP.NET/C#
    if (last.lower() in _NO_HOST and not is_site) or last != last.lower():
        return False
    return host.startswith("www.") or host in _ONE_LETTER or len(name.rpartition(".")[2]) > 1


def _usable(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return "." in host or host == "localhost"


def is_placeholder(address: str) -> bool:
    """Whether an address only stands in for a real one, as example.com does."""
    host = (urlsplit(address).hostname or "").lower()
    return any(host == name or host.endswith(f".{name}") for name in _PLACEHOLDERS)


def find_emails(text: str) -> list[tuple[str, int, int]]:
    """E-mail addresses as (address, start, end)."""
    return [(match[0], match.start(), match.end()) for match in _EMAIL.finditer(text)]


def find_phones(text: str) -> list[tuple[str, int, int]]:
    """Phone numbers of 7 to 15 digits as (number, start, end); a span of years is none."""
    return [
        (match[0].strip(), match.start(), match.end())
        for match in _PHONE.finditer(_ZIP.sub(lambda zip_: zip_[1] + " " * len(zip_[2]), text))
        if 7 <= sum(c.isdigit() for c in match[0]) <= 15
        and not _YEARS.search(match[0])
        and not _DAY.fullmatch(match[0].strip())
    ]


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None
