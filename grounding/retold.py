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
from grounding.atoms import Atom, atoms
from grounding.carried import lost_marker
from grounding.frames import may_say_i, may_say_we
from grounding.lasting import still_does
from grounding.lexicon import phrases_of, rows_of, words_of
from grounding.multiples import with_figures
from grounding.parts import (
    PREPOSITIONS,
    Kind,
    Part,
    Phrase,
    Unit,
    key_of,
    phrases,
    tail,
    tail_at,
    units,
    verb_at,
    verb_of_tail,
)
from grounding.registry import Case
from grounding.slots import without_frames
from grounding.statements import Statement, statements
from grounding.whereabouts import without_place
from language import nouns, verbs, words
from language.closed import closed
from language.verbs import Form, Rank, Verb

_TOLD = closed("bullet project summary degree")
_AUX = closed("have has had am is are was were been be")
_SKIPPED = closed("currently now also then so thereby thus already still since even just")
_DENIALS = closed("not never hardly barely n't didn't don't haven't wasn't cannot")
_TEAMS = closed("team group crew")
_PEOPLE = closed(
    "people person colleague coworker staff user customer client pupil student kid guest friend volunteer"
)
_NEEDS_TO = closed("enable allow ask help want train teach encourage require let need like plan hope try")
_PLACES = closed("take come finish rank place win reach achieve get earn")
_TOGETHER = closed("work collaborate cooperate partner pair team")
_ALIKE_PREPOSITIONS = ({"with", "together"}, {"with", "including"})
_NO = closed("no not without")
_LIGHT = closed("do conduct perform give hold provide run deliver make carry-out")


# --- the evidence ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a statement with the tails that follow it."""

    source: Statement
    part: Part
    lead: str
    is_first: bool
    tails: tuple[Part, ...]


@lru_cache(maxsize=2048)
def _acts(source: Statement) -> tuple[Act, ...]:
    """The acts of one statement. Where nobody is said to act there are none."""
    parts = source.atoms
    starts: list[tuple[int, str, object]] = []
    open_until = source.begin
    for p in range(source.begin, len(parts)):
        if parts[p].key in {";", "–", "."}:
            starts.append((p, "stop", None))
        elif lead := source.acts_at(p):
            starts.append((p, "act", lead))
        elif p >= open_until and (
            opened := tail_at(parts, p, source.begin) or _tail_goes_on(parts, p, starts)
        ):
            starts.append((p, "tail", opened))
            open_until = verb_of_tail(parts, opened)
    found: list[Act] = []
    if not starts:
        return ()
    for (at, kind, what), after in zip(starts, [*(s[0] for s in starts[1:]), len(parts)], strict=True):
        if kind == "act" and (verb := verb_at(parts, at)) is not None:
            told = phrases(parts, at + verb[1], after, verb[0])
            part = Part(verb[0], verb[2], told, at, after)
            found.append(Act(source, part, str(what), at == source.first_verb, ()))
        elif kind == "tail" and found and isinstance(what, tuple):
            one = tail(parts, what[0], at, what[1], after)
            if one is None:
                return ()
            last = found[-1]
            found[-1] = Act(last.source, last.part, last.lead, last.is_first, (*last.tails, one))
        if len(found) > 1 and found[-1].lead == "ing" and found[-1].part.verb.base in _alike()["use"]:
            tools, before = found.pop().part, found.pop()
            told = tuple(Phrase(p.prep or "with", p.members, p.first, p.after) for p in tools.phrases)
            part = replace(before.part, phrases=(*before.part.phrases, *told), after=tools.after)
            found.append(replace(before, part=part))
    plain = tuple(_with_tools(act) for act in _shared(found))
    return (*plain, *(other for act in plain for other in _with_others(act)))


def _tail_goes_on(
    parts: Sequence[Atom], at: int, starts: Sequence[tuple[int, str, object]]
) -> tuple[Kind, int] | None:
    """ "… that cut time by 40% and improved efficiency": what goes on is a tail of its own."""
    if (
        parts[at].key != "and"
        or not starts
        or starts[-1][1] != "tail"
        or not isinstance(starts[-1][2], tuple)
    ):
        return None
    kind, begin = starts[-1][2]
    first, found = verb_at(parts, verb_of_tail(parts, (kind, begin)) - 1), verb_at(parts, at + 1)
    goes_on = (
        kind == "subject" and first is not None and found is not None and bool(first[2] & found[2] & _FINITE)
    )
    return (kind, at + 1) if goes_on else None


_FINITE: frozenset[Form] = frozenset(["past", "third", "ing"])


