"""Whether a part of a claim says what a part of the evidence says: in its verb, and phrase by phrase.

What is left over on either side decides: nothing may be added but what weakens, and only adornment, tools and
aims may be left out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from grounding.lexicon import phrases_of, rows_of, words_of
from grounding.parts import Part, Phrase, Unit
from language import nouns, words
from language.closed import closed
from language.verbs import Rank, Verb

TEAMS = closed("team group crew")
PEOPLE = closed(
    "people person colleague coworker staff user customer client pupil student kid guest friend volunteer"
)
_NEEDS_TO = closed("enable allow ask help want train teach encourage require let need like plan hope try")
_PLACES = closed("take come finish rank place win reach achieve get earn")
_ALIKE_PREPOSITIONS = ({"with", "together"}, {"with", "including"})
_NO = closed("no not without")


@lru_cache(maxsize=1)
def alike_verbs() -> dict[str, frozenset[str]]:
    """Each verb of `alike-verbs.txt` with those that tell the same act."""
    table: dict[str, frozenset[str]] = {}
    for line in phrases_of("alike-verbs"):
        group = frozenset(line.replace("take-part", "take part").replace("try-out", "try out").split())
        for verb in group:
            table[verb] = table.get(verb, frozenset()) | group
    return table


@lru_cache(maxsize=1)
def _weaker() -> frozenset[tuple[str, str]]:
    return frozenset((row[0], row[1]) for row in rows_of("weaker-verbs"))


def same_verb(claim: Part, source: Part) -> bool:
    """Whether the verb of a claim says what the source's says, or less."""
    one, other = claim.verb, source.verb
    if one.base == other.base:
        return True
    if other.base in alike_verbs().get(one.base, ()):
        return True
    if (other.base, one.base) in _weaker():
        return True
    if _begins_with_ordinal(claim) and _begins_with_ordinal(source):
        return {one.base, other.base} <= _PLACES
    people, other_charge = phrases_of("alike-leading")
    lead, manage = people.split(), other_charge.split()
    if one.base in manage and other.base in manage:
        return True
    if other.base in lead and one.base in manage:
        return True
    of_people = any(_is_of_people(part) for part in (claim, source))
    return of_people and {one.base, other.base} <= {*lead, *manage}


def _begins_with_ordinal(part: Part) -> bool:
    return bool(part.phrases) and "ordinal" in part.phrases[0].members[0][0].key


def _is_of_people(part: Part) -> bool:
    if not part.phrases or part.phrases[0].prep:
        return False
    return any(
        unit.key in TEAMS | {"department", "section", "staff"} or nouns.is_person(unit.key)
        for unit in part.phrases[0].members[0]
    )


def match(claim: Part, front: Sequence[Phrase], source: Part, *, ordered: bool = True) -> set[int] | None:
    """The atoms of the source that the claim tells, or None where it tells more, less or otherwise."""
    used: set[int] = set()
    taken: set[int] = set()
    position = -1
    claim, source = _tools_apart(claim), _tools_apart(source)
    for q in (*claim.phrases, *front):
        moves = not ordered or q in front or q.prep in {"rate", "hint", "together", "year"} or q.all_skills
        for n, s in enumerate(source.phrases):
            is_tool = q.all_skills and s.prep == "with" and is_means(s)
            if (n in taken and not is_tool) or (not moves and n < position):
                continue
            if _same_phrase(q, s, claim.verb, is_last=n == len(source.phrases) - 1):
                taken.add(n)
                used.update(range(s.first, s.after))
                position = position if moves else n
                break
        else:
            if q.prep == "hint":
                return None
            return None
    left = [n for n in range(len(source.phrases)) if n not in taken]
    aims = [n for n, phrase in enumerate(source.phrases) if phrase.prep == "purpose"]
    # What stands behind what something was for belongs to that.
    may_go = all(
        _may_go(source.phrases[n], source) or (aims and n > aims[0] and not source.phrases[n].has_number)
        for n in left
    )
    return used if may_go else None


