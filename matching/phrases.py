"""How lists are written in a reason."""

from collections.abc import Iterable


def join(words: Iterable[str], last: str = "and") -> str:
    """A list as a person writes it: "Go", "Go and Rust", "Go, Rust, and C"."""
    items = list(words)
    if len(items) < 3:
        return f" {last} ".join(items)
    return f"{', '.join(items[:-1])}, {last} {items[-1]}"
