"""A text that a person changed, sentence by sentence, against all of their evidence."""

from collections.abc import Iterator

from domain import Brief, Evidence, Sentence, SentenceKind, Verdict
from grounding.gate import Gate
from grounding.registry import FindSkills
from grounding.tongues.lists import speaks_of_sender
from language import words

_C, _R = SentenceKind.CLAIM, SentenceKind.RECIPIENT
_SKILL_TYPES = ("skill", "language")


def check_edit(text: str, brief: Brief, find_skills: FindSkills) -> tuple[tuple[str, Verdict], ...]:
    """Each sentence of the text with the best verdict that any of the person's evidence gives it.

    Args:
        text: The body as edited, paragraphs parted by blank lines.
        brief: As for the gate.
        find_skills: As for the gate.
    """
    gate = Gate(brief, find_skills)
    return tuple((sentence, _best(sentence, brief, gate)) for sentence in words.sentences(text))


def _best(text: str, brief: Brief, gate: Gate) -> Verdict:
    refused: Verdict | None = None
    for sentence in _readings(text, brief):
        verdict = gate.check(sentence)
        if verdict.supported:
            return verdict
        refused = refused or verdict
    assert refused is not None  # there is always a reading as glue
    return refused


def _readings(text: str, brief: Brief) -> Iterator[Sentence]:
    """Every sentence that the text may be; the likeliest first, since its verdict is the one shown."""
    for kind in (SentenceKind.FORMULA, SentenceKind.INTENT):
        if _passes_cheaply(text, kind):
            yield Sentence(kind=kind, text=text)
    ranked = sorted(brief.profile.evidence, key=lambda item: -_overlap(text, item.text))
    lines = tuple(line.id for line in brief.posting.lines)
    if lines and not speaks_of_sender(text, brief.language):
        ids = sorted(brief.posting.lines, key=lambda line: -_overlap(text, line.text))
        yield Sentence(kind=_R, text=text, rests_on=tuple(line.id for line in ids[:2]))
    for item in ranked:
        yield Sentence(kind=_C, text=text, rests_on=(item.id,))
    yield from _merged(text, ranked)
    skills = tuple(item.id for item in brief.profile.evidence if item.type in _SKILL_TYPES)
    if skills:
        yield Sentence(kind=_C, text=text, rests_on=skills)
    yield Sentence(kind=SentenceKind.FORMULA, text=text)
    yield Sentence(kind=SentenceKind.GLUE, text=text, rests_on=lines[:0])
    yield Sentence(kind=SentenceKind.INTENT, text=text, rests_on=lines)
    if lines:
        yield Sentence(kind=_R, text=text, rests_on=lines)


def _passes_cheaply(text: str, kind: SentenceKind) -> bool:
    """A greeting ends in a comma and a question in its mark; their verdict is then the one to show."""
    return text.endswith((",", ":")) if kind is SentenceKind.FORMULA else text.endswith("?")


def _merged(text: str, ranked: list[Evidence]) -> Iterator[Sentence]:
    """Two or three items of one record, for a sentence that joins them."""
    by_record: dict[str, list[str]] = {}
    for item in ranked:
        if item.record is not None and _overlap(text, item.text) > 0:
            by_record.setdefault(item.record, []).append(item.id)
    for ids in by_record.values():
        if len(ids) > 1:
            yield Sentence(kind=_C, text=text, rests_on=tuple(ids[:3]))


def _overlap(text: str, other: str) -> int:
    return len(
        {words.stem(w.text) for w in words.tokens(text)} & {words.stem(w.text) for w in words.tokens(other)}
    )
