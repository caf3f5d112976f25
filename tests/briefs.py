"""Invented senders and openings, and briefs made of them, for tests that need a whole one."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain import (
    Brief,
    DraftKind,
    Evidence,
    EvidenceType,
    Match,
    Persona,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    SourceSpan,
)
from kinds import KINDS
from language import quantities

MESSAGES = tuple(kind.name for kind in KINDS.values() if kind.form == "message")
Deed = tuple[str | None, EvidenceType, str, Sequence[str]]

MAYA_RECORDS = (
    Record(
        id="r1", kind="role", title="Platform Engineer", organization="Northwind", start="2021", end="2024"
    ),
    Record(
        id="r2", kind="role", title="Backend Developer", organization="Osier Health", start="2018", end="2021"
    ),
)
MAYA_EVIDENCE: tuple[Deed, ...] = (
    (
        "r1",
        "bullet",
        "Moved 14 services to Kubernetes, cutting deploy time from 40 to 6 minutes",
        ("Kubernetes",),
    ),
    ("r1", "bullet", "Helped write Terraform modules for 12 teams", ("Terraform",)),
    ("r2", "bullet", "Built a billing API in Python that serves about 900 requests per second", ("Python",)),
    ("r2", "bullet", "Reduced cloud cost by 18% with a team of four", ()),
    (None, "skill", "PostgreSQL", ("PostgreSQL",)),
)
ARKWAY_LINES = (
    (Section.ABOUT, "Arkway runs freight billing for ports."),
    (Section.TASKS, "Move our batch jobs to Kubernetes"),
    (Section.TASKS, "Own the Terraform code of the billing platform"),
    (Section.MUST, "Experience with Python APIs"),
    (Section.NICE, "PostgreSQL"),
)
ARKWAY_ANSWERS = {"p2": ("e1",), "p3": ("e2",), "p4": ("e3", "e4"), "p5": ("e5",)}


def make_profile(
    name: str = "Maya Lindqvist",
    records: Sequence[Record] = MAYA_RECORDS,
    deeds: Sequence[Deed] = MAYA_EVIDENCE,
    persona: Persona = Persona.JOB_SEEKER,
    **contacts: Any,
) -> Profile:
    evidence = tuple(
        Evidence(
            id=f"e{number}",
            type=kind,
            text=text,
            record=record,
            skills=tuple(skills),
            numbers=quantities.find(text),
            source=SourceSpan(document="resume.txt", place=f"line {number}"),
        )
        for number, (record, kind, text, skills) in enumerate(deeds, start=1)
    )
    return Profile(
        id="sender", name=name, persona=persona, records=tuple(records), evidence=evidence, **contacts
    )


def make_posting(
    title: str = "Platform Engineer",
    company: str = "Arkway",
    lines: Sequence[tuple[Section, str]] = ARKWAY_LINES,
) -> Posting:
    kept = [PostingLine(id="p0", text=title, section=Section.TITLE)]
    text = ""
    for number, (section, line) in enumerate(lines, start=1):
        start = len(text) + bool(text)
        text = f"{text}\n{line}" if text else line
        kept.append(PostingLine(id=f"p{number}", text=line, section=section, start=start, end=len(text)))
    return Posting(
        id="opening", title=title, company=company, text=text, lines=tuple(kept), company_source="published"
    )


def make_brief(
    profile: Profile | None = None,
    posting: Posting | None = None,
    answers: Mapping[str, Sequence[str]] = ARKWAY_ANSWERS,
    kind: DraftKind = DraftKind.COLD_EMAIL,
    why: str = "",
) -> Brief:
    """A brief in which each posting line of `answers` is answered by the evidence it names, best first."""
    posting = posting or make_posting()
    texts = {line.id: line.text for line in posting.lines}
    matches = tuple(
        Match(
            subject="requirement", text=texts[line], line=line, evidence=tuple(ids), score=0.9 - place / 100
        )
        for place, (line, ids) in enumerate(answers.items())
    )
    return Brief(kind=kind, posting=posting, profile=profile or make_profile(), matches=matches, why=why)
