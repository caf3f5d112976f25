"""Résumés summed up, and the models and parsers to choose from."""

import io
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import PAGE

RESUME = """\
Jane Doe
jane@doe.example

Experience
Senior Engineer, Acme, 2019-2024
- Ran PostgreSQL for 30 teams.
- Moved 14 services to Kubernetes.

Skills
Python, PostgreSQL, Kubernetes
"""


def word_file(text: str) -> bytes:
    document, data = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(data)
    return data.getvalue()


def summary_of(client: TestClient, **fields: Any) -> dict[str, Any]:
    file = fields.pop("file", None)
    files = {"file": file} if file else None
    answer = client.post("/generate-summary/", data=fields, files=files)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    "given",
    [
        {"text": RESUME},
        {"file": ("jane.txt", RESUME.encode(), "text/plain")},
        {"file": ("jane.docx", word_file(RESUME), "application/octet-stream")},
    ],
    ids=["text", "text file", "Word"],
)
def test_a_resume_is_summed_up_in_sentences_that_rest_on_it(
    stranger: TestClient, given: dict[str, Any]
) -> None:
    found = summary_of(stranger, **given)
    assert "PostgreSQL" in found["summary"]
    assert found["draft"]["kind"] == "resume-summary"
    cited = {source["text"] for source in found["sources"]}
    assert "Ran PostgreSQL for 30 teams." in cited
    assert found["draft"]["receipt"]["usage"]["writer"] == "embedded"


def test_an_opening_may_be_named_by_address_or_text(stranger: TestClient) -> None:
    for job in (PAGE, "Database engineer\nRequirements\n- You have run PostgreSQL."):
        assert "PostgreSQL" in summary_of(stranger, text=RESUME, job=job)["summary"]


def test_each_parser_that_is_listed_reads(stranger: TestClient) -> None:
    listed = [one["id"] for one in stranger.get("/parsers").json()["items"]]
    assert listed[0] == "auto"
    assert len(listed) == 3
    assert {summary_of(stranger, text=RESUME, parser=name)["parser"] for name in listed} == set(listed[1:])


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"text": "  "}, 422),
        ({"text": RESUME, "parser": "magic"}, 422),
        ({"text": RESUME, "language": "tlh"}, 422),
        ({"text": "x" * 100_001}, 422),
        ({"text": "Two eggs, a cup of flour."}, 422),
        ({"text": RESUME, "job": "http://127.0.0.1/"}, 422),
    ],
)
def test_what_cannot_be_summed_up_says_why(stranger: TestClient, fields: dict[str, str], status: int) -> None:
    answer = stranger.post("/generate-summary/", data=fields)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"]


@pytest.mark.parametrize(
    "file", [b"", b"\0" * 100, b"PK\x03\x04 no zip", b"%PDF-1.4 no pdf", b"\xff\xfe\x00", bytes(range(256))]
)
def test_a_file_that_is_no_resume_says_so(stranger: TestClient, file: bytes) -> None:
    answer = stranger.post("/generate-summary/", files={"file": ("resume", file)})
    assert answer.status_code == 422
    assert answer.json()["title"]


def test_file_and_text_do_not_go_together(stranger: TestClient) -> None:
    files = {"file": ("jane.txt", RESUME.encode())}
    assert stranger.post("/generate-summary/", data={"text": RESUME}, files=files).status_code == 422


def test_too_large_a_file_is_refused(stranger: TestClient) -> None:
    answer = stranger.post("/generate-summary/", files={"file": ("big.txt", b"x" * 10_000_001)})
    assert answer.status_code == 413


def test_a_model_that_is_not_set_up_leaves_the_work_to_the_built_in_writer(stranger: TestClient) -> None:
    usage = summary_of(stranger, text=RESUME, model="groq:some-model")["draft"]["receipt"]["usage"]
    assert usage["writer"] == "embedded"
    assert usage["fallback"]


def test_the_built_in_writer_is_a_model_that_is_always_there(stranger: TestClient) -> None:
    for path in ("/models", "/api/v1/models"):
        listed = stranger.get(path).json()
        assert listed["items"][0]["id"] == "embedded"
        assert listed["items"][0]["is_default"]
        assert all(one["problem"] for one in listed["unreachable"])
    assert stranger.get("/parsers").json() == stranger.get("/api/v1/parsers").json()


def test_a_key_is_for_a_server_that_there_is(stranger: TestClient) -> None:
    answer = stranger.get("/models", params={"source": "nowhere"}, headers={"x-model-key": "gsk_secret"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "source"
    assert "gsk_secret" not in answer.text
