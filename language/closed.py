"""How the closed word lists of our grammars are written down."""


def closed(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())
