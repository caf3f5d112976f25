"""What went wrong with a call, in the user's words: nothing of the key, nothing that the server said."""

from datetime import datetime, timedelta

import httpx

from chains.connection import Connection, TooLarge, seconds_to_wait
from chains.sources.contract import Broken, NothingSent, Refused, Source, Unreachable
from errors import ModelError

_NAMES_SHOWN = 4
_LATER = "Try again later, or use the built-in writer."
_SPENT = ("insufficient_quota", "quota_exceeded", "billing", "insufficient_credits", "payment")

# What a broken answer makes a reader raise while it takes it apart; the last, one that is nested without end.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
FAILURES = (
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


def is_spent(error: Refused) -> bool:
    """Whether a refusal means an empty account, which no waiting fills."""
    return error.status == 402 or any(word in error.code for word in _SPENT)


class Failing:
    """The words for the failures of one call.

    Args:
        model: The model's name.
        source: Where it runs.
        setting: The setting that names it, for advice.
        is_own_key: Whether the key is one that a person lent.
        connection: Says whether it was ended, and what the rate headers said.
    """

    def __init__(
        self, model: str, source: Source, setting: str, connection: Connection, *, is_own_key: bool
    ) -> None:
        self._model, self._source, self._setting = model, source, setting
        self._connection, self._is_own_key = connection, is_own_key

    def explained(self, error: BaseException) -> ModelError:
        """What went wrong, in the user's words."""
        name = self._model
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
        name, status = self._model, error.status
        if is_spent(error):
            return ModelError("The allowance of the model key is used up.", _LATER)
        if status in (401, 403):
            return self._key_refused(error)
        if status == 429:
            return self._busy()
        if status == 404:
            return self.gone([])
        if status == 413:
            return ModelError(
                f"The request is larger than {name} allows at once.",
                "Lower MODEL_MAX_TOKENS, or use the built-in writer.",
            )
        if status >= 500:
            return ModelError(f"The model server is out of order ({status}).", _LATER)
        return ModelError(f"{name} does not accept the request ({status}).", f"Check {self._setting}.")

    def _key_refused(self, error: Refused) -> ModelError:
        if "expired" in error.code:
            what = "The model key has expired."
        elif error.status == 403 and "model" in error.code:
            what = f"The model key may not use {self._model}."
        else:
            what = "The model server refused the key."
        return ModelError(what, _key_advice(self._source, is_own=self._is_own_key))

    def _busy(self) -> ModelError:
        wait = seconds_to_wait(self._connection.rate)
        if wait is None:
            return ModelError(f"{self._model} is busy.", _LATER)
        now = datetime.now()
        then = now + timedelta(seconds=wait)
        day = "" if then.date() == now.date() else f"{then.day} {then:%B}, "
        return ModelError(f"{self._model} is busy until {day}{then:%H:%M}.", _LATER, retry_after=wait)

    def gone(self, names: list[str]) -> ModelError:
        shown = ", ".join(names[:_NAMES_SHOWN])
        name = self._model or "a model that writes"
        advice = f"Set {self._setting} to one that it has" + (f": {shown}." if shown else ".")
        return ModelError(f"The model server does not have {name}.", advice)

    def cut_off(self) -> ModelError:
        """For an answer that ends before its end."""
        return ModelError(f"{self._model} cut the answer off.", _LATER)


def _key_advice(source: Source, *, is_own: bool) -> str:
    if not is_own:
        return f"Check {source.key_setting}."
    page = f" from {source.key_page}" if source.key_page else ""
    return f"Copy your key again{page}, or use the built-in writer."
