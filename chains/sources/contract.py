"""The contract between a model source and the call that uses it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import httpx

from settings import Settings

_MOST_TOKENS = 10_000_000
Messages = tuple[tuple[str, str], ...]


class Tokens(NamedTuple):
    """What a call used, as its server counts: `cached` of the `asked` it had kept from an earlier call."""

    asked: int
    answered: int
    cached: int = 0

    @property
    def is_sane(self) -> bool:
        """Whether a count can be one: none below nothing, none beyond what any model reads."""
        counts = all(0 <= count <= _MOST_TOKENS for count in self)
        return counts and self.asked > 0 and self.cached <= self.asked


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an answer. `reason` is why it ends; "stop" means that the model has said all it wanted."""

    text: str = ""
    reason: str = ""
    tokens: Tokens | None = None


@dataclass(frozen=True)
class Server:
    """Where models run: `/models` and `/chat/completions` lie beneath `url`. The key is the operator's.

    `model` and `small` are the names set up for drafts and for short questions; empty means the best.
    """

    url: str
    key: str = field(repr=False)
    model: str
    small: str


@dataclass(frozen=True)
class Request:
    """One call. `messages` are pairs of a role (system, human) and a text."""

    url: str
    key: str = field(repr=False)
    model: str
    messages: Messages
    temperature: float
    most_tokens: int
    silence_s: float

    @property
    def reasoning_effort(self) -> str | None:
        """Reasoning is paid from `most_tokens`, and copying words needs little of it.

        Which models take which words: the groq SDK's description of the field, November 2026.
        """
        name = self.model.casefold()
        return "low" if "gpt-oss" in name else "none" if "qwen3" in name or "qwen-3" in name else None


@dataclass(frozen=True)
class Source:
    """One kind of model server.

    Args:
        name: Its id, as in "groq:openai/gpt-oss-120b".
        label: What people call it.
        key_setting, model_setting, small_setting: Names of settings, for advice to whoever runs this.
        key_page: Where a person gets a key.
        where: The server by the settings, or None where none is set up.
        begin: Asks once and yields the answer as it comes; raises `Refused`, `Unreachable`, `Broken`,
            `NothingSent` or what httpx raises. Nothing that a server says may be part of an error.
        needs_key: Whether nothing can be asked without a key.
    """

    name: str
    label: str
    key_setting: str
    model_setting: str
    small_setting: str
    key_page: str
    where: Callable[[Settings], Server | None]
    begin: Callable[[Request, httpx.Client], Iterator[Chunk]]
    needs_key: bool


SOURCES: dict[str, Source] = {}


def register(source: Source) -> Source:
    SOURCES[source.name] = source
    return source


# --- how asking fails --------------------------------------------------------------------------------


class Refused(Exception):
    """The server answered with a status that is no success. `code` is its machine-readable reason."""

    def __init__(self, status: int, body: object = None) -> None:
        super().__init__(str(status))
        self.status = status
        self.code = _code(body)


class Unreachable(Exception):
    """No answer began: nobody listens there, or the connection broke first."""


class Broken(Exception):
    """The server reported a fault of its own in the middle of its answer."""


class NothingSent(Exception):
    """An answer without a single piece."""


def _code(body: object) -> str:
    """The `code` or `type` of an error body, in any of the shapes that servers use; empty without one."""
    error = body.get("error", body) if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return ""
    found = [error[name] for name in ("code", "type") if isinstance(error.get(name), str)]
    return " ".join(found)[:100].lower()
