"""Text reduced to what matters for comparing words, without losing where each character stood."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"\w+|[^\w\s]")
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff™®©"))
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "’": "'", "‘": "'", "ʼ": "'", "ł": "l", "Ł": "l"})


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in lower case without accents; character `i` came from `starts[i]:ends[i]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold_word(text: str) -> str:
    """Compatibility forms, case and accents folded; hyphens and apostrophes in one form.

    >>> fold_word("Maîtrise de l’ＳＱＬ")
    "maitrise de l'sql"
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_UNSEEN).translate(_PLAIN))
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare.casefold()).translate(_PLAIN)


def fold(text: str) -> Folded:
    """Fold a text, keeping the offsets of the original."""
    if text.isascii():
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = fold_word(cluster.group())
        pieces.append(piece)
        starts.extend([cluster.start()] * len(piece))
        ends.extend([cluster.end()] * len(piece))
    return Folded("".join(pieces), starts, ends)


def cased(text: str) -> str:
    """A surface for comparing in exact case: one space for white space and hyphens, nothing unseen."""
    shown = unicodedata.normalize("NFKC", text).translate(_UNSEEN).translate(_PLAIN)
    return " ".join(shown.replace("-", " ").split())
