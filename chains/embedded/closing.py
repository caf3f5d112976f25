"""The formulas of a draft: subject, greeting, the choice of two skills, sign-off."""

from chains.embedded.materials import Materials
from chains.embedded.page import Page
from chains.embedded.tidy import joined
from domain import SentenceKind

_LONGEST_SUBJECT = 50
_MOST_WORDS = 7


def subject(page: Page) -> bool:
    """Put a subject in front: 2 to 7 words, the role or the company in its first 35 characters."""
    materials = page.materials
    asked = [m for m in materials.brief.matches if m.subject == "skill" and m.text in page.named]
    asked = [m for m in asked if materials.is_nameable(m.text)]
    skills = [materials.words_for(m.text) for m in asked]
    lines = tuple(dict.fromkeys(["p0", *(m.line for m in asked[:2])]))
    title, company = materials.title, materials.company
    options = []
    if title:
        named = [f"{title}: {joined(skills[:n])}" for n in (2, 1) if len(skills) >= n]
        options = page.shuffled([*named, f"{title} at {company}" if company else f"{title} role"])
        options += [f"{title} role", f"Your {title} role", title]
    if company:
        options += [f"Your opening at {company}", f"{company}: your opening"]
    fitting = [text for text in options if _fits(text)]
    if not fitting and title:
        fitting = [" ".join(title.split()[:5])]
    body, page.sentences, page.paragraph = page.sentences, [], 0
    said = page.say(SentenceKind.SUBJECT, [*fitting, "Your opening"], lines)
    page.sentences = [*page.sentences, *body]
    return said


def _fits(text: str) -> bool:
    return len(text) <= _LONGEST_SUBJECT and 2 <= len(text.split()) <= _MOST_WORDS and not text.isupper()


def greeting(page: Page) -> None:
    """Say "Hello {company} team," as a paragraph of its own."""
    company = page.materials.company
    page.say(SentenceKind.FORMULA, [f"Hello {company} team,", "Hello,"] if company else ["Hello,"])
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
    words = f"{materials.words_for(first.text)} or {materials.words_for(other.text)}"
    return f"Which matters more to you first, {words}?", (first.line, other.line)


def sign_off(page: Page) -> None:
    """Say the closing, the name and what belongs under it."""
    materials: Materials = page.materials
    profile = materials.brief.profile
    page.turn()
    page.say(SentenceKind.FORMULA, page.chance.choice(["Best regards,", "Kind regards,"]))
    for line in (profile.name, profile.organization if materials.services else "", materials.link):
        if line:
            page.say(SentenceKind.FORMULA, line)
    if materials.services and profile.postal_address:
        page.say(SentenceKind.FORMULA, " ".join(profile.postal_address.split("\n")))
