"""Which evidence answers a requirement, and when nothing does."""

import zlib
from collections.abc import Sequence

import numpy as np

from domain import (
    Evidence,
    Match,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    SkillMention,
    SourceSpan,
)
from matching import Embedder, match
from matching.embedding import Vector
from matching.phrases import join

NEW = Record(id="r1", kind="role", start="2022", end="present")
OLD = Record(id="r2", kind="role", start="2016", end="2021")


class Alike(Embedder):
    """Finds any two texts alike to the same degree, so that only the words in common decide."""

    def __init__(self, cosine: float) -> None:
        self.version = f"alike-{cosine}"
        self._cosine = cosine

    def embed(self, texts: Sequence[str]) -> Vector:
        rows = np.zeros((len(texts), 400), np.float32)
        rows[:, 0] = self._cosine**0.5
        for row, text in zip(rows, texts, strict=True):
            row[1 + zlib.crc32(text.encode()) % 399] = (1 - self._cosine) ** 0.5
        return rows


def item(id: str, text: str, type: str = "bullet", skills: str = "", record: str | None = None) -> Evidence:
    return Evidence.model_validate(
        {
            "id": id,
            "type": type,
            "text": text,
            "record": record,
            "skills": tuple(skills.split()),
            "source": SourceSpan(document="cv"),
        }
    )


def asks(text: str, id: str = "p1", section: Section = Section.MUST) -> PostingLine:
    return PostingLine(id=id, text=text, section=section)


def names(
    skill: str,
    line: str = "p1",
    category: str = "devops",
    required: bool | None = True,
    years: int | None = None,
    any_of: int | None = None,
) -> SkillMention:
    return SkillMention(
        skill=skill,
        category=category,
        text=skill,
        start=0,
        end=len(skill),
        line=line,
        required=required,
        years=years,
        any_of=any_of,
    )


def matches(
    lines: Sequence[PostingLine],
    evidence: Sequence[Evidence],
    mentions: Sequence[SkillMention] = (),
    embedder: Embedder | None = None,
) -> list[Match]:
    title = PostingLine(id="p0", text="Engineer", section=Section.TITLE)
    posting = Posting(id="x", title="Engineer", lines=(title, *lines))
    profile = Profile(id="y", name="Ida Fenn", records=(NEW, OLD), evidence=tuple(evidence))
    return list(match(posting, mentions, profile, embedder))


def only(*arguments: object, **options: object) -> Match:
    """The match of the only requirement line."""
    return matches(*arguments, **options)[0]  # type: ignore[arg-type]


# --- shared skills -----------------------------------------------------------------------------------


def test_evidence_that_names_the_skill_answers_and_the_reason_says_so() -> None:
    found = only(
        [asks("Kubernetes and Terraform")],
        [
            item("e1", "Sold cars"),
            item("e2", "Ran Kubernetes with Terraform modules", skills="Kubernetes Terraform"),
        ],
        [names("Kubernetes"), names("Terraform")],
    )
    assert found.evidence == ("e2",)
    assert found.reason == "names Kubernetes and Terraform"
    assert 0.7 < found.score <= 1


def test_a_second_item_is_added_only_for_a_skill_the_first_does_not_name() -> None:
    found = only(
        [asks("Kubernetes and Terraform")],
        [
            item("e1", "Moved 14 services to Kubernetes", skills="Kubernetes"),
            item("e2", "Kubernetes", "skill", skills="Kubernetes"),
            item("e3", "Terraform", "skill", skills="Terraform"),
        ],
        [names("Kubernetes"), names("Terraform")],
    )
    assert found.evidence == ("e1", "e3")


def test_nothing_that_names_the_skill_is_a_gap_with_a_reason() -> None:
    found = only([asks("Rust")], [item("e1", "Ran Kubernetes", skills="Kubernetes")], [names("Rust")])
    assert found.is_gap
    assert found.score == 0
    assert found.reason == "nothing in your evidence names Rust"


def test_a_bullet_is_preferred_to_a_list_item_and_the_newest_role_to_an_old_one() -> None:
    found = matches(
        [asks("Kubernetes")],
        [
            item("e1", "Kubernetes", "skill", skills="Kubernetes"),
            item("e2", "Ran Kubernetes clusters", skills="Kubernetes", record="r2"),
            item("e3", "Ran Kubernetes clusters for a bank", skills="Kubernetes", record="r1"),
        ],
        [names("Kubernetes")],
    )
    assert found[0].evidence == ("e3",)
    assert found[1].evidence == ("e3", "e2", "e1")


def test_a_bare_list_of_names_stands_behind_a_sentence_and_before_a_single_name() -> None:
    found = matches(
        [asks("Kubernetes")],
        [
            item("e1", "Kubernetes", "skill", skills="Kubernetes"),
            item("e2", "Go, gRPC, Redis, Kubernetes", "project", skills="Kubernetes"),
            item("e3", "Moved a ticket seller to Kubernetes", skills="Kubernetes"),
        ],
        [names("Kubernetes")],
    )
    assert found[1].evidence == ("e3", "e2", "e1")


