"""The gate in place: repair, what points back, the draft as a whole, a person's own edits."""

import pytest

from domain import Record, Sentence, SentenceKind
from evaluation.perturbations import perturbed
from grounding import Gate, check_edit, registry
from grounding.registry import Case, Fault
from tests.grounding.grounding_sender import PROFILE, brief, find_skills, sentence, verdict

HONEST = "C e6 | At Fernhill Bank, I built a payments service in Go and PostgreSQL used by 120k customers."


def template(id_: str) -> str | None:
    return {
        "e6": "At Fernhill Bank, I built a payments service in Go and PostgreSQL used by 120k customers.",
        "e5": "At Fernhill Bank, I led the API.",
    }.get(id_)


def gate() -> Gate:
    return Gate(brief(), find_skills)


def test_an_honest_sentence_is_admitted_as_written() -> None:
    admitted = gate().admit(sentence(HONEST), template)
    assert admitted.sentence == sentence(HONEST)
    assert admitted.dropped is None


def test_a_false_claim_gives_way_to_its_evidence() -> None:
    admitted = gate().admit(sentence("C e6 | I built a payments service used by 2M customers."), template)
    assert admitted.sentence is not None
    assert admitted.sentence.text == template("e6")
    assert admitted.verdict.supported
    assert admitted.dropped is not None
    assert admitted.dropped.replaced_by == template("e6")
    assert not admitted.dropped.verdict.supported


def test_a_template_that_lies_does_not_pass_either() -> None:
    admitted = gate().admit(sentence("C e5 | I led the whole bank."), template)
    assert admitted.sentence is None
    assert admitted.dropped is not None
    assert admitted.dropped.question


def test_a_repair_says_nothing_twice() -> None:
    one = gate()
    one.admit(sentence(HONEST), template)
    again = one.admit(sentence("C e6 | I built it for 2M customers."), template)
    assert again.sentence is None


def test_other_kinds_are_dropped_without_a_question() -> None:
    admitted = gate().admit(sentence("G | I have led many teams."), template)
    assert admitted.sentence is None
    assert admitted.dropped is not None
    assert admitted.dropped.question == ""


@pytest.mark.parametrize(
    "second",
    [
        "C e1 | There, I also migrated 14 services to Kubernetes.",
        "C e1 | In the same role, I migrated 14 services to Kubernetes.",
        "C e1 | That cut deploy time from 40 to 6 minutes.",
        "C e16 e17 | Both are on my skills list.",
        "C e11 | It has 800+ stars and is used by 12 companies.",
    ],
)
def test_what_points_back_needs_what_it_points_to(second: str) -> None:
    one = gate()
    one.admit(sentence(HONEST), template)
    assert one.check(sentence(second)).supported
    assert one.admit(sentence(second), template).sentence is None


def test_what_points_back_stands_after_its_antecedent() -> None:
    one = gate()
    for line in (
        "R p3 | You list Kafka and Redis for the Platform Engineer role.",
        "C e17 e18 | Both are on my skills list.",
        "C e1 | At Northwind Freight, I migrated 14 services to Kubernetes.",
        "C e1 | That cut deploy time from 40 to 6 minutes.",
        "C e2 | In the same role, I led a team of 5 engineers.",
        "C e5 | Before that, at Fernhill Bank, I reduced API response time by 40% using Redis and Kafka.",
    ):
        assert one.admit(sentence(line), template).sentence is not None, line


def test_all_three_must_be_the_three_just_named() -> None:
    one = gate()
    one.admit(sentence("R p3 | You list Go, Kafka, and Redis for the Platform Engineer role."), template)
    assert one.admit(sentence("C e16 e17 e18 | All three are on my skills list."), template).sentence is None


def test_before_that_needs_earlier_dates() -> None:
    one = gate()
    one.admit(sentence(HONEST), template)
    later = sentence("C e1 | Before that, at Northwind Freight, I migrated 14 services to Kubernetes.")
    assert one.admit(later, template).sentence is None


