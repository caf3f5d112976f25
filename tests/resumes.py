"""Invented people with whole lives, and the résumés tailored of them, for tests."""

from collections.abc import Sequence

import outreach
from domain import Draft, DraftKind, Evidence, EvidenceType, Profile, Record, Resume, SourceSpan
from outreach import Opening, Options

POSTING = """Senior Platform Engineer

At Arkway you will
- Move our batch jobs to Kubernetes
- Own the Terraform code of the billing platform

Requirements
- Five years with Python and PostgreSQL
- A degree in Computer Science

Nice to have
- Kafka
"""

Job = tuple[str, str, str, str, Sequence[str]]


def person(
    name: str,
    jobs: Sequence[Job],
    degree: tuple[str, str, str, str] | None = None,
    skills: Sequence[str] = (),
    languages: Sequence[str] = (),
    summary: Sequence[str] = (),
    **fields: object,
) -> Profile:
    """A profile of jobs (title, employer, start, end, bullets) and a degree (title, area, school, end)."""
    records: list[Record] = []
    evidence: list[Evidence] = []

    def add(kind: EvidenceType, text: str, record: str | None = None) -> None:
        source = SourceSpan(document="notes")
        evidence.append(
            Evidence(id=f"e{len(evidence) + 1}", type=kind, text=text, record=record, source=source)
        )

    for text in summary:
        add("summary", text)
    for title, employer, start, end, bullets in jobs:
        id_ = f"r{len(records) + 1}"
        records.append(
            Record(
                id=id_,
                kind="role",
                title=title,
                organization=employer,
                start=start,
                end=end,
                current=bool(start) and not end,
            )
        )
        add("role", f"{title}, {employer}", id_)
        for bullet in bullets:
            add("bullet", bullet, id_)
    if degree:
        title, area, school, end = degree
        records.append(Record(id="r0", kind="degree", title=title, area=area, organization=school, end=end))
        add("degree", f"{title}, {area}, {school}", "r0")
    for text in skills:
        add("skill", text)
    for text in languages:
        add("language", text)
    return Profile(
        id="someone",
        name=name,
        email="post@example.org",
        phone="+44 20 7946 0142",
        links=("https://github.com/someone-x", "https://linkedin.com/in/someone-x"),
        records=tuple(records),
        evidence=tuple(evidence),
        **fields,  # type: ignore[arg-type]
    )


ZOE = person(
    "Zoë Ångström-Łukasz",
    [
        (
            "Développeuse Python",
            "Œuvre & Fils",
            "Mar 2021",
            "",
            [
                "Built a façade for the “Čapek” API in Python, used by 25 % more people",
                "Wrote #define $x",
            ],
        ),
        (
            "Backend Engineer",
            "Đurđević d.o.o.",
            "2018",
            "Feb 2021",
            [
                "Successfully moved 14 services to k8s with a team of four",
                "Managing a group of 5 developers who kept PostgreSQL running",
                "I wrote the billing jobs",
            ],
        ),
    ],
    ("MSc", "Computer Science", "École Polytechnique", "2018"),
    ["Python", "k8s", "PostgreSQL", "Kafka (basics)"],
    ["French (native)", "Turkish"],
    ["Backend engineer who likes old systems."],
    headline="Ingénieure logiciel",
)
LEILA = person(
    "ليلى حداد",
    [
        (
            "مهندسة برمجيات أولى",
            "شركة النخيل",
            "2021",
            "",
            ["قادت فريقا من 5 مهندسين لبناء منصة الدفع", "نقلت 14 خدمة إلى Kubernetes في 6 أشهر"],
        ),
        ("مطورة ويب", "بيت الحكمة للتقنية", "2018", "2021", ["كتبت اختبارات آلية بلغة Python"]),
    ],
    ("بكالوريوس", "علوم الحاسوب", "جامعة القاهرة", "2018"),
    ["Python", "Kubernetes", "إدارة المشاريع"],
    ["العربية", "الإنجليزية"],
    language="ar",
)
NOA = person(
    "נועה לוי",
    [
        (
            "מהנדסת תוכנה בכירה",
            'חברת אלון בע"מ',
            "2021",
            "",
            ["העבירה 14 שירותים אל Kubernetes וקיצרה את זמן הפריסה מ-40 ל-6 דקות"],
        ),
        ("מפתחת אתרים", "סטודיו כרמל", "2018", "2021", ["פיתחה ממשקי React עבור 30 לקוחות"]),
    ],
    ("תואר ראשון", "מדעי המחשב", "אוניברסיטת תל אביב", "2018"),
    ["Python", "Kubernetes", "ניהול פרויקטים"],
    ["עברית", "אנגלית"],
    language="he",
)


def opening_for(profile: Profile, posting: str = POSTING) -> Opening:
    return outreach.examine(outreach.read(posting).postings[0], profile)


def tailored(profile: Profile, posting: str = POSTING, **options: object) -> Draft:
    chosen = Options(kind=DraftKind.TAILORED_RESUME, **options)  # type: ignore[arg-type]
    *_, last = outreach.draft(opening_for(profile, posting), profile, chosen)
    assert isinstance(last, Draft)
    return last


def resume_of(profile: Profile, posting: str = POSTING, **options: object) -> Resume:
    resume = tailored(profile, posting, **options).resume
    assert resume is not None
    return resume
