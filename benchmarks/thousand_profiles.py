"""Memory of a thousand profiles of a hundred items in one index on disk, beside Chroma as it comes.

    python -m benchmarks.thousand_profiles [--profiles 1000]

One process builds and asks every profile, a second one asks them all again in another order, as after a
restart. Resident memory is VmRSS at the end and VmHWM at its highest, with everything that a process has
loaded; the vectors are made without the model, whose 50 MB come on top in the app.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.killed_index import BareChroma, Directions
from matching.disk import Disk
from matching.index import Index

PROFILES = 1000
ITEMS = 100
LINES = [f"a line of a posting {number}" for number in range(12)]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.thousand_profiles", description=__doc__)
    parser.add_argument("--corpus", help="not used here")
    parser.add_argument("--profiles", type=int, default=PROFILES)
    parser.add_argument("--ask", nargs=2, metavar=("KIND", "FOLDER"), help="one process; used by itself")
    options = parser.parse_args()
    if options.ask:
        ask_all(options.ask[0], Path(options.ask[1]), options.profiles)
        return 0
    title = f"{options.profiles:,} profiles of {ITEMS} items"
    print(f"{title:<38}{'VmRSS':>9}{'VmHWM':>9}{'ms each':>9}{'on disk':>9}")
    for kind, title in (("ours", "Inroad's index"), ("bare", "baseline: Chroma alone")):
        with tempfile.TemporaryDirectory() as folder:
            for what in ("built", "after a restart"):
                rss, peak, each = _process(kind, folder, options.profiles)
                size = sum(path.stat().st_size for path in Path(folder).rglob("*")) / 2**20
                print(
                    f"{f'{title}, {what}':<38}{rss:>5} MiB{peak:>5} MiB{each:>9}{size:>5.0f} MiB", flush=True
                )
    return 0


def _process(kind: str, folder: str, profiles: int) -> tuple[str, str, str]:
    command = [sys.executable, "-m", "benchmarks.thousand_profiles", "--profiles", str(profiles)]
    done = subprocess.run([*command, "--ask", kind, folder], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return "failed", "", ""
    rss, peak, each = done.stdout.split()
    return rss, peak, each


def ask_all(kind: str, folder: Path, profiles: int) -> None:
    """Ask every profile once, in no order, and print MiB now, MiB at most and milliseconds a profile."""
    index: Any = Index(Disk(folder)) if kind == "ours" else BareChroma(folder)
    embedder = Directions()
    embedder.embed(LINES)
    order = list(range(profiles))
    random.Random(os.getpid()).shuffle(order)
    spent = 0.0
    for number in order:
        texts = {f"e{item}": f"profile {number}, item {item}" for item in range(ITEMS)}
        started = time.monotonic()
        index.similarities(texts, LINES, embedder, key=f"profile {number}")
        spent += time.monotonic() - started
    print(_mib("VmRSS"), _mib("VmHWM"), round(1000 * spent / profiles))


def _mib(field: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith(f"{field}:")).split()[1]) // 1024


if __name__ == "__main__":
    sys.exit(main())
