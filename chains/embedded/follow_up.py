"""The follow-up: which message it follows, one thing that it did not say, an easy way out. 40 to 60 words."""

from chains.embedded.body import pick_answer, portfolio, strongest
from chains.embedded.closing import (
    end,
    follows,
    greeting,
    sign_off,
    subject,
    toned,
    way_out_of_services,
)
from chains.embedded.deed import Deed, is_specific
from chains.embedded.materials import Answer
from chains.embedded.openers import second
from chains.embedded.page import Page
from chains.embedded.plans import draft_kind
from chains.embedded.tidy import count
from chains.embedded.wordings import filled
from domain import DraftKind, SentenceKind

_FEWEST, _FULL = 38, 42
_SHORT, _SHORT_NEED = 23, 14
"""Words that the new claim and the need before it have at best, so that the whole stays in its band."""


@draft_kind(DraftKind.FOLLOW_UP)
def follow_up(page: Page) -> bool:
    """Write a follow-up; what the earlier message has told is not told again."""
    page.used.update(page.materials.brief.told)
    greeting(page)
    follows(page)
    if not (_answered(page) or _added(page, strongest(page.materials, page.used)) or portfolio(page)):
        return False
    page.turn()
    if page.words < _FEWEST - 12:
        toned(page, page.materials.wording.ready, page.materials.wording.ready_of_services)
    toned(page, page.materials.wording.way_out, short=page.words > _FULL)
    end(page)
    way_out_of_services(page)
    sign_off(page)
    return subject(page)


def _answered(page: Page) -> bool:
    """A need of theirs and what answers it, which the earlier message did not tell."""
    answers = list(page.materials.answers)
    for _ in range(3):
        answer = pick_answer(page, answers)
        if answer is None:
            return False
        if _paired(page, answer):
            return True
        answers.remove(answer)
    return False


def _paired(page: Page, answer: Answer) -> bool:
    before = page.mark()
    lines = tuple(dict.fromkeys(["p0", *answer.need.lines]))
    texts = [t for t in page.shuffled(second(page.materials, answer.need)) if count(t) <= _SHORT_NEED]
    if page.say(SentenceKind.RECIPIENT, texts, lines) and _added(page, answer.deeds):
        return True
    page.back_to(before)
    return False


def _added(page: Page, deeds: tuple[Deed, ...] | list[Deed]) -> bool:
    """ "One thing I did not mention: at Osier Health, I built …", else the deed in a frame of its own."""
    fresh = sorted((d for d in deeds[:6] if d.id not in page.used), key=lambda deed: not is_specific(deed))
    page.before_claims = next(iter(filled((page.materials.wording.added,), page.materials.slots)), "")
    longest = page.longest
    said = False
    for page.longest in (_SHORT, longest):
        said = said or any(page.claim(deed, follow=False) for deed in fresh)
    page.before_claims = ""
    return said or any(page.claim(deed) for deed in fresh)
