"""The service around a local model: a part of OpenAI's protocol, one text at a time, bounded."""

import json
import threading
import time

import httpx
import pytest

from tests.chains.local_service import Parrot, served

ORDER = {"messages": [{"role": "user", "content": "Moved 14 services."}]}


def test_it_says_what_it_has() -> None:
    with served(Parrot("x")) as url:
        (entry,) = httpx.get(f"{url}/models").json()["data"]
        assert (entry["id"], entry["context_length"], entry["writes"]) == ("parrot", 512, "prose")
        health = httpx.get(url.removesuffix("/v1") + "/health").json()
        assert health == {"status": "ok", "model": "parrot", "busy": False}


def test_a_text_comes_whole_with_its_counts() -> None:
    parrot = Parrot("Moved services to Kubernetes.")
    with served(parrot) as url:
        answer = httpx.post(f"{url}/chat/completions", json=ORDER).json()
    assert answer["choices"][0]["message"]["content"].strip() == parrot.text
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert answer["usage"] == {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
    assert parrot.asked == [[("user", "Moved 14 services.")]]


def test_a_text_comes_as_it_is_written() -> None:
    with served(Parrot("Moved services.")) as url:
        answer = httpx.post(f"{url}/chat/completions", json={**ORDER, "stream": True})
    *events, last = [line[6:] for line in answer.text.split("\n") if line.startswith("data: ")]
    chunks = [json.loads(event) for event in events]
    said = [choice["delta"]["content"] for chunk in chunks for choice in chunk["choices"]]
    assert "".join(said).split() == ["Moved", "services."]
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["usage"]["completion_tokens"] == 2
    assert last == "[DONE]"


def test_one_text_at_a_time_and_a_few_may_wait() -> None:
    parrot = Parrot("a b c")
    parrot.holds.set()
    statuses: list[int] = []

    def ask(url: str) -> None:
        statuses.append(httpx.post(f"{url}/chat/completions", json=ORDER, timeout=20).status_code)

    with served(parrot) as url:
        threads = [threading.Thread(target=ask, args=(url,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        while len(statuses) < 3:
            time.sleep(0.01)
        parrot.holds.clear()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == [200] * 5 + [429] * 3
    assert parrot.most_at_once == 1


def test_who_leaves_stops_the_writing() -> None:
    parrot = Parrot("a b c")
    parrot.holds.set()
    with served(parrot) as url:
        with httpx.stream("POST", f"{url}/chat/completions", json={**ORDER, "stream": True}):
            assert parrot.begun.wait(60)
        parrot.begun.clear()
        started = time.monotonic()
        while not parrot.left and time.monotonic() - started < 5:
            time.sleep(0.01)
        assert parrot.left == 1
        parrot.holds.clear()
        assert httpx.post(f"{url}/chat/completions", json=ORDER).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"messages": []}', 400),
        (b'{"messages": "x"}', 400),
        (b'{"messages": [{"role": "root", "content": "x"}]}', 400),
        (b'{"messages": [{"role": "user", "content": 7}]}', 400),
        (b'{"messages": [{"role": "user", "content": "x"}], "max_tokens": 0}', 400),
        (b'{"messages": [{"role": "user", "content": "x"}], "temperature": 9}', 400),
        (b'{"messages": [{"role": "user", "content": "\xff"}]}', 400),
        (b" " * 300_000, 413),
    ],
)
def test_what_is_no_order_is_refused(body: bytes, status: int) -> None:
    with served(Parrot("x")) as url:
        answer = httpx.post(
            f"{url}/chat/completions", content=body, headers={"content-type": "application/json"}
        )
    assert answer.status_code == status
    assert answer.json()["error"]["code"]


def test_only_json_is_taken_so_that_no_page_can_send_any_unasked() -> None:
    with served(Parrot("x")) as url:
        answer = httpx.post(f"{url}/chat/completions", content=json.dumps(ORDER))
    assert answer.status_code == 415
    assert "access-control-allow-origin" not in answer.headers


def test_no_order_gets_more_than_the_model_can_give() -> None:
    parrot = Parrot("x", context=100)
    with served(parrot) as url:
        httpx.post(f"{url}/chat/completions", json={**ORDER, "max_tokens": 1_000_000})
    assert parrot.most == [50]


def test_with_a_key_nobody_without_it_is_served() -> None:
    with served(Parrot("x"), key="secret") as url:
        for key in ("", "Bearer other", "secret2"):
            headers = {"authorization": key}
            assert httpx.get(f"{url}/models", headers=headers).status_code == 401
            assert httpx.post(f"{url}/chat/completions", json=ORDER, headers=headers).status_code == 401
        known = {"authorization": "Bearer secret"}
        assert httpx.post(f"{url}/chat/completions", json=ORDER, headers=known).status_code == 200


@pytest.mark.parametrize("stream", [False, True])
def test_a_model_that_fails_takes_nobody_with_it(stream: bool) -> None:
    class Broken(Parrot):
        def count(self, text: str) -> int:
            raise RuntimeError("the inside of the model")

    with served(Broken("x")) as url:
        for _ in range(2):
            answer = httpx.post(f"{url}/chat/completions", json={**ORDER, "stream": stream})
            assert "inside" not in answer.text
            assert "failed" in answer.text
