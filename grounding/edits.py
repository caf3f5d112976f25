"""A text that a person changed, sentence by sentence, against all of their evidence."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from domain import Brief, Evidence, Sentence, SentenceKind, Verdict
from grounding.gate import Gate
from grounding.lexicon import words_of
from grounding.parts import key_of
from grounding.registry import FindSkills
from grounding.tongues.lists import speaks_of_sender
from language import words

_C, _R = SentenceKind.CLAIM, SentenceKind.RECIPIENT
_SKILL_TYPES = ("skill", "language")


def check_edit(text: str, brief: Brief, find_skills: FindSkills) -> tuple[tuple[str, Verdict], ...]:
    """Each sentence of the text with the best verdict that any of the person's evidence gives it.

    What was told before of the same brief is remembered, sentence by sentence, so that a key pressed costs
    the sentence that it stands in.

    Args:
        text: The body as edited, paragraphs parted by blank lines.
        brief: As for the gate.
        find_skills: As for the gate.
    """
    return tuple((sentence.text, verdict) for sentence, verdict in read_edit(text, brief, find_skills))


def read_edit(text: str, brief: Brief, find_skills: FindSkills) -> tuple[tuple[Sentence, Verdict], ...]:
    """As `check_edit`, with the reading that each verdict is of: its kind, and what it rests on."""
    editor = _editor(brief, find_skills)
    return tuple(editor.read(sentence) for sentence in words.sentences(text))


@lru_cache(maxsize=16)
def _editor(brief: Brief, find_skills: FindSkills) -> "_Editor":
    return _Editor(brief, find_skills)


class _Editor:
    """The readings that a sentence may have, tried until one is supported.

    A claim is read with the items that share a word with it, the likeliest first; an item that shares none
    can carry none of its words.
    """

    def __init__(self, brief: Brief, find_skills: FindSkills) -> None:
        self._brief = brief
        self._gate = Gate(brief, find_skills)
        self._told: OrderedDict[str, tuple[Sentence, Verdict]] = OrderedDict()
        self._stems = [(item, _content(item.text)) for item in brief.profile.evidence]
        records = {r.id: _content(f"{r.title} {r.area} {r.organization}") for r in brief.profile.records}
        self._of_record = {item.id: records.get(item.record or "", frozenset()) for item, _ in self._stems}
        kinds = {record.id: record.kind for record in brief.profile.records}
        self._certificates = tuple(
            item.id for item, _ in self._stems if kinds.get(item.record or "") == "certificate"
        )
        self._lines = [(line.id, _content(line.text)) for line in brief.posting.lines]

    def read(self, text: str) -> tuple[Sentence, Verdict]:
        """The first reading that is supported, or the likeliest with its refusal."""
        if text not in self._told:
            self._told[text] = self._best(text)
            if len(self._told) > _REMEMBERED:
                self._told.popitem(last=False)
        return self._told[text]

    def _best(self, text: str) -> tuple[Sentence, Verdict]:
        refused: tuple[Sentence, Verdict] | None = None
        for sentence in self._readings(text):
            verdict = self._gate.check(sentence)
            if verdict.supported:
                return sentence, verdict
            refused = refused or (sentence, verdict)
        assert refused is not None  # there is always a reading as glue
        return self._both(text) or refused

    def _both(self, text: str) -> tuple[Sentence, Verdict] | None:
        """ "I built X, and I hold Y": two claims that each stand by themselves, of two records perhaps."""
        parts = _JOINED.split(text.rstrip(" ."))
        if not 1 < len(parts) < 4 or any(len(part.split()) < _SHORTEST for part in parts):
            return None
        told = [self.read(f"{part[:1].upper()}{part[1:]}.") for part in parts]
        if not all(verdict.supported and sentence.kind is _C for sentence, verdict in told):
            return None
        ids = dict.fromkeys(id_ for sentence, _ in told for id_ in sentence.rests_on)
        return Sentence(kind=_C, text=text, rests_on=tuple(ids)), told[0][1]

    def _readings(self, text: str) -> Iterator[Sentence]:
        """Every sentence that the text may be; the likeliest first, since its verdict is the one shown."""
        for kind in (SentenceKind.FORMULA, SentenceKind.INTENT):
            if _passes_cheaply(text, kind):
                yield Sentence(kind=kind, text=text)
        said = _content(text)
        lines = tuple(id_ for id_, _ in self._lines)
        if lines and not speaks_of_sender(text, self._brief.language):
            ids = sorted(self._lines, key=lambda line: -len(said & line[1]))
            yield Sentence(kind=_R, text=text, rests_on=tuple(id_ for id_, _ in ids[:2]))
        ranked = self._ranked(said)
        for item in ranked:
            yield Sentence(kind=_C, text=text, rests_on=(item.id,))
        yield from _merged(text, ranked)
        skills = tuple(item.id for item in self._brief.profile.evidence if item.type in _SKILL_TYPES)
        spoken = tuple(item.id for item in self._brief.profile.evidence if item.type == "language")
        if skills:
            yield Sentence(kind=_C, text=text, rests_on=skills)
        if spoken and spoken != skills:
            yield Sentence(kind=_C, text=text, rests_on=spoken)
        if len(self._certificates) > 1:
            yield Sentence(kind=_C, text=text, rests_on=self._certificates)
        yield Sentence(kind=SentenceKind.FORMULA, text=text)
        yield Sentence(kind=SentenceKind.GLUE, text=text, rests_on=())
        yield Sentence(kind=SentenceKind.INTENT, text=text, rests_on=lines)
        if lines:
            yield Sentence(kind=_R, text=text, rests_on=lines)

    def _ranked(self, said: frozenset[str]) -> list[Evidence]:
        """The items nearest in words, those of a record that is named before others; one at least."""
        scored = [
            (len(said & stems), len(said & self._of_record[item.id]), n, item)
            for n, (item, stems) in enumerate(self._stems)
        ]
        scored.sort(key=lambda each: (-each[0], -each[1], each[2]))
        if self._brief.language != "en":  # told by tables of another language, in other words altogether
            return [item for _, _, _, item in scored]
        near = [item for score, _, _, item in scored[:_NEAREST] if score]
        return near or [item for _, _, _, item in scored[:1]]


_JOINED = re.compile(r"(?:;|,?\s+and)\s+(?=(?:I|my|My)\s)")
_SHORTEST = 3  # words of a claim that stands by itself
_NEAREST = 12
_REMEMBERED = 1_000


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    """The base forms of a text's words, without those that only join."""
    small = words_of("joining")
    return frozenset(key_of(word.text) for word in words.tokens(text) if word.text.lower() not in small)


def _passes_cheaply(text: str, kind: SentenceKind) -> bool:
    """A greeting ends in a comma and a question in its mark; their verdict is then the one to show."""
    return text.endswith((",", ":")) if kind is SentenceKind.FORMULA else text.endswith("?")


def _merged(text: str, ranked: Sequence[Evidence]) -> Iterator[Sentence]:
    """Two or three items of one record, for a sentence that joins them."""
    by_record: dict[str, list[str]] = {}
    for item in ranked:
        if item.record is not None:
            by_record.setdefault(item.record, []).append(item.id)
    for ids in by_record.values():
        if len(ids) > 1:
            yield Sentence(kind=_C, text=text, rests_on=tuple(ids[:3]))
