"""Claims in free wording: each act of the claim is one act of the evidence, told with all that limits it.

    Designed a practical course on electronics together with a colleague
    Together with a colleague, I designed a practical electronics course.

An act keeps its verb (or one that is alike, or weaker), its object and every phrase that limits it: numbers
with their neighbours, "from … to …" in order, hedges, shared credit, negations. Only adornment may be left
out, tools, what the act was for, and what a comma parts from it. Nothing may be added but words that weaken
or join. Everything outside `lexicon/` must be the evidence's own word.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from domain import Evidence, Record
from grounding.acts import Act, acts_of
from grounding.atoms import Atom, atoms
from grounding.carried import lost_marker
from grounding.frames import may_say_i, may_say_we
from grounding.lasting import still_does
from grounding.lexicon import phrases_of, rows_of, words_of
from grounding.likeness import PEOPLE, TEAMS, alike_verbs, is_means, joined, match, names_tool, same_verb
from grounding.multiples import with_figures
from grounding.parts import Part, Phrase, key_of, phrases, tail, tail_at, units, verb_at
from grounding.registry import Case
from grounding.slots import without_frames
from grounding.statements import Statement, statements
from grounding.tellings import Told, tellings
from grounding.whereabouts import without_place
from language import nouns, verbs, words
from language.closed import closed
from language.verbs import Rank

_TOLD = closed("bullet project summary degree")
_LIGHT = closed("do conduct perform give hold provide run deliver make carry-out")


def retells(case: Case) -> bool:
    """Whether the cited evidence says all that the claim says, in other words of the closed tables."""
    if "retells" not in case.memo:
        case.memo["retells"] = _retells(case)
    return case.memo["retells"]


def _retells(case: Case) -> bool:
    items = [item for item in case.evidence if item.type in _TOLD]
    if not items or len(items) != len(case.evidence):
        return False
    read = [variant for item in items for variant in (*_variants(item, case.record), *_placeless(item, case))]
    sources = [source for item in read for source in statements(item, case.find_skills)]
    acts = [act for source in sources for act in acts_of(source)]
    if not _may_hold(case, items):
        return False
    bodies = [reworded(body) for body in without_frames(case)]
    lines = [item.text for item in items]
    for body in (*bodies, *(figured for each in bodies for figured in with_figures(each, lines))):
        parts = _plain(atoms(body, case.find_skills), items)
        for told in tellings(parts) if parts else ():
            if _holds(case, told, acts) or _of_a_project(case, told, sources):
                return True
    return False


_BEFORE = re.compile(r"^(?:Present|Current|Now)\s+(?=[A-Z])")
_ACRONYM = re.compile(r"((?:[A-Z][\w-]+\s+(?:(?:and|of|&|for)\s+)?){2,7})\(([A-Z]{2,7})\)")
_COUNTED = re.compile(r"\s+\((\d+\s+[a-z][\w -]*)\)")
_HELPED = re.compile(r"^(?:Helped|Assisted|Supported|Help|Assist|Support)\b.*?(?=\s+and\s+([a-z]+)\b)")


def _variants(item: Evidence, record: Record | None) -> Iterator[Evidence]:
    """The item as it stands, and read as people read it.

    "Present Built X" is a date that a page left there; "Securities and Exchange Commission (SEC)" is the SEC;
    "team (3 engineers)" is a team of three; who helped clients file taxes and keep books helped file taxes;
    what was built for something was built.
    """
    text = _BEFORE.sub("", item.text)
    yield item if text == item.text else item.model_copy(update={"text": text})
    others = {
        _ACRONYM.sub(lambda m: m[2] if _initials(m[1]) == m[2] else m[0], text),
        _COUNTED.sub(lambda m: m[0] if _weakens(m[1]) else f" of {m[1]}", text),
    }
    for shorter in (_TOPIC, _TWO_AIMS):
        found = shorter.match(text)
        if found and _may_be_cut(found, text):
            others.add(found[1])
    found = _FOR_SOMETHING.search(text)
    if found and not _weakens(found[1]) and not any(_names_people(word) for word in found[1].split()):
        others.add(text[: found.start()] + text[found.end() :])
    if own := record.organization if record is not None else "":
        others.add(re.sub(rf"(?<=\s){re.escape(own)}\s+(?=[a-z])", "", text))
    cut = _HELPED.match(text)
    if cut and (verb := verbs.lookup(cut[1])) and verb.base == cut[1] and "noun" not in verb.notes:
        others.add(cut.group())
    for other in others - {text}:
        yield item.model_copy(update={"text": other})


def _placeless(item: Evidence, case: Case) -> Iterator[Evidence]:
    """The item without where it was, for a claim that does not say "the" of what was done there."""
    act = without_place(item.text)
    if act and not set(case.text.lower().split()) & _DEFINITE:
        yield item.model_copy(update={"text": act})


_DEFINITE = closed("the this that these those our their its all every each")
_TOPIC = re.compile(r"^((?:Mentor|Train|Coach|Advis|Guid)\w*\s[^,;]+?)\s+(?:on|about)\s+[^,;]+$")
_FOR_SOMETHING = re.compile(
    r"\s+for\s+(?:an?\s+)?((?:[a-z][a-z-]*\s+){0,3}[a-z][a-z-]*)(?=\s+(?:using|with|in)\s+[A-Z]|,|\.?$)"
)
_TWO_AIMS = re.compile(r"^(.+?\sto\s+(?P<one>[a-z]+)\s[^,;]*?)\s+and\s+(?P<other>[a-z]+)\s[^,;]*$")


def _names_people(word: str) -> bool:
    single = words.stem(word)
    return single in TEAMS | PEOPLE or nouns.is_person(single) or word in words_of("droppable")


def _may_be_cut(found: re.Match[str], text: str) -> bool:
    """Whether what is cut off neither shares nor weakens; of two aims, that each is an aim."""
    rest = text[found.end(1) :].lower()
    if _weakens(rest) or any(re.search(rf"\b{re.escape(each)}\b", rest) for each in phrases_of("markers")):
        return False
    aims = [word for word in found.groupdict().values() if word]
    told = [verbs.lookup(word) for word in aims]
    return all(v is not None and v.base == w for v, w in zip(told, aims, strict=True))


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split() if word[0].isupper())


def _weakens(words: str) -> bool:
    return bool(set(words.lower().split()) & words_of("bracket-markers"))


@lru_cache(maxsize=1)
def _rewordings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row[0], re.IGNORECASE), row[1]) for row in rows_of("rewordings"))


def reworded(text: str) -> str:
    """The claim in the words of `rewordings.tsv`, where it uses others for the same."""
    for pattern, instead in _rewordings():
        text = pattern.sub(instead, text)
    return text


def _plain(parts: tuple[Atom, ...], items: Sequence[Evidence]) -> tuple[Atom, ...]:
    """The claim without the adverbs that only weaken it, where the evidence does not have them."""
    there = frozenset[str]().union(*(_keys_of(item.text) for item in items))
    return tuple(atom for atom in parts if atom.key not in words_of("weakening") or atom.key in there)


def _may_hold(case: Case, items: Sequence[Evidence]) -> bool:
    """A cheap look before: most words of the claim are words of the evidence."""
    said = _keys_of(case.text)
    there = frozenset[str]().union(*(_keys_of(item.text) for item in items))
    return 3 * len(said & there) >= len(said - words_of("joining"))


@lru_cache(maxsize=4096)
def _keys_of(text: str) -> frozenset[str]:
    return frozenset(key_of(atom.key) if atom.kind == "word" else atom.key for atom in atoms(text))


@dataclass(slots=True)
class _Found:
    """Which atoms of which statements a claim has used."""

    used: dict[int, tuple[Statement, set[int]]] = field(default_factory=dict)

    def add(self, source: Statement, indices: set[int]) -> None:
        bracketed = _bracketed(source)
        self.used.setdefault(id(source), (source, set()))[1].update(indices - bracketed)


def _bracketed(source: Statement) -> set[int]:
    """The atoms in brackets: no claim in free wording tells them."""
    inside, depth = set(), 0
    for p, atom in enumerate(source.atoms):
        depth += (atom.key == "(") - (atom.key == ")")
        if depth > 0:
            inside.add(p)
    return inside


def _holds(case: Case, told: Told, acts: Sequence[Act]) -> bool:
    found = _Found()
    last: Act | None = None
    done: set[int] = set()
    told_parts = told.parts
    if told.subject:
        last = _thing(case, told, acts, found)
        if last is None:
            return False
        return _keeps(found)
    for n, part in enumerate(told_parts):
        if part.kind == "means":
            if last is None or not any(_same_tail(part, each, found, last) for each in last.tails):
                return False
            continue
        if part.kind != "act":
            if last is None or not _follows(part, last, acts, found):
                return False
            continue
        last = _act(case, told, part, acts, done, found, is_first=n == 0)
        if last is None:
            return False
    return last is not None and _keeps(found)


def _act(
    case: Case, told: Told, part: Part, acts: Sequence[Act], done: set[int], found: _Found, *, is_first: bool
) -> Act | None:
    """The act of the evidence that a part of the claim tells."""
    front = told.front if is_first else ()
    later = [p for p in told.parts if p.kind in {"subject", "object"} and p.first >= part.after]
    for n, act in enumerate(acts):
        if n in done or not _may_speak(case, told, part, act):
            continue
        for one in (part, *_plainer(part)):
            for other in (act.part, *_plainer(act.part)):
                if not same_verb(one, other):
                    continue
                used = match(one, front, other)
                if used is None:
                    used = match(joined(one), front, joined(other))
                if used is None or not _keeps_tails(act, later, used):
                    continue
                done.add(n)
                found.add(act.source, used | set(range(act.part.first, act.part.first + 2)))
                return act
    return None


def _may_speak(case: Case, told: Told, part: Part, act: Act) -> bool:
    """Whether person, tense and aspect of the claim are open to this act."""
    if act.lead in {"passive", "third", ""}:
        return False
    if told.speaker == "i" and (act.source.subject not in {"elided", "i"} or not may_say_i(case)):
        return False
    if told.speaker == "we" and not (
        act.source.subject == "we" or (may_say_we(case) and act.source.subject == "elided")
    ):
        return False
    record = case.record
    is_now = (record is None or record.current or not record.end) and act.lead in {"base", "ing"}
    is_whole = act.source.item in case.evidence  # what a shorter reading leaves out may bound it
    is_now = is_now or (
        is_whole and still_does(part.verb, act.part, act.source, record, has_tails=bool(act.tails))
    )
    aux, forms = told.auxiliary, part.forms
    if act.lead == "ing" and not act.is_first and act.source.has_hedged_lead:
        return False
    if told.lasting:
        return act.lead == "past" or is_now
    if aux == "":
        return "past" in forms or ("base" in forms and is_now)
    if aux in {"have", "had"}:
        return "participle" in forms
    if aux in {"am", "are"}:
        return is_now
    if aux in {"have been"}:
        return is_now
    return (
        aux in {"was", "were"}
        and bool(forms & {"ing", "participle"})
        and (told.parts[0].forms != {"participle"})
    )


def _plainer(part: Part) -> Iterator[Part]:
    """ "conducted code reviews" as "reviewed code", "gave SQL training to 15 colleagues" as "trained …"."""
    base = part.verb.base
    if base not in _LIGHT or not part.phrases or part.phrases[0].prep or len(part.phrases[0].members) != 1:
        return
    member = part.phrases[0].members[0]
    verb = verbs.lookup(member[-1].key)
    if verb is None or verb.rank is Rank.LED:
        return
    rest = list(part.phrases[1:])
    modifiers = member[:-1]
    first, after = part.phrases[0].first, part.phrases[0].after
    if rest and rest[0].prep in {"to", "for"}:
        rest[0] = Phrase("", rest[0].members, rest[0].first, rest[0].after)
        if modifiers:
            rest.append(Phrase("in", (modifiers,), first, after))
    elif modifiers:
        rest.insert(0, Phrase("", (modifiers,), first, after))
    yield Part(verb, part.forms, tuple(rest), part.first, part.after)


def _same_tail(claim: Part, source: Part, found: _Found, act: Act) -> bool:
    if claim.kind != source.kind and not {claim.kind, source.kind} <= {"means", "subject"}:
        return False
    if not same_verb(claim, source):
        return False
    used = match(_unturned(claim), (), _unturned(source), ordered=False)
    if used is None:
        return False
    found.add(act.source, used | set(range(source.first, source.after)))
    return True


def _unturned(part: Part) -> Part:
    """ "used by 140 adjusters" and "that 140 adjusters use" alike: who does it, without its "by"."""
    if part.kind != "object":
        return part
    told = tuple(Phrase("", p.members, p.first, p.after) if p.prep == "by" else p for p in part.phrases)
    return Part(part.verb, part.forms, told, part.first, part.after, part.kind, part.restrictive)


def _follows(part: Part, last: Act, acts: Sequence[Act], found: _Found) -> bool:
    """Whether a tail of the claim is one of the act's own, or another act that tells its result."""
    if any(_same_tail(part, each, found, last) for each in last.tails):
        return True
    for act in acts:
        is_result = act.part.verb.rank is Rank.OUTCOME and act.source is last.source and act is not last
        if part.kind == "subject" and is_result and same_verb(part, act.part):
            used = match(part, (), act.part)
            if used is not None:
                found.add(act.source, used | {act.part.first})
                return True
    return False


