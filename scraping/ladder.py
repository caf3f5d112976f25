"""The rungs of reading a careers address, from exact to heuristic; the first that gives openings ends it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain import Outcome, Reading
from errors import AddressRefused, Cancelled, FetchFailed, UnsupportedContent
from scraping import boards, listing, problems, single, steps
from scraping.address import check_url
from scraping.advert import Advert, publish
from scraping.boards import Board, BoardAnswer, Place
from scraping.diagnosis import diagnose
from scraping.embedded import embedded_jobs
from scraping.http import Fetch, Request, Response
from scraping.page import Page
from scraping.problems import Unreadable, host_of
from scraping.single import Single
from scraping.steps import Progress, Steps
from scraping.structured import job_data

MOST_FOLLOWED = 25
MOST_BYTES = 12_000_000
_DATA = "job data inside the page"


@dataclass
class Found:
    """What a rung gives: openings, and which rung it was in plain words."""

    adverts: Sequence[Advert]
    rung: str
    board: str = ""
    warnings: list[str] = field(default_factory=list)


def read(url: str, fetch: Fetch, *, progress: Progress | None = None, follow: int = 10) -> Reading:
    """Read a careers address.

    Args:
        url: As typed; `https://` is added where no scheme is given.
        fetch: The only way to the network.
        progress: Called with each step as it begins and ends.
        follow: How many linked postings of a list may be opened, 0 to 25.

    Returns:
        A reading with openings, or with a problem that says why there are none.

    Raises:
        Cancelled: when the person pressed Cancel; nothing else.
    """
    reader = _Reader(_with_scheme(url), fetch, Steps(progress), max(0, min(follow, MOST_FOLLOWED)))
    try:
        return reader.read()
    except Unreadable as failure:
        reader.steps.fail(failure.problem.title)
        return Reading(
            url=reader.url,
            outcome=failure.outcome,
            steps=reader.steps.ended,
            problem=failure.problem,
            hidden=tuple(reader.hidden),
        )


def _with_scheme(url: str) -> str:
    url = url.strip()
    return url if "://" in url else f"https://{url.removeprefix('//')}"


class _Reader:
    def __init__(self, url: str, fetch: Fetch, told: Steps, follow: int) -> None:
        self.url = url
        self.steps = told
        self.hidden: list[str] = []
        self._fetch = fetch
        self._follow = follow

    def read(self) -> Reading:
        self._check_address()
        on_board = boards.recognise(self.url)
        if on_board is None:
            return self._finish(self._from_page(self._open_page()))
        board, place = on_board
        try:
            return self._finish(self._from_board_in_address(board, place))
        except BoardAnswer as answer:
            self.steps.fail("no usable answer")
            return self._finish(self._page_of_board(board, place, answer))

    def _check_address(self) -> None:
        self.steps.start(steps.ADDRESS)
        try:
            self.url = check_url(self.url).url
        except AddressRefused as refusal:
            raise problems.bad_address(refusal.message, refusal.advice) from None
        name = problems.policy_of(host_of(self.url))
        if name:
            raise problems.refused_by_policy(name)
        self.steps.done("public, safe to open")

    # --- boards ------------------------------------------------------------------------------------

    def _from_board_in_address(self, board: Board, place: Place) -> Found:
        self.steps.skip(steps.PAGE, "not needed")
        self.steps.known(steps.BOARD_IN_ADDRESS, board.name)
        return self._ask(board, place)

    def _ask(self, board: Board, place: Place) -> Found:
        """The openings of a board, through its API."""
        self.steps.start(f"Openings from {board.name}")
        adverts = board.read(place, self._guarded)
        self.steps.so_far(f"{len(adverts)} so far")
        if place.posting:
            adverts = [advert for advert in adverts if advert.key == place.posting]
            if not adverts:
                raise problems.closed(board.name)
        elif not adverts:
            raise problems.empty_board(f"The board of “{place.token}” on {board.name}")
        self.steps.done(f"{len(adverts)} found" if len(adverts) > 1 else "1 found")
        return Found(adverts, f"{board.name} public data", board.name)

    def _page_of_board(self, board: Board, place: Place, answer: BoardAnswer) -> Found:
        """The board's own page, where its API gave nothing: only data for this very place counts."""
        gone = problems.closed(board.name) if place.posting else problems.no_board(board.name, place.token)
        if answer.status not in (200, 404, 410):
            gone = problems.status_failure(host_of(board.request(place).url), answer.status)
        try:
            page = self._open_page(quiet=True)
        except Unreadable as failure:
            raise (failure if failure.outcome is Outcome.BLOCKED else gone) from None
        found = self._inside(page) if isinstance(page, Page) else None
        if found is None or (place.posting and len(found.adverts) != 1):
            raise gone
        return found

    # --- pages -------------------------------------------------------------------------------------

    def _open_page(self, *, quiet: bool = False) -> "Page | Response":
        """The page behind the address: HTML as a `Page`, data as the bare answer."""
        self.steps.start(steps.PAGE)
        try:
            response = self._guarded(Request(self.url))
            self._refuse_walls(response)
        except Unreadable as failure:
            self.steps.fail(failure.problem.what)
            if not quiet:
                self.steps.skip(steps.BOARD_IN_ADDRESS, "none")
                self.steps.skip(steps.DATA_IN_PAGE, "could not be reached")
            raise
        self.steps.done(f"opened, {_size(len(response.body))}")
        if not quiet:
            self.steps.skip(steps.BOARD_IN_ADDRESS, "none, this is their own site")
        kind = _sniff(response)
        if kind == "other":
            raise problems.unsupported(f"{host_of(self.url)} sent a file that is no web page.")
        return Page.of(response) if kind == "html" else response

    def _refuse_walls(self, response: Response) -> None:
        host = host_of(response.url)
        name = problems.policy_of(host)
        if name:
            raise problems.refused_by_policy(name)
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
            return self._fetch(request)
        except Cancelled:
            raise
        except AddressRefused as refusal:
            raise problems.bad_address(refusal.message, refusal.advice) from None
        except UnsupportedContent as refusal:
            raise problems.unsupported(refusal.message) from None
        except FetchFailed as failure:
            raise problems.unreachable(failure.message, failure.advice) from None

    def _from_page(self, page: "Page | Response") -> Found:
        if isinstance(page, Response):
            return self._from_data(page)
        found = self._from_board_on_page(page) or self._inside(page)
        if found is None:
            raise diagnose(page)
        return found

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
        try:
            return self._ask(board, place)
        except BoardAnswer:
            self.steps.fail("no usable answer")
        except Unreadable as failure:
            if failure.outcome is not Outcome.UNREACHABLE:
                raise
            self.steps.fail(failure.problem.what)
        return None

    def _inside(self, page: Page) -> Found | None:
        """Job data in the page, then what a visitor sees on it, then lists that its scripts hold."""
        self.hidden += page.seen.hidden
        self.steps.start(steps.DATA_IN_PAGE)
        adverts = job_data(page)
        if adverts:
            self.steps.done(f"{len(adverts)} found")
            if len(adverts) == 1:
                adverts = [replace(adverts[0], url=adverts[0].url or page.url)]
            return self._with_texts(adverts, page, _DATA)
        one = single.posting_on(page)
        if one is None or not one.whole_page:
            adverts, listed = embedded_jobs(page), listing.openings_on(page)
            # A script's list may be a part only, such as what was clicked; what is seen decides.
            if adverts and len(adverts) >= len(listed):
                self.steps.done(f"{len(adverts)} found")
                return self._with_texts(adverts, page, _DATA)
            self.steps.none("none")
            return self._as_seen(page, listed, one)
        self.steps.none("none")
        return self._as_seen(page, [], one)

    def _as_seen(self, page: Page, listed: list[Advert], one: Single | None) -> Found | None:
        """What a visitor sees: a list, or one posting, which may stand among other things."""
        self.steps.start(steps.OPENINGS_ON_PAGE)
        if one is not None and len(listed) < 2:
            self.steps.done("1 found")
            return Found([one.advert], "text of the page")
        if not listed:
            self.steps.none("none")
            return None
        self.steps.done(f"{len(listed)} found")
        return self._with_texts(listed, page, "list on the page")

    def _with_texts(self, listed: list[Advert], page: Page, rung: str) -> Found:
        """The openings of a list with the texts of the postings they link to, as far as may be followed."""
        found = Found(listed, rung)
        wanted = [
            (index, advert.url)
            for index, advert in enumerate(listed)
            if not (advert.blocks or advert.markup or advert.text)
            and advert.url not in ("", page.url)
            and not advert.url.lower().endswith(".pdf")
            and listing.is_same_site(advert.url, page)
        ]
        if wanted and self._follow:
            self.steps.start(steps.POSTINGS_LINKED)
            adverts = list(listed)
            opened = 0
            for index, url in wanted[: self._follow]:
                more = self._posting_at(url)
                if more is not None:
                    opened += 1
                    adverts[index] = _filled(adverts[index], more)
                self.steps.so_far(f"{opened} so far")
            self.steps.done(f"{opened} opened")
            found.adverts = adverts
        without = sum(not (a.blocks or a.markup or a.text) for a in found.adverts)
        if without:
            found.warnings.append(
                f"{without} of {len(listed)} openings were read from the list only, without their text."
            )
        return found

    def _posting_at(self, url: str) -> Advert | None:
        """The one opening at an address that a list links to; None where it cannot be told."""
        try:
            response = self._guarded(Request(url))
            if response.status != 200 or problems.wall(response) or _sniff(response) != "html":
                return None
        except Unreadable:
            return None
        page = Page.of(response)
        self.hidden += page.seen.hidden
        adverts = job_data(page)
        if len(adverts) == 1:
            return adverts[0]
        one = single.posting_on(page)
        return one.advert if one is not None else None

    def _from_data(self, response: Response) -> Found:
        """JSON or XML that came instead of a page: a board's answer, told by its shape."""
        self.steps.start(steps.DATA_IN_PAGE)
        try:
            answer = boards.decode_json(response.body)
        except (ValueError, RecursionError):
            raise problems.not_understood(
                "The address answered with data that is not of a known job board."
            ) from None
        told = boards.recognise_answer(answer)
        if told is None:
            raise problems.not_understood("The address answered with data that is not of a known job board.")
        board, place = told
        try:
            adverts = board.parse_bytes(response.body, place)
        except BoardAnswer:
            raise problems.not_understood(
                f"The data looks like {board.name}'s, but could not be understood."
            ) from None
        self.steps.done(f"{len(adverts)} from {board.name}")
        if not adverts:
            raise problems.empty_board(f"The board on {board.name}")
        return Found(adverts, f"{board.name} public data", board.name)

    def _finish(self, found: Found) -> Reading:
        published = publish(found.adverts, found.rung)
        if not published.postings:
            raise problems.not_understood("The openings have no titles.")
        hidden = dict.fromkeys([*self.hidden, *published.hidden])
        return Reading(
            url=self.url,
            outcome=Outcome.OPENINGS,
            postings=tuple(published.postings),
            rung=found.rung,
            board=found.board,
            steps=self.steps.ended,
            warnings=(*found.warnings, *published.warnings),
            instructions=tuple(published.instructions),
            hidden=tuple(hidden)[:20],
        )


def _is_one_posting(page: Page) -> bool:
    """Whether a page describes one opening itself, so that its link to a board is beside the point."""
    described = [advert for advert in job_data(page) if advert.markup or advert.text]
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
        url=listed.url,
        key="",
    )


def _sniff(response: Response) -> str:
    """What came: "html", "data" (JSON, XML) or "other", by its bytes where the header is silent or wrong."""
    kind = response.content_type
    start = response.body[:2_048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")):
        return "other"
    if b"\x00" in start and not response.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    if kind in ("application/pdf", "application/octet-stream") or kind.startswith(
        ("image/", "video/", "audio/")
    ):
        return "other"
    if start.startswith((b"{", b"[")) and not kind.startswith("text/html"):
        return "data"
    if start.startswith(b"<?xml") and b"<html" not in start.lower():
        return "data"
    return "html"


def _size(count: int) -> str:
    return f"{max(1, round(count / 1000))} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
