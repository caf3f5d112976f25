"""Where a printed contact leads: web and mail addresses, and nothing else."""

import re

_WEB = re.compile(r"https?://[^\s<>\"]+")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.\w+")


def shown(link: str) -> str:
    """An address as it is printed: without the scheme that every reader adds."""
    return link.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def leads_to(text: str, links: tuple[str, ...] = ()) -> str:
    """The address behind a printed text: a link's, or a mail address; empty for other words."""
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    found = next((link for link in links if text in (link, shown(link))), text)
    return found if _WEB.fullmatch(found) else ""
