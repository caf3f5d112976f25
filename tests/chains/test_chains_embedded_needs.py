"""Which lines of a posting name a need, and in which words it can be said. All lines are invented."""

import pytest

from chains.embedded.needs import need
from chains.embedded.role import is_someone, title_of
from domain import Posting

NAMES = frozenset({"kubernetes", "python", "kafka"})


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        (
            "Move our billing onto Kubernetes without downtime.",
            "task",
            "move your billing onto Kubernetes without downtime",
        ),
        ("You will design and run the ferry timetable", "task", "design and run the ferry timetable"),
        ("Ability to explain tides to new crews", "task", "explain tides to new crews"),
        ("Reporting: Build weekly reports for the harbour", "task", "build weekly reports for the harbour"),
        ("3+ years of experience with Kafka", "thing", "experience with Kafka"),
        ("Strong knowledge of tidal charts, including old ones", "thing", "knowledge of tidal charts"),
        ("You are familiar with Kafka", "thing", "someone familiar with Kafka"),
        ("Deep understanding of ticketing systems", "thing", "an understanding of ticketing systems"),
    ],
)
def test_tasks_and_things_are_named_in_the_page_s_words(line: str, kind: str, text: str) -> None:
    found = need(line, "p3", NAMES)
    assert found is not None
    assert (found.kind, found.text, found.lines) == (kind, text, ("p3",))


@pytest.mark.parametrize(
    "line",
    [
        "Bachelor's degree in marine science",
        "You are a motivated team player",
        "Willingness to travel up to 20%",
        "Competitive salary and a pension",
        "Must be a citizen of the islands",
        "Work closely with the deck team",
        "Test automation",
        "Fluent English and German",
        "Ready to take the helm?",
        "WHAT WE OFFER YOU",
    ],
)
def test_degrees_traits_and_benefits_are_no_opener(line: str) -> None:
    assert need(line, "p1", NAMES) is None


def test_a_long_need_is_cut_at_a_boundary_and_never_ends_on_an_adjective() -> None:
    found = need(
        "Operate the complex and driving parts of our ferry booking platform across eleven harbours",
        "p1",
    )
    assert found is None or not found.text.endswith(("complex", "driving", "and", "of"))
    assert found is None or len(found.text.split()) <= 11


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "Scope and lead technical projects to completion with an eye on the whole harbour",
            "scope and lead technical projects to completion",
        ),
        (
            "Build the timetable pages of twelve island harbours with a strong focus on speed",
            "build the timetable pages of twelve island harbours",
        ),
        (
            "Run weekly berth planning for every harbour crew in close collaboration with the captains",
            "run weekly berth planning for every harbour crew",
        ),
        (
            "Answer the letters of ferry passengers each week on behalf of the harbour board",
            "answer the letters of ferry passengers each week",
        ),
        (
            "Keep the night ferry booking system up in winter as part of the rota",
            None,
        ),
        ("Design and own the U.S. Ferry timetable", "design and own the U.S. Ferry timetable"),
    ],
)
def test_no_cut_falls_inside_an_idiom(line: str, text: str | None) -> None:
    found = need(line, "p1")
    assert (found.text if found else None) == text


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Platform Engineer (m/f/d)", "Platform Engineer"),
        ("Platform Engineer – Payments", "Platform Engineer"),
        ("Harbour Analyst, Night Shift", "Harbour Analyst"),
        ("Platform Engineer #4711", "Platform Engineer"),
        ("[2026] Harbour Intern", "Harbour Intern"),
        ("SENIOR HARBOUR CLERK", "Senior Harbour Clerk"),
    ],
)
def test_a_title_is_said_without_its_codes(title: str, said: str) -> None:
    assert title_of(Posting(id="x", title=title)) == said


def test_only_a_person_can_be_hired_as_a_title() -> None:
    assert is_someone("Senior Data Engineer II")
    assert not is_someone("Data Engineering")
