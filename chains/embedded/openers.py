"""Sentences about the opening: which need of theirs the draft answers, in their words."""

from chains.embedded.materials import Materials, Shared
from chains.embedded.needs import Need
from chains.embedded.tidy import joined
from chains.embedded.wordings import filled, most_named


def opener(materials: Materials, need: Need) -> list[str]:
    """First sentences that name the role and this need."""
    words = materials.wording
    if need.kind != "task":
        return most_named(words.ask_for, {**materials.slots, "what": need.text})
    slots = {**materials.slots, "need": need.text}
    return [*most_named(words.hire_to, slots), *most_named(words.want_to, slots)]


def plain(materials: Materials) -> list[str]:
    """First sentences that only name the role, where no need can be said in the page's words."""
    return most_named(materials.wording.hire, materials.slots)


def listing(materials: Materials, labels: list[str]) -> list[str]:
    """First sentences that name the role and several of its skills."""
    return most_named(materials.wording.list_skills, {**materials.slots, "what": joined(labels)})


def second(materials: Materials, need: Need) -> list[str]:
    """A further need, after the role has been named."""
    words = materials.wording
    lines = {"task": words.also_need_to, "thing": words.also_ask_for, "skill": words.also_name}[need.kind]
    return filled(lines, {**materials.slots, "need": need.text, "what": need.text})


def also_listed(materials: Materials, shared: list[Shared]) -> list[str]:
    """Skills of the page, after the role has been named."""
    return filled(materials.wording.also_list, {**materials.slots, "what": joined([s.text for s in shared])})


_SHORT_NAME = 2
_COUNTED = {1: "It is", 2: "Both are", 3: "All three are", 4: "All four are"}


def on_my_list(shared: list[Shared], materials: Materials) -> list[str]:
    """The claim that goes with a list of shared skills."""
    skills, my = joined([s.said for s in shared]), materials.slots["my"]
    named = [f"{my.capitalize()} skills include {skills}."]
    verb = "is" if len(shared) == 1 else "are"
    named.append(f"{skills} {verb} on {my} skills list.")
    title = materials.brief.posting.title.lower()
    if any(
        len(s.label) <= _SHORT_NAME or s.text.lower() != s.label.lower() or s.text.lower() in title
        for s in shared
    ) or not all(materials.is_nameable(s.label) for s in shared):
        return named  # "Go" and "communication" are also words: better named than pointed at
    return [f"{_COUNTED[len(shared)]} on {my} skills list.", *named]
