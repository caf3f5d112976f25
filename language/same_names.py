"""Whether two spellings name one product: "k8s" and "Kubernetes", but not "Kafka" and "Kafka Streams"."""

import re
from functools import lru_cache
from pathlib import Path


def same_name(one: str, other: str) -> bool:
    """Whether they are one name but for case, spaces and marks, or stand in one line of `same-names.txt`."""
    first, second = _bare(one), _bare(other)
    return first == second or not _groups().get(first, frozenset()).isdisjoint(_groups().get(second, ()))


def _bare(name: str) -> str:
    """The letters, digits and the marks that tell C from C++ and C#."""
    return re.sub(r"[^\w+#]|_", "", name.casefold())


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    lines = Path(__file__).with_name("same-names.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(line for line in lines if line and not line.startswith("#")):
        for name in map(_bare, line.split(" | ")):
            found[name] = found.get(name, frozenset()) | {number}
    return found
