"""Saved drafts: kept with what they were made from, found again, and gone when they are deleted."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import event, insert

from domain import Draft, DraftKind, FinalLine, Sentence, SentenceKind
from errors import Conflict, NotFound, StoreError, Unfit
from store import SavedDraft, Store
from store.history import FOLLOW_UP_AFTER, History
from store.tables import accounts, draft_versions, drafts, jobs, people, snapshots
from tests.store.letters import draft, posting
from tests.store.papers import document, item, profile, role

ME, OTHER, VISITOR = "me", "someone-else", "visitor-1"


@pytest.fixture
def history(kept: Store) -> History:
    return kept.history


def keep(history: History, person: str = ME, title: str = "Platform Engineer", **fields: Any) -> SavedDraft:
    """A saved draft of one evidence for an opening."""
    written = fields.pop("written", None) or draft()
    evidence = fields.pop("evidence", None) or profile([item("Built a mill.", "r1")], [role()], name="Ada")
    passed = {name: fields.pop(name) for name in ("asks", "follows") if name in fields}
    return history.keep(person, written, posting(title, **fields), evidence, **passed)


def rows(store: Store, table: sqlalchemy.Table) -> int:
    with store._database.reading() as connection:
        return connection.execute(sqlalchemy.select(sqlalchemy.func.count()).select_from(table)).scalar_one()


def titles(history: History, person: str = ME, **filters: Any) -> list[str]:
    return [saved.title for saved in history.list(person, **filters)[0]]


# --- what is kept --------------------------------------------------------------------------------------


def test_what_is_kept_a_second_time_under_an_id_is_kept_once(history: History) -> None:
    evidence = profile(["Built a mill."])
    first = history.keep(ME, draft("First."), posting(), evidence, id_="0123456789abcdef")
    again = history.keep(ME, draft("Again."), posting("Another"), evidence, id_="0123456789abcdef")
    assert first == again
    assert first.id == "0123456789abcdef"
    assert history.count(ME) == 1
    assert "First." in history.load(ME, first.id).version.body


def test_a_draft_comes_back_with_all_that_it_was_made_from(history: History) -> None:
    evidence = profile([item("Cut deploys by 40 %.", "r1", skills=("Docker",))], [role()], name="Ada")
    evidence = evidence.model_copy(update={"id": "abc-7", "kept_as": "abc"})
    written, opening = draft("I cut deploys by 40 %.", "I built it."), posting()
    saved = history.keep(ME, written, opening, evidence, asks=["Mention Kubernetes."])
    whole = history.load(ME, saved.id)
    assert (whole.saved, whole.posting, whole.asks) == (saved, opening, ("Mention Kubernetes.",))
    assert whole.version.draft == written
    assert (whole.version.number, whole.version.by, whole.version.subject) == (1, "writer", written.subject)
    assert whole.version.body == (
        "Hello,\n\nYou run Kubernetes. I cut deploys by 40 %. I built it.\n\nBest regards\nAda"
    )
    [item_] = whole.profile.evidence
    assert (item_.text, [each.text for each in item_.numbers]) == ("Cut deploys by 40 %.", ["40 %"])
    assert whole.profile.records == evidence.records
    # Skills are found anew; a profile of long ago has no index of its own.
    assert (item_.skills, whole.profile.id, whole.profile.kept_as) == ((), "abc-7", "")


def test_the_list_tells_what_a_draft_rests_on(history: History) -> None:
    own = Sentence(kind=SentenceKind.CLAIM, text="I like mills.", rests_on=("why",), paragraph=1)
    written = draft("One.", "Two.")
    written = written.model_copy(update={"sentences": (*written.sentences, own)})
    saved = keep(history, written=written)
    assert (saved.title, saved.company, saved.kind) == (
        "Platform Engineer",
        "Northwind Health",
        DraftKind.COLD_EMAIL,
    )
    assert (saved.sources, saved.own_lines, saved.versions, saved.state, saved.due) == (
        2,
        1,
        1,
        "drafted",
        None,
    )
    assert datetime.now(UTC) - saved.created_at < timedelta(minutes=1)
    assert history.list(ME) == ((saved,), None)


def test_each_line_says_what_it_stands_on(history: History) -> None:
    saved = keep(history)
    lines = history.load(ME, saved.id).version.lines
    assert [(line.stands_on, line.rests_on) for line in lines] == [
        ("form", ()),
        ("page", ("p1",)),
        ("evidence", ("e1",)),
        ("form", ()),
        ("form", ()),
    ]


def test_drafts_of_one_evidence_share_it(kept: Store) -> None:
    saved = [keep(kept.history, title=f"Opening {n}") for n in range(10)]
    assert rows(kept, snapshots) == 11
    keep(kept.history, OTHER, title="Opening 0")
    assert rows(kept, snapshots) == 13  # another person's are their own
    kept.history.remove(ME, *[each.id for each in saved[1:]])
    assert rows(kept, snapshots) == 4
    assert kept.history.load(ME, saved[0].id).profile.name == "Ada"
    kept.history.remove(ME, saved[0].id)
    assert rows(kept, snapshots) == 2
    assert rows(kept, draft_versions) == 1


def test_a_draft_stays_whole_when_its_profile_is_deleted(kept: Store) -> None:
    mine = kept.create(ME, "Mine")
    kept.add(ME, mine, document(), profile([item("Built a mill.", "r1")], [role()]))
    saved = keep(kept.history, evidence=kept.load(ME, mine).profile)
    kept.remove_document(ME, mine, "d1")
    kept.remove(ME, mine)
    assert [each.text for each in kept.history.load(ME, saved.id).profile.evidence] == ["Built a mill."]


def test_what_no_database_takes_is_replaced(history: History) -> None:
    odd = "a\0b\ud800c"
    evidence = profile([item(odd)], name=odd)
    saved = history.keep(ME, draft(odd, subject=odd), posting(odd, odd, text=odd), evidence, asks=[odd])
    history.mark(ME, saved.id, note=odd)
    history.edit(ME, saved.id, odd, odd, [odd], {odd: "e1"}, [FinalLine(text=odd, stands_on="person")])
    whole = history.load(ME, saved.id)
    assert whole.version.body == whole.saved.note == whole.saved.title == "a\ufffdb\ufffdc"
    assert history.versions(ME, saved.id)[0].draft.subject == "a\0b\ufffdc"
    assert titles(history, words=odd, company=odd) == ["a\ufffdb\ufffdc"]
    with pytest.raises(NotFound):
        history.load(ME, odd)


def test_a_long_title_is_cut_in_the_list_alone(history: History) -> None:
    saved = keep(history, title="x" * 5_000)
    assert len(saved.title) == 300
    assert len(history.load(ME, saved.id).posting.title) == 5_000


def test_there_is_an_end_to_what_one_person_keeps(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.history.MOST_DRAFTS", 2)
    one, _ = keep(history), keep(history)
    tried: list[Callable[[], object]] = [lambda: keep(history), lambda: history.copy(ME, one.id)]
    for more in tried:
        with pytest.raises(Conflict, match="as many as are kept"):
            more()
    assert keep(history, OTHER)
    assert history.count(ME) == 2


# --- versions ------------------------------------------------------------------------------------------

MINE = FinalLine(text="I like mills.", stands_on="person")
ODD = FinalLine(text="I fly.", stands_on="nothing")
BUILT = FinalLine(text="I built a mill.", stands_on="evidence", rests_on=("e1", "e4"))


def test_what_a_person_made_of_it_is_a_new_version(history: History) -> None:
    saved = keep(history)
    number = history.edit(
        ME, saved.id, "New", "I like mills.", ["I like mills."], {"x": "e9"}, [MINE, ODD, BUILT]
    )
    whole = history.load(ME, saved.id)
    assert (number, whole.version.number, whole.version.by) == (2, 2, "person")
    assert (whole.version.subject, whole.version.body) == ("New", "I like mills.")
    assert (whole.version.vouched, whole.version.added) == (("I like mills.",), {"x": "e9"})
    assert whole.version.lines == (MINE, ODD, BUILT)
    assert whole.version.draft == draft()
    assert (whole.saved.sources, whole.saved.own_lines, whole.saved.versions) == (2, 2, 2)
    assert whole.saved.changed_at > whole.saved.created_at == saved.created_at
    assert history.load(ME, saved.id, 1).version.subject == "About the platform"


def test_the_same_again_is_no_version(history: History) -> None:
    saved = keep(history)
    whole = history.load(ME, saved.id)
    assert history.edit(ME, saved.id, whole.version.subject, whole.version.body) == 1
    assert history.rewrite(ME, saved.id, draft()) == 1
    assert history.edit(ME, saved.id, "New", "text", ["text"]) == 2
    assert history.edit(ME, saved.id, "New", "text", ["text"]) == 2
    assert history.edit(ME, saved.id, "New", "text") == 3  # no longer vouched for
    assert history.rewrite(ME, saved.id, draft()) == 4
    assert [each.by for each in history.versions(ME, saved.id)] == ["writer", "person", "person", "writer"]


def test_an_edit_is_of_what_was_written_last_before_it(history: History) -> None:
    saved = keep(history)
    history.edit(ME, saved.id, "", "one")
    history.rewrite(ME, saved.id, draft("I ran a mill."))
    history.edit(ME, saved.id, "", "two")
    versions = history.versions(ME, saved.id)
    assert [each.draft.sentences[2].text for each in versions] == [
        "I built a mill.",
        "I built a mill.",
        "I ran a mill.",
        "I ran a mill.",
    ]
    assert [history.load(ME, saved.id, n).version for n in range(1, 5)] == list(versions)


def test_old_versions_in_the_middle_are_let_go(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.history.MOST_VERSIONS", 4)
    saved = keep(history)
    history.edit(ME, saved.id, "", "two")
    history.rewrite(ME, saved.id, draft("Three."))
    for text in ("four", "five", "six"):
        history.edit(ME, saved.id, "", text)
    left = history.versions(ME, saved.id)
    assert [each.number for each in left] == [1, 3, 5, 6]
    assert [each.draft for each in left] == [draft(), *[draft("Three.")] * 3]
    for text in ("seven", "eight", "nine", "ten"):
        history.rewrite(ME, saved.id, draft(text))
    assert [each.number for each in history.versions(ME, saved.id)] == [1, 8, 9, 10]
    assert history.load(ME, saved.id).saved.versions == 4
    with pytest.raises(NotFound, match="version"):
        history.load(ME, saved.id, 2)


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 10**30])
def test_a_version_that_never_was(history: History, number: int) -> None:
    saved = keep(history)
    with pytest.raises(NotFound, match="version"):
        history.load(ME, saved.id, number)


def test_two_versions_are_compared_by_words(history: History) -> None:
    saved = keep(history)
    history.edit(ME, saved.id, "About mills", "I built a large mill.")
    history.edit(ME, saved.id, "About mills", "I built a small mill.")
    pieces = history.compare(ME, saved.id, 2, 3)
    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("same", "About mills\n\nI built a"),
        ("gone", "large"),
        ("new", "small"),
        ("same", "mill."),
    ]
    assert [piece.kind for piece in history.compare(ME, saved.id, 3, 3)] == ["same"]
    with pytest.raises(NotFound):
        history.compare(ME, saved.id, 1, 9)


@pytest.mark.parametrize(
    ("subject", "body", "lines", "says"),
    [
        ("x" * 501, "", [], "subject is longer than 500"),
        ("", "x" * 50_001, [], "text is longer than 50,000"),
        ("", "", [MINE] * 2_001, "more than 2,000 lines"),
    ],
)
def test_texts_are_bounded(
    history: History, subject: str, body: str, lines: list[FinalLine], says: str
) -> None:
    saved = keep(history)
    with pytest.raises(Unfit, match=says):
        history.edit(ME, saved.id, subject, body, lines=lines)
    with pytest.raises(Unfit, match="note is longer than 2,000"):
        history.mark(ME, saved.id, note="x" * 2_001)
    assert history.load(ME, saved.id).saved == saved


# --- finding -------------------------------------------------------------------------------------------


def test_a_search_looks_in_all_that_is_said(history: History) -> None:
    one = keep(history, title="Ingénieur Plateforme", company="Æther GmbH", url="https://aether.example/Jobs")
    keep(history, title="Cook", company="Straße 100%", url="")
    history.mark(ME, one.id, note="Met Zoë_B at the fair")
    history.edit(ME, one.id, "", "Something about KUBERNETES operators")
    for words in (
        "ingenieur",
        "PLATEFORME æther",
        "example/jobs",
        "zoe_b fair",
        "operators kubernetes",
        "  ",
    ):
        assert "Ingénieur Plateforme" in titles(history, words=words), words
    assert titles(history, words="STRASSE") == ["Cook"]
    assert titles(history, words="100%") == ["Cook"]
    for words in ("1%0", "zoe%fair", "zoexb", "about the platform ingenieur", "operators cook"):
        assert titles(history, words=words) == [], words
    assert titles(history, OTHER, words="cook") == []


def test_filters_narrow_the_list(history: History) -> None:
    one = keep(history, title="One", company="Northwind")
    two = keep(history, title="Two", company="Tailspin", written=draft(kind=DraftKind.COVER_LETTER))
    keep(history, title="Three", company="NORTHWIND ")
    history.mark(ME, one.id, state="sent", due=date(2030, 1, 5))
    history.mark(ME, two.id, state="interview", due=date(2030, 1, 9))
    assert titles(history, company="northwind") == ["Three", "One"]
    assert titles(history, company="north") == []
    assert titles(history, state="sent") == ["One"]
    assert titles(history, kind=DraftKind.COVER_LETTER) == ["Two"]
    assert titles(history, due_by=date(2030, 1, 5)) == ["One"]
    assert titles(history, due_by=date(2030, 1, 9)) == ["Two", "One"]
    assert titles(history, words="platform", company="northwind", state="drafted") == ["Three"]
    assert history.companies(ME) == ("NORTHWIND", "Tailspin")
    assert history.companies(OTHER) == ()


def pages(history: History, limit: int, between: Callable[[], object] = lambda: None) -> Iterator[list[str]]:
    after = None
    while True:
        found, after = history.list(ME, limit=limit, after=after)
        yield [each.title for each in found]
        if after is None:
            return
        between()


@pytest.mark.parametrize("limit", [1, 3, 7, 8])
def test_pages_hold_each_draft_once(history: History, limit: int) -> None:
    for n in range(7):
        keep(history, title=str(n))
    found = list(pages(history, limit))
    assert [title for page in found for title in page] == ["6", "5", "4", "3", "2", "1", "0"]
    assert all(len(page) == limit for page in found[:-1])
    assert found[-1]


def test_pages_hold_each_draft_once_whatever_happens_meanwhile(history: History) -> None:
    saved = [keep(history, title=str(n)) for n in range(8)]

    def change() -> None:
        keep(history, title="new")
        for each in (saved[0], saved[-1], saved[4]):
            history.mark(ME, each.id, state="sent", note="changed")
        history.edit(ME, saved[1].id, "", f"{datetime.now(UTC)}")

    assert [x for page in pages(history, 3, change) for x in page] == [str(n) for n in reversed(range(8))]


def test_drafts_of_one_moment_are_told_apart(kept: Store) -> None:
    for n in range(5):
        keep(kept.history, title=str(n))
    with kept._database.writing() as connection:
        connection.execute(sqlalchemy.update(drafts).values(created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    assert sorted(x for page in pages(kept.history, 2) for x in page) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "\0",
        "\ud800",
        "é",
        "MjAyNi0wMS0wMQ",
        "=" * 5_000,
        "MjAyNi05OS0wMVQwMDowMDowMC4wMDAwMDAgYWI",  # month 99
    ],
)
def test_a_cursor_of_nobody(history: History, cursor: str) -> None:
    with pytest.raises(NotFound, match="place in the list"):
        history.list(ME, after=cursor)


def test_a_list_reads_no_texts(kept: Store) -> None:
    keep(kept.history)
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(kept._database._engine, "before_cursor_execute", note)
    kept.history.list(ME, limit=50)
    [statement] = [each for each in seen if "drafts" in each]
    for long in ("json", "content", "subject", "body", "words"):
        assert long not in statement


# --- what becomes of it --------------------------------------------------------------------------------


def today() -> date:
    return datetime.now(UTC).date()


def test_sent_proposes_when_to_follow_up(history: History) -> None:
    saved = keep(history)
    sent = history.mark(ME, saved.id, state="sent")
    assert (sent.state, sent.due) == ("sent", today() + FOLLOW_UP_AFTER)
    assert timedelta(days=7) == FOLLOW_UP_AFTER
    history.mark(ME, saved.id, due=None)
    assert history.mark(ME, saved.id, state="sent").due is None  # it was sent already


def test_a_date_of_the_persons_own_stands_before_the_proposal(history: History) -> None:
    chosen = date(2030, 2, 3)
    first = keep(history)
    history.mark(ME, first.id, due=chosen)
    assert history.mark(ME, first.id, state="sent").due == chosen
    second = keep(history)
    assert history.mark(ME, second.id, state="sent", due=chosen).due == chosen
    third = keep(history)
    assert history.mark(ME, third.id, state="sent", due=None).due is None


@pytest.mark.parametrize("state", ["answered", "interview", "no"])
def test_who_answered_needs_no_reminder(history: History, state: Any) -> None:
    saved = keep(history)
    history.mark(ME, saved.id, state="sent")
    assert history.mark(ME, saved.id, state=state).due is None
    assert history.mark(ME, saved.id, due=date(2030, 1, 1)).due == date(2030, 1, 1)
    assert history.mark(ME, saved.id, state="sent", due=date(2030, 1, 2)).due == date(2030, 1, 2)


def test_a_follow_up_that_was_sent_settles_what_it_follows(history: History) -> None:
    first = keep(history)
    history.mark(ME, first.id, state="sent")
    second = keep(history, written=draft(kind=DraftKind.FOLLOW_UP), follows=first.id)
    assert second.follows == first.id
    assert history.load(ME, first.id).saved.due is not None
    history.mark(ME, second.id, state="sent")
    assert history.load(ME, first.id).saved.due is None
    history.remove(ME, first.id)
    assert history.load(ME, second.id).saved.follows is None


def test_a_mark_leaves_the_rest(history: History) -> None:
    saved = keep(history)
    history.mark(ME, saved.id, note="  Called.\n\nThey like it. ")
    marked = history.mark(ME, saved.id, state="answered")
    assert (marked.note, marked.state, marked.versions) == ("Called.\n\nThey like it.", "answered", 1)
    assert history.mark(ME, saved.id) == marked
    assert history.mark(ME, saved.id, note="").note == ""
    with pytest.raises(Unfit, match="state"):
        history.mark(ME, saved.id, state="lost")  # type: ignore[arg-type]


def test_a_copy_says_the_same_and_is_new(history: History) -> None:
    first = keep(history)
    saved = keep(history, follows=first.id, asks=["Mention it."])
    history.edit(ME, saved.id, "New", "I like mills.", ["I like mills."], {"x": "e9"}, [MINE])
    history.mark(ME, saved.id, state="sent", note="Called.")
    copy = history.copy(ME, saved.id)
    whole, source = history.load(ME, copy.id), history.load(ME, saved.id)
    assert copy.id != saved.id
    assert (copy.state, copy.due, copy.note, copy.follows) == ("drafted", None, "", None)
    assert (whole.posting, whole.profile, whole.asks) == (source.posting, source.profile, source.asks)
    same = {"created_at"}
    assert whole.version.model_dump(exclude=same) == source.version.model_dump(exclude=same)
    history.remove(ME, saved.id)
    assert history.load(ME, copy.id) == whole
    assert titles(history, words="mills") == ["Platform Engineer"]


def test_what_is_gone_already_is_passed_over(history: History) -> None:
    one, two = keep(history), keep(history)
    history.remove(ME, one.id)
    history.remove(ME, one.id, two.id)
    for ids in ((one.id, two.id), ("nothing",), ()):
        with pytest.raises(NotFound):
            history.remove(ME, *ids)


def test_all_drafts_one_after_another(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.history._AT_ONCE", 2)
    saved = [keep(history, title=str(n)) for n in range(5)]
    history.edit(ME, saved[3].id, "", "mine")
    keep(history, OTHER)
    every = history.each(ME)
    first = next(every)
    history.remove(ME, saved[2].id, saved[1].id)
    rest = list(every)
    assert first == history.load(ME, saved[4].id)
    assert rest == [history.load(ME, saved[n].id) for n in (3, 0)]
    assert list(history.each("nobody")) == []


# --- whose it is ---------------------------------------------------------------------------------------


def test_another_persons_draft_looks_as_if_it_did_not_exist(history: History) -> None:
    saved, theirs = keep(history), keep(history, OTHER)
    tried: list[Callable[[str], object]] = [
        lambda id_: history.load(OTHER, id_),
        lambda id_: history.load(OTHER, id_, 1),
        lambda id_: history.versions(OTHER, id_),
        lambda id_: history.compare(OTHER, id_, 1, 1),
        lambda id_: history.edit(OTHER, id_, "", "mine now"),
        lambda id_: history.rewrite(OTHER, id_, draft("Mine.")),
        lambda id_: history.mark(OTHER, id_, state="no"),
        lambda id_: history.copy(OTHER, id_),
        lambda id_: history.remove(OTHER, id_),
        lambda id_: keep(history, OTHER, follows=id_),
        lambda id_: history.load("nobody", id_),
        lambda id_: history.mark("nobody", id_, state="no"),
        lambda id_: history.remove("nobody", id_),
    ]
    before = history.load(ME, saved.id)
    for attempt in tried:
        said = []
        for id_ in (saved.id, "0123456789abcdef"):
            with pytest.raises(NotFound) as refused:
                attempt(id_)
            said.append(str(refused.value))
        assert said[0] == said[1]
    history.remove(OTHER, theirs.id, saved.id)
    assert history.load(ME, saved.id) == before
    assert (history.count(OTHER), history.list(OTHER)) == (0, ((), None))


def test_no_statement_touches_a_draft_without_asking_whose_it_is(kept: Store) -> None:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(" ".join(statement.split()))

    event.listen(kept._database._engine, "before_cursor_execute", note)
    history = kept.history
    saved = keep(history)
    follow = keep(history, follows=saved.id)
    history.edit(ME, saved.id, "", "mine")
    history.rewrite(ME, saved.id, draft("Mine."))
    history.mark(ME, follow.id, state="sent", note="x")
    history.list(ME, "x", "y", "sent", DraftKind.COLD_EMAIL, date(2030, 1, 1))
    history.companies(ME)
    history.versions(ME, saved.id)
    history.compare(ME, saved.id, 1, 2)
    list(history.each(ME))
    history.remove(ME, history.copy(ME, saved.id).id)
    ours = ("drafts", "draft_versions", "snapshots")
    touching = [
        x
        for x in seen
        if x.startswith(("SELECT", "UPDATE", "DELETE")) and any(f"{name}." in x for name in ours)
    ]
    assert len(touching) > 30
    asked = ("drafts.person = ", "snapshots.person = ")
    assert [statement for statement in touching if not any(x in statement for x in asked)] == []


def account(store: Store, person: str, shares: bool = False) -> None:
    now = datetime.now(UTC)
    with store._database.writing() as connection:
        connection.execute(insert(people).values(id=person, created_at=now, seen_at=now))
        connection.execute(
            insert(accounts).values(
                person=person,
                email=person,
                email_key=person,
                name="",
                password="x",
                is_admin=False,
                shares_outcomes=shares,
                created_at=now,
                changed_at=now,
            )
        )


def test_outcomes_are_counted_of_those_alone_who_allow_it(kept: Store) -> None:
    history = kept.history
    account(kept, "account-1", shares=True)
    account(kept, "account-2", shares=False)
    for person in ("account-1", "account-2", "local"):
        for state in ("sent", "sent", "no"):
            history.mark(person, keep(history, person).id, state=state)
    assert history.outcomes() == {"drafted": 0, "sent": 2, "answered": 0, "interview": 0, "no": 1}


def test_what_comes_late_does_not_bring_back_a_deleted_account(kept: Store) -> None:
    account(kept, "account-1")
    saved = keep(kept.history, "account-1")
    kept.delete_person("account-1")
    for late in (
        lambda: keep(kept.history, "account-1"),
        lambda: kept.history.edit("account-1", saved.id, "", "x"),
        lambda: kept.history.remove("account-1", saved.id),
    ):
        with pytest.raises(NotFound):
            late()
    for table in (people, drafts, draft_versions, snapshots):
        assert rows(kept, table) == 0


# --- a visitor who signs in ----------------------------------------------------------------------------


def visited(store: Store) -> tuple[str, SavedDraft, SavedDraft]:
    """What a visitor made: a profile, a draft and its follow-up, and a job."""
    mine = store.create(VISITOR, "Mine")
    store.add(VISITOR, mine, document(), profile([item("Built a mill.", "r1")], [role()]))
    saved = keep(store.history, VISITOR, title="Theirs")
    follow = keep(store.history, VISITOR, title="Again", follows=saved.id)
    store.history.edit(VISITOR, saved.id, "", "mine")
    store.jobs.put(VISITOR, "bulk", "{}")
    return mine, saved, follow


def test_what_a_visitor_made_goes_on_as_their_accounts(kept: Store) -> None:
    account(kept, "account-1")
    keep(kept.history, "account-1", title="Mine")  # of the same evidence, which stays once
    mine, saved, follow = visited(kept)
    before = kept.history.load(VISITOR, saved.id), kept.load(VISITOR, mine)
    assert kept.adopt(VISITOR, "account-1") == 3
    assert (kept.history.load("account-1", saved.id), kept.load("account-1", mine)) == before
    assert titles(kept.history, "account-1") == ["Again", "Theirs", "Mine"]
    assert kept.history.load("account-1", follow.id).saved.follows == saved.id
    assert rows(kept, snapshots) == 4
    assert rows(kept, jobs) == 1
    for gone in (lambda: kept.load(VISITOR, mine), lambda: kept.history.load(VISITOR, saved.id)):
        with pytest.raises(NotFound):
            gone()
    assert kept.adopt(VISITOR, "account-1") == 0
    kept.delete_person(VISITOR)
    assert kept.history.count("account-1") == 3


def test_a_visitor_is_moved_to_nobody_who_is_not_there(kept: Store) -> None:
    mine, _, _ = visited(kept)
    with pytest.raises(NotFound):
        kept.adopt(VISITOR, "account-9")
    assert kept.load(VISITOR, mine).items
    with pytest.raises(ValueError, match="visitor"):
        kept.adopt(ME, "account-9")


def test_a_visitor_who_is_deleted_at_that_moment_is_moved_whole_or_not_at_all(kept: Store) -> None:
    account(kept, "account-1")
    outcomes = set()
    for _ in range(8):
        mine, _, _ = visited(kept)
        before = kept.history.count("account-1")
        together = threading.Barrier(2)
        failed: list[BaseException] = []

        def run(work: Callable[[], object], together: threading.Barrier, failed: list[BaseException]) -> None:
            together.wait()
            try:
                work()
            except StoreError as error:
                failed.append(error)

        both = (lambda: kept.adopt(VISITOR, "account-1"), lambda: kept.delete_person(VISITOR))
        threads = [threading.Thread(target=run, args=(work, together, failed)) for work in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        moved = kept.history.count("account-1") - before
        outcomes.add(moved)
        profiles = [one.id for one in kept.profiles("account-1")]
        assert (moved, mine in profiles) in ((2, True), (0, False))
        assert kept.history.count(VISITOR) == 0
        assert kept.profiles(VISITOR) == ()
    assert outcomes <= {0, 2}


# --- at once -------------------------------------------------------------------------------------------


def test_edits_at_once_are_all_there(kept: Store) -> None:
    saved = keep(kept.history)

    def edit(n: int) -> None:
        for turn in range(4):
            kept.history.edit(ME, saved.id, "", f"{n} {turn}")

    threads = [threading.Thread(target=edit, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = kept.history.versions(ME, saved.id)
    assert [each.number for each in versions] == list(range(1, 18))
    assert len({each.body for each in versions}) == 17


def test_two_deletes_at_once_delete_once(kept: Store) -> None:
    saved = keep(kept.history)
    results: list[bool] = []

    def remove() -> None:
        try:
            kept.history.remove(ME, saved.id)
            results.append(True)
        except NotFound:
            results.append(False)

    threads = [threading.Thread(target=remove) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, False, False, True]
    assert rows(kept, snapshots) == 0


def test_a_draft_kept_while_another_goes_keeps_its_evidence(kept: Store) -> None:
    def work(n: int) -> None:
        for _ in range(5):
            saved = keep(kept.history, title=f"{n}")
            assert kept.history.load(ME, saved.id).profile.name == "Ada"
            kept.history.remove(ME, saved.id)

    failed: list[BaseException] = []

    def run(n: int) -> None:
        try:
            work(n)
        except Exception as error:  # noqa: BLE001  # told below, in the thread of the test
            failed.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert rows(kept, snapshots) == 0


def test_a_kept_draft_is_the_one_that_was_written(history: History) -> None:
    for kind in DraftKind:
        written: Draft = draft(kind=kind, language="de", notices=("Not ready.",))
        assert history.load(ME, keep(history, written=written).id).version.draft == written


# --- forgetting ----------------------------------------------------------------------------------------


def bytes_of(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name))


@pytest.mark.parametrize("how", ["remove", "empty", "delete_person"])
def test_what_a_draft_said_is_gone_from_the_file_and_its_log(
    empty_file: Path, tmp_path: Path, how: str
) -> None:
    path = tmp_path / "inroad.sqlite"
    path.write_bytes(empty_file.read_bytes())
    kept = Store(f"sqlite:///{path}")
    written = draft("Secret claim. " * 40, subject="Secret subject")
    saved = keep(kept.history, title="Secret title", company="Secret company", written=written)
    kept.history.edit(ME, saved.id, "Secret edit", "Secret body. " * 400, ["Secret word"])
    kept.history.mark(ME, saved.id, note="Secret note")
    theirs = keep(kept.history, OTHER, title="Open title")
    assert b"Secret body" in bytes_of(path)
    if how == "remove":
        kept.history.remove(ME, saved.id)
    else:
        getattr(kept, how)(ME)
    left = bytes_of(path)
    assert b"Secret" not in left
    assert b"secret" not in left  # as it is searched
    assert b"Open title" in left
    assert kept.history.load(OTHER, theirs.id).profile.name == "Ada"
    kept.close()


def test_all_that_a_person_made_goes_and_the_account_stays(kept: Store) -> None:
    account(kept, "account-1")
    told: list[tuple[str, tuple[str, ...]]] = []
    kept.on_delete.append(lambda *each: told.append(each))
    mine = kept.create("account-1", "Mine")
    kept.add("account-1", mine, document(), profile(["Built a mill."]))
    keep(kept.history, "account-1")
    kept.jobs.put("account-1", "read", "{}")
    keep(kept.history, OTHER)
    kept.empty("account-1")
    assert told == [("account-1", (mine,))]
    assert (kept.profiles("account-1"), kept.history.count("account-1")) == ((), 0)
    assert [rows(kept, table) for table in (accounts, jobs, drafts, snapshots)] == [1, 0, 1, 2]
    kept.empty("account-1")
    kept.empty("nobody")
