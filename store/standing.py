"""What a draft says as it was written, and what each line of it stands on."""

from itertools import groupby

from domain import Draft, FinalLine, Sentence, SentenceKind

_THEIR_WORD = frozenset({"why", "closing"})


def body_of(draft: Draft) -> str:
    """The body as text: a blank line between paragraphs, a line for each sentence of the sign-off."""
    body = [sentence for sentence in draft.sentences if sentence.kind is not SentenceKind.SUBJECT]
    parts = []
    for _, group in groupby(body, key=lambda sentence: sentence.paragraph):
        in_paragraph = list(group)
        formal = all(sentence.kind is SentenceKind.FORMULA for sentence in in_paragraph)
        parts.append(("\n" if formal else " ").join(sentence.text for sentence in in_paragraph))
    return "\n\n".join(parts)


def as_written(draft: Draft) -> tuple[FinalLine, ...]:
    """The lines of a draft that nobody changed."""
    body = (sentence for sentence in draft.sentences if sentence.kind is not SentenceKind.SUBJECT)
    return tuple(line_of(sentence) for sentence in body)


def line_of(sentence: Sentence) -> FinalLine:
    """A sentence as it was written; what a person said of themselves for this draft is their own word."""
    ids = sentence.rests_on
    if sentence.kind is SentenceKind.CLAIM:
        own = not _THEIR_WORD.isdisjoint(ids)
        return FinalLine(text=sentence.text, stands_on="person" if own else "evidence", rests_on=ids)
    if sentence.kind is SentenceKind.RECIPIENT:
        return FinalLine(text=sentence.text, stands_on="page", rests_on=ids)
    return FinalLine(text=sentence.text, stands_on="form")
