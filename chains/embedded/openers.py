"""Sentences about the opening: which need of theirs the draft answers, in their words."""

from chains.embedded.materials import Materials, Shared
from chains.embedded.needs import Need
from chains.embedded.role import is_someone
from chains.embedded.tidy import joined
from language import nouns


def opener(materials: Materials, need: Need) -> list[str]:
    """First sentences that name the role and this need."""
    title, company = materials.title, materials.company
    if need.kind == "skill":
        return _asking(title, company, need.text)
    if need.kind == "thing":
        return _asking(title, company, need.text)
    if not title:
        return (
            [f"{company or 'Your page'} is hiring someone to {need.text}."]
            if company
            else [f"You are hiring someone to {need.text}."]
        )
    a = f"{nouns.indefinite(title)} {title}"
    if not is_someone(title):
        at = f" at {company}" if company else ""
        return [
            f"Your {title} role{at} is there to {need.text}.",
            f"You want someone to {need.text} in the {title} role{at}.",
        ]
    if not company:
        return [f"You are hiring {a} to {need.text}.", f"Your next {title} will {need.text}."]
    return [
        f"{company} is hiring {a} to {need.text}.",
        f"Your next {title} at {company} will {need.text}.",
        f"You are hiring {a} at {company} to {need.text}.",
        f"You are looking for {a} at {company} to {need.text}.",
    ]


def _asking(title: str, company: str, what: str) -> list[str]:
    at = f" at {company}" if company else ""
    if not title:
        return [f"Your opening{at} asks for {what}."]
    return [
        f"Your {title} posting{at} asks for {what}.",
        f"You ask for {what} in the {title} role{at}.",
        f"For the {title} role{at}, you ask for {what}.",
        f"Your {title} role{at} asks for {what}.",
    ]


def plain(materials: Materials) -> list[str]:
    """First sentences that only name the role, where no need can be said in the page's words."""
    title, company = materials.title, materials.company
    if not title or not is_someone(title):
        return []
    a = f"{nouns.indefinite(title)} {title}"
    if not company:
        return [f"You are hiring {a}."]
    return [f"You are hiring {a} at {company}.", f"{company} is hiring {a}."]


def listing(materials: Materials, labels: list[str]) -> list[str]:
    """First sentences that name the role and several of its skills."""
    title, company = materials.title, materials.company
    at, skills = (f" at {company}" if company else ""), joined(labels)
    if not title:
        return [f"Your opening{at} lists {skills}."]
    return [
        f"You list {skills} for the {title} role{at}.",
        f"Your {title} posting{at} lists {skills}.",
        f"For the {title} role{at}, you list {skills}.",
    ]


def second(need: Need) -> list[str]:
    """A further need, after the role has been named."""
    if need.kind == "task":
        return [f"You also need someone to {need.text}.", f"You also want someone to {need.text}."]
    return [f"You also ask for {need.text}.", f"Your page also asks for {need.text}."]


def also_listed(shared: list[Shared]) -> list[str]:
    """Skills of the page, after the role has been named."""
    skills = joined([s.text for s in shared])
    return [f"You also list {skills}.", f"Your page also names {skills}."]


_SHORT_NAME = 2
_COUNTED = {1: "It is", 2: "Both are", 3: "All three are", 4: "All four are"}


def on_my_list(shared: list[Shared], services: bool) -> list[str]:
    """The claim that goes with a list of shared skills."""
    skills, my = joined([s.said for s in shared]), "our" if services else "my"
    named = [f"{my.capitalize()} skills include {skills}."]
    if any(len(s.label) <= _SHORT_NAME or s.text.lower() != s.label.lower() for s in shared):
        return named  # "Go" and "Node" are also words: better named than pointed at
    return [f"{_COUNTED[len(shared)]} on {my} skills list.", *named]
