"""Chroma as a place for vectors: in this process's memory, or on a server. On disk: `matching.disk`.

Chroma gets ids, vectors and a digest of each text, never a text. A name is a collection.
"""

import threading
import time
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np

from matching.embedding import Embedder, Vector
from matching.vectors import CHUNK, Busy, Cosines, Fault, Progress, digest

KEPT_IN_MEMORY: Final = 8  # collections; each takes 2.7 MB and more
KNOWN: Final = 64  # collections of which this process remembers what they hold
PAGE: Final = 1000  # records asked for at once
REST_S: Final = 30.0  # after a server did not answer it is left alone
REACH_S: Final = 3.0
ANSWER_S: Final = 20.0

# Written to disk after every change: an index that Chroma 1.5.9 has not written when it makes room for others
# is lost ("Nothing found on disk").
_HNSW: Final = {"space": "cosine", "batch_size": 1, "sync_threshold": 1}
_STARTING = threading.Lock()  # Chroma cannot be started by two threads at once


@contextmanager
def faults() -> Iterator[None]:
    """Turn whatever Chroma raises into a `Fault`: its own errors, httpx's, and panics of its Rust code."""
    try:
        yield
    except Fault:
        raise
    except BaseException as error:
        # A Rust panic derives from BaseException and its class cannot be imported.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise Fault(type(error).__name__) from error


@dataclass(frozen=True)
class _Known:
    """A collection brought up to date by this process."""

    version: str
    texts: dict[str, str]
    collection: Any


class Collections(ABC):
    """What all Chromas share: one collection a name, brought up to date by what changed."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._client: Any = None
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def sync(
        self, name: str, texts: Mapping[str, str], embedder: Embedder, progress: Progress | None
    ) -> None:
        with self._opened():
            known = self._known.get(name)
            if known is not None and (known.version, known.texts) == (embedder.version, texts):
                self._known.move_to_end(name)
                return
            self._known.pop(name, None)
            held = self._held(name, embedder.version)
            wanted = {id_: digest(text) for id_, text in texts.items()}
            if held.keys() - wanted.keys():
                held = self._shrink(name, wanted, embedder.version)
        changed = [id_ for id_ in wanted if held.get(id_) != wanted[id_]]
        for start in range(0, len(changed), CHUNK):
            some = changed[start : start + CHUNK]
            vectors = embedder.embed([texts[id_] for id_ in some])
            with self._opened():
                self._write(name, some, vectors, [wanted[id_] for id_ in some])
                self._written(name)  # what is embedded is kept, whatever becomes of the rest
            if progress:
                progress(start + len(some), len(changed))
        with self._opened():
            self._known[name] = _Known(embedder.version, dict(texts), _get(self._client, name))
            while len(self._known) > KNOWN:
                self._known.popitem(last=False)

    def query(self, name: str, vectors: Vector, nearest: int) -> list[Cosines]:
        with self._opened():
            known = self._known[name]
            count = min(nearest, len(known.texts))
            found = known.collection.query(query_embeddings=vectors, n_results=count, include=["distances"])
        # A lost index answers with what little it has.
        if any(len(ids) < count for ids in found["ids"]):
            raise Fault("incomplete")
        return [
            {
                id_: 1.0 - float(distance)
                for id_, distance in zip(ids, distances, strict=True)
                if id_ in known.texts
            }
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def knows(self, name: str) -> bool:
        """Whether a name has been brought up to date here, lately."""
        return name in self._known

    def drop(self, name: str) -> None:
        with self._opened() as client:
            self._known.pop(name, None)
            if _find(client, name) is not None:
                self._delete(name)

    def close(self) -> None:
        """Let go of Chroma; the next use opens it again."""
        with self._lock, faults():
            client, self._client = self._client, None
            self._known.clear()
            if client is not None:
                client.close()

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """The client, this thread's alone for a moment."""
        with self._lock, faults():
            if self._client is None:
                self._client = self._open()
            yield self._client

    @abstractmethod
    def repair(self, name: str, attempt: int) -> bool:
        """As in `Place`."""

    @abstractmethod
    def _open(self) -> Any:
        """Start a client."""

    def _trusted(self, name: str) -> bool:  # noqa: ARG002  # those that keep files look at them
        """Whether what is held under a name may be used."""
        return True

    def _changing(self, name: str) -> None:  # noqa: B027  # nothing to do in most places
        """Called before a collection is changed."""

    def _written(self, name: str) -> None:  # noqa: B027
        """Called when a collection is as it should be."""

    def _held(self, name: str, version: str) -> dict[str, str]:
        """The digests of the texts whose vectors are held, by id. Vectors of another version do not count."""
        collection = _find(self._client, name)
        if collection is not None:
            if self._trusted(name) and collection.metadata == {"embedding": version}:
                return {id_: found["text"] for id_, found in _records(collection, "metadatas")}
            self._delete(name)
        self._create(name, version)
        return {}

    def _create(self, name: str, version: str) -> None:
        self._changing(name)
        self._client.create_collection(
            name, embedding_function=None, configuration={"hnsw": _HNSW}, metadata={"embedding": version}
        )

    def _shrink(self, name: str, wanted: Mapping[str, str], version: str) -> dict[str, str]:
        """Build a collection again from those of its vectors that are still wanted.

        A vector deleted from an HNSW index stays in its file, and the file only grows.
        """
        collection = _get(self._client, name)
        held = {id_: found["text"] for id_, found in _records(collection, "metadatas")}
        kept = [id_ for id_ in wanted if held.get(id_) == wanted[id_]]
        vectors = dict(_records(collection, "embeddings")) if kept else {}
        self._delete(name)
        self._create(name, version)
        for start in range(0, len(kept), CHUNK):
            some = kept[start : start + CHUNK]
            rows = np.array([vectors[id_] for id_ in some], np.float32)
            self._write(name, some, rows, [wanted[id_] for id_ in some])
        self._written(name)
        return {id_: wanted[id_] for id_ in kept}

    def _write(self, name: str, ids: list[str], vectors: Vector, digests: Sequence[str]) -> None:
        self._changing(name)
        _get(self._client, name).upsert(
            ids=ids, embeddings=vectors, metadatas=[{"text": text} for text in digests]
        )

    def _delete(self, name: str) -> None:
        self._client.delete_collection(name)


