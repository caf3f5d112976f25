"""Words, stems and sentences of a text, by rules alone."""

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from language import verbs

# A hyphen or slash parts words; a dot or apostrophe inside one, and the marks of C++ and C#, do not.
_WORD = re.compile(
    r"\.[A-Z][A-Za-z]+\b|[^\W_]+(?:[.'’_][^\W_]+)*(?:'s\b|’s\b)?(?:\+\+|#(?!\w))?|(?<!_)_+[^\W_]+", re.UNICODE
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W_a-z]|\s*$)|\n+")
_SHORT = (
    "e.g i.e etc inc ltd co corp dr mr mrs ms prof st vs no approx u.s u.k dept ca jr sr ph.d b.sc m.sc fig "
    "mio mrd bzw inkl"
)
_ABBREVIATIONS = frozenset(_SHORT.split())
_NO_PLURAL = (
    "its this his as is was has plus less across always analysis bus chaos thus various previous status "
    "process access business address class focus"
)
_NAMES = (
    "saas paas iaas kubernetes jenkins redis devops mlops finops gitops secops kops aws ecs eks aks tls "
    "https dns ios css sass rails postgres analytics windows macos nats jsp sms gps gis sas spss ansys sales "
    "numerics robotics mechanics electronics logistics statistics economics mathematics physics graphics"
)
_SAME = frozenset(_NO_PLURAL.split()) | frozenset(_NAMES.split())


class Token(NamedTuple):
    """A word as written, and where it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text: "CI/CD at C++-heavy Node.js shops" gives CI CD at C++ heavy Node.js shops."""
    return [Token(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def stem(token: str) -> str:
    """A word without its inflection: a verb's base form by the verb table, a noun's singular by rule."""
    word = token.lower().replace("’", "'").removesuffix("'s")
    verb = verbs.lookup(word)
    if verb is not None:
        return verb.base
    return _singular(word)


def _singular(word: str) -> str:
    if (
        len(word) < 4
        or word in _SAME
        or not word.endswith("s")
        or (word.endswith(("ss", "us", "is", "ous")) and word != "apis")
    ):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def sentences(text: str) -> list[str]:
    """The sentences of a text, stripped; a line break ends one too, an abbreviation's dot does not."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        before = re.search(r"[^\s]*$", text[begin : end.start()])
        last = before.group().lower().strip("(“\"'") if before else ""
        is_short = last in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", last) is not None
        if end.group().startswith(".") and is_short and last != "i" and end.end() < len(text.rstrip()):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    found.append(text[begin:].strip())
    return [sentence for sentence in found if sentence]


def runs(text: str, length: int = 5) -> frozenset[int]:
    """Every run of so many words as a number, the same for the same words in any process."""
    said = text.lower().split()
    found = (" ".join(said[i : i + length]) for i in range(len(said) - length + 1))
    return frozenset(crc32(run.encode()) for run in found)


def shared(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the shorter text's runs that the other has too, 0 to 1."""
    return len(one & other) / max(1, min(len(one), len(other)))
