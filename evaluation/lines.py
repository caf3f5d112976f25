"""Whether one line becomes the sentence that a careful person would write: evidence and requirements.

The lines are our own, of many trades and in the forms people use, each with the words it should become
(`evidence_lines.tsv`, `requirement_lines.tsv`; "-" for one that should not be said). Every expected text was
read and judged before it was put there; where the writer says something else, the writer is at fault. Lines
join the files after they have been used once, unseen, to measure: the figures here guard what is reached, and
say little about lines that nobody has seen. The corpus is not looked at.
"""

from collections.abc import Iterator
from pathlib import Path

import tagging
from chains.embedded.deed import Deed
from chains.embedded.needs import need
from chains.embedded.realise import deeds
from domain import Evidence, Record, SourceSpan
from evaluation.judged import share

_HERE = Path(__file__).parent
_UNSAID = "-"


def measure(corpus: Path) -> dict[str, float]:
    """Shares of lines said, of those said exactly as expected, and of lines to be left alone that were.

    Args:
        corpus: Not looked at; every gate is given one.
    """
    del corpus
    said = [(expected, _said(kind, line)) for kind, line, expected in _rows("evidence_lines.tsv")]
    named = [(expected, _named(line)) for line, expected in _rows("requirement_lines.tsv")]
    return {**_scores("evidence", said), **_scores("requirement", named)}


def _scores(name: str, pairs: list[tuple[str, str]]) -> dict[str, float]:
    wanted = [(expected, given) for expected, given in pairs if expected != _UNSAID]
    unwanted = [given for expected, given in pairs if expected == _UNSAID]
    spoken = [(expected, given) for expected, given in wanted if given != _UNSAID]
    return {
        f"{name}_realised": share(len(spoken), len(wanted)),
        f"{name}_exact": share(sum(a == b for a, b in spoken), len(spoken)),
        f"{name}_left_alone": share(sum(given == _UNSAID for given in unwanted), len(unwanted)),
    }


def _rows(name: str) -> Iterator[tuple[str, ...]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return (tuple(line.split("\t")) for line in lines[1:] if line)


def _said(kind: str, line: str) -> str:
    found = realised(kind, line)
    return f"{found[0].subject} {found[0].phrase}{found[0].tail}" if found else _UNSAID


def realised(kind: str, line: str) -> tuple[Deed, ...]:
    """The statements of one line.

    Args:
        kind: "ended" or "current" for a line of a role, "project" for one of a project.
        line: As a résumé has it.
    """
    is_project = kind == "project"
    record = Record(
        id="r1",
        kind="project" if is_project else "role",
        title="Plotkit" if is_project else "Clerk",
        organization="" if is_project else "Osier Health",
        start="" if is_project else "2018",
        end="2021" if kind == "ended" else "",
        current=kind == "current",
    )
    item = Evidence(id="e1", type="bullet", text=line, record="r1", source=SourceSpan(document="a résumé"))
    return deeds(item, record, _names(line))


def _named(line: str) -> str:
    found = need(line, "p1", _names(line))
    return f"{found.kind} {found.text}" if found else _UNSAID


def _names(line: str) -> frozenset[str]:
    return frozenset(word.lower() for m in tagging.find_skills(line) for word in (m.skill, m.text))