def _with_others(act: Act) -> Iterator[Act]:
    """ "Worked with two engineers to move reports": moved reports, with two engineers."""
    part = act.part
    if part.verb.base not in _TOGETHER or not part.phrases or part.phrases[0].prep != "with":
        return
    at = next((n for n, p in enumerate(part.phrases) if p.prep == "purpose"), None)
    if at is None or not part.phrases[at].members:
        return
    doing = part.phrases[at].members[0]
    verb = verbs.lookup(doing[0].key)
    if verb is None or len(doing) < 2:
        return
    purpose = part.phrases[at]
    thing = Phrase("", (doing[1:], *purpose.members[1:]), purpose.first, purpose.after)
    others = tuple(Phrase("together", p.members, p.first, p.after) for p in part.phrases[:at])
    told = (thing, *part.phrases[at + 1 :], *others)
    yield replace(act, part=replace(part, verb=verb, phrases=told))


def _with_tools(act: Act) -> Act:
    """ "APIs serving 50K requests using Python": the tools are those of the act."""
    tools = tuple(p for each in act.tails for p in each.phrases if p.prep == "with" and p.all_skills)
    if not tools:
        return act
    tails = tuple(replace(each, phrases=_without(each.phrases, tools)) for each in act.tails)
    return replace(act, part=replace(act.part, phrases=(*act.part.phrases, *tools)), tails=tails)


def _without(phrases: Sequence[Phrase], others: Sequence[Phrase]) -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in phrases if phrase not in others)


def _shared(acts: Sequence[Act]) -> Iterator[Act]:
    """ "Developed and maintained the API" does both to it; "hired and fired 3" may be three in all."""
    for act, following in zip(acts, [*acts[1:], None], strict=False):
        if act.part.phrases or act.tails or following is None:
            yield act
        elif not any(p.has_number for p in following.part.phrases if not p.prep):
            part = act.part
            told = Part(part.verb, part.forms, following.part.phrases, part.first, following.part.after)
            yield Act(act.source, told, act.lead, act.is_first, following.tails)


# --- the claim ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Told:
    """A claim taken apart. `subject` are the units of a noun that opens it in place of the speaker, and with
    `ordered` they stand for the evidence's only in its own order."""

    speaker: str
    auxiliary: str
    front: tuple[Phrase, ...] = ()
    subject: tuple[Unit, ...] = ()
    mine: bool = False
    ordered: bool = False
    parts: list[Part] = field(default_factory=list)
    lasting: bool = False


def _tellings(parts: tuple[Atom, ...]) -> Iterator[_Told]:
    """Every way to read the atoms of a claim; none for what is denied, in brackets or linked."""
    if any(atom.key in _DENIALS or atom.key in {"(", "–", ";", ":"} or atom.kind == "link" for atom in parts):
        return
    at = next((i for i, atom in enumerate(parts) if atom.key in {"i", "we"}), None)
    if at is None:
        yield from _of_a_thing(parts)
    elif at == 0 or _is_adjunct(parts):
        yield from _of_the_speaker(parts, at)
    else:
        yield from _of_a_thing_of_mine(parts, at)


def _is_adjunct(parts: Sequence[Atom]) -> bool:
    first = parts[0].key
    return first in PREPOSITIONS or first in {"together", "every", "each"}


def _of_the_speaker(parts: tuple[Atom, ...], at: int) -> Iterator[_Told]:
    front = phrases(parts, 0, at)
    p, aux = at + 1, []
    while p < len(parts) and (parts[p].key in _AUX | _SKIPPED or parts[p].key in words_of("weakening")):
        if parts[p].key in _AUX:
            aux.append(parts[p].key)
        p += 1
    told = _Told(parts[at].key, " ".join(aux), front)
    if aux and (named := _agent(parts, p)):
        verb, begin, told.lasting = named
        told.parts = [
            Part(verb, frozenset(["participle"]), phrases(parts, begin, len(parts), verb), p, len(parts))
        ]
        yield told
        return
    if verb_at(parts, p) is not None:
        told.parts = _with_object(list(_split(parts, p, parts[at].key)))
        if told.parts:
            yield told


def _with_object(parts: list[Part]) -> list[Part]:
    """ "developed and maintained the API": both acts have the object that stands behind the second."""
    for n in range(len(parts) - 2, -1, -1):
        one, following = parts[n], parts[n + 1]
        if one.kind == "act" == following.kind and not one.phrases:
            parts[n] = replace(one, phrases=following.phrases)
    return parts


