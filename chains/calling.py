"""One call of a model, whatever its source: the key, the name, the attempts, and the words for what fails.

`Exchange.stream` is the only way from here to a model. It turns every way to fail into a `ModelError` in the
user's words; neither the key nor anything that the server says becomes part of one.
"""

import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from chains import offers
from chains.budget import Call, account_of, allowance_of
from chains.connection import Connection, Heard, TooLarge, seconds_to_wait
from chains.sources import SOURCES
from chains.sources.contract import (
    Broken,
    Chunk,
    Messages,
    NothingSent,
    Refused,
    Request,
    Server,
    Source,
    Tokens,
    Unreachable,
)
from domain import ModelChoice, ModelServer, OfferedModel
from errors import ModelError
from settings import Settings

_ATTEMPTS = 3
_BACKOFF_S = 0.5
_NAMES_S, _NAMES_SHOWN = 5.0, 4
_LONGEST_NAME = 200
_LATER = "Try again later, or use the built-in writer."
_log = logging.getLogger(__name__)

# What a broken answer makes a reader raise while it takes it apart; the last, one that is nested without end.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
_FAILURES = (
    Refused,
    Unreachable,
    Broken,
    NothingSent,
    TooLarge,
    httpx.HTTPError,
    httpx.InvalidURL,
    OSError,
    *_UNREADABLE,
)
_SPENT = ("insufficient_quota", "quota_exceeded", "billing", "insufficient_credits", "payment")


@dataclass(frozen=True)
class Finish:
    """How the answer ended, who gave it, and what it used (None where the server gave no counts).

    `note` is for the person: that a model other than the wanted one wrote.
    """

    reason: str
    tokens: Tokens | None
    calls: int
    source: str
    model: str
    note: str = ""


@dataclass(frozen=True)
class Use:
    """What a model is called for. `is_small` means the small model, unless a choice names one."""

    temperature: float
    most_tokens: int
    is_small: bool = False


