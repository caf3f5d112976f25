"""What there is to choose from: the models of every source that is set up."""

from chains.calling import Exchange, Use
from chains.places import is_ready, place
from chains.sources import SOURCES, Source
from domain import ModelChoice, ModelServer
from errors import ModelError
from settings import Settings


def list_models(settings: Settings, choice: ModelChoice | None = None) -> tuple[ModelServer, ...]:
    """What each source offers now, by its `/models`; one that cannot be asked says why.

    Args:
        settings: Where the servers are.
        choice: A person's key, for the source that its `model` names ("groq:"), else for the usual one.
    """
    lent = None
    if choice is not None and choice.key is not None:
        lent = place(settings, choice)[0].name
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