def _keeps_tails(act: Act, told: Sequence[Part], used: set[int]) -> bool:
    """What no comma parts from an act limits it, and is told with it; not what limits a phrase left out."""
    for each in act.tails:
        is_of_another = bool(used) and each.first > max(used) + 1 and each.first == act.tails[0].first
        if each.kind == "means" or not each.restrictive or is_of_another:
            continue
        if not any(_same_tail(part, each, _Found(), act) for part in told):
            return False
    return True


def _thing(case: Case, told: Told, acts: Sequence[Act], found: _Found) -> Act | None:
    """The act that a sentence about a thing rests on."""
    for act in acts if may_say_i(case) else ():
        objects = [p for p in act.part.phrases if p.prep == ""]
        if act.lead in {"passive", "third", ""} or act.source.subject not in {"elided", "i"} or not objects:
            continue
        if act.part.verb.rank is Rank.CONTRIBUTED or act.source.has_hedged_lead:
            continue
        if told.parts[0].kind == "act" and not told.mine and told.speaker == "":
            used = _rose(told, act)
        elif told.mine and told.parts[0].verb.base in alike_verbs()["use"]:
            used = _is_made_with(told, act, objects[0])
        else:
            used = _is_mine(told, act, objects[0], found)
        if used is not None:
            found.add(act.source, used | {act.part.first})
            return act
    return None


