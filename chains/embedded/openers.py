"""Sentences about the opening: which need of theirs the draft answers, in their words."""

from chains.embedded.materials import Materials, Shared
from chains.embedded.needs import Need
from chains.embedded.role import is_someone
from chains.embedded.tidy import joined
from language import nouns


def opener(materials: Materials, need: Need) -> list[str]:
    """First sentences that name the role and this need."""
    title, company = materials.title, materials.company
    if need.kind != "task":
        return _asking(title, company, need.text)
    if not title:
        return [
            f"{company} is hiring someone to {need.text}." if company else f"You want someone to {need.text}."
        ]
    at = f" at {company}" if company else ""
    wanted = [
        f"For the {title} role{at}, you want someone to {need.text}.",
        f"For the {title} role{at}, you need someone to {need.text}.",
    ]
    if not is_someone(title):
        return [f"You want someone to {need.text} in the {title} role{at}.", *wanted]
    a = f"{nouns.indefinite(title)} {title}"
    if not company:
        return [f"You are hiring {a} to {need.text}.", f"Your next {title} will {need.text}.", *wanted]
    return [
        f"{company} is hiring {a} to {need.text}.",
        f"{company} is looking for {a} to {need.text}.",
        f"Your next {title} at {company} will {need.text}.",
        f"At {company}, your next {title} will {need.text}.",
        *wanted,
    ]


def _asking(title: str, company: str, what: str) -> list[str]:
    at = f" at {company}" if company else ""
    if not title:
        return [f"Your opening{at} asks for {what}."]
    named = [f"{company} asks for {what} in the {title} role."] if company else []
    return [
        *named,
        f"For the {title} role{at}, you ask for {what}.",
        f"For the {title} role{at}, you look for {what}.",
        f"Your {title} role{at} asks for {what}.",
        f"Your {title} posting{at} asks for {what}.",
    ]


def plain(materials: Materials) -> list[str]:
    """First sentences that only name the role, where no need can be said in the page's words."""
    title, company = materials.title, materials.company
    if not title or not is_someone(title):
        return []
    a = f"{nouns.indefinite(title)} {title}"
    if not company:
        return [f"You are hiring {a}."]
    return [f"{company} is hiring {a}.", f"{company} is looking for {a}."]


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
        *([f"{company} lists {skills} for the {title} role."] if company else []),
    ]


def second(materials: Materials, need: Need) -> list[str]:
    """A further need, after the role has been named."""
    title, what = materials.title, need.text
    if need.kind == "task":
        next_one = [f"Your next {title} will also {what}."] if title and is_someone(title) else []
        return [
            f"You also need someone to {what}.",
            f"You also want someone to {what}.",
            f"Your team also needs someone to {what}.",
            f"In this role, you also want someone to {what}.",
            *next_one,
        ]
    if need.kind == "thing":
        return [f"You also ask for {what}.", f"Your page also asks for {what}.", f"You also look for {what}."]
    return [f"You also ask for {what}.", f"Your page also names {what}.", f"You also mention {what}."]


def also_listed(shared: list[Shared]) -> list[str]:
    """Skills of the page, after the role has been named."""
    skills = joined([s.text for s in shared])
    return [f"You also list {skills}.", f"Your page also names {skills}.", f"You also mention {skills}."]


_SHORT_NAME = 2
_COUNTED = {1: "It is", 2: "Both are", 3: "All three are", 4: "All four are"}


def on_my_list(shared: list[Shared], services: bool) -> list[str]:
    """The claim that goes with a list of shared skills."""
    skills, my = joined([s.said for s in shared]), "our" if services else "my"
    named = [f"{my.capitalize()} skills include {skills}."]
    verb = "is" if len(shared) == 1 else "are"
    named.append(f"{skills} {verb} on {my} skills list.")
    if any(len(s.label) <= _SHORT_NAME or s.text.lower() != s.label.lower() for s in shared):
        return named  # "Go" and "Node" are also words: better named than pointed at
    return [f"{_COUNTED[len(shared)]} on {my} skills list.", *named]
