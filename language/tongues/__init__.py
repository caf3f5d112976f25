"""German, French and Spanish: their verbs, the nouns made of them, and what tells one language from another.

The tables stand beside this file, one `<language>.tsv` a language. An `Act` is one row: every form that
a line of
a résumé may begin or end with, and how much it claims.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from domain import Language
from language import verbs
from language.verbs import Rank

_FOLDER = Path(__file__).parent
NAMES: dict[Language, str] = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
Form = Literal["base", "noun", "participle", "past", "present"]
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y"}
_OR = {"en": "or", "de": "oder", "fr": "ou", "es": "o"}
_WORD = re.compile(r"[^\W_]+(?:[.'’+#&/-][^\W_]+)*[+#]*")


@dataclass(frozen=True, slots=True)
class Act:
    """One verb. `nouns` are (article, noun), the article in German only; forms that a language lacks are
    empty.
    """

    base: str
    nouns: tuple[tuple[str, str], ...]
    participle: str
    past: str
    present: str
    rank: Rank
    notes: frozenset[str]

    @property
    def we_past(self) -> str:
        """The first person plural of the Spanish past: "desarrollamos", "mantuvimos"."""
        head, _, rest = self.past.partition(" ")
        first = self.base.split(" ")[0]
        plural = first[:-2] + "amos" if first.endswith("ar") and head.endswith("é") else head[:-1] + "imos"
        return f"{plural} {rest}".strip()


@lru_cache(maxsize=4)
def acts(language: Language) -> tuple[Act, ...]:
    """The verbs of a language; none for English, whose verbs are in `language.verbs`."""
    if language == "en":
        return ()
    found = []
    for row in _rows(f"{language}.tsv"):
        base, nouns, participle, past, present, rank, notes = (row.split("\t") + [""] * 6)[:7]
        found.append(
            Act(
                base=base,
                nouns=tuple(_noun(each) for each in nouns.split("|") if each),
                participle=participle,
                past=past,
                present=present,
                rank=Rank[rank.upper()],
                notes=frozenset(notes.split()),
            )
        )
    return tuple(found)


def _noun(written: str) -> tuple[str, str]:
    article, colon, noun = written.partition(":")
    return (article, noun) if colon else ("", written)


def _rows(name: str) -> list[str]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=32)
def by_form(language: Language, form: Form) -> dict[str, Act]:
    """The verbs of a language by one of their forms, in lower case; a noun by itself."""
    table: dict[str, Act] = {}
    for act in acts(language):
        spelt = [noun for _, noun in act.nouns] if form == "noun" else [getattr(act, form)]
        for each in filter(None, spelt):
            table.setdefault(each.lower(), act)
    return table


# --- German nouns ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a German noun phrase: its gender ("m", "f", "n"), or that it is a plural."""

    gender: str
    plural: bool


_FEMININE = ("ung", "ion", "tät", "keit", "heit", "schaft", "enz", "anz", "ik")
_PLURAL = ("ungen", "ionen", "täten", "keiten", "heiten", "schaften", "enzen", "anzen")


def german_head(word: str) -> Head | None:
    """Gender and number of a noun by its last part, or None where it is not known: "Kundenportal" is
    neuter.
    """
    low = word.strip('.,;:()"„“').lower()
    singular, plural = _german_nouns()
    for size in range(len(low), 2, -1):
        part = low[-size:]
        if part in singular and part in plural:
            return None
        if part in singular:
            return Head(singular[part], False)
        if part in plural:
            return Head(plural[part], True)
    if low.endswith(_PLURAL):
        return Head("f", True)
    if low.endswith(_FEMININE) and len(low) > 5:
        return Head("f", False)
    return None


@lru_cache(maxsize=1)
def _german_nouns() -> tuple[dict[str, str], dict[str, str]]:
    singular: dict[str, str] = {}
    plural: dict[str, str] = {}
    for row in _rows("de-nouns.txt"):
        gender, *nouns = row.split()
        for each in nouns:
            one, _, many = each.lower().partition("/")
            singular[one] = gender
            if many:
                plural[many] = gender
    return singular, plural


# --- which language ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    rows = (row.split("\t") for row in _rows("function-words.tsv"))
    return {language: frozenset(words.split()) for language, words in rows}


def words_in(text: str) -> list[str]:
    """The words of a text as written."""
    return _WORD.findall(text)


def everyday(language: Language) -> frozenset[str]:
    """Its words that say nothing by themselves."""
    return _function_words()[language]


_LETTERS = {"de": "äöüß", "fr": "çèêëîïûœà", "es": "ñíóú¿¡"}


@lru_cache(maxsize=4096)
def weights_of(text: str) -> dict[str, float]:
    """How much speaks for each of the four languages: everyday words, verbs of the tables, letters of
    its own.
    """
    said = [word.lower() for part in words_in(text) for word in re.split(r"['’/-]", part) if word]
    weights: dict[str, float] = dict.fromkeys(NAMES, 0.0)
    for language, everyday in _function_words().items():
        weights[language] += sum(1.0 for word in said if word in everyday)
    for word in said:
        for language in NAMES:
            weights[language] += 1.0 if _is_verb(language, word) else 0.0
    for language, letters in _LETTERS.items():
        weights[language] += 0.6 * sum(1 for word in said if any(letter in word for letter in letters))
    return weights


def _is_verb(language: Language, word: str) -> bool:
    if language == "en":
        return verbs.lookup(word) is not None
    return any(word in by_form(language, form) for form in ("noun", "participle", "past", "base"))


def language_of(text: str, otherwise: str = "") -> str:
    """The language a text is written in, of the four; `otherwise` where nothing tells."""
    weights = weights_of(text)
    ranked = sorted(weights, key=lambda language: -weights[language])
    best, second = weights[ranked[0]], weights[ranked[1]]
    return ranked[0] if best >= 1.0 and best - second >= 0.5 else otherwise


def tongue_of(text: str) -> Language:
    """The same, English where nothing tells."""
    found = language_of(text, "en")
    return next(language for language in NAMES if language == found)


# --- lists -------------------------------------------------------------------------------------------


def joined(items: list[str], language: Language, either: bool = False) -> str:
    """ "A", "A und B", "A, B und C" ("A and B", "A, B, and C" in English); "y" is "e" before an i in
    Spanish.
    """
    if len(items) < 2:
        return "".join(items)
    word = (_OR if either else _AND)[language]
    if language == "es":
        word = spanish_link(word, items[-1])
    comma = "," if language == "en" and len(items) > 2 else ""
    return f"{', '.join(items[:-1])}{comma} {word} {items[-1]}"


def spanish_link(word: str, following: str) -> str:
    """ "y" before an i is "e", "o" before an o is "u"."""
    low = following.lower()
    if word == "y" and re.match(r"h?i(?![ae])|h?í", low):
        return "e"
    return "u" if word == "o" and re.match(r"h?[oó]", low) else word
