"""Whether the app became slower, on whatever machine asks: its pace against a pinned baseline.

    python -m benchmarks.pace            # 0 where nothing is slower than pinned, within the tolerance
    python -m benchmarks.pace --pin      # pin today's; refuses what is slower, unless with --accept-slower

Seconds of one runner say nothing about another's, so no seconds are pinned. Each operation is measured in
turns with a calibration loop, the same kind of work in plain Python, and what is pinned is how many of its
loops one operation costs. A runner of half the speed needs twice the time for both. Of both the fastest of
many turns counts, in CPU time of this process, so that neighbours on the machine do not count. What a machine
does differently to the two (caches, frequencies) is what `TOLERANCE` is for: a loss below it passes unseen.
It runs without the embedding model, whose kernels differ most between machines.
"""

import argparse
import json
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain import Profile
    from interface.views import evidence

PINNED = Path(__file__).with_name("pace.json")
TOLERANCE = 0.30
ROUNDS = 15

Pace = dict[str, float]
_TEXT = (
    "Moved 14 services to Kubernetes and cut the deploy time from 40 to 6 minutes, see [notes]. " * 60
).strip()


def calibrate() -> int:
    """One loop: patterns, words, dictionaries, sorting and joining, as the app's own work is made of."""
    words = re.findall(r"[A-Za-z]+|\d+", _TEXT)
    counts: dict[str, int] = {}
    for word in words:
        key = word.casefold()
        counts[key] = counts.get(key, 0) + len(key)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [f"{word}:{count}" for word, count in ranked] + re.sub(r"\s+", " ", _TEXT).split(" ")
    return len(" ".join(parts)) + sum(map(len, {part[:3] for part in parts}))


def operations() -> dict[str, Callable[[], object]]:
    """What people wait for, by name, with everything loaded."""
    import outreach
    import profiles
    import samples
    from domain import Draft, Persona
    from interface.views import evidence

    folder = Path(samples.__file__).parent
    careers = (folder / "northwind-careers.html").read_bytes()
    single = (folder / "lumenfold.html").read_bytes()
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    posting = outreach.read_saved(single, "https://lumenfold.example/careers").postings[0]
    opening = outreach.examine(posting, profile)

    def draft() -> object:
        return next(e for e in outreach.draft(opening, profile, outreach.Options()) if isinstance(e, Draft))

    large = large_profile(4_000)
    shelf = _evidence_page(large)
    return {
        "read a list": lambda: outreach.read_saved(careers, "https://northwindhealth.example/careers"),
        "read an opening": lambda: outreach.read_saved(single, "https://lumenfold.example/careers"),
        "match an opening": lambda: outreach.examine(posting, profile),
        "write a draft": draft,
        "join two large profiles": lambda: profiles.merge(large, large),
        "show a large profile": lambda: evidence.page(shelf),
    }


def large_profile(count: int) -> "Profile":
    """A profile of so many roles with two lines each."""
    from domain import Evidence, Profile, Record, SourceSpan

    where = SourceSpan(document="cv")
    records = tuple(Record(id=f"r{n}", kind="role", title=f"Role {n}") for n in range(count))
    lines = tuple(
        Evidence(id=f"e{n}", type="bullet", text=f"Built {n}", record=f"r{n // 2}", source=where)
        for n in range(2 * count)
    )
    return Profile(id="p", name="Ada", records=records, evidence=lines)


def _evidence_page(profile: "Profile") -> "evidence.Page":
    """What the page of a kept profile is made from."""
    from domain import Persona
    from interface.views import evidence
    from store import Item, Kept, Summary

    told = tuple(Item(evidence=item, document="cv", read_from=item.source) for item in profile.evidence)
    summary = Summary(
        id=profile.id,
        label=profile.name,
        persona=Persona.JOB_SEEKER,
        name=profile.name,
        items=len(told),
        to_check=0,
        changed_at=datetime.now(UTC),
    )
    kept = Kept(id=profile.id, label=profile.name, profile=profile, documents=(), items=told)
    return evidence.Page(profile=profile, is_sample=False, kept=kept, all=(summary,))


def measure(
    work: Mapping[str, Callable[[], object]],
    loop: Callable[[], object] = calibrate,
    clock: Callable[[], float] = time.process_time,
    rounds: int = ROUNDS,
) -> Pace:
    """How many calibration loops each operation costs: the fastest of both, measured in turns."""

    def seconds(run: Callable[[], object]) -> float:
        begun = clock()
        run()
        return clock() - begun

    for run in (loop, *work.values()):
        run()  # what is made once is made before
    loops: list[float] = []
    spent: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, run in work.items():
            loops.append(seconds(loop))
            spent[name].append(seconds(run))
    return {name: round(min(each) / min(loops), 2) for name, each in spent.items()}


def slower(pinned: Pace, now: Pace) -> list[str]:
    """What costs more than its pin and the tolerance, a sentence each; also what only one of them knows."""
    found = [f"{name} is pinned, and not measured." for name in pinned if name not in now]
    found += [f"{name} is measured, and not pinned: --pin." for name in now if name not in pinned]
    for name, pin in pinned.items():
        if name in now and now[name] > pin * (1 + TOLERANCE):
            more = now[name] / pin - 1
            found.append(f"{name} costs {now[name]:g} loops, {more:.0%} more than the {pin:g} of its pin.")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare, and print; 1 where something became slower."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.pace", description="Hold the app against its pinned pace."
    )
    parser.add_argument("--pin", action="store_true", help="write today's pace down as the baseline")
    parser.add_argument("--accept-slower", action="store_true", help="with --pin, also what became slower")
    options = parser.parse_args(arguments)
    os.environ |= {"INROAD_ENV": "test", "EMBEDDING_DIR": os.devnull}
    kept = json.loads(PINNED.read_text(encoding="utf-8"))
    pinned: Pace = kept["loops"]
    python = ".".join(platform.python_version_tuple()[:2])
    if kept["python"] != python and not options.pin:
        print(f"The pace is pinned for Python {kept['python']}, and this is {python}.", file=sys.stderr)
        print("Run it there, or pin it anew.", file=sys.stderr)
        return 1
    now = measure(operations())
    if slower(pinned, now) and not options.pin:
        now = {name: min(each, now[name]) for name, each in measure(operations()).items()}  # once more
    for name, each in now.items():
        print(f"{name:20} {each:8.2f} loops   pinned {pinned.get(name, float('nan')):8.2f}")
    found = slower(pinned, now)
    if options.pin:
        worse = [name for name, pin in pinned.items() if now.get(name, 0) > pin * (1 + TOLERANCE)]
        if worse and not options.accept_slower:
            print(f"Not pinned: {', '.join(worse)} became slower. Say --accept-slower where that is wanted.")
            return 1
        PINNED.write_text(json.dumps({"python": python, "loops": now}, indent=2) + "\n", encoding="utf-8")
        return 0
    for sentence in found:
        print(sentence, file=sys.stderr)
    if found:
        print("Make it fast again, or pin it with the reason in the commit.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
