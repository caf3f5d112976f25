"""Whole drafts of the built-in writer, from invented people and postings."""

import re
from itertools import pairwise
from random import Random

import pytest

from chains import render, write_embedded
from chains.embedded.cover_letter import join_lonely
from chains.embedded.materials import Materials
from chains.embedded.page import Page
from domain import (
    Brief,
    DraftKind,
    Evidence,
    Match,
    Persona,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    Sentence,
    SentenceKind,
    SkillMention,
    SourceSpan,
    Verdict,
)
from errors import NothingMatches
from tests.briefs import MESSAGES, Deed, make_brief, make_posting, make_profile

SOURCE = SourceSpan(document="a résumé")
LINES = (
    ("p0", "Platform Engineer (m/f/d)", Section.TITLE),
    ("p1", "Move our ferry booking onto Kubernetes without downtime.", Section.TASKS),
    ("p2", "Experience with Kafka and Python", Section.MUST),
    ("p3", "Terraform, Redis, and Go", Section.MUST),
)
POSTING = Posting(
    id="x",
    title="Platform Engineer (m/f/d)",
    company="Arkway Ferries",
    lines=tuple(PostingLine(id=i, text=t, section=s) for i, t, s in LINES),
)
RECORDS = (
    Record(
        id="r1", kind="role", title="Senior Engineer", organization="Fenwick Rail", start="2021", current=True
    ),
    Record(
        id="r2", kind="role", title="Software Engineer", organization="Osier Post", start="2017", end="2021"
    ),
    Record(id="r3", kind="degree", title="BSc Physics", organization="Holm University", end="2017"),
)
ITEMS = (
    ("e1", "role", "Senior Engineer, Fenwick Rail", "r1", ()),
    (
        "e2",
        "bullet",
        "Moved 14 ticketing services to Kubernetes, cutting deploy time by 34 minutes",
        "r1",
        ("Kubernetes",),
    ),
    ("e3", "bullet", "Wrote the Kafka consumers that feed the departure boards", "r1", ("Kafka",)),
    ("e4", "bullet", "Built parcel tracking in Python for 60 depots", "r2", ("Python",)),
    ("e5", "bullet", "Mentored three new engineers", "r2", ()),
    ("e6", "bullet", "Replaced nightly exports with event streams", "r2", ()),
    ("e7", "degree", "BSc Physics, Holm University, 2017", "r3", ()),
    ("e8", "skill", "Terraform", None, ("Terraform",)),
    ("e9", "skill", "Redis", None, ("Redis",)),
    ("e10", "skill", "Python", None, ("Python",)),
)
PROFILE = Profile(
    id="me",
    name="Ines Moreau",
    links=("https://ines-moreau.example",),
    records=RECORDS,
    evidence=tuple(
        Evidence(id=i, type=t, text=x, record=r, skills=s, source=SOURCE)  # type: ignore[arg-type]
        for i, t, x, r, s in ITEMS
    ),
)
ASKED = (
    ("Kubernetes", "p1"),
    ("Kafka", "p2"),
    ("Python", "p2"),
    ("Terraform", "p3"),
    ("Redis", "p3"),
    ("Go", "p3"),
)
MENTIONS = tuple(
    SkillMention(skill=s, category="tools", text=s, start=0, end=1, line=line) for s, line in ASKED
)


def skill(label: str, line: str, *evidence: str, score: float = 0.9) -> Match:
    return Match(
        subject="skill",
        text=label,
        line=line,
        skills=(label,),
        evidence=evidence,
        score=score if evidence else 0.0,
    )


MATCHES = (
    Match(
        subject="requirement",
        text=LINES[1][1],
        line="p1",
        skills=("Kubernetes",),
        evidence=("e2",),
        score=0.9,
    ),
    Match(
        subject="requirement",
        text=LINES[2][1],
        line="p2",
        skills=("Kafka", "Python"),
        evidence=("e3", "e4"),
        score=0.8,
    ),
    skill("Kubernetes", "p1", "e2"),
    skill("Kafka", "p2", "e3"),
    skill("Python", "p2", "e4", "e10"),
    skill("Terraform", "p3", "e8"),
    skill("Redis", "p3", "e9"),
    skill("Go", "p3"),
)


