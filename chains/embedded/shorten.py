"""Cutting a long statement where nothing that limits it is lost, and joining what a comma alone joins."""

import re

from chains.embedded.tidy import LEVELS, bare, count
from language import verbs
from language.closed import closed

_BOUNDARY = re.compile(
    r"(?:;\s|,\s+(?:including|such as|e\.g\.|from|with|while|where|and|plus|as well as|for|in|by|to|"
    r"on|across|using|via)\b"
    r"|\s[–—-]{1,2}\s|:\s|\s(?:including|such as|while|across|through|throughout|via|using|"
    r"leveraging|utilizing|by"
    r"|in order to|as well as|with|for|to|in|on|that|which|based on|during|under|within|from|and)\s)"
)
_NEVER_AFTER = closed(
    """
    a an the of for with in on at to from into by and or than less more up least most over under
    about as per between not no compared versus new key various multiple each every both complex
    high low large small real-time driving is are was were be our my their its his her that which
    using based within across via through including such if when while so very highly fully non
    """
)
_TOGETHER = re.compile(
    r"(?:compared|up|less|more|from|between|over|under|out|at least|at most|rather|prior|due|according|able)$"
)
_OPEN_IDIOM = re.compile(
    r"\b(?:with (?:an?|the) (?:[\w-]+ )?(?:eye|focus|emphasis|view|goal|aim|mind)|in order|as well|"
    r"from start|on behalf|in line|in close|in (?:close )?(?:collaboration|cooperation|coordination|"
    r"partnership|conjunction|accordance)|in (?:terms|addition|lieu)|as part|with (?:respect|regards?)|"
    r"along)$",
    re.IGNORECASE,
)
"""What waits for "to", "on", "of" or "with": a cut falls before it, never inside."""
_HOLDING = re.compile(r"\b(?:from|between)\b(?!.*\b(?:to|and)\b)", re.IGNORECASE)


def shortened(phrase: str, longest: int) -> str | None:
    """The phrase in at most `longest` words, cut at the last boundary that leaves a whole statement.

    None where there is no such boundary, or where the part cut off limits the claim ("not", "planned", a
    level).
    """
    if count(phrase) <= longest:
        return phrase
    best: str | None = None
    for match in _BOUNDARY.finditer(phrase):
        kept = phrase[: match.start()].rstrip(" ,;:–—-")
        if count(kept) > longest:
            break
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
    opening, last = bare(phrase.split(" ", 1)[0]), bare(parts[-1].split(" ", 1)[0])
    first_verb, last_verb = verbs.lookup(opening), verbs.lookup(last)
    if first_verb is None or last_verb is None or opening == last:
        return phrase
    if not first_verb.forms_of(opening) & last_verb.forms_of(last) & {"past", "base", "third"}:
        return phrase
    if "noun" in last_verb.notes and "past" not in last_verb.forms_of(last):
        return phrase
    return ", ".join(parts[:-1]) + (", and " if len(parts) > 2 else " and ") + parts[-1]


def joined_names(phrase: str, names: frozenset[str]) -> str:
    """ "using Tableau, Power BI" → "using Tableau and Power BI", where all items are skills."""
    match = re.search(r"(?P<items>[^,;:]+(?:, [^,;:]+)+)$", phrase)
    if match is None or re.search(r"\b(?:and|or)\b", match["items"].rsplit(", ", 1)[-1]):
        return phrase
    items = match["items"].split(", ")
    first = re.split(r"\b(?:using|with|in|of|for|like|on|and|including)\s", items[0])[-1]
    if not all(_known(item, names) for item in [first, *items[1:]]):
        return phrase
    listed = ", ".join(items[:-1]) + (", and " if len(items) > 2 else " and ") + items[-1]
    return phrase[: match.start()] + listed


def _known(item: str, names: frozenset[str]) -> bool:
    low = item.strip(" .").lower()
    return low in names or re.sub(r"[\s.]*js$", "", low) in names
