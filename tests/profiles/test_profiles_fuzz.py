"""Whatever comes in, a profile or a `DocumentError` comes out, and soon."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import profiles.pdf
from domain import Document, Profile
from errors import DocumentError
from profiles import read_document
from profiles.columns import Word, bands
from tests.profiles.written_pdf import Page, pdf

few = settings(max_examples=60, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])

# What readers look for, in orders that nobody writes.
PIECES = [
    *(
        "Experience",
        "EDUCATION",
        "Skills:",
        "References",
        "## Projects",
        "Languages",
        "Engineer",
        "Ada Byrne",
    ),
    *("Fernhill Ltd", "2019 – 2021", "seit 03/2020", "'15 – '17", "02/17", "Present", "halen", "–", "•", "-"),
    *("#", "**", "__", "|", "\t", "   ", ", ", "; ", ": ", " at ", " @ ", "(", ")", "[", "](", "by 30."),
    *("https://a.example/", "ada@kelp.example", "+49 170 1234567", "BSc", "Ostmark University", "Cut costs"),
    *("Boston, MA", "ﬁ", "\u00ad", "\u200b", "\x07", "工程师", "至今", "مهندس", "🌊", "İ", "ß", "\u2028"),
    *("e\u0301", "A D A", "1/2", "page 3 of 4"),
]
pieces = st.one_of(st.sampled_from(PIECES), st.text(max_size=6))
texts = st.lists(st.lists(pieces, max_size=6).map(" ".join), max_size=25).map("\n".join)


def read(data: bytes, name: str) -> tuple[Document, Profile] | None:
    try:
        document, profile = read_document(data, name)
    except DocumentError:
        return None
    for item in profile.evidence:
        if item.source.start is not None and item.source.end is not None:
            assert 0 <= item.source.start < item.source.end <= len(document.text)
    return document, profile


@few
@given(texts, st.sampled_from(["cv.txt", "cv.md", "cv"]))
def test_any_lines_are_read_or_refused(text: str, name: str) -> None:
    read(text.encode(), name)


@few
@given(texts)
def test_equal_lines_are_read_alike(text: str) -> None:
    first, again = read(text.encode(), "cv.txt"), read(text.encode(), "cv.txt")
    assert first == again


@st.composite
def rows_of_words(draw: st.DrawFn) -> list[list[Any]]:
    """Words as the reading process gives them, anywhere on a page or beside it, overlapping as they like."""
    rows = []
    for _ in range(draw(st.integers(0, 50))):
        text = draw(st.sampled_from(PIECES).map(str.strip).filter(bool) | st.text(min_size=1, max_size=8))
        x0, base = draw(st.integers(-50, 650)), draw(st.integers(0, 60)) * 14.0 + draw(st.integers(0, 4))
        size = draw(st.sampled_from([0.1, 8.0, 10.0, 10.0, 14.0, 24.0, 500.0]))
        wide = draw(st.integers(1, 200))
        looks = (draw(st.booleans()), draw(st.sampled_from([0, 0xFFFFFF])), draw(st.booleans()), True)
        rows.append([text, x0, base - size, x0 + wide, base, size, *looks])
    return rows


@few
@given(st.lists(rows_of_words(), min_size=1, max_size=3), st.sampled_from(["", "pdfTeX"]))
def test_words_at_any_places_are_read_or_refused(found: list[list[list[Any]]], producer: str) -> None:
    page = {
        "width": 595.0,
        "height": 842.0,
        "pictures": 0.0,
        "links": [["https://a.example", 0, 0, 300, 400]],
    }
    pages = [{**page, "words": words} for words in found]
    given_ = json.loads(json.dumps({"pages": pages, "unread": 0.0, "more": 0, "producer": producer}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profiles.pdf, "_words_of", lambda _data: given_)
        read(b"%PDF-1.4", "cv.pdf")


@few
@given(rows_of_words())
def test_every_word_stands_in_one_column(found: list[list[Any]]) -> None:
    words = [Word(*row[:9]) for row in found]
    placed = [
        word for band in bands(words) for column in band.columns for row in column for word in row.words
    ]
    assert sorted(map(id, placed)) == sorted(map(id, words))


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    page = Page().rows(["# Experience", "Engineer, Fernhill 2019 – 2021", "• Built A for harbours"], 50, 100)
    whole = bytearray(pdf(page.link("https://a.example", 50, 90, 99, 110)))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(9, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(whole[: data.draw(st.integers(9, len(whole)))]), "cv.pdf")
