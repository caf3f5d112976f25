"""A tailored résumé as JSON Resume 1.0.0, in the same form as kept evidence."""

from collections.abc import Iterator

from domain import Evidence, EvidenceType, Profile, Record, Resume, SourceSpan
from exports.evidence import to_json_resume
from exports.resume import head_of

_LOOSE: dict[str, EvidenceType] = {"summary": "summary", "skills": "skill", "languages": "language"}
_HEADS: dict[str, EvidenceType] = {"volunteering": "role"}
_LINES: dict[str, EvidenceType] = {"degree": "degree", "certificate": "certificate"}


def resume_json(resume: Resume) -> bytes:
    """The file, in UTF-8: what the résumé says, as if it were all the evidence there is."""
    records = [e.record for section in resume.sections for e in section.entries if e.record is not None]
    profile = Profile(
        id="resume",
        name=resume.name,
        headline=resume.headline,
        organization=resume.organization,
        email=resume.email,
        phone=resume.phone,
        postal_address=resume.postal_address,
        links=resume.links,
        language=resume.language,
        records=tuple(records),
        evidence=tuple(
            Evidence(
                id=f"e{number}", type=kind, text=text, record=record, source=SourceSpan(document="résumé")
            )
            for number, (kind, text, record) in enumerate(_items(resume), 1)
        ),
    )
    return to_json_resume(profile, ())


def _items(resume: Resume) -> Iterator[tuple[EvidenceType, str, str | None]]:
    for section in resume.sections:
        for entry in section.entries:
            record = entry.record
            if record is not None:
                yield _HEADS.get(record.kind, record.kind), _named(record, resume), record.id  # type: ignore[arg-type]
            for line in entry.lines:
                loose = _LOOSE.get(section.name, "bullet")
                yield (
                    _LINES.get(record.kind, "bullet") if record else loose,
                    line.text,
                    (record.id if record else None),
                )


def _named(record: Record, resume: Resume) -> str:
    head = head_of(record, resume.present)
    return ", ".join(filter(None, (head.title, head.organization)))
