"""Waiting for one's turn: one queue an account, whoever asks."""

import math
import threading
from collections.abc import Callable, Generator
from typing import Any

import pytest
from pydantic import SecretStr

from chains.allowance import Allowance
from chains.budget import Admission, Budget, Call, InProcess, account_of, allowance_of, said_of
from domain import Estimate
from errors import ModelError, StoreError
from settings import Environment, Settings
from tests.groq_stand_in import KEY

FREE = Allowance(requests_a_minute=30, requests_a_day=1_000, tokens_a_minute=8_000, tokens_a_day=200_000)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def budget_by(clock: Clock) -> Budget:
    return Budget(clock=clock, sleep=clock.sleep)


def call(tokens: int = 1_600, account: str = "a", allowance: Allowance = FREE) -> Call:
    return Call(
        account=account, model="m", prompt_tokens=tokens - 600, most_answer_tokens=600, allowance=allowance
    )


def let_in(waiting: Generator[Estimate, None, Admission]) -> tuple[Admission, list[Estimate]]:
    estimates = []
    while True:
        try:
            estimates.append(next(waiting))
        except StopIteration as turn:
            return turn.value, estimates


def test_a_call_that_fits_begins_without_waiting() -> None:
    _, estimates = let_in(budget_by(Clock()).admit(call()))
    assert estimates == []


def test_a_call_that_must_wait_says_for_how_long_and_keeps_to_it() -> None:
    clock = Clock()
    budget = budget_by(clock)
    for _ in range(5):
        with let_in(budget.admit(call()))[0]:
            pass
    asked = clock.now
    _, estimates = let_in(budget.admit(call()))
    assert estimates[0].starts_in_s == pytest.approx(60, abs=0.1)
    assert clock.now - asked == pytest.approx(estimates[0].starts_in_s, abs=0.5)
    waits = [one.starts_in_s for one in estimates]
    assert waits == sorted(waits, reverse=True)


def test_another_account_waits_for_nobody_here() -> None:
    budget = budget_by(Clock())
    for _ in range(5):
        let_in(budget.admit(call()))
    assert let_in(budget.admit(call(account="b")))[1] == []


def test_leaving_the_queue_gives_the_place_up_at_once() -> None:
    clock = Clock()
    budget = budget_by(clock)
    with let_in(budget.admit(call(7_000)))[0]:
        pass
    waiting = budget.admit(call(5_000))
    next(waiting)
    assert budget.foresee(call(900)).place == 1
    waiting.close()
    estimate = budget.foresee(call(900))
    assert (estimate.place, estimate.starts_in_s) == (0, 0)


def test_a_call_that_was_never_made_does_not_count() -> None:
    budget = budget_by(Clock())
    admission, _ = let_in(budget.admit(call(8_000)))
    admission.release()
    assert budget.foresee(call(8_000)).starts_in_s == 0


def test_a_call_that_failed_after_it_began_counts_whole() -> None:
    budget = budget_by(Clock())
    with pytest.raises(ValueError), let_in(budget.admit(call(8_000)))[0]:
        raise ValueError
    assert budget.foresee(call(601)).starts_in_s > 0


def test_tokens_that_the_server_had_cached_do_not_count() -> None:
    budget = budget_by(Clock())
    admission, _ = let_in(budget.admit(call(8_000)))
    admission.settle(7_000, 500, cached_tokens=6_000)
    assert budget.foresee(call(6_500)).starts_in_s == 0
    assert budget.foresee(call(6_501)).starts_in_s > 0


def test_a_wait_longer_than_worth_it_is_refused_with_the_time() -> None:
    budget = budget_by(Clock())
    let_in(budget.admit(call(8_000)))
    with pytest.raises(ModelError) as caught:
        next(budget.admit(call(), longest_s=20))
    assert caught.value.message.startswith("m has no room before ")
    assert caught.value.retry_after == pytest.approx(60, abs=0.1)
    assert budget.foresee(call()).place == 0


def test_a_call_that_can_never_fit_is_refused_at_once() -> None:
    with pytest.raises(ModelError, match="larger than m allows"):
        next(budget_by(Clock()).admit(call(8_001)))
    estimate = budget_by(Clock()).foresee(call(8_001))
    assert (estimate.fits, estimate.fits_today, estimate.starts_in_s) == (False, False, math.inf)


