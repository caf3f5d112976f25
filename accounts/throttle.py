"""How often somebody may fail: to sign in, to guess a code, to confirm a change."""

import hashlib
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from accounts.networks import network_of
from errors import TooMany

if TYPE_CHECKING:
    from store.accounts import Accounts

WINDOW = timedelta(minutes=15)
# A person who mistypes, all people behind one address, all addresses that try one person.
OF_BOTH, OF_ADDRESS, OF_EMAIL = 5, 30, 50


class Throttle:
    """What has failed for one e-mail from one address, whether or not anybody has that e-mail.

    Args:
        kept: Where failures are counted, for all processes.
        email: As it is compared.
        address: Where the request comes from.
    """

    def __init__(self, kept: "Accounts", email: str, address: str) -> None:
        self._kept = kept
        place = network_of(address)
        self._both = _key("both", email, place)
        self._limits = {
            self._both: OF_BOTH,
            _key("address", place): OF_ADDRESS,
            _key("email", email): OF_EMAIL,
        }
        self._has_failed = False

    def admit(self) -> None:
        """Let nobody try who has failed too often.

        Raises:
            TooMany: with the seconds until they may.
        """
        now = datetime.now(UTC)
        failed = self._kept.attempts(self._limits, now - WINDOW)
        self._has_failed = self._both in failed
        over = [each.first_at for key, each in failed.items() if each.count >= self._limits[key]]
        if over:
            wait = (max(over) + WINDOW - now).total_seconds()
            minutes = max(1, ceil(wait / 60))
            unit = "minute" if minutes == 1 else "minutes"
            raise TooMany("Too many tries failed.", f"Try again in {minutes} {unit}.", max(1.0, wait))

    def fail(self) -> int:
        """Count a failure; returns how many tries are left."""
        failed = self._kept.failed(self._limits, datetime.now(UTC) - WINDOW)
        return max(0, min(limit - failed[key].count for key, limit in self._limits.items()))

    def succeed(self) -> None:
        """Forget what this person mistyped here; what was tried on others counts on."""
        if self._has_failed:
            self._kept.forgive(self._both)


def _key(*parts: str) -> str:
    """A hash, so that the table is no list of who was here."""
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()
