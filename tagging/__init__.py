"""Text to skills. In: posting lines, or any sentence; out: canonical labels with the words that name them.

`tag(lines)` reads what a posting asks for: required or optional, alternatives, years. `find_skills(text)`
gives plain occurrences and is what evidence and drafts are read with. `skill(name)` looks a name up.
`implied_skills(label)` gives the broader labels that a skill includes, for matching and never for claims.
"""

from tagging.dictionary import find_skills
from tagging.posting import tag
from tagging.taxonomy import categories, implied_skills, skill

__all__ = ["categories", "find_skills", "implied_skills", "skill", "tag"]
