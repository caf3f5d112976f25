"""A person's own subject: what it is about stands on the page, and the rest are words of mail."""

import pytest

from domain import Brief, DraftKind, Posting, PostingLine, Profile, Section
from grounding import check_subject


@pytest.fixture
def brief() -> Brief:
    lines = (
        PostingLine(id="p0", text="Platform Engineer", section=Section.TITLE),
        PostingLine(id="p1", text="Move billing onto Kubernetes.", section=Section.TASKS),
        PostingLine(id="p2", text="Put PLAT-7 in the subject.", section=Section.APPLY),
    )
    posting = Posting(id="j", title="Platform Engineer", company="Fernhill", lines=lines)
    return Brief(
        kind=DraftKind.COLD_EMAIL, posting=posting, profile=Profile(id="a", name="Ada Berg"), matches=()
    )


@pytest.mark.parametrize(
    "subject",
    [
        "Platform Engineer",
        "PLAT-7 Platform Engineer",
        "Application: Platform Engineer at Fernhill",
        "Bewerbung als Platform Engineer",
        "Candidature au poste de Platform Engineer",
        "Solicitud para el puesto de Platform Engineer",
        "Re: billing onto Kubernetes",
        "Platform Engineer, from Ada Berg",
    ],
)
def test_words_of_the_page_of_mail_and_ones_own_name_may_stand(subject: str, brief: Brief) -> None:
    assert check_subject(subject, brief, lambda _: []).supported


@pytest.mark.parametrize(
    ("subject", "fault"),
    [
        ("Platform Engineer with 20 years of Rust", "20"),
        ("Hello from Google", "Google"),
        ("PLAT-8 Platform Engineer", "8"),
        ("I led the billing move", "I"),
        ("Award-winning Platform Engineer", "Award"),
    ],
)
def test_what_neither_says_is_at_fault(subject: str, fault: str, brief: Brief) -> None:
    verdict = check_subject(subject, brief, lambda _: [])
    assert not verdict.supported
    assert verdict.fault.startswith(fault)
