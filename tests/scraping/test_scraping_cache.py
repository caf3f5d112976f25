"""What is kept, for how long, and how it is asked whether it changed."""

import threading
from collections.abc import Iterable
from dataclasses import replace

import pytest

from errors import FetchFailed
from scraping.cache import MOST_ENTRY_BYTES, Cache, Shelf
from scraping.http import Request, Response

JOBS = Request("https://acme.example/jobs")
SEARCH = Request("https://acme.example/search", "POST", b'{"page": 1}')


class Site:
    """Gives its answers in order, the last one again and again; remembers what it was asked."""

    def __init__(self, *answers: Response) -> None:
        self.answers = list(answers)
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Time:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def cache(clock: Time) -> Cache:
    return Cache(20_000_000, 300, clock=clock)


def page(body: bytes = b"<p>Jobs", status: int = 200, url: str = JOBS.url, **headers: str) -> Response:
    return Response(url, status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def bodies(cache: Cache, site: Site, requests: Iterable[Request]) -> list[bytes]:
    return [cache.answer(request, site).body for request in requests]


def test_what_is_read_again_within_five_minutes_is_not_asked_for_again(cache: Cache, clock: Time) -> None:
    site = Site(page())
    first = cache.answer(JOBS, site)
    clock.now += 299
    assert cache.answer(JOBS, site) == first
    assert len(site.asked) == 1


def test_later_it_is_asked_for_anew(cache: Cache, clock: Time) -> None:
    site = Site(page(b"old"), page(b"new"))
    cache.answer(JOBS, site)
    clock.now += 300
    assert cache.answer(JOBS, site).body == b"new"
    assert site.asked[1] == JOBS


@pytest.mark.parametrize(
    ("mark", "value", "condition"),
    [
        ("etag", 'W/"7"', "If-None-Match"),
        ("last-modified", "Tue, 24 Nov 2026 08:00:00 GMT", "If-Modified-Since"),
    ],
)
def test_a_marked_answer_is_asked_whether_it_changed(
    cache: Cache, clock: Time, mark: str, value: str, condition: str
) -> None:
    site = Site(replace(page(), headers={mark: value}), page(b"", 304))
    first = cache.answer(JOBS, site)
    clock.now += 301
    assert cache.answer(JOBS, site) == first
    assert site.asked[1].headers == {condition: value}
    clock.now += 299
    assert cache.answer(JOBS, site) == first
    assert len(site.asked) == 2, "a confirmed answer is fresh again"


def test_a_changed_answer_takes_the_place_of_the_old(cache: Cache, clock: Time) -> None:
    site = Site(page(b"old", etag='"1"'), page(b"new", etag='"2"'))
    cache.answer(JOBS, site)
    clock.now += 301
    assert bodies(cache, site, [JOBS, JOBS]) == [b"new", b"new"]
    assert len(site.asked) == 2


def test_a_confirmation_brings_new_headers_but_none_of_the_body(cache: Cache, clock: Time) -> None:
    known = page(etag='"1"', content_type="text/html")
    site = Site(known, page(b"", 304, etag='"2"', content_type="text/plain", content_length="0"))
    cache.answer(JOBS, site)
    clock.now += 301
    assert cache.answer(JOBS, site).headers == {"etag": '"2"', "content-type": "text/html"}


def test_the_mark_of_another_address_is_not_shown_to_the_one_that_redirected(
    cache: Cache, clock: Time
) -> None:
    site = Site(page(url="https://acme.example/en/jobs", etag='"1"'))
    cache.answer(JOBS, site)
    clock.now += 301
    cache.answer(JOBS, site)
    assert site.asked == [JOBS, JOBS]


@pytest.mark.parametrize("status", [204, 206, 304, 403, 404, 429, 500, 503])
def test_only_good_answers_are_kept(cache: Cache, status: int) -> None:
    site = Site(page(status=status))
    bodies(cache, site, [JOBS, JOBS])
    assert len(site.asked) == 2


def test_an_answer_that_went_bad_is_forgotten(cache: Cache, clock: Time) -> None:
    site = Site(page(etag='"1"'), page(b"gone", 404), page(b"back"))
    cache.answer(JOBS, site)
    clock.now += 301
    assert bodies(cache, site, [JOBS, JOBS]) == [b"gone", b"back"]
    assert site.asked[2] == JOBS


def test_a_failure_passes_and_leaves_what_is_known(cache: Cache, clock: Time) -> None:
    def down(request: Request) -> Response:
        raise FetchFailed("down")

    site = Site(page(etag='"1"'), page(b"", 304))
    cache.answer(JOBS, site)
    clock.now += 301
    with pytest.raises(FetchFailed):
        cache.answer(JOBS, down)
    assert cache.answer(JOBS, site).status == 200


@pytest.mark.parametrize(("said", "times"), [("no-store", 2), ("max-age=0, No-Store", 2), ("private", 1)])
def test_no_store_is_honoured_and_private_is_no_matter(cache: Cache, said: str, times: int) -> None:
    site = Site(page(cache_control=said))
    bodies(cache, site, [JOBS, JOBS])
    assert len(site.asked) == times


def test_an_answer_not_worth_keeping_is_not_kept(clock: Time) -> None:
    cache = Cache(20_000_000, 300, clock=clock, worth_keeping=lambda response: b"robot?" not in response.body)
    site = Site(page(b"robot?"), page(b"jobs"))
    assert bodies(cache, site, [JOBS, JOBS, JOBS]) == [b"robot?", b"jobs", b"jobs"]


def test_a_search_is_kept_by_what_was_searched_for(cache: Cache) -> None:
    site = Site(page(b"1"), page(b"2"))
    second = replace(SEARCH, body=b'{"page": 2}')
    assert bodies(cache, site, [SEARCH, second, SEARCH, second]) == [b"1", b"2", b"1", b"2"]


def test_a_search_is_never_asked_whether_it_changed(cache: Cache, clock: Time) -> None:
    site = Site(page(url=SEARCH.url, etag='"1"'))
    cache.answer(SEARCH, site)
    clock.now += 301
    cache.answer(SEARCH, site)
    assert site.asked == [SEARCH, SEARCH]


def test_other_headers_make_another_question(cache: Cache) -> None:
    site = Site(page(b"html"), page(b"json"))
    as_json = replace(JOBS, headers={"Accept": "application/json"})
    same = replace(JOBS, headers={"accept": "application/json"})
    assert bodies(cache, site, [JOBS, as_json, same]) == [b"html", b"json", b"json"]


def test_other_methods_go_through(cache: Cache) -> None:
    site = Site(page())
    bodies(cache, site, [replace(JOBS, method="HEAD")] * 2)
    assert len(site.asked) == 2


def test_too_large_an_answer_is_not_kept(cache: Cache) -> None:
    site = Site(page(b"x" * (MOST_ENTRY_BYTES + 1)))
    bodies(cache, site, [JOBS, JOBS])
    assert len(site.asked) == 2


def test_no_room_keeps_nothing(clock: Time) -> None:
    site = Site(page())
    bodies(Cache(0, 300, clock=clock), site, [JOBS, JOBS])
    assert len(site.asked) == 2


def test_what_was_not_used_for_longest_goes_first(clock: Time) -> None:
    cache = Cache(10_000, 300, clock=clock)
    site = Site(page(b"x" * 2_500))
    one, two, three, four = (Request(f"https://acme.example/{n}") for n in range(4))
    bodies(cache, site, [one, two, three, one, four])
    asked = len(site.asked)
    bodies(cache, site, [one, three, four])
    assert len(site.asked) == asked
    cache.answer(two, site)
    assert len(site.asked) == asked + 1


def test_a_shelf_holds_no_more_than_it_may() -> None:
    shelf: Shelf[str] = Shelf(most_bytes=10, most_entries=3)
    for key in range(5):
        shelf.put(key, "small", 1)
    assert [shelf.get(key) for key in range(5)] == [None, None, "small", "small", "small"]
    shelf.put(4, "larger", 9)
    assert [shelf.get(key) for key in (2, 3, 4)] == [None, "small", "larger"]
    shelf.put(5, "far too large", 11)
    assert [shelf.get(key) for key in (3, 4, 5)] == [None, None, None]
    shelf.drop(5)


def test_many_threads_share_a_shelf() -> None:
    shelf: Shelf[int] = Shelf(most_bytes=50, most_entries=20)

    def work(seed: int) -> None:
        for step in range(2_000):
            key = (seed * step) % 40
            shelf.put(key, key, 5)
            assert shelf.get(key) in (None, key)
            shelf.drop((key + 7) % 40)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(shelf.get(key) is not None for key in range(40)) <= 10
