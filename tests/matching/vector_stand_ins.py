"""What the tests of the index share: an embedder that needs no model, and a look into files for vectors."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matching import Embedder
from matching.embedding import DIMENSIONS, Vector


class Hashing(Embedder):
    """Gives each text a direction of its own, the same in every process, and keeps what it is asked for."""

    version = "hashing"

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        self.asked: list[str] = []
        self.dimensions = dimensions

    def embed(self, texts: Sequence[str]) -> Vector:
        self.asked += texts
        rows = [direction(text, self.dimensions) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)


def direction(text: str, dimensions: int = DIMENSIONS) -> Vector:
    """A unit vector that depends on the text alone."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    row = np.random.default_rng(seed).normal(size=dimensions).astype(np.float32)
    return np.asarray(row / np.linalg.norm(row), np.float32)


def files_that_hold(folder: Path, vector: Vector) -> list[str]:
    """The files in which a vector stands, scaled by any factor and at any offset."""
    return [p.name for p in sorted(folder.rglob("*")) if p.is_file() and _holds(p.read_bytes(), vector)]


def _holds(data: bytes, vector: Vector, window: int = 8) -> bool:
    wanted = vector[:window] / np.linalg.norm(vector[:window])
    for offset in range(4):
        usable = (len(data) - offset) // 4 * 4
        with np.errstate(invalid="ignore"):
            found = np.frombuffer(data[offset : offset + usable], np.float32).astype(np.float64)
        found = np.where(np.isfinite(found) & (np.abs(found) < 1e6), found, 0)
        if len(found) < window:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(found, window)
        norms = np.sqrt((windows**2).sum(axis=1))
        if np.any(windows @ wanted > 0.99999 * np.maximum(norms, 1e-9)):
            return True
    return False
