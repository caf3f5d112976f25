"""How often matching finds the right evidence, and how often it answers where nothing fits.

Two sets: real postings and résumés with labels written apart from this program (`labelled`), and cases of our
own, invented people of several trades, lines as postings write them, false friends on purpose. Weights and
limits were set on both halves a and on a half c of the first set (`fit_matching`); the scores are those of
the halves b. Neither b is untouched: of two models fitted the one kept scored better on the real b, and the
totals of the invented b were seen while choosing what to weigh. New people decide how good it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import matching
import settings
import tagging
from domain import Evidence, Match, Posting, PostingLine, Profile, Record, Section, SkillMention, SourceSpan
from evaluation import labelled
from evaluation.judged import Judged, score, share
from matching import Embedder

CASES = Path(__file__).with_name("matching_judgements.jsonl")


@dataclass
class Person:
    """One invented profile, the lines judged against it, and for each the ids of the evidence that fits."""

    name: str
    half: str
    evidence: list[Evidence] = field(default_factory=list)
    lines: list[PostingLine] = field(default_factory=list)
    fits: list[frozenset[str]] = field(default_factory=list)


def measure(corpus: Path) -> dict[str, float]:
    """Scores of the halves b: precision at 1, recall, and how often nothing is answered where nothing fits.

    Those named `baseline_…` are of the same embedder alone, for comparison: a forced top 2, and the nearest
    item above the limit that is best on half a. Without the embedding model there are none. `corpus_…` are of
    real postings and résumés as read; `corpus_lines_read` is the part of their lines that could be scored.

    Args:
        corpus: Holds `careers` and `resumes`. The invented cases stand beside this file.
    """
    embedder = matching.load_embedder(settings.current().embedding_dir)
    scores = _measure_cases(embedder)
    scores |= {f"corpus_{name}": value for name, value in _measure_corpus(corpus).items()}
    if embedder is not None:
        scores |= {f"baseline_corpus_{n}": v for n, v in _measure_baselines(corpus, embedder).items()}
    return scores


def _measure_cases(embedder: Embedder | None) -> dict[str, float]:
    people = [person for person in read_people(CASES) if person.half == "b"]
    scores = score([judged for person in people for judged in answer(person, embedder)])
    if embedder is not None:
        forced = [judged for person in people for judged in force_top_two(person, embedder)]
        scores |= {f"baseline_{name}": value for name, value in score(forced).items()}
    return scores


def _measure_corpus(corpus: Path) -> dict[str, float]:
    pairs = labelled.pairs(corpus, "b")
    judged = [one for pair in pairs for one in labelled.answer(pair)]
    return score(judged) | {"lines_read": share(len(judged), sum(pair.asked for pair in pairs))}


def _measure_baselines(corpus: Path, embedder: Embedder) -> dict[str, float]:
    """What MiniLM alone answers: always its two nearest, or its nearest above the best limit of half a."""

    def scores(half: str, count: int, least: float) -> dict[str, float]:
        pairs = labelled.pairs(corpus, half)
        return score([one for pair in pairs for one in labelled.nearest(pair, embedder, count, least)])

    def worth(least: float) -> float:
        found = scores("a", 1, least)
        return found["recall"] + found["silent_when_nothing_fits"]

    best = max((step / 50 for step in range(10, 45)), key=worth)
    top_two = {f"top2_{name}": value for name, value in scores("b", 2, -1.0).items()}
    return top_two | {f"limit_{name}": value for name, value in scores("b", 1, best).items()}


def read_people(path: Path) -> list[Person]:
    """The cases, one JSON object a line: a profile, its evidence, then the lines asked of it."""
    people: dict[str, Person] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        if "half" in row:
            people[row["profile"]] = Person(row["profile"], row["half"])
            continue
        person = people[row["profile"]]
        if "asks" in row:
            number = len(person.lines) + 1
            person.lines.append(
                PostingLine(id=f"p{number}", text=row["asks"], section=Section(row["section"]))
            )
            person.fits.append(frozenset(row["fits"]))
        else:
            person.evidence.append(_evidence(row))
    return list(people.values())


def answer(person: Person, embedder: Embedder | None) -> list[Judged]:
    """What matching says to each line, all lines standing in one posting."""
    found = matching.match(*as_read(person), embedder)
    by_line: dict[str, Match] = {one.line: one for one in found if one.subject == "requirement"}
    return [
        Judged(person.name, line.text, by_line[line.id].evidence, fits)
        for line, fits in zip(person.lines, person.fits, strict=True)
    ]


def as_read(person: Person) -> tuple[Posting, tuple[SkillMention, ...], Profile]:
    """The posting that asks all of a person's lines, the skills it names, and the profile."""
    title = PostingLine(id="p0", text="", section=Section.TITLE)
    posting = Posting(id=person.name, title="", lines=(title, *person.lines))
    return posting, _mentions(person.lines), _profile(person)


def force_top_two(person: Person, embedder: Embedder) -> Iterator[Judged]:
    """The common recipe: the two nearest items by cosine, whatever they are."""
    offered = embedder.embed([item.text for item in person.evidence])
    asked = embedder.embed([line.text for line in person.lines])
    for line, fits, row in zip(person.lines, person.fits, asked @ offered.T, strict=True):
        best = row.argsort()[::-1][:2]
        yield Judged(person.name, line.text, tuple(person.evidence[i].id for i in best), fits)


def _evidence(row: dict[str, str]) -> Evidence:
    return Evidence.model_validate(
        {
            "id": row["evidence"],
            "type": row["type"],
            "text": row["text"],
            "record": row.get("record"),
            "skills": tuple(dict.fromkeys(m.skill for m in tagging.find_skills(row["text"]))),
            "source": SourceSpan(document="case"),
        }
    )


def _mentions(lines: list[PostingLine]) -> tuple[SkillMention, ...]:
    return tuple(tagging.tag(lines))


def _profile(person: Person) -> Profile:
    records = (
        Record(id="r1", kind="role", title="", start="2021", end="present", current=True),
        Record(id="r2", kind="role", title="", start="2016", end="2021"),
    )
    return Profile(id=person.name, name=person.name, records=records, evidence=tuple(person.evidence))
