"""Any server that speaks OpenAI's protocol, by its address: Ollama, llama.cpp, vLLM, LM Studio, OpenRouter, …

The protocol is one POST and lines of JSON, so httpx, which is there anyway, speaks it: langchain-openai would
install 40 MB (the openai SDK, tiktoken, regex) for one class, LangChain takes 33 MB of memory at a first call
where this takes 6, and groq's SDK puts "/openai/v1" into every address. Servers differ in what they leave
out: a finish reason in their own words, no usage, one JSON body where a stream was asked for, a 400 for a
field that they do not know.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from chains.connection import TooLarge
from chains.sources.contract import (
    Broken,
    Chunk,
    NothingSent,
    Refused,
    Request,
    Server,
    Source,
    Tokens,
    Unreachable,
    register,
)
from settings import Settings

_LONGEST_EVENT = 1_000_000
_LONGEST_ERROR = 64_000
_ROLES = {"human": "user"}
_STOPS = ("eos", "eos_token", "end_turn", "stop_sequence", "complete")


def _where(settings: Settings) -> Server | None:
    if settings.model_server_url is None:
        return None
    key = settings.model_server_key.get_secret_value().strip() if settings.model_server_key else ""
    small = settings.model_small_name or settings.model_name
    return Server(settings.model_server_url, key, settings.model_name, small)


def _begin(request: Request, client: httpx.Client) -> Iterator[Chunk]:
    with _answered(request, client) as answer:
        if "json" in answer.headers.get("content-type", ""):
            answer.read()
            yield _chunk(json.loads(answer.content), "message")
            return
        chunks = (_chunk(event, "delta") for event in _events(answer))
        first = next(chunks, None)
        if first is None:
            raise NothingSent
        yield first
        yield from chunks


@contextmanager
def _answered(request: Request, client: httpx.Client) -> Iterator[httpx.Response]:
    """The response to the request, or else to the core of it, which every server knows."""
    answer = _post(request, client, _extras(request))
    if answer.status_code in (400, 422):
        plain = _post(request, client, {})
        answer.close()
        answer = plain
    try:
        if not answer.is_success:
            raise Refused(answer.status_code, _error_body(answer))
        yield answer
    finally:
        answer.close()


def _post(request: Request, client: httpx.Client, extras: dict[str, Any]) -> httpx.Response:
    body = {
        "model": request.model,
        "messages": [{"role": _ROLES.get(role, role), "content": text} for role, text in request.messages],
        "max_tokens": request.most_tokens,
        "stream": True,
        **extras,
    }
    headers = {"Authorization": f"Bearer {request.key}"} if request.key else {}
    asked = client.build_request("POST", f"{request.url}/chat/completions", json=body, headers=headers)
    try:
        return client.send(asked, stream=True)
    except httpx.TimeoutException:
        raise
    except httpx.TransportError:
        raise Unreachable from None


def _extras(request: Request) -> dict[str, Any]:
    extras: dict[str, Any] = {
        "temperature": request.temperature,
        "stream_options": {"include_usage": True},
    }
    if request.reasoning_effort:
        extras["reasoning_effort"] = request.reasoning_effort
    return extras


def _error_body(answer: httpx.Response) -> object:
    kept = b""
    try:
        for piece in answer.iter_bytes():
            kept += piece
            if len(kept) > _LONGEST_ERROR:
                break
        return json.loads(kept)
    except (httpx.HTTPError, ValueError):
        return None


# --- what it sends -----------------------------------------------------------------------------------


def _events(answer: httpx.Response) -> Iterator[Any]:
    """The JSON of each server-sent event up to "[DONE]".

    Raises:
        ValueError: when an event is no JSON, or no UTF-8.
    """
    for line in _lines(answer):
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            return
        if data:
            yield json.loads(data.decode("utf-8"))


def _lines(answer: httpx.Response) -> Iterator[bytes]:
    rest: list[bytes] = []
    size = 0
    for piece in answer.iter_bytes():
        *ended, last = piece.split(b"\n")
        for line in ended:
            yield b"".join([*rest, line])
            rest, size = [], 0
        rest.append(last)
        size += len(last)
        if size > _LONGEST_EVENT:
            raise TooLarge
    yield b"".join(rest)


def _chunk(event: Any, part: str) -> Chunk:
    if event.get("error"):
        raise Broken
    choices = event.get("choices") or []
    choice = choices[0] if choices else {}
    message = choice.get(part) or {}
    return Chunk(
        text=_text(message.get("content")) or _text(message.get("refusal")),
        reason=_reason(choice.get("finish_reason")),
        tokens=_tokens(event.get("usage")),
    )


def _text(content: object) -> str:
    """The text of a message; some servers send a list of parts, of which reasoning is not the answer."""
    if isinstance(content, list):
        parts = [part for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(str(part.get("text") or "") for part in parts)
    if content is None or isinstance(content, str):
        return content or ""
    raise TypeError("a message holds neither a text nor a list")


def _reason(reason: object) -> str:
    if reason is None or isinstance(reason, str):
        return "stop" if reason in _STOPS else reason or ""
    raise TypeError("a reason is no word")


def _tokens(usage: object) -> Tokens | None:
    if not isinstance(usage, dict):
        return None
    asked, answered = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if not isinstance(asked, int) or not isinstance(answered, int):
        return None
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return Tokens(asked, answered, cached if isinstance(cached, int) else 0)


register(
    Source(
        name="openai-compatible",
        label="Model server",
        key_setting="MODEL_SERVER_KEY",
        model_setting="MODEL_NAME",
        small_setting="MODEL_SMALL_NAME",
        key_page="",
        where=_where,
        begin=_begin,
        needs_key=False,
    )
)
