"""What somebody still does of what a line about their present work tells in the past.

    Led a team of eight technicians     (June 2019 - Present)
    I lead a team of eight technicians.

Only where a line tells nothing but being in charge of people or working with named tools, without an end, an
aim or a result: what was migrated, written or reduced is done, however current the role is.
"""

from domain import Record
from grounding.parts import PREPOSITIONS, Part, Phrase
from grounding.statements import Statement
from language import nouns
from language.closed import closed
from language.verbs import Verb

_OF_PEOPLE = closed("lead head manage oversee supervise coordinate")
_OF_TOOLS = closed("use utilize")
_PEOPLE = closed("team group department section staff crew")
_BOUND = closed(
    """
    until till before after during while when then later first previously formerly former initially interim
    acting temporary temporarily once ago last early since from through throughout over within handover
    successor replaced
    """
)


def still_does(said: Verb, part: Part, source: Statement, record: Record | None, *, has_tails: bool) -> bool:
    """Whether an act told in the past may be told in the present, with the verb `said`: its own."""
    is_own = said.base == part.verb.base or {said.base, part.verb.base} <= _OF_TOOLS
    if not is_own:
        return False
    if record is None or not record.current or record.kind != "role" or has_tails or source.lead != "past":
        return False
    if any(atom.key in _BOUND or atom.key[:4].isdigit() for atom in source.atoms):
        return False
    thing = part.phrases[0] if part.phrases else None
    if thing is None or thing.prep:
        return False
    if part.verb.base in _OF_PEOPLE:
        is_bounded = any(atom.key in PREPOSITIONS for atom in source.atoms[part.first : part.after])
        return len(part.phrases) == 1 and _is_people(thing) and not is_bounded
    aims = all(each.prep == "purpose" and not each.has_number for each in part.phrases[1:])
    return part.verb.base in _OF_TOOLS and thing.all_skills and aims and len(part.phrases) < 3


def _is_people(thing: Phrase) -> bool:
    keys = [unit.key for member in thing.members for unit in member]
    return len(thing.members) == 1 and any(key in _PEOPLE or nouns.is_person(key) for key in keys)
