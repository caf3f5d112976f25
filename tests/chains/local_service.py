"""A local service on a free port of this machine, around a writer that needs no model."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import uvicorn

from chains.local.service import Service


class Parrot:
    """A writer that says what it is told to, a word at a time.

    `asked` are the messages of each call; while `holds` is set it pauses after each word; `left` counts the
    texts that were stopped.
    """

    def __init__(self, text: str, writes: Literal["lines", "prose"] = "prose", context: int = 512) -> None:
        self.name, self.text, self.writes, self.context = "parrot", text, writes, context
        self.asked: list[list[tuple[str, str]]] = []
        self.most: list[int] = []
        self.holds = threading.Event()
        self.begun = threading.Event()
        self.left = 0
        self.at_once = 0
        self.most_at_once = 0

    def write(
        self,
        messages: Sequence[tuple[str, str]],
        most_tokens: int,
        temperature: float,
        until: float,
        stopped: threading.Event,
    ) -> Iterator[tuple[str, str]]:
        self.asked.append(list(messages))
        self.most.append(most_tokens)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        self.begun.set()
        try:
            for word in self.text.split(" "):
                while self.holds.is_set() and not stopped.is_set():
                    time.sleep(0.01)
                if stopped.is_set():
                    self.left += 1
                    return
                yield f"{word} ", ""
            yield "", "stop"
        finally:
            self.at_once -= 1

    def count(self, text: str) -> int:
        return len(text.split())


@contextmanager
def served(writer: object, key: str = "", limit_s: float = 5.0) -> Iterator[str]:
    """The address of a service around a writer, up to and with its /v1."""
    app = Service(writer, limit_s, key).app()  # type: ignore[arg-type]  # a stand-in
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, args=([free],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        finally:
            server.should_exit = True
            thread.join(60)
