"""What a model proposes for a résumé, laid over the built-in one: an order, and lines a little reworded.

A proposal is a claim of a model until the gate has passed it; one that does not pass leaves the line as its
source has it.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Literal

from chains.tailoring.accepting import in_order
from chains.tailoring.rewording import applied
from domain import Change, Resume, ResumeEntry, ResumeLine, Sentence, SentenceKind

KEPT = "="
"""What a model writes for a line that keeps its words."""
_WORD = re.compile(r"\S+")
_Name = Literal["their word", "puff", "speaker", "tense", "shorter"]
_MOVED = "put first: the model reads it as the better answer"
_REASONS: dict[_Name, str] = {
    "puff": "says nothing that the verb does not",
    "speaker": "a résumé's line begins with its verb",
    "tense": "the role is over",
    "shorter": "the last clause adds no fact",
    "their word": "spelled as the page spells it",
}


def proposed(resume: Resume, lines: Iterable[Sentence]) -> Resume:
    """The résumé with a model's order and wordings; lines that it does not name stay behind, as they were.

    Args:
        resume: As tailored by the built-in writer.
        lines: Claims, each resting on the item of one line; "=" keeps the words of the source.
    """
    wanted: dict[str, tuple[int, str]] = {}
    for rank, line in enumerate(lines, 1):
        if line.kind is SentenceKind.CLAIM and len(line.rests_on) == 1:
            wanted.setdefault(line.rests_on[0], (rank, line.text))

    def entry_of(entry: ResumeEntry, name: str) -> ResumeEntry:
        if name in _LISTS or not any(line.evidence in wanted for line in entry.lines):
            return entry
        worded = [_worded(line, wanted.get(line.evidence)) for line in entry.lines]
        return entry.model_copy(update={"lines": in_order(_ranked(worded, wanted))})

    sections = tuple(
        section.model_copy(update={"entries": tuple(entry_of(e, section.name) for e in section.entries)})
        for section in resume.sections
    )
    return resume.model_copy(update={"sections": sections})


_LISTS = ("skills", "languages", "education", "certificates", "summary")


def _worded(line: ResumeLine, wanted: tuple[int, str] | None) -> ResumeLine:
    """The line in the model's words; without any, in its source's. Its place is for `_ranked`."""
    text = line.source if wanted is None or wanted[1].strip() == KEPT else wanted[1]
    changes = changes_between(line.source, text)
    return line.model_copy(update={"text": applied(line.source, changes), "changes": changes, "rank": 0})


def _ranked(lines: list[ResumeLine], wanted: dict[str, tuple[int, str]]) -> list[ResumeLine]:
    named = sorted((x for x in lines if x.evidence in wanted), key=lambda x: wanted[x.evidence][0])
    source = sorted(lines, key=lambda line: line.place)
    if [*named, *(x for x in source if x.evidence not in wanted)] == source:
        return lines
    ranks = {line.evidence: rank for rank, line in enumerate(named, 1)}
    moved = Change(name="order", reason=_MOVED)
    return [
        line.model_copy(update={"rank": ranks[line.evidence], "changes": (moved, *line.changes)})
        if line.evidence in ranks
        else line
        for line in lines
    ]


def changes_between(source: str, text: str) -> tuple[Change, ...]:
    """The differences of two texts by words, each a change of the source that can be refused."""
    text = " ".join(text.split())
    before, after = list(_WORD.finditer(source)), list(_WORD.finditer(text))
    pairs = SequenceMatcher(None, [m[0] for m in before], [m[0] for m in after], autojunk=False)
    found = []
    for kind, a, b, c, d in pairs.get_opcodes():
        if kind == "equal":
            continue
        start = before[a].start() if a < len(before) else len(source)
        end = before[b - 1].end() if b > a else start
        new = text[after[c].start() : after[d - 1].end()] if d > c else ""
        if not new and a and b == len(before):
            start = before[a - 1].end()
        elif not new and b < len(before):
            end = before[b].start()
        elif a == b:
            new = f" {new}" if a == len(before) else f"{new} "
        name = _name(source, start, end, new)
        found.append(Change(name=name, reason=_REASONS[name], start=start, end=end, new=new))
    return tuple(found) if applied(source, found) == text else _whole(source, text)


def _whole(source: str, text: str) -> tuple[Change, ...]:
    change = Change(name="their word", reason="the model's wording", start=0, end=len(source), new=text)
    return (change,) if text != source else ()


def _name(source: str, start: int, end: int, new: str) -> _Name:
    """What kind of change it is, if the gate lets it pass at all."""
    if not new:
        if start > 0:
            return "shorter"
        return "speaker" if source[:end].split() == ["I"] else "puff"
    return (
        "tense"
        if start == 0 and " " not in new and source[:end].lower().endswith(("ing", "s"))
        else "their word"
    )
