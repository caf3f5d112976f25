"""Fit the weights of `matching.weighing` on labelled lines, and say how they do on people held out.

    python -m evaluation.fit_matching --corpus DIR [--labels FILE] [--write]

Fitted on the halves a and c of the corpus's labels and on half a of the invented cases; the halves b stay
unseen. `--labels` adds lines of people outside the corpus, one JSON object a line as `labelled.add` takes
them, with `folder` where their résumés are. `--write` keeps the weights. Those kept now were fitted with 183
such lines, of 22 people whose résumés are not in the corpus.

Each person is left out once: what the weights fitted on all others say of them sets the limit.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import matching
import settings
import tagging
from domain import Posting, Profile, SkillMention
from evaluation import labelled
from evaluation import matching as cases
from matching.answers import hedged, pairs
from matching.demands import Kind
from matching.embedding import Embedder
from matching.match import read
from matching.weighing import WEIGHTS

HALVES = ("a", "c")
WEIGHED = (Kind.WORK, Kind.TRAIT)
SHRINK = 30.0  # of the ridge penalty: of 1, 3, 10, 30 and 60 the best on people held out
MOST_WRONG = 0.02  # of the lines that nothing fits, how many may be answered on people held out
STEPS = 30  # of Newton's method; it settles in about ten
DAY = date(2025, 11, 20)  # no line fitted on asks for years

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """A labelled line of work: the traits of each pair, a row each, and which of them are right."""

    person: str
    traits: Floats
    right: NDArray[np.bool_]
    answerable: bool


@dataclass(frozen=True)
class Chosen:
    """The likeliest item of a line, by weights that were fitted without its person."""

    chance: float
    right: bool
    answerable: bool


def main() -> None:
    """Fit, print what comes of it on people held out, and keep the weights where asked."""
    parser = argparse.ArgumentParser(prog="evaluation.fit_matching", description="Fit matching's weights.")
    parser.add_argument("--corpus", type=Path, required=True, help="a directory laid out as shared/corpus")
    parser.add_argument("--labels", type=Path, help="further labels with their text, JSON lines")
    parser.add_argument("--write", action="store_true", help=f"write matching/{WEIGHTS.name}")
    options = parser.parse_args()
    names, lines = read_lines(options.corpus, options.labels)
    held_out = cross_validate(lines)
    limit = least_limit(held_out)
    print(json.dumps({"lines": len(lines), "limit": limit, **scores(held_out, limit)}))
    fitted = fit(lines)
    kept = {name: round(float(weight), 3) for name, weight in zip(names, fitted, strict=False)}
    model = {"traits": kept, "constant": round(float(fitted[-1]), 3), "limit": limit}
    print(json.dumps(model))
    if options.write:
        WEIGHTS.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")


# --- what is fitted on -------------------------------------------------------------------------------


def read_lines(corpus: Path, more: Path | None) -> tuple[list[str], list[Line]]:
    """The names of the traits, and all labelled lines of work that texts can be compared for."""
    embedder = matching.load_embedder(settings.current().embedding_dir)
    if embedder is None:
        raise SystemExit("The embedding model is not built: python -m matching.build")
    found = [*_of_corpus(corpus, embedder, more), *_of_cases(embedder)]
    names = next(list(row) for _, rows, _, _ in found for row in rows)
    lines = [
        Line(
            person,
            np.array([list(row.values()) for row in rows], np.float64).reshape(-1, len(names)),
            np.array(right, np.bool_),
            answerable,
        )
        for person, rows, right, answerable in found
    ]
    return names, lines


_Row = tuple[str, list[dict[str, float]], list[bool], bool]


def _of_corpus(corpus: Path, embedder: Embedder, more: Path | None) -> Iterator[_Row]:
    labels = [label for label in labelled.read_labels() if label.half in HALVES]
    for pair in labelled.read_pairs(corpus, labels + (labelled.read_source(more) if more else [])):
        profile = _widened(pair.profile)
        fits = {line: labelled.right(pair.profile, label) for line, label in pair.found.items()}
        mentions = tagging.tag(pair.posting.lines)
        person = next((label.resume for label in pair.found.values()), "")
        yield from _rows(person, pair.posting, mentions, profile, fits, embedder)


def _widened(profile: Profile) -> Profile:
    """The profile as matching sees it in the app: who shows Ubuntu shows Linux."""
    items = []
    for item in profile.evidence:
        implied = [wider for skill in item.skills for wider in tagging.implied_skills(skill)]
        items.append(item.model_copy(update={"skills": tuple(dict.fromkeys([*item.skills, *implied]))}))
    return profile.model_copy(update={"evidence": tuple(items)})


def _of_cases(embedder: Embedder) -> Iterator[_Row]:
    for person in cases.read_people(cases.CASES):
        if person.half == "a":
            fits = {line.id: fit for line, fit in zip(person.lines, person.fits, strict=True)}
            posting, mentions, profile = cases.as_read(person)
            yield from _rows(person.name, posting, mentions, profile, fits, embedder)


def _rows(
    person: str,
    posting: Posting,
    mentions: Sequence[SkillMention],
    profile: Profile,
    fits: dict[str, frozenset[str]],
    embedder: Embedder,
) -> Iterator[_Row]:
    demands, scene, near = read(posting, mentions, profile, embedder, DAY)
    for demand in demands:
        similarity = near[demand.line.id]
        is_weighed = demand.kind in WEIGHED and demand.years is None and similarity is not None
        if demand.line.id not in fits or not is_weighed:
            continue
        assert similarity is not None
        fit = fits[demand.line.id]
        found = [pair for pair in pairs(demand, scene, similarity) if not hedged(pair, scene.spelt)]
        yield person, [p.traits for p in found], [p.offer.id in fit for p in found], bool(fit)


# --- fitting -----------------------------------------------------------------------------------------


def fit(lines: Sequence[Line]) -> Floats:
    """The weights of a ridge logistic regression over all pairs, the constant last."""
    traits = np.concatenate([line.traits for line in lines])
    right = np.concatenate([line.right for line in lines]).astype(np.float64)
    mean, spread = traits.mean(axis=0), traits.std(axis=0)
    spread[spread < 1e-6] = 1.0  # a trait that never varies weighs nothing
    scaled = np.column_stack([(traits - mean) / spread, np.ones(len(traits))])
    shrink = np.diag([SHRINK] * len(mean) + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = _chance(scaled @ weights)
        slope = scaled.T @ (chance - right) + shrink @ weights
        bend = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + shrink
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def cross_validate(lines: Sequence[Line]) -> list[Chosen]:
    """What is chosen for every line by weights fitted on all other people."""
    chosen = []
    for person in sorted({line.person for line in lines}):
        weights = fit([line for line in lines if line.person != person])
        chosen += [choose(line, weights) for line in lines if line.person == person]
    return chosen


def choose(line: Line, weights: Floats) -> Chosen:
    """The likeliest pair of a line."""
    if not len(line.traits):
        return Chosen(0.0, False, line.answerable)
    chances = _chance(line.traits @ weights[:-1] + weights[-1])
    best = int(chances.argmax())
    return Chosen(float(chances[best]), bool(line.right[best]), line.answerable)


def least_limit(chosen: Sequence[Chosen]) -> float:
    """The lowest limit, in hundredths, above which few enough lines are answered that nothing fits."""
    limits = [step / 100 for step in range(5, 100)]
    return next(x for x in limits if scores(chosen, x)["wrong_when_nothing_fits"] <= MOST_WRONG)


def scores(chosen: Sequence[Chosen], limit: float) -> dict[str, float]:
    """Precision at 1, recall, and how often a line is answered that nothing fits."""
    given = [one for one in chosen if one.chance >= limit]
    right = sum(one.right for one in given)
    answerable = sum(one.answerable for one in chosen)
    wrong = sum(not one.answerable for one in given)
    return {
        "precision_at_1": round(right / max(1, len(given)), 4),
        "recall": round(right / max(1, answerable), 4),
        "wrong_when_nothing_fits": round(wrong / max(1, len(chosen) - answerable), 4),
    }


def _chance(sums: Floats) -> Floats:
    return 1 / (1 + np.exp(-sums))


if __name__ == "__main__":
    main()
