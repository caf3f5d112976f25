"""Many drafts of one list: written one after another while the person goes on, each kept as it comes.

What is written is the page's own and goes with it. Stopped, it can be resumed: nothing is written twice.
"""

import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import batch
import outreach
from domain import Draft, Profile, Reading
from errors import Cancelled, InroadError
from interface import filing, pacing, taking
from interface.desk import ChangedHands, Desk, Turn, View, quick
from interface.failing import in_words
from interface.session import Said, Session
from interface.verbs import chosen_options, completed, draft_page, file_wire, key_of, wanted
from interface.views import bulk as bulk_view
from interface.views import draft as draft_view
from interface.views.page import Page

MOST = 100  # drafts asked for at once
BREATH = 0.2  # seconds between two drawings


@dataclass(frozen=True)
class Order:
    """One draft that was asked for: everything that it is written from. A lent key is no part of it."""

    opening: outreach.Opening
    options: outreach.Options
    profile: Profile
    reading: Reading
    all: tuple[outreach.Opening, ...]

    def belongs_with(self, other: "Order") -> bool:
        """Whether both can be written in one run."""
        same_evidence = self.profile is other.profile or self.profile == other.profile
        return same_evidence and self.options == other.options and self.reading is other.reading


@dataclass
class Bulk:
    """The drafts that a page asked for, how far they are, and what they are kept as.

    `stopped` is that of the latest run.
    """

    person: str
    orders: dict[str, Order] = field(default_factory=dict)
    jobs: dict[str, batch.Job] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    shelf: batch.InMemory = field(default_factory=batch.InMemory)
    stopped: threading.Event = field(default_factory=threading.Event)
    running: bool = False
    wrong: str = ""

    def add(self, order: Order) -> None:
        """Ask for one more; what is asked for twice is written once."""
        id_ = outreach.job_id(order.opening, order.profile, order.options)
        posting = order.opening.posting
        self.orders.setdefault(id_, order)
        self.jobs.setdefault(id_, batch.Job(id=id_, title=posting.title, url=posting.url))

    def complete(self, id_: str, opening: outreach.Opening) -> None:
        """Take an opening with the text of its own page for one that its list only named."""
        self.orders[id_] = replace(self.orders[id_], opening=opening)

    def runs(self) -> list[list[Order]]:
        """The orders in runs of those that belong together, in the order in which they came."""
        found: list[list[Order]] = []
        for order in self.orders.values():
            run = next((run for run in found if run[0].belongs_with(order)), None)
            if run is None:
                found.append([order])
            else:
                run.append(order)
        return found

    @property
    def company(self) -> str:
        companies = {order.opening.posting.company for order in self.orders.values()}
        return companies.pop() if len(companies) == 1 else ""


def panel(bulk: Bulk | None) -> str:
    if bulk is None:
        return ""
    jobs = tuple(bulk.jobs.values())
    return bulk_view.panel(jobs, company=bulk.company, running=bulk.running, wrong=bulk.wrong)


async def write(desk: Desk, turn: Turn) -> AsyncIterator[str]:
    """Write for the openings that were picked, or go on with those that are left; yields the panel."""
    try:
        bulk = _asked(desk, turn)
    except InroadError as error:
        yield bulk_view.trouble(str(error))
        return
    bulk.stopped.set()  # what was being written for this page before; it is found again
    mine = bulk.stopped = threading.Event()
    bulk.running, bulk.wrong = True, ""
    yield panel(bulk)
    key = {"key": key_of(turn.said)}
    drawn = time.monotonic()
    try:
        for run in bulk.runs():
            first = run[0]
            moves = outreach.draft_many(
                [order.opening for order in run],
                first.profile,
                first.options.model_copy(update=key),
                reading=first.reading,
                shelf=bulk.shelf,
                cancelled=mine.is_set,
                completed=bulk.complete,
            )
            async for moved in pacing.steps_of(moves, desk.bulk_pool):
                if moved is not None and not mine.is_set():
                    bulk.jobs[moved.job.id] = moved.job
                    await pacing.away(desk.pool, _keep, desk, turn.session, bulk, moved.job)
                if time.monotonic() - drawn >= BREATH and not mine.is_set():
                    drawn = time.monotonic()
                    yield panel(bulk)
    except (Cancelled, ChangedHands) as error:
        if isinstance(error, ChangedHands):
            raise
    except InroadError as error:
        bulk.wrong = str(error)
    except Exception as error:  # noqa: BLE001  # a fault of ours, told where the person is looking
        bulk.wrong = in_words(error)
    finally:
        mine.set()
        if bulk.stopped is mine:
            _rest(bulk)
    if bulk.stopped is mine:
        yield panel(bulk)


