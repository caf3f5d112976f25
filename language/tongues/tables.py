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
