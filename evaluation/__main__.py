"""Run the evaluation gates: each prints one JSON line, and fails below its pinned floor.

    python -m evaluation --corpus DIR [--only NAME …] [--raise-floors]

A gate is a module of this package with `measure(corpus) -> dict[str, float]`, scores from 0 to 1, higher is
better. Floors are in floors.json; `--raise-floors` writes today's scores there, and refuses to lower one.
"""

import argparse
import importlib
import json
import math
import os
import sys
import time
from multiprocessing import get_context
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"
GATES = (
    "reading",
    "boards",
    "ssrf",
    "tagging",
    "matching",
    "profiles",
    "grounding",
    "injection",
    "lines",
    "writing",
    "tongues",
    "resumes",
)

MOST_AT_ONCE = 4  # gates, half a gigabyte each

Scores = dict[str, dict[str, float]]


def main() -> int:
    """Measure the gates asked for; return 1 when a score is below its floor."""
    parser = argparse.ArgumentParser(prog="evaluation", description="Quality gates with pinned floors.")
    parser.add_argument("--corpus", type=Path, required=True, help="a directory laid out as shared/corpus")
    parser.add_argument("--only", nargs="+", choices=GATES, default=list(GATES))
    parser.add_argument(
        "--raise-floors", action="store_true", help="pin today's scores, never lower than before"
    )
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"skipped: there is no corpus at {options.corpus}, so nothing was measured")
        return 0
    floors: Scores = json.loads(FLOORS.read_text(encoding="utf-8"))
    # Each gate in a process of its own: vectors are kept, and those of an int8 model depend a little on
    # what was embedded with them, so one gate would move the scores of another.
    with get_context("fork").Pool(min(os.cpu_count() or 1, MOST_AT_ONCE), maxtasksperchild=1) as pool:
        asked = [(gate, options.corpus) for gate in options.only]
        scores = dict(zip(options.only, pool.starmap(_measure, asked, chunksize=1), strict=True))
    if options.raise_floors:
        FLOORS.write_text(
            json.dumps(_raised(floors, scores), indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )
    return _report_falls(floors, scores)


def _measure(gate: str, corpus: Path) -> dict[str, float]:
    started = time.monotonic()
    measure = importlib.import_module(f"evaluation.{gate}").measure
    scores = {name: round(float(score), 4) for name, score in measure(corpus).items()}
    print(json.dumps({"gate": gate, "seconds": round(time.monotonic() - started, 1), **scores}), flush=True)
    return scores


def _raised(floors: Scores, scores: Scores) -> Scores:
    """Floors at today's scores, rounded down so that noise in the last digit does not fail a gate."""
    raised = {gate: dict(values) for gate, values in floors.items()}
    for gate, values in scores.items():
        for name, score in values.items():
            if name.startswith("baseline_"):
                continue  # measured beside ours, and not ours to keep
            pinned = math.floor(score * 100) / 100
            raised.setdefault(gate, {})[name] = max(pinned, floors.get(gate, {}).get(name, 0.0))
    return raised


def _report_falls(floors: Scores, scores: Scores) -> int:
    falls = [
        f"{gate}.{name} fell to {scores[gate].get(name, 0.0)}, below its floor of {floor}"
        for gate in scores
        for name, floor in floors.get(gate, {}).items()
        if scores[gate].get(name, 0.0) < floor
    ]
    for fall in falls:
        print(fall, file=sys.stderr)
    passed = sum(len(values) for values in scores.values()) - len(falls)
    print(f"{passed} passed, {len(falls)} failed")
    return 1 if falls else 0


if __name__ == "__main__":
    sys.exit(main())
