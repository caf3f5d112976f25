"""The skills that a profile's items name, found once a profile."""

from collections.abc import Iterator
from functools import lru_cache

import tagging
from domain import Evidence, Profile, SourceSpan


class _Same:
    """A profile as the key of a cache, by identity: to hash ten thousand items costs more than a match."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __hash__(self) -> int:
        return id(self.profile)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.profile is self.profile


def with_skills(profile: Profile) -> Profile:
    """The profile with each item's skills named by the taxonomy."""
    return _tagged(_Same(profile))


@lru_cache(maxsize=16)
def _tagged(key: _Same) -> Profile:
    items = key.profile.evidence
    if all(item.skills for item in items):
        return key.profile
    tagged = tuple(item if item.skills else _changed(item, skills_of(item.text)) for item in items)
    return key.profile.model_copy(update={"evidence": tagged})


def _changed(item: Evidence, skills: tuple[str, ...]) -> Evidence:
    return item.model_copy(update={"skills": skills}) if skills else item


def with_implied_skills(profile: Profile) -> Profile:
    """The profile as matching sees it: who shows Ubuntu shows Linux. No draft claims an implied skill."""
    return _widened(_Same(profile))


@lru_cache(maxsize=16)
def _widened(key: _Same) -> Profile:
    widened = tuple(
        _changed(item, tuple(dict.fromkeys([*item.skills, *_implied(item.skills)])))
        for item in key.profile.evidence
    )
    return key.profile.model_copy(update={"evidence": widened})


def _implied(skills: tuple[str, ...]) -> Iterator[str]:
    return (implied for skill in skills for implied in tagging.implied_skills(skill))


def with_all_skills(profile: Profile) -> Profile:
    """The profile with every skill that its words name, those of its headline and its titles included."""
    return _named_in_full(_Same(profile))


@lru_cache(maxsize=16)
def _named_in_full(key: _Same) -> Profile:
    profile = key.profile
    items = [_changed(x, tuple(dict.fromkeys((*x.skills, *skills_of(x.text))))) for x in profile.evidence]
    named = " . ".join([profile.headline, *(record.full_title for record in profile.records)])
    heads = Evidence(
        id="e0", type="summary", text=named, skills=skills_of(named), source=SourceSpan(document="")
    )
    return profile.model_copy(update={"evidence": (*items, heads)})


def skills_of(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.skill for mention in tagging.find_skills(text)))
