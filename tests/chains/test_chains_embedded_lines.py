"""Lines of many trades and the sentences they become: rows of the gate's own files, and what they hold to."""

from pathlib import Path

import pytest

from evaluation.lines import measure, realised


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        # Determiners after prepositions: one of its kind, one of many, none.
        (
            "Coordinated patient transfers during six-month vacancy of charge nurse",
            "coordinated patient transfers during the six-month vacancy of the charge nurse",
        ),
        ("Ran the pass during head chef's absence", "ran the pass during the head chef's absence"),
        (
            "Answered enquiries at front desk and by phone",
            "answered enquiries at the front desk and by phone",
        ),
        ("Debugged race condition in message broker", "debugged a race condition in a message broker"),
        ("Operated forklift in 12,000 m² warehouse", "operated a forklift in a 12,000 m² warehouse"),
        ("Translated contracts from German into English", "translated contracts from German into English"),
        ("Led rebranding, from logo to labels", "led rebranding, from logo to labels"),
        (
            "Presented at European Physics Conference in Lisbon",
            "presented at the European Physics Conference in Lisbon",
        ),
        ("Took over as sous chef after eight months", "took over as sous chef after eight months"),
        ("Ranked among top 3 of 28 reps", "ranked among the top 3 of 28 reps"),
        # Compounds, lists of adjectives, shared nouns.
        (
            "Developed machine learning models for stock price prediction",
            "developed machine learning models for stock price prediction",
        ),
        (
            "Developed scalable, robust, and maintainable applications",
            "developed scalable, robust, and maintainable applications",
        ),
        ("Prepared annual report and notes to accounts", "prepared an annual report and notes to accounts"),
        # Lists without their "and"; a place is none.
        ("Forecasted demand with ARIMA, Prophet", "forecasted demand with ARIMA and Prophet"),
        (
            "Supported HR team in recruiting, onboarding, contracts",
            "supported the HR team in recruiting, onboarding, and contracts",
        ),
        (
            "Commissioned robot cell at customer site in Lyon, France",
            "commissioned a robot cell at a customer site in Lyon, France",
        ),
        # Several acts in a line.
        (
            "Trained 12 nurses in IV therapy; reduced infections by 18%",
            "trained 12 nurses in IV therapy and reduced infections by 18%",
        ),
        ("Surveyed sites, drew plans and led crews", "surveyed sites, drew plans and led crews"),
        ("Closed 38 deals worth €2.3M; average cycle of 41 days", "closed 38 deals worth €2.3M"),
        ("To improve lead quality, created scoring model", "created a scoring model to improve lead quality"),
        # Verbs that no table holds, and verbs that open no act.
        ("Re-glazed 40 windows of town hall", "re-glazed 40 windows of the town hall"),
        ("Helped organise annual open day", "helped organise an annual open day"),
        ("Elected treasurer of student union", "was elected treasurer of the student union"),
        ("Captain of university rowing team", "was captain of the university rowing team"),
        ("Paralegal supporting three associates", "was a paralegal supporting three associates"),
    ],
)
def test_shorthand_becomes_a_sentence(line: str, phrase: str) -> None:
    (deed, *_) = realised("ended", line)
    assert deed.phrase == phrase


def test_a_thing_done_is_said_as_part_of_the_work() -> None:
    (deed,) = realised("ended", "Triage of 60 patients per day in busy ward")
    assert (deed.subject, deed.phrase) == ("work", "triage of 60 patients per day in a busy ward")


@pytest.mark.parametrize(
    "line",
    [
        "Driving licence class B",
        "Budget responsibility: £1.8 million",
        "Exchange semester at University of Uppsala",
        "Excellent communication and time management",
        "Building Modular Dialogue Systems",
        "Awarded to students who keep a high average",
        "Fall rate down by 25% since introduction of rounding",
        "View on GitHub",
    ],
)
def test_what_names_no_act_of_the_sender_is_left_alone(line: str) -> None:
    assert not realised("ended", line)


def test_the_lines_on_file_are_said_as_expected() -> None:
    scores = measure(Path())
    assert scores["evidence_realised"] >= 0.98
    assert scores["evidence_exact"] >= 0.97
    assert scores["evidence_left_alone"] >= 0.9
    assert scores["requirement_realised"] >= 0.98
    assert scores["requirement_exact"] >= 0.97
    assert scores["requirement_left_alone"] >= 0.97


def test_a_trade_in_ing_is_who_somebody_was() -> None:
    (deed,) = realised("ended", "Nursing assistant in dementia ward")
    assert deed.phrase == "was a nursing assistant in a dementia ward"
