"""Cutting a long statement where nothing that limits it is lost, and joining what a comma alone joins."""

import re
from functools import lru_cache

from chains.embedded.tidy import LEVELS, bare, count
from language import nouns, verbs
from language.closed import closed
from language.places import is_known_place
from language.wording import entries

_BOUNDARY = re.compile(
    r"(?:;\s|,\s+(?:including|such as|e\.g\.|from|with|while|where|and|plus|as well as|for|in|by|to|"
    r"on|across|using|via)\b"
    r"|\s[–—-]{1,2}\s|:\s|\s(?:including|such as|while|across|through|throughout|via|using|"
    r"leveraging|utilizing|by"
    r"|in order to|as well as|with|for|to|in|on|that|which|related to|relating to|based on|during|under|"
    r"within|from|and)\s)"
)
_NEVER_AFTER = closed(
    """
    a an the of for with in on at to from into by and or than less more up least most over under
    about as per between not no compared versus new key various multiple each every both complex
    high low large small real-time driving is are was were be our my their its his her that which
    using based within across via through including such if when while so very highly fully non
    me us them him because whether until
    """
)
_TOGETHER = re.compile(
    r"(?:compared|up|less|more|from|between|over|under|out|at least|at most|rather|prior|due|according|able)$"
)
_ARTICLES = closed("a an the my our their its")
_OPEN_IDIOM = re.compile(
    r"\b(?:with (?:an?|the) (?:[\w-]+ )?(?:eye|focus|emphasis|view|goal|aim|mind)|in order|as well|"
    r"from start|on behalf|in line|in close|in (?:close )?(?:collaboration|cooperation|coordination|"
    r"partnership|conjunction|accordance)|in (?:terms|addition|lieu)|as part|with (?:respect|regards?)|"
    r"along)$",
    re.IGNORECASE,
)
"""What waits for "to", "on", "of" or "with": a cut falls before it, never inside."""
_HOLDING = re.compile(r"\b(?:from|between)\b(?!.*\b(?:to|and)\b)", re.IGNORECASE)


_CLAUSE = re.compile(
    r"(?:;|,?\s(?:including|such as)\b|,\s(?:and\s)?(?!based )(?=[a-z]+(?:ed|ing)\s)|"
    r"\sand\s(?=[a-z]+ed\s)|\swhile\s)"
)


def shortened(phrase: str, longest: int, at_clauses: bool = False) -> str | None:
    """The phrase in at most `longest` words, cut at the last boundary that leaves a whole statement.

    None where there is no such boundary, or where the part cut off limits the claim ("not", "planned", a
    level).

    Args:
        phrase: The words.
        longest: How many may be left.
        at_clauses: Cut only where a clause or a list of examples begins, never before a preposition.
    """
    if count(phrase) <= longest:
        return phrase
    best: str | None = None
    for match in (_CLAUSE if at_clauses else _BOUNDARY).finditer(phrase):
        kept = phrase[: match.start()].rstrip(" ,;:–—-")
        if count(kept) > longest:
            break
        if at_clauses and re.search(r"\b(?:that|which|who)\b", kept) and match.group().startswith(" and"):
            continue
        if _stands(kept, phrase[match.start() :]):
            best = kept
    return best


def _stands(kept: str, dropped: str) -> bool:
    last = bare(kept.rsplit(" ", 1)[-1])
    if count(kept) < 4 or last in _NEVER_AFTER or _TOGETHER.search(kept) or LEVELS.search(dropped):
        return False
    if _OPEN_IDIOM.search(kept):
        return False
    if kept.count("(") != kept.count(")") or kept.count('"') % 2 or _HOLDING.search(kept[-40:]):
        return False
    if re.match(r"\s*(?:to|and|or|by|in|of|with)\s+[~$€£]?\d", dropped) or (
        re.match(r"\s+to\s", dropped) and last.isdigit()
    ):
        return False
    if _in_a_list(kept, dropped):
        return False
    verb = verbs.lookup(last)
    return (
        verb is None
        or "noun" in verb.notes
        or last in verb.forms_of(last)
        or last not in (verb.base, verb.past)
    )


def _in_a_list(kept: str, dropped: str) -> bool:
    """Whether the cut would fall inside "A, B, and C" or "A and B"."""
    if re.match(r",?\s+(?:and|or|plus|as well as)\b", dropped):
        after = re.sub(r"^,?\s+(?:and|or|plus|as well as)\s+", "", dropped).split(" ", 1)[0]
        verb = verbs.lookup(bare(after))
        joins_verb = (
            verb is not None and bare(after) in (verb.past, verb.base, verb.ing) and "noun" not in verb.notes
        )
        return not joins_verb or "," in kept
    return bool(re.search(r",\s+\S+(?:\s\S+){0,2}$", kept)) and bool(re.match(r"\s(?:and|or)\b|,", dropped))