def test_two_lines_get_two_items_where_each_would_do() -> None:
    evidence = [
        item("e1", "Ran Kubernetes clusters", skills="Kubernetes"),
        item("e2", "Moved services to Kubernetes", skills="Kubernetes"),
    ]
    lines = [asks("Kubernetes", "p1"), asks("Kubernetes at scale", "p2")]
    found = matches(lines, evidence, [names("Kubernetes", "p1"), names("Kubernetes", "p2")])
    assert {found[0].evidence[0], found[1].evidence[0]} == {"e1", "e2"}


def test_the_only_item_that_names_a_skill_may_answer_every_line() -> None:
    lines = [asks(f"Kubernetes {i}", f"p{i}") for i in range(1, 6)]
    found = matches(
        lines,
        [item("e1", "Ran Kubernetes", skills="Kubernetes")],
        [names("Kubernetes", line.id) for line in lines],
    )
    assert all(one.evidence == ("e1",) for one in found)


def test_what_must_be_met_chooses_before_what_is_nice_to_have() -> None:
    evidence = [
        item("e1", "Ran Kubernetes clusters of 40 nodes", skills="Kubernetes", record="r1"),
        item("e2", "Kubernetes", "skill", skills="Kubernetes"),
    ]
    lines = [asks("Kubernetes", "p1", Section.NICE), asks("Kubernetes", "p2")]
    found = matches(lines, evidence, [names("Kubernetes", "p1", required=False), names("Kubernetes", "p2")])
    assert [one.line for one in found] == ["p1", "p2", "p1"]
    assert found[1].evidence == ("e1",)
    assert found[0].required is False


# --- what opens no match -----------------------------------------------------------------------------


def test_words_of_several_meanings_open_nothing() -> None:
    for word in ("Testing", "Design", "REST"):
        found = only(
            [asks(f"{word} of railway brakes")],
            [item("e1", f"{word} of web pages", skills=word)],
            [names(word, category="testing")],
        )
        assert found.is_gap, word


def test_a_field_of_work_opens_nothing_where_the_texts_are_far_apart() -> None:
    lines = [asks("Data analysis of seismic surveys")]
    mention = names("Data analysis", category="data")
    bullet = item("e1", "Data analysis for a shoe shop").model_copy(update={"skills": ("Data analysis",)})
    far = matches(lines, [bullet], [mention], Alike(0.1))
    assert all(one.is_gap for one in far)
    assert {one.reason for one in far} == {"your evidence names Data analysis in other work only"}
    assert not any(one.is_gap for one in matches(lines, [bullet], [mention], Alike(0.5)))


def test_a_personal_trait_opens_no_requirement_and_scores_low_as_a_skill() -> None:
    line, skill = matches(
        [asks("Communication")],
        [item("e1", "Communication with suppliers", skills="Communication")],
        [names("Communication", category="personal")],
    )
    assert line.is_gap
    assert skill.evidence == ("e1",)
    assert skill.score <= 0.3


# --- hedged evidence ---------------------------------------------------------------------------------


def test_hedged_evidence_is_a_gap_where_years_are_asked() -> None:
    found = matches(
        [asks("5+ years of Go")],
        [item("e1", "Go (can read)", "skill", skills="Go")],
        [names("Go", years=5)],
    )
    assert all(one.is_gap for one in found)
    assert {one.reason for one in found} == {"Your evidence says “Go (can read)”"}


def test_hedged_evidence_answers_weakly_where_no_level_is_asked() -> None:
    found = only([asks("Go")], [item("e1", "Go (can read)", "skill", skills="Go")], [names("Go")])
    assert found.evidence == ("e1",)
    assert found.score <= 0.4
    assert found.reason == "Your evidence says “Go (can read)”"


def test_evidence_without_a_hedge_stands_before_hedged_evidence() -> None:
    evidence = [
        item("e1", "Familiar with Go", skills="Go", record="r1"),
        item("e2", "Go", "skill", skills="Go"),
    ]
    found = matches([asks("Go")], evidence, [names("Go")])
    assert [one.evidence for one in found] == [("e2",), ("e2",)]


# --- degrees, certificates, languages ----------------------------------------------------------------


def test_a_degree_is_answered_by_a_degree_alone() -> None:
    evidence = [
        item("e1", "Taught computer science to a degree class"),
        item("e2", "BSc Computer Science, 2015", "degree"),
    ]
    found = only([asks("Bachelor's degree in computer science or similar")], evidence)
    assert found.evidence == ("e2",)
    assert found.reason == "your degree: “BSc Computer Science, 2015”"


def test_a_lower_degree_and_another_subject_do_not_answer() -> None:
    bachelor = [item("e1", "BSc Computer Science, 2015", "degree")]
    assert only([asks("Master's degree in computer science")], bachelor).is_gap
    political = [item("e1", "BSc Political Science, 2015", "degree")]
    assert only([asks("Bachelor's degree in computer science")], political).is_gap
    assert not only([asks("A completed university degree")], political).is_gap


