"""How much the gate lets through that it should not, and how much that it should.

Hand-written claims are those of `evaluation.claims`. Renderings of real evidence, and the same with one fact
changed (`evaluation.perturbations`), are checked against their own item.
"""

from collections.abc import Iterator
from pathlib import Path

import profiles
from domain import Persona, Profile
from errors import DocumentError
from evaluation import claims
from evaluation.perturbations import Score


def measure(corpus: Path) -> dict[str, float]:
    """Scores from 0 to 1, higher is better.

    Those of `evaluation.claims` are of hand-written claims (free wording, so a true one may well be refused);
    `rendered_accepted` and `changed_…`, by kind of change, of sentences made from real evidence. What is
    planted in a page is in `evaluation.injection`.
    """
    score = Score()
    for person in _people(corpus):
        score.add(person)
    return {**claims.measure(corpus), **score.scores()}


def _people(corpus: Path) -> Iterator[Profile]:
    yield from (profiles.sample(persona) for persona in Persona)
    for path in sorted((corpus / "resumes").iterdir()):
        try:
            if path.is_file():
                yield profiles.read_profile(path.read_bytes(), path.name)
        except DocumentError:
            continue
