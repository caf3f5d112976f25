"""An edited letter: which lines still have their source, which are new, what the evidence says instead."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from domain import Sentence, SentenceKind, Verdict
from interface.views.letter import MARKED, marked
from interface.views.markup import button, plural, text


@dataclass(frozen=True)
class Line:
    """One sentence of the edited text with its verdict."""

    words: str
    verdict: Verdict


@dataclass(frozen=True)
class Edit:
    """What a person made of the draft. `lines` are the paragraphs' sentences, in order."""

    subject: str
    body: str
    paragraphs: tuple[tuple[tuple[Line, ...], ...], ...] = ()
    kept: frozenset[str] = field(default_factory=frozenset)

    @property
    def unsupported(self) -> tuple[Line, ...]:
        return tuple(
            line
            for paragraph in self.paragraphs
            for row in paragraph
            for line in row
            if not line.verdict.supported and line.words not in self.kept
        )

    @property
    def own(self) -> int:
        """How many lines the person vouches for."""
        return sum(line.words in self.kept for p in self.paragraphs for row in p for line in row)


def body(edit: Edit, originals: Sequence[Sentence], marks: dict[str, str]) -> str:
    """The edited letter with its marks; paragraphs hold rows, rows hold sentences."""
    parts = []
    for paragraph in edit.paragraphs:
        rows = [" ".join(_sentence(line, edit, originals, marks) for line in row) for row in paragraph]
        inside = (
            rows[0] if len(rows) == 1 else "".join(f'<span class="line" dir="auto">{r}</span>' for r in rows)
        )
        parts.append(f'<p dir="auto">{inside}</p>')
    return "".join(parts) or "<p><br></p>"


def _sentence(line: Line, edit: Edit, originals: Sequence[Sentence], marks: dict[str, str]) -> str:
    if line.words in edit.kept:
        return f'<span class="sent own">{text(line.words)}</span>'
    if not line.verdict.supported:
        return marked(line.words, "odd", [("change", "!")])
    original = nearest(line.words, originals)
    if original is None or original.kind not in MARKED:
        return f'<span class="sent">{text(line.words)}</span>'
    sources = [(s, marks[s]) for s in original.rests_on if s in marks]
    if not sources:
        return f'<span class="sent">{text(line.words)}</span>'
    return marked(line.words, MARKED[original.kind], sources)


def nearest(words: str, originals: Sequence[Sentence]) -> Sentence | None:
    """The sentence of the draft that an edited one came from, if any is alike."""
    body = {s.text: s for s in reversed(originals) if s.kind is not SentenceKind.SUBJECT}
    return body.get(_most_alike(words, list(body)))


def nearest_line(words: str, edit: Edit) -> str:
    """The sentence of the edited letter that `words` names, though it may have been typed on; "" for none."""
    return _most_alike(words, [line.words for p in edit.paragraphs for row in p for line in row])


def _most_alike(words: str, candidates: Sequence[str]) -> str:
    if words in candidates:
        return words
    rated = [(SequenceMatcher(None, c, words, autojunk=False).ratio(), c) for c in candidates]
    ratio, best = max(rated, default=(0.0, ""))
    return best if ratio > 0.55 else ""


def changes(edit: Edit, originals: Sequence[Sentence]) -> str:
    """The cards above the sources: one a line that the evidence does not cover."""
    if not edit.unsupported:
        return ""
    cards = "".join(_card(line, nearest(line.words, originals)) for line in edit.unsupported)
    heading = "Your change" if len(edit.unsupported) == 1 else "Your changes"
    return f"<h2>{heading}</h2><ul>{cards}</ul>"


def _card(line: Line, original: Sentence | None) -> str:
    verdict = line.verdict
    fault = verdict.fault or line.words
    says = f"Your evidence says “{verdict.evidence_says}”." if verdict.evidence_says else verdict.reason
    undo = button("Undo", "edit-undo-one", style="link", words=line.words) if original else ""
    return (
        f'<li class="card" data-card="change"><span class="badge odd">!</span><div>'
        f'<p dir="auto">“{text(fault)}”</p>'
        f'<p class="quiet" dir="auto">{text(says)}</p><div class="row">{undo}'
        f'<a href="#evidence" data-add="{text(line.words)}">Add as evidence</a>'
        f"{button('Keep, it is true', 'edit-keep', style='link', words=line.words)}</div></div></li>"
    )


def legend(edit: Edit | None) -> str:
    """What the foot of an edited letter adds: the wavy line, and lines that are the person's own."""
    if edit is None:
        return ""
    odd = '<span class="key odd">your change, no source</span>' if edit.unsupported else ""
    return (
        f"{odd}<span>{plural(edit.own, 'line')} {'is' if edit.own == 1 else 'are'} yours</span>"
        if edit.own
        else odd
    )
