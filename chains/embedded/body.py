"""The moves that plans of all kinds are made of: open, answer a need, name shared skills, tell more of a
role.
"""

from collections.abc import Iterable, Sequence

from chains.embedded.deed import Deed, is_specific
from chains.embedded.materials import Answer, Materials, Shared, is_usable
from chains.embedded.needs import Need
from chains.embedded.openers import also_listed, listing, on_my_list, opener, plain, second
from chains.embedded.page import Page
from chains.embedded.role import role_sentence
from chains.embedded.tidy import joined
from domain import DraftKind, Evidence, Record, Sentence, SentenceKind

NEAR = 0.25
"""How much worse than the best an answer may be and still open a draft, for variety."""


def pick_answer(page: Page, among: list[Answer]) -> Answer | None:
    """One of the best answers left, by chance, the best most often."""
    left = [a for a in among if is_new(page, a) and any(d.id not in page.used for d in a.deeds)]
    if not left:
        return None
    best = left[0].weight
    near = [a for a in left if a.weight >= best - NEAR and a.need.kind == left[0].need.kind][:4]
    return page.chance.choice([near[0], near[0], *near])


def is_new(page: Page, answer: Answer) -> bool:
    """Whether the need of an answer has not been brought up, as a line or as a skill."""
    if answer.need.kind != "skill":
        return not page.lines & set(answer.need.lines)
    return not page.asked & set(answer.skills)


def _asked(page: Page, lines: Sequence[str], skills: Iterable[str]) -> None:
    """Note that a sentence about them has brought up these lines and skills."""
    skills = list(skills)
    page.lines.update(lines)
    page.named.update(skills)
    page.asked.update(skills)


def open_with(page: Page, answer: Answer) -> bool:
    """Say the need of the answer with the role, then the claim that answers it."""
    before = page.mark()
    is_bare = _is_short(page) and answer.need.kind == "skill" and len(answer.skills) < 2
    if is_bare and _open_with_more_skills(page, answer):
        return True
    texts = page.shuffled(opener(page.materials, answer.need))
    if page.say(SentenceKind.RECIPIENT, texts, _cited(answer.need.lines)) and _claim_one(page, answer):
        _asked(page, answer.need.lines, answer.skills)
        return True
    page.back_to(before)
    return False


def _open_with_more_skills(page: Page, answer: Answer) -> bool:
    """A bare skill with one or two that stand on the sender's list, which is said after the claim."""
    more = [s for s in page.materials.shared if s.label not in answer.skills][:2]
    if not more:
        return False
    before = page.mark()
    texts = page.shuffled(listing(page.materials, [answer.need.text, *(s.text for s in more)]))
    lines = tuple(dict.fromkeys([*answer.need.lines, *(s.line for s in more)]))
    if page.say(SentenceKind.RECIPIENT, texts, _cited(lines)) and _claim_one(page, answer, follow=False):
        listed = [text for text in on_my_list(more, page.materials) if not text.startswith(("It", "Both"))]
        if page.say(SentenceKind.CLAIM, listed, tuple(dict.fromkeys(s.evidence for s in more))):
            _asked(page, lines, [*answer.skills, *(s.label for s in more)])
            return True
    page.back_to(before)
    return False


def answer_again(page: Page, answer: Answer) -> bool:
    """Say a further need and the claim that answers it, as a pair."""
    before = page.mark()
    texts = page.shuffled(second(page.materials, answer.need))
    if page.say(SentenceKind.RECIPIENT, texts, _cited(answer.need.lines)) and _claim_one(
        page, answer, follow=not _is_short(page) or page.claims < 2
    ):
        _asked(page, answer.need.lines, answer.skills)
        return True
    page.back_to(before)
    return False


def _is_short(page: Page) -> bool:
    """Whether the draft is an e-mail, which has room for three claims."""
    return page.materials.brief.kind is DraftKind.COLD_EMAIL


