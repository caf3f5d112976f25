"""The page: eight parts of HTML, eight kinds of event, and no other Gradio component but a file input."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import lru_cache
from itertools import count
from json import dumps
from pathlib import Path
from typing import Any, Literal, cast

import gradio as gr
from gradio.data_classes import FileData

from errors import InroadError
from interface import bulk, importing, keeping, revising, tailoring, taking, uploads  # noqa: F401  # some register verbs
from interface.desk import LONG, QUICK, Desk, Long, Turn, View
from interface.session import Said, Session
from interface.verbs import saved_page
from interface.views import imports, start
from interface.views.evidence import HEAD
from settings import Settings, current

HERE = Path(__file__).resolve().parent
EVENTS = ("work", "stop", "act", "check", "reread", "halt", "bulk", "unbulk")
# Seconds that a view may still be under way: Gradio looks every 0.05 s for what a queued event has drawn.
UNDER_WAY = 0.15
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
    return button


def build(settings: Settings | None = None) -> gr.Blocks:
    """The page as Gradio blocks, its queue set up.

    Args:
        settings: By default those of this process.
    """
    settings = settings or current()
    uploads.prepare(settings.data_dir)
    desk = Desk(settings)
    if not settings.keeps_evidence:
        desk.purge()  # those who were here when it last stopped
    first = desk.first()
    with gr.Blocks(title="Inroad", analytics_enabled=False, delete_cache=(3600, 3600)) as blocks:
        state = gr.State(first, time_to_live=6 * 3600)
        bar = _part("bar", desk.bar(first))
        many = _part("bulk", "")
        stage = _part("stage", start.resting(), CONNECT)
        _part("evidence-head", HEAD, None)
        brought = _part("imports", imports.panel(()))
        evidence = _part("evidence", desk.evidence(first))
        wire = _part("wire", "")
        documents = _file("upload-evidence", None, "multiple")
        saved = _file("upload-page", [".html", ".htm", ".json", ".txt"])
        _connect(blocks, desk, state, [stage, bar, evidence, wire, brought], many, documents, saved)
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
    saved: gr.UploadButton,
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
    opening = saved.upload(on.receive_page, [state, saved], outputs, concurrency_limit=people, **private)
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
    return [sent.path] if isinstance(sent, FileData) else [file.path for file in sent or ()]


def _path(sent: Any) -> Any:
    return next(iter(_paths(sent)), None)


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
        session = self._known(session, request)
        mine = self.desk.begin(session.key)
        self._changed.pop(session.key, None)
        async for view in self.desk.run(verb, Turn(session, said, mine.is_set)):
            if not mine.is_set():
                changed = self._changed.get(session.key)
                yield _outputs(
                    view if changed is None else replace(view, session=view.session.beside(changed))
                )

    async def act(self, session: Session, event: gr.EventData, request: gr.Request) -> list[Any]:
        said = Said(event._data)
        return await self._at_once(said.text("do"), session, said, request)

    async def _at_once(self, name: str, session: Session, said: Said, request: gr.Request) -> list[Any]:
        session, verb = self._known(session, request), QUICK.get(name)
        if verb is None:
            return _outputs(View(session))
        view = await self.desk.run_quick(verb, Turn(session, said, lambda: False))
        if name in keeping.VERBS:
            self._changed[session.key] = view.session
        return _outputs(view)

    async def stop(self, session: Session, request: gr.Request) -> list[Any]:
        self.desk.stop(request.session_hash or "")
        await asyncio.sleep(UNDER_WAY)  # or what was drawn before would cover what is drawn now
        return await self._at_once("stop", session, Said({}), request)

    async def enter(self, session: Session, request: gr.Request) -> list[Any]:
        self.desk.warm_up()
        return await self._at_once("enter", session, Said({}), request)

    async def receive(self, session: Session, paths: list[str], request: gr.Request) -> AsyncIterator[str]:
        desk, session = self.desk, self._known(session, request)
        files = [importing.uploaded(Path(path)) for path in paths]
        keep = keeping.keeper(desk, session)
        async for panel in importing.bring(desk.tray(session.key), files, keep, desk.pool):
            yield _numbered(panel)

    async def reread(self, session: Session, event: gr.EventData, request: gr.Request) -> AsyncIterator[str]:
        async for panel in keeping.read_again(self.desk, self._known(session, request), Said(event._data)):
            yield _numbered(panel)

    async def bulk(self, session: Session, event: gr.EventData, request: gr.Request) -> AsyncIterator[str]:
        turn = Turn(self._known(session, request), Said(event._data), lambda: False)
        async for panel in bulk.write(self.desk, turn):
            yield _numbered(panel)

    async def unbulk(self, session: Session, event: gr.EventData, request: gr.Request) -> str:
        session, said = self._known(session, request), Said(event._data)
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

    def _known(self, session: Session, request: gr.Request) -> Session:
        try:
            return self.desk.known(session, request.session_hash or "")
        except InroadError as error:  # not from a browser: no screen to show it on, nor a line in the log
            raise gr.Error(str(error), print_exception=False) from None


_drawn = count(1)


def _outputs(view: View) -> list[Any]:
    """What Gradio is told. Each part is numbered: Gradio skips a text equal to its last one, although the
    person may have changed what it drew, as with an edit that is undone."""
    parts = (view.stage, view.bar, view.evidence, view.wire, view.imports)
    return [view.session, *(gr.skip() if part is None else _numbered(part) for part in parts)]


def _numbered(part: str) -> str:
    return f"{part}<!--{next(_drawn)}-->"


def launch_options() -> dict[str, Any]:
    """Everything that `mount_gradio_app` is told besides the app, the blocks and the path."""
    return {
        "theme": theme(),
        "head": head(),
        "ssr_mode": False,
        "run_history": False,
        "show_error": False,
        "footer_links": [],
        "max_file_size": "10mb",
        "enable_monitoring": False,
        "pwa": False,
        "mcp_server": False,
    }


@lru_cache(maxsize=1)
def head() -> str:
    """What goes into the head: the theme, the script, and the header of every screen.

    A style sheet given as `css=` would be rewritten by Gradio.
    """
    theme = (HERE / "theme.css").read_text(encoding="utf-8")
    script = (HERE / "behaviour.js").read_text(encoding="utf-8")
    header = dumps(start.header()).replace("</", "<\\/")
    given = f"window.inroadHeader = {header}; window.inroadLargest = {uploads.LARGEST};"
    return f"<style>{theme}</style><script>{given}\n{script}</script>"


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with fonts that Gradio itself serves, so that nothing is fetched elsewhere."""
    sans = gr.themes.utils.fonts.LocalFont("IBM Plex Sans", weights=(400, 700))
    mono = gr.themes.utils.fonts.LocalFont("IBM Plex Mono", weights=(400,))
    base = gr.themes.Base(font=[sans, "system-ui", "sans-serif"], font_mono=[mono, "monospace"])
    return base.set(body_background_fill="#FAF9F6", body_background_fill_dark="#121416")
