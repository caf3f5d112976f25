"""The rungs of reading a careers address, from exact to heuristic; the first that gives openings ends it."""

import logging
import re
import traceback
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from domain import Outcome, Posting, Reading
from errors import (
    AddressRefused,
    Cancelled,
    FetchFailed,
    InroadError,
    ModelError,
    PolicyRefused,
    RobotsRefused,
    UnsupportedContent,
)
from scraping import boards, listing, problems, single, steps
from scraping.address import check_url
from scraping.advert import Advert, is_about, publish, web_address
from scraping.answers import openings_in
from scraping.board import NOT_ITS_ANSWER, Board, BoardAnswer, Listed, Place
from scraping.characters import lines_of, unseen_in
from scraping.diagnosis import diagnose, says_closed, says_empty
from scraping.embedded import embedded_jobs, embedded_posting
from scraping.found import Found
from scraping.http import Fetch, Request, Response, form_of
from scraping.microdata import microdata_jobs
from scraping.names import company_of
from scraping.page import Page, decode
from scraping.policy import policy_of, refuse_by_policy
from scraping.problems import Unreadable, host_of
from scraping.single import Single
from scraping.steps import Progress, Steps
from scraping.structured import job_data
from scraping.visible import letters_of, see

log = logging.getLogger(__name__)
MOST_FOLLOWED = 25
MOST_BYTES = 12_000_000
_DATA = "job data inside the page"


Render = Callable[[str], Response]
Extract = Callable[[Page], list[Advert]]


def read(
    url: str,
    fetch: Fetch,
    *,
    progress: Progress | None = None,
    follow: int = 10,
    render: Render | None = None,
    extract: Extract | None = None,
) -> Reading:
    """Read a careers address.

    Args:
        url: As typed; `https://` is added where no scheme is given.
        fetch: The only way to the network.
        progress: Called with each step as it begins and ends.
        follow: How many openings that a list does not describe may be opened, 0 to 25.
        render: Runs a page in a browser, for pages that are empty without one; none by default.
        extract: Finds openings on a page that nothing else understood, in the page's words; none by default.

    Returns:
        A reading with openings, or with a problem that says why there are none.

    Raises:
        Cancelled: when the person pressed Cancel; nothing else.
    """
    reader = _Reader(_with_scheme(url), fetch, Steps(progress), max(0, min(follow, MOST_FOLLOWED)))
    reader.render, reader.extract = render, extract
    try:
        return reader.read()
    except Unreadable as failure:
        return reader.failed(failure)
    except NOT_ITS_ANSWER as fault:
        # A page that we did not foresee ends like one that is not understood; the fault is ours, and is told.
        frames = "".join(traceback.format_list(traceback.extract_tb(fault.__traceback__)))
        log.error("reading ended in %s\n%s", type(fault).__name__, frames)
        return reader.failed(problems.our_fault(host_of(reader.url)))


def _with_scheme(url: str) -> str:
    url = url.strip()
    return url if "://" in url else f"https://{url.removeprefix('//')}"


