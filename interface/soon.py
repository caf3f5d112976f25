"""What `outreach` is about to offer, with plain answers until it does."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import outreach
from domain import Coverage, Document, Profile
from errors import InroadError
from outreach import Opening
from store import Kept


@dataclass(frozen=True)
class Parser:
    """A way to read a document's layout."""

    name: str
    label: str
    what_for: str


def _theirs(name: str) -> Any:
    return getattr(outreach, name, None)


def parsers() -> tuple[Any, ...]:
    return tuple(_theirs("parsers")()) if _theirs("parsers") else (Parser("auto", "Found automatically", ""),)


def read_evidence(
    name: str, data: bytes, parser: str, progress: Callable[[int, int], None]
) -> tuple[Document, Profile]:
    if read := _theirs("read_evidence"):
        document, profile = read(name, data, parser, progress)
        return document, profile
    profile = outreach.profile_from_upload(name, data)
    text, digest = data.decode("utf-8", errors="replace"), hashlib.sha256(data).hexdigest()
    return Document(name=name, digest=digest, format=name.rpartition(".")[2].upper(), text=text), profile


def forget(profile_id: str) -> None:
    if told := _theirs("forget"):
        told(profile_id)


def coverage(opening: Opening, profile: Profile, body: str) -> Coverage | None:
    if count := _theirs("coverage"):
        counted: Coverage | None = count(opening, profile, body)
        return counted
    return None


def export_evidence(form: str, kept: Kept) -> tuple[str, bytes]:
    if export := _theirs("export_evidence"):
        name, data = export(form, kept)
        return name, data
    raise InroadError("This download comes soon.")