def _rose(told: Told, act: Act) -> set[int] | None:
    """ "Subscribers rose from X to Y": the act raised them so."""
    part = told.parts[0]
    if (
        told.ordered
        or len(told.parts) != 1
        or (part.verb.base, act.part.verb.base) not in {(row[0], row[1]) for row in rows_of("middle-verbs")}
    ):
        return None
    thing = Phrase("", (told.subject,), 0, 0)
    return match(Part(part.verb, part.forms, (thing, *part.phrases), 0, 0), (), act.part)


def _is_made_with(told: Told, act: Act, thing: Phrase) -> set[int] | None:
    """ "My churn model uses Python": it was built with that."""
    part = told.parts[0]
    said, there = [u.key for u in told.subject], [u.key for u in thing.members[0]]
    is_it = len(thing.members) == 1 and bool(said) and there[: len(said)] == said
    tools = [p for p in act.part.phrases if p.prep == "with" and is_means(p)]
    if (
        not is_it
        or len(told.parts) != 1
        or len(part.phrases) != 1
        or not part.phrases[0].all_skills
        or not tools
    ):
        return None
    named = [member for phrase in tools for member in phrase.members]
    uses = all(any(names_tool(c, s, part.verb) for s in named) for c in part.phrases[0].members)
    return set(range(act.part.first, act.part.after)) if uses else None


