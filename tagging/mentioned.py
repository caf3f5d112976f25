"""A skill as it is named in a text. Thousands are kept, so each is as small as it can be."""

from domain import SkillMention

_SET = {"skill", "category", "text", "start", "end"}
"""Pydantic notes in each object which fields were given; sharing the note saves two thirds of its memory."""


def mention(skill: str, category: str, text: str, start: int, end: int) -> SkillMention:
    """What stands in a text from start to end, as a mention of a skill."""
    return SkillMention.model_construct(
        _SET, skill=skill, category=category, text=text[start:end], start=start, end=end
    )
