"""A line that was left out of a résumé, put back where the evidence has it."""

import pytest

from chains.tailoring import put_back
from domain import (
    Evidence,
    LeftOut,
    Profile,
    Record,
    Resume,
    ResumeEntry,
    ResumeLine,
    ResumeSection,
    SourceSpan,
)


def item(id_: str, kind: str, words: str, record: str | None) -> Evidence:
    told = {"id": id_, "type": kind, "text": words, "record": record, "source": SourceSpan(document="cv.pdf")}
    return Evidence.model_validate(told)


ROLE = Record(id="r1", kind="role", title="Engineer", organization="Fernhill")
DEGREE = Record(id="r2", kind="degree", title="BSc", organization="Ostmark")
PROFILE = Profile(
    id="p",
    name="Ada",
    records=(ROLE, DEGREE),
    evidence=(
        item("e1", "role", "Engineer, Fernhill, Berlin", "r1"),
        item("e2", "bullet", "Moved 14 services.", "r1"),
        item("e3", "bullet", "Wrote the docs.", "r1"),
        item("e4", "degree", "BSc, Ostmark", "r2"),
        item("e5", "skill", "Rust", None),
    ),
)


def resume(*left: tuple[str, str]) -> Resume:
    line = ResumeLine(evidence="e3", source="Wrote the docs.", text="Wrote the docs.")
    entry = ResumeEntry(record=ROLE, evidence="e1", lines=(line,))
    section = ResumeSection(name="experience", heading="Experience", entries=(entry,))
    gone = tuple(LeftOut(evidence=id_, text=words, reason="no room") for id_, words in left)
    return Resume(name="Ada", sections=(section,), left_out=gone)


def test_a_line_stands_where_its_source_has_it() -> None:
    made = put_back(resume(("e2", "Moved 14 services."), ("e5", "Rust")), PROFILE, "e2")
    assert [line.evidence for line in made.sections[0].entries[0].lines] == ["e2", "e3"]
    assert [left.evidence for left in made.left_out] == ["e5"]


def test_a_record_that_was_left_out_comes_back_as_its_head_and_says_nothing_twice() -> None:
    made = put_back(resume(("e4", "BSc, Ostmark")), PROFILE, "e4")
    assert made.sections[1].name == "education"
    assert made.sections[1].entries == (ResumeEntry(record=DEGREE, evidence="e4"),)


def test_what_stood_beside_a_head_comes_back_as_a_line() -> None:
    made = put_back(resume(("e1", "Berlin")), PROFILE, "e1")
    assert [line.text for line in made.sections[0].entries[0].lines] == ["Berlin", "Wrote the docs."]


def test_a_skill_comes_back_among_the_skills() -> None:
    made = put_back(resume(("e5", "Rust")), PROFILE, "e5")
    assert made.sections[1].name == "skills"
    assert made.sections[1].entries[0].lines[0].text == "Rust"


@pytest.mark.parametrize("id_", ["e2", "e99"])
def test_what_was_not_left_out_cannot_be_put_back(id_: str) -> None:
    with pytest.raises(KeyError):
        put_back(resume(), PROFILE, id_)
