"""The vectors of a profile's evidence, in an in-process Chroma: one collection a profile, built once.

Collections are an index over texts the caller holds, so any of them can be dropped and built again. They are
named after a hash of the texts and the embedding version: a changed profile never meets old vectors.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from matching.embedding import Embedder

KEPT: Final = 8  # collections; each takes 2.7 MB
BATCH: Final = 500


class Store:
    """Nearest evidence by meaning. Safe to share between threads."""

    def __init__(self) -> None:
        self._client = _client()
        self._collections: dict[str, Any] = {}
        self._lock = threading.Lock()

    def similarities(
        self, texts: Mapping[str, str], queries: Sequence[str], embedder: Embedder, nearest: int = 60
    ) -> list[dict[str, float]]:
        """For each query the cosine (-1 to 1) of its nearest texts, by the texts' ids.

        Args:
            texts: The evidence, id to text.
            queries: Requirement lines.
            embedder: Makes the vectors of both.
            nearest: How many texts to give a query; the others count as far.
        """
        if not texts or not queries:
            return [{} for _ in queries]
        vectors = embedder.embed(queries)
        with self._lock:
            collection = self._collection(texts, embedder)
            found = collection.query(
                query_embeddings=vectors, n_results=min(nearest, len(texts)), include=["distances"]
            )
        return [
            {name: 1.0 - float(distance) for name, distance in zip(names, distances, strict=True)}
            for names, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def __len__(self) -> int:
        return len(self._collections)

    def _collection(self, texts: Mapping[str, str], embedder: Embedder) -> Any:
        name = _name(texts, embedder.version)
        if name not in self._collections:
            if len(self._collections) >= KEPT:
                self._forget()
            self._collections[name] = self._build(name, texts, embedder)
        return self._collections[name]

    def _forget(self) -> None:
        """Drop all collections: a deleted one keeps its memory (chromadb 1.5.9), a reset gives it back.

        Those still wanted are built again on their next use, in some 20 ms from cached vectors.
        """
        self._client.reset()
        self._collections.clear()

    def _build(self, name: str, texts: Mapping[str, str], embedder: Embedder) -> Any:
        # get_or_create: in-process clients share one database, whatever their number
        collection = self._client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        ids = list(texts)
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            collection.upsert(ids=some, embeddings=embedder.embed([texts[i] for i in some]))
        return collection


_FIRST_USE = threading.Lock()


def store() -> Store:
    """The store of this process; Chroma is imported here, on first use."""
    # Chroma cannot be started by two threads at once.
    with _FIRST_USE:
        return _started()


@lru_cache(maxsize=1)
def _started() -> Store:
    return Store()


def _client() -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.EphemeralClient(Settings(anonymized_telemetry=False, allow_reset=True))


def _name(texts: Mapping[str, str], version: str) -> str:
    digest = hashlib.sha256(version.encode())
    for name, text in texts.items():
        digest.update(f"\0{name}\0{text}".encode())
    return f"profile-{digest.hexdigest()[:40]}"
