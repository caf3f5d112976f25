"""Why a page that was opened gave no opening: four different answers to "zero jobs"."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from scraping import problems
from scraping.job_words import is_job_title
from scraping.page import Page
from scraping.problems import Unreadable, host_of
from scraping.wording import any_of

_SHELL_TEXT = 400
_MOST_LINKS = 5
_NONE_OPEN = re.compile(any_of("no-openings"), re.IGNORECASE)
_CAREERS = re.compile(rf"\b(?:{any_of('careers-words')})\b", re.IGNORECASE)
_OPENINGS_HEADING = re.compile(
    r"^(?:our |current |all )?(?:open (?:positions|roles|jobs)|(?:job |current )?openings|vacancies"
    r"|offene stellen|postes ouverts|volné pozice)\b",
    re.I,
)
_EMPTY_ROOT = ", ".join(
    f"{root}:empty" for root in ("#root", "#app", "#__next", "#__nuxt", "#main", "app-root")
)
_PLACEHOLDERS = re.compile(r"\{\{[^}]{1,80}\}\}|\{\$[^$]{1,80}\$\}|\[\[[^\]]{1,80}\]\]|<%=?[^%]{1,80}%>")
_OTHER_BOARDS = {
    "myworkdayjobs.com": "Workday",
    "workable.com": "Workable",
    "smartrecruiters.com": "SmartRecruiters",
    "recruitee.com": "Recruitee",
    "jobs.personio.de": "Personio",
    "jobs.personio.com": "Personio",
    "teamtailor.com": "Teamtailor",
    "bamboohr.com": "BambooHR",
    "breezy.hr": "Breezy",
    "rippling.com": "Rippling",
    "pinpointhq.com": "Pinpoint",
    "icims.com": "iCIMS",
    "jobvite.com": "Jobvite",
    "applytojob.com": "JazzHR",
    "comeet.com": "Comeet",
    "join.com": "JOIN",
    "oraclecloud.com": "Oracle",
    "eightfold.ai": "Eightfold",
    "softgarden.io": "Softgarden",
    "traffit.com": "Traffit",
    "gem.com": "Gem",
    "capybara.lmc.cz": "Alma Career",
    "jobylon.com": "Jobylon",
}
_PARTS_OF_A_SITE = ("www.", "careers.", "help.", "support.", "developer.")


def diagnose(page: Page) -> Unreadable:
    """The reason that fits a page without openings, with links worth trying."""
    host = host_of(page.url)
    text = page.seen.text
    if _PLACEHOLDERS.search(text):
        return problems.needs_browser(host)
    board = next(_other_boards(page), None)
    if _NONE_OPEN.search(text):
        return problems.empty_board(f"The page at {host}")
    if board is not None:
        return problems.other_board(host, *board)
    if _is_shell(page, text):
        return problems.needs_browser(host)
    if _announces_nothing(page):
        return problems.empty_board(f"The page at {host}")
    if _is_careers(page):
        return problems.not_understood(
            f"{host} looks like a careers page, but no opening could be told from other text."
        )
    return problems.not_careers(host, tuple(_career_links(page))[:_MOST_LINKS])


def _is_shell(page: Page, text: str) -> bool:
    if len(text) >= _SHELL_TEXT:
        return False
    if page.tree.css_first(_EMPTY_ROOT) is not None:
        return True
    asks = any("javascript" in (node.text(deep=True) or "").lower() for node in page.tree.css("noscript"))
    asks = asks or "javascript" in text.lower()
    return asks or (len(text) < _SHELL_TEXT / 4 and page.tree.css_first("script") is not None)


def _announces_nothing(page: Page) -> bool:
    """A heading such as "Open positions" with nothing under it before the next heading."""
    blocks = [block for block in page.seen.blocks if block.text and not block.is_furniture]
    for index, block in enumerate(blocks):
        if block.level and _OPENINGS_HEADING.match(block.text):
            below = []
            for following in blocks[index + 1 :]:
                if following.level:
                    break
                if not following.href:
                    below.append(following.text)
            return len(below) <= 2 and not any(is_job_title(text) for text in below)
    return False


def _is_careers(page: Page) -> bool:
    heads = [
        block.text
        for block in page.seen.blocks
        if block.level and not block.is_furniture and len(block.text) < 80
    ]
    path = urlsplit(page.url).path
    return any(
        _CAREERS.search(text) for text in (page.title, path.replace("-", " ").replace("/", " "), *heads)
    )


def _career_links(page: Page) -> Iterator[tuple[str, str]]:
    """Links of the page that lead to openings."""
    told = {page.url.rstrip("/")}
    for link in page.seen.links:
        address = page.absolute(link.href).split("#")[0]
        if (
            address
            and len(link.text) <= 60
            and _CAREERS.search(link.text)
            and address.rstrip("/") not in told
        ):
            told.add(address.rstrip("/"))
            yield link.text, address


def _other_boards(page: Page) -> Iterator[tuple[str, str]]:
    """Job boards that are not read yet, and where the page leads to them."""
    for address in page.addresses:
        host = (urlsplit(address).hostname or "").lower()
        for ending, name in _OTHER_BOARDS.items():
            if (host == ending or host.endswith(f".{ending}")) and not host.startswith(_PARTS_OF_A_SITE):
                yield name, address
