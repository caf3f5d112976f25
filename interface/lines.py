"""The lines of a text as a person takes it away, each with what it stands on."""

from collections.abc import Sequence

from domain import FinalLine, Sentence, SentenceKind
from interface.views.editing import Edit
from store import edited_line, line_of


def lines_of(edit: Edit | None, written: Sequence[Sentence]) -> tuple[FinalLine, ...]:
    """The text as it stands, each line with what it stands on."""
    body = [sentence for sentence in written if sentence.kind is not SentenceKind.SUBJECT]
    if edit is None:
        return tuple(line_of(sentence) for sentence in body)
    return (*_subject(edit), *(edited_line(line, body, edit.kept, edit.sources) for line in edit.lines))


def _subject(edit: Edit) -> tuple[FinalLine, ...]:
    """A subject that the person vouches for, or nobody."""
    if edit.odd_subject:
        return (FinalLine(text=f"Subject: {edit.subject}", stands_on="nothing"),)
    if edit.subject in edit.kept:
        return (FinalLine(text=f"Subject: {edit.subject}", stands_on="person"),)
    return ()
