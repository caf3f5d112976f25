"""How well the skills of single sentences are told: the gate of `tagging/`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tagging
from domain import PostingLine, Section, SkillMention

Case = Mapping[str, Any]


def measure(corpus: Path) -> dict[str, float]:
    """Scores over `corpus/tagging/sentences.jsonl`, each a share from 0 to 1.

    `recall` of labels, `absent` labels not tagged, `required` right among the labels found (where a reader
    could not differ), `any_of` groups found, `years` found, and `sentences` right in all of these.
    """
    tally: dict[str, list[bool]] = {
        name: [] for name in ("recall", "absent", "required", "any_of", "years", "sentences")
    }
    for case in cases(corpus):
        checks = list(check(case))
        for name, right in checks:
            tally[name].append(right)
        tally["sentences"].append(all(right for _, right in checks))
    return {name: sum(answers) / len(answers) for name, answers in tally.items() if answers}


def cases(corpus: Path) -> list[Case]:
    """The sentences as written in the corpus."""
    lines = (corpus / "tagging" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def mentions(case: Case) -> tuple[SkillMention, ...]:
    """What tagging says of one sentence, as a line of a posting under its heading."""
    line = PostingLine(id="p1", text=case["text"], section=Section.OTHER, heading=case.get("heading", ""))
    return tagging.tag([line])


def check(case: Case) -> Iterator[tuple[str, bool]]:
    """Each thing a sentence asks for, by the name of its score, and whether it is right."""
    found = mentions(case)
    by_label = {mention.skill: mention for mention in found}
    for wanted in case["labels"]:
        mention = by_label.get(canonical(wanted["skill"]))
        yield "recall", mention is not None
        if mention is not None and wanted["required"] is not None:
            yield "required", mention.required == wanted["required"]
    for label in case["absent"]:
        yield "absent", canonical(label) not in by_label
    groups = [{m.skill for m in found if m.any_of == number} for number in {m.any_of for m in found} - {None}]
    for names in case.get("any_of", ()):
        yield "any_of", {canonical(name) for name in names} in groups
    if "years" in case:
        yield "years", case["years"] in {mention.years for mention in found}


def canonical(name: str) -> str:
    """Our own label for a name of the corpus; the name itself where the taxonomy has none."""
    skill = tagging.skill(name)
    return skill.label if skill else name