def brief(kind: DraftKind = DraftKind.COLD_EMAIL, **changes: object) -> Brief:
    fields = {"kind": kind, "posting": POSTING, "profile": PROFILE, "matches": MATCHES, "mentions": MENTIONS}
    return Brief(**{**fields, **changes})  # type: ignore[arg-type]


def allow(sentence: Sentence) -> Verdict:
    return Verdict(supported=True)


def written(chosen: Brief) -> list[Sentence]:
    return list(write_embedded(chosen, allow))


def body(sentences: list[Sentence]) -> list[Sentence]:
    return [s for s in sentences if s.kind not in (SentenceKind.SUBJECT, SentenceKind.FORMULA)]


def words(sentences: list[Sentence]) -> int:
    return sum(len(s.text.split()) for s in body(sentences))


def test_an_email_runs_from_subject_to_name() -> None:
    draft = written(brief())
    assert draft[0].kind is SentenceKind.SUBJECT
    assert draft[1].text == "Hello Arkway Ferries team,"
    assert [s.text for s in draft if s.kind is SentenceKind.FORMULA][-2:] == [
        "Ines Moreau",
        "https://ines-moreau.example",
    ]
    assert [s.paragraph for s in draft] == sorted(s.paragraph for s in draft)
    assert draft[1].paragraph == 0
    assert draft[2].paragraph == 1


def test_it_opens_on_their_need_and_answers_with_evidence() -> None:
    said = body(written(brief()))
    assert said[0].kind is SentenceKind.RECIPIENT
    assert "Platform Engineer" in said[0].text
    assert "p0" in said[0].rests_on
    assert said[1].kind is SentenceKind.CLAIM
    assert set(said[1].rests_on) <= {"e2", "e3", "e4"}
    assert not re.match(r"(?:I|My|We)\b", said[0].text)


def test_every_claim_rests_on_evidence_and_every_word_on_the_recipient_on_a_line() -> None:
    for kind in MESSAGES:
        for sentence in written(brief(kind)):
            if sentence.kind is SentenceKind.CLAIM:
                assert sentence.rests_on
                assert all(id_.startswith("e") for id_ in sentence.rests_on)
            if sentence.kind is SentenceKind.RECIPIENT:
                assert sentence.rests_on
                assert all(id_.startswith("p") for id_ in sentence.rests_on)


@pytest.mark.parametrize("seed", range(5))
def test_an_email_is_short_and_asks_one_thing(seed: int) -> None:
    draft = written(brief(seed=seed))
    said = body(draft)
    assert 55 <= words(draft) <= 110
    assert all(len(s.text.split()) <= 25 for s in said)
    assert sum(s.text.endswith("?") for s in said) == 1
    assert said[-1].text.endswith("?")
    assert sum(s.kind is SentenceKind.CLAIM for s in said) <= 3


def test_the_subject_names_the_role_in_few_words() -> None:
    for seed in range(4):
        subject = written(brief(seed=seed))[0].text
        assert len(subject) <= 50
        assert 2 <= len(subject.split()) <= 7
        assert "Platform Engineer" in subject[:35]


def test_a_skill_without_evidence_is_never_claimed() -> None:
    for kind in MESSAGES:
        for seed in range(4):
            claims = [s.text for s in written(brief(kind, seed=seed)) if s.kind is SentenceKind.CLAIM]
            assert not any(re.search(r"\bGo\b", text) for text in claims)


