"""The checks of drafts in German, French and Spanish.

What looks at characters, links, structure and language is the same in all four languages. All else is looked
at here, and more strictly than in English: a claim is a closed frame around a telling of one line of
evidence, byte for byte (`language.tongues.retell`), or a closed form filled from one record. What is not
known is refused.
"""

from collections.abc import Sequence
from functools import lru_cache

from domain import Brief, Sentence
from grounding.registry import CHECKS, Fault, FindSkills, Registered
from grounding.sequence import follows
from grounding.tongues import claims, glue, recipient, said
from grounding.tongues.order import in_order

SHARED = ("structure", "characters", "prompt", "length", "language", "links")


@lru_cache(maxsize=1)
def checks() -> tuple[Registered, ...]:
    """The checks of these languages, in the order in which they run."""
    shared = [each for each in CHECKS if each.name in SHARED]
    return (*shared, *said.CHECKS, *recipient.CHECKS, *glue.CHECKS, *claims.CHECKS)


def follows_in(
    sentence: Sentence, before: Sequence[Sentence], brief: Brief, find_skills: FindSkills
) -> Fault | None:
    """Whether what a sentence points back to ("Dort", "Alle drei", "Auparavant") stands before it."""
    check = follows if brief.language == "en" else in_order
    return check(sentence, before, brief, find_skills)
