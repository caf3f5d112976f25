"""Fixed tables of German, French and Spanish: months, and the names of languages."""

import re
from functools import lru_cache
from pathlib import Path

from domain import Language


def _in_order(names: str) -> tuple[str, ...]:
    return tuple(names.split())


MONTHS: dict[Language, tuple[str, ...]] = {
    "en": _in_order("January February March April May June July August September October November December"),
    "de": _in_order("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "fr": _in_order("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "es": _in_order(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
}


@lru_cache(maxsize=1)
def _languages() -> tuple[dict[Language, str], ...]:
    rows = (Path(__file__).parent / "languages.tsv").read_text(encoding="utf-8").splitlines()
    codes: tuple[Language, ...] = ("en", "de", "fr", "es")
    return tuple(dict(zip(codes, row.split("\t"), strict=True)) for row in rows if row and row[0] != "#")


def names_of_languages(text: str, language: Language) -> frozenset[str]:
    """What the language that a text begins with is called in another: "English (C1)" gives "englisch"."""
    first = re.split(r"[\s(,:–—-]", text.strip(), maxsplit=1)[0].lower()
    return frozenset(
        row[language].lower() for row in _languages() if first in {n.lower() for n in row.values()}
    )


@lru_cache(maxsize=1)
def _institutions() -> dict[str, dict[str, str]]:
    """The gender of kinds of employer, in lower case, by language."""
    table: dict[str, dict[str, str]] = {"de": {}, "fr": {}, "es": {}}
    for row in (Path(__file__).parent / "institutions.tsv").read_text(encoding="utf-8").splitlines():
        if row and row[0] != "#":
            language, gender, names = row.split("\t")
            table[language] |= dict.fromkeys(names.lower().split(), gender)
    return table


_AT = {
    "de": {"": "bei ", "m": "beim ", "n": "beim ", "f": "bei der "},
    "fr": {"": "chez ", "m": "au ", "f": "à la ", "l": "à l'"},
    "es": {"": "en ", "m": "en el ", "f": "en la "},
}


def at_place(name: str, language: Language) -> str:
    """Where somebody works: "bei Osier", "beim Klinikum Lindau", "bei der Stadt Trier"."""
    first = re.split(r"[\s,]", name.strip(), maxsplit=1)[0].lower()
    known = _institutions()[language]
    gender = known.get(first, "")
    if not gender and language == "de":
        parts = (first[-size:] for size in range(len(first) - 1, 4, -1))
        gender = next((known[part] for part in parts if part in known), "")
    return f"{_AT[language][gender]}{name}"


def places(name: str, language: Language) -> tuple[str, ...]:
    """Every way to say so, whatever the gender: what the gate takes for the name's own article."""
    return tuple(f"{lead}{name}" for lead in dict.fromkeys(_AT[language].values()))