def _is_mine(told: Told, act: Act, thing: Phrase, found: _Found) -> set[int] | None:
    """ "My pastry section serves 450 guests", "The quiz team I coached came third"."""
    own = told.parts[0] if told.speaker else None
    if own is not None and not same_verb(own, act.part):
        return None
    said = [unit.key for unit in told.subject]
    plain = [unit for unit in thing.members[0] if not {unit.key, unit.text.lower()} & words_of("ornaments")]
    there = [unit.key for unit in plain]
    if len(thing.members) != 1 or not said or any(unit.number for unit in told.subject):
        return None
    if said != there[: len(said)] and (told.ordered or Counter(said) != Counter(there)):
        return None
    rest = told.parts[1:] if own is not None else told.parts
    for part in rest:
        as_tail = Part(part.verb, part.forms, part.phrases, part.first, part.after, _kind(part))
        if not any(_same_tail(as_tail, each, found, act) for each in act.tails):
            return None
    return set(range(act.part.first, act.part.after)) if rest else None


def _of_a_project(case: Case, told: Told, sources: Sequence[Statement]) -> bool:
    """ "My website tramwatch shows delays": a project, what it is, and what its own lines say of it."""
    record = case.record
    if record is None or record.kind != "project" or not told.subject or told.speaker or told.ordered:
        return False
    title = atoms(record.title)
    name = {unit.key for unit in units(title, 0, len(title))}
    heads = [_head(source) for source in sources]
    said = {unit.key for unit in told.subject}
    if not said or not said <= name.union(*heads) or not said & name.union(*(head[-1:] for head in heads)):
        return False
    found = _Found()
    for part in told.parts:
        one = replace(part, kind=_kind(part))
        if not any(_is_of_it(one, source, found) for source in sources):
            return False
    return bool(found.used) and all(
        not lost_marker(source, frozenset(used)) for source, used in found.used.values()
    )


