"""A résumé as typed sentences, so that each of its lines can be checked: headings, heads, lines."""

from collections.abc import Iterator

from domain import Record, Resume, Sentence, SentenceKind


def lines_of(resume: Resume) -> tuple[Sentence, ...]:
    """Every line that a reader sees below the name, in order.

    Headings and heads are formulas, a head resting on the item that names its record; lines are claims, each
    resting on its own item; the goal is an intent. A paragraph is an entry.
    """
    return tuple(_sentences(resume))


def _sentences(resume: Resume) -> Iterator[Sentence]:
    paragraph = 0
    if resume.goal:
        yield Sentence(kind=SentenceKind.INTENT, text=resume.goal, rests_on=("p0",))
    for section in resume.sections:
        paragraph += 1
        yield Sentence(kind=SentenceKind.FORMULA, text=section.heading, paragraph=paragraph)
        for entry in section.entries:
            paragraph += 1
            if entry.record is not None:
                yield Sentence(
                    kind=SentenceKind.FORMULA,
                    text=head_of(entry.record, resume.present),
                    rests_on=(entry.evidence,) if entry.evidence else (),
                    paragraph=paragraph,
                )
            for line in entry.lines:
                yield Sentence(
                    kind=SentenceKind.CLAIM,
                    text=line.text,
                    rests_on=(line.evidence,),
                    paragraph=paragraph,
                )


def head_of(record: Record, present: str) -> str:
    """A record's fields, verbatim: "Platform Engineer · Fernhill · 2019 – 2022"."""
    end = present if record.current and not record.end else record.end
    period = " – ".join(filter(None, (record.start, end)))
    return " · ".join(filter(None, (record.title, record.area, record.organization, period)))