class _Reader:
    def __init__(self, url: str, fetch: Fetch, told: Steps, follow: int) -> None:
        self.url = url
        self.steps = told
        self.hidden: list[str] = []
        self.render: Render | None = None
        self.extract: Extract | None = None
        self._fetch = fetch
        self._follow = follow
        # SHA-256 of each answer by the addresses it was asked for and came from, the first one first.
        self._digests: dict[str, str] = {}
        self._unseen = 0

    def read(self) -> Reading:
        self._check_address()
        on_board = boards.recognise(self.url)
        if on_board is None:
            return self._finish(self._from_page(self._open_page(self.url)))
        board, place = on_board
        try:
            return self._finish(self._from_board_in_address(board, place))
        except BoardAnswer as answer:
            self.steps.fail("no usable answer")
            return self._finish(self._page_of_board(board, place, answer))

    def failed(self, failure: Unreadable) -> Reading:
        """What is told of a reading that ends without openings."""
        self.steps.fail(failure.problem.title)
        return Reading(
            url=self.url,
            outcome=failure.outcome,
            steps=self.steps.ended,
            problem=failure.problem,
            hidden=tuple(dict.fromkeys(self.hidden))[:20],
            unseen=self._unseen,
        )

    def _check_address(self) -> None:
        self.steps.start(steps.ADDRESS)
        try:
            self.url = check_url(self.url).url
        except AddressRefused as refusal:
            raise problems.bad_address(refusal.message, refusal.advice) from None
        if name := policy_of(host_of(self.url)):
            raise problems.refused_by_policy(name)
        self.steps.done("well formed")

    # --- boards ------------------------------------------------------------------------------------

    def _from_board_in_address(self, board: Board, place: Place) -> Found:
        self.steps.skip(steps.PAGE, "not needed")
        self.steps.known(steps.BOARD_IN_ADDRESS, board.name)
        if place.posting and board.answers == "page":
            # One posting of a board of pages is a page like any other.
            self.steps.start(f"Opening from {board.name}")
            raise BoardAnswer(404)
        return self._ask(board, place)

    def _ask(self, board: Board, place: Place) -> Found:
        """The openings of a board, through its API."""
        self.steps.start(f"Openings from {board.name}")
        asked = 0

        def fetch(request: Request) -> Response:
            nonlocal asked
            asked += 1
            if asked > 1:
                self.steps.so_far(f"page {asked}")
            return self._guarded(request)

        try:
            listed = board.read(place, fetch)
        except NOT_ITS_ANSWER:
            raise BoardAnswer(200) from None
        adverts = listed.adverts
        if place.posting:
            adverts = [advert for advert in adverts if advert.key == place.posting]
            if not adverts and listed.more:
                raise BoardAnswer(200)  # it may be on a page that was not asked for; its own can tell
            if not adverts:
                raise problems.closed(board.name)
        elif not adverts:
            raise problems.empty_board(f"The board of “{place.token or place.host}” on {board.name}")
        self.steps.done(f"{len(adverts)} found")
        found = Found(adverts, f"{board.name} public data", board.name)
        if not place.posting:
            found.warnings += _of_more(listed)
        return self._with_texts(found, board=board, place=place)

    def _page_of_board(self, board: Board, place: Place, answer: BoardAnswer) -> Found:
        """The board's own page, where its API gave nothing: only data for this very place counts."""
        gone = problems.closed(board.name) if place.posting else problems.no_board(board.name, place.token)
        if answer.status not in (200, 404, 410):
            gone = problems.status_failure(host_of(board.request(place).url), answer.status)
        # The pages of some boards are empty frames; they know the address of what is inside.
        inner = [board.request(place).url] if board.answers == "page" else []
        for url in dict.fromkeys((self.url, *inner)):
            found = self._inside_of(url)
            if found is not None and (not place.posting or len(found.adverts) == 1):
                return replace(found, board=board.name)
        raise gone

    def _inside_of(self, url: str) -> Found | None:
        """The openings inside the page or data at an address; None where there are none."""
        try:
            page = self._open_page(url, quiet=True)
            return self._inside(page) if isinstance(page, Page) else self._from_data(page)
        except Unreadable as failure:
            if failure.outcome in (Outcome.BLOCKED, Outcome.CLOSED):
                raise
            return None

    # --- pages -------------------------------------------------------------------------------------

    def _open_page(self, url: str, *, quiet: bool = False) -> "Page | Response":
        """The page behind an address: HTML as a `Page`, data as the bare answer."""
        self.steps.start(steps.PAGE)
        try:
            response = self._opened(url)
        except Unreadable as failure:
            self.steps.fail(failure.problem.what)
            if not quiet:
                self.steps.skip(steps.BOARD_IN_ADDRESS, "none")
                self.steps.skip(steps.DATA_IN_PAGE, "could not be reached")
            raise
        self.steps.done(f"opened, {_size(len(response.body))}")
        if not quiet:
            self.steps.skip(steps.BOARD_IN_ADDRESS, "none, this is their own site")
        form = form_of(response)
        if form == "other":
            raise problems.unsupported(f"{host_of(self.url)} sent a file that is no web page.")
        return Page.of(response) if form == "html" else response

    def _opened(self, url: str) -> Response:
        """The answer at an address, one `<meta refresh>` further where the page is nothing else."""
        response = self._guarded(Request(url, page=True))
        self._refuse_walls(response)
        if form_of(response) != "html":
            return response
        page = Page.of(response)
        if page.leads_on_to and page.leads_on_to != response.url:
            response = self._guarded(Request(page.leads_on_to, page=True))
            self._refuse_walls(response)
        return response

    def _refuse_walls(self, response: Response) -> None:
        host = host_of(response.url)
        by = problems.wall(response)
        if by:
            raise problems.blocked(host, by)
        if response.status >= 400:
            raise problems.status_failure(host, response.status)
        if len(response.body) > MOST_BYTES:
            raise problems.unsupported(f"The page at {host} is far too large.")

    def _guarded(self, request: Request) -> Response:
        """The given fetch, with its errors as reasons."""
        try:
            refuse_by_policy(host_of(request.url))
            return self._noted(request, self._fetch(request))
        except Cancelled:
            raise
        except PolicyRefused as refusal:
            raise problems.refused_by_policy(refusal.name) from None
        except AddressRefused as refusal:
            raise problems.bad_address(refusal.message, refusal.advice) from None
        except RobotsRefused:
            raise problems.robots(host_of(request.url)) from None
        except UnsupportedContent as refusal:
            raise problems.unsupported(refusal.message) from None
        except FetchFailed as failure:
            raise problems.unreachable(failure.message, failure.advice) from None

    def _noted(self, request: Request, response: Response) -> Response:
        """The answer, its digest and what it holds unseen noted."""
        digest = sha256(response.body).hexdigest()
        for address in (request.url, response.url):
            self._digests.setdefault(address, digest)
        if not response.body.isascii() or b"&" in response.body:
            self._unseen += unseen_in(decode(response.body, response.charset))
        return response

    def _read_from(self, posting: Posting) -> Posting:
        """The posting with the digest of what it was read from: its own page, else the first answer."""
        digest = self._digests.get(posting.url) or next(iter(self._digests.values()), "")
        return posting.model_copy(update={"digest": digest})

    def _from_page(self, page: "Page | Response") -> Found:
        if isinstance(page, Response):
            return self._from_data(page)
        found = self._from_board_data(page) or self._from_board_on_page(page) or self._inside(page)
        if found is None:
            reason = diagnose(page)
            found = self._from_browser(page, reason) or self._from_model(page, reason)
            if found is None:
                raise reason
        return found

    def _from_browser(self, page: Page, reason: Unreadable) -> Found | None:
        """The openings on the page as a browser fills it; once a reading, and only where that would help."""
        if self.render is None or reason.outcome is not Outcome.NEEDS_BROWSER or reason.problem.links:
            return None
        render, self.render = self.render, None
        self.steps.start(steps.IN_A_BROWSER)
        try:
            response = render(page.url)
            self._refuse_walls(response)
        except Cancelled:
            raise
        except InroadError as failure:
            self.steps.fail(failure.message)
            return None
        self.steps.done(f"run, {_size(len(response.body))}")
        try:
            return self._from_page(Page.of(response))
        except Unreadable as failure:
            if failure.outcome is Outcome.NEEDS_BROWSER:
                raise problems.empty_in_a_browser(host_of(page.url)) from None
            raise

    def _from_model(self, page: Page, reason: Unreadable) -> Found | None:
        """The openings that a model points out, in the page's own words."""
        if self.extract is None or reason.outcome is not Outcome.NOT_UNDERSTOOD:
            return None
        self.steps.start(steps.BY_A_MODEL)
        try:
            adverts = self.extract(page)
        except ModelError as failure:
            self.steps.fail(failure.message)
            return None
        if not adverts:
            self.steps.none("none")
            return None
        self.steps.done(f"{len(adverts)} found")
        return self._with_texts(Found(adverts, "pointed out by a model, in the page's words"), page=page)

    def _from_board_data(self, page: Page) -> Found | None:
        """The openings that a board wrote into the page it renders for the employer's own domain."""
        held = boards.data_on(page)
        if held is None:
            return None
        board, listed = held
        self.steps.known(steps.BOARD_ON_PAGE, board.name)
        found = Found(listed.adverts, f"{board.name} public data", board.name)
        found.warnings += _of_more(listed)
        return self._with_texts(found, page=page)

    def _from_board_on_page(self, page: Page) -> Found | None:
        self.steps.start(steps.BOARD_ON_PAGE)
        shown = boards.found_on(page)
        if shown is None:
            self.steps.none("none")
            return None
        board, place = shown
        if not place.posting and _is_one_posting(page):
            self.steps.none(f"{board.name}, but this page is one opening")
            return None
        self.steps.done(board.name)
        if place.posting and board.answers == "page":
            return self._linked_posting(board, place, page)
        try:
            return self._ask(board, place)
        except BoardAnswer:
            self.steps.fail("no usable answer")
        except Unreadable as failure:
            if failure.outcome not in (Outcome.UNREACHABLE, Outcome.EMPTY_BOARD):
                raise
            self.steps.fail(failure.problem.what)
            if failure.outcome is Outcome.EMPTY_BOARD:
                # What the page itself lists comes first; a board that is empty is the answer only without it.
                found = self._inside(page)
                if found is None:
                    raise
                return found
        return None

    def _linked_posting(self, board: Board, place: Place, page: Page) -> Found | None:
        """The one posting that a page leads to, at a board whose postings are pages like any other."""
        address = next((url for url in page.foreign_addresses if board.at(url) == place), "")
        found = self._inside_of(address or board.request(place).url)
        return replace(found, board=board.name) if found is not None and len(found.adverts) == 1 else None

    def _inside(self, page: Page) -> Found | None:
        """Job data in the page, then what a visitor sees on it, then lists that its scripts hold."""
        self.hidden += page.seen.hidden
        if says_closed(page):
            raise problems.closed(host_of(page.url))
        self.steps.start(steps.DATA_IN_PAGE)
        adverts = job_data(page) or microdata_jobs(page)
        if adverts:
            self.steps.done(f"{len(adverts)} found")
            adverts = [_with_company(advert, page) for advert in adverts]
            if len(adverts) == 1:
                told = replace(adverts[0], url=adverts[0].url or page.url)
                adverts = [_with_visible_text(told, page)]
                self.hidden += _unseen_lines(told, page) if adverts[0].blocks else []
                adverts = [_with_company(_with_seen_company(adverts[0], page), page)]
            found = Found(adverts, _DATA)
            if any(_unseen_lines(advert, page) for advert in adverts if not advert.blocks):
                found.warnings.append(_NOT_SEEN)
            return self._with_texts(found, page=page)
        one = single.posting_on(page)
        if one is None or not one.whole_page:
            adverts, listed = embedded_jobs(page), listing.openings_on(page)
            # A script's list may be a part only, such as what was clicked; what is seen decides.
            if _says_more(adverts, listed) and not (one is not None and _is_apart(one, adverts, page)):
                self.steps.done(f"{len(adverts)} found")
                return self._with_texts(Found(adverts, _DATA), page=page)
            described = embedded_posting(page) if one is None and not listed else None
            if described is not None:
                self.steps.done("1 found")
                return Found([described], _DATA)
            self.steps.none("none")
            return self._as_seen(page, listed, one)
        self.steps.none("none")
        return self._as_seen(page, [], one)

    def _as_seen(self, page: Page, listed: list[Advert], one: Single | None) -> Found | None:
        """What a visitor sees: a list, or one posting, which may stand among other things."""
        self.steps.start(steps.OPENINGS_ON_PAGE)
        if one is not None and (len(listed) < 2 or _comes_after(listed, one, page)):
            self.steps.done("1 found")
            return Found([one.advert], "text of the page")
        described = len(listed) > 1 and any(advert.is_described for advert in listed)
        bare = all(advert.url == page.url for advert in listed) and not described
        if bare and (not listed or says_empty(page)):
            self.steps.none("none")
            return None
        self.steps.done(f"{len(listed)} found")
        return self._with_texts(Found(listed, "list on the page"), page=page)

    def _from_data(self, response: Response) -> Found:
        """JSON or XML that came instead of a page."""
        self.steps.start(steps.DATA_IN_PAGE)
        found = openings_in(response)
        if not found.adverts:
            raise problems.empty_board(f"The board on {found.board or host_of(response.url)}")
        self.steps.done(f"{len(found.adverts)} found")
        return self._with_texts(found, page=Page(response.url, ""))

    # --- texts -------------------------------------------------------------------------------------

    def _with_texts(
        self,
        found: Found,
        *,
        page: Page | None = None,
        board: Board | None = None,
        place: Place | None = None,
    ) -> Found:
        """The openings with the texts that their list leaves out, as far as they may be followed."""
        adverts = list(found.adverts)
        wanted = []
        for index, advert in enumerate(adverts):
            if not advert.is_described:
                request = _request_for(advert, page, board, place)
                if request is not None:
                    wanted.append((index, request))
        if wanted and self._follow:
            self.steps.start(steps.POSTINGS_LINKED)
            opened = 0
            for number, (index, request) in enumerate(wanted[: self._follow], 1):
                more = self._described(request, adverts[index], board, place)
                if more is not None:
                    opened += 1
                    adverts[index] = more
                self.steps.so_far(f"{number} of {min(len(wanted), self._follow)}")
            self.steps.done(f"{opened} opened")
        without = sum(not advert.is_described for advert in adverts)
        if without:
            found.warnings.append(
                f"{without} of {len(adverts)} openings were read from the list only, without their text."
            )
        return replace(found, adverts=adverts)

    def _described(
        self, request: Request, advert: Advert, board: Board | None, place: Place | None
    ) -> Advert | None:
        """An advert with its text, or None where that cannot be had."""
        try:
            if board is not None and place is not None and not request.page:
                answer = board.ask(request, self._guarded)
                return board.completed(answer, advert, place)
            response = self._guarded(request)
        except (BoardAnswer, Unreadable):
            return None
        if response.status != 200 or problems.wall(response) or form_of(response) != "html":
            return None
        page = Page.of(response)
        self.hidden += page.seen.hidden
        posting = _posting_on(page)
        if posting is None or not is_about(advert.title, request.url, posting.title, response.url):
            return None
        return _filled(advert, posting)

    def _finish(self, found: Found) -> Reading:
        published = publish(found.adverts, found.rung)
        if not published.postings:
            raise problems.not_understood("The openings have no titles.")
        hidden = dict.fromkeys([*self.hidden, *published.hidden])
        return Reading(
            url=self.url,
            outcome=Outcome.OPENINGS,
            postings=tuple(map(self._read_from, published.postings)),
            rung=found.rung,
            board=found.board,
            steps=self.steps.ended,
            warnings=(*found.warnings, *published.warnings),
            instructions=tuple(published.instructions),
            hidden=tuple(hidden)[:20],
            unseen=self._unseen,
        )


