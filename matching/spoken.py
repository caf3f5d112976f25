"""At what level a language is asked or held: by CEFR letters, words in several languages, or a test's score.

Levels are those of the CEFR: 1 for A1 to 6 for C2, 7 for a first language. Words stand for what their users
mean by them ("fließend" is C1); the scores are those that the testers themselves publish for each level.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from domain import SkillMention

FAR = 12  # words between a level and its language
NATIVE = 7
_CEFR = {letters: level for level, letters in enumerate(("A1", "A2", "B1", "B2", "C1", "C2"), start=1)}
_NAMES = ("", "A1", "A2", "B1", "B2", "C1", "C2", "native")
_LETTERS = re.compile(r"\b([ABC][12])(?![\w])\+?(?:\s*[-–/]\s*([ABC][12])\b)?")
_WORDS = (
    (
        NATIVE,
        r"native(?:[\s-]level)?|mother\s+tongue|first\s+language|bilingual|muttersprach\w*|zweisprachig"
        r"|langue\s+maternelle|maternelle?|bilingue|nativ[oa]|lengua\s+materna|língua\s+materna|bilingüe"
        r"|ojczyst\w+|madrelingua|moedertaal|modersmål|rodil\w+\s+mluvčí",
    ),
    (6, r"near[\s-]native|mastery|proficient\s+user|full\s+professional|annähernd\s+muttersprachlich"),
    (
        5,
        r"fluent(?:ly)?|fluency|excellent|advanced|very\s+good|verhandlungssicher\w*|flie(?:ß|ss)end\w*"
        r"|sehr\s+gut\w*|ausgezeichnet\w*|hervorragend\w*|courant|couramment|excellente?|avancée?|fluid[oa]"
        r"|avanzado|fluentes?|avançado|bieg[łl]\w+|zaawansowan\w+|bardzo\s+dobr\w+|fluente|ottim[oa]|vloeiend"
        r"|flytande|plynul\w+|outstanding|exceptional|impeccable|perfekt\w*|parfaite?|business[\s-]fluent"
        r"|c-niveau",
    ),
    (
        4,
        r"good|strong|proficien(?:t|cy)|professional(?:\s+working)?(?:\s+proficiency)?|upper[\s-]intermediate"
        r"|working\s+(?:knowledge|proficiency)|business|solid|gut\w*|sicher\w*|bonne?|professionnelle?|buen[oa]?"
        r"|alto|dobr\w+|komunikatywn\w+|buon[oa]|goed[e]?|independent\s+user|medio[\s-]alto|profissional",
    ),
    (
        3,
        r"intermediate|conversational|conversation|limited\s+working(?:\s+proficiency)?|intermédiaire|intermedi[oa]"
        r"|intermediári[oa]|średni\w*|mittel\w*|threshold",
    ),
    (
        2,
        r"basics?|elementary|beginner|grundkenntnisse|notions?|basic\s+knowledge|básic[oa]|podstawow\w+|débutant",
    ),
)
_JOINT = re.compile(r"[,;]|\b(?:and|und|et|y|e|i|sowie|oder|or|ou)\b")
_SAID = tuple((level, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for level, words in _WORDS)
# The least score of each level, and the level of the first, as ETS and IELTS publish them.
_TESTS = (
    (re.compile(r"\bTOEFL\D{0,20}?(\d{2,3})\b", re.IGNORECASE), (42, 72, 95, 114), 3),
    (re.compile(r"\bIELTS\D{0,20}?(\d(?:\.\d)?)\b", re.IGNORECASE), (4.0, 5.5, 7.0, 8.5), 3),
    (re.compile(r"\bTOEIC\D{0,20}?(\d{3})\b", re.IGNORECASE), (225, 550, 785, 945), 2),
)


@lru_cache(maxsize=4096)
def level_of(text: str) -> int | None:
    """The level that a few words about one language say; None where they say none.

    Of a range the higher end is meant by whoever holds it ("B1/B2"); a letter outweighs a word.
    """
    if letters := _LETTERS.search(text):
        return max(_CEFR[letter] for letter in letters.groups() if letter)
    for pattern, least, first in _TESTS:
        if score := pattern.search(text):
            place = bisect_right(least, float(score.group(1)))
            return first + place - 1 if place else None
    found = [(match.start(), level) for level, pattern in _SAID if (match := pattern.search(text))]
    # "very good" and "sehr gut" hold a weaker word; at one place the longer, higher one is meant.
    return max((level for _, level in found), default=None) if found else None


def levels(text: str, mentions: Sequence[SkillMention]) -> dict[str, int | None]:
    """The level of each language that a line names: of the words before it, else of those behind it.

    "Fluent in English and German" and "English and German (C1)" hold for both.
    """
    spans = sorted(mentions, key=lambda mention: mention.start)
    before: dict[str, int | None] = {}
    behind: dict[str, int | None] = {}
    reached = 0
    for at, mention in enumerate(spans):
        until = spans[at + 1].start if at + 1 < len(spans) else len(text)
        said = re.split(r"[.;:)\]]", text[reached : mention.start])[-1]
        after = _JOINT.split(text[mention.end : until])[0]
        before[mention.skill] = level_of(said) if len(said.split()) <= FAR else None
        behind[mention.skill] = level_of(after)
        reached = mention.end + (len(after) if behind[mention.skill] else 0)
    return _spread([mention.skill for mention in spans], before, behind)


def _spread(
    names: Sequence[str], before: dict[str, int | None], behind: dict[str, int | None]
) -> dict[str, int | None]:
    """Give a language without words of its own what its neighbours share with it."""
    found: dict[str, int | None] = {}
    shared: int | None = None
    for name_ in names:
        found[name_] = behind[name_] or before[name_] or shared
        shared = None if behind[name_] else before[name_] or shared
    shared = None
    for name_ in reversed(names):
        shared = behind[name_] or (None if before[name_] else shared)
        found[name_] = found[name_] or shared
    return found


def name(level: int) -> str:
    """A level as people write it: "C1", "native"."""
    return _NAMES[level]
