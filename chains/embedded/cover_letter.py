"""The cover letter: what they need and who applies; a paragraph a need; earlier work, skills, a gap, one ask.

200 to 320 words where the evidence reaches that far; thinner evidence makes a shorter, still honest letter.
"""

from chains.embedded.body import (
    OFFERS,
    OPT_OUT,
    answer_again,
    introduction,
    more_of,
    open_plainly,
    open_with,
    open_with_project,
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

_ENOUGH = 222
_FULL_PARAGRAPH = 4
_LONGEST_CONJUNCT = 11
_MOST_PROJECTS = 2
_LAST_PARAGRAPH = 4
_QUESTIONS = (
    "May I tell you more about it?",
    "Would you like to hear more about any of this?",
    "Is this close to what you need?",
)


@draft_kind(DraftKind.COVER_LETTER)
def cover_letter(page: Page) -> bool:
    """Write a cover letter."""
    greeting(page)
    answers = list(page.materials.answers)
    if not _opening(page, answers):
        return False
    _needs(page, answers)
    _turn(page)
    _earlier(page)
    _last(page)
    sign_off(page)
    return subject(page)


def _opening(page: Page, answers: list[Answer]) -> bool:
    """Their need with the role and the best answer; the person's own line; who applies, and that they do."""
    first = pick_answer(page, answers)
    opened = first is not None and open_with(page, first)
    opened = opened or open_with_skills(page) or open_with_skills(page, fewest=2)
    opened = opened or (page.materials.services and open_with_project(page)) or open_plainly(page)
    if not opened:
        return False
    told = page.said.told[-1] if page.said.told else None
    _why(page)
    if not introduction(page) and (told is None or told.kind != "role"):
        position(page)
    if not page.materials.services:
        page.say(SentenceKind.INTENT, page.shuffled(_applying(page)), ("p0",))
    return True


def _why(page: Page) -> None:
    """The person's own line, as they wrote it."""
    why = " ".join(page.materials.brief.why.split())
    if why and page.say(SentenceKind.CLAIM, why if why.endswith((".", "!", "?")) else f"{why}.", ("why",)):
        page.said.here = None


def _turn(page: Page) -> None:
    """Begin the next paragraph, as long as the letter keeps to four and the question."""
    if page.paragraph < _LAST_PARAGRAPH:
        page.turn()
    page.said.here = None


def _applying(page: Page) -> list[str]:
    title, company = page.materials.title, page.materials.company
    named = [f"I would like to apply for the {title} role."] if title else []
    placed = [f"I would like to apply for the {title} role at {company}."] if title and company else []
    return ["I would like to apply.", *named, *placed]


def _needs(page: Page, answers: list[Answer]) -> None:
    """Up to four more needs, two a paragraph, with other work of the role that answers them."""
    for _ in range(4):
        if page.words > _ENOUGH - 40:
            return
        if page.in_paragraph() >= _FULL_PARAGRAPH - 1 or page.paragraph == 1:
            _turn(page)
        again = pick_answer(page, answers)
        if again is None or not (set(again.skills) - page.named or again.need.kind != "skill"):
            return
        if not answer_again(page, again):
            answers.remove(again)
            continue
        told = page.said.here
        if told is not None and page.in_paragraph() < _FULL_PARAGRAPH:
            _merged(page, told) or _one_more(page, told)


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
            if page.said.frames.count(frame.name) < 2 and page.say(SentenceKind.CLAIM, f"{frame.text}.", ids):
                page.said.frames.append(frame.name)
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
    """The other work, one role or project after the other, newest first, until the letter is long enough."""
    records = {record.id: record for record in page.materials.brief.profile.records}
    for record in sorted(records.values(), key=page.materials.age_of):
        if page.words > _ENOUGH - 35:
            return
        if record.kind == "project" and page.told_projects >= _MOST_PROJECTS:
            continue
        if page.in_paragraph() >= _FULL_PARAGRAPH - 1:
            _turn(page)
        page.said.here = None
        if _one_more(page, record) and page.in_paragraph() < _FULL_PARAGRAPH:
            _merged(page, record) or _one_more(page, record)
    for deed in strongest(page.materials, page.used):
        if page.words > _ENOUGH - 35:
            return
        if page.in_paragraph() >= _FULL_PARAGRAPH:
            _turn(page)
        page.said.here = None
        page.claim(deed)


def _last(page: Page) -> None:
    """Skills, schooling, an honest gap, and the one ask."""
    if page.in_paragraph() >= _FULL_PARAGRAPH - 1:
        _turn(page)
    shared_skills(page, most=4)
    for more in (degree, certificates, languages, portfolio, shared_skills, position):
        if page.words < _ENOUGH:
            more(page)
    _gap(page)
    if page.materials.services:
        page.say(SentenceKind.INTENT, page.shuffled(list(OFFERS)))
    question(page, page.shuffled(list(_QUESTIONS)))
    if page.materials.services:
        page.turn()
        page.say(SentenceKind.FORMULA, OPT_OUT)


def _gap(page: Page) -> None:
    """One must-have that the evidence does not show, said as it is."""
    if not page.materials.brief.say_gap:
        return
    our = "our" if page.materials.services else "my"
    for match in page.materials.gaps:
        wanted = page.materials.words_for(match.text)
        text = f"You also ask for {wanted}, which {our} record does not show yet."
        if page.say(SentenceKind.RECIPIENT, capital(text), (match.line,)):
            return
