"""What drafts were made from, as it was then: each opening and each profile once a person, compressed.

A snapshot is named by its contents, so ten drafts of one evidence share one. It outlives the profile and the
documents that it was taken of, and goes with the last draft that rests on it. Whoever changes a person's
snapshots holds the lock of that person.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, delete, insert, select

from domain import Posting, Profile
from language import quantities
from store.folding import storable
from store.tables import drafts, snapshots

_LEVEL = 6


def packed_noun(noun: BaseModel, **more: Any) -> str:
    """A noun as JSON that every database takes."""
    return packed(noun.model_dump(mode="json", exclude_defaults=True, **more))


def packed(value: Any) -> str:
    """Plain values as JSON that every database takes, the same for the same values."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a draft rests on, as it is kept, and its name. It takes a while, so it is made before the lock."""

    data: bytes
    digest: str

    @classmethod
    def of(cls, text: str) -> "Snapshot":
        data = text.encode()
        return cls(data, hashlib.sha256(data).hexdigest())


def of_posting(posting: Posting, asks: tuple[str, ...]) -> Snapshot:
    """An opening with what its page asks of applicants."""
    read = posting.model_dump(mode="json", exclude_defaults=True)
    return Snapshot.of(packed({"posting": read, "asks": asks}))


def of_profile(profile: Profile) -> Snapshot:
    """A profile as it is now. What a reader finds anew is left out."""
    derived = {"evidence": {"__all__": {"skills", "numbers"}}, "kept_as": True}
    return Snapshot.of(packed_noun(profile, exclude=derived))


def put(connection: Connection, person: str, snapshot: Snapshot) -> str:
    """Keep a snapshot, once a person; returns its name."""
    digest = snapshot.digest
    query = select(snapshots.c.digest).where(snapshots.c.person == person, snapshots.c.digest == digest)
    if connection.execute(query).first() is None:
        content = zlib.compress(snapshot.data, _LEVEL)
        connection.execute(insert(snapshots).values(person=person, digest=digest, content=content))
    return digest


def posting(connection: Connection, person: str, digest: str) -> tuple[Posting, tuple[str, ...]]:
    """An opening, and what its page asks of applicants."""
    held = _get(connection, person, digest)
    return Posting.model_validate(held["posting"]), tuple(held["asks"])


def profile(connection: Connection, person: str, digest: str) -> Profile:
    """A profile as it was; its `kept_as` is empty, as nothing derived from what is gone is kept either."""
    found = Profile.model_validate(_get(connection, person, digest))
    items = tuple(x.model_copy(update={"numbers": quantities.find(x.text)}) for x in found.evidence)
    return found.model_copy(update={"evidence": items})


def _get(connection: Connection, person: str, digest: str) -> Any:
    query = select(snapshots.c.content).where(snapshots.c.person == person, snapshots.c.digest == digest)
    return json.loads(zlib.decompress(connection.execute(query).scalar_one()))


def sweep(connection: Connection, person: str, digests: Iterable[str]) -> None:
    """Delete those of these snapshots that no draft of the person rests on any more."""
    names = set(digests)
    for column in (drafts.c.posting, drafts.c.profile):
        names -= set(connection.scalars(select(column).where(drafts.c.person == person, column.in_(names))))
    connection.execute(delete(snapshots).where(snapshots.c.person == person, snapshots.c.digest.in_(names)))
