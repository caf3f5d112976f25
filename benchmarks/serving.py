"""Memory, cold start and idle processor time of the served page, beside a minimal Gradio app of the same run.

    python -m benchmarks.serving

Resident memory is VmRSS of the serving process, read from /proc; processor time is utime + stime of it. The
20 drafts are made through the page in headless Chromium, as a person would, alternating e-mail and letter.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.browser import Page, chromium

SETTLE_SECONDS = 10.0
IDLE_SECONDS = 20.0
DRAFTS = 20
_TICK = os.sysconf("SC_CLK_TCK")

# The least a Gradio page can be: what everyone pays before the first line of their own.
MINIMAL_APP = """
import os, gradio as gr
with gr.Blocks() as demo:
    box = gr.Textbox(); out = gr.Textbox(); gr.Button("Go").click(lambda x: x, box, out)
demo.launch(server_port=int(os.environ["PORT"]), ssr_mode=False, quiet=True)
"""


@dataclass(frozen=True)
class Server:
    """A serving process: seconds and CPU seconds until its first page."""

    pid: int
    url: str
    cold_start_s: float
    cold_start_cpu_s: float

    @property
    def rss_mib(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def idle_share(self, seconds: float = IDLE_SECONDS) -> float:
        """Share of one core used over `seconds` in which nobody asks for anything, once it has settled."""
        time.sleep(SETTLE_SECONDS)
        before = cpu_seconds(self.pid)
        time.sleep(seconds)
        return (cpu_seconds(self.pid) - before) / seconds


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


@contextmanager
def serving(
    arguments: list[str], cpus: "set[int] | None" = None, cgroup: Path | None = None
) -> Iterator[Server]:
    """Start a server, wait for its first page, and stop it at the end.

    Args:
        arguments: What Python is to run.
        cpus: The processors it may use; by default those of this process.
        cgroup: The folder of the control group that it is put into.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "GRADIO_ANALYTICS_ENABLED": "False"}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", _INTO, *arguments],
        env=environment | _place(cpus, cgroup),
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("BENCH_LOUD") else subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        wait_for(url, process)
        yield Server(process.pid, url, time.monotonic() - started, cpu_seconds(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=20)


# A process goes into its group by itself, before it has any memory of its own.
_INTO = """
import os, sys
if cpus := os.environ.pop("BENCH_CPUS", ""):
    os.sched_setaffinity(0, set(map(int, cpus.split(","))))
if group := os.environ.pop("BENCH_CGROUP", ""):
    open(group + "/cgroup.procs", "w").write(str(os.getpid()))
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def _place(cpus: "set[int] | None", cgroup: Path | None) -> dict[str, str]:
    place = {"BENCH_CPUS": ",".join(map(str, cpus))} if cpus else {}
    return place | ({"BENCH_CGROUP": str(cgroup)} if cgroup else {})


def wait_for(url: str, process: "subprocess.Popen[bytes]", seconds: float = 90.0) -> None:
    """Until a server answers at an address. Raises `SystemExit` where it ends instead, or never does."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nothing answered at {url}")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.serving", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".py") as minimal:
        minimal.write(MINIMAL_APP)
        minimal.flush()
        with serving([minimal.name]) as server:
            base = _figures(server)
    with serving(["app.py"]) as server:
        ours = _figures(server)
        after = _rss_after_drafts(server)
    print(f"{'':<34}{'Inroad':>10}{'minimal Gradio':>16}{'ratio':>8}")
    for name, mine, theirs, unit in (
        ("resident memory, idle", ours[0], base[0], "MiB"),
        ("cold start to first page", ours[1], base[1], "s"),
        ("CPU seconds of cold start", ours[2], base[2], "s"),
        ("idle, share of one core", ours[3] * 100, base[3] * 100, "%"),
    ):
        print(f"{name:<34}{mine:>6.2f} {unit:<3}{theirs:>12.2f} {unit:<3}{mine / theirs:>8.2f}")
    print(f"{f'resident memory after {DRAFTS} drafts':<34}{after:>6.2f} MiB")
    return 0


def _figures(server: Server) -> tuple[float, float, float, float]:
    idle = server.idle_share()
    return server.rss_mib, server.cold_start_s, server.cold_start_cpu_s, idle


def _rss_after_drafts(server: Server) -> float:
    with chromium() as driver:
        page = Page(driver, server.url)
        for number in range(DRAFTS):
            page.open()
            page.choose_kind("cold-email" if number % 2 == 0 else "cover-letter")
            page.write_draft_from_sample()
    return server.rss_mib


if __name__ == "__main__":
    sys.exit(main())
