"""Pages, texts and saved pages, read through the API."""

from pathlib import Path

from fastapi.testclient import TestClient

import samples
from tests.api.conftest import LIST, PAGE

TEXT = "Data engineer\nRequirements\n- You know Python and SQL.\n- You have run Airflow."


def test_an_address_gives_its_openings_and_what_the_page_asks(stranger: TestClient) -> None:
    answer = stranger.post("/api/v1/openings", json={"url": PAGE})
    assert answer.status_code == 200
    read = answer.json()
    assert read["outcome"] == "openings"
    assert read["postings"][0]["lines"][0]["id"] == "p0"
    assert {"kind": "machine", "text": "Put PLAT-7 in the subject of your email."} in read["asks"]
    assert read["problem"] is None


def test_a_list_gives_every_opening(stranger: TestClient) -> None:
    assert len(stranger.post("/api/v1/openings", json={"url": LIST}).json()["postings"]) == 34


def test_a_pasted_text_is_an_opening(stranger: TestClient) -> None:
    read = stranger.post("/api/v1/openings", json={"text": TEXT}).json()
    assert [posting["title"] for posting in read["postings"]] == ["Data engineer"]


def test_an_address_inside_the_network_is_refused_in_words(stranger: TestClient) -> None:
    answer = stranger.post("/api/v1/openings", json={"url": "http://127.0.0.1:9/"})
    assert answer.status_code == 200
    read = answer.json()
    assert read["outcome"] == "bad_address"
    assert read["postings"] == []
    assert read["problem"]["advice"]


def test_a_saved_page_is_read_with_nothing_fetched(stranger: TestClient) -> None:
    page = (Path(samples.__file__).parent / "lumenfold.html").read_bytes()
    answer = stranger.post("/api/v1/openings/page", files={"page": ("saved.html", page, "text/html")})
    assert answer.status_code == 200
    assert answer.json()["postings"][0]["title"] == "Data Analyst"


def test_a_page_that_is_too_large_is_refused(stranger: TestClient) -> None:
    page = b"x" * 5_000_001
    answer = stranger.post("/api/v1/openings/page", files={"page": ("saved.html", page, "text/html")})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_exactly_one_of_address_and_text_is_taken(stranger: TestClient) -> None:
    for body in ({}, {"url": PAGE, "text": TEXT}, {"address": PAGE}, {"url": "two words"}):
        answer = stranger.post("/api/v1/openings", json=body)
        assert answer.status_code == 422, body
        assert answer.json()["errors"]
