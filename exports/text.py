"""A draft's body as plain text, and plain text as paragraphs."""

import re
from itertools import groupby

from domain import Draft, Sentence, SentenceKind

# What XML, mail headers and terminals cannot hold; tabs and line breaks are dealt with where they matter.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_SUBJECT = 200


def to_text(draft: Draft) -> str:
    """The body: a blank line between paragraphs, each line of the sign-off on its own."""
    body = [sentence for sentence in draft.sentences if sentence.kind is not SentenceKind.SUBJECT]
    paragraphs = (list(group) for _, group in groupby(body, key=lambda sentence: sentence.paragraph))
    return "\n\n".join(_paragraph(sentences) for sentences in paragraphs)


def _paragraph(sentences: list[Sentence]) -> str:
    text = ""
    previous: Sentence | None = None
    for sentence in sentences:
        if previous is not None:
            formal = SentenceKind.FORMULA in (previous.kind, sentence.kind)
            text += "\n" if formal else " "
        text += " ".join(sentence.text.split())
        previous = sentence
    return text


def paragraphs(body: str) -> list[list[str]]:
    """The paragraphs of a text, each a list of its lines; blank lines stand between paragraphs."""
    lines = _CONTROL.sub("", body).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    groups = groupby((line.strip() for line in lines), key=bool)
    return [list(group) for filled, group in groups if filled]


def clean_line(text: str) -> str:
    """A text on one line, without control characters."""
    return " ".join(" ".join(lines) for lines in paragraphs(text))


def clean_subject(subject: str) -> str:
    """A subject on one line, without control characters, so that it can add no mail header."""
    return _CONTROL.sub("", " ".join(subject.split()))[:_MOST_SUBJECT]