def joined(part: Part) -> Part:
    """ "operations in the department" as "operations of the department": a place without a name."""
    told: list[Phrase] = []
    for phrase in part.phrases:
        plain = phrase.prep in {"in", "for"} and len(phrase.members) == 1 and not phrase.has_number
        named = any(_is_name(unit) for member in phrase.members for unit in member)
        if plain and not named and told and not told[-1].prep and len(told[-1].members) == 1:
            whole = (*told[-1].members[0], *phrase.members[0])
            told[-1] = replace(told[-1], members=(whole,), after=phrase.after)
        else:
            told.append(phrase)
    return replace(part, phrases=tuple(told))


def _tools_apart(part: Part) -> Part:
    """ "a Power BI dashboard" as "a dashboard in Power BI": the names of tools before an object's noun."""
    thing = part.phrases[0] if part.phrases else None
    if thing is None or thing.prep or len(thing.members) != 1:
        return part
    member = thing.members[0]
    tools = tuple(unit for unit in member[:-1] if unit.skill and _is_name(unit))
    rest = tuple(unit for unit in member if unit not in tools)
    if not tools or not rest or member[-1].skill or _is_somebody(member[-1]):
        return part
    told = Phrase("tool", (tools,), thing.first, thing.after)
    return replace(part, phrases=(replace(thing, members=(rest,)), told, *part.phrases[1:]))


def _is_somebody(unit: Unit) -> bool:
    return nouns.is_person(words.stem(unit.key)) or unit.key in PEOPLE


def _may_go(phrase: Phrase, source: Part) -> bool:
    """What an act may be told without: its tools, and what it was for."""
    if phrase.all_skills and phrase.prep in {"with", "in"}:
        return True
    if not phrase.prep and all(u.key in words_of("empty-heads") for m in phrase.members for u in m):
        return True
    if phrase.prep == "including" or (phrase.prep == "with" and is_means(phrase)):
        return True
    has_object = bool(source.phrases) and source.phrases[0].prep == ""
    stands = source.verb.rank is not Rank.CONTRIBUTED and source.verb.base not in _NEEDS_TO
    return phrase.prep == "purpose" and has_object and stands


def names_tool(claim: tuple[Unit, ...], source: tuple[Unit, ...], verb: Verb) -> bool:
    """ "SQL" of "SQL stored procedures"."""
    named = all(unit.skill for unit in claim) and {u.key for u in claim} <= {u.key for u in source if u.skill}
    return named or _same_member(claim, source, verb)


def is_means(phrase: Phrase) -> bool:
    """Tools, or a budget: nobody's help, and no amount but that of money."""
    named = [unit for member in phrase.members for unit in member]
    if named and named[0].key == "budget":
        return True
    is_tool = any(unit.skill for unit in named)
    return is_tool and not any(unit.number or unit.key in TEAMS or _is_somebody(unit) for unit in named)


def _same_phrase(claim: Phrase, source: Phrase, verb: Verb, *, is_last: bool) -> bool:
    if claim.all_skills and source.all_skills and claim.prep and source.prep:
        if claim.prep != source.prep and not {claim.prep, source.prep} <= {"with", "in", "tool"}:
            return False
        return all(any(_same_member(c, s, verb) for s in source.members) for c in claim.members)
    if claim.prep != source.prep and {claim.prep, source.prep} not in _ALIKE_PREPOSITIONS:
        return False
    if source.prep == "including" or (source.prep == "with" and is_means(source)):
        return all(any(names_tool(c, s, verb) for s in source.members) for c in claim.members)
    if claim.all_skills and source.all_skills and is_last:
        return all(any(_same_member(c, s, verb) for s in source.members) for c in claim.members)
    if claim.prep == "purpose" and _is_some_aim(claim.members, source.members, verb):
        return True
    if len(claim.members) == len(source.members):
        return all(_same_member(c, s, verb) for c, s in zip(claim.members, source.members, strict=True))
    return is_last and _is_some_of(claim.members, source.members, verb)


