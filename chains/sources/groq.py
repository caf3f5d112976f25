"""Groq, or another server with Groq's paths, through LangChain's ChatGroq.

ChatGroq waits for ever unless told otherwise, adds "/openai/v1" to the address itself, tells a stream without
a chunk by a bare ValueError, and a stream that the server cuts by nothing at all.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
from pydantic import SecretStr

from chains.connection import idle_async_client
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

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_core.messages.ai import UsageMetadata

GROQ = "https://api.groq.com"
_PATH = "/openai/v1"


def _where(settings: Settings) -> Server:
    key = settings.groq_api_key.get_secret_value().strip() if settings.groq_api_key else ""
    base = settings.groq_api_base or GROQ
    return Server(f"{base}{_PATH}", key, settings.groq_model, settings.groq_small_model)


def _begin(request: Request, client: httpx.Client) -> Iterator[Chunk]:
    from groq import APIConnectionError, APIStatusError, APITimeoutError, GroqError

    try:
        yield from _chunks(request, client)
    except APIStatusError as error:
        raise Refused(error.status_code, error.body) from None
    except APITimeoutError:
        raise httpx.ReadTimeout("no answer") from None
    except APIConnectionError:
        raise Unreachable from None
    except GroqError:
        raise Broken from None


def _chunks(request: Request, client: httpx.Client) -> Iterator[Chunk]:
    from langchain_groq import ChatGroq

    chat = ChatGroq(
        model=request.model,
        api_key=SecretStr(request.key),
        base_url=request.url.removesuffix(_PATH),
        temperature=request.temperature,
        max_tokens=request.most_tokens,
        reasoning_effort=request.reasoning_effort,
        timeout=request.silence_s,
        max_retries=0,
        http_client=client,
        http_async_client=idle_async_client(),
    )
    chunks = chat.stream(list(request.messages))
    try:
        first = next(chunks)
    except ValueError as error:
        if type(error) is ValueError:
            raise NothingSent from None
        raise
    yield _chunk(first)
    yield from map(_chunk, chunks)


def _chunk(chunk: "AIMessageChunk") -> Chunk:
    return Chunk(
        text=chunk.content if isinstance(chunk.content, str) else "",
        reason=chunk.response_metadata.get("finish_reason") or "",
        tokens=_tokens(chunk.usage_metadata) if chunk.usage_metadata else None,
    )


def _tokens(usage: "UsageMetadata") -> Tokens:
    cached = (usage.get("input_token_details") or {}).get("cache_read") or 0
    return Tokens(usage["input_tokens"], usage["output_tokens"], cached)


register(
    Source(
        name="groq",
        label="Groq",
        key_setting="GROQ_API_KEY",
        model_setting="GROQ_MODEL",
        small_setting="GROQ_SMALL_MODEL",
        key_page="console.groq.com/keys",
        where=_where,
        begin=_begin,
        needs_key=True,
    )
)
