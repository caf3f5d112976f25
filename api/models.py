"""Which models could write, and which parsers read."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from pydantic import Field, SecretStr

import calls
import outreach
from api import routing
from api.asking import Guest
from api.places import Writing
from domain import ModelServer, Noun
from errors import InvalidField

ModelKey = Annotated[
    SecretStr | None,
    Header(alias="X-Model-Key", max_length=300, description="your own key of a model server, for this call"),
]


class Model(Noun):
    """What can write. `id` is what `model` takes in other calls."""

    id: str
    name: str
    source: str = Field(default="", description="where it runs; empty for the built-in writer")
    context: int | None = Field(default=None, description="tokens of prompt and answer, where known")
    writes: str = Field(description="`lines`: every kind of draft; `prose`: résumé summaries only")
    is_default: bool = Field(default=False, description="whether it writes unless another is chosen")


class Unreachable(Noun):
    """A model server that offers nothing now, with why and where to get a key of one's own."""

    source: str
    label: str
    problem: str
    key_page: str = ""


class Models(Noun):
    """The built-in writer first, which needs nothing."""

    items: tuple[Model, ...]
    next: None = None
    unreachable: tuple[Unreachable, ...] = ()


class ParserAnswer(Noun):
    """A way to read the layout of a document."""

    id: str
    label: str
    what_for: str


class Parsers(Noun):
    """`auto` first, which chooses what fits best."""

    items: tuple[ParserAnswer, ...]
    next: None = None


async def models(
    request: Request,
    _: Guest,
    places: Writing,
    key: ModelKey = None,
    source: Annotated[str, Query(max_length=40, description="the server that your key is for")] = "",
) -> Models:
    """Say which models could write a draft now. Without a key of yours, those that are set up here."""
    servers = await places.run(request, lambda _: _servers(key, source))
    built_in = Model(id=calls.EMBEDDED, name="The built-in writer", writes="lines", is_default=True)
    offered = (model for server in servers for model in _offered(server))
    silent = (server for server in servers if server.problem)
    return Models(
        items=(built_in, *offered),
        unreachable=tuple(
            Unreachable(
                source=server.source, label=server.label, problem=server.problem, key_page=server.key_page
            )
            for server in silent
        ),
    )


def _servers(key: SecretStr | None, source: str) -> tuple[ModelServer, ...]:
    known = {server.source for server in outreach.models()} if source else set()
    if source and source not in known:
        raise InvalidField("source", "There is no such server.", f"One of {', '.join(sorted(known))}.")
    return outreach.models(key, source)


def _offered(server: ModelServer) -> tuple[Model, ...]:
    return tuple(
        Model(
            id=model.id,
            name=model.name,
            source=model.source,
            context=model.context,
            writes=model.writes,
            is_default=False,
        )
        for model in server.models
    )


def parsers(_: Guest) -> Parsers:
    """Say which parsers can read the layout of a résumé."""
    automatic = ParserAnswer(id="auto", label="Automatic", what_for="Whichever fits the document best.")
    named = (ParserAnswer(id=p.name, label=p.label, what_for=p.what_for) for p in outreach.parsers())
    return Parsers(items=(automatic, *named))


def _both(router: APIRouter) -> APIRouter:
    router.add_api_route("/models", models, summary="List models", methods=["GET"])
    router.add_api_route("/parsers", parsers, summary="List parsers", methods=["GET"])
    return router


routes = _both(routing.routes("", "models and parsers"))
unversioned = _both(routing.routes("", "models and parsers", version=""))
