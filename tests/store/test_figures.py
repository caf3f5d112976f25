"""Counts over everybody: how many, and nothing of whom."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

import store
from store.tables import drafts
from tests.store.test_history import keep


def test_drafts_are_counted_by_the_day_they_were_written(kept: store.Store) -> None:
    today = datetime.now(UTC)
    ids = [keep(kept.history, person, f"Engineer {person}").id for person in ("ada", "bob", "cyd")]
    with kept._database.writing() as connection:
        for id_, days in zip(ids, (0, 2, 40), strict=True):
            when = today - timedelta(days=days)
            connection.execute(update(drafts).where(drafts.c.id == id_).values(created_at=when))
    found = kept.figures.kept(days=30, today=today.date())
    assert found.drafts == 3
    assert (len(found.drafts_by_day), found.drafts_by_day[-1][0]) == (30, today.date())
    assert [count for _, count in found.drafts_by_day if count] == [1, 1]
    assert found.drafts_by_day[-3] == (today.date() - timedelta(days=2), 1)


def test_who_has_no_account_is_a_visitor(kept: store.Store) -> None:
    kept.create("visitor-1", "Mine")
    found = kept.figures.kept()
    assert (found.people, found.sharing, found.visitors, found.unfinished_jobs) == (0, 0, 1, 0)


def test_a_database_tells_its_size_and_who_holds_it(kept: store.Store) -> None:
    size, in_use = kept.figures.size()
    assert size > 10_000
    assert in_use == 0