def _agent(parts: Sequence[Atom], at: int) -> tuple[Verb, int, bool] | None:
    """ "the chair of", "a co-author of": the act behind it, and whether it is true for ever after."""
    p = at + 1 if at < len(parts) and parts[at].key in {"a", "an", "the", "one"} else at
    if p + 1 >= len(parts) or parts[p + 1].key != "of":
        return None
    row = next((row for row in rows_of("agent-nouns") if row[0] == parts[p].key), None)
    verb = verbs.lookup(row[1]) if row else None
    return (verb, p + 1, row[2] == "lasting") if row and verb else None


def _of_a_thing(parts: tuple[Atom, ...]) -> Iterator[_Told]:
    """ "Newsletter subscribers grew from 18,000 to 64,000", "My pastry section serves 450 guests"."""
    for p in range(1, len(parts)):
        found = verb_at(parts, p)
        if found is None or not found[2] & {"past", "third", "base"}:
            continue
        mine = parts[0].key in {"my", "our"}
        if any(atom.key in {",", "and"} for atom in parts[:p]):
            continue
        for subject, ordered in ((tuple(units(parts, 0, p)), False), (_compound(parts, p), True)):
            if subject:
                told = _Told("", "", subject=subject, mine=mine, ordered=ordered)
                told.parts = list(_split(parts, p, ""))
                yield told


def _compound(parts: Sequence[Atom], after: int) -> tuple[Unit, ...]:
    """ "tests for the online shop" as a phrase of the evidence has it, word by word in its order."""
    named = phrases(parts, 0, after)
    is_one = len(named) == 1 and not named[0].prep and len(named[0].members) == 1
    return named[0].members[0] if is_one else ()


def _of_a_thing_of_mine(parts: tuple[Atom, ...], at: int) -> Iterator[_Told]:
    """ "The quiz team I coached finished third": the thing, my act upon it, and what the thing did."""
    end = at - 1 if parts[at - 1].key in {"that", "which"} else at
    own = verb_at(parts, at + 1)
    if own is None or not own[2] & {"past", "base"}:
        return
    p = at + 1 + own[1]
    while p < len(parts) and parts[p].key in _AUX | _SKIPPED:
        p += 1
    found = verb_at(parts, p)
    if found is None:
        return
    passive = any(parts[a].key in {"was", "were", "is", "are", "been"} for a in range(at + 2, p))
    told = _Told(parts[at].key, "", subject=tuple(units(parts, 0, end)))
    told.parts = [Part(own[0], own[2], (), at + 1, at + 1 + own[1])]
    rest = phrases(parts, p + found[1], len(parts), found[0])
    told.parts.append(Part(found[0], found[2], rest, p, len(parts), "object" if passive else "subject"))
    yield told


def _split(parts: tuple[Atom, ...], at: int, speaker: str) -> Iterator[Part]:
    """The acts and tails of a claim from its first verb on."""
    first = verb_at(parts, at)
    if first is None:
        return
    starts: list[tuple[int, int, str]] = [(at, at, "act")]
    open_until = at
    for p in range(at + first[1], len(parts)):
        if p >= open_until and (opened := tail_at(parts, p, at)):
            starts.append((p, opened[1], opened[0]))
            open_until = verb_of_tail(parts, opened)
        elif parts[p].key in {",", "and"} and (q := _next_act(parts, p, first[2], speaker)):
            if _is_of_purpose(parts, starts[-1][1], q):
                continue
            starts.append((p, q, "act"))
    for (begin, words_at, kind), after in zip(starts, [*(s[0] for s in starts[1:]), len(parts)], strict=True):
        if words_at >= after:
            continue
        if kind == "act" and (verb := verb_at(parts, words_at)) is not None:
            yield Part(verb[0], verb[2], phrases(parts, words_at + verb[1], after, verb[0]), begin, after)
        elif kind in {"subject", "object", "means"}:
            one = tail(parts, kind, begin, words_at, after)  # type: ignore[arg-type]
            if one is None:
                return
            yield one


def _is_of_purpose(parts: Sequence[Atom], begin: int, at: int) -> bool:
    """ "teams to design, develop and launch products": the second is what for, as the first."""
    found = verb_at(parts, at)
    if found is None or found[2] != {"base"}:
        return False
    return any(
        parts[p].key == "to" and (verb := verb_at(parts, p + 1)) is not None and "base" in verb[2]
        for p in range(begin, at)
    )


