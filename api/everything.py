"""All that is kept of a person, in one ZIP."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

import outreach
from store import Account, Store

_IN_MEMORY = 1_000_000
_CHUNK = 64 * 1024
_README = """What Inroad keeps of you.

account.json    your account, where you are signed in, and your tokens (never their secrets)
evidence/       each profile as JSON Resume with what every item was read from, and as a table
"""


def packed(kept: Store, account: Account) -> Iterator[bytes]:
    """The ZIP in pieces; what does not fit into a megabyte waits in a file without a name.

    Raises:
        StoreError: when something cannot be read; before the first piece.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        _pack(kept, account, file)
        file.seek(0)
        while piece := file.read(_CHUNK):
            yield piece


def _pack(kept: Store, account: Account, file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README)
        archive.writestr("account.json", _account(kept, account))
        for number, summary in enumerate(kept.profiles(account.person), start=1):
            profile = kept.load(account.person, summary.id)
            for form in ("json", "csv"):
                _, data = outreach.export_evidence(form, profile.profile, profile.items, profile.documents)
                archive.writestr(f"evidence/{number}.{form}", data)


def _account(kept: Store, account: Account) -> str:
    whole = account.model_dump(mode="json")
    whole["sessions"] = [each.model_dump(mode="json") for each in kept.accounts.sessions(account.person)]
    whole["tokens"] = [each.model_dump(mode="json") for each in kept.accounts.tokens(account.person)]
    return json.dumps(whole, indent=2, ensure_ascii=False)