def _keep(desk: Desk, session: Session, bulk: Bulk, job: batch.Job) -> None:
    """Keep a draft that is finished; what cannot be kept is told, and the draft is there all the same."""
    if job.draft is None or job.id in bulk.saved:
        return
    order = bulk.orders[job.id]
    try:
        with desk.here(session) as person:
            posting, asks = order.opening.posting, _asks(order)
            bulk.saved[job.id] = filing.put(desk, person, job.draft, posting, order.profile, asks)
    except ChangedHands:
        raise
    except InroadError as error:
        bulk.wrong = filing.not_saved(error)


def _asks(order: Order) -> tuple[str, ...]:
    page = Page(
        reading=order.reading,
        opening=order.opening,
        profile=order.profile,
        kind=order.options.kind,
        several=len(order.all) > 1,
    )
    return page.instructions


def _rest(bulk: Bulk) -> None:
    """Nothing is being written: what was under way waits again."""
    bulk.stopped.set()
    bulk.running = False
    for id_, job in bulk.jobs.items():
        if job.state in ("writing", "waiting", "put off"):
            bulk.jobs[id_] = job.model_copy(update={"state": "waiting", "estimate": None})


def _asked(desk: Desk, turn: Turn) -> Bulk:
    """The drafts of a page, with those that it asks for now."""
    session, known = chosen_options(turn), desk.bulks.get(turn.session.key)
    sent = turn.said.text("picks", 4_000).split(",")
    picks = dict.fromkeys(int(x) for x in sent if x.isascii() and x.isdigit())
    if not picks:
        if known is None:
            raise InroadError("These drafts are no longer here.", "Pick the openings again.")
        return known
    picked = [session.openings[number] for number in picks if number < len(session.openings)]
    if session.reading is None or not picked:
        raise InroadError("This list is no longer here.", "Read the page again.")
    bulk = known or Bulk(person=session.person)
    if len(picked) + len(bulk.jobs) > MOST:
        raise InroadError(f"{MOST} drafts are the most at once.", "Pick fewer, or put the others away.")
    desk.bulks[session.key] = bulk
    for opening in picked:
        options = wanted(session, Said({}))
        # What was decided about one opening is no wish for many.
        options = options.model_copy(
            update={"recipient": None, "stress": (), "after": None, "say_gap": False}
        )
        bulk.add(Order(opening, options, session.profile, session.reading, session.openings))
    return bulk


# --- at once -------------------------------------------------------------------------------------------


def stop(desk: Desk, session: Session) -> str:
    """Stop writing; what is written stays, and the rest can be resumed."""
    bulk = desk.bulks.get(session.key)
    if bulk is not None:
        _rest(bulk)
    return panel(bulk)


def close(desk: Desk, session: Session) -> str:
    """Put the drafts away."""
    bulk = desk.bulks.pop(session.key, None)
    if bulk is not None:
        _rest(bulk)
    return ""


@quick("open-draft")
def open_draft(desk: Desk, turn: Turn) -> View:
    """Show one of the drafts, as if it had been written for alone."""
    bulk, id_ = desk.bulks.get(turn.session.key), turn.said.text("job")
    job = bulk.jobs.get(id_) if bulk else None
    if bulk is None or job is None or job.draft is None:
        raise InroadError("This draft is no longer here.", "Write it again.")
    desk.stop(turn.session.key)  # or what is being written on the page would cover it
    order = bulk.orders[id_]
    session = replace(_shown(turn.session, order, job.draft), recipient=None, stress=(), set_aside=())
    session = replace(session, saved=bulk.saved.get(id_, ""), follows="")
    if not order.opening.posting.text:
        session = completed(session, lambda: False)
    assert session.chosen is not None
    if not session.chosen.thorough:
        session = replace(session, chosen=outreach.examine(session.chosen.posting, order.profile))
    return View(session, stage=draft_view.screen(draft_page(desk, session)), bar=desk.bar(session))


def _shown(session: Session, order: Order, draft: Draft) -> Session:
    return replace(
        session,
        reading=order.reading,
        openings=order.all,
        chosen=order.opening,
        kind=draft.kind,
        draft=draft,
        drafted_for=order.profile,
        after=None,
        edit=None,
        editing=False,
        say_gap=False,
    )


@quick("take-drafts")
def take(desk: Desk, turn: Turn) -> View:
    """All that is written so far, each with its receipt, in one file."""
    bulk = desk.bulks.get(turn.session.key)
    done = [job for job in bulk.jobs.values() if job.draft is not None] if bulk else []
    if bulk is None or not done:
        raise InroadError("There is no draft yet to download.")
    files = []
    for job in done:
        assert job.draft is not None
        files += taking.kept(_shown(turn.session, bulk.orders[job.id], job.draft))
    return View(turn.session, wire=file_wire(turn, "drafts.zip", outreach.bundle(files)))
