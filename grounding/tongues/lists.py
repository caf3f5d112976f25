"""What the checks of German, French and Spanish share: their lists, and a text as pieces to compare."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from domain import Persona, SentenceKind
from grounding.lexicon import phrases_of, words_of
from grounding.registry import Case, Check, Fault, Registered

FIRST_PERSON = {
    "en": re.compile(r"\b(?:I|my|me|we|our|We|My|Our)\b"),
    "de": re.compile(r"\b(?:ich|mich|mir|mein\w*|wir|uns|unser\w*)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:je|moi|mon|ma|mes|nous|notre|nos)\b|\b[jm]['’]", re.IGNORECASE),
    "es": re.compile(r"\b(?:yo|me|mí|mi|mis|conmigo|nosotr[oa]s|nuestr[oa]s?)\b", re.IGNORECASE),
}
# German writes the polite "Ihr" like the "their" of a third party, so only what surely speaks to them
# counts there.
SECOND_PERSON = {
    "de": re.compile(r"\b(?:Sie|Ihnen|Ihre?[mnrs]?|du|dich|dir|dein\w*|euch|euer|eure\w*|ihr)\b"),
    "fr": re.compile(r"\b(?:vous|votre|vos|tu|toi|ton|ta|tes)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:usted(?:es)?|su|sus|tú|tu|tus|vuestr[oa]s?)\b", re.IGNORECASE),
}
NEGATION = {
    "de": re.compile(r"\b(?:nicht|kein\w*|ohne|nie|niemals|weder|außer|statt)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:pas|aucune?|sans|jamais|ni|sauf|ne)\b|\bn['’]", re.IGNORECASE),
    "es": re.compile(r"\b(?:no|ning[uú]n\w*|sin|nunca|ni|salvo|excepto)\b", re.IGNORECASE),
}
QUOTES = {"de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»")}
NUMBERS = {
    "de": "null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig "
    "dreißig hundert tausend million "
    "millionen milliarde dutzend doppelt dreifach erste zweite dritte",
    "fr": "zéro deux trois quatre cinq six sept huit neuf dix onze douze quinze "
    "vingt trente cent mille million "
    "millions milliard douzaine double triple deuxième troisième",
    "es": "cero dos tres cuatro cinco seis siete ocho nueve diez once doce quince "
    "veinte treinta cien mil millón "
    "millones docena doble triple segundo tercero",
}


def speaks_of_sender(text: str, language: str) -> bool:
    """Whether a sentence seems to be about its writer; Spanish leaves the "yo" out."""
    if FIRST_PERSON[language].search(text):
        return True
    return language == "es" and SECOND_PERSON["es"].search(text) is None


def words(case: Case, name: str) -> frozenset[str]:
    """A closed list of the draft's language: `lexicon/<language>/<name>.txt`."""
    return words_of(f"{case.brief.language}/{name}")


def phrases(case: Case, name: str) -> tuple[str, ...]:
    """A closed list of phrases of the draft's language."""
    return phrases_of(f"{case.brief.language}/{name}")


@lru_cache(maxsize=32)
def pattern(language: str, name: str) -> re.Pattern[str]:
    """A list of regular expressions, one or several parted by bars a line, as one."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases_of(f'{language}/{name}'))})(?!\w)", re.IGNORECASE)


def may_say_we(case: Case) -> bool:
    """A provider speaks as "we", a job seeker as "I"."""
    profile = case.brief.profile
    return profile.persona is Persona.SERVICE_PROVIDER and bool(profile.organization)


class Piece(NamedTuple):
    """A word, number or mark; `key` is what is compared."""

    key: str
    text: str
    start: int
    end: int
    is_word: bool


_PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.’'-][^\W_]+)*[+#]*|[^\W_]+|[^\w\s]")


@lru_cache(maxsize=8192)
def pieces(text: str) -> tuple[Piece, ...]:
    """A text in pieces; an elided word stands by itself ("l'équipe" is two)."""
    found = []
    for each in _PIECE.finditer(text):
        start = each.start()
        for part in re.split(r"(?<=['’])", each.group()):
            if part:
                key = part.lower().replace("’", "'").rstrip("'") or part
                found.append(Piece(key, part, start, start + len(part), part[0].isalnum()))
            start += len(part)
    return tuple(found)


def register(
    found: list[Registered], name: str, *kinds: SentenceKind, number: str = "", catches: str = ""
) -> Callable[[Check], Check]:
    """Add a check to a list, as `grounding.registry.check` does to the English ones."""

    def add(function: Check) -> Check:
        found.append(Registered(name, frozenset(kinds or SentenceKind), function, number, catches))
        return function

    return add


def refused(reason: str, fault: str = "", says: str = "") -> Fault:
    return Fault(reason, fault, says)
