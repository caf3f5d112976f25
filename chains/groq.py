"""Text from Groq, or a server that speaks its protocol, through LangChain's ChatGroq: one call a draft.

`stream` writes drafts with the large model; `ask_small_model` puts short questions to the small one.

ChatGroq waits for ever unless told otherwise, and a stream that the server cuts raises nothing, so this file
sets every limit and turns every way to fail into a `ModelError` in the user's words. Neither the key nor
anything that the server says becomes part of one.
"""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, cast

import httpx
from pydantic import SecretStr
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from chains.budget import Admission, Call, account_of, allowance_of, shared
from chains.connection import Connection, Heard, TooLarge, idle_async_client, seconds_to_wait
from chains.prompting import Prompt, estimate_tokens
from errors import ModelError
from settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_groq import ChatGroq

GROQ = "https://api.groq.com"
_ATTEMPTS = 3
_BACKOFF_S = 0.5
_MOST_ANSWER_TOKENS = 600
_LONGEST_ANSWER = 10_000
_NAMES_S = 5.0
_NAMES_SHOWN = 4
_LATER = "Try again later, or use the built-in writer."
_Messages = Sequence[tuple[str, str]]
_log = logging.getLogger(__name__)

# What a broken answer makes the client libraries raise while they take it apart.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError)

# (server, model) pairs that the server has listed; a server is asked once.
_listed: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class Finish:
    """How the answer ended. `tokens` are those of prompt and answer, None where the server gave none.

    `cached` are those of the prompt that the server had kept, which count towards no allowance.
    """

    reason: str
    tokens: tuple[int, int] | None
    calls: int
    cached: int = 0


@dataclass(frozen=True)
class _Use:
    """What a model is called for, and the setting that names it."""

    model: str
    setting: str
    temperature: float
    most_tokens: int


def stream(
    prompt: Prompt, settings: Settings, heard: Heard | None = None
) -> Generator[str | Finish, None, None]:
    """Yield the answer's text as it comes, the `Finish` last. Closing the generator closes the connection.

    Args:
        prompt: The two messages.
        settings: Server, key and model.
        heard: Told the status and the rate headers of each answer.

    Raises:
        ModelError: whenever the answer does not come whole.
    """
    use = _Use(settings.groq_model, "GROQ_MODEL", 0.2, settings.model_max_tokens)
    yield from _stream([("system", prompt.system), ("human", prompt.data)], settings, use, heard)


def ask_small_model(settings: Settings) -> Callable[[str], str]:
    """A callable from a prompt to the small model's answer, at most `_LONGEST_ANSWER` characters of it.

    Of an answer that was cut, by the model or by us, the unfinished last line is left out. The callable
    raises `ModelError` when none comes.
    """
    most = min(settings.model_max_tokens, _MOST_ANSWER_TOKENS)
    use = _Use(settings.groq_small_model, "GROQ_SMALL_MODEL", 0.0, most)

    def ask(prompt: str) -> str:
        text, whole = "", False
        with (
            _let_in(estimate_tokens(prompt), settings, use) as admission,
            closing(_stream([("human", prompt)], settings, use, admission.heard)) as answer,
        ):
            for piece in answer:
                if isinstance(piece, Finish):
                    whole = piece.reason == "stop"
                    if piece.tokens:
                        admission.settle(*piece.tokens, piece.cached)
                elif len(text := text + piece) > _LONGEST_ANSWER:
                    break
        return text if whole else text[:_LONGEST_ANSWER].rpartition("\n")[0]

    return ask


def _let_in(prompt_tokens: int, settings: Settings, use: _Use) -> Admission:
    """Wait for a turn of the small model, not longer than for a busy server."""
    server = settings.groq_api_base or GROQ
    key = settings.groq_api_key.get_secret_value() if settings.groq_api_key else ""
    call = Call(
        account=account_of(server, use.model, key),
        model=use.model,
        prompt_tokens=prompt_tokens,
        most_answer_tokens=use.most_tokens,
        allowance=allowance_of(settings, server),
    )
    waiting = shared().admit(call, settings.model_longest_wait_s)
    while True:
        try:
            next(waiting)
        except StopIteration as turn:
            return cast(Admission, turn.value)