def _claim_one(page: Page, answer: Answer, follow: bool = True) -> bool:
    """The first of its deeds that can be said, in short or else in all its words."""
    left = [deed for deed in answer.deeds if deed.id not in page.used]
    whole = [each for deed in left for each in page.materials.uncut(deed)]
    for deed, goes_on in [*((deed, follow) for deed in left), *((each, False) for each in whole)]:
        before = page.mark()
        if page.claim(deed, goes_on) and _shows(page, answer, page.sentences[before.sentences :]):
            return True
        page.back_to(before)
    return False


def _shows(page: Page, answer: Answer, said: list[Sentence]) -> bool:
    """Whether what was said of the work still names the skill that was asked for, after it was cut short."""
    if answer.need.kind != "skill" or not answer.shown:
        return True
    text = " ".join(sentence.text for sentence in said)
    return any(page.materials.names_in(text, label) for label in answer.shown)


def _cited(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(["p0", *lines]))


def open_with_skills(page: Page, fewest: int = 3) -> bool:
    """The skill route: their list with the role, and that these stand on the sender's list."""
    shared = list(page.materials.shared)
    if len(shared) < fewest:
        return False
    chosen = _some(page, shared, 3)
    before = page.mark()
    lines = tuple(dict.fromkeys(["p0", *(s.line for s in chosen)]))
    texts = page.shuffled(listing(page.materials, [s.text for s in chosen]))
    if page.say(SentenceKind.RECIPIENT, texts, lines) and _on_list(page, chosen):
        _asked(page, (), (s.label for s in chosen))
        return True
    page.back_to(before)
    return False


def shared_skills(page: Page, most: int = 3, fewest: int = 1) -> bool:
    """Skills of their page not named yet that stand on the sender's list."""
    left = [s for s in page.materials.shared if s.label not in page.named]
    if len(left) < fewest:
        return False
    chosen = _some(page, left, most)
    before = page.mark()
    lines = tuple(dict.fromkeys(s.line for s in chosen))
    if page.say(
        SentenceKind.RECIPIENT, page.shuffled(also_listed(page.materials, chosen)), lines
    ) and _on_list(page, chosen):
        return True
    page.back_to(before)
    return False


def _some(page: Page, shared: list[Shared], most: int) -> list[Shared]:
    """The must-haves first, with some chance among equals."""
    pool = shared[: most + 2]
    chosen = pool if len(pool) <= most else page.chance.sample(pool, most)
    return sorted(chosen, key=lambda s: page.materials.place_of(s.label))


def _on_list(page: Page, chosen: list[Shared]) -> bool:
    evidence = tuple(dict.fromkeys(s.evidence for s in chosen))
    said = page.say(SentenceKind.CLAIM, on_my_list(chosen, page.materials), evidence)
    if said:
        page.named.update(s.label for s in chosen)
        page.said.here = None
    return said


def strongest(materials: Materials, used: set[str]) -> list[Deed]:
    """Deeds not used yet, best first."""
    return [deed for deed in materials.ranked if deed.id not in used]


def more_of(page: Page, record: Record | None) -> list[Deed]:
    """Further deeds of one record, those nearest to the page first."""
    if record is None:
        return []
    return [d for d in strongest(page.materials, page.used) if page.materials.record_of(d.id) == record]


def same_role(page: Page) -> bool:
    """One more deed of the role just told, in the same paragraph, where one says something of its own."""
    here = page.said.here
    return any(page.claim(deed, follow=False) for deed in more_of(page, here)[:3] if is_specific(deed))


