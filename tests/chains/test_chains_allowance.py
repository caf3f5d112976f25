"""The book of one account: who may call next, and when, by a clock that the test turns."""

import math
import random

import pytest

from chains.allowance import DAY_S, MINUTE_S, Allowance, Book, Said
from chains.budget import said_of
from tests.groq_limits import Limits, Ticket

FREE = Allowance(requests_a_minute=30, requests_a_day=1_000, tokens_a_minute=8_000, tokens_a_day=200_000)


def begin(book: Book, id_: str, tokens: int, now: float, allowance: Allowance = FREE) -> bool:
    book.ask(id_, tokens, now)
    return book.turn(id_, allowance, now).begins


def test_calls_begin_at_once_until_the_minute_is_full() -> None:
    book = Book()
    assert [begin(book, str(n), 1_600, 0.0) for n in range(6)] == [True] * 5 + [False]
    turn = book.turn("5", FREE, 1.0)
    assert (turn.place, turn.by_day, turn.begins) == (0, False, False)


def test_a_call_that_waits_begins_a_minute_after_what_it_waits_for_was_answered() -> None:
    book = Book()
    begin(book, "a", 8_000, 0.0)
    book.answer("a", 2.0)
    book.ask("b", 1_000, 3.0)
    assert book.turn("b", FREE, 3.0).at == 2.0 + MINUTE_S
    assert not book.turn("b", FREE, 15.0).begins
    for moment in range(20, 62, 10):
        book.turn("b", FREE, float(moment))
    assert book.turn("b", FREE, 62.0).begins


def test_while_a_call_is_not_answered_the_server_may_still_count_it_now() -> None:
    book = Book()
    begin(book, "slow", 8_000, 0.0)
    book.ask("b", 1_000, 50.0)
    assert book.turn("b", FREE, 50.0).at == 50.0 + MINUTE_S


def test_who_asked_first_begins_first_even_if_a_smaller_call_would_fit() -> None:
    book = Book()
    begin(book, "a", 7_000, 0.0)
    book.answer("a", 0.0)
    book.ask("large", 5_000, 1.0)
    book.ask("small", 500, 1.0)
    large, small = book.turn("large", FREE, 1.0), book.turn("small", FREE, 1.0)
    assert (large.at, large.place) == (60.0, 0)
    assert (small.at, small.place) == (60.0, 1)


def test_who_leaves_the_queue_lets_the_next_one_move_up() -> None:
    book = Book()
    begin(book, "a", 7_000, 0.0)
    book.answer("a", 0.0)
    book.ask("large", 5_000, 1.0)
    book.ask("small", 500, 1.0)
    book.leave("large")
    assert book.turn("small", FREE, 1.0).begins


def test_who_has_not_asked_for_a_while_has_gone() -> None:
    book = Book()
    begin(book, "a", 7_000, 0.0)
    book.answer("a", 0.0)
    book.ask("killed", 5_000, 1.0)
    book.ask("small", 500, 10.0)
    assert not book.turn("small", FREE, 10.0).begins
    assert book.turn("small", FREE, 17.0).begins


def test_a_call_larger_than_the_minute_never_fits_and_holds_nobody_up() -> None:
    book = Book()
    book.ask("huge", 8_001, 0.0)
    assert math.isinf(book.turn("huge", FREE, 0.0).at)
    assert begin(book, "b", 1_000, 0.0)


def test_requests_are_counted_as_tokens_are() -> None:
    book = Book()
    assert all(begin(book, str(n), 1, 0.0) for n in range(30))
    assert not begin(book, "31st", 1, 0.0)


def test_what_the_day_holds_back_is_said_to_wait_for_the_day() -> None:
    book = Book()
    few = Allowance(requests_a_day=2)
    for n in range(2):
        begin(book, str(n), 1, 0.0, few)
        book.answer(str(n), 0.0)
    turn = book.foresee(1, few, 10.0)
    assert turn.by_day
    assert DAY_S <= turn.at <= DAY_S + 300


def test_what_is_older_than_a_minute_still_counts_towards_the_day() -> None:
    book = Book()
    now = 0.0
    for n in range(125):
        assert begin(book, str(n), 1_600, now)
        book.answer(str(n), now)
        book.settle(str(n), 1_600, now)
        now += 13.0
    assert len(book.calls) < 10
    assert len(book.earlier) < 10
    assert book.foresee(1_600, FREE, now).by_day


def test_without_limits_nobody_waits() -> None:
    book = Book()
    assert all(begin(book, str(n), 10**6, 0.0, Allowance()) for n in range(100))


# --- what a server says ------------------------------------------------------------------------------


def test_a_call_counts_what_it_took_once_the_server_has_shown_that_it_counts_so() -> None:
    book = Book()
    left = 8_000
    for n, now in enumerate((0.0, 5.0)):
        begin(book, str(n), 1_600, now)
        left -= 1_600
        book.answer(str(n), now)
        book.learn(str(n), Said(tokens=8_000, tokens_left=left), now)
        book.settle(str(n), 1_000, now + 1)
        left += 600
        assert book.gives_back is (None if n == 0 else True)
    assert book.foresee(6_000, FREE, 7.0).at == 7.0
    assert book.foresee(6_001, FREE, 7.0).at > 7.0
    assert book.other_tokens[1] == 0


def test_an_answer_that_is_read_late_does_not_undo_what_a_later_one_told() -> None:
    book = Book()
    begin(book, "a", 1_000, 0.0)
    begin(book, "b", 1_000, 1.0)
    book.learn("b", Said(tokens=8_000, tokens_left=3_000), 2.0)
    book.learn("a", Said(tokens=8_000, tokens_left=7_000), 2.1)
    assert book.other_tokens[1] == 3_000