def _next_act(parts: Sequence[Atom], at: int, forms: frozenset[Form], speaker: str) -> int:
    """The verb of another act of the same subject behind "," or "and"; 0 where there is none."""
    p, named = at + 1, False
    while p < len(parts) and (parts[p].key in _SKIPPED | {"and", speaker} or parts[p].key in _AUX & {"have"}):
        named = named or parts[p].key == speaker
        p += 1
    found = verb_at(parts, p)
    if found is None or not found[2] & forms:
        return 0
    following = parts[p + found[1]].key if p + found[1] < len(parts) else ""
    is_plain = "noun" not in found[0].notes or "past" in found[2] - {"base"}
    return p if named or is_plain or following in {"a", "an", "the", "my", "our"} else 0


# --- one against the other ---------------------------------------------------------------------------


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
    acts = [act for source in sources for act in _acts(source)]
    if not _may_hold(case, items):
        return False
    bodies = [reworded(body) for body in without_frames(case)]
    lines = [item.text for item in items]
    for body in (*bodies, *(figured for each in bodies for figured in with_figures(each, lines))):
        parts = _plain(atoms(body, case.find_skills), items)
        for told in _tellings(parts) if parts else ():
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
    return single in _TEAMS | _PEOPLE or nouns.is_person(single) or word in words_of("droppable")


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


def _holds(case: Case, told: _Told, acts: Sequence[Act]) -> bool:
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
    case: Case, told: _Told, part: Part, acts: Sequence[Act], done: set[int], found: _Found, *, is_first: bool
) -> Act | None:
    """The act of the evidence that a part of the claim tells."""
    front = told.front if is_first else ()
    later = [p for p in told.parts if p.kind in {"subject", "object"} and p.first >= part.after]
    for n, act in enumerate(acts):
        if n in done or not _may_speak(case, told, part, act):
            continue
        for one in (part, *_plainer(part)):
            for other in (act.part, *_plainer(act.part)):
                if not _same_verb(one, other):
                    continue
                used = _match(one, front, other)
                if used is None:
                    used = _match(_joined(one), front, _joined(other))
                if used is None or not _keeps_tails(act, later, used):
                    continue
                done.add(n)
                found.add(act.source, used | set(range(act.part.first, act.part.first + 2)))
                return act
    return None


def _may_speak(case: Case, told: _Told, part: Part, act: Act) -> bool:
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
    is_now = is_now or still_does(part.verb, act.part, act.source, record, has_tails=bool(act.tails))
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


# --- verbs -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _alike() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in phrases_of("alike-verbs"):
        group = frozenset(line.replace("take-part", "take part").replace("try-out", "try out").split())
        for verb in group:
            table[verb] = table.get(verb, frozenset()) | group
    return table


@lru_cache(maxsize=1)
def _weaker() -> frozenset[tuple[str, str]]:
    return frozenset((row[0], row[1]) for row in rows_of("weaker-verbs"))


def _same_verb(claim: Part, source: Part) -> bool:
    one, other = claim.verb, source.verb
    if one.base == other.base:
        return True
    if other.base in _alike().get(one.base, ()):
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
        unit.key in _TEAMS | {"department", "section", "staff"} or nouns.is_person(unit.key)
        for unit in part.phrases[0].members[0]
    )


# --- phrases -----------------------------------------------------------------------------------------


def _match(claim: Part, front: Sequence[Phrase], source: Part, *, ordered: bool = True) -> set[int] | None:
    """The atoms of the source that the claim tells, or None where it tells more, less or otherwise."""
    used: set[int] = set()
    taken: set[int] = set()
    position = -1
    claim, source = _tools_apart(claim), _tools_apart(source)
    for q in (*claim.phrases, *front):
        moves = not ordered or q in front or q.prep in {"rate", "hint", "together", "year"} or q.all_skills
        for n, s in enumerate(source.phrases):
            is_tool = q.all_skills and s.prep == "with" and _is_means(s)
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


def _joined(part: Part) -> Part:
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
    return nouns.is_person(words.stem(unit.key)) or unit.key in _PEOPLE


def _may_go(phrase: Phrase, source: Part) -> bool:
    """What an act may be told without: its tools, and what it was for."""
    if phrase.all_skills and phrase.prep in {"with", "in"}:
        return True
    if not phrase.prep and all(u.key in words_of("empty-heads") for m in phrase.members for u in m):
        return True
    if phrase.prep == "including" or (phrase.prep == "with" and _is_means(phrase)):
        return True
    has_object = bool(source.phrases) and source.phrases[0].prep == ""
    stands = source.verb.rank is not Rank.CONTRIBUTED and source.verb.base not in _NEEDS_TO
    return phrase.prep == "purpose" and has_object and stands


