"""The gate of a tailored résumé: a line is its source but for a closed set of differences."""

import pytest

import tagging
from chains.tailoring.headings import heading, languages
from domain import Brief, DraftKind, Profile, Record, Section, Sentence, SentenceKind, SkillMention
from grounding import ResumeGate
from grounding.lexicon import phrases_of
from grounding.resume.registry import LINE_CHECKS
from tests.briefs import Deed, make_brief, make_posting, make_profile

RECORDS = (
    Record(id="r1", kind="role", title="Engineer", organization="Fenwick Rail", start="2019", end="2022"),
    Record(id="r2", kind="role", title="Lead", organization="Osier Health", start="2022", current=True),
    Record(id="r3", kind="degree", title="BSc", area="Physics", organization="Holm University", end="2018"),
)
LONG = (
    "Developed and implemented the scalable services that carry the bookings of nine ferry lines and their "
    "agents in four harbours, ensuring quality"
)
DEEDS: tuple[Deed, ...] = (
    ("r1", "bullet", "Successfully moved 14 services to k8s with a team of four, cutting cost by 18%", ()),
    ("r1", "bullet", "Managing a team of 5 developers", ()),
    ("r2", "bullet", "Managing a team of 9 developers", ()),
    ("r1", "bullet", "I wrote the billing jobs in Java", ()),
    ("r1", "bullet", LONG, ()),
    ("r3", "degree", "BSc Physics, Holm University, 2018 GPA: 3.9/4.0", ()),
    (None, "skill", "k8s (basics)", ()),
    ("r1", "role", "Engineer, Fenwick Rail, 2019 - 2022", ()),
    ("r1", "bullet", "Following the merger, moved 3 teams", ()),
    ("r1", "bullet", "Kept Kafka Streams running", ()),
    ("r3", "degree", "Thesis on ferries: not completed", ()),
)
MENTIONS = (
    SkillMention(skill="Kubernetes", category="devops", text="Kubernetes", start=0, end=10, line="p1"),
)


@pytest.fixture(scope="module")
def brief() -> Brief:
    posting = make_posting(lines=[(Section.TASKS, "Move our batch jobs to Kubernetes")])
    person = make_profile(records=RECORDS, deeds=DEEDS)
    made = make_brief(person, posting, {"p1": ("e1",)}, DraftKind.TAILORED_RESUME)
    return made.model_copy(update={"mentions": MENTIONS})


def passes(brief: Brief, text: str, *ids: str, kind: SentenceKind = SentenceKind.CLAIM) -> bool:
    line = Sentence(kind=kind, text=text, rests_on=ids)
    return ResumeGate(brief, tagging.find_skills).check(line).supported


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Successfully moved 14 services to k8s with a team of four, cutting cost by 18%", "e1"),
        ("Moved 14 services to k8s with a team of four, cutting cost by 18%", "e1"),
        ("Moved 14 services to Kubernetes with a team of four, cutting cost by 18%", "e1"),
        ("Managed a team of 5 developers", "e2"),
        ("Wrote the billing jobs in Java", "e4"),
        (LONG.removesuffix(", ensuring quality"), "e5"),
        ("GPA: 3.9/4.0", "e6"),
        ("Kubernetes (basics)", "e7"),
    ],
)
def test_the_closed_set_of_differences_passes(text: str, source: str, brief: Brief) -> None:
    assert passes(brief, text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Moved 14 services to Kubernetes with a team of four", "e1"),  # a number lost
        ("Moved 14 services to k8s, cutting cost by 18%", "e1"),  # the team lost
        ("Moved 40 services to k8s with a team of four, cutting cost by 18%", "e1"),
        ("Led 14 services to k8s with a team of four, cutting cost by 18%", "e1"),
        ("Moved 14 services to k8s with a team of four, raising cost by 18%", "e1"),
        ("Moved 14 services to Docker with a team of four, cutting cost by 18%", "e1"),
        ("Moved 14 services to K8S with a team of four, cutting cost by 18% at Arkway", "e1"),
        ("Managed a team of 9 developers", "e3"),  # the role goes on
        ("Led a team of 5 developers", "e2"),
        ("Wrote the billing jobs in JavaScript", "e4"),
        ("Rewrote the billing jobs in Java", "e4"),
        (LONG.removesuffix(" in four harbours, ensuring quality"), "e5"),
        ("3.9/4.0", "e1"),
        ("Kubernetes", "e7"),  # the level lost
        ("Kubernetes", "e1"),
        ("Followed the merger, moved 3 teams", "e9"),
        ("Kept Kafka running", "e10"),
        ("completed", "e11"),
    ],
)
def test_every_other_difference_is_refused(text: str, source: str, brief: Brief) -> None:
    assert not passes(brief, text, source)