def test_where_the_server_keeps_counting_whole_so_does_the_book() -> None:
    book = Book()
    for n, now in enumerate((0.0, 5.0)):
        begin(book, str(n), 1_600, now)
        book.answer(str(n), now)
        book.learn(str(n), Said(tokens=8_000, tokens_left=8_000 - 1_600 * (n + 1)), now)
        book.settle(str(n), 1_000, now + 1)
    assert book.foresee(4_800, FREE, 7.0).at == 7.0
    assert book.foresee(4_801, FREE, 7.0).at > 7.0


def test_without_a_word_from_the_server_a_call_counts_what_it_took_at_once() -> None:
    book = Book()
    begin(book, "a", 8_000, 0.0)
    book.settle("a", 500, 1.0)
    assert begin(book, "b", 7_500, 2.0)


def test_what_others_use_under_the_same_key_is_counted() -> None:
    book = Book()
    begin(book, "a", 1_000, 0.0)
    book.answer("a", 0.0)
    book.learn("a", Said(tokens=8_000, tokens_left=500), 0.0)
    assert book.foresee(1_000, FREE, 1.0).at == MINUTE_S


def test_the_servers_own_limits_come_before_those_set() -> None:
    book = Book()
    begin(book, "a", 1_000, 0.0)
    book.learn("a", Said(requests=14_400, requests_left=14_399, tokens=30_000, tokens_left=29_000), 0.0)
    assert all(begin(book, f"b{n}", 7_000, 1.0) for n in range(4))


def test_a_busy_server_is_left_alone_until_it_said() -> None:
    book = Book()
    book.close(30.0)
    assert not begin(book, "a", 1, 0.0)
    assert book.turn("a", FREE, 14.0).at == 30.0


# --- kept --------------------------------------------------------------------------------------------


def test_a_book_is_read_back_as_it_was_written() -> None:
    book = Book()
    begin(book, "a", 1_000, 0.0)
    book.learn("a", Said(1_000, 998, 8_000, 6_000), 1.0)
    book.settle("a", 900, 400.0)
    book.forget(1_000.0)
    book.ask("b", 5, 1_000.0)
    assert Book.read(book.written()) == book


@pytest.mark.parametrize("text", ["", "not a book", "[]", '{"calls": 3}', '{"closed": "x"}'])
def test_what_is_no_book_is_an_empty_one(text: str) -> None:
    assert Book.read(text) == Book()


# --- whatever comes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_no_sliding_window_of_the_server_ever_holds_more_than_it_allows(seed: int) -> None:
    """Calls of any size reach the server a little later than they begin, and are answered later still."""
    draw = random.Random(seed)
    book, now, waiting = Book(), 0.0, []
    counted: list[tuple[float, int]] = []
    answers: list[tuple[float, str]] = []
    limits = Allowance(requests_a_minute=6, tokens_a_minute=8_000, tokens_a_day=60_000)
    for step in range(1_500):
        now += draw.choice((0.05, 0.2, 0.2, 2.0))
        if draw.random() < 0.2:
            book.ask(str(step), size := draw.randint(300, 3_000), now)
            waiting.append((str(step), size))
        for id_, size in list(waiting):
            if book.turn(id_, limits, now).begins:
                waiting.remove((id_, size))
                delay = draw.random() * 2
                counted.append((now + delay, size))
                answers.append((now + delay + draw.random() * 3, id_))
            elif draw.random() < 0.02:
                book.leave(id_)
                waiting.remove((id_, size))
        for at, id_ in [one for one in answers if one[0] <= now]:
            book.answer(id_, now)
            answers.remove((at, id_))
    assert len(counted) > 20
    for at, _ in counted:
        minute = [size for moment, size in counted if at - MINUTE_S < moment <= at]
        assert len(minute) <= 6
        assert sum(minute) <= 8_000
    assert sum(size for _, size in counted) <= 60_000


@pytest.mark.parametrize("settles", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_a_server_that_counts_as_groq_does_never_refuses(seed: int, settles: bool) -> None:
    """Calls reach it late, its headers come later still, answers end in any order and take what they will."""
    draw = random.Random(seed)
    now, book = 1_000.0, Book()
    waiting: list[tuple[str, int]] = []
    limits = Limits(clock=lambda: at, settles=settles, count=len)
    todo: list[tuple[float, int, str, int, Ticket | None]] = []  # moment, step, call, prompt, ticket
    let_in = 0
    for number in range(3_000):
        now += draw.choice((0.05, 0.2, 0.2, 1.0))
        if len(waiting) < 3 and draw.random() < 0.3:
            prompt = draw.randint(400, 1_000)
            book.ask(str(number), prompt + 600, now)
            waiting.append((str(number), prompt))
        for id_, prompt in list(waiting):
            if book.turn(id_, FREE, now).begins:
                waiting.remove((id_, prompt))
                todo.append((now + draw.random(), 0, id_, prompt, None))
        for item in sorted(one for one in todo if one[0] <= now):
            todo.remove(item)
            at, step, id_, prompt, ticket = item
            if step == 0:
                body = {"messages": [{"content": "x" * prompt}], "max_tokens": 600}
                todo.append((at + draw.random(), 1, id_, prompt, limits.admit(body)))
                let_in += 1
            elif ticket is not None and step == 1:
                book.answer(id_, now)
                book.learn(id_, said_of(ticket.headers), now)
                todo.append((at + draw.random() * 4, 2, id_, prompt, ticket))
            elif ticket is not None:
                answered = draw.randint(50, 600)
                limits.settle(ticket, answered)
                book.settle(id_, prompt + answered, now)
    assert let_in > 50
    assert limits.refused == {}