def test_a_day_that_is_used_up_is_said_before_the_call() -> None:
    budget = budget_by(Clock())
    once = Allowance(requests_a_day=1)
    let_in(budget.admit(call(allowance=once)))
    estimate = budget.foresee(call(allowance=once))
    assert estimate.fits
    assert not estimate.fits_today


def test_what_it_costs_is_said_only_where_prices_are_set() -> None:
    budget = budget_by(Clock())
    assert budget.foresee(call()).cost is None
    priced = Call("a", "m", 1_000, 600, FREE, prices=(0.15, 0.75))
    assert budget.foresee(priced).cost == pytest.approx(0.0006)


def test_a_busy_answer_closes_the_account_until_the_server_answers_again() -> None:
    clock = Clock()
    budget = budget_by(clock)
    admission, _ = let_in(budget.admit(call()))
    admission.heard(429, {"retry-after": "7"})
    assert budget.foresee(call()).starts_in_s == pytest.approx(7)


def test_the_rate_headers_of_an_answer_are_learned() -> None:
    budget = budget_by(Clock())
    admission, _ = let_in(budget.admit(call()))
    admission.heard(200, {"x-ratelimit-limit-tokens": "30000", "x-ratelimit-remaining-tokens": "28400"})
    assert budget.foresee(call(28_400)).starts_in_s == 0


def test_requests_that_others_than_groq_state_are_those_of_a_minute_and_not_taken_for_the_days() -> None:
    budget = budget_by(Clock())
    some = call(allowance=Allowance())
    admission, _ = let_in(budget.admit(some))
    admission.heard(200, {"x-ratelimit-limit-requests": "1", "x-ratelimit-remaining-requests": "0"})
    assert budget.foresee(some).starts_in_s == 0


@pytest.mark.parametrize("value", ["", "-1", "1e9", "many", "9" * 40, "٣"])
def test_a_header_that_is_no_count_is_not_believed(value: str) -> None:
    assert said_of({"x-ratelimit-limit-tokens": value}).tokens in (None, 3)


def test_many_threads_never_let_more_in_than_allowed() -> None:
    budget = Budget()
    begun = []
    gate = threading.Barrier(12)

    def ask() -> None:
        gate.wait()
        waiting = budget.admit(call(2_000))
        try:
            next(waiting)
        except StopIteration:
            begun.append(1)
        waiting.close()

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 4


def test_two_budgets_with_one_keeper_share_one_allowance() -> None:
    clock, keeper = Clock(), InProcess()
    one, other = (Budget(keeper, clock, clock.sleep) for _ in range(2))
    let_in(one.admit(call(8_000)))
    assert other.foresee(call()).starts_in_s > 0


def test_a_keeper_that_fails_leaves_the_process_counting_alone() -> None:
    class Broken:
        def change_allowance(self, account: str, changed: Callable[[str], str]) -> None:
            raise StoreError("The database cannot be reached right now.")

    clock = Clock()
    budget = Budget(Broken(), clock, clock.sleep)
    let_in(budget.admit(call(8_000)))
    assert budget.foresee(call()).starts_in_s > 0


# --- accounts ----------------------------------------------------------------------------------------


def test_an_account_is_a_server_a_model_and_a_key_and_shows_none_of_them() -> None:
    names = {account_of(s, m, k) for s in ("s1", "s2") for m in ("m1", "m2") for k in (KEY, "other")}
    assert len(names) == 8
    assert not any(KEY[4:10] in name for name in names)


@pytest.mark.parametrize(
    ("server", "changes", "expected"),
    [
        ("https://api.groq.com", {}, FREE),
        ("http://127.0.0.1:11434", {}, Allowance()),
        ("https://models.example", {}, Allowance()),
        ("https://groq.com.example", {}, Allowance()),
        ("http://127.0.0.1:8080", {"model_tokens_per_minute": 500}, Allowance(30, 1_000, 500, 200_000)),
        ("https://api.groq.com", {"model_requests_per_day": 0}, Allowance(30, None, 8_000, 200_000)),
    ],
)
def test_the_allowance_is_as_set_and_groqs_free_one_by_default(
    server: str, changes: dict[str, Any], expected: Allowance
) -> None:
    settings = Settings(environment=Environment.TEST, groq_api_key=SecretStr(KEY), **changes)
    assert allowance_of(settings, server) == expected