def test_a_high_degree_of_autonomy_is_no_degree() -> None:
    found = only([asks("A high degree of autonomy")], [item("e1", "BSc Physics", "degree")])
    assert found.is_gap
    assert "degree" not in found.reason


def test_a_certificate_is_answered_by_its_name() -> None:
    evidence = [
        item("e1", "Paediatric first aid certificate, 2023", "certificate"),
        item("e2", "Forklift licence", "certificate"),
    ]
    found = only([asks("Valid first aid certificate")], evidence)
    assert found.evidence == ("e1",)
    assert only([asks("Scrum Master certification")], evidence).is_gap


def test_a_spoken_language_is_answered_by_a_language_alone() -> None:
    mention = names("Polish", category="spoken languages")
    bullet = [item("e1", "Translated a Polish manual", skills="Polish")]
    assert only([asks("Polish")], bullet, [mention]).is_gap
    language = [*bullet, item("e2", "Polish (native)", "language", skills="Polish")]
    assert only([asks("Fluent Polish")], language, [mention]).evidence == ("e2",)


def test_a_language_that_would_be_nice_does_not_stand_in_for_one_that_is_needed() -> None:
    evidence = [item("e1", "Polish (native)", "language", skills="Polish")]
    mentions = [
        names("Polish", category="spoken languages", required=False),
        names("Dutch", category="spoken languages"),
    ]
    assert only([asks("Polish is a plus, Dutch is needed")], evidence, mentions).is_gap


def test_a_basic_language_does_not_answer_fluency() -> None:
    evidence = [item("e1", "German (A2)", "language", skills="German")]
    mention = names("German", category="spoken languages").model_copy(update={"start": 7, "end": 13})
    found = only([asks("Fluent German")], evidence, [mention])
    assert found.is_gap
    assert found.reason == "Your evidence says “German (A2)”; asked is C1"
    assert found.question == "At what level do you speak German?"


# --- alternatives ------------------------------------------------------------------------------------


def test_an_alternative_not_named_is_no_must_have_gap() -> None:
    found = matches(
        [asks("Go or Rust")],
        [item("e1", "Wrote a parser in Go", skills="Go")],
        [names("Go", any_of=1), names("Rust", any_of=1)],
    )
    rust = found[-1]
    assert rust.text == "Rust"
    assert rust.is_gap
    assert rust.required is False
    assert rust.reason == "asked as an alternative to Go, which you name"


# --- similar work ------------------------------------------------------------------------------------


def test_similar_work_needs_words_in_common() -> None:
    lesson = [asks("Plan fractions lessons for primary pupils")]
    same = [item("e1", "Taught fractions to 60 pupils")]
    found = only(lesson, same, embedder=Alike(0.7))
    assert found.evidence == ("e1",)
    assert found.reason == "similar work: fractions, pupils"
    other = [item("e1", "Managed a team of tax consultants")]
    assert only(lesson, other, embedder=Alike(0.7)).is_gap


def test_words_in_common_without_similarity_are_not_enough() -> None:
    lesson = [asks("Plan fractions lessons for primary pupils")]
    same = [item("e1", "Taught fractions to 60 pupils")]
    assert only(lesson, same, embedder=Alike(0.2)).is_gap
    assert only(lesson, same).is_gap


def test_similar_work_does_not_answer_a_product_by_name() -> None:
    found = only(
        [asks("Write reconciliation services in Java")],
        [item("e1", "Wrote reconciliation services in JavaScript", skills="JavaScript")],
        [names("Java", category="programming languages")],
        Alike(0.6),
    )
    assert found.is_gap


def test_similarity_is_not_asked_of_other_languages() -> None:
    posting = Posting(id="x", title="Lehrkraft", language="de", lines=(asks("Mathematik in Klasse 7"),))
    evidence = (item("e1", "Mathematik in Klasse 7 und 8"),)
    profile = Profile(id="y", name="Ida Fenn", language="de", evidence=evidence)
    assert match(posting, (), profile, Alike(0.9))[0].is_gap


# --- the whole ---------------------------------------------------------------------------------------


def test_requirements_come_first_then_each_skill_once_in_page_order() -> None:
    found = matches(
        [asks("Go and Rust", "p1"), asks("Rust again", "p2")],
        [],
        [names("Go", "p1"), names("Rust", "p1"), names("Rust", "p2")],
    )
    assert [(one.subject, one.text) for one in found] == [
        ("requirement", "Go and Rust"),
        ("requirement", "Rust again"),
        ("skill", "Go"),
        ("skill", "Rust"),
    ]


def test_an_empty_profile_and_an_empty_posting_are_no_error() -> None:
    assert matches([], []) == []
    assert only([asks("Anything")], [], embedder=Alike(0.9)).is_gap


def test_lists_read_as_a_person_writes_them() -> None:
    assert join(["Go"]) == "Go"
    assert join(["Go", "Rust"], "or") == "Go or Rust"
    assert join(["Go", "Rust", "C"]) == "Go, Rust, and C"