class Memory(Collections):
    """Chroma in this process, gone with it; for those who have no account."""

    def __init__(self) -> None:
        super().__init__()
        self._times_forgotten = 0

    def named(self, texts: Mapping[str, str]) -> str:
        """The name under which exactly these texts are known, or none. Hashing 10,000 takes longer."""
        with self._lock:
            return next((name for name, known in self._known.items() if known.texts == texts), "")

    def repair(self, name: str, attempt: int) -> bool:  # noqa: ARG002  # all collections go at once
        with self._lock, suppress(Fault), faults():
            self._forget()
        return attempt == 0

    def sync(
        self, name: str, texts: Mapping[str, str], embedder: Embedder, progress: Progress | None
    ) -> None:
        with self._unless_forgotten():
            super().sync(name, texts, embedder, progress)

    def query(self, name: str, vectors: Vector, nearest: int) -> list[Cosines]:
        with self._unless_forgotten():
            if not self.knows(name):
                raise Busy("forgotten")
            return super().query(name, vectors, nearest)

    @contextmanager
    def _unless_forgotten(self) -> Iterator[None]:
        """Where room was made for another visitor in the midst of it, nothing is wrong."""
        before = self._times_forgotten
        try:
            yield
        except Fault:
            if self._times_forgotten != before:
                raise Busy("forgotten") from None
            raise

    def drop(self, name: str) -> None:
        # A deleted collection keeps its memory (chromadb 1.5.9); a reset gives it back.
        with self._lock, faults():
            if name in self._known:
                self._forget()

    def _open(self) -> Any:
        import chromadb

        with _STARTING:
            return chromadb.EphemeralClient(chroma_settings(allow_reset=True))

    def _create(self, name: str, version: str) -> None:
        # In-process clients share one database, whatever their number: ask it how full it is.
        if self._client.count_collections() >= KEPT_IN_MEMORY:
            self._forget()
        super()._create(name, version)

    def _forget(self) -> None:
        """Drop all collections. Those still wanted are built again, in some 20 ms from cached vectors."""
        self._known.clear()
        self._times_forgotten += 1
        if self._client is not None:
            self._client.reset()


class Server(Collections):
    """A Chroma server that several processes share.

    Args:
        url: http(s)://host:port.
        token: Sent with each request, as Chroma Cloud and as most gateways expect it.
    """

    def __init__(self, url: str, token: str = "") -> None:
        super().__init__()
        self._url = url
        self._headers = {"X-Chroma-Token": token, "Authorization": f"Bearer {token}"} if token else {}
        self._rests_until = 0.0

    def repair(self, name: str, attempt: int) -> bool:
        if attempt > 0:
            return False
        try:
            self.drop(name)
        except Fault:
            with self._lock:
                self._client = None
                self._rests_until = time.monotonic() + REST_S
            return False
        return True

    def _open(self) -> Any:
        import chromadb
        import httpx

        if time.monotonic() < self._rests_until:
            raise Busy("resting")
        # Chroma's own client waits for ever; so ask first, and bound its waiting after.
        httpx.get(f"{self._url}/api/v2/heartbeat", headers=self._headers, timeout=REACH_S).raise_for_status()
        parts = urlsplit(self._url)
        secure = parts.scheme == "https"
        with _STARTING:
            client = chromadb.HttpClient(
                host=parts.hostname or "",
                port=parts.port or (443 if secure else 80),
                ssl=secure,
                headers=dict(self._headers),
                settings=chroma_settings(),
            )
        client._server._session.timeout = httpx.Timeout(ANSWER_S, connect=REACH_S)  # type: ignore[attr-defined]
        return client

    def _delete(self, name: str) -> None:
        """Overwrite the vectors, then delete: the server keeps a deleted collection's files (1.5.9)."""
        collection = _get(self._client, name)
        ids = [id_ for id_, _ in _records(collection, "metadatas")]
        for start in range(0, len(ids), PAGE):
            some = ids[start : start + PAGE]
            nothing = np.zeros((len(some), self._dimensions(collection)), np.float32)
            nothing[:, 0] = 1
            collection.upsert(ids=some, embeddings=nothing, metadatas=[{"text": ""}] * len(some))
        super()._delete(name)

    @staticmethod
    def _dimensions(collection: Any) -> int:
        return len(collection.peek(1)["embeddings"][0])


def chroma_settings(**others: Any) -> Any:
    """Chroma's settings: no telemetry, and nothing from a `.env` that is ours."""
    from chromadb.config import Settings

    return Settings(_env_file=None, anonymized_telemetry=False, **others)  # type: ignore[call-arg]  # as in ours


def _find(client: Any, name: str) -> Any:
    """A collection, or None where there is none."""
    from chromadb.errors import NotFoundError

    with suppress(NotFoundError):
        return _get(client, name)
    return None


def _get(client: Any, name: str) -> Any:
    return client.get_collection(name, embedding_function=None)


def _records(collection: Any, what: str) -> Iterator[tuple[str, Any]]:
    """Each id of a collection with its metadata or vector."""
    for start in range(0, collection.count(), PAGE):
        page = collection.get(include=[what], limit=PAGE, offset=start)
        yield from zip(page["ids"], page[what], strict=True)
