"""The receipt: what a text stands on, line by line, for programs and for people; nothing in it runs."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest

import exports
import settings
from domain import (
    Draft,
    DraftKind,
    Dropped,
    Evidence,
    FinalLine,
    Posting,
    PostingLine,
    Profile,
    Receipt,
    Record,
    Section,
    SourceSpan,
    Usage,
    Verdict,
)

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'
LINES = (
    FinalLine(text="Hello Fernhill team,", stands_on="form"),
    FinalLine(text="You are moving billing.", stands_on="page", rests_on=("p1",)),
    FinalLine(text="I moved 14 services.", stands_on="evidence", rests_on=("e1",)),
    FinalLine(text="I speak Danish at home.", stands_on="person"),
    FinalLine(text="I led 40 people.", stands_on="nothing"),
)


def written(**usage: object) -> Draft:
    dropped = Dropped(
        text="I led the move.",
        verdict=Verdict(supported=False, reason="Your evidence says “moved”."),
        replaced_by="I moved it.",
    )
    return Draft(
        kind=DraftKind.COLD_EMAIL,
        subject="Platform Engineer",
        receipt=Receipt(
            usage=Usage(**{"writer": "embedded", **usage}),  # type: ignore[arg-type]
            dropped=(dropped,),
            checked=6,
            seconds={"write": 0.25, "match": 0.25},
            written_at=datetime(2026, 11, 24, 14, 2, tzinfo=UTC),
        ),
    )


def posting(title: str = "Platform Engineer") -> Posting:
    line = PostingLine(id="p1", text="Move billing.", section=Section.TASKS, heading="What you will do")
    return Posting(id="j", title=title, company="Fernhill", url="https://fernhill.example/1", lines=(line,))


def profile(words: str = "Moved 14 services.") -> Profile:
    record = Record(id="r1", kind="role", title="Engineer", organization="Northlight")
    span = SourceSpan(document="cv.pdf", page=2, place="line 4")
    return Profile(
        id="p",
        name="Ada",
        records=(record,),
        evidence=(Evidence(id="e1", type="bullet", text=words, record="r1", source=span),),
    )


def page(draft: Draft | None = None, **changes: object) -> str:
    said = {
        "posting": posting(),
        "profile": profile(),
        "subject": "Platform Engineer",
        "lines": LINES,
        **changes,
    }
    return exports.receipt_html(draft or written(), **said).decode()  # type: ignore[arg-type]


def test_programs_get_every_line_with_what_it_stands_on() -> None:
    told = json.loads(exports.receipt_json(written(), posting(), profile(), "S", LINES))
    assert told["format"] == "inroad-receipt/1"
    assert [line["stands_on"] for line in told["lines"]] == ["form", "page", "evidence", "person", "nothing"]
    assert told["lines"][2]["sources"] == [
        {"id": "e1", "says": "Moved 14 services.", "where": "Northlight, Engineer; cv.pdf, page 2, line 4"}
    ]
    assert told["evidence"] == ["e1"]
    assert told["own_word"] == ["I speak Danish at home."]
    assert told["no_source"] == ["I led 40 people."]
    assert told["dropped"][0]["verdict"]["reason"] == "Your evidence says “moved”."
    assert told["usage"]["writer"] == "embedded"


def test_people_get_the_same_as_a_page() -> None:
    html = page()
    for words in (
        "How this cold email was made",
        "Platform Engineer at Fernhill",
        "Ada, 2026-11-24 14:02 UTC",
        "Built-in, no model, no cost",
        "0.50 s",
        "“Moved 14 services.”<br>Northlight, Engineer; cv.pdf, page 2, line 4 (e1)",
        "the opening, “What you will do”",
        'Own word</dt><dd dir="auto">1 line',
        "Without a source",
        "<s>I led the move.</s><p>Your evidence says “moved”.</p><p>Instead: “I moved it.”</p>",
    ):
        assert words in html, words


def test_a_model_is_named_with_its_calls_tokens_and_prompt() -> None:
    html = page(
        written(
            writer="model",
            model="gpt-oss-120b",
            calls=1,
            prompt_tokens=900,
            completion_tokens=120,
            prompt="cold-email 3",
        )
    )
    for words in ("gpt-oss-120b", "1 call, 900 tokens in, 120 out", "cold-email 3"):
        assert words in html, words
    assert "counted by Inroad" in page(written(writer="model", calls=2, prompt_tokens=1, estimated=True))


def test_tokens_are_priced_where_prices_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    used = {"writer": "model", "model": "m", "calls": 1, "prompt_tokens": 1_000, "completion_tokens": 500}
    assert "Cost" not in page(written(**used))
    config = settings.Settings(model_price_in=0.15, model_price_out=0.6)
    monkeypatch.setattr(settings, "current", lambda: config)
    assert "0.0004 at the prices set here" in page(written(**used))
    assert "at the prices" not in page(written(writer="embedded"))


def test_why_another_writer_wrote_is_told() -> None:
    assert "gpt did not answer." in page(written(fallback="gpt did not answer."))


def test_the_page_stands_alone_and_runs_nothing() -> None:
    lines = (FinalLine(text=EVIL, stands_on="evidence", rests_on=("e1",)),)
    html = page(
        written(model=EVIL, writer="model"),
        posting=posting(EVIL),
        profile=profile(EVIL),
        subject=EVIL,
        lines=lines,
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "default-src &#x27;none&#x27;" in html or "default-src 'none'" in html
    assert not re.findall(r"(?:src|href)=\"(?!data:)", html)


def test_what_nobody_did_is_not_listed() -> None:
    html = page(lines=LINES[:3])
    assert "Without a source" not in html
    assert "own word</h2>" not in html
    assert 'Own word</dt><dd dir="auto">none' in html


def test_several_files_go_into_one_and_two_of_a_name_are_told_apart() -> None:
    data = exports.bundle(
        [("a.eml", b"1"), ("a.eml", b"2"), ("a.receipt.html", b"3"), ("a.receipt.html", b"4")]
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["a.eml", "a-2.eml", "a.receipt.html", "a-2.receipt.html"]
        assert archive.read("a-2.eml") == b"2"
    assert data == exports.bundle(
        [("a.eml", b"1"), ("a.eml", b"2"), ("a.receipt.html", b"3"), ("a.receipt.html", b"4")]
    )
