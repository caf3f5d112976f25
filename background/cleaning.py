"""What has had its time is deleted, once an hour."""

import logging
import time
from pathlib import Path

import outreach
from errors import StoreError
from settings import Settings
from store import Store

log = logging.getLogger(__name__)

_UPLOAD_S = 3600.0
"""Seconds after which nobody waits any more for a file to be read that their browser sent."""


def clean(kept: Store, settings: Settings) -> None:
    """Delete jobs that ended a week ago, answers of yesterday, uploads nobody read, and dead sign-ins.

    And what this process has derived from profiles that were deleted in another. What cannot be deleted waits
    an hour.
    """
    deleted = {"uploads": _left_over(settings.data_dir.resolve() / "uploads")}
    try:
        deleted["jobs"] = kept.jobs.purge()
        deleted["answers"] = kept.answered.purge()
        deleted["ended sign-ins"] = kept.accounts.purge()
        deleted["indexes of profiles that are gone"] = outreach.keep_only(kept.profile_ids())
    except StoreError as error:
        log.warning("cleaning: %s", error.message)
    if any(deleted.values()):
        log.info("cleaning: %s", ", ".join(f"{count} {what}" for what, count in deleted.items() if count))


def _left_over(folder: Path) -> int:
    """Delete the files of a folder that have been there too long; returns how many."""
    oldest, count = time.time() - _UPLOAD_S, 0
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file() and path.lstat().st_mtime < oldest:
                path.unlink()
                count += 1
        except OSError:
            continue  # somebody else has taken it meanwhile
    return count
