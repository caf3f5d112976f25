"""Employers, titles, dates and degrees are those of one record, character for character."""

import re

from domain import Record, SentenceKind
from grounding.lexicon import phrases_of
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check


@line_check("head", "R1", SentenceKind.FORMULA)
def head(case: Case) -> Fault | None:
    """What rests on an item holds every field of the item's record in full, and nothing else."""
    if not case.sentence.rests_on:
        return None
    record = case.record
    if record is None:
        return Fault("This head belongs to no entry of your evidence.", case.text)
    rest = case.text
    for value in _fields(record):
        at = rest.find(value)
        if at < 0:
            return Fault("The head of an entry stands as your evidence has it.", case.text, value)
        rest = f"{rest[:at]}|{rest[at + len(value) :]}"
    if record.current:
        rest = next((rest.replace(word, "") for word in phrases_of("resume-present") if word in rest), rest)
    extra = re.search(r"\w+", rest)
    if extra:
        return Fault("Your evidence does not say this of the entry.", extra.group(), record.full_title)
    return None


def _fields(record: Record) -> list[str]:
    fields = (record.title, record.area, record.organization, record.start, record.end)
    return sorted((" ".join(x.split()) for x in fields if x), key=len, reverse=True)
