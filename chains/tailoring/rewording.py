"""The only ways a line may differ from its source: each a named change that a person can refuse.

puff        "Successfully migrated …"          → "Migrated …"
speaker     "I built …"                        → "Built …"
tense       "Managing a team of 5" (role over) → "Managed a team of 5"
their word  "k8s" where the page says          → "Kubernetes": one skill, by the taxonomy
shorter     a long line loses a last clause that says nothing ("ensuring quality")
"""

import re
from collections.abc import Callable, Mapping, Sequence

from domain import Change, SkillMention
from language import quantities, verbs
from language.closed import closed
from language.same_names import same_name

FindSkills = Callable[[str], Sequence[SkillMention]]

# Adverbs that add no fact where a line opens with them; those that `grounding/lexicon/droppable.txt` lets a
# draft leave out, and their like.
PUFF = closed(
    "successfully effectively efficiently actively proactively seamlessly passionately skillfully skilfully "
    "diligently enthusiastically tirelessly proudly expertly"
)
_DETERMINERS = closed("a an the all our my its their this these that new every both")
# Forms in -ing that open an aside and are no act: "Following the merger, …".
_NO_ACTS = closed(
    "including following using concerning regarding considering according depending starting beginning "
    "excluding involving"
)
LONG = 26
"""Words of a line that may lose an empty last clause."""
_FEWEST_LEFT = 8
# Kinds of skill that have a name which is spelled in several ways; a practice is worded by its sentence.
_NAMED = frozenset(
    ("cloud", "databases", "devops", "frameworks", "observability", "programming languages", "tools")
)
# "RESTful APIs" is a noun with a name before it, which the name alone cannot replace.
_COMMON = closed(
    "api apis app apps database databases framework frameworks language pipeline pipelines server"
)
_TAIL = re.compile(r",\s+(?:thereby\s+|thus\s+)?(?P<verb>[a-z]+ing)\s+(?P<rest>[^,;:.()]+)\.?$")


def spellings(mentions: Sequence[SkillMention]) -> dict[str, str]:
    """Each named skill of a page, and how the page writes it first."""
    found: dict[str, str] = {}
    for mention in mentions:
        if is_named(mention):
            found.setdefault(mention.skill, " ".join(mention.text.split()))
    return found


def is_named(mention: SkillMention) -> bool:
    """Whether a skill is a thing with a name, so that another spelling of it fits where one stands."""
    label = mention.skill.lower().split()
    added = [word for word in mention.text.lower().split() if word in _COMMON and word not in label]
    return mention.category in _NAMED and not added


def reworded(
    source: str, ended: bool, find_skills: FindSkills, theirs: Mapping[str, str]
) -> tuple[Change, ...]:
    """All changes that a line may have, in the order of its words; they never overlap.

    Args:
        source: The line as the evidence has it.
        ended: Whether the role that it belongs to is over.
        find_skills: Finds the skills named in a text.
        theirs: Skills that are to be spelled as the page spells them.
    """
    found = [*_opening(source)]
    begin = found[0].end if found else 0
    if ended:
        found += _tense(source, begin)
    tail = _tail(source, find_skills)
    end = tail[0].start if tail else len(source)
    found += [each for each in their_words(source, find_skills, theirs) if begin <= each.start < end]
    return (*found, *tail)


def _opening(source: str) -> list[Change]:
    """What stands before the first verb and says nothing: "I", "Successfully"."""
    found = re.match(r"(?:(?P<i>I)\s+)?(?:(?P<puff>[A-Za-z]+ly)\s+)?(?=(?P<verb>[A-Za-z]+)\b)", source)
    if not found or not (found["i"] or found["puff"]):
        return []
    if found["puff"] and found["puff"].lower() not in PUFF:
        return []
    verb = verbs.lookup(found["verb"])
    if verb is None or not verb.forms_of(found["verb"]) & {"past", "participle"}:
        return []
    if found["puff"]:
        return [Change(name="puff", reason="says nothing that the verb does not", end=found.end())]
    return [Change(name="speaker", reason="a résumé's line begins with its verb", end=found.end())]


def _tense(source: str, begin: int) -> list[Change]:
    """The first verb in the past, where the role is over; only right before a word that no noun precedes."""
    found = re.match(r"(?P<verb>[A-Z][a-z]+(?:ing|s))\s+(?P<next>[\w']+)", source[begin:])
    if not found or not (found["next"].lower() in _DETERMINERS or found["next"][0].isdigit()):
        return []
    verb = verbs.lookup(found["verb"])
    if verb is None or not verb.forms_of(found["verb"]) & {"ing", "third"} or "same" in verb.notes:
        return []
    if found["verb"].lower() in _NO_ACTS or _goes_on_with_act(source):
        return []
    past = verb.form("past", like=found["verb"])
    return [
        Change(
            name="tense",
            reason="the role is over",
            start=begin,
            end=begin + len(found["verb"]),
            new=past[:1].upper() + past[1:],
        )
    ]


def _goes_on_with_act(source: str) -> bool:
    """Whether a clause after the first one has a verb in the past: "Serving nine ports, cut the queues"."""
    for word in re.findall(r",\s+(?:and\s+)?(\w+)", source):
        verb = verbs.lookup(word)
        if verb is not None and not verb.forms_of(word).isdisjoint({"past", "participle"}):
            return True
    return False


def their_words(source: str, find_skills: FindSkills, theirs: Mapping[str, str]) -> list[Change]:
    """Names of skills, spelled as the page spells them."""
    found = []
    for mention in find_skills(source) if theirs else ():
        wanted = theirs.get(mention.skill)
        if wanted is None or not is_named(mention) or not _is_other_spelling(wanted, mention.text):
            continue
        found.append(
            Change(
                name="their word",
                reason=f"their word: {wanted} for {mention.text}",
                start=mention.start,
                end=mention.end,
                new=wanted,
            )
        )
    return found


def _is_other_spelling(wanted: str, written: str) -> bool:
    """Whether both are one name, which the page spells in another way: a relative of it is another thing."""
    return wanted.casefold() != written.casefold() and same_name(wanted, written)


def _tail(source: str, find_skills: FindSkills) -> list[Change]:
    """The last clause of a long line, where its verb is known to say nothing there and it holds no fact."""
    found = _TAIL.search(source)
    if not found or len(source.split()) <= LONG or len(source[: found.start()].split()) < _FEWEST_LEFT:
        return []
    verb, clause = verbs.lookup(found["verb"]), source[found.start() : found.end()]
    if verb is None or "puff" not in verb.notes or quantities.find(clause) or re.search(r"\d", clause):
        return []
    if find_skills(clause) or re.search(r"\b(?:team|not|no|never|without|help\w*|[A-Z]\w+)\b", clause):
        return []
    end = found.end()
    keeps_stop = source.endswith(".")
    return [
        Change(
            name="shorter",
            reason="the last clause adds no fact",
            start=found.start(),
            end=end - 1 if keeps_stop else end,
        )
    ]


def applied(source: str, changes: Sequence[Change]) -> str:
    """The source with the accepted changes made; a line that lost its first words begins with a capital."""
    made = sorted((c for c in changes if c.accepted and c.name != "order"), key=lambda c: c.start)
    parts, at = [], 0
    for change in made:
        parts += [source[at : change.start], change.new]
        at = change.end
    text = "".join([*parts, source[at:]])
    lost_first = bool(made) and made[0].start == 0 and not made[0].new
    return text[:1].upper() + text[1:] if lost_first else text
