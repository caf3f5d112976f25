"""A file that finds no room is answered with a sentence; other faults stay faults."""

import errno
import os

import pytest
from fastapi.testclient import TestClient

from serving import full_disk

FILE = {"files": ("resume.txt", b"Ran PostgreSQL.", "text/plain")}


def refuse_with(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("gradio.route_utils.GradioMultiPartParser.parse", parse)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_is_told_and_logged(
    client: TestClient, code: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refuse_with(code, monkeypatch)
    answer = client.post("/gradio_api/upload", files=FILE)
    assert answer.status_code == 507
    assert answer.text == full_disk.TOLD
    assert "the disk is full" in caplog.text


def test_another_refusal_is_a_fault_of_ours(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_with(errno.EIO, monkeypatch)
    assert client.post("/gradio_api/upload", files=FILE).status_code == 500


def test_with_room_it_is_taken_in(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files=FILE).status_code == 200
