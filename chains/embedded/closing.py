"""The formulas of a draft: subject, greeting, asks, the person's own lines, sign-off."""

from chains.embedded.materials import Materials
from chains.embedded.page import Page
from chains.embedded.tidy import joined
from chains.embedded.wordings import Toned, filled, most_named
from domain import DraftKind, SentenceKind
from language import words

_LONGEST_SUBJECT = 50
_MOST_WORDS = 7
_FULL_FOLLOW_UP = 50
"""Words after which only the shortest question still fits."""


def subject(page: Page) -> bool:
    """Put a subject in front: 2 to 7 words, the role or the company in its first 35 characters."""
    materials = page.materials
    asked = [m for m in materials.brief.matches if m.subject == "skill" and m.text in page.named]
    asked = [m for m in asked if materials.is_nameable(m.text)]
    skills = [materials.words_for(m.text) for m in asked]
    lines = tuple(dict.fromkeys(["p0", *(m.line for m in asked[:2])]))
    wanted = [{**materials.slots, "what": joined(skills[:n])} for n in (2, 1) if len(skills) >= n]
    lead = [text for slots in wanted for text in filled(materials.wording.skilled_subjects, slots)]
    options = page.shuffled([*lead, *filled(materials.wording.first_subjects, materials.slots)[:1]])
    options += filled(materials.wording.subjects, materials.slots)
    fitting = [text for text in options if _fits(text)]
    title = materials.title
    if not any(title and text != materials.wording.no_subject for text in fitting) and title:
        fitting = [" ".join(title.split()[:5])]
    body, page.sentences, page.paragraph = page.sentences, [], 0
    said = page.say(SentenceKind.SUBJECT, [*fitting, materials.wording.no_subject], lines)
    page.sentences = [*page.sentences, *body]
    return said


def _fits(text: str) -> bool:
    return len(text) <= _LONGEST_SUBJECT and 2 <= len(text.split()) <= _MOST_WORDS and not text.isupper()


def greeting(page: Page) -> None:
    """Say "Hello {company} team," as a paragraph of its own, or greet whom the page or the person names."""
    materials = page.materials
    slots = {**materials.slots, "recipient": " ".join(materials.brief.recipient.split())}
    page.say(SentenceKind.FORMULA, filled(materials.wording.greetings[materials.brief.tone], slots))
    page.turn()


def which_first(page: Page) -> tuple[str, tuple[str, ...]] | None:
    """ "Which matters more to you first, Go or Rust?", of two skills the page asks for and the draft has
    named.
    """
    materials = page.materials
    asked = [m for m in materials.brief.matches if m.subject == "skill" and not m.is_gap and m.score >= 0.5]
    named = [m for m in asked if m.text in page.named and materials.is_nameable(m.text)]
    if len(named) < 2:
        return None
    first, other = page.chance.sample(named[:5], 2)
    what = joined([materials.words_for(first.text), materials.words_for(other.text)], "or")
    return materials.wording.which_first.replace("{what}", what), (first.line, other.line)


def toned(page: Page, lines: Toned, options: Toned | None = None, short: bool = False) -> bool:
    """One of these linking sentences in the tone that the person chose; `options` are for services. Where it
    should be `short`, the shortest.
    """
    chosen = options if page.materials.services and options is not None else lines
    texts = filled(chosen[page.materials.brief.tone], page.materials.slots)
    before = page.sentences[-1].text if page.sentences else ""
    texts = page.shuffled(texts)
    texts.sort(key=lambda text: "first" in text and "first" in before)  # "what you need first" once
    if short:
        texts.sort(key=lambda text: len(text.split()))
    return page.say(SentenceKind.INTENT, texts)


def ask(page: Page) -> bool:
    """The one question of this kind of draft."""
    wording, kind = page.materials.wording, page.materials.brief.kind
    if kind is DraftKind.FOLLOW_UP:
        return toned(page, wording.follow_up_asks, short=page.words > _FULL_FOLLOW_UP)
    if kind is DraftKind.COVER_LETTER:
        return toned(page, wording.letter_asks, wording.letter_asks_of_services)
    return toned(page, wording.asks, wording.asks_of_services)


def follows(page: Page) -> None:
    """Which message a follow-up follows."""
    lines = page.materials.wording.follows
    slots = page.materials.slots
    named = most_named(lines, slots)
    about = [line for line in filled(lines, slots) if slots["title"] in line]  # shorter, where words are few
    first = page.shuffled(named if page.chance.random() < 0.6 else about or named)
    page.say(SentenceKind.INTENT, [*first, *named, *filled(lines, slots)[::-1]])
    page.turn()


def gap(page: Page) -> bool:
    """One must-have that the evidence does not show, said as it is."""
    for match in page.materials.gaps:
        slots = {**page.materials.slots, "what": page.materials.words_for(match.text)}
        if page.say(SentenceKind.RECIPIENT, filled((page.materials.wording.gap,), slots), (match.line,)):
            return True
    return False


def own_line(page: Page, line: str, source: str) -> bool:
    """The person's own line, sentence by sentence, word for word. False where there is none."""
    said = [page.say(SentenceKind.CLAIM, _ended(each), (source,)) for each in words.sentences(line)]
    if any(said):
        page.said.here = None
    return any(said)


def _ended(sentence: str) -> str:
    text = " ".join(sentence.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def why(page: Page) -> bool:
    """The person's line on why this company."""
    return own_line(page, page.materials.brief.why, "why")


def end(page: Page, asked: bool = False) -> None:
    """The one question, unless one was asked; then the person's closing line, which may be that question."""
    closing = page.materials.brief.closing
    if not asked and not closing.rstrip().endswith("?"):
        ask(page)
    own_line(page, closing, "closing")


def way_out_of_services(page: Page) -> None:
    """What the law asks of an offer of services: a way not to hear again."""
    if page.materials.services:
        page.turn()
        page.say(SentenceKind.FORMULA, page.materials.wording.opt_out)


def sign_off(page: Page) -> None:
    """Say the closing, the name and what belongs under it."""
    materials: Materials = page.materials
    profile = materials.brief.profile
    page.turn()
    page.say(SentenceKind.FORMULA, page.shuffled(materials.wording.sign_offs[materials.brief.tone]))
    for line in (profile.name, profile.organization if materials.services else "", materials.link):
        if line:
            page.say(SentenceKind.FORMULA, line)
    if materials.services and profile.postal_address:
        page.say(SentenceKind.FORMULA, " ".join(profile.postal_address.split("\n")))
