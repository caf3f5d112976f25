"""What a place for vectors is, and the plainest one: arrays in memory, compared one by one."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final, Protocol

import numpy as np

from matching.embedding import Embedder, Vector

Progress = Callable[[int, int], None]  # (texts done, texts in all)
Cosines = dict[str, float]  # -1 to 1, by the texts' ids

CHUNK: Final = 256  # texts embedded and written at once; other threads get their turn between two
KEPT_EXACT: Final = 8  # profiles; 1.5 KB an item


class Fault(Exception):
    """A place cannot be used now, or what it holds cannot be trusted. Never leaves this package."""


class Busy(Fault):
    """Another process has the place, or it did not answer a moment ago. Nothing is wrong with it."""


class Place(Protocol):
    """Keeps vectors of texts, a set of texts under each name. Safe to share between threads."""

    def sync(
        self, name: str, texts: Mapping[str, str], embedder: Embedder, progress: Progress | None
    ) -> None:
        """Hold the vectors of exactly these texts, by id. Embeds only what is new or changed.

        Raises:
            Fault: when it cannot.
        """

    def query(self, name: str, vectors: Vector, nearest: int) -> list[Cosines]:
        """For each row the cosines of its `nearest` texts.

        Raises:
            Fault: when it cannot, or knows fewer texts than it should.
        """

    def repair(self, name: str, attempt: int) -> bool:
        """Try to mend what a fault showed, `attempt` counting from 0; false where nothing is left to try."""

    def drop(self, name: str) -> None:
        """Forget a name and all vectors of it. An unknown name is no error.

        Raises:
            Fault: when it cannot.
        """


def digest(text: str) -> str:
    """Tells a changed text from an unchanged one."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Exact:
    """Holds vectors as arrays and compares them all: the place that is always there."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[str, dict[str, str], Vector]] = OrderedDict()

    def sync(
        self, name: str, texts: Mapping[str, str], embedder: Embedder, progress: Progress | None
    ) -> None:
        held = self._held.get(name)
        if held is not None and held[0] == embedder.version and held[1] == texts:
            return
        known = dict(zip(held[1].values(), held[2], strict=True)) if held else {}
        if held is not None and held[0] != embedder.version:
            known = {}
        missing = [text for text in dict.fromkeys(texts.values()) if text not in known]
        for start in range(0, len(missing), CHUNK):
            some = missing[start : start + CHUNK]
            known.update(zip(some, embedder.embed(some), strict=True))
            if progress:
                progress(start + len(some), len(missing))
        self._held[name] = (embedder.version, dict(texts), np.stack([known[t] for t in texts.values()]))
        while len(self._held) > KEPT_EXACT:
            self._held.popitem(last=False)

    def query(self, name: str, vectors: Vector, nearest: int) -> list[Cosines]:
        held = self._held.get(name)
        if held is None:
            raise Fault("forgotten")
        ids = list(held[1])
        count = min(nearest, len(ids))
        cosines = vectors @ held[2].T
        best = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        found = np.take_along_axis(cosines, best, axis=1)
        order = np.argsort(-found, axis=1)
        best, found = np.take_along_axis(best, order, axis=1), np.take_along_axis(found, order, axis=1)
        return [
            {ids[place]: cosine for place, cosine in zip(places, row, strict=True)}
            for places, row in zip(best.tolist(), found.tolist(), strict=True)
        ]

    def repair(self, name: str, attempt: int) -> bool:  # noqa: ARG002  # forgotten between two calls: once more
        return attempt == 0

    def drop(self, name: str) -> None:
        self._held.pop(name, None)