def _is_some_aim(claim: Sequence[tuple[Unit, ...]], source: Sequence[tuple[Unit, ...]], verb: Verb) -> bool:
    """ "to extract, clean and aggregate data" is to aggregate data, and to clean and aggregate it."""
    if not 0 < len(claim) < len(source) or any(len(member) != 1 for member in source[:-1]):
        return False
    rest = iter(source[:-1])
    others = all(any(_same_member(c, s, verb) for s in rest) for c in claim[:-1])
    return others and _same_member(claim[-1], source[-1], verb)


def _is_some_of(claim: Sequence[tuple[Unit, ...]], source: Sequence[tuple[Unit, ...]], verb: Verb) -> bool:
    """Some members of a list whose members each stand for themselves: two words or more, no number."""
    if len(claim) > len(source) or any(len(m) < 2 or any(u.number for u in m) for m in source):
        return False
    rest = iter(source)
    return all(any(_same_member(c, s, verb) for s in rest) for c in claim)


def _same_member(claim: tuple[Unit, ...], source: tuple[Unit, ...], verb: Verb) -> bool:
    said = Counter(_meaning(unit.key) for unit in claim)
    there = Counter(_meaning(unit.key) for unit in source)
    for added in (said - there).elements():
        if added not in words_of("weakening"):
            return False
    for n, unit in enumerate(source):
        if said[_meaning(unit.key)] >= there[_meaning(unit.key)]:
            continue
        if {unit.text.lower(), unit.key} & words_of("ornaments") and not unit.number:
            continue
        if unit.key in words_of("empty-heads") and any(each.skill or _is_name(each) for each in source[:n]):
            continue
        if unit.key == "all" and n + 1 < len(source) and not any(each.number for each in source):
            continue
        if unit.key in TEAMS and n == 0 and verb.rank is Rank.LED and (len(source) > 2 or source[-1].plural):
            continue
        if unit.key == "develop" and n == 0 and len(source) > 1 and verb.rank <= Rank.WORKED:
            continue
        if unit.text.lower().endswith(("company's", "school's", "firm's", "company’s", "school’s")):
            continue
        return False
    return _neighbours_hold(claim, source)


@lru_cache(maxsize=8192)
def _meaning(key: str) -> str:
    """The first of the verbs that are alike: "migrate" and "move" are one, within a phrase too."""
    for line in phrases_of("alike-verbs"):
        if key in line.split():
            return line.split()[0]
    return key


def _is_name(unit: Unit) -> bool:
    return unit.text[:1].isupper()


def _neighbours_hold(claim: tuple[Unit, ...], source: tuple[Unit, ...]) -> bool:
    """ "12 footbridges" stays twelve of them, one service stays one, and a "no" stays before its noun."""
    if len(claim) > 1 and len(source) > 1:
        there = {_count(source, n) for n, unit in enumerate(source) if unit.number or unit.key in _NO}
        here = {_count(claim, n) for n, unit in enumerate(claim) if unit.number or unit.key in _NO}
        if not here <= there:
            return False
    many = {unit.key for n, unit in enumerate(source) if unit.plural or _describes(source, n)}
    one = {unit.key for unit in source if not unit.plural}
    for unit in claim:
        if unit.plural and unit.key not in many:
            return False
        if not unit.plural and unit.key not in one and unit is claim[-1]:
            return False
    return True


def _describes(members: tuple[Unit, ...], n: int) -> bool:
    """Whether a word stands right before the noun that it describes, and so has no plural of its own."""
    if n + 1 >= len(members):
        return False
    behind = members[n + 1]
    return behind.at == members[n].at + 1 and not behind.number and not behind.text.endswith(("ing", "ed"))


def _count(members: tuple[Unit, ...], n: int) -> tuple[str, str]:
    """A number or "no" with what it counts: the word behind it, or the one before where it ends a phrase."""
    counted = members[n + 1] if n + 1 < len(members) else members[n - 1]
    return members[n].key, counted.key
