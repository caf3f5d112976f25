"""The résumé summary: who the sender is, two deeds that this opening asks about, the skills. 40 to 80 words.

No person speaks: no "I", no "my". A title stands in it only where it was held, and years only as the evidence
states them.
"""

import re

from chains.embedded.body import more_of, strongest
from chains.embedded.deed import Deed
from chains.embedded.materials import is_usable
from chains.embedded.page import Page
from chains.embedded.plans import draft_kind
from chains.embedded.role import year
from chains.embedded.schooling import degree_text
from chains.embedded.style import STOCK
from chains.embedded.tidy import capital, joined
from chains.embedded.wordings import filled
from domain import DraftKind, Record, SentenceKind

_MOST_SENTENCES = 4
_CHOSEN_FROM = 5
"""Of so many of the best deeds any may be told."""
_ENOUGH, _FEWEST = 58, 40
_MOST_SKILLS, _MOST_SKILLS_AT_ALL = 5, 10
_PUFF = re.compile(r"\b(?:team player|mindset|motivated|keen|hard-?working|enthusias\w+)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:I|me|my|we|our|us)\b", re.IGNORECASE)


_SPOKEN = (
    (re.compile(r"^(?P<at>At [^,]{2,60}), (?:I|we) (?:also )?"), r"\g<at>: "),
    (re.compile(r"^(?:As [^,]{2,80}|In (?:the same|my current) role|There), (?:I|we) (?:also )?"), ""),
    (re.compile(r"^(?:My|Our) skills include "), "Skills: "),
    (re.compile(r"^(?:I am|I have|We are|I|We) (?:also )?(?:an? )?"), ""),
)


def impersonal(text: str) -> str:
    """A sentence without the person who speaks in it: "At Tarn: built …" for "At Tarn, I built …"."""
    for pattern, instead in _SPOKEN:
        if pattern.match(text):
            return capital(pattern.sub(instead, text))
    return text


@draft_kind(DraftKind.RESUME_SUMMARY)
def resume_summary(page: Page) -> bool:
    """Write a résumé summary; False where no deed can be told."""
    if not _who(page):
        page.materials.services or _held(page)
    told = sum(_deed(page) or _project(page) for _ in range(2))
    if not told and not page.claims:
        return False
    _skills(page)
    if page.words < _FEWEST and len(page.sentences) < _MOST_SENTENCES:
        _deed(page) or _schooling(page)
    return page.words >= _FEWEST / 2


def _who(page: Page) -> bool:
    """What their own summary says they are, without the person: "Data analyst with 5 years in retail"."""
    for deed in page.materials.introductions[:2]:
        said = re.sub(r"^(?:am (?:an? |the )?|have |are )", "", deed.phrase)
        puff = _PUFF.search(said) or STOCK.search(said)
        if (
            not puff
            and not _PERSON.search(said)
            and page.say(SentenceKind.CLAIM, f"{capital(said)}.", (deed.id,))
        ):
            page.used.add(deed.id)
            return True
    return False


def _held(page: Page) -> bool:
    """ "Data Analyst at Osier Health since 2021", of the newest role."""
    roles = [r for r in page.materials.brief.profile.records if r.kind == "role" and r.title]
    for record in sorted(roles, key=page.materials.age_of)[:2]:
        text, proof = _position(record), page.materials.proof_of(record)
        if text and proof and page.say(SentenceKind.CLAIM, f"{text}.", (proof,)):
            page.said.told.append(record)
            page.said.here = record
            return True
    return False


def _position(record: Record) -> str:
    begun, ended = year(record.start), year(record.end)
    if not record.organization:
        return ""
    if record.current:
        return f"{record.title} at {record.organization}" + (f" since {begun}" if begun else "")
    return f"{record.title} at {record.organization} from {begun} to {ended}" if begun and ended else ""


def _deed(page: Page) -> bool:
    """One more deed: of those that answer this opening, then the strongest."""
    answers = [deed for answer in page.materials.answers for deed in answer.deeds[:1]]
    told = page.said.told[0] if page.said.told else None
    newest = more_of(page, told)[:2]
    wanted = list(dict.fromkeys([*answers[:4], *newest, *strongest(page.materials, page.used)]))
    first = wanted[:_CHOSEN_FROM]
    page.chance.shuffle(first)
    return any(_bare(page, d) for d in [*first, *wanted[_CHOSEN_FROM:]] if d.id not in page.used)


def _bare(page: Page, deed: Deed) -> bool:
    """A deed without its subject: "Moved 14 services to Kubernetes"."""
    subjects = ("I", "we") if page.materials.services else ("I",)
    if deed.subject not in subjects or _PERSON.search(f"{deed.phrase}{deed.tail}") or page.repeats(deed):
        return False
    place = page.materials.record_of(deed.id)
    whole = [f"{deed.phrase}{deed.tail}"] if deed.tail else []
    texts = [f"{capital(text)}." for text in (*whole, deed.phrase)]
    if place is not None and place.kind == "role" and place.organization and place != page.said.here:
        texts = [*(f"At {place.organization}: {text[:1].lower()}{text[1:]}" for text in texts), *texts]
    if re.match(r"(?:was|am|have|had|were|are)\b", deed.phrase) or not page.say(
        SentenceKind.CLAIM, texts, (deed.id,)
    ):
        return False
    page.note(deed)
    return True


def _project(page: Page) -> bool:
    """ "Quayside uses React and Go: https://…", of a project that only lists what it uses."""
    for item, common in page.materials.portfolio[:4]:
        record = page.materials.record_of(item.id)
        if item.id in page.used or record is None or not record.title:
            continue
        what = joined([label for label in item.skills if label in common[:3]])
        link = next((each for each in item.links if is_usable(each)), "")
        texts = [f"{record.title} uses {what}: {link}"] if link else []
        if page.say(SentenceKind.CLAIM, [*texts, f"{record.title} uses {what}."], (item.id,)):
            page.used.add(item.id)
            return True
    return False


def _skills(page: Page) -> bool:
    """Skills of the sender's list, those that the page asks for first."""
    if len(page.sentences) >= _MOST_SENTENCES or page.words > _ENOUGH + 12:
        return False
    asked = [(s.said, s.evidence) for s in page.materials.shared]
    listed = [(own.text.strip(" ."), own.id) for own in page.materials.listed]
    chosen: dict[str, tuple[str, str]] = {}
    for said, evidence in [*asked, *listed]:
        chosen.setdefault(said.lower(), (said, evidence))
    missing = max(0, _FEWEST - page.words - _MOST_SKILLS - 2)
    some = list(chosen.values())[: min(_MOST_SKILLS + missing, _MOST_SKILLS_AT_ALL)]
    what = {"what": joined([said for said, _ in some])}
    ids = tuple(dict.fromkeys(evidence for _, evidence in some))
    texts = filled((page.materials.wording.skills,), what)
    return bool(some) and page.say(SentenceKind.CLAIM, texts, ids)


def _schooling(page: Page) -> bool:
    degrees = [r for r in page.materials.brief.profile.records if r.kind == "degree"]
    for record in sorted(degrees, key=page.materials.age_of)[:2]:
        text, proof = degree_text(record), page.materials.proof_of(record)
        bare = re.sub(r"^I have (?:an? )?", "", text)
        if bare and proof and page.say(SentenceKind.CLAIM, f"{capital(bare)}.", (proof,)):
            return True
    return False
