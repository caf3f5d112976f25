"""The cold e-mail: their need, the best answer to it, one more, a question. 60 to 100 words."""

from chains.embedded.body import (
    answer_again,
    introduction,
    open_plainly,
    open_with,
    open_with_project,
    open_with_skills,
    pick_answer,
    portfolio,
    position,
    same_role,
    shared_skills,
    strongest,
)
from chains.embedded.closing import (
    end,
    greeting,
    sign_off,
    subject,
    toned,
    way_out_of_services,
    which_first,
    why,
)
from chains.embedded.deed import is_specific
from chains.embedded.materials import Answer
from chains.embedded.page import Page
from chains.embedded.plans import draft_kind
from chains.embedded.schooling import degree
from domain import DraftKind, SentenceKind
from kinds import words_of

_MOST_CLAIMS = 3
_LIGHT = 0.3
"""How often two claims are tried: three lines of heavy words are hard to read."""
_BEFORE_THE_OFFER = 44


@draft_kind(DraftKind.COLD_EMAIL)
def cold_email(page: Page) -> bool:
    """Write a cold e-mail; a service provider's offers work and a way out."""
    page.most_claims = 2 if page.chance.random() < _LIGHT else _MOST_CLAIMS
    greeting(page)
    if page.materials.services:
        opened = _offer(page)
    elif _names_little(page) and page.chance.random() < 0.6:
        opened = _skilled(page) or _answered(page)
    else:
        opened = _answered(page) or _skilled(page) or _skilled(page, fewest=2)
        opened = opened or (page.materials.is_told and _skilled(page, fewest=1)) or _plain(page)
        opened = opened or _shown(page)
    if not opened:
        return False
    _ask(page)
    sign_off(page)
    return subject(page)


def _names_little(page: Page) -> bool:
    """Whether the best answer meets one bare skill, so that a list of skills opens as well."""
    best = page.materials.answers[0] if page.materials.answers else None
    return best is None or (best.need.kind == "skill" and len(best.skills) < 2)


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
    return _go_on(page, answers)


def _go_on(page: Page, answers: list[Answer]) -> bool:
    """After the opening: the person's line, another need with its answer or more of the role, what fills."""
    again = _second_need(page, answers)
    if again is None and page.in_paragraph() <= 2 and not page.materials.brief.why:
        same_role(page)
    page.turn()
    why(page)
    while again is not None and not answer_again(page, again):
        answers.remove(again)
        again = _second_need(page, answers)
    _fill(page)
    return True


def _second_need(page: Page, answers: list[Answer]) -> Answer | None:
    """Another need with another answer; a bare skill only where it adds to what was named."""
    fresh = [a for a in answers if a.need.kind != "skill" or set(a.skills) - page.named]
    return pick_answer(page, fresh)


def _fill(page: Page) -> None:
    """Shared skills, then other work, then the position held, until the draft is long enough."""
    band = words_of(DraftKind.COLD_EMAIL, page.materials.brief.length)
    if page.has_room() and page.words < band.high - 24:
        if page.in_paragraph() >= 2:
            page.turn()
        if shared_skills(page):
            page.turn()
    for move in (_other_work, position, introduction, degree):
        if page.words < band.low + 2 and page.has_room():
            move(page)


def _other_work(page: Page) -> bool:
    """The strongest deed left, of another role where there is one, with a number where none has been told."""
    told = {record.id for record in page.said.told}
    left = [deed for deed in strongest(page.materials, page.used)[:8] if is_specific(deed)]
    other = [d for d in left if (r := page.materials.record_of(d.id)) is None or r.id not in told][:3]
    wanted = [*other, *left]
    if not any(c.isdigit() for s in page.sentences if s.kind is SentenceKind.CLAIM for c in s.text):
        wanted.sort(key=lambda deed: not deed.numbered)
    return any(page.claim(deed, follow=page.has_room(2)) for deed in wanted)


def _skilled(page: Page, fewest: int = 3) -> bool:
    """The skill route: their list, the sender's list, then the strongest deed."""
    if not open_with_skills(page, fewest):
        return False
    page.turn()
    why(page)
    answers = list(page.materials.answers)
    again = _second_need(page, answers)
    while again is not None and not answer_again(page, again):
        answers.remove(again)
        again = _second_need(page, answers)
    if again is None:
        portfolio(page) or (_other_work(page) and page.in_paragraph() <= 2 and same_role(page))
    _fill(page)
    return page.claims > 0


def _plain(page: Page) -> bool:
    """The role, what answers it, more of the same and what else is shared."""
    if not open_plainly(page):
        return False
    return _go_on(page, list(page.materials.answers))


def _shown(page: Page) -> bool:
    """A portfolio alone: projects that use what they list."""
    if not open_with_project(page) and not open_with_project(page, fewest=1):
        return False
    page.turn()
    why(page)
    portfolio(page, needed=True)
    _fill(page)
    return True


def _offer(page: Page) -> bool:
    """What they look for, a project or a deed that shows it, and the offer."""
    answers = list(page.materials.answers)
    first = pick_answer(page, answers)
    opened = first is not None and open_with(page, first)
    if not opened and not open_with_project(page) and not open_plainly(page):
        return False
    page.turn()
    if opened and (page.has_room(2) or not portfolio(page, needed=True)):
        portfolio(page)
    for move in (_other_work, shared_skills, _other_work):
        if page.has_room() and page.words < _BEFORE_THE_OFFER:
            move(page)
    page.turn()
    page.say(SentenceKind.INTENT, page.shuffled(page.materials.wording.offers))
    return True


_BEFORE_THE_QUESTION = 50


def _ask(page: Page) -> None:
    """One question, low in effort, after an offer to tell more where the e-mail is thin; for services also
    the way out.
    """
    wording = page.materials.wording
    choice = None if page.materials.services else which_first(page)
    if not page.materials.services:
        page.turn()
    page.said.here = None
    if page.words < _BEFORE_THE_QUESTION or (page.most_claims == 2 and not page.materials.services):
        toned(page, wording.ready, wording.ready_of_services)
    asks_itself = page.materials.brief.closing.rstrip().endswith("?")
    chosen = choice is not None and page.chance.random() < 0.4 and not asks_itself
    end(page, asked=bool(chosen and choice and page.say(SentenceKind.INTENT, choice[0], choice[1])))
    way_out_of_services(page)
