"""Short texts that name a place or a way of working, told by a gazetteer and by their form."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from language.wording import any_of, entries

_LONGEST = 90
_LONGEST_LEADING = 20
_WAY = re.compile(rf"(?:{any_of('ways-of-working')})", re.IGNORECASE)
_PART = re.compile(
    r"\s*(?:[,;/|·•+()\[\]]|\s[–—-]\s|[–—]"
    r"|\b(?:and|und|et|y|e|or|oder|ou|of|nebo|en|lub|i|och|og|o|u)\b)\s*"
)
_POSTCODE = re.compile(
    r"^(?:[A-Z]{1,3}-)?\d{4,6}\s+(?=[^\W\d_])|^\d{3}\s?\d{2}\s+(?=[^\W\d_])|^\d{4}\s?[A-Z]{2}\s+(?=[A-Z])"
    r"|^〒?\d{3}-\d{4}\s*"
)
_KANJI = "[一-龥ぁ-んァ-ヶ々ー]"
_JAPANESE = re.compile(
    rf"{_KANJI}{{1,8}}(?:都|道|府|県|市|(?<!社)区|町|村)(?:{_KANJI}{{0,8}}(?:市|区|町|村))?"
)
_QUARTER = re.compile(r"^(?P<city>.+?)(?:[\s-]+\d{1,2}\.?|-[^\W\d_][\w-]+)$")
_STREET = re.compile(r"^[^\W\d_][^,]{2,40}\s\d{1,5}(?:/\d+)?[a-z]?,\s*(?P<town>[^\W\d_][^,\d]{1,40})$")
# A town and the code of its state or canton, or its county in Ireland.
_WITH_CODE = re.compile(
    r"(?:[A-ZÀ-Ž][\w'’.-]+ ){1,3}(?:VIC|NSW|QLD|TAS|ACT|ZH|LU|SZ|ZG|BS|BL|SH|SG|GR|TG|TI|VD|VS|JU)"
    r"|[A-Z][\w'’-]+(?:[ -][\w'’-]+){0,3}, Co\. [A-Z]\w+"
)
_words = str.split
# Codes of states and countries as they follow a city's name. "IT" is a department more often.
_CODES = frozenset(
    _words(
        "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM "
        "NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY AB BC MB NB NL NS ON PE QC SK NSW VIC QLD "
        "AT BE CH CZ DK EE ES FI FR GB GR HU IE JP LT LU LV MX NO NZ PL PT RO SE SG SI TR UK US USA UAE"
    )
)
_LEADING = re.compile(
    r"^(?:📍|🌍|🏢|🌐|in\s+(?=[A-ZÄÖÜ])|near\s+|raum\s+|großraum\s+|grossraum\s+|region\s+|okolí\s+)\s*",
    re.IGNORECASE,
)

# A house of the employer by its kind and name, which may be a village that no gazetteer holds.
_WORKPLACE = re.compile(
    r"(?:(?i:standort|haus|werk|filiale|niederlassung|betriebsst[äa]tte|klinik(?:um)?"
    r"|pracoviště|provozovna|závod|prevádzka|oddział|zakład|vestiging|locatie|site (?:de|d[’'])"
    r"|sede(?: di| de)?|centro de trabajo|loja de|magasin de))(?:\s+|(?<=['’]))"
    r"[A-ZÀ-Ž][\w’'-]+(?:[ -][\w’'-]+){0,2}"
)


def looks_like_place(text: str) -> bool:
    """Whether a short text names a place or a way of working, and hardly anything else."""
    text = text.strip(" .·•|,–—-")
    return 2 <= len(text) <= _LONGEST + _LONGEST_LEADING and _looks_like_place(text)


@lru_cache(maxsize=8192)
def _looks_like_place(text: str) -> bool:
    text = _LEADING.sub("", text)
    if not 2 <= len(text) <= _LONGEST or len(text.split()) > 12:
        return False
    if _WAY.search(text):
        return len(text.split()) <= 8
    if _JAPANESE.fullmatch(text):
        return True
    parts = [part for part in _PART.split(_POSTCODE.sub("", text)) if part]
    if not parts or len(parts) > 8:
        return False
    if _WITH_CODE.fullmatch(text):
        return True
    if (_POSTCODE.match(text) and len(parts) <= 3) or _STREET.match(text):
        return True
    known = [is_known_place(part) for part in parts]
    if len(parts) == 1:
        return known[0] or _WORKPLACE.fullmatch(text) is not None
    if parts[-1] in _CODES and parts[0][:1].isupper() and len(parts) <= 3:
        return len(parts[0].split()) <= 4
    return known[0] or (known[-1] and parts[0][:1].isupper() and len(parts[0].split()) <= 4)


def place_in(texts: Sequence[str]) -> str:
    """The place that one of a card's short texts names, without the street; empty where none does."""
    for text in texts:
        if looks_like_place(text):
            tidy = _LEADING.sub("", text.strip(" .·•|,–—-"))
            street = _STREET.match(tidy)
            return street["town"] if street is not None else tidy
    return ""


def is_known_place(name: str) -> bool:
    """Whether a name is in the gazetteer, a city's quarter included: "Praha 4", "Berlin-Mitte"."""
    folded = name.casefold()
    if folded in _gazetteer():
        return True
    quarter = _QUARTER.match(folded)
    return quarter is not None and quarter["city"] in _gazetteer()


@lru_cache(maxsize=1)
def _gazetteer() -> frozenset[str]:
    """Names as they are written, and without their accents: people type "Gdansk" and "Zurich"."""
    names = {name.casefold() for part in ("cities", "exonyms", "regions") for name in entries(part)}
    return frozenset(names | {_plain(name) for name in names if not name.isascii()})


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.replace("ł", "l").replace("ø", "o").replace("ß", "ss"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
