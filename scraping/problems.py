"""Why a page gave no openings, in the user's words: one function for each way it can fail."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from domain import Outcome, Problem
from errors import InroadError
from scraping.http import Response

_PASTE = "Open the page in your browser, select all, copy, and paste the text here."
_words = str.split

# Looked for in lower case.
_WALLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in (
        (
            "Cloudflare",
            r"_cf_chl_opt|cf-browser-verification|cf_chl_|<title>\s*just a moment|attention required! "
            r"\| cloudflare"
            r"|challenges\.cloudflare\.com/cdn-cgi|sorry, you have been blocked.{0,2000}cloudflare",
        ),
        ("DataDome", r"captcha-delivery\.com|geo\.captcha|datadome.{0,200}(?:captcha|device check)"),
        ("Imperva", r"_incapsula_resource|incapsula incident id"),
        (
            "Akamai",
            r"errors\.edgesuite\.net|<title>\s*access denied.{0,1500}reference\s*(?:#|&#35;)"
            r"|sec-if-cpt-container|_abck.{0,200}challenge",
        ),
        ("PerimeterX", r"px-captcha|_pxappid.{0,400}captcha|human\.com/bot"),
        ("Distil", r"pardon our interruption|distil_r_captcha"),
        ("AWS WAF", r"awswafintegration|aws-waf-token|gokuprops"),
        ("Vercel", r"vercel security checkpoint"),
        ("Sucuri", r"sucuri website firewall"),
        ("Kasada", r"/ips\.js\?ak_bmsc|kpsdk"),
        (
            "a captcha",
            r"<title>[^<]*(?:captcha|robot check|are you (?:a )?(?:human|robot)"
            r"|verify(?:ing)? you are human|human verification)",
        ),
        ("the site", r"<title>\s*(?:403 forbidden|access denied|request blocked|forbidden|blocked)\b"),
    )
)
# A page without any of these words has none of the walls: found many times faster than by the expressions.
_WALL_WORDS = _words(
    "cf_chl cf-browser cf-chl challenges.cloudflare captcha-delivery geo.captcha datadome incapsula "
    "edgesuite sec-if-cpt _abck px-captcha _pxappid human.com/bot distil_r awswaf aws-waf gokuprops ak_bmsc "
    "kpsdk"
)
_WALL_PHRASES = ("pardon our", "vercel security", "sucuri website", "cloudflare")
_WALL_TITLES = re.compile(
    r"captcha|robot|human|just a moment|attention required|denied|forbidden|blocked", re.IGNORECASE
)
_MOST_WALL_TEXT = 2_500
_NO_TEXT = re.compile(r"<(script|style|noscript|svg)\b")


class Unreadable(InroadError):
    """A reading that ends without openings."""

    def __init__(self, outcome: Outcome, problem: Problem) -> None:
        super().__init__(problem.title, problem.advice)
        self.outcome = outcome
        self.problem = problem


def _unreadable(
    outcome: Outcome, title: str, what: str, advice: str, links: tuple[tuple[str, str], ...] = ()
) -> Unreadable:
    return Unreadable(outcome, Problem(title=title, what=what, advice=advice, links=links))


def bad_address(what: str, advice: str) -> Unreadable:
    return _unreadable(Outcome.BAD_ADDRESS, "This address cannot be opened from here", what, advice)


def unreachable(what: str, advice: str) -> Unreadable:
    return _unreadable(Outcome.UNREACHABLE, "This page could not be opened", what, advice or _PASTE)


def status_failure(host: str, status: int) -> Unreadable:
    """The page answered with an error that is no wall."""
    if status in (404, 410):
        return unreachable(
            f"There is no page at this address ({host} answered {status}).",
            "Check the address, or paste the text of the opening.",
        )
    if status == 429:
        return blocked(host, "429, too many requests")
    if status >= 500:
        return unreachable(
            f"{host} has trouble of its own (it answered {status}).",
            "Try again in a minute, or paste the text.",
        )
    return unreachable(f"{host} answered {status}.", _PASTE)


def _closed_to_programs(what: str) -> Unreadable:
    return _unreadable(Outcome.BLOCKED, "This site does not let programs read it", what, _PASTE)


def blocked(host: str, by: str) -> Unreadable:
    return _closed_to_programs(f"{host} answered “{by}”. Inroad does not work around blocks.")


def refused_by_policy(name: str) -> Unreadable:
    return _closed_to_programs(
        f"{name} does not allow programs to read its postings, so Inroad does not open them."
    )


def robots(host: str) -> Unreadable:
    return _closed_to_programs(
        f"{host} asks programs not to open this page (robots.txt), so Inroad does not."
    )


def closed(host: str) -> Unreadable:
    return _unreadable(
        Outcome.CLOSED,
        "This posting is closed",
        f"{host} no longer lists this opening.",
        "Try the company's list of openings, or paste the text if you still have it.",
    )


def empty_board(where: str) -> Unreadable:
    return _unreadable(
        Outcome.EMPTY_BOARD,
        "No openings on this page right now",
        f"{where} works, and lists no opening.",
        "Try another address of the company, or paste the text of an opening.",
    )


def other_board(host: str, name: str, address: str) -> Unreadable:
    return not_understood(
        f"{host} shows its openings through {name}, which Inroad does not read yet.",
        ((f"Openings on {name}", address),),
    )


def no_board(name: str, token: str) -> Unreadable:
    return unreachable(
        f"{name} knows no board called “{token}”.", "Check the address, or paste the text of the opening."
    )


def not_careers(host: str, links: tuple[tuple[str, str], ...]) -> Unreadable:
    advice = (
        "Try one of the links found on it, or paste the text of the opening."
        if links
        else (
            "Look for their “Careers” or “Jobs” link and paste that address, or paste the text of the "
            "opening."
        )
    )
    return _unreadable(
        Outcome.NOT_CAREERS,
        "This does not look like a careers page",
        f"The page at {host} names no opening.",
        advice,
        links,
    )


def text_is_no_opening() -> Unreadable:
    return _unreadable(
        Outcome.NOT_CAREERS,
        "This does not look like an opening",
        "The text does not say what the work is or what is asked for.",
        "Paste the whole text of the opening, from its title to how to apply.",
    )


def no_page(host: str) -> Unreadable:
    return unreachable(
        f"{host} says that there is no page at this address.",
        "Check the address, or paste the text of the opening.",
    )


def out_of_order(host: str) -> Unreadable:
    return unreachable(
        f"{host} is out of order at the moment.", "Try again later, or paste the text of the opening."
    )


def needs_browser(host: str, frame: str = "") -> Unreadable:
    """Args: `frame` is the address of a frame that holds what the page shows, where there is one."""
    what = f"{host} sent a page without text; a program in the browser fills it."
    if frame:
        what = f"{host} shows its openings in a frame of {host_of(frame)}."
    return _unreadable(
        Outcome.NEEDS_BROWSER,
        "This page is empty until a browser runs it",
        what,
        f"Try the frame's own address. {_PASTE}" if frame else _PASTE,
        ((f"Openings at {host_of(frame)}", frame),) if frame else (),
    )


def not_understood(what: str, links: tuple[tuple[str, str], ...] = ()) -> Unreadable:
    return _unreadable(
        Outcome.NOT_UNDERSTOOD, "The openings on this page could not be told apart", what, _PASTE, links
    )


def empty_in_a_browser(host: str) -> Unreadable:
    return _unreadable(
        Outcome.NEEDS_BROWSER,
        "This page stays empty",
        f"{host} showed no text, in a browser either: it may ask for a click, or for you to sign in.",
        _PASTE,
    )


def our_fault(host: str) -> Unreadable:
    return not_understood(f"Inroad met something at {host} that it cannot read yet; that is its own fault.")


def unsupported(what: str) -> Unreadable:
    return _unreadable(Outcome.UNSUPPORTED, "This is not a page that can be read here", what, _PASTE)


def too_long(characters: int, most: int) -> Unreadable:
    return _unreadable(
        Outcome.UNSUPPORTED,
        "This text is too long for one opening",
        f"It has {characters:,} characters; {most:,} is the most.",
        "Paste the text of one opening only.",
    )


def wall(response: Response) -> str:
    """What stands between a program and the page, in words, or an empty string.

    Walls are also served with status 200, so the page's text decides, if there is little of it.
    """
    head = response.body[:200_000].decode("utf-8", errors="replace")
    lower = head.lower()
    begin = lower.find("<title")
    titled = begin >= 0 and _WALL_TITLES.search(lower, begin, begin + 300) is not None
    told = titled or any(word in lower for word in (*_WALL_WORDS, *_WALL_PHRASES))
    told = told and (response.status >= 400 or _is_little(head))
    named = next((name for name, pattern in _WALLS if pattern.search(lower)), "") if told else ""
    denied = response.status in (401, 403, 407, 429, 451) or (response.status in (405, 406, 503) and named)
    if denied:
        reason = {401: "sign-in needed", 429: "too many requests", 451: "blocked for legal reasons"}
        said = f"{response.status}, {reason.get(response.status, 'access denied')}"
        return f"{said}, by {named}" if named and named != "the site" else said
    if named:
        return f"a check for robots by {named}" if named != "the site" else "access denied"
    return ""


def _is_little(markup: str) -> bool:
    text = re.sub(r"<[^<>]*>", " ", " ".join(_outside_scripts(markup)))
    return len(" ".join(text.split())) < _MOST_WALL_TEXT


def _outside_scripts(markup: str) -> Iterator[str]:
    """The markup between scripts, styles and pictures; one that does not end takes the rest with it."""
    lower, begin = markup.lower(), 0
    for match in _NO_TEXT.finditer(lower):
        if match.start() < begin:
            continue
        yield markup[begin : match.start()]
        begin = lower.find(f"</{match[1]}>", match.end())
        if begin < 0:
            return
    yield markup[begin:]


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or "the site"
    except ValueError:
        return "the site"
