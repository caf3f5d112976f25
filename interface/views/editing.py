"""An edited letter: which lines still have their source, which are new, what the evidence says instead."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain import Posting, Sentence, SentenceKind, Verdict
from interface.views.letter import MARKED, mark_of, marked
from interface.views.markup import button, plural, text
from language.likeness import most_alike

SAYS = "Your evidence says"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%)?")
_FIRST = re.compile(r"\b(?:I|my|me|we|our|us)\b", re.IGNORECASE)
_SECOND = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One sentence of the edited text with its verdict, and what it rests on where that is known."""

    words: str
    verdict: Verdict
    rests_on: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.words


@dataclass(frozen=True)
class Edit:
    """What a person made of the draft: paragraphs of rows of sentences.

    `kept` are lines that the person vouches for, `sources` lines that they made evidence, with the item's id.
    `about` is the verdict on the subject, `faults` are those of the finished letter as a whole.
    """

    subject: str
    body: str
    paragraphs: tuple[tuple[tuple[Line, ...], ...], ...] = ()
    kept: frozenset[str] = field(default_factory=frozenset)
    sources: Mapping[str, str] = field(default_factory=dict)
    about: Verdict | None = None
    faults: tuple[Verdict, ...] = ()

    @property
    def odd_subject(self) -> bool:
        """Whether nothing supports the subject."""
        return self.about is not None and not self.about.supported and self.subject not in self.kept

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for paragraph in self.paragraphs for row in paragraph for line in row)

    @property
    def unsupported(self) -> tuple[Line, ...]:
        return tuple(x for x in self.lines if not x.verdict.supported and x.words not in self.kept)

    @property
    def own(self) -> tuple[Line, ...]:
        """The lines that the person vouches for."""
        return tuple(line for line in self.lines if line.words in self.kept)


def with_added(marks: Mapping[str, str], edit: Edit | None, posting: Posting) -> dict[str, str]:
    """The marks of a draft's sources, and of those that came with the edit, counted on."""
    if edit is None:
        return dict(marks)
    page = {line.id for line in posting.lines}
    mine = sum(mark[:1].isdigit() for mark in marks.values())
    theirs, found = len(marks) - mine, dict(marks)
    for source in (source for line in edit.lines for source in _sources(line, edit)):
        if source in found:
            continue
        if source in page:
            found[source] = mark_of(theirs)
            theirs += 1
        else:
            mine += 1
            found[source] = str(mine)
    return found


def _sources(line: Line, edit: Edit) -> tuple[str, ...]:
    """What an edited line rests on: what it was made, else what the check found."""
    if line.words in edit.kept or not line.verdict.supported:
        return ()
    added = edit.sources.get(line.words)
    return (added,) if added else line.rests_on


def _kind_of(sources: Sequence[str]) -> SentenceKind:
    return SentenceKind.RECIPIENT if sources[0].startswith("p") else SentenceKind.CLAIM


def cited(edit: Edit) -> list[Sentence]:
    """The lines of a letter as it stands that have a source, as sentences that rest on it."""
    found = [(line.words, _sources(line, edit)) for line in edit.lines]
    return [Sentence(kind=_kind_of(ids), text=words, rests_on=ids) for words, ids in found if ids]


def body(edit: Edit, marks: dict[str, str]) -> str:
    """The edited letter with its marks; paragraphs hold rows, rows hold sentences."""
    parts = []
    for paragraph in edit.paragraphs:
        rows = [" ".join(_sentence(line, edit, marks) for line in row) for row in paragraph]
        inside = (
            rows[0] if len(rows) == 1 else "".join(f'<span class="line" dir="auto">{r}</span>' for r in rows)
        )
        parts.append(f'<p dir="auto">{inside}</p>')
    return "".join(parts) or "<p><br></p>"


def _sentence(line: Line, edit: Edit, marks: dict[str, str]) -> str:
    if line.words in edit.kept:
        return _own(line.words)
    if not line.verdict.supported:
        return marked(line.words, "odd", [("change", "!")])
    sources = [(source, marks[source]) for source in _sources(line, edit) if source in marks]
    if not sources:
        return f'<span class="sent">{text(line.words)}</span>'
    return marked(line.words, MARKED[_kind_of([sources[0][0]])], sources)


