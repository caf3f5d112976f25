"""Which keywords a text names, and could name."""

import pytest

import tagging
from domain import Evidence, Posting, PostingLine, Profile, Record, Section, SourceSpan
from matching.coverage import coverage

RESUME = "Ida Fenn, Backend Engineer. Wrote services in Go and ran k8s clusters."


def posting(*lines: tuple[str, Section], title: str = "Backend Engineer") -> Posting:
    read = [PostingLine(id="p0", text=title, section=Section.TITLE)]
    read += [
        PostingLine(id=f"p{number}", text=text, section=section)
        for number, (text, section) in enumerate(lines, 1)
    ]
    return Posting(id="x", title=title, lines=tuple(read))


def profile(*texts: tuple[str, str], confidential: bool = False) -> Profile:
    items = tuple(
        Evidence.model_validate(
            {
                "id": f"e{number}",
                "type": type_,
                "text": text,
                "skills": tuple(m.skill for m in tagging.find_skills(text)),
                "source": SourceSpan(document="cv"),
                "confidential": confidential,
            }
        )
        for number, (type_, text) in enumerate(texts, 1)
    )
    role = Record(id="r1", kind="role", title="Backend Engineer", start="2020", end="2024")
    return Profile(id="y", name="Ida Fenn", records=(role,), evidence=items)


SKILLED = profile(
    ("bullet", "Wrote services in Go"),
    ("skill", "Kubernetes"),
    ("skill", "Terraform"),
    ("degree", "BSc Physics"),
)


def test_each_keyword_weighs_what_its_kind_does() -> None:
    page = posting(
        ("Go", Section.MUST), ("Terraform", Section.NICE), ("Excellent communication skills", Section.MUST)
    )
    found = coverage(page, tagging.tag(page.lines), SKILLED, tagging.find_skills, before=RESUME)
    weights = {one.text: one.weight for one in (*found.covered, *found.could_be_covered, *found.missing)}
    assert weights == {"Backend Engineer": 2.0, "Go": 3.0, "Terraform": 1.5, "Communication": 0.5}
    assert found.before == pytest.approx(5 / 7, abs=1e-4)
    assert found.ceiling == pytest.approx(6.5 / 7, abs=1e-4)
    assert found.after is None


def test_a_draft_is_counted_beside_the_resume_and_below_the_ceiling() -> None:
    page = posting(("Go and Terraform", Section.MUST))
    found = coverage(
        page, tagging.tag(page.lines), SKILLED, tagging.find_skills, before=RESUME, after="I know Terraform."
    )
    assert found.after is not None
    assert found.after < found.before < found.ceiling == 1.0
    assert [one.text for one in found.covered] == ["Terraform"]
    assert [one.text for one in found.could_be_covered] == ["Backend Engineer", "Go"]


def test_every_keyword_is_in_one_list() -> None:
    page = posting(("Go, Rust and Terraform", Section.MUST))
    found = coverage(page, tagging.tag(page.lines), SKILLED, tagging.find_skills, before=RESUME)
    names = [one.text for one in (*found.covered, *found.could_be_covered, *found.missing)]
    assert sorted(names) == ["Backend Engineer", "Go", "Rust", "Terraform"]
    assert [one.text for one in found.missing] == ["Rust"]


def test_a_term_counts_once_under_any_of_its_names() -> None:
    page = posting(("Kubernetes", Section.MUST), ("k8s in production", Section.NICE))
    found = coverage(page, tagging.tag(page.lines), SKILLED, tagging.find_skills, before=RESUME)
    named = [one for one in found.covered if one.kind == "hard skill"]
    assert [(one.text, one.weight) for one in named] == [("Kubernetes", 3.0)]


def test_alternatives_are_one_keyword_that_either_covers() -> None:
    page = posting(("Go or Rust", Section.MUST))
    found = coverage(page, tagging.tag(page.lines), SKILLED, tagging.find_skills, before=RESUME)
    assert [one.text for one in found.covered] == ["Backend Engineer", "Go or Rust"]
    assert found.before == 1.0


def test_a_degree_is_covered_by_its_level_and_subject() -> None:
    page = posting(("Bachelor's degree in physics", Section.MUST))
    found = coverage(page, tagging.tag(page.lines), SKILLED, tagging.find_skills)
    assert [one.kind for one in found.covered] == ["title", "degree or certificate"]
    higher = posting(("Master's degree in physics", Section.MUST))
    assert coverage(higher, tagging.tag(higher.lines), SKILLED, tagging.find_skills).missing


def test_what_is_confidential_raises_no_ceiling() -> None:
    page = posting(("Go", Section.MUST), title="")
    secret = profile(("bullet", "Wrote services in Go"), confidential=True)
    assert coverage(page, tagging.tag(page.lines), secret, tagging.find_skills).ceiling == 0.0


def test_a_posting_without_keywords_is_covered() -> None:
    page = posting(title="")
    found = coverage(page, (), profile(), tagging.find_skills)
    assert (found.before, found.ceiling, found.covered) == (1.0, 1.0, ())


def test_the_title_applied_for_is_within_the_ceiling_whoever_held_it() -> None:
    page = posting(("Go", Section.MUST), title="Staff Beekeeper")
    found = coverage(
        page, tagging.tag(page.lines), SKILLED, tagging.find_skills, after="Staff Beekeeper; wrote Go."
    )
    assert found.before < 1.0
    assert found.after == found.ceiling == 1.0
    without = coverage(page, tagging.tag(page.lines), SKILLED, tagging.find_skills)
    assert [one.text for one in without.could_be_covered] == ["Staff Beekeeper"]
