"""The service around one writer: a small part of OpenAI's protocol, bounded in every direction.

`/health`, `/v1/models`, `/v1/chat/completions` whole or streamed. One text is written at a time; a few may
wait, the next is told to come back. Only JSON is taken, so that no page in a browser can send any unasked.
"""

import asyncio
import hmac
import json
import logging
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from chains.local.factory import LONGEST_ANSWER, Writer
from errors import ModelError

_MOST_BYTES = 200_000
_MOST_WAITING = 4
_USUAL_ANSWER = 160
_log = logging.getLogger(__name__)


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: str = Field(pattern="^(system|user|assistant)$")
    content: str = Field(max_length=60_000)


class _Order(BaseModel):
    """What is asked for; the rest of the protocol is not for models of this size, and is ignored."""

    model_config = ConfigDict(extra="ignore")
    messages: list[_Message] = Field(min_length=1, max_length=20)
    max_tokens: int = Field(default=_USUAL_ANSWER, ge=1)
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    stream: bool = False


class Service:
    """One writer, and the few who wait for it.

    Args:
        writer: What writes.
        limit_s: The longest time for one text.
        key: What callers must show; empty lets everybody in who can reach it.
    """

    def __init__(self, writer: Writer, limit_s: float = 60.0, key: str = "") -> None:
        self._writer, self._limit_s, self._key = writer, limit_s, key
        self._turn = asyncio.Lock()
        self._waiting = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/health", self._health),
                Route("/v1/models", self._models),
                Route("/v1/chat/completions", self._complete, methods=["POST"]),
            ]
        )

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok", "model": self._writer.name, "busy": self._turn.locked()})

    async def _models(self, request: Request) -> Response:
        if not self._is_known(request):
            return _refusal(401, "invalid_api_key", "The key is wrong.")
        entry = {
            "id": self._writer.name,
            "object": "model",
            "owned_by": "local",
            "context_length": self._writer.context,
            "writes": self._writer.writes,
        }
        return JSONResponse({"object": "list", "data": [entry]})

    async def _complete(self, request: Request) -> Response:
        if not self._is_known(request):
            return _refusal(401, "invalid_api_key", "The key is wrong.")
        if not request.headers.get("content-type", "").startswith("application/json"):
            return _refusal(415, "not_json", "Send JSON.")
        body = await _body(request)
        if body is None:
            return _refusal(413, "too_large", "The request is too large.")
        try:
            order = _Order.model_validate_json(body)
        except ValidationError:
            return _refusal(400, "invalid_request", "The request is not one that this server knows.")
        if self._waiting >= _MOST_WAITING:
            return _refusal(429, "busy", "Others are waiting.", {"retry-after": "10"})
        return await self._answer(order)

    async def _answer(self, order: _Order) -> Response:
        if order.stream:
            return StreamingResponse(self._events(order), media_type="text/event-stream")
        text, reason = "", "stop"
        try:
            async for piece, end in self._pieces(order):
                text, reason = text + piece, end or reason
            usage = self._usage(order, text)
        except ModelError:
            return _refusal(413, "too_long", "The prompt is longer than the model takes.")
        except Exception as error:  # noqa: BLE001  # whatever a model's code raises is no more than a failed text
            _log.warning("Writing failed: %s", type(error).__name__)
            return _refusal(500, "failed", "The model failed.")
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": reason}
        return JSONResponse({**self._frame("chat.completion"), "choices": [choice], "usage": usage})

    async def _events(self, order: _Order) -> AsyncIterator[bytes]:
        text, frame = "", self._frame("chat.completion.chunk")
        try:
            async with aclosing(self._pieces(order)) as pieces:
                async for piece, end in pieces:
                    text += piece
                    choice = {"index": 0, "delta": {"content": piece}, "finish_reason": end or None}
                    yield _event({**frame, "choices": [choice]})
            yield _event({**frame, "choices": [], "usage": self._usage(order, text)})
        except Exception as error:  # noqa: BLE001  # the stream has begun, so the failure is told in it
            _log.warning("Writing failed: %s", type(error).__name__)
            yield _event({"error": {"message": "The model failed.", "code": "failed"}})
            return
        yield b"data: [DONE]\n\n"

    async def _pieces(self, order: _Order) -> AsyncGenerator[tuple[str, str], None]:
        """The writer's pieces, once its turn has come; leaving the generator stops the writer.

        The writer works in a thread of its own, and its turn ends when it does, not when its reader leaves.
        """
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        loop, stopped = asyncio.get_running_loop(), threading.Event()
        pieces: asyncio.Queue[tuple[str, str] | Exception | None] = asyncio.Queue()

        def post(item: tuple[str, str] | Exception | None) -> None:
            loop.call_soon_threadsafe(pieces.put_nowait, item)

        def work() -> None:
            try:
                for pair in self._written(order, stopped):
                    post(pair)
                post(None)
            except Exception as error:  # noqa: BLE001  # carried to the reader and raised there
                post(error)
            finally:
                loop.call_soon_threadsafe(self._turn.release)

        threading.Thread(target=work, daemon=True, name="write").start()
        try:
            while (item := await pieces.get()) is not None:
                if isinstance(item, Exception):
                    raise item
                yield item
        finally:
            stopped.set()

    def _written(self, order: _Order, stopped: threading.Event) -> Iterator[tuple[str, str]]:
        most = min(order.max_tokens, LONGEST_ANSWER, max(1, self._writer.context // 2))
        messages = [(message.role, message.content) for message in order.messages]
        yield from self._writer.write(messages, most, order.temperature, self._limit_s, stopped)

    def _frame(self, kind: str) -> dict[str, Any]:
        return {"id": "local", "object": kind, "created": int(time.time()), "model": self._writer.name}

    def _usage(self, order: _Order, text: str) -> dict[str, int]:
        asked = sum(self._writer.count(message.content) for message in order.messages)
        answered = self._writer.count(text)
        return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}

    def _is_known(self, request: Request) -> bool:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        return not self._key or hmac.compare_digest(shown.encode(), self._key.encode())


async def _body(request: Request) -> bytes | None:
    kept = b""
    async for piece in request.stream():
        kept += piece
        if len(kept) > _MOST_BYTES:
            return None
    return kept


def _event(body: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def _refusal(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "code": code}}, status, headers)