def _names_tool(claim: tuple[Unit, ...], source: tuple[Unit, ...], verb: Verb) -> bool:
    """ "SQL" of "SQL stored procedures"."""
    named = all(unit.skill for unit in claim) and {u.key for u in claim} <= {u.key for u in source if u.skill}
    return named or _same_member(claim, source, verb)


def _is_means(phrase: Phrase) -> bool:
    """Tools, or a budget: nobody's help, and no amount but that of money."""
    named = [unit for member in phrase.members for unit in member]
    if named and named[0].key == "budget":
        return True
    is_tool = any(unit.skill for unit in named)
    return is_tool and not any(unit.number or unit.key in _TEAMS or _is_somebody(unit) for unit in named)


def _same_phrase(claim: Phrase, source: Phrase, verb: Verb, *, is_last: bool) -> bool:
    if claim.all_skills and source.all_skills and claim.prep and source.prep:
        if claim.prep != source.prep and not {claim.prep, source.prep} <= {"with", "in", "tool"}:
            return False
        return all(any(_same_member(c, s, verb) for s in source.members) for c in claim.members)
    if claim.prep != source.prep and {claim.prep, source.prep} not in _ALIKE_PREPOSITIONS:
        return False
    if source.prep == "including" or (source.prep == "with" and _is_means(source)):
        return all(any(_names_tool(c, s, verb) for s in source.members) for c in claim.members)
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
        if unit.key in _TEAMS and n == 0 and verb.rank is Rank.LED and (len(source) > 2 or source[-1].plural):
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


# --- tails and things --------------------------------------------------------------------------------


def _same_tail(claim: Part, source: Part, found: _Found, act: Act) -> bool:
    if claim.kind != source.kind and not {claim.kind, source.kind} <= {"means", "subject"}:
        return False
    if not _same_verb(claim, source):
        return False
    used = _match(_unturned(claim), (), _unturned(source), ordered=False)
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
        if part.kind == "subject" and is_result and _same_verb(part, act.part):
            used = _match(part, (), act.part)
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


def _thing(case: Case, told: _Told, acts: Sequence[Act], found: _Found) -> Act | None:
    """The act that a sentence about a thing rests on."""
    for act in acts if may_say_i(case) else ():
        objects = [p for p in act.part.phrases if p.prep == ""]
        if act.lead in {"passive", "third", ""} or act.source.subject not in {"elided", "i"} or not objects:
            continue
        if act.part.verb.rank is Rank.CONTRIBUTED or act.source.has_hedged_lead:
            continue
        if told.parts[0].kind == "act" and not told.mine and told.speaker == "":
            used = _rose(told, act)
        elif told.mine and told.parts[0].verb.base in _alike()["use"]:
            used = _is_made_with(told, act, objects[0])
        else:
            used = _is_mine(told, act, objects[0], found)
        if used is not None:
            found.add(act.source, used | {act.part.first})
            return act
    return None


def _rose(told: _Told, act: Act) -> set[int] | None:
    """ "Subscribers rose from X to Y": the act raised them so."""
    part = told.parts[0]
    if (
        told.ordered
        or len(told.parts) != 1
        or (part.verb.base, act.part.verb.base) not in {(row[0], row[1]) for row in rows_of("middle-verbs")}
    ):
        return None
    thing = Phrase("", (told.subject,), 0, 0)
    return _match(Part(part.verb, part.forms, (thing, *part.phrases), 0, 0), (), act.part)


def _is_made_with(told: _Told, act: Act, thing: Phrase) -> set[int] | None:
    """ "My churn model uses Python": it was built with that."""
    part = told.parts[0]
    said, there = [u.key for u in told.subject], [u.key for u in thing.members[0]]
    is_it = len(thing.members) == 1 and bool(said) and there[: len(said)] == said
    tools = [p for p in act.part.phrases if p.prep == "with" and _is_means(p)]
    if (
        not is_it
        or len(told.parts) != 1
        or len(part.phrases) != 1
        or not part.phrases[0].all_skills
        or not tools
    ):
        return None
    named = [member for phrase in tools for member in phrase.members]
    uses = all(any(_names_tool(c, s, part.verb) for s in named) for c in part.phrases[0].members)
    return set(range(act.part.first, act.part.after)) if uses else None


def _is_mine(told: _Told, act: Act, thing: Phrase, found: _Found) -> set[int] | None:
    """ "My pastry section serves 450 guests", "The quiz team I coached came third"."""
    own = told.parts[0] if told.speaker else None
    if own is not None and not _same_verb(own, act.part):
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


def _of_a_project(case: Case, told: _Told, sources: Sequence[Statement]) -> bool:
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
            used = _match(part, (), whole, ordered=False)
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