def _of_more(listed: Listed) -> list[str]:
    number = len(listed.adverts)
    return [f"Only the first {number} openings were read; the board has more."] if listed.more else []


def _request_for(
    advert: Advert, page: Page | None, board: Board | None, place: Place | None
) -> Request | None:
    """The request for an opening's text: the board's own way, else its page where that may be opened."""
    if board is not None and place is not None:
        request = board.detail(advert, place)
        if request is not None:
            return request
    url = web_address(advert.url)
    if not url or url.lower().endswith(".pdf") or (page is not None and url == page.url):
        return None
    if page is not None and not listing.is_same_site(url, page):
        return None
    return Request(url, page=True)


def _posting_on(page: Page) -> Advert | None:
    """The one opening that a page describes; None where it cannot be told."""
    held = boards.data_on(page)
    adverts = held[1].adverts if held is not None else job_data(page) or microdata_jobs(page)
    if len(adverts) == 1:
        return adverts[0]
    one = single.posting_on(page)
    return one.advert if one is not None else None


def _says_more(held: list[Advert], listed: list[Advert]) -> bool:
    """Whether the list that scripts hold is longer than the one that is seen, or as long and no poorer."""
    if not held or len(held) != len(listed):
        return len(held) > len(listed)

    def known(adverts: list[Advert]) -> int:
        facts = sum(bool(a.location) + bool(a.company) + 2 * a.is_described for a in adverts)
        return facts + len({a.company for a in adverts})

    return known(held) >= known(listed)