def portfolio(page: Page, needed: bool = False) -> bool:
    """A project by its technologies and its link, after the skills it answers where `needed`.

    A row proves no client and no finish.
    """
    my = "our" if page.materials.services else "my"
    rows = [(item, common) for item, common in page.materials.portfolio if item.id not in page.used]
    rows.sort(key=lambda row: -len(set(row[1]) - page.named))
    for item, common in rows[:3]:
        before = page.mark()
        fresh = [label for label in common if label not in page.named]
        fresh = [label for label in fresh if not needed or label not in page.asked]
        if needed and not (fresh and _named_by_page(page, fresh[:3])):
            continue
        common = (*fresh, *(label for label in common if label in page.named))[:3]
        named = joined([label for label in item.skills if label in common])
        link = next((each for each in item.links if is_usable(each)), "")
        start = "It" if page.has_room(2) and _described(page, item) else _project_name(page, item, my)
        linked = any("://" in s.text for s in page.sentences)
        texts = [f"{start} uses {named}: {link}"] if link and not linked else []
        if page.say(SentenceKind.CLAIM, [*texts, f"{start} uses {named}."], (item.id,)):
            page.used.add(item.id)
            page.named.update(common[:3])
            page.said.here = None
            return True
        page.back_to(before)
    return False


def _named_by_page(page: Page, labels: list[str]) -> bool:
    """ "You also list Go and Redis.", of skills that the next sentence answers."""
    asked = sorted(labels, key=page.materials.place_of)
    what = joined([page.materials.words_for(label) for label in asked])
    by_label = {m.text: m.line for m in page.materials.brief.matches if m.subject == "skill"}
    lines = tuple(dict.fromkeys(by_label[label] for label in asked))
    need = Need("skill", what, lines)
    said = page.say(SentenceKind.RECIPIENT, page.shuffled(second(page.materials, need)), lines)
    if said:
        page.asked.update(labels)
    return said


def _described(page: Page, row: Evidence) -> bool:
    """Say what the project of a portfolio row is, where the row says so."""
    other = [e for e in page.materials.evidence.values() if e.record and e.record == row.record and e != row]
    said = [
        deed for item in other for deed in page.materials.deeds_of(item.id)[:1] if deed.subject == "project"
    ]
    return any(page.claim(deed) for deed in said)


def _project_name(page: Page, item: Evidence, my: str) -> str:
    record = page.materials.record_of(item.id)
    if record is not None and record.title and len(record.title) <= 40:
        return f"{my.capitalize()} project {record.title}"
    return f"One of {my} projects"


def position(page: Page) -> bool:
    """ "I am a Data Analyst at Osier Health.", from the newest role."""
    if page.materials.services:
        return False
    roles = [r for r in page.materials.brief.profile.records if r.kind == "role"]
    roles.sort(key=lambda r: page.materials.age_of(r))
    told = {record.id for record in page.said.told}
    for record in [role for role in roles[:1] if role.id not in told]:
        text = role_sentence(record)
        proof = page.materials.proof_of(record)
        if proof in page.used:
            return False
        if text and proof and page.say(SentenceKind.CLAIM, f"{text}.", (proof,)):
            page.used.add(proof)
            page.said.told.append(record)
            page.said.here = None
            return True
    return False


def introduction(page: Page) -> bool:
    """What the summary says the sender is: "I am a data analyst with 5 years of experience"."""
    page.said.here = None
    return any(page.claim(deed) for deed in page.materials.introductions[:2])


def open_with_project(page: Page, fewest: int = 2) -> bool:
    """Skills of their page that one project uses, at least `fewest`; else their skills that stand on the
    list.
    """
    before = page.mark()
    for _, common in page.materials.portfolio[:2]:
        asked = sorted(common[:3], key=page.materials.place_of)
        named = [m.line for m in page.materials.brief.matches if m.subject == "skill" and m.text in asked]
        texts = page.shuffled(listing(page.materials, [page.materials.words_for(label) for label in asked]))
        lines = tuple(dict.fromkeys(["p0", *named]))
        if len(asked) >= fewest and page.say(SentenceKind.RECIPIENT, texts, lines) and portfolio(page):
            return True
        page.back_to(before)
    return open_with_skills(page, fewest=2)


def open_plainly(page: Page) -> bool:
    """The role alone, and a statement that answers something asked for in words no sentence can take up."""
    before = page.mark()
    texts = page.shuffled(plain(page.materials))
    if page.materials.unnamed and page.say(SentenceKind.RECIPIENT, texts, ("p0",)):
        if any(page.claim(deed) for deed in page.materials.unnamed):
            return True
        page.back_to(before)
    return False
