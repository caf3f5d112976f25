"""The administrator's page: figures, people and codes, for nobody else's eyes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from interface.desk import Desk
from interface.views import administration
from store import Account, KeptFigures, Member
from telemetry.counted import Counted
from telemetry.recent import Minute
from tests.interface.test_interface_accounts import PAGE, account, asked, do, signed_in
from tests.interface.test_interface_accounts import place as place

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
KEPT = KeptFigures(
    people=2,
    sharing=1,
    visitors=0,
    drafts=7,
    drafts_by_day=tuple((date(2026, 11, 1) + timedelta(days=n), n) for n in range(3)),
    unfinished_jobs=0,
    bytes=3_200_000,
    connections=1,
)
COUNTED = Counted(
    began=NOW.timestamp(),
    requests={"2xx": 12},
    rungs={"<b>rung</b>": 3},
    drafts={"embedded": 7},
    dropped={"verbs": 2},
    tokens={},
    model_errors={},
    sign_ins={},
    writing=1,
    waiting=0,
    job_waits_s=0,
)


def member(person: str, name: str, *, is_admin: bool = False) -> Member:
    email = f"{person}@mail.example"
    made = Account(person=person, email=email, name=name, is_admin=is_admin, created_at=NOW)
    return Member(account=made, seen_at=NOW, evidence=3, drafts=1)


def shown(*people: Member, minutes: tuple[Minute, ...] = ()) -> str:
    page = administration.Page(
        kept=KEPT, outcomes={"sent": 4}, counted=COUNTED, minutes=minutes, people=people, me="ada"
    )
    return administration.page(page)


def test_somebody_else_can_be_given_a_code_or_removed_but_not_oneself() -> None:
    page = shown(member("ada", "Ada", is_admin=True), member("bob", "Bob"))
    assert 'data-call="POST api/v1/admin/people/bob/code"' in page
    assert 'data-post="DELETE api/v1/admin/people/bob"' in page
    assert "people/ada" not in page
    assert page.count("Administrator</span>") == 1


def test_what_people_call_themselves_and_counters_are_text() -> None:
    page = shown(member("bob", '<img src=x onerror="alert(1)">'))
    assert "<img" not in page
    assert "<b>rung</b>" not in page


def test_plots_are_drawn_to_their_highest_value() -> None:
    minutes = tuple(Minute(NOW.timestamp() + 60 * n, n, n * 2**20) for n in range(100, 103))
    page = shown(minutes=minutes)
    assert page.count("<rect") == 2  # a day without drafts has no bar
    assert 'y="0.0" width="150.0" height="80.0"' in page
    assert page.count("<polyline") == 2
    assert "2 min ago" in page
    assert "102 MiB" in page


def test_jobs_that_nobody_begins_are_told() -> None:
    assert ">0</dd>" in shown()
    waits = administration.Page(
        kept=KEPT.model_copy(update={"unfinished_jobs": 12}),
        outcomes={},
        counted=replace(COUNTED, job_waits_s=250),
        minutes=(),
    )
    assert "12, waiting 4 min" in administration.page(waits)


def test_a_process_that_has_just_begun_has_no_hours_to_show() -> None:
    assert "<polyline" not in shown()
    assert "not known" in shown()


@pytest.mark.parametrize("verb", ["administration", "code-made", "person-gone"])
def test_only_who_runs_the_place_sees_the_page(place: Desk, verb: str) -> None:
    account(place, "ada@mail.example", "Ada")  # the first one here
    account(place, "bob@mail.example", "Bob")
    for email, sees in (("ada@mail.example", True), ("bob@mail.example", False), ("", False)):
        session = place.known(place.first(), f"{PAGE} {email}", asked(email and signed_in(place, email)))
        page = do(place, session, verb)[-1].admin or ""
        assert ("bob@mail.example" in page) is sees
        assert ("Only who runs this place" in page) is not sees


def test_on_a_laptop_there_are_figures_and_no_people(desk: Desk) -> None:
    session = desk.known(desk.first(), PAGE, asked())
    page = do(desk, session, "administration")[-1].admin or ""
    assert "Drafts a day" in page
    assert "People" not in page