def test_a_skill_is_spelled_as_the_page_spells_it_or_as_the_source_does(brief: Brief) -> None:
    without = brief.model_copy(update={"mentions": ()})
    assert not passes(without, "Kubernetes (basics)", "e7")
    assert passes(without, "k8s (basics)", "e7")


def test_a_line_has_one_source_that_exists_and_may_be_told(brief: Brief) -> None:
    text = "Managing a team of 5 developers"
    assert not passes(brief, text)
    assert not passes(brief, text, "e99")
    assert not passes(brief, text, "e2", "e3")
    assert not passes(_hushed(brief, "e2"), text, "e2")


def _hushed(brief: Brief, id_: str) -> Brief:
    def of(profile: Profile) -> Profile:
        evidence = tuple(
            item.model_copy(update={"confidential": item.id == id_}) for item in profile.evidence
        )
        return profile.model_copy(update={"evidence": evidence})

    return brief.model_copy(update={"profile": of(brief.profile)})


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("Engineer · Fenwick Rail · 2019 – 2022", True),
        ("Senior Engineer · Fenwick Rail · 2019 – 2022", False),
        ("Engineer · Osier Health · 2019 – 2022", False),
        ("Engineer · Fenwick Rail · 2019 – Present", False),
        ("Engineer · Fenwick Rail", False),
        ("Engineer · Fenwick Rails · 2019 – 2022", False),
    ],
)
def test_a_head_is_the_fields_of_its_record(text: str, passed: bool, brief: Brief) -> None:
    assert passes(brief, text, "e1", kind=SentenceKind.FORMULA) is passed


def test_what_goes_on_ends_with_a_word_of_the_list(brief: Brief) -> None:
    assert passes(brief, "Lead · Osier Health · 2022 – Present", "e3", kind=SentenceKind.FORMULA)
    assert not passes(brief, "Lead · Osier Health · 2022 – 2024", "e3", kind=SentenceKind.FORMULA)


def test_headings_and_goals_are_those_that_the_writer_has(brief: Brief) -> None:
    names = (
        "summary",
        "objective",
        "experience",
        "projects",
        "education",
        "certificates",
        "skills",
        "languages",
    )
    for language in languages():
        for name in (*names, "volunteering", "other"):
            assert passes(brief, heading(name, language), kind=SentenceKind.FORMULA)
        for name in ("goal", "offer"):
            goal = f"{heading(name, language)}: Platform Engineer, Arkway"
            assert passes(brief, goal, "p0", kind=SentenceKind.INTENT)
        assert heading("present", language) in phrases_of("resume-present")
    assert not passes(brief, "Why I am the best", kind=SentenceKind.FORMULA)


@pytest.mark.parametrize(
    "goal",
    ["Applying for: Platform Engineer, Globex", "I want to be a Platform Engineer", "Applying for: 40 jobs"],
)
def test_a_goal_holds_no_word_but_the_page_s_title_and_company(goal: str, brief: Brief) -> None:
    assert not passes(brief, goal, "p0", kind=SentenceKind.INTENT)


@pytest.mark.parametrize("kind", [SentenceKind.GLUE, SentenceKind.RECIPIENT, SentenceKind.SUBJECT])
def test_a_resume_holds_no_sentence_of_a_message(kind: SentenceKind, brief: Brief) -> None:
    assert not passes(brief, "That is close to what you need.", "p1", kind=kind)


def test_a_check_that_breaks_counts_as_a_fault(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError("broken")

    first = LINE_CHECKS[1]
    changed = type(first)(first.name, first.rule, first.kinds, broken)
    monkeypatch.setattr("grounding.resume.gate.LINE_CHECKS", [changed])
    assert not passes(brief, "Managing a team of 5 developers", "e2")


def test_every_kind_of_line_has_a_check() -> None:
    assert {kind for check in LINE_CHECKS for kind in check.kinds} == set(SentenceKind)
