"""Where one person's evidence is kept, only this computer is answered."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "192.0.2.7:7860"},
        {"host": "localhost.evil.example"},
        {"host": ""},
        {"x-forwarded-for": "192.0.2.7"},
        {"forwarded": "for=192.0.2.7"},
        {"via": "1.1 front"},
        {"x-real-ip": "192.0.2.7"},
    ],
)
def test_one_persons_evidence_is_not_shown_to_who_comes_from_elsewhere(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.get("/", headers=headers)
    assert answer.status_code == 421
    assert "INROAD_KEEP_EVIDENCE=false" in answer.text


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1:7860", "[::1]:7860"])
def test_this_computer_is_answered_by_any_of_its_names(client: TestClient, host: str) -> None:
    assert client.get("/health/live", headers={"host": host}).status_code == 200
