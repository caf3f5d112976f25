"""The lines of a text as a person takes it away, each with what it stands on."""

from collections.abc import Sequence

from domain import FinalLine, Sentence, SentenceKind
from interface.views.editing import Edit, Line


def lines_of(edit: Edit | None, written: Sequence[Sentence]) -> tuple[FinalLine, ...]:
    """The text as it stands, each line with what it stands on."""
    if edit is None:
        return tuple(_written(s) for s in written if s.kind is not SentenceKind.SUBJECT)
    return (*_subject(edit), *(_edited(line, edit, written) for line in edit.lines))


def _subject(edit: Edit) -> tuple[FinalLine, ...]:
    """A subject that the person vouches for, or nobody."""
    if edit.odd_subject:
        return (FinalLine(text=f"Subject: {edit.subject}", stands_on="nothing"),)
    if edit.subject in edit.kept:
        return (FinalLine(text=f"Subject: {edit.subject}", stands_on="person"),)
    return ()


def _written(sentence: Sentence) -> FinalLine:
    ids = sentence.rests_on
    if sentence.kind is SentenceKind.CLAIM and set(ids) & {"why", "closing"}:
        return FinalLine(text=sentence.text, stands_on="person", rests_on=ids)
    if sentence.kind is SentenceKind.CLAIM:
        return FinalLine(text=sentence.text, stands_on="evidence", rests_on=ids)
    if sentence.kind is SentenceKind.RECIPIENT:
        return FinalLine(text=sentence.text, stands_on="page", rests_on=ids)
    return FinalLine(text=sentence.text, stands_on="form")


def _edited(line: Line, edit: Edit, written: Sequence[Sentence]) -> FinalLine:
    """A line of an edited text: its source is that of the sentence it came from, or what it was made."""
    if line.words in edit.kept:
        return FinalLine(text=line.words, stands_on="person")
    if not line.verdict.supported:
        return FinalLine(text=line.words, stands_on="nothing")
    if line.words in edit.sources:
        return FinalLine(text=line.words, stands_on="evidence", rests_on=(edit.sources[line.words],))
    original = next((one for one in written if one.text == line.words), None)
    if original is not None:
        return _written(original)
    if not line.rests_on:
        return FinalLine(text=line.words, stands_on="form")
    if line.rests_on[0].startswith("p"):
        return FinalLine(text=line.words, stands_on="page", rests_on=line.rests_on)
    return FinalLine(text=line.words, stands_on="evidence", rests_on=line.rests_on)