class Exchange:
    """One call: where it goes and as whom, its attempts, and what its failures mean.

    Raises:
        ModelError: when no such source is set up, or there is no key that can be sent.
    """

    def __init__(self, settings: Settings, use: Use, choice: ModelChoice | None = None) -> None:
        choice = choice or ModelChoice()
        self.source, self._server, wanted = _place(settings, choice)
        self._own_key = choice.key is not None
        self._key = _usable_key(self.source, self._server, choice)
        # On a server that others reach, whoever pays chooses the model.
        self._withheld = "" if self._own_key or settings.keeps_evidence else wanted
        usual = self._server.small if use.is_small else self._server.model
        self.wanted = usual if self._withheld else wanted or usual
        self.model = OfferedModel(source=self.source.name, name=self.wanted)
        self.note = ""
        self._settings, self._use = settings, use
        self._connection = self._connect(None)
        self._calls = 0
        self._waited = 0.0

    def _connect(self, heard: Heard | None) -> Connection:
        total_s = 2 * self._settings.model_timeout_s + self._settings.model_longest_wait_s
        return Connection(self._settings.model_timeout_s, total_s, heard)

    # --- asking

    def find_model(self) -> OfferedModel:
        """The model that will write: the wanted one, or what stands in for it, with `note` saying so.

        The server is asked what it has, unless it was a short while ago.

        Raises:
            ModelError: when the key is refused, or the server has no model that writes.
        """
        if not self.recall_model():
            try:
                self._take(self._listed())
            except Refused as error:
                raise self.explained(error) from None
            except _FAILURES:
                # What does not say what it has may still answer the question that counts.
                offers.keep(self._server.url, self._key, ())
                self._take(())
        return self.model

    def recall_model(self) -> bool:
        """Find the model by what the server said before, if it did."""
        known = offers.known(self._server.url, self._key)
        if known is not None:
            self._take(known)
        return known is not None

    def shorten(self, most_tokens: int) -> None:
        """Ask for an answer of so many tokens at most."""
        self._use = replace(self._use, most_tokens=min(self._use.most_tokens, most_tokens))

    def plan(self, prompt_tokens: int) -> Call:
        """The call as the budget knows it."""
        return Call(
            account=account_of(self._server.url, self.model.name, self._key),
            model=self.model.name,
            prompt_tokens=prompt_tokens,
            most_answer_tokens=self._use.most_tokens,
            allowance=allowance_of(self._settings, self._server.url),
            prices=(self._settings.model_price_in, self._settings.model_price_out),
        )

    def offered(self) -> tuple[tuple[OfferedModel, ...], str]:
        """The models that one may choose from, and the name of the one that would write.

        Raises:
            ModelError: when the server does not say.
        """
        try:
            listed = offers.known(self._server.url, self._key) or self._listed()
        except _FAILURES as error:
            raise self.explained(error) from None
        if not listed:
            raise ModelError("The model server does not say which models it has.")
        self._take(listed)
        if not self._own_key and not self._settings.keeps_evidence:
            return (self.model,), self.model.name
        return tuple(filter(offers.can_write, listed)), self.model.name

    def _listed(self) -> tuple[OfferedModel, ...]:
        self._connection = Connection(min(_NAMES_S, self._settings.model_timeout_s), 2 * _NAMES_S)
        with self._connection:
            return offers.listed(self.source, self._server.url, self._key, self._connection.client)

    def _take(self, offered: tuple[OfferedModel, ...]) -> None:
        if offered:
            self._settle_on(offered)
        elif not self.wanted:
            raise ModelError(
                "The model server does not say which models it has.", f"Set {self._model_setting}."
            )
        if self._withheld not in ("", self.model.name):
            self.note = f"{self._withheld} takes a key of your own; {self.model.name} wrote this."

    def _settle_on(self, offered: tuple[OfferedModel, ...]) -> None:
        found = offers.choose(self.wanted, offered)
        if found is None:
            raise self._gone([model.name for model in offered])
        is_other = self.wanted and found.name not in (self.wanted, f"{self.wanted}:latest")
        if is_other and found.name.casefold() != self.wanted.casefold():
            self.note = f"{self.wanted} is no longer offered; {found.name} wrote this."
        self.model = found

    def stream(self, messages: Messages, heard: Heard | None = None) -> Generator[str | Finish, None, None]:
        """Yield the answer's text as it comes, the `Finish` last. Closing the generator ends the call.

        Args:
            messages: Pairs of a role and a text.
            heard: Told the status and the rate headers of each answer.

        Raises:
            ModelError: whenever the answer does not come whole.
        """
        self._connection = self._connect(heard)
        with self._connection:
            try:
                yield from self._answer(messages)
            except _FAILURES as error:
                _log.info("The call to %s failed: %s", self.model.name, type(error).__name__)
                raise self.explained(error) from None

    def _answer(self, messages: Messages) -> Iterator[str | Finish]:
        start = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            retry=retry_if_exception(self._is_worth_another),
            wait=self._pause,
            reraise=True,
        )
        reason, tokens = "", None
        for chunk in start(self._begin, messages):
            if chunk.text:
                yield chunk.text
            reason = chunk.reason or reason
            tokens = chunk.tokens if chunk.tokens and chunk.tokens.is_sane else tokens
        if not reason:
            raise self.cut_off()
        yield Finish(
            reason=reason,
            tokens=tokens,
            calls=self._calls,
            source=self.source.name,
            model=self.model.name,
            note=self.note,
        )

    def _begin(self, messages: Messages) -> Iterator[Chunk]:
        """The stream, once its first chunk has come: up to then another attempt costs nothing."""
        request = Request(
            url=self._server.url,
            key=self._key,
            model=self.model.name,
            messages=messages,
            temperature=self._use.temperature,
            most_tokens=self._use.most_tokens,
            silence_s=self._settings.model_timeout_s,
        )
        self._calls += 1
        chunks = self.source.begin(request, self._connection.client)
        return chain((next(chunks),), chunks)

    # --- asking again

    def _is_worth_another(self, error: BaseException) -> bool:
        if self._connection.overdue:
            return False
        if isinstance(error, Refused):
            if error.status == 404:
                return self._has_another()
            if error.status == 429 and not _is_spent(error):
                wait = seconds_to_wait(self._connection.rate) or 0.0
                return self._waited + wait <= self._settings.model_longest_wait_s
            return error.status >= 500
        return isinstance(error, Unreachable)

    def _has_another(self) -> bool:
        """After a model was not there although it was listed: whether a fresh list names another."""
        tried, calls = self.model.name, self._connection
        offers.forget(self._server.url, self._key)
        try:
            return self.find_model().name != tried
        finally:
            self._connection = calls

    def _pause(self, state: RetryCallState) -> float:
        """Seconds before the next attempt: what a busy server asks for, else doubling."""
        error = state.outcome.exception() if state.outcome else None
        is_busy = isinstance(error, Refused) and error.status == 429
        stated = seconds_to_wait(self._connection.rate) if is_busy else None
        pause = stated if stated is not None else _BACKOFF_S * 2 ** (state.attempt_number - 1)
        self._waited += pause
        return pause

    # --- failing

    def explained(self, error: BaseException) -> ModelError:
        """What went wrong, in the user's words."""
        name = self.model.name
        if self._connection.overdue:
            return ModelError(f"{name} took too long.", _LATER)
        if isinstance(error, Refused):
            return self._refusal(error)
        if isinstance(error, httpx.TimeoutException):
            return ModelError(f"{name} did not answer.", _LATER)
        if isinstance(error, Unreachable):
            return ModelError("The model server cannot be reached.", _LATER)
        if isinstance(error, TooLarge):
            return ModelError(f"{name} sent far more than a draft.", _LATER)
        if isinstance(error, NothingSent):
            return ModelError(f"{name} sent nothing back.", _LATER)
        if isinstance(error, httpx.HTTPError | OSError):
            return self.cut_off()
        if isinstance(error, _UNREADABLE):
            return ModelError(f"{name} sent an answer that cannot be read.", _LATER)
        return ModelError("The model server failed while it answered.", _LATER)

    def _refusal(self, error: Refused) -> ModelError:
        name, status = self.model.name, error.status
        if status == 402 or _is_spent(error):
            return ModelError("The allowance of the model key is used up.", _LATER)
        if status in (401, 403):
            return self._key_refused(error)
        if status == 429:
            return self._busy()
        if status == 404:
            offers.forget(self._server.url, self._key)
            return self._gone([])
        if status == 413:
            return ModelError(
                f"The request is larger than {name} allows at once.",
                "Lower MODEL_MAX_TOKENS, or use the built-in writer.",
            )
        if status >= 500:
            return ModelError(f"The model server is out of order ({status}).", _LATER)
        return ModelError(f"{name} does not accept the request ({status}).", f"Check {self._model_setting}.")

    def _key_refused(self, error: Refused) -> ModelError:
        if "expired" in error.code:
            what = "The model key has expired."
        elif error.status == 403 and "model" in error.code:
            what = f"The model key may not use {self.model.name}."
        else:
            what = "The model server refused the key."
        return ModelError(what, _key_advice(self.source, is_own=self._own_key))

    def _busy(self) -> ModelError:
        wait = seconds_to_wait(self._connection.rate)
        if wait is None:
            return ModelError(f"{self.model.name} is busy.", _LATER)
        now = datetime.now()
        then = now + timedelta(seconds=wait)
        day = "" if then.date() == now.date() else f"{then.day} {then:%B}, "
        return ModelError(f"{self.model.name} is busy until {day}{then:%H:%M}.", _LATER, retry_after=wait)

    def _gone(self, names: list[str]) -> ModelError:
        shown = ", ".join(names[:_NAMES_SHOWN])
        name = self.model.name or "a model that writes"
        advice = f"Set {self._model_setting} to one that it has" + (f": {shown}." if shown else ".")
        return ModelError(f"The model server does not have {name}.", advice)

    def cut_off(self) -> ModelError:
        """For an answer that ends before its end."""
        return ModelError(f"{self.model.name} cut the answer off.", _LATER)

    @property
    def _model_setting(self) -> str:
        return self.source.small_setting if self._use.is_small else self.source.model_setting


