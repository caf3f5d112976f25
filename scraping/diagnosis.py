"""Why a page that was opened gave no opening: four different answers to "zero jobs"."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from language.job_words import is_job_title
from scraping import problems
from scraping.board import BOARDS
from scraping.listing import is_careers_page
from scraping.page import Page
from scraping.problems import Unreadable, host_of
from scraping.wording import any_of

_SHELL_TEXT = 400
_MOST_LINKS = 5
_NONE_OPEN = re.compile(any_of("no-openings"), re.IGNORECASE)
_CAREERS = re.compile(rf"\b(?:{any_of('careers-words')})\b|採用|求人|募集", re.IGNORECASE)
_OPENINGS_HEADING = re.compile(
    r"^(?:our |current |all )?(?:open (?:positions|roles|jobs)|(?:job |current )?openings|vacancies"
    r"|offene stellen|postes ouverts|volné pozice)\b",
    re.I,
)
_CLOSED = re.compile(any_of("closed"), re.IGNORECASE)
_NO_PAGE = re.compile(any_of("no-page"), re.IGNORECASE)
_COOKIES = re.compile(
    r"\b(?:accept|consent|akzeptieren|zustimm\w+|accepter|acceptez|consentement|aceptar|acepte|accett\w+|aceitar"
    r"|akceptuj\w*|souhlas\w*|toestemming|accepteren)\b.{0,200}\b(?:cookies?|traceurs?|tracking|plików)"
    r"|\bcookies?\b.{0,200}\b(?:accept|consent|akzeptieren|zustimm\w+|accepter|abonn\w+|subscribe)",
    re.IGNORECASE | re.DOTALL,
)
_OUT_OF_ORDER = re.compile(any_of("out-of-order"), re.IGNORECASE)
_SIGN_IN = re.compile(rf"(?:{any_of('sign-in')})", re.IGNORECASE)
_ARTICLE_ADDRESS = re.compile(
    r"/(?:blog|news|press|magazin|aktuelles|presse|actualites|noticias|noticies|nieuws|aktualnosci|aktuality|artigos?"
    r"|articles?|stories|insights)(?:/|$)|/20\d\d/\d\d/",
    re.IGNORECASE,
)
_NOT_A_JOB_FRAME = re.compile(
    r"youtube|vimeo|google\.|googletag|doubleclick|facebook|instagram|twitter|hotjar|recaptcha|hcaptcha|maps\.|spotify"
    r"|usercentrics|cookiebot|typeform|calendly|hubspot|mailchimp|paypal|stripe",
    re.IGNORECASE,
)
_WIDGET = re.compile(
    r"job|career|karier|stellen|vacanc|posi[tc]|widget|teamio|recruit|offer|root|app\b", re.IGNORECASE
)
_BAR = re.compile(r"\s+[|–—·-]\s+")
_NEAR_THE_TOP = 25
_LONGEST_NOTICE = 400
_FRAMED_TEXT = 800
_EMPTY_ROOT = ", ".join(
    f"{root}:empty" for root in ("#root", "#app", "#__next", "#__nuxt", "#main", "app-root")
)
_OTHER_BOARDS = {
    "softgarden.io": "Softgarden",
    "softgarden.de": "Softgarden",
    "gupy.io": "Gupy",
    "successfactors.com": "SuccessFactors",
    "successfactors.eu": "SuccessFactors",
    "taleo.net": "Taleo",
    "avature.net": "Avature",
    "csod.com": "Cornerstone",
    "dayforcehcm.com": "Dayforce",
    "ultipro.com": "UKG",
    "umantis.com": "Umantis",
    "onlyfy.jobs": "onlyfy",
    "prescreenapp.io": "onlyfy",
    "dvinci-hr.com": "d.vinci",
    "dvinci-easy.com": "d.vinci",
    "rexx-systems.com": "rexx",
    "concludis.de": "concludis",
    "talentclue.com": "TalentClue",
    "zohorecruit.com": "Zoho Recruit",
    "zohorecruit.eu": "Zoho Recruit",
    "hirehive.com": "HireHive",
    "hrmos.co": "HRMOS",
    "herp.careers": "HERP",
    "welcometothejungle.com": "Welcome to the Jungle",
    "jobs.deel.com": "Deel",
    "paycomonline.net": "Paycom",
    "adp.com": "ADP",
    "brassring.com": "BrassRing",
    "homerun.co": "Homerun",
    "factorialhr.com": "Factorial",
    "kenjo.io": "Kenjo",
}
_LISTED = re.compile(r"(?:^|>)(?:li|td|tr|dd)\.")
_PARTS_OF_A_SITE = ("www.", "careers.", "help.", "support.", "developer.")


def diagnose(page: Page) -> Unreadable:
    """The reason that fits a page without openings, with links worth trying."""
    host = host_of(page.url)
    text = page.seen.text
    if _needs_account(page):
        return problems.blocked(host, "sign-in needed")
    if _is_out_of_order(page):
        return problems.out_of_order(host)
    if _is_no_page(page):
        return problems.no_page(host)
    if _asks_about_cookies(page):
        return problems.blocked(host, "a choice about cookies first")
    if page.has_placeholders:
        return problems.needs_browser(host)
    board = next(_other_boards(page), None)
    frame = next(_frames(page), None)
    if says_empty(page) and not _is_article(page):
        return problems.empty_board(f"The page at {host}")
    if board is not None:
        return problems.other_board(host, *board)
    if _is_shell(page, text):
        return problems.needs_browser(host)
    if is_careers_page(page) and not _is_article(page):
        if frame is not None and len(_without_furniture(page)) < _FRAMED_TEXT:
            return problems.needs_browser(host, frame)
        if len(_without_furniture(page)) < _SHELL_TEXT and _has_widget(page):
            return problems.needs_browser(host)
        if _announces_nothing(page):
            return problems.empty_board(f"The page at {host}")
        return problems.not_understood(
            f"{host} looks like a careers page, but no opening could be told from other text.",
            tuple(_career_links(page))[:_MOST_LINKS],
        )
    return problems.not_careers(host, tuple(_career_links(page))[:_MOST_LINKS])


def says_closed(page: Page) -> bool:
    """Whether a page that is about one opening says that the opening is gone."""
    content = [block for block in page.seen.blocks if block.text and not block.is_furniture][:_NEAR_THE_TOP]
    said = [block for block in content if len(block.text) <= 250 and _CLOSED.search(block.text)]
    if not said:
        return False
    heads = [page.title, *(block.text for block in content if block.level == 1)]
    if any(is_job_title(part) for head in heads for part in _BAR.split(head)):
        return True
    roles = {block.text for block in content if block.level and is_job_title(block.text)}
    listed = max(sum(bool(b.href) and is_job_title(b.text) for b in content), 2 * len(roles) - 1)
    # In a list, the notice is about one of its openings.
    return listed < 3 and not all(_LISTED.search(block.path) for block in said)


def says_empty(page: Page) -> bool:
    """Whether a page says that nothing is open."""
    return any(
        len(block.text) <= _LONGEST_NOTICE and _NONE_OPEN.search(block.text)
        for block in page.seen.blocks
        if not block.is_furniture
    )


def _without_furniture(page: Page) -> str:
    return "\n".join(block.text for block in page.seen.blocks if not block.is_furniture)


def _needs_account(page: Page) -> bool:
    """A page that lets nobody in: its heading asks to sign in, and there is little else."""
    heads = [page.title, *(b.text for b in page.seen.blocks if b.level)]
    asked = any(_SIGN_IN.match(head.strip()) for head in heads[:3])
    if len(_without_furniture(page)) > _SHELL_TEXT * 2:
        return asked and page.tree.css_first("input[type=password]") is not None
    return asked and page.tree.css_first("input[type=password], form, button") is not None


def _is_out_of_order(page: Page) -> bool:
    text = f"{page.title}\n{_without_furniture(page)}"
    return len(text) < _SHELL_TEXT * 3 and _OUT_OF_ORDER.search(text) is not None


def _is_no_page(page: Page) -> bool:
    """An error page that came with status 200: its title or first heading says that there is no such page."""
    heads = [page.title, *(b.text for b in page.seen.blocks if b.level and not b.is_furniture)][:3]
    return any(len(head) <= 100 and _NO_PAGE.search(head) for head in heads)


def _asks_about_cookies(page: Page) -> bool:
    """A page that shows nothing but a question about cookies until it is answered."""
    shown = len(_without_furniture(page))
    return shown < _SHELL_TEXT and len(page.seen.text) > 200 + shown and bool(_COOKIES.search(page.seen.text))


def _is_article(page: Page) -> bool:
    """News and blogs write of jobs and careers, too."""
    if _ARTICLE_ADDRESS.search(urlsplit(page.url).path):
        return True
    return any(
        re.search(r'"@type"\s*:\s*"(?:News|Blog)?(?:Article|Posting)"', node.text(deep=True) or "")
        for node in page.tree.css('script[type*="ld+json" i]')
    )


def _has_widget(page: Page) -> bool:
    """Whether an empty element waits for a program to fill it with openings."""
    return any(
        not (node.text(deep=True) or "").strip()
        and _WIDGET.search(f"{node.id or ''} {node.attributes.get('class') or ''}")
        for node in page.tree.css("div:empty, section:empty, div[id]:not(:has(*)), app-root, main > div")
    )


def _frames(page: Page) -> Iterator[str]:
    """Addresses of frames that could hold the openings."""
    for node in page.tree.css("iframe[src], iframe[data-src]"):
        address = page.absolute(node.attributes.get("src") or node.attributes.get("data-src") or "")
        if address and not _NOT_A_JOB_FRAME.search(address):
            yield address


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
    read = {board.name for board in BOARDS}
    unread = {ending: name for ending, name in _OTHER_BOARDS.items() if name not in read}
    for address in page.addresses:
        host = (urlsplit(address).hostname or "").lower()
        for ending, name in unread.items():
            if (host == ending or host.endswith(f".{ending}")) and not host.startswith(_PARTS_OF_A_SITE):
                yield name, address
