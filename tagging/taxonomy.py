"""The skills Inroad knows, read from taxonomy.csv: one row a label.

| column | holds |
| --- | --- |
| label | the canonical name, which is a surface as well |
| category | one of `CATEGORIES` |
| aliases | other names, any language, joined by `|` |
| case | the surfaces that count in exact case only (`PR`), joined by `|`; `*` for all |
| context | the surfaces that are ordinary words or names as well, joined by `|`; see below |
| not | phrases that hold a surface and mean something else (`go to market`) |
| kind | `field` for what people do (data engineering, sales); empty for what they do it with |
| implies | labels that whoever knows this one knows as well, joined by `|`; for matching only |

In `context`, `Go` counts in exact case inside a sentence, and at its start only where it reads as a name;
`Make!` needs another technical word around it as well; `Ruby@` may also be a person; `billing?` is more often
what a product is about, and counts alone or behind "experience in". Words after `~`, joined
by `+`, are what a surface needs around it instead (`PM!~roadmap+backlog`). Outside the technical categories
these are common nouns, so case is free for all but abbreviations.

No two products share a label, however alike they are: whoever knows one must not be credited with the other.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from domain import Skill
from tagging.folding import TOKEN, cased, fold_word

TABLE = Path(__file__).with_name("taxonomy.csv")

TECHNICAL = frozenset(
    {
        "programming languages",
        "frameworks",
        "databases",
        "cloud",
        "devops",
        "observability",
        "data",
        "security",
        "testing",
        "mobile",
        "embedded",
        "networking",
        "tools",
        "design",
        "engineering",
    }
)
CATEGORIES = TECHNICAL | {
    "manufacturing",
    "business",
    "sales and marketing",
    "finance",
    "people",
    "logistics",
    "science",
    "health care",
    "hospitality",
    "trades",
    "education",
    "practices",
    "personal",
    "spoken languages",
    "certificates",
    "degrees",
}


class Level(StrEnum):
    """How much a surface that is also an ordinary word needs around it."""

    NAME = ""
    NEEDS = "!"
    PERSON = "@"
    SUBJECT = "?"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a surface may mean something else, and the words around it that settle it."""

    level: Level
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surface:
    """One way a label is written. Without a skill it is a phrase that means no skill at all."""

    text: str
    skill: Skill | None
    exact: bool = False
    doubt: Doubt | None = None

    def is_written(self, original: str) -> bool:
        """Whether the original spelling counts: exact surfaces need their very case."""
        return not self.exact or cased(original) == cased(self.text)


def tokens(surface: str) -> tuple[str, ...]:
    """The folded tokens of a surface; a hyphen between words is as good as a space."""
    return tuple(word for word in TOKEN.findall(fold_word(surface)) if word != "-")


def surfaces() -> Iterator[Surface]:
    """Every surface of the table, the cancelling phrases included."""
    for row in rows():
        aliases = _split(row["aliases"])
        skill = Skill(label=row["label"], category=row["category"], aliases=aliases)
        names = tuple(dict.fromkeys((skill.label, *aliases)))
        exact = set(names) if row["case"] == "*" else set(_split(row["case"]))
        doubts = dict(_doubt(cell) for cell in _split(row["context"]))
        is_name = skill.category in TECHNICAL
        common = {} if is_name else {fold_word(text): doubt for text, doubt in doubts.items()}
        for text in names:
            doubt = doubts.get(text) or common.get(fold_word(text))
            doubted_name = doubt is not None and (is_name or text.isupper())
            yield Surface(text, skill, exact=text in exact or doubted_name, doubt=doubt)
        for phrase in _split(row["not"]):
            yield Surface(phrase, None)


def rows() -> list[dict[str, str]]:
    """The rows of the table as written."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _doubt(cell: str) -> tuple[str, Doubt]:
    text, _, words = cell.partition("~")
    level = Level.NAME
    if text[-1] in (Level.NEEDS, Level.PERSON, Level.SUBJECT):
        level = Level(text[-1])
        text = text[:-1]
    return text, Doubt(level, frozenset(fold_word(word) for word in words.split("+") if word))


@lru_cache(maxsize=1)
def _by_surface() -> dict[tuple[str, ...], list[Surface]]:
    table: dict[tuple[str, ...], list[Surface]] = {}
    for surface in surfaces():
        if surface.skill is not None:
            table.setdefault(tokens(surface.text), []).append(surface)
    return table


def skill(name: str) -> Skill | None:
    """The skill a label or alias names: "k8s" gives Kubernetes. Case decides only between two labels."""
    found = _by_surface().get(tokens(name), [])
    written = [surface for surface in found if surface.is_written(name)]
    return next((surface.skill for surface in written or found), None)


def categories() -> tuple[str, ...]:
    """The categories of skills, in alphabetical order."""
    return tuple(sorted(CATEGORIES))


@lru_cache(maxsize=1)
def fields() -> frozenset[str]:
    """The labels that name a field of work rather than a tool, a language or a certificate."""
    return frozenset(row["label"] for row in rows() if row["kind"] == "field")


@lru_cache(maxsize=1)
def _implications() -> dict[str, tuple[str, ...]]:
    return {row["label"]: _split(row["implies"]) for row in rows() if row["implies"]}


def implied_skills(label: str) -> tuple[str, ...]:
    """The broader labels that knowing a skill includes, nearest first: Next.js gives React and JavaScript.

    For matching only: a draft may not claim a skill that the evidence does not name.
    """
    found: list[str] = []
    ahead = [label]
    while ahead:
        following = _implications().get(ahead.pop(0), ())
        new = [broader for broader in following if broader not in found and broader != label]
        found.extend(new)
        ahead.extend(new)
    return tuple(found)
