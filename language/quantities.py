"""Numbers as résumés write them: digits and words, magnitudes, units, currencies, ranges, comparators.

    "cut by about 40 %"           40.0  "%"       about
    "$2.4M"                       2400000.0 "USD"
    "from 40 to 6 minutes"        40.0 "minute", 6.0 "minute"      (a pair shares its unit)
    "5-12 engineers"              5.0 low, 12.0 high
    "10+ years", "over ten years" 10.0 "year" over

Calendar years ("2021", "since 2019") and numbers that are part of a name (S3, HTML5, p95, 24/7) are no
quantities.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from domain import Quantity

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
_WORDS = {word: value for value, word in enumerate(f"{_ONES} seventeen eighteen nineteen".split())}
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TENS_IN_ORDER.split(), 2)}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_MAGNITUDES = {"k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12} | _SCALES
_ORDINALS = {
    word: value
    for value, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
_CURRENCIES = {
    form: code
    for code, forms in {
        "USD": "$ us$ usd dollar dollars",
        "EUR": "€ eur euro euros",
        "GBP": "£ gbp pound pounds",
        "JPY": "¥ jpy yen",
        "INR": "₹ inr rupees",
        "CHF": "chf francs",
        "BRL": "r$ brl reais",
    }.items()
    for form in forms.split()
}
_UNITS = {
    form: unit
    for unit, forms in {
        "%": "% percent pct",
        "point": "points point pp ppt percentage_points percentage_point",
        "x": "x × times fold",
        "millisecond": "ms millisecond milliseconds msec",
        "second": "s sec secs second seconds",
        "minute": "min mins minute minutes",
        "hour": "h hr hrs hour hours",
        "day": "day days",
        "week": "week weeks wk wks",
        "month": "month months mo mos",
        "quarter": "quarter quarters",
        "year": "year years yr yrs",
        "KB": "kb",
        "MB": "mb mib",
        "GB": "gb gib",
        "TB": "tb tib",
        "PB": "pb",
        "km": "km",
        "kg": "kg",
        "kW": "kw",
        "MW": "mw",
        "GHz": "ghz",
        "MHz": "mhz",
        "Hz": "hz",
    }.items()
    for form in forms.split()
}
_COMPARATORS = {
    form: comparator
    for comparator, forms in {
        "about": "about|around|approximately|approx|approx.|roughly|circa|ca.|~|≈|some",
        "over": "over|more than|above|at least|>|≥|>=|upwards of|in excess of|exceeding|+|plus|or more",
        "up to": "up to|at most|no more than|as many as|as much as|≤|<=|maximum of",
        "under": "under|below|less than|fewer than|<|within",
        "nearly": "nearly|almost|close to",
    }.items()
    for form in forms.split("|")
}

_ALTERNATIVES = {
    "comparator": "|".join(
        re.escape(w) + (r"\s+" if w[-1].isalpha() or w.endswith(".") else r"\s*")
        for w in sorted(_COMPARATORS, key=len, reverse=True)
        if w not in {"+", "plus", "or more"}
    ),
    "currency": r"us\$|r\$|[$€£¥₹]|(?:usd|eur|gbp|inr|chf|brl)\b",
    "small": "|".join(sorted((*_WORDS, *_TENS), key=len, reverse=True)),
    "scale": "|".join(_SCALES),
    "unit": "|".join(
        re.escape(u).replace("_", r"\s")
        for u in sorted((*_UNITS, *_CURRENCIES), key=len, reverse=True)
        if u != "s"
    ),
}
_NUMBER = re.compile(
    r"""
    (?P<comparator>(?<!\w)(?:{comparator}))?
    (?P<currency>(?<![\w$])(?:{currency})\s?)?
    (?:
        (?<![\w.,/#])(?P<sign>(?<![\w\s])-)?(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)
        (?:(?P<ordinal>st|nd|rd|th)\b
          |(?P<magnitude>(?:mio|bn|mn|mm|[kmbt])(?![\w²/])|\s?(?:mio|{scale})\b)?
        )
      | \b(?P<words>
            (?:(?:an?|half\ a)\s+(?=(?:{scale})\b))?
            (?:(?:{small}|{scale})(?:[\s-]+(?:and\s+)?(?=(?:{small}|{scale})\b))?)+
        )\b
      | \b(?P<ordinal_word>{ordinals})\b
    )
    (?P<plus>\s?\+|\s+plus\b(?=\s+(?:years|users))|\s+or\s+more\b)?
    (?P<unit>[\s-]?(?:{unit})(?![\w²])|(?<=\d)s\b)?
    (?P<unit_plus>\+(?!\w))?
    """.format(ordinals="|".join(_ORDINALS), **_ALTERNATIVES),
    re.IGNORECASE | re.VERBOSE,
)
_JOINS_PAIR = re.compile(r"\s*(?:-|–|—|/|to|and|or|→|->|-->|=>|vs\.?|versus)\s*\Z", re.IGNORECASE)
_PAIR_START = re.compile(r"\b(?:from|between)\s*\Z", re.IGNORECASE)
_WINDOW = 40  # characters around a number that are looked at, so that a long text stays linear
_RANGE = re.compile(r"\s*[-–—]\s*\Z")


@dataclass(frozen=True, slots=True)
class _Found:
    quantity: Quantity
    magnitude: float
    has_magnitude: bool


def find(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order; offsets count its characters."""
    return _kept(text) if len(text) <= _KEPT else _find(text)


# A draft's checks ask for the numbers of the same lines again and again; whole pages are asked for once.
_KEPT = 600


@lru_cache(maxsize=4096)
def _kept(text: str) -> tuple[Quantity, ...]:
    return _find(text)


def _find(text: str) -> tuple[Quantity, ...]:
    found: list[_Found] = []
    for match in _NUMBER.finditer(text):
        one = _read(match, text)
        if one is not None:
            found.append(one)
    return tuple(each.quantity for each in _pair(found, text))


def _read(match: re.Match[str], text: str) -> _Found | None:
    if match["digits"] and _is_part_of_a_name(match, text):
        return None
    unit = _unit(match)
    start, end = match.start(), match.end()
    if match["ordinal_word"]:
        if not _is_ordinal(match, text):
            return None
        unit, value, scale = "ordinal", float(_ORDINALS[match["ordinal_word"].lower()]), 1.0
        end = match.end("ordinal_word")
    elif match["words"]:
        value, scale = _value_of_words(match["words"]), 1.0
    else:
        magnitude = (match["magnitude"] or "").strip().lower()
        scale = _MAGNITUDES.get(magnitude, 1.0)
        value = float(match["digits"].replace(",", "")) * scale
        if match["ordinal"]:
            unit = "ordinal"
        if _is_calendar_year(match, unit):
            return None
    plus = match["plus"] or match["unit_plus"]
    comparator = " ".join((match["comparator"] or "").lower().split())
    folded = "over" if plus else _COMPARATORS.get(comparator, "")
    if folded == "under" and comparator == "within" and unit in {"", "ordinal"}:
        folded, start = "", match.start() + len(match["comparator"])
    quantity = Quantity(
        value=round(value, 6),
        unit=unit,
        comparator=folded,
        text=text[start:end].strip(),
        start=start,
        end=end,
    )
    return _Found(quantity, scale, scale != 1.0)


def _unit(match: re.Match[str]) -> str:
    written = "_".join((match["unit"] or "").strip(" \t-").lower().split())
    currency = (match["currency"] or "").strip().lower()
    if currency:
        return _CURRENCIES[currency]
    return _UNITS.get(written, _CURRENCIES.get(written, ""))


def _is_part_of_a_name(match: re.Match[str], text: str) -> bool:
    """S3, 24/7, 3.11.2, 1:1, v2.0, and a number glued to letters that are no unit ("3D", "5G", "2FA")."""
    at = match.start("digits")
    before, after = text[max(0, at - _WINDOW) : at], text[match.end() : match.end() + _WINDOW]
    if re.match(r"[A-Za-z_]", after) and not match["unit"]:
        return True
    if re.match(r"\.\d|/\d+\b(?!\s?%)|:\d", after) and not match["unit"]:
        return True
    return bool(re.search(r"\d[/:]$|[A-Za-z]-$", before)) and not match["unit"]


def _is_calendar_year(match: re.Match[str], unit: str) -> bool:
    plain = re.fullmatch(r"(?:19|20)\d\d", match["digits"]) is not None
    return plain and not (unit or match["currency"] or match["magnitude"] or match["plus"])


def _is_ordinal(match: re.Match[str], text: str) -> bool:
    """ "the second team" but not "per second", "a second", "40 seconds"."""
    if match["ordinal_word"].lower() != "second":
        return True
    at = match.start("ordinal_word")
    before = text[max(0, at - _WINDOW) : at]
    return not re.search(r"(?:per|a|each|every|\d|/)\s*\Z", before, re.IGNORECASE)


def _value_of_words(words: str) -> float:
    total, current = 0.0, 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _SCALES:
            current = (current or 1.0) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif word == "half":
            current = 0.5
        else:
            current += _WORDS.get(word, _TENS.get(word, 0))
    return total + current


def _pair(found: list[_Found], text: str) -> list[_Found]:
    """Numbers of one pair share a unit and magnitude: "40 to 6 minutes", "$2-3M", "60-75%"."""
    for i in range(len(found) - 2, -1, -1):
        left, right = found[i], found[i + 1]
        begin = left.quantity.start
        between = text[left.quantity.end : right.quantity.start]
        if len(between) > _WINDOW or not _JOINS_PAIR.fullmatch(between):
            continue
        is_range = _RANGE.fullmatch(between) is not None
        joined_by_and = between.strip().lower() in {"and", "or"}
        starts_pair = _PAIR_START.search(text[max(0, begin - _WINDOW) : begin]) is not None
        if joined_by_and and not starts_pair:
            continue
        one, other = left.quantity, right.quantity
        unit = one.unit or other.unit
        value = one.value
        if is_range and right.has_magnitude and not left.has_magnitude and one.value < 1000:
            value *= right.magnitude
        shared = other.unit or (one.unit if one.unit in _CURRENCIES.values() else "")
        changes: dict[str, object] = {"unit": unit, "value": value}
        if is_range:
            changes["comparator"] = one.comparator or "low"
            other = other.model_copy(update={"comparator": other.comparator or "high"})
        found[i] = replace(left, quantity=one.model_copy(update=changes))
        found[i + 1] = replace(right, quantity=other.model_copy(update={"unit": shared}))
    return found
