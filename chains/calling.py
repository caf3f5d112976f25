"""One call of a model, whatever its source: its name, its attempts, its answer.

`Exchange.stream` is the only way from here to a model. It turns every way to fail into a `ModelError` in the
user's words.
"""

import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from chains import offers
from chains.budget import Call, account_of, allowance_of
from chains.connection import Connection, Heard, seconds_to_wait
from chains.failing import FAILURES, Failing, is_spent
from chains.places import place, usable_key
from chains.sources.contract import Chunk, Messages, Refused, Request, Tokens, Unreachable
from domain import ModelChoice, OfferedModel
from errors import ModelError
from settings import Settings

_ATTEMPTS = 3
_BACKOFF_S = 0.5
_NAMES_S = 5.0
_log = logging.getLogger(__name__)


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
        self.source, self._server, wanted = place(settings, choice)
        self._own_key = choice.key is not None
        self._key = usable_key(self.source, self._server, choice)
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
                raise self._failing.explained(error) from None
            except FAILURES:
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
        except FAILURES as error:
            raise self._failing.explained(error) from None
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
            raise self._failing.gone([model.name for model in offered])
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
            except FAILURES as error:
                _log.info("The call to %s failed: %s", self.model.name, type(error).__name__)
                raise self._failing.explained(error) from None

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
            raise self._failing.cut_off()
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
            if error.status == 429 and not is_spent(error):
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

    @property
    def _failing(self) -> Failing:
        return Failing(
            self.model.name,
            self.source,
            self._model_setting,
            self._connection,
            is_own_key=self._own_key,
        )

    @property
    def _model_setting(self) -> str:
        return self.source.small_setting if self._use.is_small else self.source.model_setting