def _own(words: str) -> str:
    """A line that the person vouches for; its numbers are told apart, since they are the person's too."""
    numbers = _NUMBER.sub(lambda found: f'<b class="num">{found[0]}</b>', text(words))
    return f'<span class="sent own"><span class="u">{numbers}</span><span class="mk own">yours</span></span>'


def without(line: str, letter: str) -> str:
    """The letter without one of its lines, nor the gap that it would leave."""
    at = letter.find(line) if line else -1
    if at < 0:
        return letter
    before, after = letter[:at].rstrip(" "), letter[at + len(line) :].lstrip(" ")
    if before.endswith("\n") or not before:
        after = after.lstrip("\n")
    elif after and not after.startswith("\n"):
        before += " "
    return f"{before}{after}".strip()


def nearest(words: str, originals: Sequence[Sentence]) -> Sentence | None:
    """The sentence of the draft that an edited one came from, if any is alike."""
    body = {s.text: s for s in reversed(originals) if s.kind is not SentenceKind.SUBJECT}
    return body.get(most_alike(words, list(body)))


def nearest_line(words: str, edit: Edit) -> str:
    """The sentence of the edited letter that `words` names, though it may have been typed on; "" for none."""
    return most_alike(words, [line.words for line in edit.lines])


def changes(edit: Edit, originals: Sequence[Sentence]) -> str:
    """The cards above the sources: one a line that the evidence does not cover."""
    cards = _subject_card(edit) if edit.odd_subject else ""
    cards += "".join(_card(line, nearest(line.words, originals)) for line in edit.unsupported)
    if not cards:
        return ""
    heading = "Your change" if len(edit.unsupported) + edit.odd_subject == 1 else "Your changes"
    return f"<h2>{heading}</h2><ul>{cards}</ul>"


def _subject_card(edit: Edit) -> str:
    verdict = edit.about or Verdict(supported=False)
    keep = button("Keep, it is true", "edit-keep-subject", style="link")
    return (
        '<li class="card" data-card="change"><span class="badge odd">!</span><div>'
        f'<p dir="auto">Subject: “{text(verdict.fault or edit.subject)}”</p>'
        f'<p class="quiet" dir="auto">{text(verdict.reason)}</p><div class="row">'
        f"{button('Undo', 'edit-undo-subject', style='link')}{keep}</div></div></li>"
    )


def _card(line: Line, original: Sentence | None) -> str:
    verdict = line.verdict
    fault = verdict.fault or line.words
    told = verdict.reason.startswith(SAYS) or not verdict.evidence_says
    says = "" if told else f"{SAYS} “{verdict.evidence_says}”."
    why = "".join(f'<p class="quiet" dir="auto">{text(x)}</p>' for x in (verdict.reason, says) if x)
    undo = button("Undo", "edit-undo-one", style="link", words=line.words) if original else ""
    add = button("Add as evidence", "edit-add", style="link", words=line.words)
    return (
        f'<li class="card" data-card="change"><span class="badge odd">!</span><div>'
        f'<p dir="auto">“{text(fault)}”</p>{why}<div class="row">{undo}'
        f"{add if _is_about_sender(line.words) else ''}"
        f"{button('Keep, it is true', 'edit-keep', style='link', words=line.words)}"
        f"{button('Remove', 'edit-remove', style='link', words=line.words)}</div></div></li>"
    )


def _is_about_sender(words: str) -> bool:
    """Whether a line could be evidence: what it says of its reader alone is none."""
    return _FIRST.search(words) is not None or _SECOND.search(words) is None


def legend(edit: Edit | None) -> str:
    """What the foot of an edited letter adds: the wavy line, and lines that are the person's own."""
    if edit is None:
        return ""
    odd = '<span class="key odd">your change, no source</span>' if edit.unsupported else ""
    own = len(edit.own)
    return f"{odd}<span>{plural(own, 'line')} {'is' if own == 1 else 'are'} yours</span>" if own else odd


def unsettled(edit: Edit | None) -> str:
    """The quiet note on a finished letter: its lines without a source. It keeps nobody from sending it."""
    if edit is None or not (edit.unsupported or edit.odd_subject):
        return ""
    found = [f"Subject: {edit.subject}"] if edit.odd_subject else []
    found += [line.words for line in edit.unsupported]
    count = len(found)
    lines = "".join(f'<li dir="auto">{text(words)}</li>' for words in found)
    has = "1 line has" if count == 1 else f"{count} lines have"
    return f"<b>{has} no source.</b> You can send the letter as it is.<ul>{lines}</ul>"