def joined_clauses(phrase: str) -> str:
    """ "led X, built Y" → "led X and built Y": the last comma before a like verb becomes "and"."""
    parts = phrase.split(", ")
    if len(parts) < 2 or re.search(r"\band\b", parts[-1].split(" ", 1)[0]):
        return phrase
    words = parts[-1].split(" ")
    if _is_passive(words):
        return phrase
    if _has_a_further_act(words, bare(phrase.split(" ", 1)[0])):
        return phrase
    opening, last = bare(phrase.split(" ", 1)[0]), bare(parts[-1].split(" ", 1)[0])
    first_verb, last_verb = verbs.lookup(opening), verbs.lookup(last)
    if first_verb is None or last_verb is None or opening == last:
        return phrase
    if not first_verb.forms_of(opening) & last_verb.forms_of(last) & {"past", "base", "third"}:
        return phrase
    if "noun" in last_verb.notes and "past" not in last_verb.forms_of(last):
        return phrase
    return ", ".join(parts[:-1]) + (", and " if len(parts) > 2 else " and ") + parts[-1]


def _is_passive(words: list[str]) -> bool:
    """ ", adopted by five teams" tells of a thing, not of a further act."""
    verb = verbs.lookup(bare(words[0]))
    if verb is None or len(words) < 2 or "participle" not in verb.forms_of(bare(words[0])):
        return False
    follows = bare(words[1])
    return follows == "by" or (follows in {"as", "in", "on", "to", "for"} and "prep" not in verb.notes)


def _has_a_further_act(words: list[str], opening: str) -> bool:
    """Whether the last member of "A, B and C" holds the "and" already: "picked, packed and shipped"."""
    first = verbs.lookup(opening)
    for j, word in enumerate(words[:-1]):
        verb = verbs.lookup(bare(words[j + 1]))
        if word != "and" or verb is None or first is None:
            continue
        if first.forms_of(opening) & verb.forms_of(bare(words[j + 1])) & {"past", "base", "third"}:
            after = bare(words[j + 2]) if j + 2 < len(words) else ""
            is_act = (
                "past" in verb.forms_of(bare(words[j + 1])) or nouns.is_plural(after) or after in _ARTICLES
            )
            return "noun" not in verb.notes or is_act
    return False


def joined_names(phrase: str, names: frozenset[str]) -> str:
    """ "using Tableau, Power BI" → "using Tableau and Power BI"; so with any list of three short things.

    Two things are joined only where both are names: "in Rome, Italy" and "a chef, then a baker" are no lists.
    """
    parts = re.split(r", ", phrase)
    if len(parts) < 2 or re.search(r"\b(?:and|or|etc)\b", parts[-1]):
        return phrase
    size = _length_of_list(parts, names)
    if size < 2:
        return phrase
    return ", ".join(parts[:-1]) + (", and " if size > 2 else " and ") + parts[-1]


def _length_of_list(parts: list[str], names: frozenset[str]) -> int:
    """How many of the last parts between commas are members of one list that lacks its "and"."""
    size = 1
    while (
        size < len(parts) - 1
        and not re.search(r"\b(?:and|or)\b|[;:(]", parts[-size - 1])
        and (_is_short_thing(parts[-size - 1]))
    ):
        size += 1
    first = re.split(
        r"\b(?:using|with|in|of|for|to|by|like|on|and|including|at|from)\s|[:(]\s?", parts[-size - 1]
    )[-1]
    listed = [first, *parts[-size:]]
    if all(_known(item, names) for item in listed):
        return size + 1
    if all(_is_title(item) for item in listed):
        return 0 if _is_place(parts[-size - 1], listed) else size + 1
    if len(listed) == 2 and re.search(r"\b(?:with|using|including|between)\s[^,]*$", parts[-2]):
        return 2 if _is_short_thing(listed[1]) and " " not in listed[1] else 0
    return size + 1 if size > 1 and all(_is_short_thing(item) for item in parts[-size:]) else 0


def _known(item: str, names: frozenset[str]) -> bool:
    low = item.strip(" .").lower()
    return low in names or re.sub(r"[\s.]*js$", "", low) in names


def _is_title(item: str) -> bool:
    """Whether every word is written as a name: Google Maps, ARIMA, dbt is not."""
    words = item.split()
    return 1 <= len(words) <= 3 and all(word[:1].isupper() for word in words)


def _is_place(before: str, items: list[str]) -> bool:
    """ "in Querétaro, Mexico" names one place."""
    is_placed = re.search(r"\b(?:in|at|from|near|to)\s[^,]*$", before) is not None
    if not (len(items) == 2 and is_placed):
        return False
    countries = {items[0], items[1]} <= _countries()
    return not countries and (
        is_known_place(items[1]) or is_known_place(items[0]) or items[1] in _countries()
    )


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(entries("countries"))


def _is_short_thing(item: str) -> bool:
    """Whether an item of a list is a short noun phrase, no clause: "cost reporting", "contracts"."""
    words = item.split()
    if not 1 <= len(words) <= 3 or words[0][:1].isdigit():
        return False
    verb = verbs.lookup(bare(words[0]))
    acts = verb is not None and bare(words[0]) in (verb.past, verb.third) and len(words) > 1
    return not acts and not any(
        bare(word) in _NEVER_AFTER | {"used", "based", "led", "worth"} for word in words
    )
