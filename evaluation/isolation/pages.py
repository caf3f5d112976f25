"""The page, as a browser talks to it: every function behind it, and every verb of those that take verbs."""

import ast
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from gradio import Blocks

import interface
from evaluation.isolation.planted import Ids
from interface.desk import LONG, QUICK

_PASSING = re.compile(r'"(?:duration|average_duration|event_id|render_config|changed_state_ids)": ?[^,}]+')
_DRAWN = re.compile(r"<!--\d+-->")
_READS = {"text", "line", "number", "has", "one_of", "several"}
_FOLDER = Path(interface.__file__).parent


@dataclass(frozen=True)
class Event:
    """A function behind the page as a browser calls it: by its number, waiting in the line or not."""

    name: str
    number: int
    target: int
    queued: bool
    takes: int


def events_of(blocks: Blocks) -> tuple[Event, ...]:
    """The functions behind a page, each once; what only cancels another has none."""
    found: dict[str, Event] = {}
    for number, fn in blocks.fns.items():
        if fn.name:
            target = fn.targets[0][0] or 0
            found.setdefault(fn.name, Event(fn.name, number, target, bool(fn.queue), len(fn.inputs)))
    return tuple(found.values())


def verbs(event: str) -> tuple[str, ...]:
    """Every verb that "work" or "act" may ask for."""
    return tuple(sorted(LONG if event == "work" else QUICK))


def words() -> tuple[str, ...]:
    """Every word by which the page's code asks for a value of what a browser sent."""
    found = set()
    for path in _FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                if node.func.attr in _READS and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return tuple(sorted(found - {"do"}))


def said_with(ids: Ids) -> dict[str, str]:
    """What a browser may say with somebody's ids: one under every word, by that word where it fits."""
    known = {name: getattr(ids, name) for name in ("profile", "draft", "job", "item", "document", "record")}
    some = {"source": "", "text": "", "n": "0", "left": "1", "right": "2", "items": ids.item}
    return dict.fromkeys(words(), ids.draft) | known | some


def asked(
    client: httpx.Client, event: Event, said: dict[str, str], session: str, path: str = ""
) -> tuple[int, str, str]:
    """Call a function; its status, all that was drawn, and what it came to, drawings unnumbered."""
    data: list[Any] = [None] * event.takes
    if path and data:
        file = {"path": path, "orig_name": "cv.txt", "meta": {"_type": "gradio.FileData"}}
        data[-1] = [file] if event.name == "receive" else file
    body = {
        "data": data,
        "fn_index": event.number,
        "event_data": said,
        "session_hash": session,
        "trigger_id": event.target,
    }
    if not event.queued:
        answer = client.post("/gradio_api/run/predict", json=body)
        text = _bare(answer.text, session)
        return answer.status_code, text, text
    joined = client.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        text = _bare(joined.text, session)
        return joined.status_code, text, text
    told = []
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            message = json.loads(line.removeprefix("data:") or "{}") if line else {}
            if message.get("msg") in ("process_generating", "process_completed"):
                told.append(json.dumps(message.get("output"), ensure_ascii=False))
            if message.get("msg") in ("process_completed", "close_stream", "unexpected_error"):
                break
    # What is drawn on the way depends on how fast it is; what it comes to does not.
    return 200, _bare("\n".join(told), session), _bare(told[-1] if told else "", session)


def new_session() -> str:
    """What a page calls itself."""
    return secrets.token_hex(6)


def _bare(text: str, session: str) -> str:
    return _PASSING.sub("", _DRAWN.sub("", text).replace(session, "<page>"))
