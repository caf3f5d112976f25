"""An invented sender and opening, small, for the examples that each check is registered with."""

from domain import (
    Brief,
    DraftKind,
    Evidence,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    Sentence,
    SentenceKind,
    SourceSpan,
)

_RECORDS = (
    Record(
        id="r1",
        kind="role",
        title="Platform Engineer",
        organization="Northwind Freight",
        start="Mar 2021",
        end="Present",
        current=True,
    ),
    Record(
        id="r2",
        kind="role",
        title="Backend Developer",
        organization="Fernhill Bank",
        start="Jan 2017",
        end="Jan 2021",
    ),
    Record(id="r3", kind="project", title="PlotKit", links=("https://plotkit.example/code",)),
)
_EVIDENCE = (
    ("e1", "r1", "bullet", "Moved 14 services to Kubernetes, cutting deploy time from 40 to 6 minutes."),
    ("e2", "r1", "bullet", "Led a team of 5 engineers"),
    ("e3", "r2", "bullet", "Helped migrate the reporting jobs to AWS"),
    ("e4", "r2", "bullet", "Reduced API response time by 40% using Redis"),
    ("e5", "r2", "role", "Backend Developer, Fernhill Bank, Jan 2017 - Jan 2021"),
    ("e6", None, "skill", "Go"),
    ("e7", "r3", "project", "React, Go"),
)
_LINES = (
    ("p0", Section.TITLE, "Platform Engineer"),
    ("p1", Section.ABOUT, "Arkway runs night trains in 12 countries and is hiring 40 people."),
    ("p2", Section.TASKS, "Move our batch jobs to Kubernetes"),
    ("p3", Section.MUST, "3+ years of experience with Go and Redis"),
    ("p4", Section.NICE, "ClickHouse is a plus"),
)
PROFILE = Profile(
    id="example",
    name="Ines Arvo",
    links=("https://arvo.example",),
    records=_RECORDS,
    evidence=tuple(
        Evidence.model_validate(
            {
                "id": id_,
                "record": record,
                "type": type_,
                "text": text,
                "source": SourceSpan(document="example"),
            }
        )
        for id_, record, type_, text in _EVIDENCE
    ),
)
POSTING = Posting(
    id="example",
    title="Platform Engineer",
    company="Arkway",
    text="\n".join(text for _, _, text in _LINES[1:]),
    lines=tuple(PostingLine(id=id_, text=text, section=section) for id_, section, text in _LINES),
)
CONTRACT = "Write the body of a cold email as typed lines, nothing else."
BRIEF = Brief(kind=DraftKind.COLD_EMAIL, posting=POSTING, profile=PROFILE, matches=())


def typed(line: str) -> Sentence:
    """ "C e1 | text" as a sentence."""
    head, text = line.split(" | ", 1)
    kind, *ids = head.split()
    return Sentence(kind=SentenceKind(kind), text=text, rests_on=tuple(ids))
