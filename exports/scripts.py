"""Which way a text is read."""

import unicodedata

_LOOKED_AT = 20_000


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text belong to a script that is read from right to left."""
    classes = [unicodedata.bidirectional(character) for character in text[:_LOOKED_AT] if character.isalpha()]
    return sum(each in ("R", "AL") for each in classes) * 2 > len(classes)