def _with_company(advert: Advert, page: Page) -> Advert:
    """Job data without an employer belongs to whoever the page names."""
    company = "" if advert.company else company_of(page, advert.title)
    return replace(advert, company=company, company_source="published") if company else advert


def _with_seen_company(advert: Advert, page: Page) -> Advert:
    """Without an employer that neither the text of a described page, its title nor its address names."""
    if not advert.blocks and single.posting_on(page) is None:
        return advert
    shown = letters_of(f"{page.seen.text} {page.title} {page.url}")
    words = [word for word in re.findall(r"[^\W_]{4,}", advert.company) if word.casefold() not in _FORMS]
    seen = sum(letters_of(word) in shown for word in words)
    is_name = len(advert.company.split()) <= _LONGEST_COMPANY
    return advert if is_name and seen * 2 >= len(words) else replace(advert, company="", company_source="")


_FORMS = frozenset(("gmbh", "group", "company", "corp", "international", "holding", "holdings", "limited"))
_LONGEST_COMPANY = 10
_FEW_WORDS = 4
_NOT_SEEN = "Some of this text stands in the page's data only, where visitors do not see it."


def _with_visible_text(advert: Advert, page: Page) -> Advert:
    """A page's one opening with what its visitors read, where its data holds only a part of that."""
    one = single.posting_on(page)
    if one is None or not one.has_parts or one.advert.title.casefold() != advert.title.strip().casefold():
        return advert
    told = see(advert.markup).text if advert.markup else advert.text
    seen = "\n".join(block.text for block in one.advert.blocks)
    more = len(seen.split()) > 1.2 * len(told.split()) + 5
    return replace(advert, blocks=one.advert.blocks) if more or _unseen_lines(advert, page) else advert


