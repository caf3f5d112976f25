"""The models that could write, what a draft by one would take, and what they have left to give."""

from pydantic import SecretStr

import chains
import settings
from domain import Estimate, ModelChoice, ModelServer, Profile
from outreach.briefs import Options, brief_for, model_choice
from outreach.ranking import Opening


def models(key: SecretStr | None = None, source: str = "") -> tuple[ModelServer, ...]:
    """What each model server offers now; one that cannot be asked says why.

    Args:
        key: A person's own key; without it only servers that are set up here are asked.
        source: Which server the key is for, by its `source`; by default the first that needs one.
    """
    choice = ModelChoice(model=f"{source}:" if source else "", key=key)
    return chains.list_models(settings.current(), choice)


def budget_for(opening: Opening, profile: Profile, options: Options | None = None) -> Estimate | None:
    """What a draft by the model would take, and when it would begin, if it were asked for now.

    Returns:
        None where no model is set up.

    Raises:
        NothingMatches: when the evidence answers nothing that the posting asks for.
        ModelError: when the model chosen cannot be asked.
    """
    config, options = settings.current(), options or Options()
    if not config.has_model and options.key is None:
        return None
    return chains.foresee(brief_for(opening, profile, options), config, model_choice(options))


def share_allowance(keeper: chains.Keeper) -> None:
    """Count calls of models where other processes count theirs too."""
    chains.shared().keeper = keeper
