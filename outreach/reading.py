"""An address or a text in; what came of it out, step by step."""

import queue
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal

import chains
import samples
import scraping
import settings
from domain import Noun, Posting, Reading, Step
from errors import Cancelled
from outreach.counting import counted

Progress = Callable[[Step], None]
IsCancelled = Callable[[], bool]


def read(
    source: str,
    fetch: scraping.Fetch | None = None,
    *,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> Reading:
    """Read an address, or the pasted text of an opening. Failures come back as a `Reading` with a problem.

    Args:
        source: One address, or any text with white space in it.
        fetch: How to reach the network; by default the samples, then the guarded fetcher.
        progress: Called with each step as it begins and ends.
        cancelled: Asked often; true ends the reading with `Cancelled`.
    """
    return counted(opened(source, fetch, progress, cancelled))


def opened(
    source: str,
    fetch: scraping.Fetch | None = None,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> Reading:
    """`read` for ourselves: it counts as nobody's."""
    if not _is_address(source):
        return _read_text(source)
    return _read_address(source, settings.current().followed_links, fetch, progress, cancelled)


def _read_address(
    address: str,
    follow: int,
    fetch: scraping.Fetch | None,
    progress: Progress | None,
    cancelled: IsCancelled | None,
) -> Reading:
    config = settings.current()
    if fetch is not None:
        return scraping.read(address.strip(), fetch, progress=progress, follow=follow)
    _, polite = _fetches(cancelled)
    return scraping.read(
        address.strip(),
        samples.sample_fetch(polite),
        progress=progress,
        follow=follow,
        render=_browser(cancelled) if config.reading_browser else None,
        extract=_reading_model() if config.reading_model and config.has_model else None,
    )


@lru_cache(maxsize=1)
def _manners() -> scraping.Manners:
    """What this process remembers of the sites it reads: their robots.txt, their pace, their last answers."""
    return scraping.Manners(settings.current())


def _fetches(cancelled: IsCancelled | None) -> tuple[scraping.Fetch, scraping.Fetch]:
    """The guarded fetch, and the same with manners, for pages that a person asks for."""
    config = settings.current()
    guarded = scraping.guarded_fetch(config, cancelled)
    quick = scraping.guarded_fetch(scraping.quick(config), cancelled)
    return guarded, scraping.polite_fetch(guarded, _manners(), cancelled, robots_fetch=quick)


def _browser(cancelled: IsCancelled | None) -> Callable[[str], scraping.Response]:
    """Runs a page in a browser. Its many small requests would take minutes at the pace of pages."""

    def fetch_until(over: IsCancelled) -> scraping.Fetch:
        guarded, polite = _fetches(over)
        return lambda request: polite(request) if request.page else guarded(request)

    return lambda url: scraping.rendered(url, fetch_until, settings.current(), cancelled)


def _reading_model() -> scraping.Extract:
    """Openings that the small model points out on a page."""
    ask = chains.ask_small_model(settings.current())
    return lambda page: scraping.model_openings(page, ask)


def complete(
    reading: Reading,
    posting: Posting,
    fetch: scraping.Fetch | None = None,
    cancelled: IsCancelled | None = None,
) -> Reading:
    """A reading in which one opening, so far only named by its list, has the text of its own page.

    A list may hold hundreds of openings, and only some of their pages are opened with it. What that page asks
    of applicants, and what it hides, is told as if it had been read with the rest.

    Args:
        reading: What came of the list.
        posting: One of its postings.
        fetch: How to reach the network; by default as in `read`.
        cancelled: As in `read`.

    Returns:
        The reading itself where nothing is to be had: the opening has a text or no page of its own, its page
        says nothing or is about another opening, or the list was a saved file, for which no site is asked.

    Raises:
        Cancelled: when the person pressed Stop.
    """
    if posting.text or reading.offline or not posting.url or posting.url == reading.url:
        return reading
    own = counted(_read_address(posting.url, 0, fetch, None, cancelled))
    whole = own.postings[0] if len(own.postings) == 1 else None
    if whole is None or not whole.text:
        return reading
    if not scraping.is_about(posting.title, posting.url, whole.title, whole.url):
        return reading
    described = whole.model_copy(
        update={
            "id": posting.id,
            "title": posting.title,
            "url": posting.url,
            "lines": (posting.lines[0], *whole.lines[1:]),
            "company": posting.company or whole.company,
            "location": posting.location or whole.location,
        }
    )
    return reading.model_copy(
        update={
            "postings": tuple(described if p.id == posting.id else p for p in reading.postings),
            "instructions": tuple(dict.fromkeys((*reading.instructions, *own.instructions))),
            "hidden": tuple(dict.fromkeys((*reading.hidden, *own.hidden))),
            "unseen": reading.unseen + own.unseen,
        }
    )


def read_saved(body: bytes, url: str = "") -> Reading:
    """Read a page that was saved earlier, through the same code as a live one.

    Args:
        body: The page's bytes: HTML, a job board's JSON, or the plain text of an opening.
        url: The address it came from; without it, only the page itself can tell.
    """
    if not url and not scraping.looks_like_markup(body):
        return counted(_read_text(body.decode("utf-8", errors="replace")))
    origin = url or "https://saved-page.example/"
    reading = scraping.read(origin, scraping.saved_page(body, origin), follow=0)
    return counted(reading.model_copy(update={"offline": True}))


def _read_text(text: str) -> Reading:
    return scraping.read_text(text, settings.current().max_pasted_characters)


def _is_address(source: str) -> bool:
    return len(source.split()) == 1 and len(source) <= scraping.LONGEST_URL


class Ask(Noun):
    """What a page asks, verbatim, and of what kind that is: for the person to do, or not; nothing obeys it.

    "no-ai": not to let a machine write. "machine": said to programs, so an attack or a trap. "subject",
    "word" and "documents": what an application shall be called and hold.
    """

    kind: Literal["no-ai", "machine", "subject", "word", "documents"]
    text: str


def asks(reading: Reading) -> tuple[Ask, ...]:
    """What a page asks of applicants, what matters most first."""
    found = [(scraping.kind_of_instruction(text) or "documents", text) for text in reading.instructions]
    order = ("no-ai", "machine", "subject", "word", "documents")
    return tuple(Ask(kind=kind, text=text) for kind, text in sorted(found, key=lambda x: order.index(x[0])))


def reading_steps(source: str, cancelled: IsCancelled | None = None) -> Iterator[Step | Reading]:
    """`read` as a generator: each step as it happens, at last the `Reading`."""
    events: queue.Queue[Step | Reading | BaseException] = queue.Queue()
    stop = threading.Event()

    def is_cancelled() -> bool:
        return stop.is_set() or (cancelled is not None and cancelled())

    def work() -> None:
        try:
            events.put(read(source, progress=events.put, cancelled=is_cancelled))
        except BaseException as error:  # noqa: BLE001  # carried to the caller's thread and raised there
            events.put(error)

    threading.Thread(target=work, daemon=True, name="read").start()
    try:
        while True:
            event = _next_event(events, is_cancelled)
            if isinstance(event, BaseException):
                raise event
            yield event
            if isinstance(event, Reading):
                return
    finally:
        stop.set()


def _next_event(
    events: "queue.Queue[Step | Reading | BaseException]", is_cancelled: IsCancelled
) -> Step | Reading | BaseException:
    while True:
        try:
            return events.get(timeout=0.1)
        except queue.Empty:
            if is_cancelled():
                raise Cancelled from None
