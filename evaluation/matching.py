"""How often matching finds the right evidence, and how often it answers where nothing fits.

The cases are our own: invented people of several trades, lines as postings write them, false friends on
purpose. Limits were set on half a; the scores are those of half b.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import matching
import settings
import tagging
from domain import Evidence, Match, Posting, PostingLine, Profile, Record, Section, SkillMention, SourceSpan
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


@dataclass(frozen=True)
class Judged:
    """What was answered to one line, best first, and what would have been right."""

    person: str
    line: str
    given: tuple[str, ...]
    fits: frozenset[str]

    @property
    def right(self) -> bool:
        return bool(self.given) and self.given[0] in self.fits


def measure(corpus: Path) -> dict[str, float]:
    """Scores of half b: precision at 1, recall, and how often nothing is answered where nothing fits.

    Those named `baseline_…` are of a forced top 2 by the same embedder, for comparison. Without the embedding
    model the similarity route and the baseline are missing.

    Args:
        corpus: Not read; the cases stand beside this file.
    """
    del corpus
    people = [person for person in read_people(CASES) if person.half == "b"]
    embedder = matching.load_embedder(settings.current().embedding_dir)
    scores = score([judged for person in people for judged in answer(person, embedder)])
    if embedder is not None:
        forced = [judged for person in people for judged in force_top_two(person, embedder)]
        scores |= {f"baseline_{name}": value for name, value in score(forced).items()}
    return scores


def score(judged: list[Judged]) -> dict[str, float]:
    """The three scores, 0 to 1, higher is better."""
    answered = [one for one in judged if one.given]
    answerable = [one for one in judged if one.fits]
    hopeless = [one for one in judged if not one.fits]
    return {
        "precision_at_1": _share(sum(one.right for one in answered), len(answered)),
        "recall": _share(sum(one.right for one in answerable), len(answerable)),
        "silent_when_nothing_fits": _share(sum(not one.given for one in hopeless), len(hopeless)),
    }


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
    title = PostingLine(id="p0", text="", section=Section.TITLE)
    posting = Posting(id=person.name, title="", lines=(title, *person.lines))
    found = matching.match(posting, _mentions(person.lines), _profile(person), embedder)
    by_line: dict[str, Match] = {one.line: one for one in found if one.subject == "requirement"}
    return [
        Judged(person.name, line.text, by_line[line.id].evidence, fits)
        for line, fits in zip(person.lines, person.fits, strict=True)
    ]


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


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
