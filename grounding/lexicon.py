"""The closed lists of the gate, read from `lexicon/*.txt` and `paraphrases.tsv`. Nothing outside them is
known."""

from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@lru_cache(maxsize=32)
def words_of(name: str) -> frozenset[str]:
    """A closed list: `lexicon/<name>.txt`, words parted by white space, `#` opens a comment."""
    lines = (_FOLDER / "lexicon" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.split("#", 1)[0].split())


@lru_cache(maxsize=32)
def phrases_of(name: str) -> tuple[str, ...]:
    """A closed list of phrases: `lexicon/<name>.txt`, one a line, `#` opens a comment."""
    lines = (_FOLDER / "lexicon" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(phrase for line in lines if (phrase := line.split("#", 1)[0].strip()))


@lru_cache(maxsize=32)
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    """A closed table: `lexicon/<name>.tsv`, its heading apart; lines that open with `#` are remarks."""
    lines = (_FOLDER / "lexicon" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if line and not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in told[1:])


@lru_cache(maxsize=1)
def paraphrases() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What a draft may say to what the evidence says instead, both as tuples of folded words."""
    table: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in (_FOLDER / "paraphrases.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        draft, evidence = line.split("\t")
        key = tuple(draft.split())
        table[key] = (*table.get(key, ()), tuple(evidence.split()))
    return table


@lru_cache(maxsize=1)
def synonyms() -> dict[str, frozenset[str]]:
    """Verbs (base forms) that claim the same act, in the same direction and of the same rank."""
    table: dict[str, frozenset[str]] = {}
    for line in phrases_of("same-verbs"):
        group = frozenset(line.split())
        for verb in group:
            table[verb] = table.get(verb, frozenset()) | group
    return table
