"""The page: parts of HTML, eight kinds of event, and no other Gradio component but a file input."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from itertools import count
from json import dumps
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import gradio as gr
from gradio.data_classes import FileData
from gradio.state_holder import SessionState

from calls.lines import Lines
from errors import InroadError, StoreError
from interface import account, bulk, importing, keeping, uploads
from interface import administering as administering  # these register their verbs
from interface import revising as revising
from interface import saved as saved
from interface import tailoring as tailoring
from interface import taking as taking
from interface.desk import LONG, QUICK, ChangedHands, Desk, Long, Turn, View
from interface.pacing import away, watched
from interface.session import Said, Session
from interface.verbs import saved_page, wire
from interface.views import imports, problem, start
from interface.views.evidence import HEAD
from settings import Settings, current

T = TypeVar("T")
HERE = Path(__file__).resolve().parent
EVENTS = ("work", "stop", "act", "check", "reread", "halt", "bulk", "unbulk")
# Seconds that a view may still be under way: Gradio looks every 0.05 s for what a queued event has drawn.
UNDER_WAY = 0.15
LOOK_AGAIN = 1.0  # seconds of a long run after which it is asked again whose page it is
GONE = '<div class="i" data-gone></div>'
CONNECT = f"window.inroad.connect(element, trigger, watch, {list(EVENTS)!r})"
WATCH = "window.inroad.watch(element, watch)"


def _part(name: str, value: str, script: str | None = WATCH) -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=script)


def _file(
    name: str, types: list[str] | None, count: Literal["single", "multiple"] = "single"
) -> gr.UploadButton:
    """A file input that nobody sees; a button of the page opens it.

    Without types it takes anything: what cannot be read is said by its reader, in words that help.
    """
    button = gr.UploadButton(
        "Choose a file", elem_id=name, elem_classes=["off"], file_types=types, file_count=count
    )
    button.preprocess = _path if count == "single" else _paths  # type: ignore[method-assign, assignment]
    # Gradio would copy whatever file of this computer a browser names, or fetch it from an address.
    button.async_move_resource_to_block_cache = _only_sent  # type: ignore[method-assign, assignment]
    return button


class _Page(gr.Blocks):
    """Blocks that send what they are told, and do no more.

    For each answer Gradio makes each part anew, also those that stay as they are, and describes it for who
    would open a link to this state of the page. There is no such link, and it took two fifths of all work.
    """

    async def postprocess_data(
        self, block_fn: Any, predictions: Any, state: SessionState | None
    ) -> list[Any]:
        """What goes to the browser: nothing for the session, and each part as it is."""
        told = predictions if isinstance(predictions, list) else [predictions]
        known = len(told) == len(block_fn.outputs) and all(map(_is_told, told))
        if state is None or not known:
            return await super().postprocess_data(block_fn, predictions, state)
        for block, part in zip(block_fn.outputs, told, strict=True):
            if block.stateful:
                state[block._id] = part
        return [None if isinstance(part, Session) else part for part in told]


def _is_told(part: object) -> bool:
    return isinstance(part, Session | str) or part == gr.skip()


def build(settings: Settings | None = None, lines: Lines | None = None) -> gr.Blocks:
    """The page as Gradio blocks, its queue set up.

    Args:
        settings: By default those of this process.
        lines: Where its visitors wait for their turn; by default in lines of its own.
    """
    settings = settings or current()
    uploads.prepare(settings.data_dir)
    desk = Desk(settings, lines)
    if not settings.keeps_evidence:
        desk.purge()  # those who were here when it last stopped
    first = desk.first()
    with _Page(title="Inroad", analytics_enabled=False, delete_cache=(3600, 3600)) as blocks:
        state = gr.State(first, time_to_live=6 * 3600)
        # Gradio asks at each answer, and copies the first session for it only to leave it out again.
        state.get_config = cache(state.get_config)  # type: ignore[method-assign]
        bar = _part("bar", desk.bar(first))
        many = _part("bulk", "")
        stage = _part("stage", start.resting(), CONNECT)
        _part("evidence-head", HEAD, None)
        brought = _part("imports", imports.panel(()))
        evidence = _part("evidence", desk.evidence(first))
        drafts = _part("saved", "")
        who = _part("account", account.signed_out() if settings.accounts else "")
        admin = _part("admin", "")
        wire = _part("wire", "")
        documents = _file("upload-evidence", None, "multiple")
        given = _file("upload-page", [".html", ".htm", ".json", ".txt"])
        parts = [stage, bar, evidence, wire, drafts, who, admin, brought]
        _connect(blocks, desk, state, parts, many, documents, given)
    people = settings.max_users_writing + settings.max_users_waiting
    blocks.queue(default_concurrency_limit=settings.max_users_writing, max_size=people, api_open=False)
    # The idle queue polls each millisecond, which costs 6 % of a core.
    blocks._queue.sleep_when_free = 0.05
    return cast(gr.Blocks, blocks)


def _connect(
    blocks: gr.Blocks,
    desk: Desk,
    state: gr.State,
    parts: list[gr.HTML],
    many: gr.HTML,
    documents: gr.UploadButton,
    given: gr.UploadButton,
) -> None:
    """Tie the events to what answers them. Private: they are for the page, not an API."""
    on = _Events(desk)
    outputs = [state, *parts]
    stage: Any = parts[0]
    people = desk.settings.max_users_writing + desk.settings.max_users_waiting
    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    at_once: dict[str, Any] = {"queue": False, **private}
    several: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": people, **private}
    working = stage.work(on.work, state, outputs, **several)
    stage.act(on.act, state, outputs, trigger_mode="multiple", **at_once)
    stage.check(on.act, state, outputs, trigger_mode="always_last", **at_once)
    opening = given.upload(on.receive_page, [state, given], outputs, concurrency_limit=people, **private)
    stage.stop(on.stop, state, outputs, cancels=[working, opening], **at_once)
    # While files are read only their list is drawn: the person may be writing meanwhile.
    brought = parts[-1]
    reading = documents.upload(on.receive, [state, documents], brought, **several)
    rereading = stage.reread(on.reread, state, brought, **several)
    for done in (reading, rereading):
        done.then(on.settle, state, outputs, **at_once)
    # The person reads one draft while the others are written, so only their list is drawn.
    writing = stage.bulk(on.bulk, state, many, **several)
    stage.unbulk(on.unbulk, state, many, cancels=[writing], **at_once)
    stage.halt(on.halt, state, outputs, cancels=[reading, rereading], **at_once)
    blocks.load(on.enter, state, outputs, **at_once)
    blocks.unload(on.leave)


def _paths(sent: Any) -> Any:
    """Where Gradio put what was sent, as it says itself, but without an empty temporary file for each."""
    paths = [sent.path] if isinstance(sent, FileData) else [file.path for file in sent or ()]
    return [_as_sent(path) for path in paths]


def _as_sent(path: str | Path | None) -> str:
    if path is None or not uploads.was_sent(str(path)):
        raise gr.Error("This file did not arrive. Add it once more.", print_exception=False)
    return str(path)


async def _only_sent(path: str | Path | None) -> str:
    return _as_sent(path)


def _path(sent: Any) -> Any:
    return next(iter(_paths(sent)), None) or _as_sent(None)


class _Events:
    """What the page's events do, for all of its sessions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._changed: dict[str, Session] = {}

    async def work(
        self, session: Session, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        said = Said(event._data)
        verb = LONG.get(said.text("do"))
        if verb is not None:
            async for shown in self._at_length(verb, session, said, request):
                yield shown

    async def receive_page(
        self, session: Session, path: str, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        def verb(desk: Desk, turn: Turn) -> AsyncIterator[View]:
            return saved_page(desk, turn, Path(path))

        async for shown in self._at_length(verb, session, Said({}), request):
            yield shown

    async def _at_length(
        self, verb: Long, session: Session, said: Said, request: gr.Request
    ) -> AsyncIterator[list[Any]]:
        try:
            session = await self._known(session, request)
            mine = self.desk.begin(session.key)
            self._changed.pop(session.key, None)
            views = self.desk.run(verb, Turn(session, said, mine.is_set))
            async for view in self._watched(views, session):
                if not mine.is_set():
                    changed = self._changed.get(session.key)
                    yield _outputs(
                        view if changed is None else replace(view, session=view.session.beside(changed))
                    )
        except ChangedHands as change:
            yield self._gone(change)
        except InroadError as error:
            yield _outputs(_unknown(session, error))

    async def act(self, session: Session, event: gr.EventData, request: gr.Request) -> list[Any]:
        said = Said(event._data)
        return await self._at_once(said.text("do"), session, said, request)

    async def _at_once(self, name: str, session: Session, said: Said, request: gr.Request) -> list[Any]:
        try:
            session, verb = await self._known(session, request), QUICK.get(name)
            if verb is None:
                return _outputs(View(session))
            view = await self.desk.run_quick(verb, Turn(session, said, lambda: False))
        except ChangedHands as change:
            return self._gone(change)
        except InroadError as error:
            return _outputs(_unknown(session, error))
        if name in keeping.VERBS:
            self._changed[session.key] = view.session
        return _outputs(view)

    async def stop(self, session: Session, request: gr.Request) -> list[Any]:
        self.desk.stop(request.session_hash or "")
        await asyncio.sleep(UNDER_WAY)  # or what was drawn before would cover what is drawn now
        return await self._at_once("stop", session, Said({}), request)

    async def enter(self, session: Session, request: gr.Request) -> list[Any]:
        self.desk.warm_up()
        return await self._at_once("come-in", session, Said({}), request)

    async def receive(self, session: Session, paths: list[str], request: gr.Request) -> AsyncIterator[str]:
        files = [importing.uploaded(Path(path)) for path in paths]

        def panels(known: Session) -> AsyncIterator[str]:
            keep = keeping.keeper(self.desk, known)
            return importing.bring(self.desk.tray(known.key), files, keep, self.desk.pool)

        try:
            async for panel in self._panels(panels, session, request):
                yield panel
        finally:
            for file in files:
                file.discard()

    async def reread(self, session: Session, event: gr.EventData, request: gr.Request) -> AsyncIterator[str]:
        said = Said(event._data)
        async for panel in self._panels(
            lambda known: keeping.read_again(self.desk, known, said), session, request
        ):
            yield panel

    async def bulk(self, session: Session, event: gr.EventData, request: gr.Request) -> AsyncIterator[str]:
        said = Said(event._data)
        async for panel in self._panels(
            lambda known: bulk.write(self.desk, Turn(known, said, lambda: False)), session, request
        ):
            yield panel

    async def _panels(
        self, panels: Callable[[Session], AsyncIterator[str]], session: Session, request: gr.Request
    ) -> AsyncIterator[str]:
        """A part that is drawn again and again, as long as the page is theirs who asked for it."""
        try:
            session = await self._known(session, request)
            async for panel in self._watched(panels(session), session):
                yield _numbered(panel)
        except ChangedHands:
            yield _numbered(GONE)
        except InroadError as error:
            yield _numbered(problem.line(str(error)))

    async def _watched(self, items: AsyncIterator[T], session: Session) -> AsyncIterator[T]:
        """What a long run gives, as long as the page is theirs who asked for it."""
        if self.desk.settings.accounts:
            generator = cast(AsyncGenerator[T, None], items)
            items = watched(generator, lambda: self._still_theirs(session), LOOK_AGAIN)
        async for item in items:
            yield item

    async def _still_theirs(self, session: Session) -> None:
        # Where it cannot be known now, it was so a moment ago, and nothing can be kept meanwhile.
        with suppress(StoreError):
            await self._known(session)

    async def unbulk(self, session: Session, event: gr.EventData, request: gr.Request) -> str:
        try:
            session, said = await self._known(session, request), Said(event._data)
        except ChangedHands:
            return _numbered(GONE)
        except InroadError as error:
            return _numbered(problem.line(str(error)))
        end = bulk.close if said.text("way") == "close" else bulk.stop
        panel = end(self.desk, session)
        await asyncio.sleep(UNDER_WAY)
        return _numbered(panel)

    async def settle(self, session: Session, request: gr.Request) -> list[Any]:
        return await self._at_once("settle", session, Said({}), request)

    async def halt(self, session: Session, request: gr.Request) -> list[Any]:
        await asyncio.sleep(UNDER_WAY)
        return await self._at_once("halt", session, Said({}), request)

    def leave(self, request: gr.Request) -> None:
        key = request.session_hash or ""
        self._changed.pop(key, None)
        self.desk.leave(key)

    async def _known(self, session: Session, request: gr.Request | None = None) -> Session:
        """The session with who asks now; without a request, with who asked last from this page."""
        desk, key = self.desk, (request.session_hash if request else session.key) or ""
        if not key:  # not from a browser: no screen to show it on, nor a line in the log
            raise gr.Error("This page has no name of its own. Open it anew.", print_exception=False)
        sent = request.request if request else None
        if not desk.settings.accounts:
            return desk.known(session, key, sent)
        return await away(desk.door, desk.known, session, key, sent)

    def _gone(self, change: ChangedHands) -> list[Any]:
        """Nothing of whoever was here before: the browser opens the page anew when it has this."""
        session = change.session
        self._changed.pop(session.key, None)
        parts = View(
            session,
            stage=start.resting(),
            bar=self.desk.bar(session, str(change)),
            evidence=self.desk.evidence(session),
            wire=wire({"do": "gone"}),
            imports=imports.panel(()),
            saved="",
            account=account.signed_out(),
            admin="",
        )
        return _outputs(parts)


def _unknown(session: Session, error: InroadError) -> View:
    """It could not be found out who asks, so nothing of anybody is shown."""
    return View(session, stage=problem.trouble(error.message, error.advice))


_drawn = count(1)


def _outputs(view: View) -> list[Any]:
    """What Gradio is told. Each part is numbered: Gradio skips a text equal to its last one, although the
    person may have changed what it drew, as with an edit that is undone."""
    parts = (
        view.stage,
        view.bar,
        view.evidence,
        view.wire,
        view.saved,
        view.account,
        view.admin,
        view.imports,
    )
    return [view.session, *(gr.skip() if part is None else _numbered(part) for part in parts)]


def _numbered(part: str) -> str:
    return f"{part}<!--{next(_drawn)}-->"


def launch_options(settings: Settings | None = None) -> dict[str, Any]:
    """Everything that `mount_gradio_app` is told besides the app, the blocks and the path."""
    settings = settings or current()
    who = "many" if settings.accounts else "local" if settings.keeps_evidence else ""
    return {
        "theme": theme(),
        "head": head(who),
        "ssr_mode": False,
        "run_history": False,
        "show_error": False,
        "footer_links": [],
        "max_file_size": "10mb",
        "enable_monitoring": False,
        "pwa": False,
        "mcp_server": False,
    }


@lru_cache(maxsize=3)
def head(who: str) -> str:
    """What goes into the head: the theme, the script, and the header of every screen.

    A style sheet given as `css=` would be rewritten by Gradio.

    Args:
        who: As for `views.start.header`.
    """
    theme = (HERE / "theme.css").read_text(encoding="utf-8")
    script = (HERE / "behaviour.js").read_text(encoding="utf-8")
    header = dumps(start.header(who)).replace("</", "<\\/")
    given = f"window.inroadHeader = {header}; window.inroadLargest = {uploads.LARGEST};"
    return f"<style>{theme}</style><script>{given}\n{script}</script>"


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with fonts that Gradio itself serves, so that nothing is fetched elsewhere."""
    sans = gr.themes.utils.fonts.LocalFont("IBM Plex Sans", weights=(400, 700))
    mono = gr.themes.utils.fonts.LocalFont("IBM Plex Mono", weights=(400,))
    base = gr.themes.Base(font=[sans, "system-ui", "sans-serif"], font_mono=[mono, "monospace"])
    return base.set(body_background_fill="#FAF9F6", body_background_fill_dark="#121416")
