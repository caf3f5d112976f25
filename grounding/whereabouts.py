"""What was done, without for which team or where: what is true of a place is true.

    Inspected tunnels and retaining walls on the Pennine line
    I inspected tunnels and retaining walls.

Only for a line that is one act of making or doing, upon things without a number and without "the" or "all",
with one such phrase at its end. Being in charge, raising and lowering, helping and training everybody are of
their place, and so is whatever a second phrase, a comma or a hedge bounds.
"""

import re

from grounding.lexicon import words_of
from language import verbs
from language.closed import closed
from language.verbs import Rank

_END = re.compile(
    r"(?P<act>(?P<verb>[A-Z][a-z]+) (?P<thing>[A-Za-z][\w -]*?)) (?:in|on|at|for) the "
    r"(?P<which>(?:[\w-]+ ){1,3}?)"
    r"(?P<head>team|office|department|division|branch|site|campus|region|plant|factory|warehouse|line)\.?"
)
_BOUNDING = closed(
    """
    the all every each any both no none not only whole entire first last most many several some half part new
    single in on at for with by to from of under over during about as that which who between across through
    against per
    """
)
_IN_CHARGE = closed("coordinate train own represent cover serve handle have be keep hold join attend visit")


def without_place(text: str) -> str | None:
    """The line without its last phrase, or None where that bounds what it says."""
    found = _END.fullmatch(text.strip())
    verb = verbs.lookup(found["verb"].lower()) if found else None
    if found is None or verb is None or verb.rank is not Rank.BUILT or verb.base in _IN_CHARGE:
        return None
    if "past" not in verb.forms_of(found["verb"].lower()):
        return None
    thing, which = (set(found[each].lower().split()) for each in ("thing", "which"))
    if thing & _BOUNDING or re.search(r"\d", found["thing"]):
        return None
    hedges = words_of("bracket-markers") | _BOUNDING
    return None if (which | thing) & (hedges - {"and"}) else found["act"]
