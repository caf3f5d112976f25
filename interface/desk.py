"""The desk at which all sessions are served: the lines of people, the threads, and what is kept of whom.

`LONG` verbs read and write: they yield as they go and can be stopped. `QUICK` verbs answer at once. Every
verb is called through `Desk.run`, the one place where an error turns into a screen.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr
from starlette.requests import HTTPConnection

import accounts
import calls
import outreach
from accounts import Caller
from calls.lines import Line, Lines
from domain import OfferedModel, Persona
from errors import Cancelled, InroadError, NotAllowed, NothingMatches
from interface import importing, pacing
from interface.failing import logged
from interface.session import Offered, Said, Session
from interface.views import evidence, options, problem, reading, start
from interface.views.shelves import Keeping
from settings import Settings
from store import Store

if TYPE_CHECKING:
    from interface.bulk import Bulk

T = TypeVar("T")
PICTURE = 0.5  # seconds between two pictures of a line in which nobody moves up
MOST_DEPARTED = 10_000  # pages that are remembered as closed
MOST_ASKED = 2_000  # pages whose last request is remembered
ASKED = ("type", "method", "scheme", "path", "root_path", "query_string", "headers", "client", "server")
MOST_MODELS = 40
MOST_CHIPS = 6  # skills, and as many items, that can be put in front
RETRIES = (5.0, 60.0, 600.0)  # seconds until what could not be deleted is tried again
LOCAL, VISITOR = "local", "visitor-"  # the one person at this computer; strangers, one a page


@dataclass(frozen=True)
class View:
    """The next state and the parts of the page that change; None leaves a part as it is."""

    session: Session
    stage: str | None = None
    bar: str | None = None
    evidence: str | None = None
    wire: str | None = None
    imports: str | None = None
    saved: str | None = None
    account: str | None = None
    admin: str | None = None


class ChangedHands(InroadError):
    """Whoever a page belonged to is here no more; `session` is what is left, with nothing of theirs."""

    def __init__(self, session: Session) -> None:
        super().__init__("You are not signed in here any more.", "What this page showed is put away.")
        self.session = session


@dataclass(frozen=True)
class Turn:
    """One request: who asks, what they said, and whether they have stopped it since."""

    session: Session
    said: Said
    stopped: Callable[[], bool]


Long = Callable[["Desk", Turn], AsyncIterator[View]]
Quick = Callable[["Desk", Turn], View]
LONG: dict[str, Long] = {}
QUICK: dict[str, Quick] = {}


def long(name: str) -> Callable[[Long], Long]:
    """Register a verb that takes time."""

    def register(function: Long) -> Long:
        LONG[name] = function
        return function

    return register


def quick(name: str) -> Callable[[Quick], Quick]:
    """Register a verb that answers at once."""

    def register(function: Quick) -> Quick:
        QUICK[name] = function
        return function

    return register


class Desk:
    """What all sessions share: the settings, the threads, the lines of people, and who pressed Stop."""

    def __init__(self, settings: Settings, lines: Lines | None = None) -> None:
        self.settings = settings
        self.lines = lines or Lines.of(settings)
        # A stopped reading may hold its thread until its deadline, hence more threads than places.
        self.pool = ThreadPoolExecutor(settings.max_users_writing * 4, thread_name_prefix="inroad")
        # A run over many openings holds its thread until it ends.
        self.bulk_pool = ThreadPoolExecutor(settings.max_users_writing, thread_name_prefix="inroad-bulk")
        self.door = ThreadPoolExecutor(2, thread_name_prefix="inroad-door")  # who asks is asked here
        self.bulks: dict[str, Bulk] = {}
        self.held = importing.Held()
        self._stops: dict[str, threading.Event] = {}
        self._trays: dict[str, importing.Tray] = {}
        self._visitors: dict[str, str] = {}
        self._adopted: dict[str, str] = {}
        self._asked: OrderedDict[str, HTTPConnection] = OrderedDict()
        self._departed: OrderedDict[str, None] = OrderedDict()
        self._door = threading.Lock()  # so that nothing is begun for a page while it is closed
        self._began = datetime.now(UTC)
        self._purged = 0.0
        self._is_warm = False

    def warm_up(self) -> None:
        """Make ready for a first draft while the first visitor still reads; no visitor, no memory spent."""
        if not self._is_warm:
            self._is_warm = True
            self.pool.submit(outreach.warm_up)

    @property
    def model(self) -> str:
        """The name of the model that is set up here, "" where there is none or its server chooses."""
        config = self.settings
        if config.model_server_url is not None:  # it is asked before Groq where both are set up
            return _short(config.model_name)
        return _short(config.groq_model) if config.groq_api_key is not None else ""

    def begin(self, key: str) -> threading.Event:
        """A new run of a session; an older one of the same session is stopped."""
        self.stop(key)
        self._stops[key] = threading.Event()
        return self._stops[key]

    def stop(self, key: str) -> None:
        """Stop what runs for a session, and forget the session."""
        event = self._stops.pop(key, None)
        if event is not None:
            event.set()

    def first(self) -> Session:
        return Session(profile=outreach.sample_profile(Persona.JOB_SEEKER))

    # --- who is there, and what is kept of them

    @property
    def store(self) -> Store:
        """What is kept. It is opened when it is first asked for; `StoreError` says why it cannot be."""
        return calls.opened(self.settings)

    def known(self, session: Session, key: str, request: HTTPConnection | None = None) -> Session:
        """The session of a page, with the person whose evidence it may see. It may ask the database.

        What a visitor made before they signed in is theirs still.

        Args:
            session: As it was.
            key: The page's own name.
            request: What it asked with; by default what it asked with last.

        Raises:
            InroadError: when the page has no name of its own: all such pages would be one person.
            ChangedHands: when it belonged to an account that is not, or no longer, signed in there.
            NotAllowed: when another site's page sent it, or a program with a token.
        """
        if not key:
            raise InroadError("This page has no name of its own.", "Open it anew.")
        if self.settings.keeps_evidence:
            if request is not None:
                accounts.identify(request, self.settings)  # another site's page is nobody at home here
            return replace(session, person=LOCAL, key=key, is_admin=True)
        caller = self._caller(key, request)
        theirs = session.person if session.key == key else ""
        if theirs and not theirs.startswith(VISITOR) and theirs != caller.person:
            raise ChangedHands(self._put_down(key, caller))
        if not caller.person:
            return replace(session, person=self._visitor(key, theirs), key=key)
        with self._door:
            visitor = self._visitors.pop(key, theirs if theirs.startswith(VISITOR) else "")
            is_new = bool(visitor) and self._adopted.get(key) != visitor
        if is_new:
            self._adopt(key, visitor, caller.person)
        return _signed_in(replace(session, key=key), caller)

    def _caller(self, key: str, request: HTTPConnection | None) -> Caller:
        """Who is behind a page now, as its last request says."""
        if not self.settings.accounts:
            return Caller(way="anonymous")
        with self._door:
            if request is not None and key not in self._departed:
                # Its headers are enough, and the rest of a request is large.
                scope = {name: request.scope[name] for name in ASKED if name in request.scope}
                self._asked[key] = HTTPConnection(scope)
                self._asked.move_to_end(key)
                while len(self._asked) > MOST_ASKED:
                    self._asked.popitem(last=False)
            asked = request or self._asked.get(key)
        caller = accounts.identify(asked, self.settings) if asked is not None else Caller(way="anonymous")
        if caller.way == "token":  # it may do no more than its scopes say, and this page knows none
            raise NotAllowed("A token is for the API, not for this page.", "Sign in here.")
        return caller

    def _visitor(self, key: str, theirs: str) -> str:
        with self._door:
            if key not in self._departed:
                theirs = self._visitors.setdefault(key, theirs or _stranger())
        return theirs or _stranger()

    def _adopt(self, key: str, visitor: str, person: str) -> None:
        """Give an account what was made on a page before somebody signed in there."""
        tray, bulk = self._trays.get(key), self.bulks.get(key)
        if tray is not None:
            tray.person = person
        if bulk is not None:
            bulk.person = person
        try:
            self.store.adopt(visitor, person)
        except InroadError:
            with self._door:
                self._visitors.setdefault(key, visitor)
            raise
        with self._door:
            if key not in self._departed:
                self._adopted[key] = visitor

    def _put_down(self, key: str, caller: Caller) -> Session:
        """Stop and forget all that a page was at; what it may see now is a first page."""
        self.stop(key)
        self._drop_bulk(key)
        tray = self._trays.pop(key, None)
        if tray is not None:
            tray.empty()
        self.held.forget(key)
        session = replace(self.first(), key=key)
        if caller.person:
            return _signed_in(session, caller)
        return replace(session, person=self._visitor(key, ""))

    @contextmanager
    def here(self, session: Session) -> Iterator[str]:
        """What a page keeps is kept inside this, for the person that it gives, who may have signed in since.

        Nothing is kept once a visitor's page is closed, as nothing would delete it.

        Raises:
            InroadError: when the page was closed before.
            ChangedHands: when it is not that person's any more.
        """
        person = self.known(session, session.key).person if self.settings.accounts else session.person
        is_visitor = person.startswith(VISITOR)
        if is_visitor and session.key in self._departed:
            raise InroadError("This page was closed, and what it held is deleted.", "Open it anew.")
        try:
            yield person
        finally:
            if is_visitor and session.key in self._departed:
                # Closed meanwhile: what was deleted then may have begun again.
                self._clear_up(session.key, None, person)
            elif is_visitor and self.settings.accounts:
                now = self.known(replace(session, person=person), session.key).person
                if now != person and not now.startswith(VISITOR):
                    # Signed in meanwhile: what was moved then may have begun again.
                    self._adopt(session.key, person, now)

    def tray(self, key: str) -> importing.Tray:
        """The files that a page brought."""
        if key in self._departed:
            return importing.Tray()
        return self._trays.setdefault(key, importing.Tray())

    def leave(self, key: str) -> None:
        """A page is closed: what runs for it stops, and what belongs to no one else is deleted."""
        self.stop(key)
        self._drop_bulk(key)
        tray = self._trays.pop(key, None)
        with self._door:
            visitor = self._visitors.pop(key, "")
            self._asked.pop(key, None)
            self._adopted.pop(key, None)
            if not self.settings.keeps_evidence:
                self._departed[key] = None
                while len(self._departed) > MOST_DEPARTED:
                    self._departed.popitem(last=False)
        if tray is not None or visitor:
            self.pool.submit(self._clear_up, key, tray, visitor)

    def _clear_up(
        self, key: str, tray: "importing.Tray | None", visitor: str, retries: tuple[float, ...] = RETRIES
    ) -> None:
        """Stop, delete, then forget the files: until it is stopped, an import still adds to both."""
        if tray is not None:
            tray.stop()
        self.held.forget(key)
        if not visitor:
            return
        try:
            self.store.delete_person(visitor)
        except Exception as error:  # noqa: BLE001  # nobody waits for this; it is logged and tried again
            logged(error)
            if retries:
                arguments = (key, None, visitor, retries[1:])
                timer = threading.Timer(retries[0], self._clear_up, arguments)
                timer.daemon = True
                timer.start()

    def dismiss(self, person: str, shelf: str = "") -> None:
        """Stop what is being brought for a person, or into one profile, and forget the files.

        What is deleted next is not begun anew by a file that was still being read.
        """
        for key, bulk in list(self.bulks.items()):
            if bulk.person == person:
                self._drop_bulk(key)
        for key, tray in list(self._trays.items()):
            if tray.person == person and shelf in ("", tray.shelf):
                self._trays.pop(key, None)
                tray.empty()
                self.held.forget(key)

    def _drop_bulk(self, key: str) -> None:
        """Stop the drafts of a page, and forget them."""
        bulk = self.bulks.pop(key, None)
        if bulk is not None:
            bulk.stopped.set()

    def purge(self) -> None:
        """Delete what visitors left whose page was closed without our hearing of it; at most once an hour.

        It is done in a thread: whether it succeeds is nothing to the person who happens to come now.
        """
        if time.monotonic() - self._purged > 3600 or not self._purged:
            self._purged = time.monotonic()
            self.pool.submit(self._purge)

    def _purge(self) -> None:
        try:
            opened = self.store
            opened.purge(VISITOR, self._longest_away())
        except Exception as error:  # noqa: BLE001  # nobody waits for this; it is tried again in an hour
            logged(error)

    def _longest_away(self) -> timedelta:
        """How long ago a visitor was last here who cannot be here still.

        A SQLite file is this process's alone, so whoever came before it began is gone.
        """
        url = self.settings.database_url
        day, running = timedelta(days=1), datetime.now(UTC) - self._began
        is_alone = url is None or url.get_secret_value().startswith("sqlite")
        return min(day, running) if is_alone else day

    # --- what is shown

    def bar(self, session: Session, note: str = "") -> str:
        return start.bar(
            session.profile,
            is_sample=session.is_sample,
            samples=_samples(),
            more=self.more(session),
            note=note,
        )

    def more(self, session: Session) -> options.Panel:
        """What is chosen under "More options", and what there is to choose from."""
        chosen, offered = session.chosen, session.offered or Offered(models=self._set_up)
        skills: tuple[str, ...] = ()
        items: tuple[tuple[str, str], ...] = ()
        if chosen is not None:
            skills = tuple(match.text for match in chosen.answered)[:MOST_CHIPS]
            told = [item for item in session.profile.evidence if not item.confidential]
            texts = {item.id: item.text for item in told if item.type not in ("skill", "language")}
            cited = dict.fromkeys(id_ for match in chosen.matches for id_ in match.evidence[:1])
            items = tuple((id_, texts[id_]) for id_ in cited if id_ in texts)[:MOST_CHIPS]
        named = outreach.recipient_of(chosen.posting) if chosen is not None else ""
        return options.Panel(
            tone=session.tone,
            length=session.length,
            language=session.language,
            model=session.model,
            why=session.why,
            closing=session.closing,
            recipient=named if session.recipient is None else session.recipient,
            named=named,
            stress=session.stress,
            opening=chosen.posting.id if chosen else "",
            skills=skills,
            evidence=items,
            models=offered.models,
            problem=offered.problem,
            key_page=offered.key_page,
        )

    def offered(self, key: str = "") -> Offered:
        """The models that could write, asked of their servers; with a key, for whoever has it."""
        servers = outreach.models(SecretStr(key.strip()) if key.strip() else None)
        found = [
            (model.id, f"{_short(model.name)}, {server.label}{_only_for(model)}")
            for server in servers
            for model in sorted(server.models, key=lambda m: m.name != server.chosen)
            if not (server.has_key and model.name == server.chosen)
        ]
        problems = [server.problem for server in servers if server.problem]
        pages = [server.key_page for server in servers if server.key_page and not server.has_key]
        return Offered(
            models=(*self._set_up, *found)[:MOST_MODELS],
            problem=problems[0] if problems and key.strip() and not found else "",
            key_page=pages[0] if pages else "",
        )

    @property
    def _set_up(self) -> tuple[tuple[str, str], ...]:
        """The model that whoever runs this has chosen."""
        if not self.settings.has_model:
            return ()
        return ((options.SET_UP, f"{self.model or 'A model'}, set up here"),)

    def name_of(self, model: str, session: Session) -> str:
        """What a chosen model is called."""
        known = dict(session.offered.models if session.offered else ())
        name = known.get(model, "") or (self.model if model == options.SET_UP else model)
        return name.partition(",")[0] or "The model"

    def evidence(
        self, session: Session, note: str = "", wrong: str = "", undo: tuple[str, str] = ("", "")
    ) -> str:
        """The evidence page.

        Args:
            session: What it shows.
            note: What just happened.
            wrong: What went wrong.
            undo: The verb and the item that take back what just happened.
        """
        return evidence.page(
            evidence.Page(
                profile=session.profile,
                is_sample=session.is_sample,
                kept=session.kept,
                all=session.shelves,
                review=session.review,
                form=_with_name(session),
                parsers=outreach.parsers(),
                keeping=self.keeping(session),
                note=note,
                wrong=wrong,
                undo=undo,
                has_draft=session.chosen is not None,
            )
        )

    def keeping(self, session: Session) -> Keeping:
        """Where what a person keeps is, and for how long."""
        if self.settings.keeps_evidence:
            return "local"
        if session.person and not session.person.startswith(VISITOR):
            return "account"
        return "until signed in" if self.settings.accounts else "visit"

    async def run(self, verb: Long, turn: Turn) -> AsyncIterator[View]:
        """Run a long verb."""
        async for view in self._guarded(verb(self, turn), turn):
            yield view

    async def run_quick(self, verb: Quick, turn: Turn) -> View:
        """Run a verb that answers at once."""

        async def once() -> AsyncIterator[View]:
            yield await pacing.away(self.pool, verb, self, turn)

        view = View(turn.session)
        async for shown in self._guarded(once(), turn):
            view = shown
        return view

    @staticmethod
    async def in_line(
        line: Line,
        items: AsyncIterator[T],
        session: Session,
        *,
        further: bool = False,
        waits: bool = True,
        way_round: bool = False,
    ) -> AsyncIterator[T | View]:
        """What a person's work gives once there is a place for it; until then, how long that takes.

        Args:
            line: One of `lines`.
            items: The work, which is not begun before.
            session: Whose it is.
            further: It goes on from what came of another line, and is not turned away.
            waits: False takes a place at once, whoever is before.
            way_round: Whether the built-in writer is offered to who waits.

        Raises:
            TooMany: when everybody who may wait already does.
        """
        ticket, began = line.join(further=further), None
        pictures = pacing.Pictures(PICTURE)
        try:
            told = 0
            while (ahead := line.ahead(ticket)) > 0 and waits:
                if ahead != told or pictures.is_due:
                    told = ahead
                    pictures.begin()
                    told_as = reading.waiting(ahead, line.seconds(ahead), has_model=way_round)
                    yield View(session, stage=told_as)
                    pictures.end()
                else:
                    await line.moves(PICTURE)
            began = time.monotonic()
            async for item in items:
                yield item
        finally:
            line.leave(ticket, began)

    async def _guarded(self, views: AsyncIterator[View], turn: Turn) -> AsyncIterator[View]:
        """Whatever goes wrong is shown in a person's words, never as a traceback."""
        session = turn.session
        try:
            async for view in views:
                if turn.stopped():
                    return
                session = view.session
                yield view
        except ChangedHands:
            raise
        except Cancelled:
            return
        except NothingMatches as error:
            page = problem.nothing_matches(error.message, error.advice, is_sample=session.is_sample)
            yield View(session, stage=page)
        except InroadError as error:
            yield View(session, stage=problem.trouble(error.message, error.advice))
        except Exception as error:  # noqa: BLE001  # the one place where our own faults become a screen
            yield View(session, stage=problem.crashed(logged(error)))


def _with_name(session: Session) -> Mapping[str, str]:
    """What stands in the form; where it has no name, the account's."""
    if session.account is None or session.form.get("name"):
        return session.form
    return {**session.form, "name": session.account.name}


def _only_for(model: OfferedModel) -> str:
    """What a model without the contract of lines serves for."""
    return " (summaries only)" if model.writes == "prose" else ""


def _short(name: str) -> str:
    """A model's name without whose it is: "openai/gpt-oss-120b" gives "gpt-oss-120b"."""
    return name.rpartition("/")[2] or name


def _samples() -> tuple[tuple[str, str], ...]:
    return tuple((sample.label, sample.url) for sample in outreach.SAMPLES)


def _signed_in(session: Session, caller: Caller) -> Session:
    """The session of whoever asks."""
    return replace(
        session,
        person=caller.person,
        account=caller.account,
        sign_in=caller.session,
        is_admin=caller.is_admin,
    )


def _stranger() -> str:
    """Somebody who is forgotten when they leave; nobody can guess who."""
    return VISITOR + secrets.token_hex(16)
