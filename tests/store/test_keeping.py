"""What goes in comes out: profiles, documents, items, and what a person decides about them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain import Document, Doubt, Persona, Profile, SourceSpan
from errors import Conflict, NotFound, StoreError, Unfit
from store import Added, Begin, Item, Kept, Store, doubt_id
from tests.store.papers import OWNER, PERCENT, document, item, profile, role, source_of

ME, OTHER = "me", "someone-else"


@pytest.fixture
def mine(kept: Store) -> str:
    return kept.create(ME, "Mine", Persona.JOB_SEEKER)


def by_id(kept: Kept, id_: str) -> Item:
    return next(item for item in kept.items if item.evidence.id == id_)


def texts(kept: Kept) -> list[str]:
    return [each.text for each in kept.profile.evidence]


# --- profiles ----------------------------------------------------------------------------------------


def test_a_new_profile_is_empty_and_listed(kept: Store) -> None:
    id_ = kept.create(ME, "For start-ups", Persona.SERVICE_PROVIDER)
    loaded = kept.load(ME, id_)
    assert (loaded.id, loaded.label, loaded.items, loaded.documents) == (id_, "For start-ups", (), ())
    [summary] = kept.profiles(ME)
    assert (summary.id, summary.label, summary.persona) == (id_, "For start-ups", Persona.SERVICE_PROVIDER)
    assert datetime.now(UTC) - summary.changed_at < timedelta(minutes=1)


def test_the_profile_changed_last_stands_first(kept: Store) -> None:
    first, second = kept.create(ME, "one"), kept.create(ME, "two")
    kept.rename(ME, first, "one again")
    assert [each.label for each in kept.profiles(ME)] == ["one again", "two"]
    kept.touch(ME, second)
    assert [each.label for each in kept.profiles(ME)] == ["two", "one again"]
    assert [kept.load(ME, each).version for each in (first, second)] == [1, 0]
    with pytest.raises(NotFound):
        kept.touch(OTHER, first)
    kept.remove(ME, first)
    assert [each.id for each in kept.profiles(ME)] == [second]


def test_a_profile_begins_with_what_is_kept_or_not_at_all(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk of the database is full.")

    begin = Begin(label="Ada", persona=Persona.SERVICE_PROVIDER)
    with monkeypatch.context() as patched:
        patched.setattr("store.shelving.put", full)
        with pytest.raises(StoreError, match="full"):
            kept.add(ME, begin, document(), profile(["Built a mill."]))
    assert kept.profiles(ME) == ()
    added = kept.add(ME, begin, document(), profile(["Built a mill."]))
    [summary] = kept.profiles(ME)
    assert (summary.id, summary.label, summary.persona) == (added.profile_id, "Ada", begin.persona)
    assert kept.load(ME, added.profile_id).version == 1


OWN = document("Written by you", "")


def test_what_is_appended_leaves_everything_as_it_is(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Built it.", "r1"), "Else."], [role()]))
    for text, record in (("Ran it.", "r1"), ("Kept it going.", "r1"), ("Else.", None), ("\0 half", "r9")):
        kept.append(ME, mine, OWN, item(text, record))
    kept.merge(ME, mine, ["e3"], "e4")
    kept.hide(ME, mine, "e1", "e4")
    added = kept.append(ME, mine, OWN, item("Last.", "r1"))
    assert (added.document_id, added.item_id, added.new) == ("d2", "e6", 1)
    kept.unmerge(ME, mine, "e4")
    kept.remove_document(ME, mine, "d1")
    loaded = kept.load(ME, mine)
    assert [(each.evidence.id, each.evidence.text, each.evidence.record) for each in loaded.items] == [
        ("e3", "Ran it.", "r1"),
        ("e4", "Kept it going.", "r1"),
        ("e2", "Else.", None),
        ("e5", "\ufffd half", None),
        ("e6", "Last.", "r1"),
    ]
    assert [each.full_title for each in loaded.profile.records] == ["Engineer"]
    body = loaded.documents[0].document.text
    assert all(body[x.read_from.start : x.read_from.end] == x.evidence.text for x in loaded.items)
    assert [x.read_from.place for x in loaded.items] == [f"line {n}" for n in range(1, 6)]


def test_what_is_appended_twice_is_kept_once_and_used(kept: Store, mine: str) -> None:
    added = kept.append(ME, mine, OWN, item("Ran it."))
    kept.hide(ME, mine, added.item_id)
    again = kept.append(ME, mine, OWN, item("ran it"))
    assert (again.item_id, again.new, again.folded) == (added.item_id, 0, 1)
    loaded = kept.load(ME, mine)
    assert (texts(loaded), loaded.documents[0].document.text) == (["Ran it."], "Ran it.")


def test_a_form_is_saved_whole_from_what_is_kept(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    form = ("your form", "PDF")

    def save(where: str | Begin, *lines: str, **wanted: Any) -> Added:
        def write(before: str) -> tuple[Document, Profile] | None:
            said = [*before.splitlines(), *lines] if lines else []
            return (document("your form", "\n".join(said)), profile(said)) if said else None

        return kept.save(ME, where, form, write, contacts=wanted.pop("contacts", {}), **wanted)

    one = save(Begin(label="Mine"), "Ran it.", contacts={"name": "Ada"}, label=("Mine", "Ada")).profile_id
    save(one, "Built it.", persona=Persona.SERVICE_PROVIDER, label=("Mine", "Not this"))
    loaded = kept.load(ME, one)
    assert (loaded.label, loaded.profile.name, loaded.version) == ("Ada", "Ada", 2)
    assert (texts(loaded), loaded.profile.persona) == (["Ran it.", "Built it."], Persona.SERVICE_PROVIDER)

    def full(*_: object) -> None:
        raise StoreError("The disk of the database is full.")

    with monkeypatch.context() as patched:
        patched.setattr("store.shelving.put", full)
        with pytest.raises(StoreError, match="full"):
            save(one, "Sold it.", contacts={"name": "Eve"}, label=("Ada", "Eve"))
    assert kept.load(ME, one) == loaded
    save(one, contacts={"email": "ada@mail.example"})
    emptied = kept.load(ME, one)
    assert (emptied.documents, emptied.items, emptied.profile.email) == ((), (), "ada@mail.example")


def test_each_change_grows_the_version_and_names_the_profile_anew(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile(["Built a mill."]))
    before = kept.load(ME, mine)
    assert kept.confirm(ME, mine, "e1") == before.version + 1
    after = kept.load(ME, mine)
    assert after.version == before.version + 1
    assert after.profile.id != before.profile.id


# --- an import ---------------------------------------------------------------------------------------


def test_a_document_comes_back_as_it_was_read(kept: Store, mine: str) -> None:
    paper = document(
        text="Cut deploys by 40\fNorthwind",
        pages=(0, 18),
        parser="model",
        confidence=0.7,
        warnings=("Blurred.",),
    )
    source = SourceSpan(document="cv.pdf", place="line 1", page=2, start=0, end=17)
    read = profile(
        [item("Cut deploys by 40", "r1", links=("https://a.example",), source=source, confidence=0.5)],
        [role(area="", links=("https://n.example",), fields=(source_of("title"), source_of("links")))],
        name="Ada Okafor",
        email="ada@example.org",
        links=("https://ada.example", "https://code.example/ada"),
        language="de",
        warnings=("One line was not read.",),
        fields=(source_of("name"),),
    )
    added = kept.add(ME, mine, paper, read)
    assert added == Added(profile_id=mine, document_id="d1", new=1, folded=0)
    loaded = kept.load(ME, mine)
    assert loaded.profile == read.model_copy(
        update={"id": loaded.profile.id, "kept_as": mine, "warnings": ("Blurred.", "One line was not read.")}
    )
    [kept_document] = loaded.documents
    assert (kept_document.document, kept_document.items, kept_document.to_check) == (paper, 1, 0)
    assert by_id(loaded, "e1").read_from == source


def test_the_same_file_again_changes_nothing(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile(["Built a mill."]))
    before = kept.load(ME, mine)
    again = kept.add(ME, mine, document(name="copy.pdf", digest=document().digest), profile(["Else."]))
    assert again == Added(profile_id=mine, document_id="d1", unchanged=True)
    assert kept.load(ME, mine) == before


def test_a_file_read_by_another_parser_replaces_its_items_and_keeps_decisions(kept: Store, mine: str) -> None:
    read = profile(["Built a mill.", "Cut deploys by 40.", "Led a team.", "Wrote docs."])
    kept.add(ME, mine, document(parser="plain"), read)
    kept.confirm(ME, mine, "e1")
    kept.correct(ME, mine, "e2", "Cut deploys by 40 %.")
    kept.hide(ME, mine, "e3")
    better = profile(["Cut deploys by 40.", "Led a team", "Built a mill.", "Wrote documentation."])
    added = kept.add(ME, mine, document(parser="model"), better)
    assert (added.document_id, added.new, added.unchanged) == ("d1", 1, False)
    loaded = kept.load(ME, mine)
    assert [(each.evidence.id, each.evidence.text, each.state) for each in loaded.items] == [
        ("e2", "Cut deploys by 40 %.", "confirmed"),
        ("e3", "Led a team", "hidden"),
        ("e1", "Built a mill.", "confirmed"),
        ("e5", "Wrote documentation.", "read"),
    ]
    assert loaded.documents[0].document.parser == "model"


def test_words_that_move_to_another_record_take_their_decisions_along(kept: Store, mine: str) -> None:
    first, second = role("r1"), role("r2", title="Lead", start="2023", end="")
    kept.add(
        ME, mine, document(parser="a"), profile([item("Built it.", "r1"), item("x y", "r2")], [first, second])
    )
    kept.confirm(ME, mine, "e1")
    kept.add(
        ME, mine, document(parser="b"), profile([item("Built it.", "r2"), item("x y", "r2")], [first, second])
    )
    loaded = kept.load(ME, mine)
    moved = by_id(loaded, "e1")
    assert (moved.state, moved.evidence.record) == ("confirmed", by_id(loaded, "e2").evidence.record)


def test_a_record_keeps_its_id_when_it_is_read_under_another_title(kept: Store, mine: str) -> None:
    read = profile([item("Built the mill.", "r1"), item("Led it.", "r2")], [role(), role("r2", title="Lead")])
    kept.replace(ME, mine, document("your form"), read)
    kept.set_record(ME, mine, "r1", end="2024")
    changed = profile(
        [item("Led it.", "r1"), item("Built the mill.", "r2")],
        [role(title="Lead"), role("r2", title="Senior Engineer")],
    )
    kept.replace(ME, mine, document("your form", "again"), changed)
    records = {each.id: each for each in kept.load(ME, mine).profile.records}
    assert [(each.title, each.end) for each in (records["r1"], records["r2"])] == [
        ("Senior Engineer", "2024"),
        ("Lead", "2023"),
    ]


def test_a_form_is_rewritten_in_place(kept: Store, mine: str) -> None:
    first = kept.replace(
        ME, mine, document("your form", "one"), profile(["Built a mill.", "Sold it."], name="Ada")
    )
    second = kept.replace(ME, mine, document("your form", "two"), profile(["Built a mill."], name="Ada O."))
    assert first.document_id == second.document_id == "d1"
    loaded = kept.load(ME, mine)
    assert (texts(loaded), loaded.profile.name, len(loaded.documents)) == (["Built a mill."], "Ada O.", 1)
    same = kept.replace(ME, mine, document("your form", "two"), profile(["Built a mill."]))
    assert same.unchanged


def test_an_id_never_means_another_item_later(kept: Store, mine: str) -> None:
    added = kept.add(ME, mine, document(), profile([item("Built it.", "r1")], [role()]))
    kept.remove_document(ME, mine, added.document_id)
    assert kept.load(ME, mine).items == ()
    again = kept.add(ME, mine, document(), profile([item("Built it.", "r1")], [role()]))
    loaded = kept.load(ME, mine)
    assert (again.document_id, loaded.items[0].evidence.id, loaded.profile.records[0].id) == (
        "d2",
        "e2",
        "r2",
    )


def test_what_no_database_takes_is_replaced_one_for_one(kept: Store, mine: str) -> None:
    kept.add(
        ME, mine, document(text="a\x00b \ud800"), profile([item("Nul \x00 here", links=("https://\ud800",))])
    )
    loaded = kept.load(ME, mine)
    assert loaded.documents[0].document.text == "a\ufffdb \ufffd"
    assert texts(loaded) == ["Nul \ufffd here"]


# --- the same thing twice ----------------------------------------------------------------------------


def test_what_two_documents_say_is_kept_once(kept: Store, mine: str) -> None:
    kept.add(
        ME, mine, document("a"), profile([item("Built “the” mill.", "r1"), item("Only a.", "r1")], [role()])
    )
    there = SourceSpan(document="b.csv", place="row 4")
    read = profile(
        [item('built "the"  mill', "r9", source=there), item("Only b.", "r9")], [role("r9", end="")]
    )
    added = kept.add(ME, mine, document("b"), read)
    assert (added.new, added.folded) == (1, 1)
    loaded = kept.load(ME, mine)
    assert texts(loaded) == ["Built “the” mill.", "Only a.", "Only b."]
    assert by_id(loaded, "e1").also_in == (there,)
    assert [each.items for each in loaded.documents] == [2, 2]
    [record] = loaded.profile.records
    assert (record.start, record.end) == ("2021", "2023")


def test_what_another_document_says_too_stays(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document("a"), profile(["Built a mill.", "Only a."]))
    kept.add(ME, mine, document("b"), profile(["built a mill", "Only b."]))
    kept.confirm(ME, mine, "e1")
    kept.remove_document(ME, mine, "d1")
    loaded = kept.load(ME, mine)
    assert [(x.evidence.id, x.evidence.text, x.state) for x in loaded.items] == [
        ("e1", "built a mill", "confirmed"),
        ("e3", "Only b.", "read"),
    ]


def test_a_hidden_item_stays_hidden_when_another_document_says_it(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document("a"), profile(["Built a mill."]))
    kept.hide(ME, mine, "e1")
    kept.add(ME, mine, document("b"), profile(["Built a mill."]))
    assert texts(kept.load(ME, mine)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (role(), role(organization="Southwind")),
        (role(), role(start="2019")),
        (role(end="", current=True), role(end="2023")),
        (role(organization="", start="", end=""), role()),  # "Engineer" alone names no job
        (role(title=""), role(start="", end="")),
        (role(kind="project", title="", organization=""), role(kind="project", title="", organization="")),
    ],
    ids=["employer", "start", "still there", "title alone", "employer alone", "nameless"],
)
def test_records_that_may_differ_stay_two(kept: Store, mine: str, one: object, other: object) -> None:
    kept.add(ME, mine, document("a"), profile([item("Built it.", "r1")], [one]))  # type: ignore[list-item]
    kept.add(ME, mine, document("b"), profile([item("Built it.", "r1")], [other]))  # type: ignore[list-item]
    assert len(kept.load(ME, mine).profile.records) == 2
    assert len(kept.load(ME, mine).items) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (role(), role(title="engineer", organization="“Northwind”")),
        (role(start="Mar 2021"), role(start="2021-03", end="")),
        (role(kind="project", organization=""), role(kind="project", start="", end="")),
        (role(kind="degree", title="BSc", area="Physics"), role(kind="degree", title="BSc, Physics")),
        (role(title=""), role(end="")),
    ],
    ids=["dress", "dates as written", "a project's name", "area", "employer and start"],
)
def test_records_that_agree_are_one(kept: Store, mine: str, one: object, other: object) -> None:
    kept.add(ME, mine, document("a"), profile([item("Built it.", "r1")], [one]))  # type: ignore[list-item]
    kept.add(ME, mine, document("b"), profile([item("Built it.", "r1")], [other]))  # type: ignore[list-item]
    assert len(kept.load(ME, mine).profile.records) == 1
    assert len(kept.load(ME, mine).items) == 1


def test_two_records_of_one_document_stay_two_unless_they_are_twins(kept: Store, mine: str) -> None:
    records = [role("r1", end=""), role("r2", end=""), role("r3", end="")]
    read = profile([item("A b.", "r1"), item("A b.", "r2"), item("C d.", "r3")], records)
    kept.add(ME, mine, document(), read)
    assert len(kept.load(ME, mine).profile.records) == 2


def test_a_record_that_might_be_either_of_two_is_neither(kept: Store, mine: str) -> None:
    first, second = role("r1", start="2019", end="2020"), role("r2", start="2021", end="")
    read = profile([item("One.", "r1"), item("Two.", "r2")], [first, second])
    kept.add(ME, mine, document("a"), read)
    undated = profile([item("Three.", "r1")], [role(start="", end="")])
    kept.add(ME, mine, document("b"), undated)
    assert len(kept.load(ME, mine).profile.records) == 3
    # What it says tells which one it is.
    kept.add(ME, mine, document("c"), profile([item("Two.", "r1")], [role(start="", end="2023")]))
    loaded = kept.load(ME, mine)
    assert by_id(loaded, "e2").also_in
    assert len(loaded.profile.records) == 3


def test_what_any_document_says_of_a_record_counts(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document("a"), profile([item("One.", "r1")], [role(end="")]))
    kept.add(ME, mine, document("b"), profile([item("Two.", "r1")], [role(start="", end="2022")]))
    kept.add(ME, mine, document("c"), profile([item("Three.", "r1")], [role(end="2023")]))
    assert [(each.start, each.end) for each in kept.load(ME, mine).profile.records] == [
        ("2021", "2022"),
        ("2021", "2023"),
    ]


# --- contacts ----------------------------------------------------------------------------------------


def test_contacts_are_filled_where_empty_and_others_offered(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document("a"), profile(["x y"], name="Ada Okafor", links=("https://a.example",)))
    second = profile(
        ["z w"],
        name="A. Okafor",
        email="ada@example.org",
        links=("https://a.example", "https://b.example"),
        fields=(source_of("name", "b"),),
    )
    kept.add(ME, mine, document("b"), second)
    kept.add(ME, mine, document("c"), profile(["v u"], name="ADA OKAFOR", email="ada@work.example"))
    loaded = kept.load(ME, mine)
    assert (loaded.profile.name, loaded.profile.email) == ("Ada Okafor", "ada@example.org")
    assert [(each.field, each.value, each.document) for each in loaded.offers] == [
        ("name", "A. Okafor", "d2"),
        ("email", "ada@work.example", "d3"),
        ("links", "https://b.example", "d2"),
    ]
    assert loaded.offers[0].source == SourceSpan(document="b", start=0, end=3)


def test_the_first_contact_stays_when_its_document_is_read_anew(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document("a", parser="x"), profile(["x y"], name="Ada"))
    kept.add(ME, mine, document("b"), profile(["z w"], email="b@example.org"))
    kept.add(ME, mine, document("a", parser="y"), profile(["x y"], name="Ada", email="a@example.org"))
    loaded = kept.load(ME, mine)
    assert (loaded.profile.email, [each.value for each in loaded.offers]) == (
        "b@example.org",
        ["a@example.org"],
    )


def test_contacts_as_the_person_wants_them(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile(["x y"], name="Ada", phone="1"))
    kept.set_contacts(ME, mine, name=" Ada\n Okafor ", phone="", links="https://a.example, https://b.example")
    loaded = kept.load(ME, mine).profile
    assert (loaded.name, loaded.phone) == ("Ada Okafor", "")
    assert loaded.links == ("https://a.example", "https://b.example")
    assert loaded.fields[0].source == SourceSpan(document="you")
    kept.set_contacts(ME, mine, name=None)
    assert kept.load(ME, mine).profile.name == "Ada"


# --- what a person decides ---------------------------------------------------------------------------


def test_a_correction_makes_the_person_the_source(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Cut deploys by 40.", doubts=(PERCENT,), confidence=0.4)]))
    assert kept.load(ME, mine).documents[0].to_check == 1
    kept.correct(ME, mine, "e1", " Cut  deploys\nby 40 %. ")
    corrected = by_id(kept.load(ME, mine), "e1")
    evidence = corrected.evidence
    assert (evidence.text, evidence.confidence, evidence.doubts) == ("Cut deploys by 40 %.", 1.0, ())
    assert [(each.value, each.unit) for each in evidence.numbers] == [(40.0, "%")]
    assert evidence.source == SourceSpan(document="you")
    assert (corrected.corrected, corrected.original) == (True, "Cut deploys by 40.")
    assert corrected.read_from.document == "cv.pdf"
    kept.restore(ME, mine, "e1")
    restored = by_id(kept.load(ME, mine), "e1")
    assert (restored.corrected, restored.evidence.text) == (False, "Cut deploys by 40.")
    assert (restored.evidence.doubts, restored.evidence.confidence) == ((PERCENT,), 0.4)


def test_a_correction_to_the_words_as_read_is_none(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile(["Built a mill."]))
    kept.correct(ME, mine, "e1", "Built two mills.")
    kept.correct(ME, mine, "e1", "Built a mill.")
    item_ = by_id(kept.load(ME, mine), "e1")
    assert (item_.corrected, item_.original, item_.state) == (False, "", "confirmed")


def test_confirming_settles_every_question(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Cut by 40.", doubts=(PERCENT, OWNER)), "Else."]))
    kept.confirm(ME, mine, "e1", "e2")
    loaded = kept.load(ME, mine)
    assert [each.state for each in loaded.items] == ["confirmed", "confirmed"]
    assert by_id(loaded, "e1").evidence.doubts == ()
    assert kept.profiles(ME)[0].to_check == 0


def test_hiding_and_showing(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Built a mill.", "r1"), "Else."], [role()]))
    kept.confirm(ME, mine, "e1")
    kept.hide(ME, mine, "e1")
    loaded = kept.load(ME, mine)
    assert (texts(loaded), loaded.profile.records) == (["Else."], ())
    assert by_id(loaded, "e1").state == "hidden"
    kept.show(ME, mine, "e1")
    assert by_id(kept.load(ME, mine), "e1").state == "confirmed"


def test_confidential(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Secret.", confidential=True), "Open."]))
    kept.set_confidential(ME, mine, "e2", True)
    kept.set_confidential(ME, mine, ["e1"], False)
    assert [each.confidential for each in kept.load(ME, mine).profile.evidence] == [False, True]


def test_answers_settle_one_question_each(kept: Store, mine: str) -> None:
    both = (PERCENT, OWNER)
    kept.add(
        ME, mine, document(), profile([item("Cut deploys by 40.", doubts=both), item("By 40.", doubts=both)])
    )
    kept.answer(ME, mine, "e1", doubt_id(PERCENT), ready=0)
    first = by_id(kept.load(ME, mine), "e1")
    assert (first.evidence.doubts, first.state, first.corrected) == ((OWNER,), "read", True)
    with pytest.raises(StoreError, match="answered already"):
        kept.answer(ME, mine, "e1", doubt_id(PERCENT), ready=1)
    kept.answer(ME, mine, "e1", doubt_id(OWNER))
    settled = by_id(kept.load(ME, mine), "e1")
    assert (settled.state, settled.evidence.text) == ("confirmed", PERCENT.answers[0])
    kept.answer(ME, mine, "e2", doubt_id(OWNER), "By 40.")
    second = by_id(kept.load(ME, mine), "e2")
    assert (second.evidence.doubts, second.corrected, second.state) == ((PERCENT,), False, "read")
    with pytest.raises(StoreError):
        kept.answer(ME, mine, "e2", doubt_id(OWNER), "By 40.")


def number_of(words: str, *answers: str) -> Doubt:
    return Doubt(about="number", question=f"What does {words} stand for?", words=words, answers=answers)


def test_an_answer_changes_only_the_words_in_doubt(kept: Store, mine: str) -> None:
    read = "Cut costs by 30 and time by 40."
    thirty = number_of("30", "Cut costs by 30% and time by 40.", read)
    forty = number_of("40", "Cut costs by 30 and time by 40 days.", read)
    kept.add(ME, mine, document(), profile([item(read, doubts=(thirty, forty))]))
    kept.answer(ME, mine, "e1", doubt_id(forty), ready=0)
    left = by_id(kept.load(ME, mine), "e1").evidence
    assert [each.answers for each in left.doubts] == [
        ("Cut costs by 30% and time by 40 days.", "Cut costs by 30 and time by 40 days.")
    ]
    kept.answer(ME, mine, "e1", doubt_id(thirty), ready=0)
    assert by_id(kept.load(ME, mine), "e1").evidence.text == "Cut costs by 30% and time by 40 days."


def test_an_answer_that_would_undo_a_correction_is_not_offered(kept: Store, mine: str) -> None:
    read = "Cut 40 by 40."
    other = number_of("40", "Slashed 40 by 40%.")
    kept.add(ME, mine, document(), profile([item(read, doubts=(other, OWNER))]))
    kept.answer(ME, mine, "e1", doubt_id(OWNER), "We cut 40 by 40.")
    assert by_id(kept.load(ME, mine), "e1").evidence.doubts[0].answers == ()
    with pytest.raises(StoreError, match="something else by now"):
        kept.answer(ME, mine, "e1", doubt_id(other), ready=0)


def test_the_second_of_two_equal_words_is_the_one_that_an_answer_changes(kept: Store, mine: str) -> None:
    second = number_of("40", "Cut 40 by 40%.")
    kept.add(ME, mine, document(), profile([item("Cut 40 by 40.", doubts=(second, OWNER))]))
    kept.answer(ME, mine, "e1", doubt_id(OWNER), "We cut 40 by 40.")
    kept.answer(ME, mine, "e1", doubt_id(second), ready=0)
    assert by_id(kept.load(ME, mine), "e1").evidence.text == "We cut 40 by 40%."


def test_a_question_about_words_that_are_gone_is_gone(kept: Store, mine: str) -> None:
    about = Doubt(about="dates", question="Since when?", words="long ago")
    kept.add(ME, mine, document(), profile([item("Cut by 40 long ago.", doubts=(PERCENT, about))]))
    kept.answer(ME, mine, "e1", doubt_id(PERCENT), "Cut by 40 %.")
    assert by_id(kept.load(ME, mine), "e1").state == "confirmed"


def test_merging_and_taking_apart(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document("a"), profile(["Built a mill.", "Made a mill.", "Mill built."]))
    kept.merge(ME, mine, ["e2", "e1"], "e1")
    kept.merge(ME, mine, ["e1"], "e3")
    loaded = kept.load(ME, mine)
    assert (texts(loaded), [each.evidence.id for each in loaded.items]) == (["Mill built."], ["e3"])
    assert len(loaded.items[0].also_in) == 2
    with pytest.raises(NotFound):
        kept.confirm(ME, mine, "e2")
    kept.unmerge(ME, mine, "e3")
    assert texts(kept.load(ME, mine)) == ["Built a mill.", "Made a mill.", "Mill built."]


def test_what_was_merged_into_an_item_that_goes_stands_by_itself(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document("a"), profile(["Built a mill."]))
    kept.add(ME, mine, document("b"), profile(["Made a mill."]))
    kept.merge(ME, mine, ["e2"], "e1")
    assert [each.items for each in kept.load(ME, mine).documents] == [1, 1]
    kept.remove_document(ME, mine, "d1")
    assert texts(kept.load(ME, mine)) == ["Made a mill."]


def test_facts_of_a_record_as_the_person_states_them(kept: Store, mine: str) -> None:
    kept.add(
        ME, mine, document("a"), profile([item("Built it.", "r1")], [role(fields=(source_of("title"),))])
    )
    kept.set_record(ME, mine, "r1", title="Senior Engineer", current=True)
    [record] = kept.load(ME, mine).profile.records
    assert (record.title, record.current, record.end) == ("Senior Engineer", True, "")
    assert {each.field: each.source.document for each in record.fields} == {
        "title": "you",
        "current": "you",
        "end": "you",
    }
    # It is known again by the facts as read, and by those stated.
    kept.add(ME, mine, document("b"), profile([item("One.", "r1")], [role()]))
    stated = role(title="Senior Engineer", end="", current=True)
    kept.add(ME, mine, document("c"), profile([item("Two.", "r1")], [stated]))
    assert len(kept.load(ME, mine).profile.records) == 1
    kept.set_record(ME, mine, "r1", title=None, current=None)
    assert kept.load(ME, mine).profile.records[0].title == "Engineer"


# --- whose it is, and what is refused ----------------------------------------------------------------


def test_another_persons_profile_looks_as_if_it_did_not_exist(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Built it.", "r1")], [role()]))
    before = kept.load(ME, mine)
    kept.create(OTHER, "Theirs")
    attempts: list[Callable[[str, str], object]] = [
        lambda who, id_: kept.load(who, id_),
        lambda who, id_: kept.add(who, id_, document("b"), profile(["x y"])),
        lambda who, id_: kept.replace(who, id_, document(), profile(["x y"])),
        lambda who, id_: kept.remove_document(who, id_, "d1"),
        lambda who, id_: kept.rename(who, id_, "Stolen"),
        lambda who, id_: kept.set_persona(who, id_, Persona.SERVICE_PROVIDER),
        lambda who, id_: kept.remove(who, id_),
        lambda who, id_: kept.confirm(who, id_, "e1"),
        lambda who, id_: kept.hide(who, id_, "e1"),
        lambda who, id_: kept.show(who, id_, "e1"),
        lambda who, id_: kept.set_confidential(who, id_, "e1"),
        lambda who, id_: kept.correct(who, id_, "e1", "Mine"),
        lambda who, id_: kept.restore(who, id_, "e1"),
        lambda who, id_: kept.answer(who, id_, "e1", doubt_id(PERCENT), "Mine"),
        lambda who, id_: kept.append(who, id_, OWN, item("Mine.")),
        lambda who, id_: kept.save(who, id_, ("cv.pdf", "PDF"), lambda _: None, contacts={}),
        lambda who, id_: kept.touch(who, id_),
        lambda who, id_: kept.merge(who, id_, ["e1"], "e1"),
        lambda who, id_: kept.unmerge(who, id_, "e1"),
        lambda who, id_: kept.set_contacts(who, id_, name="Mine"),
        lambda who, id_: kept.set_record(who, id_, "r1", title="Mine"),
    ]
    for attempt in attempts:
        said = []
        for who, id_ in ((OTHER, mine), (OTHER, "0123456789abcdef"), ("nobody", mine), (ME, "")):
            with pytest.raises(NotFound) as failure:
                attempt(who, id_)
            said.append(str(failure.value))
        assert len(set(said)) == 1
    assert kept.load(ME, mine) == before
    assert [each.label for each in kept.profiles(OTHER)] == ["Theirs"]


def test_a_profile_is_described_at_once_or_not_at_all(kept: Store, mine: str) -> None:
    version = kept.describe(ME, mine, "Ours", Persona.SERVICE_PROVIDER, {"name": "Ada"})
    loaded = kept.load(ME, mine)
    assert (loaded.label, loaded.profile.persona, loaded.profile.name) == ("Ours", "service-provider", "Ada")
    assert (version, loaded.version) == (1, 1)
    with pytest.raises(Unfit, match="longer"):
        kept.describe(ME, mine, "Lost", contacts={"name": "x" * 301})
    assert kept.load(ME, mine) == loaded
    with pytest.raises(NotFound):
        kept.describe(OTHER, mine, "Mine now")


def test_an_item_is_decided_at_once_or_not_at_all(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Cut deploys by 40", doubts=(PERCENT,))]))
    kept.decide(ME, mine, "e1", text="Cut deploys by 50 %.", hidden=True, confidential=True)
    found = by_id(kept.load(ME, mine), "e1")
    assert (found.evidence.text, found.state, found.evidence.confidential) == (
        "Cut deploys by 50 %.",
        "hidden",
        True,
    )
    kept.decide(ME, mine, "e1", restored=True, hidden=False)
    found = by_id(kept.load(ME, mine), "e1")
    assert (found.evidence.text, found.state, found.corrected) == ("Cut deploys by 40", "read", False)
    with pytest.raises(Unfit, match="nothing to read"):
        kept.decide(ME, mine, "e1", text="…", confidential=False)
    assert by_id(kept.load(ME, mine), "e1") == found
    for person, id_ in ((OTHER, "e1"), (ME, "e2")):
        with pytest.raises(NotFound):
            kept.decide(person, mine, id_, hidden=True)


def test_there_is_an_end_to_what_one_person_keeps(
    kept: Store, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.keeping.MOST_PROFILES", 1)
    monkeypatch.setattr("store.keeping.MOST_DOCUMENTS", 1)
    with pytest.raises(Conflict, match="as many as are kept"):
        kept.create(ME, "Second")
    assert kept.create(OTHER, "First")
    kept.add(ME, mine, document("a"), profile(["x y"]))
    with pytest.raises(Conflict, match="as many as it holds"):
        kept.add(ME, mine, document("b"), profile(["x y"]))
    assert kept.add(ME, mine, document("a", parser="b"), profile(["z"])).document_id == "d1"
    assert len(kept.load(ME, mine).documents) == 1


def test_an_unknown_item_is_not_found(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile(["Built it."]))
    for id_ in ("e2", "e0", "e-1", "E1", "r1", "d1", "1", "", "e1 ", "e99999999999999999999", "e١"):
        for attempt in (kept.confirm, kept.hide, kept.restore):
            with pytest.raises(NotFound):
                attempt(ME, mine, id_)
        with pytest.raises(NotFound):
            kept.merge(ME, mine, ["e1"], id_)
    assert kept.load(ME, mine).version == 1


def test_texts_of_a_person_are_bounded(kept: Store, mine: str) -> None:
    kept.add(ME, mine, document(), profile([item("Built it.", "r1")], [role()]))
    for attempt in (
        lambda: kept.correct(ME, mine, "e1", "x" * 2_001),
        lambda: kept.correct(ME, mine, "e1", " … "),
        lambda: kept.set_contacts(ME, mine, name="x" * 301),
        lambda: kept.set_contacts(ME, mine, links=[f"https://{n}.example" for n in range(200)]),
        lambda: kept.set_record(ME, mine, "r1", title="x" * 301),
        lambda: kept.rename(ME, mine, "x" * 201),
        lambda: kept.create("x" * 201, "label"),
        lambda: kept.create("", "label"),
    ):
        with pytest.raises(StoreError):
            attempt()
    assert kept.load(ME, mine).version == 1
    with pytest.raises(TypeError):
        kept.set_contacts(ME, mine, shoe_size="44")
    with pytest.raises(TypeError):
        kept.set_record(ME, mine, "r1", current="yes")
