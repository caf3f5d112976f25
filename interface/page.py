"""The page: seven parts of HTML, six kinds of event, and no other Gradio component but a file input."""

import asyncio
from collections.abc import AsyncIterator
from functools import lru_cache
from itertools import count
from json import dumps
from pathlib import Path
from typing import Any, Literal, cast

import gradio as gr

from interface import importing, keeping
from interface.desk import LONG, QUICK, Desk, Turn, View
from interface.session import Said, Session
from interface.verbs import saved_page
from interface.views import imports, start
from interface.views.evidence import HEAD
from settings import Settings, current

HERE = Path(__file__).resolve().parent
EVENTS = ("work", "stop", "act", "check", "reread", "halt")
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
    return gr.UploadButton(
        "Choose a file", elem_id=name, elem_classes=["off"], file_types=types, file_count=count
    )


def build(settings: Settings | None = None) -> gr.Blocks:
    """The page as Gradio blocks, its queue set up.

    Args:
        settings: By default those of this process.
    """
    settings = settings or current()
    desk = Desk(settings)
    first = desk.first()
    with gr.Blocks(title="Inroad", analytics_enabled=False, delete_cache=(3600, 3600)) as blocks:
        state = gr.State(first, time_to_live=6 * 3600)
        bar = _part("bar", desk.bar(first))
        stage = _part("stage", start.resting(), CONNECT)
        _part("evidence-head", HEAD, None)
        brought = _part("imports", imports.panel(()))
        evidence = _part("evidence", desk.evidence(first))
        wire = _part("wire", "")
        documents = _file("upload-evidence", None, "multiple")
        saved = _file("upload-page", [".html", ".htm", ".json", ".txt"])
        _connect(blocks, desk, state, [stage, bar, evidence, wire, brought], documents, saved)
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
    documents: gr.UploadButton,
    saved: gr.UploadButton,
) -> None:
    """Tie the events to the verbs. Private: they are for the page, not an API."""
    outputs = [state, *parts]
    stage: Any = parts[0]
    brought = parts[-1]
    people = desk.settings.max_users_writing + desk.settings.max_users_waiting

    async def work(session: Session, event: gr.EventData, request: gr.Request) -> AsyncIterator[list[Any]]:
        said = Said(event._data)
        verb = LONG.get(said.text("do"))
        if verb is None:
            return
        mine = desk.begin(request.session_hash or "")
        async for view in desk.run(verb, Turn(_known(desk, session, request), said, mine.is_set)):
            if not mine.is_set():
                yield _outputs(view)

    async def act(session: Session, event: gr.EventData, request: gr.Request) -> list[Any]:
        said, session = Said(event._data), _known(desk, session, request)
        verb = QUICK.get(said.text("do"))
        if verb is None:
            return _outputs(View(session))
        return _outputs(await desk.run_quick(verb, Turn(session, said, lambda: False)))

    async def quickly(verb: str, session: Session, request: gr.Request) -> list[Any]:
        turn = Turn(_known(desk, session, request), Said({}), lambda: False)
        return _outputs(await desk.run_quick(QUICK[verb], turn))

    async def stop(session: Session, request: gr.Request) -> list[Any]:
        desk.stop(request.session_hash or "")
        await asyncio.sleep(UNDER_WAY)  # or what was drawn before would cover what is drawn now
        return await quickly("stop", session, request)

    async def enter(session: Session, request: gr.Request) -> list[Any]:
        desk.warm_up()
        return await quickly("enter", session, request)

    async def receive(session: Session, paths: list[str], request: gr.Request) -> AsyncIterator[str]:
        session, files = _known(desk, session, request), [importing.uploaded(Path(path)) for path in paths]
        async for panel in importing.bring(
            desk.tray(session.key), files, keeping.keeper(desk, session), desk.pool
        ):
            yield f"{panel}<!--{next(_drawn)}-->"

    async def reread(session: Session, event: gr.EventData, request: gr.Request) -> AsyncIterator[str]:
        session, said = _known(desk, session, request), Said(event._data)
        async for panel in keeping.read_again(desk, session, said):
            yield f"{panel}<!--{next(_drawn)}-->"

    async def settle(session: Session, request: gr.Request) -> list[Any]:
        return await quickly("settle", session, request)

    async def halt(session: Session, request: gr.Request) -> list[Any]:
        await asyncio.sleep(UNDER_WAY)
        return await quickly("halt", session, request)

    async def receive_page(session: Session, path: str, request: gr.Request) -> AsyncIterator[list[Any]]:
        def verb(desk: Desk, turn: Turn) -> AsyncIterator[View]:
            return saved_page(desk, turn, Path(path))

        mine = desk.begin(request.session_hash or "")
        async for view in desk.run(verb, Turn(_known(desk, session, request), Said({}), mine.is_set)):
            if not mine.is_set():
                yield _outputs(view)

    def leave(request: gr.Request) -> None:
        desk.leave(request.session_hash or "")

    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    working = stage.work(work, state, outputs, trigger_mode="multiple", concurrency_limit=people, **private)
    stage.act(act, state, outputs, trigger_mode="multiple", queue=False, **private)
    stage.check(act, state, outputs, trigger_mode="always_last", queue=False, **private)
    opening = saved.upload(receive_page, [state, saved], outputs, concurrency_limit=people, **private)
    stage.stop(stop, state, outputs, cancels=[working, opening], queue=False, **private)
    # While files are read only their list is drawn: the person may be writing meanwhile.
    several: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": people, **private}
    reading = documents.upload(receive, [state, documents], brought, **several)
    rereading = stage.reread(reread, state, brought, **several)
    for done in (reading, rereading):
        done.then(settle, state, outputs, queue=False, **private)
    stage.halt(halt, state, outputs, cancels=[reading, rereading], queue=False, **private)
    blocks.load(enter, state, outputs, queue=False, **private)
    blocks.unload(leave)


def _known(desk: Desk, session: Session, request: gr.Request) -> Session:
    return desk.known(session, request.session_hash or "")


_drawn = count(1)


def _outputs(view: View) -> list[Any]:
    """What Gradio is told. Each part is numbered: Gradio skips a text equal to its last one, although the
    person may have changed what it drew, as with an edit that is undone."""
    parts = (view.stage, view.bar, view.evidence, view.wire, view.imports)
    return [view.session, *(gr.skip() if part is None else f"{part}<!--{next(_drawn)}-->" for part in parts)]


@lru_cache(maxsize=1)
def head() -> str:
    """What goes into the head: the theme, the script, and the header of every screen.

    A style sheet given as `css=` would be rewritten by Gradio.
    """
    theme = (HERE / "theme.css").read_text(encoding="utf-8")
    script = (HERE / "behaviour.js").read_text(encoding="utf-8")
    header = dumps(start.header()).replace("</", "<\\/")
    return f"<style>{theme}</style><script>window.inroadHeader = {header};\n{script}</script>"


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with fonts that Gradio itself serves, so that nothing is fetched elsewhere."""
    sans = gr.themes.utils.fonts.LocalFont("IBM Plex Sans", weights=(400, 700))
    mono = gr.themes.utils.fonts.LocalFont("IBM Plex Mono", weights=(400,))
    base = gr.themes.Base(font=[sans, "system-ui", "sans-serif"], font_mono=[mono, "monospace"])
    return base.set(body_background_fill="#FAF9F6", body_background_fill_dark="#121416")
