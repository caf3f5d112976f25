"""An index of evidence killed with SIGKILL while it is written, again and again; and what it says afterwards.

    python -m benchmarks.killed_index [--kills 100]

One process after another opens the same folder, checks that three profiles answer as arrays would, and
rewrites them until it is killed. The baseline is Chroma alone over the same kills: how often it then fails to
answer, or answers wrongly, where nothing checks its files.
"""

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from matching import Embedder
from matching.disk import Disk
from matching.embedding import DIMENSIONS, Vector
from matching.index import Index
from settings import ROOT

KILLS = 100
PROFILES = 3
LONGEST_S = 1.2  # from the moment a process begins to rewrite until it is killed
DURING_RECOVERY = 0.2  # the share of lives before which another is killed as it begins
ANEW = 60  # of 200 texts embedded: more than one version changes
OUTCOMES = ("kept", "rebuilt", "wrong", "failed", "crashed")  # from good to bad


class Directions(Embedder):
    """Gives each text a direction of its own, the same in every process; as quick as no embedder can be."""

    version = "directions"

    def __init__(self) -> None:
        """Needs no model."""

    def embed(self, texts: Sequence[str]) -> Vector:
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
            row[:] = np.random.default_rng(seed).normal(size=DIMENSIONS)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32).reshape(rows.shape)


def main() -> int:
    """Print how each life of both indexes began."""
    parser = argparse.ArgumentParser(prog="benchmarks.killed_index", description=__doc__)
    parser.add_argument("--corpus", help="not used here")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument(
        "--live", nargs=3, metavar=("KIND", "FOLDER", "SEED"), help="one life; used by itself"
    )
    options = parser.parse_args()
    if options.live:
        kind, folder, seed = options.live
        live(kind, Path(folder), random.Random(int(seed)))
        return 0
    print(f"{'after kill -9 while writing':<30}" + "".join(f"{name:>10}" for name in OUTCOMES))
    outcomes = {}
    for kind, title in (("ours", "Inroad's index"), ("bare", "baseline: Chroma alone")):
        with tempfile.TemporaryDirectory() as folder:
            outcomes[kind] = kill_often(kind, Path(folder), options.kills)
        print(f"{title:<30}" + "".join(f"{outcomes[kind][name]:>10}" for name in OUTCOMES), flush=True)
    return 0 if outcomes["ours"]["kept"] + outcomes["ours"]["rebuilt"] == options.kills else 1


def kill_often(kind: str, folder: Path, kills: int, seed: int = 1) -> Counter[str]:
    """Live and kill; how each life that followed a kill began: kept, rebuilt, wrong, failed or crashed."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    for number in range(kills + 1):
        if chance.random() < DURING_RECOVERY:
            _kill_soon(kind, folder, chance)
        with _life(kind, folder, number) as process:
            said = _first_line(process)
            if number:
                found[said] += 1
            time.sleep(chance.random() * LONGEST_S)
            process.send_signal(signal.SIGKILL)
    return found


def _kill_soon(kind: str, folder: Path, chance: random.Random) -> None:
    """Kill a process while it starts, or mends what the last kill left."""
    with _life(kind, folder, 0) as process:
        time.sleep(0.5 + chance.random() * LONGEST_S)
        process.send_signal(signal.SIGKILL)


def _life(kind: str, folder: Path, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.killed_index", "--live", kind, str(folder), str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)


def _first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip() or "crashed"


def live(kind: str, folder: Path, chance: random.Random) -> None:
    """Say in a line how the index is found, then rewrite it until killed."""
    index: Any = Index(Disk(folder)) if kind == "ours" else BareChroma(folder)
    state = folder / "state"
    version = int(state.read_text(encoding="ascii")) if state.exists() else 0
    found = [_judge(index, _texts(number, version), f"person {number}") for number in range(PROFILES)]
    print(max(found, key=OUTCOMES.index), flush=True)
    while True:
        version = (version + 1) % 1000
        for number in range(PROFILES):
            index.similarities(_texts(number, version), ["q"], Directions(), key=f"person {number}")
            if chance.random() < 0.1:
                index.drop(f"person {chance.randrange(PROFILES)}")
        fresh = state.with_suffix(".new")
        fresh.write_text(str(version), encoding="ascii")
        fresh.replace(state)


def _judge(index: Any, texts: Mapping[str, str], key: str) -> str:
    """How the index answers for one profile."""
    embedder = Counting()
    lines = ["a line", next(iter(texts.values()))]
    try:
        found = index.similarities(texts, lines, embedder, nearest=20, key=key)
    except Exception:  # noqa: BLE001  # the baseline's ways to fail are what is counted
        return "failed"
    if isinstance(index, Index) and not index.is_kept(key):
        return "failed"  # arrays answered
    rebuilt = embedder.count > ANEW
    rows = embedder.embed(list(texts.values()))
    for line, near in zip(embedder.embed(lines), found, strict=True):
        cosines = dict(zip(texts, (rows @ line).tolist(), strict=True))
        if len(near) != 20 or any(abs(cosines.get(id_, 9) - cosine) > 1e-3 for id_, cosine in near.items()):
            return "wrong"
    return "rebuilt" if rebuilt else "kept"


def _texts(number: int, version: int) -> dict[str, str]:
    """Two hundred texts; a tenth of them is new in each version, and some are gone."""
    return {
        f"e{item}": f"{number} {item} {(version + item) // 10}"
        for item in range(200)
        if (item + version) % 37
    }


class Counting(Directions):
    """Counts the texts it is asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def embed(self, texts: Sequence[str]) -> Vector:
        self.count += len(texts)
        return super().embed(texts)


class BareChroma:
    """Chroma's persistent client as its documentation uses it, without locks, seals or repairs."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        self._client = chromadb.PersistentClient(str(folder / "chroma"), Settings(anonymized_telemetry=False))

    def similarities(
        self,
        texts: Mapping[str, str],
        queries: Sequence[str],
        embedder: Embedder,
        nearest: int = 60,
        key: str = "",
    ) -> list[dict[str, float]]:
        """As the index does it, with the texts' own hashes as metadata."""
        collection = self._client.get_or_create_collection(
            key.replace(" ", "-"), embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        held = collection.get(include=["metadatas"])
        known = {id_: data["text"] for id_, data in zip(held["ids"], held["metadatas"] or [], strict=True)}
        if gone := [id_ for id_ in known if id_ not in texts]:
            collection.delete(ids=gone)
        if changed := [id_ for id_ in texts if known.get(id_) != texts[id_]]:
            vectors = embedder.embed([texts[id_] for id_ in changed])
            collection.upsert(
                ids=changed, embeddings=vectors, metadatas=[{"text": texts[id_]} for id_ in changed]
            )
        found = collection.query(
            query_embeddings=embedder.embed(queries), n_results=nearest, include=["distances"]
        )
        return [
            {id_: 1 - distance for id_, distance in zip(ids, distances, strict=True)}
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def drop(self, key: str) -> None:
        """Delete a profile's collection."""
        from chromadb.errors import NotFoundError

        with suppress(NotFoundError):
            self._client.delete_collection(key.replace(" ", "-"))


if __name__ == "__main__":
    os.environ.setdefault("INROAD_ENV", "test")
    sys.exit(main())
