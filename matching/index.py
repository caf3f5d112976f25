"""The nearest evidence by meaning: an index over texts that SQL, or the caller, holds.

A profile with a key keeps its vectors in Chroma, on disk or on a server, and only its new and changed texts
are embedded. One without a key, a visitor's, has them in the memory of this process. What cannot be used is
built again or passed over: arrays give the same answer, and no draft fails for an index.
"""

import hashlib
import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import settings
from errors import StoreError
from matching.chroma import Collections, Memory, Server
from matching.disk import Disk
from matching.embedding import Embedder, Vector
from matching.vectors import Busy, Cosines, Exact, Fault, Place, Progress

NEAREST: Final = 60
_LOG = logging.getLogger(__name__)


class Index:
    """Nearest evidence by meaning. Safe to share between threads.

    Args:
        kept: Where the vectors of profiles with a key are kept; None keeps nothing beyond this process.
    """

    def __init__(self, kept: Place | None = None) -> None:
        self._kept = kept
        self._memory = Memory()
        self._exact = Exact()
        self._turns: dict[str, threading.Lock] = {}
        self._gone: set[str] = set()  # dropped: whoever still holds such a profile leaves nothing behind
        self._warned: set[str] = set()

    def similarities(
        self,
        texts: Mapping[str, str],
        queries: Sequence[str],
        embedder: Embedder,
        nearest: int = NEAREST,
        key: str = "",
    ) -> list[Cosines]:
        """For each query the cosine (-1 to 1) of its nearest texts, by the texts' ids.

        Args:
            texts: The evidence, id to text.
            queries: Requirement lines.
            embedder: Makes the vectors of both.
            nearest: How many texts to give a query; the others count as far.
            key: Names the profile for good, so that its vectors are kept; empty for a visitor's.
        """
        if not texts or not queries:
            return [{} for _ in queries]
        vectors = embedder.embed(queries)
        name = self._name(texts, embedder, key)
        with self._turn(name):
            for place in self._places(key):
                found = self._ask(place, name, texts, embedder, vectors, nearest)
                if found is not None:
                    return found
        raise AssertionError("arrays always answer")

    def update(
        self, texts: Mapping[str, str], embedder: Embedder, key: str, progress: Progress | None = None
    ) -> None:
        """Embed what is new or changed in a profile now, so that its first match need not.

        Args:
            texts: All its evidence, id to text.
            embedder: Makes the vectors.
            key: As in `similarities`.
            progress: Called with (texts done, texts in all) after every few hundred.
        """
        if not texts:
            return
        nothing = embedder.embed([])
        name = self._name(texts, embedder, key)
        with self._turn(name):
            for place in self._places(key):
                if self._ask(place, name, texts, embedder, nothing, 1, progress) is not None:
                    return

    def is_kept(self, key: str) -> bool:
        """Whether this process has the vectors of a profile where they outlive it."""
        return isinstance(self._kept, Collections) and self._kept.knows(_keyed(key))

    def drop(self, key: str) -> None:
        """Delete all vectors of a profile, wherever they are.

        Raises:
            StoreError: when the place that keeps them cannot be reached. They are still there, so ask again.
        """
        name = _keyed(key)
        with self._turn(name):
            self._gone.add(key)
            self._exact.drop(name)
            try:
                self._memory.drop(name)
                if self._kept is not None:
                    self._kept.drop(name)
            except Fault:
                raise StoreError(
                    "The index of your evidence cannot be reached, so it could not be deleted.",
                    "Try again in a minute.",
                ) from None

    def keep_only(self, keys: Iterable[str]) -> int:
        """Delete the vectors that lie in this process's folder of all other profiles; returns of how many.

        Who deletes a profile in another process cannot reach them. What cannot be deleted now stays.
        """
        if not isinstance(self._kept, Disk):
            return 0
        try:
            return self._kept.keep_only({_keyed(key) for key in keys})
        except Fault:
            return 0

    def _turn(self, name: str) -> threading.Lock:
        """The lock of one profile: none waits for another's."""
        return self._turns.setdefault(name, threading.Lock())

    def _places(self, key: str) -> list[Place]:
        """Where to look, in order; the last one always answers."""
        if key in self._gone:
            return [self._exact]
        if key and isinstance(self._kept, Disk):
            return [self._kept, self._memory, self._exact]
        if key and self._kept is not None:
            return [self._kept, self._exact]
        return [self._memory, self._exact]

    def _ask(
        self,
        place: Place,
        name: str,
        texts: Mapping[str, str],
        embedder: Embedder,
        vectors: Vector,
        nearest: int,
        progress: Progress | None = None,
    ) -> list[Cosines] | None:
        """What a place answers, mended where it must be; None where it cannot be."""
        attempt = 0
        while True:
            try:
                place.sync(name, texts, embedder, progress)
                return place.query(name, vectors, nearest) if len(vectors) else []
            except Busy:
                return None
            except Fault as fault:
                if not place.repair(name, attempt):
                    self._warn(place, fault)
                    return None
                attempt += 1

    def _warn(self, place: Place, fault: Fault) -> None:
        """Say once for each kind of place that it failed."""
        kind = type(place).__name__.lower()
        if kind not in self._warned:
            self._warned.add(kind)
            _LOG.warning(
                "The index of evidence (%s) cannot be used: %s. Matching goes on without.", kind, fault
            )

    def _name(self, texts: Mapping[str, str], embedder: Embedder, key: str) -> str:
        return _keyed(key) if key else self._memory.named(texts) or _visitors(texts, embedder.version)


@lru_cache(maxsize=1)
def _of_process() -> Index:
    config = settings.current()
    if config.chroma_url:
        token = config.chroma_token.get_secret_value() if config.chroma_token else ""
        return Index(Server(config.chroma_url, token))
    return Index(Disk(config.data_dir / "chroma"))


_FIRST_USE = threading.Lock()


def index() -> Index:
    """The index of this process, where the settings say; Chroma is imported on first use, not here."""
    with _FIRST_USE:
        return _of_process()


def forget(key: str) -> None:
    """Delete all vectors of a profile, by its key; see `Index.drop`."""
    index().drop(key)


def keep_only(keys: Iterable[str]) -> int:
    """As `Index.keep_only`."""
    return index().keep_only(keys)


def _keyed(key: str) -> str:
    """A collection's name. It tells nobody whose it is."""
    return f"profile-{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _visitors(texts: Mapping[str, str], version: str) -> str:
    """A name for texts without an owner: equal texts share it."""
    found = hashlib.sha256(version.encode())
    for name, text in texts.items():
        found.update(f"\0{name}\0{text}".encode())
    return f"visitor-{found.hexdigest()[:40]}"
