"""The cover letter: what they need and who applies; a paragraph a role, newest first, each need before its
answer; schooling and skills; the ask.

200 to 320 words where the evidence reaches that far; thinner evidence makes a shorter, still honest letter,
which the check of the whole calls too short where it has fewer words than `kinds.words_of` allows.
"""

from collections import Counter
from itertools import pairwise

from chains.embedded.body import (
    answer_again,
    introduction,
    is_new,
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
from chains.embedded.closing import (
    end,
    gap,
    greeting,
    sign_off,
    subject,
    toned,
    way_out_of_services,
    why,
)
from chains.embedded.deed import Deed
from chains.embedded.frames import frames
from chains.embedded.materials import Answer
from chains.embedded.page import Page
from chains.embedded.plans import draft_kind
from chains.embedded.role import role_sentence
from chains.embedded.schooling import certificates, degree, languages
from chains.embedded.tidy import count, joined
from chains.embedded.wordings import filled
from domain import DraftKind, Record, SentenceKind
from kinds import words_of

_SPARE = 18
"""Words above the least good length that the letter aims at."""
_LATER = 42
"""Words that schooling and the close will add to what has been told of the work."""
_CLOSE = 22
"""Words of the close."""
_PARAGRAPHS_OF_WORK = 2
_ROLES = 3
"""Roles that are told even where they answer no need by themselves."""
_LONGEST_CONJUNCT = 13
_NEEDS_A_ROLE = 3
_SENTENCES_A_ROLE = 6
_FEWEST_PARAGRAPHS = 4
_MOST_JOINED = 5
"""Sentences that a paragraph may hold once a sentence that stood alone has joined it."""
_ASIDE = ("volunteering", "degree", "certificate")


@draft_kind(DraftKind.COVER_LETTER)
def cover_letter(page: Page) -> bool:
    """Write a cover letter."""
    greeting(page)
    answers = list(page.materials.answers)
    if not _opening(page, answers):
        return False
    if page.materials.services:
        _projects(page)
    _work(page, answers)
    _rest(page)
    _close(page)
    join_lonely(page)
    sign_off(page)
    return subject(page)


def enough(page: Page) -> int:
    """Words that the letter aims at."""
    return words_of(DraftKind.COVER_LETTER, page.materials.brief.length).low + _SPARE


def _opening(page: Page, answers: list[Answer]) -> bool:
    """Their need with the role and the best answer; the person's own line; who applies, and that they do."""
    opened, left = False, list(answers)
    for _ in range(4):
        first = None if opened else pick_answer(page, left)
        if first is not None:
            opened = open_with(page, first)
            left.remove(first)
    opened = opened or open_with_skills(page) or open_with_skills(page, fewest=2)
    opened = opened or (page.materials.is_told and open_with_skills(page, fewest=1))
    opened = opened or (page.materials.services and open_with_project(page)) or open_plainly(page)
    opened = opened or open_with_project(page) or open_with_project(page, fewest=1)
    if not opened:
        return False
    told = page.said.told[-1] if page.said.told else None
    why(page)
    if not introduction(page) and (told is None or told.kind != "role"):
        position(page)
    if not page.materials.services:
        page.say(SentenceKind.INTENT, _applying(page), ("p0",))
    return True


def _applying(page: Page) -> list[str]:
    """That they apply, with the role and, unless the opener has it, the company."""
    *named, plain = filled(page.materials.wording.apply, page.materials.slots)
    return [*page.shuffled(named), plain]


# --- the work ------------------------------------------------------------------------------------------


def _work(page: Page, answers: list[Answer]) -> None:
    """A paragraph a role, newest first; then projects that answer something, then what else fits."""
    mine = _by_record(page, answers)
    for record in _roles(page, mine):
        if page.words > enough(page) - _LATER:
            break
        _turn(page)
        _tell(page, record, mine.get(record.id, []))
    for answer in mine.get("", []):
        if page.words <= enough(page) - _LATER and is_new(page, answer):
            page.said.here = None
            answer_again(page, answer)
    _more(page)


def _by_record(page: Page, answers: list[Answer]) -> dict[str, list[Answer]]:
    """The answers left, best first, by the record of the deed that gives them; "" for none."""
    mine: dict[str, list[Answer]] = {}
    for answer in answers:
        fresh = [deed for deed in answer.deeds if deed.id not in page.used]
        record = page.materials.record_of(fresh[0].id) if fresh else None
        if fresh and answer.weight > 0:
            mine.setdefault(record.id if record else "", []).append(answer)
    return mine


def _roles(page: Page, mine: dict[str, list[Answer]]) -> list[Record]:
    """Roles newest first, of which the newest and those that answer something come before the rest; then
    projects that answer something.
    """
    told = [r for r in page.materials.records.values() if r.kind not in _ASIDE and more_of(page, r)]
    roles = sorted((r for r in told if r.kind == "role"), key=page.materials.age_of)
    kept = [r for place, r in enumerate(roles) if place < _ROLES or r.id in mine]
    projects = [r for r in told if r.kind == "project" and r.id in mine]
    return [*kept, *sorted(projects, key=page.materials.age_of)]


def _turn(page: Page) -> None:
    """Begin the paragraph of the next role; the oldest roles share one."""
    if page.paragraph <= _PARAGRAPHS_OF_WORK and (page.paragraph == 1 or page.in_paragraph() > 1):
        page.turn()
    page.said.here = None


def _tell(page: Page, record: Record, answers: list[Answer]) -> None:
    """The role, the needs that it answers, and its other work in a sentence or two."""
    before = len(page.sentences)
    _held(page, record)
    told = 0
    for answer in answers:
        if told >= _NEEDS_A_ROLE or page.words > enough(page) - _LATER:
            break
        told += is_new(page, answer) and answer_again(page, answer)
    for _ in range(3 - told):
        if page.words > enough(page) - _LATER or len(page.sentences) - before >= _SENTENCES_A_ROLE:
            return
        if not (_merged(page, record) or _one_more(page, record)):
            return


def _more(page: Page) -> None:
    """More of what has been told, where the letter is still thin: first of the last role, then of any."""
    left = [d for d in strongest(page.materials, page.used) if not _is_aside(page, d)]
    here = page.said.here
    left.sort(key=lambda deed: here is None or page.materials.record_of(deed.id) != here)
    for deed in left:
        if page.words > enough(page) - _LATER:
            return
        if deed.id in page.used:
            continue
        record = page.materials.record_of(deed.id)
        if record is None or page.said.here is None or record.id != page.said.here.id:
            page.said.here = None
            if page.in_paragraph() >= _SENTENCES_A_ROLE - 1 and page.paragraph <= _PARAGRAPHS_OF_WORK:
                page.turn()
        (record is not None and _merged(page, record)) or page.claim(deed)


def _is_aside(page: Page, deed: Deed) -> bool:
    record = page.materials.record_of(deed.id)
    return record is not None and record.kind in _ASIDE


def _held(page: Page, record: Record) -> None:
    """ "Before that, I was a Software Engineer at Osier Post from 2017 to 2021.", before its deeds."""
    text, proof = role_sentence(record), page.materials.proof_of(record)
    known = any(record.id == other.id for other in page.said.told)
    if known or not text or not proof or proof in page.used or not more_of(page, record):
        return
    leads = [] if record.current or not page.said.told else [f"Before that, {text}.", f"Earlier, {text}."]
    used = " ".join(s.text for s in page.sentences)
    fresh = [lead for lead in leads if lead.split(",")[0] not in used and page.came_before(record)]
    if page.say(SentenceKind.CLAIM, [*fresh, f"{text}."], (proof,)):
        page.used.add(proof)
        page.said.told.append(record)
        page.said.here, page.said.held = record, True


def _merged(page: Page, record: Record) -> bool:
    """ "In the same role, I reduced X, led Y, and mentored Z": two or three short deeds of one role."""
    short = [d for d in more_of(page, record) if d.subject == "I" and not d.present and _mergeable(d)][:3]
    if len(short) < 2:
        return False
    for chosen in (short, short[:2]):
        whole = Deed(chosen[0].id, "I", joined([d.phrase for d in chosen]))
        options = [
            f for f in frames(whole, record, page.said, page.materials.services) if page.fits(f, record)
        ]
        options.sort(key=lambda frame: page.is_worn(frame.name))
        for frame in options:
            ids = tuple(d.id for d in chosen)
            if page.said.frames.count(frame.name) < 2 and page.say(SentenceKind.CLAIM, f"{frame.text}.", ids):
                page.remember(chosen, frame)
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


def _projects(page: Page) -> None:
    """A service provider's projects, each after the skills of the page that it uses."""
    for _ in range(4):
        if page.words > enough(page) - _LATER + 20:
            return
        full = page.in_paragraph() >= _SENTENCES_A_ROLE
        if page.paragraph == 1 or (full and page.paragraph <= _PARAGRAPHS_OF_WORK):
            page.turn()
        if not portfolio(page, needed=True):
            return


# --- the rest ------------------------------------------------------------------------------------------


def _rest(page: Page) -> None:
    """Skills, schooling, an honest gap."""
    page.turn()
    shared_skills(page, most=4, fewest=1 if _pairs(page) < 2 else 2)
    for more in (degree, certificates, languages, position, portfolio, _aside):
        if page.words < enough(page) - 12:
            more(page)
    if page.words < enough(page) - _SPARE - _CLOSE:
        shared_skills(page)
    if page.materials.brief.say_gap:
        gap(page)


def _pairs(page: Page) -> int:
    """Needs of theirs that have been answered."""
    kinds = [s.kind for s in page.sentences]
    return sum(a is SentenceKind.RECIPIENT and b is SentenceKind.CLAIM for a, b in pairwise(kinds))


def _aside(page: Page) -> bool:
    """Work without pay, where nothing else is left."""
    said = False
    for deed in strongest(page.materials, page.used):
        if _is_aside(page, deed) and page.words < enough(page) - 12:
            said = page.claim(deed) or said
    return said


def join_lonely(page: Page) -> None:
    """Put a claim that stands alone between opening and close into the paragraph before or after it, where
    that one stays short.
    """
    sizes = Counter(s.paragraph for s in page.sentences)
    close = max(s.paragraph for s in page.sentences if s.kind is not SentenceKind.FORMULA)
    for lonely in range(2, close):
        if close <= _FEWEST_PARAGRAPHS or sizes[lonely] != 1:
            continue
        alone = next(s for s in page.sentences if s.paragraph == lonely)
        near = [p for p in (lonely - 1, lonely + 1) if 1 < p < close and sizes[p] < _MOST_JOINED]
        if alone.kind is SentenceKind.CLAIM and near:
            _join(page, max(near[0], lonely))
            join_lonely(page)
            return


def _join(page: Page, paragraph: int) -> None:
    """Run a paragraph and the one before it together."""
    page.sentences = [
        s.model_copy(update={"paragraph": s.paragraph - 1}) if s.paragraph >= paragraph else s
        for s in page.sentences
    ]
    page.paragraph -= 1


def _close(page: Page) -> None:
    """Thanks to nobody, no boast: readiness to talk, the person's own line, and the one question."""
    wording = page.materials.wording
    page.turn()
    if page.materials.services:
        page.say(SentenceKind.INTENT, page.shuffled(wording.offers))
    toned(page, wording.closes, wording.closes_of_services)
    end(page)
    way_out_of_services(page)
