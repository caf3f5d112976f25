"""Each form a line of evidence can have, and what may be said of it. All lines are invented."""

import pytest

from chains.embedded.deed import Deed
from chains.embedded.realise import deeds
from domain import Evidence, Record, SourceSpan

NAMES = frozenset({"tableau", "python", "kafka", "redis", "power bi"})


def said(text: str, *, ended: bool = True, project: bool = False, english: bool = True) -> tuple[Deed, ...]:
    record = Record(
        id="r1",
        kind="project" if project else "role",
        title="Plotkit" if project else "Data Analyst",
        organization="" if project else "Osier Health",
        start="2018" if not project else "",
        end="2021" if ended and not project else "",
        current=not ended,
    )
    item = Evidence(
        id="e1",
        type="project" if project else "bullet",
        text=text,
        record="r1",
        source=SourceSpan(document="a résumé"),
    )
    return deeds(item, record, NAMES, english)


def phrase(text: str, *, ended: bool = True, project: bool = False) -> str | None:
    found = said(text, ended=ended, project=project)
    return f"{found[0].subject} {found[0].phrase}" if found else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Moved 9 ferries' timetables to Kafka.", "I moved 9 ferries' timetables to Kafka"),
        ("Set up alarms for three pumping stations", "I set up alarms for three pumping stations"),
        ("To shorten queues, created a guide", "I created a guide to shorten queues"),
        ("Cut night shifts from 12 -> 4", "I cut night shifts from 12 to 4"),
        ("Successfully led migration of booking service", "I led the migration of a booking service"),
        ("Mentored ~6 apprentices & two clerks", "I mentored about 6 apprentices and two clerks"),
    ],
)
def test_a_past_verb_is_said_with_i(line: str, expected: str) -> None:
    assert phrase(line) == expected


def test_a_base_verb_follows_the_dates_of_the_role() -> None:
    line = "Oversee ward reporting and train new analysts"
    assert phrase(line, ended=False) == "I oversee ward reporting and train new analysts"
    assert phrase(line, ended=True) == "I oversaw ward reporting and trained new analysts"


def test_verbs_of_an_infinitive_keep_their_form() -> None:
    line = "Write queries to extract, clean, and merge ward data"
    assert phrase(line) == "I wrote queries to extract, clean, and merge ward data"


def test_a_gerund_follows_the_dates_too_and_an_adjective_stays_one() -> None:
    assert phrase("Leading weekly rounds and mentoring two clerks") == (
        "I led weekly rounds and mentored two clerks"
    )
    assert phrase("Designing intuitive and engaging menus", ended=False) == (
        "I design intuitive and engaging menus"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Automated pruning toolkit",
        "Research integrated into ward tools",
        "Embedding pipeline: chunker, cleaner, loader",
        "Collaborated cross-functional teams",
        "Planned release of the second edition",
        "Improved waiting time by 30",
        "LED A TEAM OF FIVE CLERKS",
        "She rebuilt the timetable",
        "Built timetables since 2018",
        "This was later adopted by two wards",
        "Redis → queue → worker → store",
    ],
)
def test_what_would_be_false_or_broken_is_not_said(line: str) -> None:
    assert phrase(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Promoted to Lead Clerk within a year", "I was promoted to Lead Clerk within a year"),
        ("Awarded the ward prize for 2020", "I was awarded the ward prize for 2020"),
        ("Responsible for payroll of 80 staff", "I was responsible for payroll of 80 staff"),
        ("Part of a team that ran 40 kiosks", "I was part of a team that ran 40 kiosks"),
        ("Experience with Kafka and Redis", "I have experience with Kafka and Redis"),
        ("Core developer of the billing service", "I was a core developer of the billing service"),
    ],
)
def test_what_was_held_or_received_is_never_raised_to_a_deed(line: str, expected: str) -> None:
    assert phrase(line) == expected


def test_a_we_sentence_keeps_its_we() -> None:
    found = said("We reduced queues by 20%.")
    assert found[0].subject == "we"
    assert found[0].phrase == "reduced queues by 20%"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Open-source map tool for walkers", "project is an open-source map tool for walkers"),
        ("Supports custom legends and layers", "project supports custom legends and layers"),
        ("Adopted by 12 councils", "it was adopted by 12 councils"),
        ("800+ stars and 14 contributors", "it has 800+ stars and 14 contributors"),
        ("Designed to help clerks plan shifts", "it was designed to help clerks plan shifts"),
        ("a small local runner for map tiles", "project is a small local runner for map tiles"),
    ],
)
def test_a_project_is_described_not_its_owner(line: str, expected: str) -> None:
    assert phrase(line, project=True) == expected


def test_a_result_can_be_attached_or_said_on_its_own() -> None:
    (deed,) = said("Rewrote the rota planner, cutting planning time by 34 minutes")
    assert deed.phrase == "rewrote the rota planner"
    assert deed.tail == ", cutting planning time by 34 minutes"
    assert deed.follow == "That cut planning time by 34 minutes"


def test_an_achievement_is_the_work_s() -> None:
    (deed,) = said("Trained a triage model, achieving 94% accuracy")
    assert deed.follow == "The work achieved 94% accuracy"


def test_puff_is_dropped() -> None:
    (deed,) = said("Built a ward calendar, ensuring seamless collaboration")
    assert (deed.phrase, deed.tail, deed.follow) == ("built a ward calendar", "", "")


def test_a_limiting_word_is_never_cut_off() -> None:
    assert not any(
        "planned" not in d.phrase for d in said("Built ward apps for two sites, covering the planned third")
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Built internal tool for design team", "I built an internal tool for the design team"),
        ("Built ML pipeline", "I built an ML pipeline"),
        ("Delivered 2.8x speedup", "I delivered a 2.8x speedup"),
        ("Raised $18M round", "I raised an $18M round"),
        ("Reduced error rate by 3%", "I reduced the error rate by 3%"),
        ("Wrote unit and integration tests", "I wrote unit and integration tests"),
        ("Managed budget of $2M", "I managed a budget of $2M"),
        ("Improved test coverage", "I improved test coverage"),
        ("Took part in the fire drill rota", "I took part in the fire drill rota"),
    ],
)
def test_articles_are_put_where_shorthand_left_them_out(line: str, expected: str) -> None:
    assert phrase(line) == expected


def test_lists_and_clauses_get_their_and() -> None:
    assert (
        phrase("Designed reports using Tableau, Power BI") == "I designed reports using Tableau and Power BI"
    )
    assert phrase("Led the night team, built its rota") == "I led the night team and built its rota"


def test_a_line_in_another_language_is_quoted_after_a_colon() -> None:
    (deed,) = said("Leitung der Nachtschicht mit acht Personen", english=False)
    assert deed.subject == "colon"
    assert deed.phrase == "Leitung der Nachtschicht mit acht Personen"
