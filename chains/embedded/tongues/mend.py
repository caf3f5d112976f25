"""A draft of which lines were refused → a draft without holes, in German, French and Spanish.

What passed is kept, in its order. A need that lost its answer is answered or goes; a message opens with them;
what has become too short is filled from the evidence; it ends with one question.
"""

from collections.abc import Callable, Sequence
from random import Random

from chains.embedded.tidy import count
from chains.embedded.tongues import plans
from chains.embedded.tongues.sheet import Sheet
from chains.embedded.tongues.source import Answer, Source
from domain import Brief, DraftKind, Sentence, SentenceKind, Verdict
from kinds import KINDS, words_of

_FIXED = (SentenceKind.SUBJECT, SentenceKind.FORMULA)


def mend(
    brief: Brief, check: Callable[[Sentence], Verdict], sentences: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    """The arguments and the answer are those of `chains.embedded.mend.mend`."""
    said = [n for n, s in enumerate(sentences) if s.kind not in _FIXED]
    core = [sentences[n] for n in said]
    if not any(s.kind is SentenceKind.CLAIM and s.rests_on[:1] not in (("why",), ("closing",)) for s in core):
        return ()
    head, tail = list(sentences[: said[0]]), list(sentences[said[-1] + 1 :])
    if KINDS[brief.kind].form == "text":
        return tuple(sentences)
    sheet = Sheet(Source(brief), lambda s: check(s).supported, Random(brief.seed))  # noqa: S311  # variety
    sheet.most_claims = KINDS[brief.kind].most_claims
    close = [s for s in core if s.kind is SentenceKind.INTENT or "closing" in s.rests_on]
    told = [s for s in core if s not in close]
    _note(sheet, told)
    sheet.sentences = head
    _tell(sheet, told)
    _fill(sheet, sum(count(s.text) for s in close))
    _end(sheet, close)
    last = max(s.paragraph for s in sheet.sentences)
    first = min((s.paragraph for s in tail), default=0)
    moved = [s.model_copy(update={"paragraph": s.paragraph - first + last + 1}) for s in tail]
    return (*sheet.sentences, *moved)


def _note(sheet: Sheet, told: Sequence[Sentence]) -> None:
    """Remember what the kept sentences have used and named."""
    for sentence in told:
        if sentence.kind is SentenceKind.RECIPIENT:
            sheet.lines.update(set(sentence.rests_on) - {"p0"})
        elif sentence.kind is SentenceKind.CLAIM:
            sheet.used.update(sentence.rests_on)
            owners = (sheet.source.record_of(id_) for id_ in sentence.rests_on)
            sheet.places += [r for r in owners if r is not None and r not in sheet.places]
            for id_ in sentence.rests_on:
                item = sheet.source.materials.evidence.get(id_)
                sheet.named.update(item.skills if item else ())


def _tell(sheet: Sheet, told: Sequence[Sentence]) -> None:
    """What was kept, each need followed by an answer, and a message opening with them."""
    first = next((s for s in told if s.kind is not SentenceKind.GLUE), None)
    if (
        first is not None
        and first.kind is SentenceKind.CLAIM
        and sheet.source.brief.kind is not DraftKind.FOLLOW_UP
    ):
        sheet.paragraph = first.paragraph
        _open(sheet, first)
    for place, sentence in enumerate(told):
        sheet.paragraph = sentence.paragraph
        following = told[place + 1] if place + 1 < len(told) else None
        sheet.sentences.append(sentence)
        if sentence.kind is not SentenceKind.RECIPIENT:
            continue
        answered = following is not None and following.kind is not SentenceKind.RECIPIENT
        opens = not any(s.kind is SentenceKind.RECIPIENT for s in sheet.sentences[:-1])
        if not answered and not _answer(sheet, sentence) and not opens:
            sheet.sentences.pop()


def _open(sheet: Sheet, claim: Sentence) -> None:
    """The need that the first claim answers, else any that the draft can name."""
    answers = list(sheet.source.answers)
    met = [answer for answer in answers if set(answer.ids) & set(claim.rests_on)]
    for answer in met:
        if sheet.name(answer.need, first=True):
            sheet.lines.update(answer.need.lines)
            return


def _answer(sheet: Sheet, need: Sentence) -> bool:
    """A claim that answers this need, of an item not told yet."""
    lines = set(need.rests_on) - {"p0"}
    met: list[Answer] = [answer for answer in sheet.source.answers if lines & set(answer.need.lines)]
    items = (sheet.source.told(id_) for answer in met for id_ in answer.ids)
    return any(sheet.claim(item) for item in items if item is not None)


def _fill(sheet: Sheet, later: int) -> None:
    """More needs and more work, until the draft is long enough with what still follows."""
    brief = sheet.source.brief
    _, low, _, _ = words_of(brief.kind, brief.length)
    sheet.here = None
    for move in (plans.answer_again, plans.skills, plans.more, plans.more, plans.position, plans.degree):
        if sheet.words + later + 8 < low:
            if sheet.in_paragraph >= 3 and sheet.paragraph < 4:
                sheet.turn()
            move(sheet)


def _end(sheet: Sheet, close: Sequence[Sentence]) -> None:
    """The wishes and the question at the end; one is asked where none was kept."""
    sheet.turn()
    for sentence in close:
        sheet.sentences.append(sentence.model_copy(update={"paragraph": sheet.paragraph}))
    if not any(s.text.endswith("?") for s in close):
        sheet.fill(SentenceKind.INTENT, sheet.source.words.asks[: 2 if sheet.source.we else None])
