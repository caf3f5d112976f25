"""Floors may only rise."""

from evaluation.__main__ import _raised, _report_falls


def test_a_better_score_raises_its_floor_and_a_worse_one_leaves_it() -> None:
    floors = {"reading": {"title_recall": 0.9, "company": 0.95}}
    raised = _raised(floors, {"reading": {"title_recall": 0.987, "company": 0.9, "new": 0.5}})
    assert raised == {"reading": {"title_recall": 0.98, "company": 0.95, "new": 0.5}}


def test_a_baseline_has_no_floor() -> None:
    assert not _raised({}, {"matching": {"baseline_recall": 0.9}})


def test_a_score_below_its_floor_fails_the_run() -> None:
    assert _report_falls({"reading": {"company": 0.9}}, {"reading": {"company": 0.91}}) == 0
    assert _report_falls({"reading": {"company": 0.9}}, {"reading": {"company": 0.89}}) == 1
    assert _report_falls({"reading": {"company": 0.9}}, {"reading": {}}) == 1