def test_the_same_seed_gives_the_same_draft_and_another_seed_another() -> None:
    first, again, other = (written(brief(seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert len({tuple(s.text for s in written(brief(seed=seed))) for seed in range(4)}) > 1
    assert other


def test_a_letter_applies_says_the_gap_and_names_two_needs() -> None:
    draft = written(brief(DraftKind.COVER_LETTER, say_gap=True))
    texts = [s.text for s in draft]
    assert any(text.startswith("I would like to apply") for text in texts)
    assert "You also ask for Go, which my record does not show yet." in texts
    said = body(draft)
    pairs = [a.kind is SentenceKind.RECIPIENT and b.kind is SentenceKind.CLAIM for a, b in pairwise(said)]
    assert sum(pairs) >= 2
    assert words(draft) > words(written(brief()))


def test_no_gap_is_said_unless_the_person_wants_it() -> None:
    assert not any("does not show" in s.text for s in written(brief(DraftKind.COVER_LETTER)))


def test_the_person_s_own_line_stands_as_written() -> None:
    why = "I have taken your night ferry since I was nine."
    for kind in (DraftKind.COLD_EMAIL, DraftKind.COVER_LETTER):
        found = [s for s in written(brief(kind, why=why)) if s.rests_on == ("why",)]
        assert [s.text for s in found] == [why]


def test_newest_first_and_no_frame_twice() -> None:
    text = " ".join(s.text for s in body(written(brief(DraftKind.COVER_LETTER))))
    assert text.count("In the same role") <= 2
    assert text.count("Before that, at") <= 1


def letter_bodies() -> list[list[Sentence]]:
    return [body(written(brief(DraftKind.COVER_LETTER, seed=seed))) for seed in range(6)]


def test_what_points_back_to_a_role_follows_a_claim_of_that_role() -> None:
    owners = {item.id: item.record for item in PROFILE.evidence}
    for said in letter_bodies():
        for before, sentence in pairwise(said):
            if sentence.text.startswith(("In the same role,", "There,")):
                assert before.kind is SentenceKind.CLAIM
                assert before.paragraph == sentence.paragraph
                assert {owners[i] for i in before.rests_on} == {owners[i] for i in sentence.rests_on}


def test_no_paragraph_begins_two_sentences_with_one_employer() -> None:
    for said in letter_bodies():
        begun = [(s.paragraph, s.text.split(",")[0]) for s in said if s.text.startswith("At ")]
        assert len(begun) == len(set(begun))


def test_an_employer_told_before_in_the_paragraph_is_not_named_again() -> None:
    page = Page(Materials(brief(DraftKind.COVER_LETTER)), lambda _: True, Random(1))
    page.paragraph = 1
    deeds = [page.materials.deeds_of(id_)[0] for id_ in ("e4", "e5", "e6")]
    for deed in deeds:
        page.claim(deed)
    assert "Osier Post" in page.sentences[0].text
    assert not any("Osier Post" in s.text for s in page.sentences[1:])
    page.said.here = None
    for id_ in ("e2", "e3"):
        page.claim(page.materials.deeds_of(id_)[0])
        page.said.here = None
    begun = [s.text.split(",")[0] for s in page.sentences if s.text.startswith("At ")]
    assert len(begun) == len(set(begun))


def test_three_shared_skills_open_a_draft_where_no_bullet_matches() -> None:
    listed = PROFILE.model_copy(
        update={
            "evidence": tuple(
                e.model_copy(update={"skills": () if e.type == "bullet" else e.skills})
                for e in PROFILE.evidence
            )
        }
    )
    matches = (skill("Python", "p2", "e10"), skill("Terraform", "p3", "e8"), skill("Redis", "p3", "e9"))
    said = body(written(brief(profile=listed, matches=matches)))
    assert "Python, Terraform, and Redis" in said[0].text
    assert said[1].text == "All three are on my skills list."
    assert set(said[1].rests_on) == {"e8", "e9", "e10"}


def test_without_any_match_there_is_no_draft_but_advice() -> None:
    with pytest.raises(NothingMatches) as refusal:
        written(brief(matches=(skill("Go", "p3"),)))
    assert refusal.value.advice


def test_a_hedged_match_opens_nothing() -> None:
    with pytest.raises(NothingMatches):
        written(brief(matches=(skill("Kubernetes", "p1", "e2", score=0.4),)))


def test_only_what_the_gate_passes_is_said() -> None:
    def no_kubernetes(sentence: Sentence) -> Verdict:
        return Verdict(supported="Kubernetes" not in sentence.text)

    draft = list(write_embedded(brief(), no_kubernetes))
    assert draft
    assert all("Kubernetes" not in s.text for s in draft)


def test_a_foreign_posting_is_never_spliced() -> None:
    lines = (
        PostingLine(id="p0", text="Plattformentwickler (m/w/d)", section=Section.TITLE),
        PostingLine(id="p1", text="Erfahrung mit Kubernetes und Kafka", section=Section.MUST),
    )
    german = Posting(
        id="y", title="Plattformentwickler (m/w/d)", company="Fährhaus", lines=lines, language="de"
    )
    matches = (
        Match(
            subject="requirement",
            text=lines[1].text,
            line="p1",
            skills=("Kubernetes",),
            evidence=("e2",),
            score=0.9,
        ),
        skill("Kubernetes", "p1", "e2"),
        skill("Kafka", "p1", "e3"),
    )
    text = " ".join(s.text for s in body(written(brief(posting=german, matches=matches))))
    assert "Erfahrung" not in text
    assert "Plattformentwickler" in text
    assert "Fährhaus" in text


def agency() -> Profile:
    projects = (Record(id="r1", kind="project", title="Quaybook", links=("https://moor.example/quaybook",)),)
    evidence = (
        Evidence(
            id="e1",
            type="bullet",
            text="We moved a museum's 12 services to Kubernetes",
            skills=("Kubernetes",),
            source=SOURCE,
        ),
        Evidence(
            id="e2",
            type="project",
            text="Python, Redis, Terraform",
            record="r1",
            skills=("Python", "Redis", "Terraform"),
            links=("https://moor.example/quaybook",),
            source=SOURCE,
        ),
    )
    return Profile(
        id="us",
        name="Tomas Berg",
        persona=Persona.SERVICE_PROVIDER,
        organization="Moor & Berg",
        postal_address="4 Quay Lane, Holm",
        records=projects,
        evidence=evidence,
    )


def test_an_agency_speaks_as_we_offers_work_and_a_way_out() -> None:
    matches = (
        skill("Kubernetes", "p1", "e1"),
        skill("Python", "p2", "e2"),
        skill("Redis", "p3", "e2"),
        skill("Terraform", "p3", "e2"),
    )
    draft = written(brief(profile=agency(), matches=matches))
    text = " ".join(s.text for s in draft)
    assert "We moved a museum's 12 services to Kubernetes." in text
    assert "Our project Quaybook uses Python, Redis, and Terraform: " in text
    assert "https://moor.example/quaybook" in text
    assert "we could take on part of the work" in text
    assert "reply 'no thanks'" in text
    assert "4 Quay Lane, Holm" in text
    assert not re.search(r"\b(?:I|my)\b", text)


@pytest.mark.parametrize("seed", range(6))
def test_an_agency_s_email_makes_three_claims_at_most(seed: int) -> None:
    row = Evidence(
        id="e3",
        type="bullet",
        text="A booking page for a chain of small harbours",
        record="r1",
        skills=(),
        source=SOURCE,
    )
    listed = Evidence(id="e4", type="skill", text="Kafka", skills=("Kafka",), source=SOURCE)
    plain = agency()
    profile = plain.model_copy(update={"evidence": (*plain.evidence, row, listed)})
    matches = (
        skill("Kubernetes", "p1", "e1"),
        skill("Kafka", "p2", "e4"),
        skill("Python", "p2", "e2"),
        skill("Redis", "p3", "e2"),
    )
    said = body(written(brief(profile=profile, matches=matches, seed=seed)))
    assert sum(s.kind is SentenceKind.CLAIM for s in said) <= 3
    assert any("Quaybook" in s.text for s in said)


def test_a_thin_email_offers_to_tell_more_before_it_asks() -> None:
    thin = PROFILE.model_copy(update={"evidence": PROFILE.evidence[3:4]})
    said = body(written(brief(profile=thin, matches=(skill("Python", "p2", "e4"),))))
    assert [s.kind for s in said[-2:]] == [SentenceKind.INTENT, SentenceKind.INTENT]
    assert not said[-2].text.endswith("?")
    assert said[-1].text.endswith("?")
    assert said[-2].paragraph == said[-1].paragraph


def test_a_claim_that_stands_alone_joins_the_paragraph_beside_it() -> None:
    page = Page(Materials(brief(DraftKind.COVER_LETTER)), lambda _: True, Random(1))
    for paragraph, sentences in enumerate((1, 2, 5, 1, 2, 2)):
        page.paragraph = paragraph
        for number in range(sentences):
            page.say(SentenceKind.CLAIM, f"I did {paragraph}-{number}.", ("e2",))
    join_lonely(page)
    assert [s.paragraph for s in page.sentences] == [0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4]
    assert page.paragraph == 4


def test_a_summary_is_no_answer_to_a_task() -> None:
    about = Evidence(
        id="e0",
        type="summary",
        text="I am a Kubernetes engineer with 6 years in ferry booking",
        skills=("Kubernetes",),
        source=SOURCE,
    )
    profile = PROFILE.model_copy(update={"evidence": (about, *PROFILE.evidence)})
    matches = (MATCHES[0].model_copy(update={"evidence": ("e0",)}), *MATCHES[1:])
    for kind in MESSAGES:
        for seed in range(3):
            said = body(written(brief(kind, seed=seed, profile=profile, matches=matches)))
            after = [b for a, b in pairwise(said) if a.rests_on == ("p0", "p1")]
            assert not any(s.rests_on == ("e0",) for s in after)


def test_an_agency_without_an_address_gets_none_invented() -> None:
    profile = agency().model_copy(update={"postal_address": ""})
    draft = written(brief(profile=profile, matches=(skill("Kubernetes", "p1", "e1"),)))
    assert draft[-1].text == "Moor & Berg"


def test_no_placeholder_link_is_signed_with() -> None:
    profile = PROFILE.model_copy(update={"links": ("https://example.com/me", "http://localhost/cv")})
    assert not any("http" in s.text for s in written(brief(profile=profile)))


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (
            "e2",
            "At Fenwick Rail, I moved 14 ticketing services to Kubernetes, "
            "cutting deploy time by 34 minutes.",
        ),
        ("e1", "I am a Senior Engineer at Fenwick Rail."),
        ("e7", "I have a BSc in Physics from Holm University."),
        ("e8", "My skills include Terraform."),
        ("e99", None),
    ],
)
def test_one_item_can_be_said_alone(evidence: str, sentence: str | None) -> None:
    assert render(brief(), evidence) == sentence


def test_a_certificate_that_the_page_names_is_an_answer() -> None:
    lines = ((Section.MUST, "ECS Gold Card or equivalent"), (Section.TASKS, "Test and certify installations"))
    card = Record(id="r9", kind="certificate", title="ECS Gold Card", organization="JIB", start="2017")
    work = Record(
        id="r1", kind="role", title="Electrician", organization="Voltwright", start="2016", end="2023"
    )
    deeds: tuple[Deed, ...] = (
        ("r1", "bullet", "Tested and certified 40 installations a year to BS 7671", ()),
        ("r9", "certificate", "ECS Gold Card, JIB, 2017", ()),
    )
    sender = make_profile(records=(work, card), deeds=deeds)
    posting = make_posting("Electrical Supervisor", "Brackenridge", lines)
    asked = make_brief(sender, posting, {"p1": ("e2",), "p2": ("e1",)})
    said = [s.text for s in written(asked)]
    place = said.index("I hold the ECS Gold Card.")
    assert "ECS Gold Card" in said[place - 1]


def test_a_title_held_is_no_answer_to_a_task() -> None:
    lines = ((Section.TASKS, "Supervise apprentices on our sites"), (Section.TASKS, "Wire new offices"))
    role = Record(
        id="r1", kind="role", title="Apprentice Electrician", organization="Halden", start="2012", end="2016"
    )
    deeds: tuple[Deed, ...] = (
        ("r1", "role", "Apprentice Electrician, Halden, 2012 - 2016", ()),
        ("r1", "bullet", "Wired 30 domestic kitchens", ()),
    )
    sender = make_profile(records=(role,), deeds=deeds)
    asked = make_brief(sender, make_posting("Foreman", "Tarn", lines), {"p1": ("e1",), "p2": ("e2",)})
    said = [s.text for s in written(asked)]
    after = [b for a, b in pairwise(said) if "supervise apprentices" in a.lower()]
    assert not any(text.startswith("I was an Apprentice") for text in after)


def test_what_was_taken_back_leaves_no_trace() -> None:
    page = Page(Materials(brief(DraftKind.COVER_LETTER)), lambda _: True, Random(1))
    before = page.mark()
    deed = page.materials.ranked[0]
    assert page.claim(deed)
    page.turn()
    page.back_to(before)
    assert page.sentences == []
    assert not page.used
    assert page.said.told == []
    assert page.claim(deed)
    assert " also " not in page.sentences[0].text
