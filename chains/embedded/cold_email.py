"""The cold e-mail: their need, the best answer to it, one more, a question. 60 to 100 words."""

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
from chains.embedded.closing import greeting, question, sign_off, subject, which_first
from chains.embedded.materials import Answer
from chains.embedded.openers import listing
from chains.embedded.page import Page
from chains.embedded.plans import draft_kind
from domain import DraftKind, SentenceKind

_FEWEST, _MOST, _MOST_CLAIMS = 58, 100, 3


@draft_kind(DraftKind.COLD_EMAIL)
def cold_email(page: Page) -> bool:
    """Write a cold e-mail; a service provider's offers work and a way out."""
    greeting(page)
    opened = _offer(page) if page.materials.services else _answered(page) or _skilled(page)
    if not opened:
        return False
    _ask(page)
    sign_off(page)
    body, page.sentences = page.sentences, []
    subject(page, _skills_in_order(page))
    page.sentences = [*page.sentences, *body]
    return True


def _skills_in_order(page: Page) -> list[str]:
    asked = [
        m.text
        for m in page.materials.brief.matches
        if m.subject == "skill" and not m.is_gap and m.score >= 0.5
    ]
    return [label for label in asked if label in page.named]


def _answered(page: Page) -> bool:
    """Need and answer first, then what else fits."""
    answers = list(page.materials.answers)
    for _ in range(4):
        first = pick_answer(page, answers)
        if first is None:
            return False
        if open_with(page, first):
            break
        answers.remove(first)
    else:
        return False
    page.turn()
    _why(page)
    _second_part(page, answers)
    return True


def _second_part(page: Page, answers: list[Answer]) -> None:
    """A second need with its answer, or more of the same role; then shared skills; until it is long enough."""
    again = pick_answer(page, answers)
    said = again is not None and page.claims < _MOST_CLAIMS and answer_again(page, again)
    if not said:
        _more(page)
    if page.claims < _MOST_CLAIMS and page.words < _MOST - 22 and page.in_paragraph() <= 2:
        shared_skills(page)
    if page.words < _FEWEST - 8 and page.claims < _MOST_CLAIMS:
        _more(page) or position(page)


def _more(page: Page) -> bool:
    """One more deed: of the role just told, else the strongest left."""
    told = page.said.told[-1] if page.said.told else None
    page.said.here = told if page.in_paragraph() else None
    for deed in [*more_of(page, told)[:3], *strongest(page.materials, page.used)[:4]]:
        if page.claim(deed, follow=page.claims < _MOST_CLAIMS - 1):
            return True
    return False


def _skilled(page: Page) -> bool:
    """The skill route: their list, the sender's list, then the strongest deed."""
    if not open_with_skills(page):
        return False
    page.turn()
    _why(page)
    portfolio(page)
    for _ in range(2):
        if page.words < _FEWEST and page.claims < _MOST_CLAIMS:
            _more(page)
    if page.words < _FEWEST - 8 and page.claims < _MOST_CLAIMS:
        position(page)
    return page.claims > 0


def _offer(page: Page) -> bool:
    """What they look for, a project or a deed that shows it, and the offer."""
    answers = list(page.materials.answers)
    first = pick_answer(page, answers)
    opened = first is not None and open_with(page, first)
    if not opened and not _open_with_project(page):
        return False
    page.turn()
    if opened:
        portfolio(page)
    if page.claims < _MOST_CLAIMS and page.words < 40:
        _more(page)
    if page.claims < _MOST_CLAIMS and page.words < 45:
        shared_skills(page)
    page.turn()
    page.say(
        SentenceKind.INTENT,
        page.shuffled(
            [
                "If the search takes longer, we could take on part of the work.",
                "While you search, we could take on part of the work.",
            ]
        ),
    )
    return True


def _open_with_project(page: Page) -> bool:
    before = len(page.sentences)
    for _, common in page.materials.portfolio[:2]:
        lines = tuple(
            dict.fromkeys(["p0", *(m.line for m in page.materials.brief.matches if m.text in common[:3])])
        )
        texts = page.shuffled(listing(page.materials, list(common[:3])))
        if len(common) >= 2 and page.say(SentenceKind.RECIPIENT, texts, lines) and portfolio(page):
            return True
        del page.sentences[before:]
    return open_with_skills(page, fewest=2)


def _why(page: Page) -> None:
    """The person's own line, as they wrote it."""
    why = " ".join(page.materials.brief.why.split())
    if why:
        page.say(SentenceKind.CLAIM, why if why.endswith((".", "!", "?")) else f"{why}.", ("why",))


_QUESTIONS = (
    "Is this close to what you need?",
    "Would a short example of that work be useful to you?",
    "Does this fit what you need first?",
    "Shall I send you a short example of that work?",
)
_OFFERS = (
    "Would that help you?",
    "Would a short example of that work be useful to you?",
    "Is that worth a closer look?",
)


def _ask(page: Page) -> None:
    """One question, low in effort; for services also the way out."""
    if page.materials.services:
        page.said.here = None
        page.say(SentenceKind.INTENT, page.shuffled(list(_OFFERS)))
        page.turn()
        page.say(SentenceKind.FORMULA, "If you would rather not hear from us, reply 'no thanks'.")
        return
    choice = which_first(page)
    page.turn()
    if (
        choice is not None
        and page.chance.random() < 0.4
        and page.say(SentenceKind.INTENT, choice[0], choice[1])
    ):
        return
    question(page, page.shuffled(list(_QUESTIONS)))
