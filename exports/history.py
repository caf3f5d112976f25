"""All saved drafts, taken away: as a table, and as JSON with everything that is kept of each."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from domain import Draft, DraftKind, Evidence, FinalLine, Posting, Profile
from exports.table import rows_of

FORMAT = "inroad-drafts/1"
_COLUMNS = (
    "id",
    "company",
    "opening",
    "kind",
    "language",
    "state",
    "follow up",
    "written",
    "changed",
    "address",
    "note",
    "subject",
    "text",
    "sources",
    "own lines",
    "versions",
    "follows",
)


class Saved(Protocol):
    """A line of the list, as the store gives it."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> DraftKind: ...
    @property
    def language(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def company(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def note(self) -> str: ...
    @property
    def follows(self) -> str | None: ...
    @property
    def sources(self) -> int: ...
    @property
    def own_lines(self) -> int: ...
    @property
    def versions(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def changed_at(self) -> datetime: ...

    def model_dump(self, *, mode: str) -> dict[str, Any]: ...


class Version(Protocol):
    """A draft as it stood once."""

    @property
    def by(self) -> str: ...
    @property
    def draft(self) -> Draft: ...
    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def lines(self) -> Sequence[FinalLine]: ...

    def model_dump(self, *, mode: str, exclude: set[str]) -> dict[str, Any]: ...


class Whole(Protocol):
    """A saved draft with what it was made from and its last version."""

    @property
    def saved(self) -> Saved: ...
    @property
    def posting(self) -> Posting: ...
    @property
    def profile(self) -> Profile: ...
    @property
    def asks(self) -> Sequence[str]: ...
    @property
    def version(self) -> Version: ...


def to_csv(drafts: Iterable[Whole]) -> Iterator[bytes]:
    """The last version of every draft in a row."""
    return rows_of(_COLUMNS, (_row(draft.saved, draft.version) for draft in drafts))


def _row(saved: Saved, version: Version) -> tuple[object, ...]:
    return (
        saved.id,
        saved.company,
        saved.title,
        saved.kind.value,
        saved.language,
        saved.state,
        saved.due.isoformat() if saved.due else "",
        saved.created_at.isoformat(timespec="seconds"),
        saved.changed_at.isoformat(timespec="seconds"),
        saved.url,
        saved.note,
        version.subject,
        version.body,
        saved.sources,
        saved.own_lines,
        saved.versions,
        saved.follows,
    )


def to_json(drafts: Iterable[Whole], versions_of: Callable[[str], Sequence[Version]]) -> Iterator[bytes]:
    """Every draft with its opening, the evidence that it rests on, and all of its versions.

    Args:
        drafts: The drafts.
        versions_of: Gives the versions of one by its id; none where it has gone meanwhile.
    """
    yield f'{{"format": "{FORMAT}", "items": ['.encode()
    separator = b"\n"
    for draft in drafts:
        if versions := versions_of(draft.saved.id):
            told = json.dumps(_told(draft, versions), ensure_ascii=False, separators=(",", ":"))
            yield separator + told.encode("utf-8", "replace")
            separator = b",\n"
    yield b"\n]}\n"


def _told(draft: Whole, versions: Sequence[Version]) -> dict[str, Any]:
    return {
        **draft.saved.model_dump(mode="json"),
        "asks": list(draft.asks),
        "opening": draft.posting.model_dump(mode="json", exclude_defaults=True),
        "sender": {"name": draft.profile.name, "persona": draft.profile.persona.value},
        "evidence": [_item(item) for item in _cited(draft.profile, versions)],
        "versions": [_version(version) for version in versions],
    }


def _version(version: Version) -> dict[str, Any]:
    """What a writer wrote stands with its own version alone, and not again with each edit of it."""
    return version.model_dump(mode="json", exclude={"draft"} if version.by == "person" else set())


def _cited(profile: Profile, versions: Sequence[Version]) -> list[Evidence]:
    cited = {id_ for version in versions for line in version.lines for id_ in line.rests_on}
    cited |= {id_ for version in versions for id_ in version.draft.receipt.evidence}
    return [item for item in profile.evidence if item.id in cited]


def _item(item: Evidence) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude_defaults=True, exclude={"skills", "numbers"})
