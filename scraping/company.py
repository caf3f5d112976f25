"""A company's name told from a board's token or a host's label."""

import re
from collections.abc import Iterable

_COMMON_ENDINGS = re.compile(r"(?:[-_]?(?:careers?|jobs|hiring|recruiting|inc|llc|gmbh))+$", re.IGNORECASE)


def company_in(token: str, texts: Iterable[str]) -> tuple[str, bool]:
    """A company's name for a board that has only a token.

    Args:
        token: Such as "block-labs" or "SecondDinner".
        texts: What the board publishes; where it spells the token out ("Block Labs"), that spelling is used.

    Returns:
        The name and whether it is spelled so in the texts.
    """
    letters = [c for c in _COMMON_ENDINGS.sub("", token) or token if c.isalnum()]
    if len(letters) > 2:
        spelt = re.compile(
            r"(?<![\w.@/-])" + r"[ .&'’-]{0,2}".join(map(re.escape, letters)) + r"(?![\w@-]|\.\w)",
            re.IGNORECASE,
        )
        counts: dict[str, int] = {}
        for text in texts:
            for match in spelt.findall(text[:20_000]):
                if any(c.isupper() for c in match):
                    counts[match] = counts.get(match, 0) + 1
        if counts:
            return max(
                counts, key=lambda name: (counts[name], sum(c.isupper() for c in name) < len(letters))
            ), True
    return tidy_token(token), False


def tidy_token(token: str) -> str:
    """A token as a name: "block-labs" gives "Block Labs", "SecondDinner" gives "Second Dinner"."""
    spaced = re.sub(r"[-_.+]+", " ", token)
    words = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", spaced).split()
    return " ".join(word if any(c.isupper() for c in word) else word[:1].upper() + word[1:] for word in words)
