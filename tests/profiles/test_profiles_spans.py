"""Every value stands in its document where the profile says, and on the page that it names."""

import re

import pytest

from domain import Document, Profile, SourceSpan
from profiles import read_document
from tests.profiles.word_file import new, saved
from tests.profiles.written_pdf import Page, pdf

TEXT = """\
Ada Byrne
Data engineer
Cork, Ireland | ada@kelp.example | +49 170 1234567 | git.example/ada

Summary

Seven years in logistics. Likes tides.

Experience

Senior Engineer, Fernhill Ltd\t03/2021 – Present
• Moved the nightly load of all tide tables from a cron job
  to a scheduler, and cut its time by 40 %.
• Led 3 people

Intern\t2017 – 2018
Kelp, Cork
• Read tide tables

Projects

tidewatch: warns of floods, https://git.example/ada/tidewatch

Education

BSc, Physics, Ostmark University\t2013 – 2017

Skills

Databases: PostgreSQL, Redis
Python, Rust (basics)

Languages

Irish (native), English (C1)
"""

ROWS = [row for row in TEXT.split("\n") if row]
MARKDOWN = re.sub(r"^(Summary|Experience|Projects|Education|Skills|Languages)$", r"## \1", TEXT, flags=re.M)


def one_column() -> bytes:
    page, y = Page(), 40.0
    for row in TEXT.split("\n"):
        is_heading = row.isalpha()
        left, _, right = row.partition("\t")
        page.text(
            left.strip(), 60 if row.startswith("  ") else 50, y, 13 if is_heading else 10, bold=is_heading
        )
        if right:
            page.right(right, 545, y)
        y += 15 if row else 8
    return pdf(page)


def two_columns() -> bytes:
    """Two pages, each with a sidebar that is read after the column beside it."""
    at = ROWS.index("Education")
    pages = []
    sides = [
        ["# Skills", "Python", "Rust", "PostgreSQL", "Redis"],
        ["# Languages", "Irish", "English", "Dutch", "Welsh"],
    ]
    for main, side in zip((ROWS[3:at], ROWS[at : at + 2] * 3), sides, strict=True):
        page, y = Page(), 130.0
        for row in main:
            page.text(row.replace("\t", ", ").strip()[:62], 50, y, bold=row.isalpha())
            y += 16
        pages.append(page.rows(side, 430, 130, step=16))
    pages[0].text("Ada Byrne", 50, 50, 22, bold=True).text("ada@kelp.example | +49 170 1234567", 50, 75)
    return pdf(*pages)


def word() -> bytes:
    document = new()
    for row in ROWS:
        if row.isalpha() and row != "Ada Byrne":
            document.add_heading(row, level=2)
        else:
            document.add_paragraph(
                row.removeprefix("• "), style="List Bullet" if row.startswith("•") else None
            )
    return saved(document)


DOCUMENTS = {
    "cv.txt": TEXT.encode(),
    "cv.md": MARKDOWN.encode(),
    "cv.pdf": one_column(),
    "columns.pdf": two_columns(),
    "cv.docx": word(),
    "windows.txt": TEXT.replace("\n", "\r\n").encode("utf-16"),
}


@pytest.fixture(scope="module", params=sorted(DOCUMENTS))
def read(request: pytest.FixtureRequest) -> tuple[Document, Profile]:
    return read_document(DOCUMENTS[request.param], request.param)


def words(text: str) -> str:
    """The words of a text on one line, as a value has them, without the marks of Markdown."""
    return " ".join(re.sub(r"[*`]", "", text).split())


def stands(document: Document, span: SourceSpan) -> str:
    assert span.document == document.name
    assert span.start is not None
    assert span.end is not None
    assert 0 <= span.start < span.end <= len(document.text)
    return words(document.text[span.start : span.end])


def test_items_stand_where_they_say(read: tuple[Document, Profile]) -> None:
    document, profile = read
    assert len(profile.evidence) >= 8
    for item in profile.evidence:
        assert stands(document, item.source) == words(item.text)
        assert all(item.text[q.start : q.end] == q.text for q in item.numbers)


def test_fields_of_records_stand_where_they_say(read: tuple[Document, Profile]) -> None:
    document, profile = read
    assert profile.records
    for record in profile.records:
        if record.kind == "project":
            continue  # see below
        filled = [name for name in ("title", "area", "organization", "start", "end") if getattr(record, name)]
        assert [field.field for field in record.fields if field.field != "links"] == filled
        for field in record.fields:
            text = stands(document, field.source)
            values = record.links if field.field == "links" else (getattr(record, field.field),)
            assert any(value.removeprefix("https://") == text.removeprefix("https://") for value in values)


def test_fields_of_the_person_stand_where_they_say(read: tuple[Document, Profile]) -> None:
    document, profile = read
    assert profile.name == "Ada Byrne"
    assert {"name", "email", "phone"} <= {field.field for field in profile.fields}
    for field in profile.fields:
        text = stands(document, field.source)
        values = profile.links if field.field == "links" else (getattr(profile, field.field),)
        assert any(value.removeprefix("https://") == text.removeprefix("https://") for value in values)


def test_pages_are_those_of_the_offsets(read: tuple[Document, Profile]) -> None:
    document, profile = read
    spans = [item.source for item in profile.evidence]
    spans += [field.source for record in profile.records for field in record.fields]
    spans += [field.source for field in profile.fields]
    for span in spans:
        if not document.pages:
            assert span.page is None
            continue
        assert span.page is not None
        assert span.start is not None
        ends = (*document.pages[1:], len(document.text) + 1)
        assert document.pages[span.page - 1] <= span.start < ends[span.page - 1]


def test_no_two_items_of_a_kind_claim_the_same_words(read: tuple[Document, Profile]) -> None:
    _, profile = read
    places = [(item.type, item.source.start) for item in profile.evidence]
    assert len(set(places)) == len(places)


def test_items_of_a_second_page_say_so() -> None:
    _, profile = read_document(DOCUMENTS["columns.pdf"], "cv.pdf")
    on_second = {item.text for item in profile.evidence if item.source.page == 2}
    assert {"Irish", "English", "Dutch", "Welsh"} <= on_second
    places = {item.source.place for item in profile.evidence}
    assert {place.split(", ")[0] for place in places} == {"page 1", "page 2"}
    assert "page 1, line 8" in places


def test_the_name_of_a_project_of_one_line_stands_where_it_says() -> None:
    document, profile = read_document(DOCUMENTS["cv.txt"], "cv.txt")
    (project,) = (record for record in profile.records if record.kind == "project")
    titles = [field for field in project.fields if field.field == "title"]
    assert [stands(document, field.source) for field in titles] == ["tidewatch"]
