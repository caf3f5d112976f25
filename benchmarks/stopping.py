"""SIGTERM while people have drafts written: whether each stream ends whole, and how long the process takes.

    CONTAINER_ENGINE='podman --runtime runc' python -m benchmarks.stopping --image inroad:local [--cpus 0.1]

In the image, on a share of a processor so that a draft takes long enough to be cut off: one draft streams
through the REST API, one through the page's queue; after the first piece of both the container is told to
stop. The baseline is a Gradio page whose button streams for three seconds, told to stop in the middle.
"""

import argparse
import json
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.contained import running
from benchmarks.load import Connection, Queued
from benchmarks.serving import serving
from benchmarks.starved import MEMORY_MIB, SENDER
from samples import SAMPLES

MOST_S = 26.0
"""From SIGTERM to the end: twenty seconds for what runs, three for pages that are open, three for jobs."""

STREAMING_APP = """
import os, time, gradio as gr
def slowly(text):
    for n in range(30):
        time.sleep(0.1)
        yield text * n
with gr.Blocks() as demo:
    box = gr.Textbox(); out = gr.Textbox(); gr.Button("Go").click(slowly, box, out)
demo.launch(server_port=int(os.environ["PORT"]), ssr_mode=False, quiet=True)
"""


class Stream(threading.Thread):
    """Reads what is streamed to one person.

    Attributes:
        begun: Set once the first piece is there.
        text: What has come.
        cut: What broke it off, where something did.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.begun, self.text, self.cut = url, threading.Event(), "", ""

    @property
    def is_whole(self) -> bool:
        """Whether all came."""
        raise NotImplementedError

    def read(self, at: Connection, method: str, path: str, body: object, first: str) -> None:
        try:
            answer = at.send(method, path, body, accept="text/event-stream")
            while piece := answer.read1(65_536):
                self.text += piece.decode(errors="replace")
                if first in self.text:
                    self.begun.set()
        except Exception as error:  # noqa: BLE001  # whatever broke it off is what is measured
            self.cut = type(error).__name__
        self.begun.set()


class ApiStream(Stream):
    def run(self) -> None:
        wanted = {"opening": {"url": SAMPLES[0].url}, "sender": SENDER, "writer": "embedded", "keep": False}
        at = Connection(self.url, patience_s=120)
        self.read(at, "POST", "/api/v1/drafts/stream", wanted, "event: sentence")

    @property
    def is_whole(self) -> bool:
        return not self.cut and "event: draft" in self.text


class PageStream(Stream):
    """One event of a page's queue."""

    def __init__(self, url: str, event: str, first: object, data: object = None) -> None:
        super().__init__(url)
        self._page, self._first, self._data = Queued(url, event), first, data

    def run(self) -> None:
        session, at = self._page.join(self._first, self._data), Connection(self.url, patience_s=120)
        path = f"/gradio_api/queue/data?session_hash={session}"
        self.read(at, "GET", path, None, '"process_generating"')

    @property
    def is_whole(self) -> bool:
        done = [json.loads(line[6:]) for line in self.text.splitlines() if '"process_completed"' in line]
        return not self.cut and bool(done) and bool(done[-1]["success"])


def is_refused(url: str) -> bool:
    """Whether a new connection is turned away."""
    at = urlsplit(url)
    try:
        socket.create_connection((at.hostname or "", at.port or 0), timeout=5).close()
    except OSError:
        return True
    return False


def told(name: str, streams: dict[str, Stream], took: float, refused: bool, code: object) -> bool:
    """Print what came of it; returns whether all ended whole, in time."""
    print(f"{name}: SIGTERM to exit {took:.1f} s, exit code {code}, ", end="")
    print("new connections refused" if refused else "NEW CONNECTIONS ACCEPTED")
    for way, stream in streams.items():
        pieces = stream.text.count("\ndata: ")
        print(f"  {way:<18}{'ends whole' if stream.is_whole else f'CUT OFF ({stream.cut})'}, {pieces} events")
    return refused and took <= MOST_S and all(stream.is_whole for stream in streams.values())


def inroad(image: str, cpus: float) -> bool:
    with running(image, MEMORY_MIB, cpus=cpus) as container:
        container.first_answer("/health/ready", within_s=600)
        url = container.url
        for _ in range(2):  # what loads at the first draft is no part of this
            warm = ApiStream(url)
            warm.run()
        said = {"do": "read", "source": SAMPLES[0].url, "kind": "cover-letter"}
        streams: dict[str, Stream] = {
            "through the API": ApiStream(url),
            "through the page": PageStream(url, "work", None, said),
        }
        for stream in streams.values():
            stream.start()
        for stream in streams.values():
            stream.begun.wait()
        running_still = [way for way, stream in streams.items() if stream.is_alive()]
        began = time.monotonic()
        container.signal("TERM")
        time.sleep(1.0)
        refused = is_refused(url)
        while container.is_running:
            time.sleep(0.1)
        took = time.monotonic() - began
        for stream in streams.values():
            stream.join()
        print(f"under way when told to stop: {', '.join(running_still) or 'NOTHING'}")
        return told("Inroad", streams, took, refused, container.state["ExitCode"]) and len(running_still) == 2


def gradio_alone() -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(STREAMING_APP)
        file.flush()
        with serving([file.name]) as server:
            stream = PageStream(server.url, "click", "word ")
            stream.start()
            stream.begun.wait()
            began = time.monotonic()
            os.kill(server.pid, signal.SIGTERM)
            stream.join()
            _, status = os.waitpid(server.pid, 0)
            took = time.monotonic() - began
            told("a Gradio page", {"through the page": stream}, took, is_refused(server.url), status)


def main() -> int:
    """Print both; 0 only where every stream of Inroad ended whole within its time."""
    parser = argparse.ArgumentParser(prog="benchmarks.stopping", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.add_argument("--image", required=True)
    parser.add_argument("--cpus", type=float, default=0.1)
    options = parser.parse_args()
    good = inroad(options.image, options.cpus)
    gradio_alone()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