def _is_spent(error: Refused) -> bool:
    return any(word in error.code for word in _SPENT)


# --- where, and as whom ------------------------------------------------------------------------------


def _place(settings: Settings, choice: ModelChoice) -> tuple[Source, Server, str]:
    """The source that a choice means, its server, and the name that it asks for.

    Without a source in the choice it is the first that is set up, a server by its address before Groq; a key
    of the person's own is for the first source that needs one.
    """
    prefix, _, rest = choice.model.partition(":")
    if prefix in SOURCES:
        source, name = SOURCES[prefix], rest
    else:
        source, name = _usual(settings, has_own_key=choice.key is not None), choice.model
    server = source.where(settings)
    if server is None:
        raise ModelError("No such model server is set up here.", "Choose another model.")
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise ModelError("No model has such a name.", "Choose another model.")
    return source, server, name.strip()


def _usual(settings: Settings, *, has_own_key: bool) -> Source:
    if has_own_key:
        return next(source for source in SOURCES.values() if source.needs_key)
    ready = (source for source in SOURCES.values() if is_ready(source, settings))
    return next(ready, SOURCES["groq"])


def is_ready(source: Source, settings: Settings) -> bool:
    """Whether it can be asked without a key of the person's own."""
    server = source.where(settings)
    return server is not None and bool(server.key or not source.needs_key)