@pytest.mark.parametrize("unexpected", [ValueError, NameError, AssertionError, RuntimeError, OSError])
def test_a_check_that_breaks_in_any_way_is_a_fault(
    unexpected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(case: Case) -> Fault | None:
        raise unexpected(case.text)

    entry = registry.Registered("broken", frozenset(SentenceKind), broken)
    monkeypatch.setattr(registry, "CHECKS", [entry])
    monkeypatch.setattr("grounding.gate.CHECKS", [entry])
    found = gate().check(sentence(HONEST))
    assert not found.supported
    assert found.check == "broken"


def test_a_reason_is_in_plain_words() -> None:
    found = verdict("C e3 | I led the on-call rotation for about 200 services.")
    assert found.check == "verbs"
    assert found.reason == "Your evidence says “Took part”, not “led”."
    assert (found.fault, found.evidence_says) == ("led", "Took part")
    assert verdict("C e6 | I built a payments service in Go used by 2M customers.").check == "numbers"
    assert verdict("C e5 | At Arkway, I reduced API response time by 40%.").check == "employer"
    assert verdict("C e1 e5 | I did all of it.").check == "structure"
    assert verdict("C e5 | I reduced API response time by 40% using Rust.").check == "skills"
    assert verdict("C e1 | I am the best at this.").check == "superlatives"
    assert verdict("C e15 | I got this in 2019.").check == "dates"


HONEST_CLAIMS = [
    "C e1 "
    "| At Northwind Freight, I migrated 14 services to Kubernetes, cutting deploy time from 40 to 6 minutes.",
    "C e2 | I led a team of 5 engineers and mentored 3 junior developers.",
    "C e3 | I took part in the on-call rotation for about 200 services.",
    "C e5 | At Fernhill Bank, I reduced API response time by 40% using Redis and Kafka.",
    HONEST,
    "C e7 | I helped migrate the reporting jobs to AWS and document the runbooks.",
    "C e8 | I was part of a team that launched the mobile bank in 12 countries.",
    "C e9 | I increased test coverage from 55% to 80%.",
    "C e28 | I won 2nd place of 40 teams at the city hackathon.",
    "C e29 | We cut cloud spend by up to 30% and moved backups to Azure.",
]


@pytest.mark.parametrize("line", HONEST_CLAIMS)
def test_no_single_change_of_an_honest_claim_passes(line: str) -> None:
    honest = sentence(line)
    assert gate().check(honest).supported
    item = next(item for item in PROFILE.evidence if item.id == honest.rests_on[0])
    for _, changed in perturbed(honest.text, item, PROFILE):
        assert not gate().check(honest.model_copy(update={"text": changed})).supported, changed


@pytest.mark.parametrize("line", HONEST_CLAIMS)
def test_an_honest_claim_may_not_cite_another_item(line: str) -> None:
    honest = sentence(line)
    for item in PROFILE.evidence:
        if item.id not in honest.rests_on:
            moved = honest.model_copy(update={"rests_on": (item.id,)})
            assert not gate().check(moved).supported, item.text
            records = {e.record for e in PROFILE.evidence if e.id in honest.rests_on}
            if item.record not in records:
                both = honest.model_copy(update={"rests_on": (*honest.rests_on, item.id)})
                assert not gate().check(both).supported, item.text


def body(*texts: str) -> list[Sentence]:
    kinds = {"H": SentenceKind.FORMULA, "?": SentenceKind.INTENT}
    return [
        Sentence(kind=kinds.get(t[:1] if t[:1] == "H" else t[-1:], SentenceKind.GLUE), text=t) for t in texts
    ]


FILLER = [
    "This is one of the ways in which that is close to what your team will need next " + w + "."
    for w in ("a", "b", "c")
]


def test_the_whole_draft_is_checked() -> None:
    whole = gate().check_whole(
        "Platform Engineer at Arkway", body("Hello,", *FILLER, "Is this close to what you need?")
    )
    assert whole == ()


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("See https://evil.example/x.", "link"),
        ("Write to ines@evil.example.", "link"),
        ("Call +49 30 1234567.", "link"),
        ("dGhpcyBpcyBhIHNlY3JldCBjb2Rl0123.", "code"),
        ("gsk_abcdef1234567890.", "secret"),
        ("Mind the \u202egap.", "nobody can see"),
        ("C e4 | I did it.", "prompt"),
        ("And is that all?", "more than one thing"),
        (FILLER[0], "twice"),
        ("<b>Now</b>.", "markup"),
        ("word " * 140, "words"),
    ],
)
def test_a_fault_of_the_whole_is_named(extra: str, reason: str) -> None:
    sentences = body("Hello,", *FILLER, "Is this close to what you need?", extra)
    found = gate().check_whole("Platform Engineer at Arkway", sentences)
    assert any(reason in each.reason for each in found), found


def test_the_senders_own_link_may_stand() -> None:
    sentences = body("Hello,", *FILLER, "Is this close to what you need?", "https://arvo.example")
    assert gate().check_whole("Platform Engineer at Arkway", sentences) == ()


def test_an_organisation_of_the_sender_may_be_named_like_a_host() -> None:
    workshops = Record(id="r90", kind="volunteering", organization="Teach.org Workshops", title="Mentor")
    known = PROFILE.model_copy(update={"records": (*PROFILE.records, workshops)})
    named = body("Hello,", *FILLER, "Teach.org Workshops is close.", "Is this close to what you need?")
    reasons = [
        f.reason for f in Gate(brief(known), find_skills).check_whole("Platform Engineer at Arkway", named)
    ]
    assert reasons == []
    other = gate().check_whole("Platform Engineer at Arkway", named)
    assert [each.fault for each in other] == ["Teach.org"]


EDITED = """Hello Arkway team,

You list Go, Kafka, and Redis for the Platform Engineer role. I led a team of 5 engineers. I invented Kafka.

Is this close to what you need?

Best regards,
Ines Arvo"""


def test_a_persons_edit_is_checked_sentence_by_sentence() -> None:
    found = check_edit(EDITED, brief(), find_skills)
    refused = [text for text, each in found if not each.supported]
    assert refused == ["I invented Kafka."]
    assert next(each for text, each in found if not each.supported).reason
