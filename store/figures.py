"""Counts over everybody, for who runs a place: how many, and nothing of whom or what."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from store.database import Database
from store.nouns import KeptFigures
from store.tables import accounts, backups, drafts, jobs, people


class Figures:
    """Counts of one database. Its queries name no person, as they are about nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kept(self, days: int = 30, today: date | None = None) -> KeptFigures:
        """How much is kept as of now.

        Args:
            days: How many days of drafts are counted, today included.
            today: In UTC.
        """
        today = today or datetime.now(UTC).date()
        first = today - timedelta(days=days - 1)
        day = func.date(drafts.c.created_at)
        written = (
            select(day, func.count())
            .where(drafts.c.created_at >= datetime.combine(first, time(), UTC))
            .group_by(day)
        )
        known = select(accounts.c.person)
        counts = {
            "people": select(func.count()).select_from(accounts),
            "sharing": select(func.count()).select_from(accounts).where(accounts.c.shares_outcomes),
            "visitors": select(func.count()).select_from(people).where(people.c.id.not_in(known)),
            "drafts": select(func.count()).select_from(drafts),
            "unfinished_jobs": select(func.count()).select_from(jobs).where(jobs.c.finished_at.is_(None)),
        }
        with self._database.reading() as connection:
            found = {name: int(connection.execute(query).scalar_one()) for name, query in counts.items()}
            by_day = {str(when): int(count) for when, count in connection.execute(written)}
        each = (first + timedelta(days=number) for number in range(days))
        return KeptFigures(
            **found,
            drafts_by_day=tuple((when, by_day.get(when.isoformat(), 0)) for when in each),
            bytes=self._database.size(),
            connections=self._database.in_use(),
        )

    def size(self) -> tuple[int, int]:
        """Bytes of the database, and how many connections this process holds to it now."""
        return self._database.size(), self._database.in_use()

    def last_backup(self) -> datetime | None:
        """When the last backup was made, as far as what makes backups says so here."""
        with self._database.reading() as connection:
            made_at: datetime | None = connection.execute(select(func.max(backups.c.made_at))).scalar()
        return made_at
