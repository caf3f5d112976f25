"""A person's say on each change: one is refused or taken back, and the document follows."""

from collections.abc import Callable, Iterable

from chains.tailoring.rewording import applied
from domain import Resume, ResumeEntry, ResumeLine


def accept(resume: Resume, evidence: str, change: int, accepted: bool) -> Resume:
    """The résumé with one change of one line accepted or refused.

    Args:
        resume: As tailored.
        evidence: The item the line comes from, `e4`.
        change: Which of the line's changes, from 0.
        accepted: False puts the source's words, or its place in the entry, back.

    Raises:
        KeyError: when there is no such line or change.
    """
    known = any(line.evidence == evidence and change < len(line.changes) for line in _lines(resume))
    if not known or change < 0:
        raise KeyError(f"{evidence} has no change {change}")

    def changed(line: ResumeLine) -> ResumeLine:
        if line.evidence != evidence or change >= len(line.changes):
            return line
        changes = tuple(
            each.model_copy(update={"accepted": accepted}) if index == change else each
            for index, each in enumerate(line.changes)
        )
        return line.model_copy(update={"changes": changes, "text": applied(line.source, changes)})

    return _each_line(resume, changed)


def as_in_source(resume: Resume, evidence: str) -> Resume:
    """The résumé with one line in its source's words, wherever it stands."""

    def restored(line: ResumeLine) -> ResumeLine:
        if line.evidence != evidence:
            return line
        changes = tuple(
            each if each.name == "order" else each.model_copy(update={"accepted": False})
            for each in line.changes
        )
        return line.model_copy(update={"changes": changes, "text": line.source})

    return _each_line(resume, restored)


def in_order(lines: Iterable[ResumeLine]) -> tuple[ResumeLine, ...]:
    """Lines that were moved to the front by their rank, then the others as their source has them."""
    return tuple(
        sorted(lines, key=lambda line: (not _moved(line), line.rank if _moved(line) else line.place))
    )


def _moved(line: ResumeLine) -> bool:
    return any(change.name == "order" and change.accepted for change in line.changes)


def _lines(resume: Resume) -> list[ResumeLine]:
    return [line for section in resume.sections for entry in section.entries for line in entry.lines]


def _each_line(resume: Resume, changed: Callable[[ResumeLine], ResumeLine]) -> Resume:
    def entry_of(entry: ResumeEntry) -> ResumeEntry:
        return entry.model_copy(update={"lines": in_order([changed(line) for line in entry.lines])})

    sections = tuple(
        section.model_copy(update={"entries": tuple(entry_of(entry) for entry in section.entries)})
        for section in resume.sections
    )
    return resume.model_copy(update={"sections": sections})
