"""The lines of a text as a person takes it away, each with what it stands on."""

from collections.abc import Sequence

from domain import FinalLine, Sentence, SentenceKind
from interface.views.editing import Edit
from store import edited_line, line_of, subject_lines


def lines_of(edit: Edit | None, written: Sequence[Sentence]) -> tuple[FinalLine, ...]:
    """The text as it stands, each line with what it stands on."""
    body = [sentence for sentence in written if sentence.kind is not SentenceKind.SUBJECT]
    if edit is None:
        return tuple(line_of(sentence) for sentence in body)
    about = subject_lines(edit.subject, edit.kept, is_supported=not edit.odd_subject)
    return (*about, *(edited_line(line, body, edit.kept, edit.sources) for line in edit.lines))
