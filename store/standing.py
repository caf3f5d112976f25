"""What a draft says as it was written or changed, and what each line of it stands on."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from domain import Draft, FinalLine, Sentence, SentenceKind, Verdict
from language.likeness import most_alike

_THEIR_WORD = frozenset({"why", "closing"})
_STATES = frozenset({SentenceKind.CLAIM, SentenceKind.RECIPIENT})
_FEW = 3  # sources that stand beside one line


class CheckedSentence(Protocol):
    """One sentence of a changed text, its verdict, and its sources where the check found some."""

    @property
    def text(self) -> str: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def rests_on(self) -> tuple[str, ...]: ...


def body_of(sentences: Sequence[Sentence]) -> str:
    """The body of a draft as text: a blank line between paragraphs, a line a sentence of the sign-off."""
    parts = []
    for _, group in groupby(_body(sentences), key=lambda sentence: sentence.paragraph):
        in_paragraph = list(group)
        formal = all(sentence.kind is SentenceKind.FORMULA for sentence in in_paragraph)
        parts.append(("\n" if formal else " ").join(sentence.text for sentence in in_paragraph))
    return "\n\n".join(parts)


def _body(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.kind is not SentenceKind.SUBJECT]


def as_written(draft: Draft) -> tuple[FinalLine, ...]:
    """The lines of a draft that nobody changed."""
    return tuple(line_of(sentence) for sentence in _body(draft.sentences))


def line_of(sentence: Sentence) -> FinalLine:
    """A sentence as it was written; what a person said of themselves for this draft is their own word."""
    ids = sentence.rests_on
    if sentence.kind is SentenceKind.CLAIM:
        own = not _THEIR_WORD.isdisjoint(ids)
        return FinalLine(text=sentence.text, stands_on="person" if own else "evidence", rests_on=ids)
    if sentence.kind is SentenceKind.RECIPIENT:
        return FinalLine(text=sentence.text, stands_on="page", rests_on=ids)
    return FinalLine(text=sentence.text, stands_on="form")


def as_edited(
    draft: Draft,
    sentences: Sequence[CheckedSentence],
    vouched: Collection[str] = (),
    added: Mapping[str, str] | None = None,
) -> tuple[FinalLine, ...]:
    """The lines of a text that a person made of a draft.

    Args:
        draft: What was written.
        sentences: The changed text, each sentence with its verdict.
        vouched: Lines that the person vouches for, word for word.
        added: Lines that were made evidence, with the id of the item.
    """
    written = _body(draft.sentences)
    return tuple(edited_line(one, written, vouched, added or {}) for one in sentences)


def edited_line(
    said: CheckedSentence, written: Sequence[Sentence], vouched: Collection[str], added: Mapping[str, str]
) -> FinalLine:
    """A line of a changed text: its source is what it was made, or that of the sentence it came from."""
    text = said.text
    if text in vouched:
        return FinalLine(text=text, stands_on="person")
    original = next((one for one in written if one.text == text), None)
    if original is None and not said.verdict.supported:
        return FinalLine(text=text, stands_on="nothing")
    if text in added:
        return FinalLine(text=text, stands_on="evidence", rests_on=(added[text],))
    if original is not None:
        return line_of(original)
    ids = resting(said, written)
    if not ids:
        return FinalLine(text=text, stands_on="form")
    return FinalLine(text=text, stands_on="page" if ids[0].startswith("p") else "evidence", rests_on=ids)


def subject_lines(subject: str, vouched: Collection[str], *, is_supported: bool) -> tuple[FinalLine, ...]:
    """A subject as a line, where only the person vouches for it, or nobody does."""
    if subject in vouched:
        return (FinalLine(text=f"Subject: {subject}", stands_on="person"),)
    if not is_supported:
        return (FinalLine(text=f"Subject: {subject}", stands_on="nothing"),)
    return ()


def resting(said: CheckedSentence, written: Sequence[Sentence]) -> tuple[str, ...]:
    """What a line rests on. A check that read it with many sources at once does not say which it needed."""
    if said.text.endswith("?"):
        return ()
    if 0 < len(said.rests_on) <= _FEW:
        return said.rests_on
    by_text = {one.text: one for one in reversed(written)}
    original = by_text.get(most_alike(said.text, list(by_text)))
    return original.rests_on if original is not None and original.kind in _STATES else ()
