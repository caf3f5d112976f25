"""A draft of which lines were refused → a draft without holes, in our own words where it must be.

What passed is kept. A need that nothing answers any more is answered otherwise or not brought up; a paragraph
that one sentence is left of joins its neighbour; what has become too short is filled from the evidence.
"""

from collections.abc import Callable, Sequence
from random import Random

from chains.embedded.body import answer_again, is_new, pick_answer, same_role, shared_skills, strongest
from chains.embedded.closing import ask
from chains.embedded.deed import is_specific
from chains.embedded.materials import Materials, Shared
from chains.embedded.openers import on_my_list, opener, plain
from chains.embedded.page import Page, is_own
from domain import Brief, DraftKind, Sentence, SentenceKind, Verdict
from kinds import KINDS, words_of

_FIXED = (SentenceKind.SUBJECT, SentenceKind.FORMULA)
_FULL = {DraftKind.COVER_LETTER: 6}
_FULL_OF_A_MESSAGE = 3
"""Sentences that a paragraph may hold."""


def mend(
    brief: Brief, check: Callable[[Sentence], Verdict], sentences: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    """The draft made whole; empty where nothing that was kept says anything about the sender.

    Args:
        brief: What the draft is written from.
        check: The gate; every sentence added has passed it.
        sentences: What was kept, in order: subject, greeting, body, sign-off.
    """
    if brief.language != "en":
        from chains.embedded.tongues.mend import mend as mended

        return mended(brief, check, sentences)
    head, core, close, tail = _parts(sentences)
    if not any(s.kind is SentenceKind.CLAIM and not is_own(s.rests_on) for s in core):
        return ()
    kind = KINDS[brief.kind]
    page = Page(
        Materials(brief),
        lambda sentence: check(sentence).supported,
        Random(brief.seed),  # noqa: S311  # variety, not secrecy
        kind.longest_sentence,
        kind.most_claims,
    )
    _note(page, core)
    page.sentences = list(head)
    _answer_needs(page, core)
    page.sentences = [*head, *_without_orphans(page.sentences[len(head) :], brief.kind)]
    _fill(page, sum(len(s.text.split()) for s in close))
    _end(page, close)
    last = max(s.paragraph for s in page.sentences)
    first = min((s.paragraph for s in tail), default=0)
    moved = [s.model_copy(update={"paragraph": s.paragraph - first + last + 1}) for s in tail]
    return (*page.sentences, *moved)


_Parts = tuple[list[Sentence], list[Sentence], list[Sentence], list[Sentence]]


def _parts(sentences: Sequence[Sentence]) -> _Parts:
    """Subject and greeting; what is told; the wishes and the question at the end; opt-out and sign-off."""
    places = [n for n, s in enumerate(sentences) if s.kind not in _FIXED]
    if not places:
        return list(sentences), [], [], []
    first, last = places[0], places[-1] + 1
    said = list(sentences[first:last])
    told = len(said)
    while told and (said[told - 1].kind is SentenceKind.INTENT or "closing" in said[told - 1].rests_on):
        told -= 1
    return list(sentences[:first]), said[:told], said[told:], list(sentences[last:])


def _note(page: Page, core: Sequence[Sentence]) -> None:
    """Remember what the kept sentences have used and named."""
    for sentence in core:
        if sentence.kind is SentenceKind.RECIPIENT:
            page.lines.update(set(sentence.rests_on) - {"p0"})
            text = sentence.text.lower()
            for mention in page.materials.brief.mentions:
                if mention.text.lower() in text:
                    page.asked.add(mention.skill)
        if sentence.kind is SentenceKind.CLAIM:
            page.used.update(sentence.rests_on)
            page.phrases.append(set(sentence.text.lower().rstrip(".").split()))
            owners = (page.materials.record_of(id_) for id_ in sentence.rests_on)
            page.said.told += [r for r in owners if r is not None and r not in page.said.told]


def _answer_needs(page: Page, core: Sequence[Sentence]) -> None:
    """The told part again, each need of theirs followed by an answer; the first one also opens the draft."""
    core = _once(core)
    _open(page, core[0])
    for place, sentence in enumerate(core):
        page.paragraph = sentence.paragraph
        following = core[place + 1] if place + 1 < len(core) else None
        page.sentences.append(sentence)
        page.said.here = None
        if sentence.kind is not SentenceKind.RECIPIENT:
            continue
        opens = not any(s.kind is SentenceKind.RECIPIENT for s in page.sentences[:-1])
        answered = following is not None and following.kind is not SentenceKind.RECIPIENT
        if not answered and not _answer(page, sentence) and not opens:
            page.sentences.pop()


def _open(page: Page, first: Sentence) -> None:
    """A message opens with them, not with the sender."""
    if KINDS[page.materials.brief.kind].form != "message" or first.kind is not SentenceKind.CLAIM:
        return
    page.paragraph = first.paragraph
    answers = page.materials.answers
    met = [a for a in answers if any(deed.id in first.rests_on for deed in a.deeds)]
    texts = [(opener(page.materials, a.need), ("p0", *a.need.lines)) for a in met if is_new(page, a)]
    for said, lines in [*texts, (plain(page.materials), ("p0",))]:
        if page.say(SentenceKind.RECIPIENT, page.shuffled(said), lines):
            return


def _once(core: Sequence[Sentence]) -> list[Sentence]:
    """Without a claim that says the most of an earlier one again."""
    kept: list[Sentence] = []
    for sentence in core:
        words = set(sentence.text.lower().split())
        again = [s for s in kept if set(s.rests_on) & set(sentence.rests_on) and s.kind is sentence.kind]
        if sentence.kind is not SentenceKind.CLAIM or not any(
            len(words & set(s.text.lower().split())) > 0.6 * len(words) for s in again
        ):
            kept.append(sentence)
    return kept


def _answer(page: Page, need: Sentence) -> bool:
    """A claim that answers this need: work of another item, or the skills it names on the sender's list."""
    lines = set(need.rests_on) - {"p0"}
    for answer in page.materials.answers:
        if lines & set(answer.need.lines) and any(page.claim(deed, follow=False) for deed in answer.deeds):
            return True
    named: list[Shared] = [s for s in page.materials.shared if s.text.lower() in need.text.lower()]
    if not named:
        return False
    ids = tuple(dict.fromkeys(s.evidence for s in named))
    texts = [text for text in on_my_list(named, page.materials) if "include" in text]
    return page.say(SentenceKind.CLAIM, texts, ids)


def _without_orphans(core: list[Sentence], kind: DraftKind) -> list[Sentence]:
    """Paragraphs numbered anew; one of a single sentence joins the one before, where that has room."""
    most = len(core) if KINDS[kind].form == "text" else _FULL.get(kind, _FULL_OF_A_MESSAGE)
    groups: list[list[Sentence]] = []
    for number in sorted({s.paragraph for s in core}):
        group = [s for s in core if s.paragraph == number]
        alone = len(group) == 1 and not is_own(group[0].rests_on)
        is_text = KINDS[kind].form == "text"
        if (alone or is_text) and groups and len(groups[-1]) < most:
            groups[-1] += group
        else:
            groups.append(group)
    first = min((s.paragraph for s in core), default=0)
    return [
        s.model_copy(update={"paragraph": first + place}) for place, group in enumerate(groups) for s in group
    ]


def _fill(page: Page, more: int) -> None:
    """Needs with their answers, work and skills, until the draft has the words it should have."""
    kind = page.materials.brief.kind
    low = words_of(kind, page.materials.brief.length).low
    most = _FULL.get(kind, _FULL_OF_A_MESSAGE)
    page.paragraph = max((s.paragraph for s in page.sentences), default=0)
    answers = list(page.materials.answers) if KINDS[kind].form == "message" else []
    while page.words + more < low:
        if page.in_paragraph() >= most - 1:
            page.turn()
        before = len(page.sentences)
        answer = pick_answer(page, answers)
        if answer is not None:
            answers.remove(answer)
            answer_again(page, answer)
            continue
        if KINDS[kind].form != "message" or not (same_role(page) or _work(page) or shared_skills(page)):
            return
        if len(page.sentences) == before:
            return


def _work(page: Page) -> bool:
    left = sorted(strongest(page.materials, page.used)[:8], key=lambda deed: not is_specific(deed))
    page.said.here = None
    return any(page.claim(deed, follow=False) for deed in left)


def _end(page: Page, close: Sequence[Sentence]) -> None:
    """The end as it was kept, and the one question where it was lost."""
    numbers = sorted({s.paragraph for s in close})
    first = max((s.paragraph for s in page.sentences), default=0) + 1
    for sentence in close:
        place = first + numbers.index(sentence.paragraph)
        page.sentences.append(sentence.model_copy(update={"paragraph": place}))
    if KINDS[page.materials.brief.kind].asks and not any(s.text.endswith("?") for s in page.sentences):
        page.paragraph = max(first, page.sentences[-1].paragraph)
        ask(page)
