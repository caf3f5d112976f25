"""What has had its time is deleted, once an hour."""

import logging

from errors import StoreError
from store import Store

log = logging.getLogger(__name__)


def clean(kept: Store) -> None:
    """Delete jobs that ended a week ago, answers of yesterday, sign-ins, codes and failed attempts that have
    ended; what could not be deleted waits an hour.
    """
    try:
        deleted = {
            "jobs": kept.jobs.purge(),
            "answers": kept.answered.purge(),
            "ended sign-ins": kept.accounts.purge(),
        }
    except StoreError as error:
        log.warning("cleaning: %s", error.message)
        return
    if any(deleted.values()):
        log.info("cleaning: %s", ", ".join(f"{count} {what}" for what, count in deleted.items() if count))
