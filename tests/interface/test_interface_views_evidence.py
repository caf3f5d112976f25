"""The evidence page as HTML: what each state says, how much of it there is, and that all text stays text."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from domain import (
    Coverage,
    Document,
    Doubt,
    DraftKind,
    Evidence,
    Keyword,
    Persona,
    Profile,
    Record,
    SourceSpan,
    StepState,
)
from interface.views import coverage, doubts, evidence, imports, items, source
from interface.views.evidence import Page
from interface.views.items import Review, Shelf
from interface.views.source import Span
from store import YOU, Item, Kept, KeptDocument, Offer, Summary, doubt_id
from tests.interface import fake_outreach as fake
from tests.interface.test_interface_views import Tags

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def kept(text: str = fake.RESUME, **changes: object) -> Kept:
    """What the store gives back once one document was read."""
    document, profile = fake.read_evidence("ada.pdf", text.encode())
    told = [Item(evidence=e, document="d1", read_from=e.source) for e in profile.evidence]
    to_check = sum(item.to_check for item in told)
    paper = KeptDocument(id="d1", document=document, imported_at=NOW, items=len(told), to_check=to_check)
    whole = Kept(id="p1", label="Ada", profile=profile, documents=(paper,), items=tuple(told), version=1)
    return whole.model_copy(update=changes)


def shown(one: Kept, review: Review | None = None, **changes: object) -> str:
    summary = Summary(
        id=one.id,
        label=one.label,
        persona=Persona.JOB_SEEKER,
        name="Ada",
        items=len(one.items),
        to_check=1,
        changed_at=NOW,
    )
    page = Page(profile=one.profile, is_sample=False, kept=one, all=(summary,), parsers=fake.parsers())
    return evidence.page(replace(page, review=review or Review(), **changes))  # type: ignore[arg-type]


def changed(one: Kept, id_: str, **changes: object) -> Kept:
    """The same with one item in another state."""
    told = tuple(x.model_copy(update=changes) if x.evidence.id == id_ else x for x in one.items)
    return one.model_copy(update={"items": told})


# --- the page ------------------------------------------------------------------------------------------


def test_the_sample_is_grouped_by_record_with_its_numbers_marked() -> None:
    html = evidence.page(Page(profile=fake.sample_profile(Persona.JOB_SEEKER)))
    assert "Fernhill, Senior Engineer, 2022–2025" in html
    assert "Migrated <mark>14</mark> services" in html
    assert 'data-do="leave-out" data-item="e1"' in html
    assert 'data-do="confirm"' not in html
    assert "Write yours here" in html


def test_the_form_keeps_what_was_typed() -> None:
    html = evidence.page(Page(profile=Profile(id="p", name=""), form={"name": 'A "B" <c>'}))
    assert 'value="A &quot;B&quot; &lt;c&gt;"' in html


def test_doubts_stand_first_with_ready_answers() -> None:
    html = shown(kept())
    assert html.index("Please check 1 item") < html.index("Writing as Ada Example.")
    assert 'Cut cloud costs by <mark class="odd">30</mark>' in html
    assert "What does 30 stand for?" in html
    assert all(f">{word}<" in html for word in ("30 %", "30 euros", "It is right", "Something else"))
    assert "under “<span" in html


def test_something_else_is_a_field_with_the_text_in_it() -> None:
    html = shown(kept(), Review(open=f"e2:{doubt_id(fake.DOUBT)}"))
    assert 'data-submit="answer"' in html
    assert ">Cut cloud costs by 30</textarea>" in html


@pytest.mark.parametrize(
    ("words", "answer", "doubted", "label"),
    [
        ("Cut cloud costs by 30", "Cut cloud costs by 30 %", "30", "30 %"),
        ("Fernhill, 2022 to present", "Fernhill, 2022 to 2025", "present", "2025"),
        ("Cut costs.", "Cut costs.", "", "It is right"),
        ("Led it", "Took part in the whole of it for a very long time and then again and again", "", ""),
    ],
)
def test_an_answers_button_says_what_differs(words: str, answer: str, doubted: str, label: str) -> None:
    assert doubts.label(words, answer, doubted) == (label or answer)


def test_each_item_says_what_became_of_it() -> None:
    whole = kept()
    assert "Confirmed" in shown(changed(whole, "e1", state="confirmed"))
    hidden = shown(changed(whole, "e1", state="hidden"))
    assert "Hidden: 1 item, never used" in hidden
    assert "Show again" in hidden
    own = whole.items[0].evidence.model_copy(
        update={"text": "Moved 14 services.", "source": SourceSpan(document=YOU)}
    )
    edited = shown(changed(whole, "e1", evidence=own, corrected=True, original="Migrated 14 services."))
    assert "Written by you" in edited
    assert "It said “<span" in edited
    assert 'data-do="restore"' in edited
    secret = whole.items[0].evidence.model_copy(update={"confidential": True})
    assert items.CONFIDENTIAL in shown(changed(whole, "e1", evidence=secret))
    also = shown(changed(whole, "e1", also_in=(SourceSpan(document="old.pdf", place="line 3"),)))
    assert "old.pdf, line 3" in also


def test_every_button_of_an_item_has_a_name_that_says_which_item() -> None:
    tags = Tags(shown(kept(), Review(item="e1"))).tags
    named = [a for tag, a in tags if tag == "button" and a.get("data-item") == "e1" and a.get("aria-label")]
    assert {a["data-do"] for a in named} >= {"confirm", "hide", "confidential", "merge"}
    assert all("Migrated 14 services" in (a["aria-label"] or "") for a in named)


def test_a_document_can_be_confirmed_at_once_but_for_its_doubts() -> None:
    html = shown(kept(), Review(document="d1"))
    assert "Confirm all 2" in html
    assert "but the 1 to check" in html
    assert "Confirm all" not in shown(kept())


def test_how_a_document_was_read_can_be_changed() -> None:
    assert "One column." in shown(kept(), Review(document="d1"))
    html = shown(kept(), Review(document="d1", open="parser"))
    assert "A résumé with a side bar." in html
    assert 'value="one-column" checked' in html


def test_contacts_that_differ_are_offered() -> None:
    offer = Offer(field="email", value="ada@old.example", document="d1")
    html = shown(kept(offers=(offer,)))
    assert "Also found" in html
    assert 'data-field="email" data-value="ada@old.example"' in html


def test_of_many_warnings_the_rest_is_folded_away() -> None:
    profile = Profile(id="p", name="Ada", warnings=tuple(f"Row {n} is odd." for n in range(15)))
    html = evidence.page(Page(profile=profile, is_sample=False))
    assert "12 more</summary>" in html
    assert html.index("Row 2 is odd.") < html.index("12 more") < html.index("Row 3 is odd.")


def test_what_goes_is_said_before_it_goes() -> None:
    assert "Delete everything?" in shown(kept(), Review(asking="all"))
    one = shown(kept(), Review(asking="profile"))
    assert "Delete the profile “Ada”?" in one
    assert "3 items and the text of 1 document go" in one
    assert "Remove “ada.pdf”?" in shown(kept(), Review(asking="d1"))
    assert 'role="alertdialog"' not in shown(kept())


def test_it_says_how_long_evidence_is_kept() -> None:
    assert "Kept on this computer." in shown(kept())
    assert "Forgotten when you close or reload the page." in shown(kept(), keeping="visit")


def test_the_filter_looks_in_items_and_in_what_they_belong_to() -> None:
    whole = kept()
    records = {record.id: record for record in whole.profile.records}
    shelf = Shelf(whole.items, records, Review(filter="northlight billing"))
    assert [x.evidence.text for x in items.filtered(shelf)] == ["Built the billing API in Python."]
    html = shown(whole, Review(filter="zzz"))
    assert "Nothing here holds “zzz”." in html


# --- its place in the document -------------------------------------------------------------------------


def paper(text: str, pages: tuple[int, ...] = ()) -> Document:
    return Document(name="ada.pdf", digest="0", format="PDF", text=text, pages=pages)


def test_every_item_is_marked_at_its_place_and_the_chosen_one_lit() -> None:
    html = source.pane(paper("One two three"), [Span("e1", 0, 3), Span("e2", 4, 7)], item="e2")
    assert (
        '<span class="at" data-at="e1">One</span> <span class="at lit" data-at="e2">two</span> three' in html
    )


def test_where_places_overlap_each_piece_names_all_of_its_items() -> None:
    html = source.pane(paper("One two three"), [Span("e1", 0, 7), Span("e2", 4, 13)])
    assert '<span class="at" data-at="e1 e2">two</span>' in html
    assert Tags(html).words == "One two three"


def test_pages_are_apart_and_numbered() -> None:
    html = source.pane(paper("First\nSecond\n", (0, 6)), [Span("e1", 6, 12)])
    assert html.count('class="leaf"') == 2
    assert html.index("Page 2") < html.index(">Second<")


def test_of_a_long_text_only_what_is_around_the_item_is_shown() -> None:
    text = "".join(f"line {n}\n" for n in range(100_000))
    at = text.index("line 70000\n")
    html = source.pane(paper(text), [Span("e1", at, at + 10)], item="e1")
    assert '<span class="at lit" data-at="e1">line 70000</span>' in html
    assert len(html) < source.WINDOW * 2
    assert "Show earlier" in html
    assert "Show later" in html
    first = Tags(html).words.removeprefix("Show earlier").lstrip().splitlines()[0]
    assert first.startswith("line ")


@pytest.mark.parametrize("span", [Span("e1", -1, 3), Span("e1", 3, 99), Span("e1", 3, 3), Span("e1", 5, 2)])
def test_a_place_that_is_not_in_the_text_is_not_marked(span: Span) -> None:
    assert 'class="at' not in source.pane(paper("One two"), [span])


def test_the_margin_holds_its_place_before_an_item_is_chosen() -> None:
    assert "Choose an item to see where it stands." in shown(kept())
    html = shown(kept(), Review(item="e3"))
    assert 'data-at="e3">Built the billing API in Python.</span>' in html
    assert "PDF, 2 pages, 3 items" in html


# --- many items ----------------------------------------------------------------------------------------


def many(groups: int, each: int) -> Kept:
    numbers = count(1)
    told, records = [], []
    for group in range(groups):
        records.append(Record(id=f"r{group}", kind="project", title=f"Project {group}"))
        for _ in range(each):
            number = next(numbers)
            span = SourceSpan(document="portfolio.csv", place=f"row {number}", start=0, end=5)
            item = Evidence(
                id=f"e{number}", type="bullet", text=f"Did {number}", record=f"r{group}", source=span
            )
            told.append(Item(evidence=item, document="d1", read_from=span))
    profile = Profile(
        id="p", name="Ada", records=tuple(records), evidence=tuple(item.evidence for item in told)
    )
    paper = KeptDocument(
        id="d1",
        document=Document(name="portfolio.csv", digest="0", format="CSV", text="x" * 1_000_000),
        imported_at=NOW,
        items=len(told),
    )
    return Kept(id="p1", label="Ada", profile=profile, documents=(paper,), items=tuple(told))


@pytest.mark.parametrize(("groups", "each"), [(1, 10_000), (5_000, 2), (10_000, 1)])
def test_ten_thousand_items_make_a_small_page(groups: int, each: int) -> None:
    whole = many(groups, each)
    html = shown(whole, Review(document="d1"))
    assert len(html) < 250_000
    assert "more of " in html


def test_show_more_shows_more() -> None:
    whole = many(1, 130)
    first = shown(whole)
    assert "Show 50 more of 80" in first
    assert "Show 30 more" in shown(whole, Review(grown=("r0",)))
    assert "Show 20 more of 80" in shown(many(100, 1))


# --- files that are brought ----------------------------------------------------------------------------


def test_a_file_under_way_can_be_cancelled_and_the_others_keep_their_outcome() -> None:
    html = imports.panel(
        [
            imports.Line("a.pdf", StepState.DONE, "Added 31 items, 2 to check."),
            imports.Line("b.csv", StepState.RUNNING, "1,200 of 5,000 rows"),
            imports.Line("c.txt"),
        ]
    )
    assert "Reading <bdi>b.csv</bdi>" in html
    assert "1,200 of 5,000 rows" in html
    assert "Added 31 items, 2 to check." in html
    assert 'data-do="halt"' in html
    assert 'data-do="clear-list"' not in html
    done = imports.panel([imports.Line("a.pdf", StepState.DONE, "Added 1 item.")])
    assert 'data-do="clear-list"' in done


def test_rows_are_not_read_aloud_one_by_one() -> None:
    def said(words: str) -> str:
        html = imports.panel([imports.Line("b.csv", StepState.RUNNING, words)])
        return html.split('role="status">')[1]

    assert said("100 of 5,000 rows") == said("200 of 5,000 rows")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((31, 0, 2), "Added 31 items, 2 to check."),
        ((1, 1, 0), "Added 1 item. 1 was here already."),
        ((5, 4, 0), "Added 5 items. 4 were here already."),
        ((0, 4, 0), "Nothing new: 4 were here already."),
        ((0, 0, 0), "Nothing new."),
    ],
)
def test_an_outcome_is_a_sentence(counts: tuple[int, int, int], words: str) -> None:
    assert imports.added(*counts) == words


# --- coverage ------------------------------------------------------------------------------------------


def test_coverage_says_what_its_numbers_mean_and_what_is_behind_them() -> None:
    counted = Coverage(
        before=0.42,
        after=0.61,
        ceiling=0.996,
        covered=(Keyword(text="Kubernetes", kind="hard skill", weight=2),),
        could_be_covered=(Keyword(text="Python", kind="hard skill", weight=1, required=False),),
        missing=(Keyword(text="PCI DSS", kind="hard skill", weight=1),),
    )
    words = Tags(coverage.block(counted, DraftKind.COVER_LETTER)).words
    assert "Your evidence as it is42 %" in words
    assert "This letter61 %" in words
    assert "At best, with your evidence99 %" in words
    assert "Named in this letter: 1 term" in words
    assert "Python, optional" in words
    assert "Not in your evidence: 1 term" in words
    assert "An email is short" in coverage.block(counted, DraftKind.COLD_EMAIL)
    assert coverage.block(None, DraftKind.COLD_EMAIL) == ""
    beyond = counted.model_copy(update={"after": 0.7, "ceiling": 0.6})
    assert "At best, with your evidence70 %" in Tags(coverage.block(beyond, DraftKind.COLD_EMAIL)).words


# --- strangers' text -----------------------------------------------------------------------------------


def hostile() -> list[str]:
    bad = fake.HOSTILE
    span = SourceSpan(document=bad, place=bad, start=0, end=len(bad))
    doubt = Doubt(about="text", question=bad, words=bad[:5], answers=(bad, bad + "2"))
    item = Evidence(id="e1", type="bullet", text=bad, record="r1", source=span, doubts=(doubt,))
    chip = Evidence(id="e2", type="skill", text=bad, source=span)
    record = Record(id="r1", kind="role", title=bad, organization=bad, start=bad, end=bad)
    profile = Profile(
        id="p", name=bad, headline=bad, records=(record,), evidence=(item, chip), warnings=(bad,)
    )
    document = Document(name=bad, digest=bad, format=bad, text=bad, parser=bad, warnings=(bad,))
    told = (
        Item(evidence=item, document="d1", read_from=span, original=bad, also_in=(span,)),
        Item(evidence=chip, document="d1", read_from=span, state="hidden"),
    )
    paper = KeptDocument(id="d1", document=document, imported_at=NOW, items=2, to_check=1)
    offers = (Offer(field="email", value=bad, document="d1"),)
    whole = Kept(id=bad, label=bad, profile=profile, documents=(paper,), items=told, version=1, offers=offers)
    reviews = [
        Review(document="d1", item="e1", filter=bad),
        Review(document="d1", open="parser", asking="all"),
        Review(open="e1", asking="d1"),
        Review(open="r1", asking="profile", merging=("e1",)),
        Review(open=f"e1:{doubt_id(doubt)}", merging=("e1", "e2")),
        Review(open="add", question=bad, words=bad),
        Review(open="label"),
    ]
    pages = [
        shown(whole, review, note=bad, wrong=bad, form={"name": bad, "skills": bad}) for review in reviews
    ]
    keyword = Keyword(text=bad, kind="hard skill", weight=1)
    counted = Coverage(before=0, ceiling=0, missing=(keyword,))
    lines = [imports.Line(bad, StepState.FAILED, bad), imports.Line(bad, StepState.RUNNING, bad)]
    return [*pages, coverage.block(counted, DraftKind.COLD_EMAIL), imports.panel(lines)]


@pytest.mark.parametrize("html", hostile())
def test_hostile_values_are_shown_as_text(html: str) -> None:
    parsed = Tags(html)
    assert "<img src=x onerror" in parsed.words
    assert not [tag for tag, _ in parsed.tags if tag in ("img", "script", "iframe", "object")]
    assert not [name for _, attributes in parsed.tags for name in attributes if name.startswith("on")]