def _usable_key(source: Source, server: Server, choice: ModelChoice) -> str:
    """The person's key, or else the operator's; never the operator's in place of one that is of no use."""
    is_own = choice.key is not None
    key = choice.key.get_secret_value().strip() if choice.key is not None else server.key
    if not key and (source.needs_key or is_own):
        raise ModelError("No model key is set.", f"Set {source.key_setting}, or use the built-in writer.")
    if not key.isascii() or (key and not key.isprintable()) or " " in key:
        raise ModelError(
            "The model key holds characters that no key has.",
            "Copy your key again." if is_own else f"Copy {source.key_setting} again.",
        )
    return key


def _key_advice(source: Source, *, is_own: bool) -> str:
    if not is_own:
        return f"Check {source.key_setting}."
    page = f" from {source.key_page}" if source.key_page else ""
    return f"Copy your key again{page}, or use the built-in writer."


# --- what there is -----------------------------------------------------------------------------------


def list_models(settings: Settings, choice: ModelChoice | None = None) -> tuple[ModelServer, ...]:
    """What each source offers now, by its `/models`; one that cannot be asked says why.

    Args:
        settings: Where the servers are.
        choice: A person's key, for the source that its `model` names ("groq:"), else for the usual one.
    """
    lent = None
    if choice is not None and choice.key is not None:
        lent = _place(settings, choice)[0].name
    shown = (source for source in SOURCES.values() if source.where(settings) is not None)
    return tuple(_offer(source, settings, choice if source.name == lent else None) for source in shown)


def _offer(source: Source, settings: Settings, choice: ModelChoice | None) -> ModelServer:
    offer = ModelServer(
        source=source.name,
        label=source.label,
        key_page=source.key_page,
        has_key=is_ready(source, settings),
    )
    mine = ModelChoice(model=f"{source.name}:", key=choice.key if choice else None)
    try:
        asked = Exchange(settings, Use(temperature=0.0, most_tokens=1), mine)
        models, chosen = asked.offered()
    except ModelError as error:
        return offer.model_copy(update={"problem": str(error)})
    return offer.model_copy(update={"models": models, "chosen": chosen})
