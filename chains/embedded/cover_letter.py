"""The cover letter: what they need and who applies; a paragraph a need; earlier work, skills, a gap, one ask.

200 to 320 words where the evidence reaches that far; thinner evidence makes a shorter, still honest letter.
"""

from chains.embedded.body import (
    answer_again,
    more_of,
    open_with,
    open_with_skills,
    pick_answer,
    portfolio,
    position,
    shared_skills,
    strongest,
)
from chains.embedded.closing import greeting, question, sign_off, subject
from chains.embedded.deed import Deed
from chains.embedded.frames import frames
from chains.embedded.materials import Answer
from chains.embedded.page import Page
from chains.embedded.plans import draft_kind
from chains.embedded.schooling import certificates, degree, languages
from chains.embedded.tidy import capital, count, joined
from domain import DraftKind, Record, SentenceKind

_ENOUGH, _MOST = 205, 300
_FULL_PARAGRAPH = 4
_LONGEST_CONJUNCT = 11


@draft_kind(DraftKind.COVER_LETTER)
def cover_letter(page: Page) -> bool:
    """Write a cover letter."""
    greeting(page)
    answers = list(page.materials.answers)
    if not _opening(page, answers):
        return False
    _needs(page, answers)
    _earlier(page)
    _last(page)
    sign_off(page)
    body, page.sentences = page.sentences, []
    subject(page)
    page.sentences = [*page.sentences, *body]
    return True


def _opening(page: Page, answers: list[Answer]) -> bool:
    """Their need with the role, that one applies, and the best answer; the person's own line."""
    first = pick_answer(page, answers)
    opened = first is not None and open_with(page, first)
    if not opened and not (open_with_skills(page) or (page.materials.services and portfolio(page))):
        return False
    why = " ".join(page.materials.brief.why.split())
    if why:
        page.say(SentenceKind.CLAIM, why if why.endswith((".", "!", "?")) else f"{why}.", ("why",))
    if not page.materials.services:
        page.say(SentenceKind.INTENT, "I would like to apply.")
    told = page.said.told[-1] if page.said.told else None
    page.said.here = None
    if told is None or told.kind != "role":
        position(page)
    else:
        page.said.here = told
        _merged(page, told) or _one_more(page, told)
    return True


def _needs(page: Page, answers: list[Answer]) -> None:
    """Up to two more needs, a paragraph each, with other work of the role that answers them."""
    for _ in range(2):
        if page.words > _MOST - 90:
            return
        page.turn()
        again = pick_answer(page, answers)
        if again is None or not answer_again(page, again):
            return
        told = page.materials.record_of(page.sentences[-1].rests_on[0])
        if told is not None and page.in_paragraph() < _FULL_PARAGRAPH:
            page.said.here = told
            if not _merged(page, told):
                _one_more(page, told)


def _merged(page: Page, record: Record) -> bool:
    """ "In the same role, I reduced X, led Y, and mentored Z": two or three short deeds of one role."""
    short = [d for d in more_of(page, record) if d.subject == "I" and not d.present and _mergeable(d)][:3]
    if len(short) < 2:
        return False
    for chosen in (short, short[:2]):
        phrase = joined([d.phrase for d in chosen])
        whole = Deed(chosen[0].id, "I", phrase)
        for frame in frames(whole, record, page.said, page.materials.services):
            ids = tuple(d.id for d in chosen)
            if frame.name not in page.said.frames and page.say(SentenceKind.CLAIM, f"{frame.text}.", ids):
                page.said.frames.add(frame.name)
                page.used.update(ids)
                page.named.update(label for d in chosen for label in page.materials.evidence[d.id].skills)
                return True
    return False


def _mergeable(deed: Deed) -> bool:
    return (
        count(deed.phrase) <= _LONGEST_CONJUNCT
        and "," not in deed.phrase
        and " and " not in deed.phrase
        and not deed.phrase.startswith(("was ", "have ", "had "))
    )


def _one_more(page: Page, record: Record) -> bool:
    return any(page.claim(deed) for deed in more_of(page, record)[:3])


def _earlier(page: Page) -> None:
    """Work of other roles and projects, newest first, until the letter is long enough."""
    page.turn()
    for _ in range(6):
        if page.words > _ENOUGH - 35:
            return
        told = {record.id for record in page.said.told}
        left = strongest(page.materials, page.used)
        other = [d for d in left if (r := page.materials.record_of(d.id)) is not None and r.id not in told]
        fresh = [d for d in [*other, *left] if d.subject != "project" or page.told_projects < 2]
        deed = next((d for d in fresh if page.claim(d)), None)
        if deed is None:
            return
        record = page.materials.record_of(deed.id)
        if record is not None and page.in_paragraph() < _FULL_PARAGRAPH:
            _merged(page, record) or _one_more(page, record)
        if page.in_paragraph() >= _FULL_PARAGRAPH:
            page.turn()


def _last(page: Page) -> None:
    """Skills, schooling, an honest gap, and the one ask."""
    if page.in_paragraph() >= _FULL_PARAGRAPH - 1:
        page.turn()
    shared_skills(page, most=4)
    for more in (degree, certificates, position, portfolio, languages):
        if page.words < _ENOUGH:
            more(page)
    _gap(page)
    if page.materials.services:
        page.say(SentenceKind.INTENT, "If the search takes longer, we could take on part of the work.")
    question(
        page,
        page.shuffled(
            [
                "May I tell you more about it?",
                "Would you like to hear more about any of this?",
                "Is this close to what you need?",
            ]
        ),
    )
    if page.materials.services:
        page.turn()
        page.say(SentenceKind.FORMULA, "If you would rather not hear from us, reply 'no thanks'.")


def _gap(page: Page) -> None:
    """One must-have that the evidence does not show, said as it is."""
    if not page.materials.brief.say_gap:
        return
    for match in page.materials.gaps:
        text = f"You also ask for {page.materials.words_for(match.text)}, which my record does not show yet."
        if page.say(SentenceKind.RECIPIENT, capital(text), (match.line,)):
            return