def _head(source: Statement) -> list[str]:
    """The noun that a line about a project opens with."""
    end = next((p for p in range(1, len(source.atoms)) if tail_at(source.atoms, p, 0)), len(source.atoms))
    first = phrases(source.atoms, source.begin, end)
    return (
        [unit.key for unit in first[0].members[0]] if first and first[0].members and not first[0].prep else []
    )


def _is_of_it(part: Part, source: Statement, found: _Found) -> bool:
    parts = source.atoms
    act = Act(source, part, "", is_first=True, tails=())
    if part.verb.base == "have" and not source.lead:
        end = next((p for p in range(1, len(parts)) if tail_at(parts, p, 0)), len(parts))
        told = phrases(parts, source.begin, end)
        for each in (told, *_one_by_one(told)):
            whole = Part(part.verb, part.forms, each, source.begin, end)
            used = match(part, (), whole, ordered=False)
            if used is not None:
                found.add(source, used)
                return True
    starts = [(p, opened) for p in range(source.begin + 1, len(parts)) if (opened := tail_at(parts, p, 0))]
    for n, (at, opened) in enumerate(starts):
        after = starts[n + 1][0] if n + 1 < len(starts) else len(parts)
        one = tail(parts, opened[0], at, opened[1], after)
        if one is not None and _same_tail(part, one, found, act):
            return True
    if source.lead == "third" and (verb := verb_at(parts, source.first_verb)):
        told = phrases(parts, source.first_verb + verb[1], len(parts), verb[0])
        does = Part(verb[0], verb[2], told, source.first_verb, len(parts), "subject")
        return _same_tail(part, does, found, act)
    return False


def _one_by_one(told: Sequence[Phrase]) -> Iterator[tuple[Phrase, ...]]:
    """ "1.3k GitHub stars, 14 contributors": each thing that a project has, with its number, by itself."""
    if len(told) == 1 and not told[0].prep and all(any(u.number for u in m) for m in told[0].members):
        for member in told[0].members:
            yield (replace(told[0], members=(member,)),)


def _kind(part: Part) -> Literal["subject", "object", "means"]:
    return "subject" if part.kind == "act" else part.kind


def _keeps(found: _Found) -> bool:
    """Whether nothing that shares, weakens or denies was left out of the sentences used."""
    return all(not lost_marker(source, frozenset(used)) for source, used in found.used.values())