def _unseen_lines(advert: Advert, page: Page) -> list[str]:
    """The lines of an opening's data that the page shows nowhere, as far as they say anything."""
    lines = [block.text for block in see(advert.markup).blocks] if advert.markup else lines_of(advert.text)
    shown = letters_of(page.seen.text)
    return [line for line in lines if len(line.split()) >= _FEW_WORDS and letters_of(line) not in shown]


def _is_apart(one: Single, held: list[Advert], page: Page) -> bool:
    """Whether a posting has a page of its own and is none of those that its scripts hold: "Similar jobs"."""
    titles = {advert.title.casefold() for advert in held}
    return one.has_parts and page.is_about_one_opening and one.advert.title.casefold() not in titles


def _comes_after(listed: list[Advert], one: Single, page: Page) -> bool:
    """Whether a list stands below a posting that has its parts: "Similar jobs"."""
    if not one.has_parts:
        return False
    end = next(i for i, block in enumerate(page.seen.blocks) if block is one.advert.blocks[-1])
    after = [block.text for block in page.seen.blocks[end + 1 :]]
    others = [advert.title for advert in listed if advert.title.casefold() != one.advert.title.casefold()]
    # One of them may be advertised above as well.
    return sum(any(title in text for text in after) for title in others) * 2 > len(others) or not others


def _is_one_posting(page: Page) -> bool:
    """Whether a page describes one opening itself, so that its link to a board is beside the point."""
    described = [advert for advert in job_data(page) if advert.is_described]
    if described:
        return len(described) == 1
    one = single.posting_on(page)
    return one is not None and one.whole_page


def _filled(listed: Advert, posting: Advert) -> Advert:
    """A list's entry with what its own page adds; the list's title and place stay."""
    return replace(
        posting,
        title=listed.title,
        location=listed.location or posting.location,
        company=posting.company or listed.company,
        company_source=posting.company_source if posting.company else listed.company_source,
        department=listed.department or posting.department,
        employment_type=listed.employment_type or posting.employment_type,
        posted=listed.posted or posting.posted,
        url=listed.url,
        key=listed.key,
    )


def _size(count: int) -> str:
    return f"{max(1, round(count / 1000))} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
