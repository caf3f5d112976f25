"""Where a call goes, and as whom: the operator's servers and keys, a person's choice, the key they lend."""

from chains.sources import SOURCES
from chains.sources.contract import Server, Source
from domain import ModelChoice
from errors import ModelError
from settings import Settings

_LONGEST_NAME = 200


def place(settings: Settings, choice: ModelChoice) -> tuple[Source, Server, str]:
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


def usable_key(source: Source, server: Server, choice: ModelChoice) -> str:
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
