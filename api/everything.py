"""All that is kept of a person, in one ZIP."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Literal

import outreach
from errors import NotFound
from store import Account, Store, WholeDraft

_FORMS: tuple[Literal["json", "csv"], ...] = ("json", "csv")
_IN_MEMORY = 1_000_000
_CHUNK = 64 * 1024
_README = """What Inroad keeps of you.

account.json    your account, where you are signed in, and your tokens (never their secrets)
evidence/       each profile as JSON Resume with what every item was read from, and as a table
drafts/         each saved draft with its opening, its evidence and all of its versions
jobs.json       work in the background of the last days
"""


def packed(kept: Store, account: Account) -> Iterator[bytes]:
    """The ZIP in pieces, all read before the first one; beyond a megabyte it waits in a file without a name.

    Raises:
        StoreError: when something cannot be read.
    """
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed when its last piece has gone
    try:
        _pack(kept, account, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_CHUNK):
            yield piece


def _pack(kept: Store, account: Account, file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README)
        archive.writestr("account.json", _account(kept, account))
        for number, summary in enumerate(kept.profiles(account.person), start=1):
            profile = kept.load(account.person, summary.id)
            for form in _FORMS:
                _, data = outreach.export_evidence(form, profile.profile, profile.items, profile.documents)
                archive.writestr(f"evidence/{number}.{form}", data)
        for draft in kept.history.each(account.person):
            archive.writestr(f"drafts/{draft.saved.id}.json", _draft(kept, account.person, draft))
        archive.writestr("jobs.json", _jobs(kept, account.person))


def _draft(kept: Store, person: str, draft: WholeDraft) -> str:
    whole = draft.model_dump(mode="json", exclude={"version"})
    try:
        versions = kept.history.versions(person, draft.saved.id)
    except NotFound:  # deleted a moment ago
        versions = (draft.version,)
    return _json(whole | {"versions": [each.model_dump(mode="json") for each in versions]})


def _jobs(kept: Store, person: str) -> str:
    found: list[dict[str, object]] = []
    after: str | None = None
    while True:
        lines, after = kept.jobs.list(person, after=after)
        found += [line.model_dump(mode="json") for line in lines]
        if after is None:
            return _json(found)


def _account(kept: Store, account: Account) -> str:
    whole = account.model_dump(mode="json")
    whole["sessions"] = [each.model_dump(mode="json") for each in kept.accounts.sessions(account.person)]
    whole["tokens"] = [each.model_dump(mode="json") for each in kept.accounts.tokens(account.person)]
    return _json(whole)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
