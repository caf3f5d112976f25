"""A line that was left out, put back where its source has it."""

from chains.tailoring.accepting import in_order
from chains.tailoring.headings import heading
from domain import Evidence, Profile, Record, Resume, ResumeEntry, ResumeLine, ResumeSection

_SECTIONS = {
    "role": "experience",
    "project": "projects",
    "degree": "education",
    "certificate": "certificates",
    "volunteering": "volunteering",
}
_LOOSE = {"summary": "summary", "skill": "skills", "language": "languages"}

# Items whose words are the head of their entry.
_NAMES_ITS_RECORD = ("role", "degree", "certificate")


def put_back(resume: Resume, profile: Profile, evidence: str) -> Resume:
    """The résumé with everything of one item that was left out, in the words of its source.

    It stands under its own role or project, at the place that the evidence gives it. It may make the document
    longer than was asked for: that is the person's choice.

    Args:
        resume: As tailored.
        profile: Whose it is.
        evidence: The item, `e4`.

    Raises:
        KeyError: when nothing of it was left out.
    """
    returned = [left for left in resume.left_out if left.evidence == evidence]
    item = next((each for each in profile.evidence if each.id == evidence), None)
    if not returned or item is None:
        raise KeyError(f"nothing of {evidence} was left out")
    lines = tuple(ResumeLine(evidence=evidence, source=left.text, text=left.text) for left in returned)
    record = next((each for each in profile.records if each.id == item.record), None)
    order = {each.id: place for place, each in enumerate(profile.evidence)}
    sections = _added(resume, item, record, lines, order)
    left_out = tuple(left for left in resume.left_out if left.evidence != evidence)
    return resume.model_copy(update={"sections": sections, "left_out": left_out})


def _added(
    resume: Resume,
    item: Evidence,
    record: Record | None,
    lines: tuple[ResumeLine, ...],
    order: dict[str, int],
) -> tuple[ResumeSection, ...]:
    """The sections with the lines under their record; an entry that is not there is made."""
    name = _SECTIONS[record.kind] if record else _LOOSE.get(item.type, "other")
    sections = list(resume.sections)
    if all(section.name != name for section in sections):
        sections.append(ResumeSection(name=name, heading=heading(name, resume.language), entries=()))  # type: ignore[arg-type]
    return tuple(
        section.model_copy(update={"entries": _with_lines(section, item, record, lines, order)})
        if section.name == name
        else section
        for section in sections
    )


def _with_lines(
    section: ResumeSection,
    item: Evidence,
    record: Record | None,
    lines: tuple[ResumeLine, ...],
    order: dict[str, int],
) -> tuple[ResumeEntry, ...]:
    id_ = record.id if record else None
    entries = [entry for entry in section.entries if (entry.record.id if entry.record else None) == id_]
    if not entries and record is not None and item.type in _NAMES_ITS_RECORD:
        return (*section.entries, ResumeEntry(record=record, evidence=item.id))
    if not entries:
        return (*section.entries, ResumeEntry(record=record, lines=lines))
    placed = entries[0].model_copy(update={"lines": _in_places((*entries[0].lines, *lines), order)})
    return tuple(placed if entry is entries[0] else entry for entry in section.entries)


def _in_places(lines: tuple[ResumeLine, ...], order: dict[str, int]) -> tuple[ResumeLine, ...]:
    """Lines counted as their evidence has them."""
    by_source = sorted(lines, key=lambda line: (order.get(line.evidence, len(order)), line.place))
    return in_order(line.model_copy(update={"place": place}) for place, line in enumerate(by_source))