def _stream(
    messages: _Messages, settings: Settings, use: _Use, heard: Heard | None
) -> Generator[str | Finish, None, None]:
    from groq import GroqError

    call = _Call(settings, use, heard)
    with call.connection:
        try:
            call.check_name()
            yield from call.answer(messages)
        except (GroqError, httpx.HTTPError, httpx.InvalidURL, TooLarge, OSError, *_UNREADABLE) as error:
            _log.info("The call to %s failed: %s", call.model, type(error).__name__)
            raise call.explained(error) from None


class _Call:
    """One call: the client, its retries, and what its failures mean."""

    def __init__(self, settings: Settings, use: _Use, heard: Heard | None) -> None:
        self.model = use.model
        self._use = use
        self.connection = Connection(
            read_s=settings.model_timeout_s,
            total_s=2 * settings.model_timeout_s + settings.model_longest_wait_s,
            heard=heard,
        )
        self._settings = settings
        self._base = settings.groq_api_base or GROQ
        self._key = _usable_key(settings)
        self._calls = 0
        self._waited = 0.0

    # --- asking

    def check_name(self) -> None:
        """Ask the server once whether it has the model; a server that keeps no list is believed to."""
        if (self._base, self.model) in _listed:
            return
        try:
            answer = self.connection.client.get(
                f"{self._base}/openai/v1/models",
                headers={"Authorization": f"Bearer {self._key}"},
                timeout=min(_NAMES_S, self._settings.model_timeout_s),
            )
            names = sorted(str(entry["id"]) for entry in answer.json()["data"]) if answer.is_success else []
        except (httpx.HTTPError, TooLarge, *_UNREADABLE):
            return
        if answer.status_code in (401, 403):
            raise _refused()
        if names and self.model not in names:
            raise self._gone(names)
        if names:
            _listed.add((self._base, self.model))

    def answer(self, messages: _Messages) -> Iterator[str | Finish]:
        start = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            retry=retry_if_exception(self._is_worth_another),
            wait=self._pause,
            reraise=True,
        )
        reason, usage = "", None
        for chunk in start(self._begin, messages):
            if isinstance(chunk.content, str) and chunk.content:
                yield chunk.content
            reason = chunk.response_metadata.get("finish_reason") or reason
            usage = chunk.usage_metadata or usage
        if not reason:
            raise self.cut_off()
        yield Finish(
            reason=reason,
            tokens=(usage["input_tokens"], usage["output_tokens"]) if usage else None,
            calls=self._calls,
            cached=(usage.get("input_token_details") or {}).get("cache_read") or 0 if usage else 0,
        )

    def _begin(self, messages: _Messages) -> "Iterator[AIMessageChunk]":
        """The stream, once its first chunk has come: up to then another attempt costs nothing."""
        self._calls += 1
        chunks = self._client().stream(list(messages))
        first = next(chunks)
        return chain((first,), chunks)

    def _client(self) -> "ChatGroq":
        from langchain_groq import ChatGroq

        return ChatGroq(
            model=self.model,
            api_key=SecretStr(self._key),
            base_url=self._base,
            temperature=self._use.temperature,
            max_tokens=self._use.most_tokens,
            # Reasoning is paid from max_tokens, and copying words needs little of it.
            reasoning_effort="low" if "gpt-oss" in self.model else None,
            timeout=self._settings.model_timeout_s,
            max_retries=0,
            http_client=self.connection.client,
            http_async_client=idle_async_client(),
        )

    # --- asking again

    def _is_worth_another(self, error: BaseException) -> bool:
        from groq import APIConnectionError, APITimeoutError, InternalServerError, RateLimitError

        if self.connection.overdue or isinstance(error, APITimeoutError):
            return False
        if isinstance(error, RateLimitError):
            wait = seconds_to_wait(self.connection.rate) or 0.0
            return self._waited + wait <= self._settings.model_longest_wait_s
        return isinstance(error, InternalServerError | APIConnectionError)

    def _pause(self, state: RetryCallState) -> float:
        """Seconds before the next attempt: what a busy server asks for, else doubling."""
        from groq import RateLimitError

        error = state.outcome.exception() if state.outcome else None
        stated = seconds_to_wait(self.connection.rate) if isinstance(error, RateLimitError) else None
        pause = stated if stated is not None else _BACKOFF_S * 2 ** (state.attempt_number - 1)
        self._waited += pause
        return pause

    # --- failing

    def explained(self, error: Exception) -> ModelError:
        """What went wrong, in the user's words."""
        from groq import APIConnectionError, APIStatusError, APITimeoutError

        if self.connection.overdue:
            return ModelError(f"{self.model} took too long.", _LATER)
        if isinstance(error, APIStatusError):
            return self._status(error.status_code)
        if isinstance(error, APITimeoutError | httpx.TimeoutException):
            return ModelError(f"{self.model} did not answer.", _LATER)
        if isinstance(error, APIConnectionError):
            return ModelError("The model server cannot be reached.", _LATER)
        if isinstance(error, TooLarge):
            return ModelError(f"{self.model} sent far more than a draft.", _LATER)
        if isinstance(error, httpx.HTTPError | OSError):
            return self.cut_off()
        if type(error) is ValueError:  # LangChain's word for a stream without a single chunk
            return ModelError(f"{self.model} sent nothing back.", _LATER)
        if isinstance(error, _UNREADABLE):
            return ModelError(f"{self.model} sent an answer that cannot be read.", _LATER)
        return ModelError("The model server failed while it answered.", _LATER)

    def _status(self, status: int) -> ModelError:
        if status in (401, 403):
            return _refused()
        if status == 429:
            return self._busy()
        if status == 404:
            _listed.discard((self._base, self.model))
            return self._gone([])
        if status == 413:
            return ModelError(
                f"The request is larger than {self.model} allows at once.",
                "Lower MODEL_MAX_TOKENS, or use the built-in writer.",
            )
        if status >= 500:
            return ModelError(f"The model server is out of order ({status}).", _LATER)
        return ModelError(
            f"{self.model} does not accept the request ({status}).", f"Check {self._use.setting}."
        )

    def _busy(self) -> ModelError:
        wait = seconds_to_wait(self.connection.rate)
        if wait is None:
            return ModelError(f"{self.model} is busy.", _LATER)
        now = datetime.now()
        then = now + timedelta(seconds=wait)
        day = "" if then.date() == now.date() else f"{then.day} {then:%B}, "
        return ModelError(f"{self.model} is busy until {day}{then:%H:%M}.", _LATER, retry_after=wait)

    def _gone(self, names: list[str]) -> ModelError:
        shown = ", ".join(names[:_NAMES_SHOWN])
        advice = f"Set {self._use.setting} to one that it has" + (f": {shown}." if shown else ".")
        return ModelError(f"The model server does not have {self.model}.", advice)

    def cut_off(self) -> ModelError:
        """For an answer that ends before its end."""
        return ModelError(f"{self.model} cut the answer off.", _LATER)


def _refused() -> ModelError:
    return ModelError("The model server refused the key.", "Check GROQ_API_KEY.")


def _usable_key(settings: Settings) -> str:
    key = settings.groq_api_key.get_secret_value().strip() if settings.groq_api_key else ""
    if not key:
        raise ModelError("No model key is set.", "Set GROQ_API_KEY, or use the built-in writer.")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ModelError("The model key holds characters that no key has.", "Copy GROQ_API_KEY again.")
    return key
