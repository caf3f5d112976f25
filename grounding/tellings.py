"""A claim in free wording taken apart: who speaks, the thing that opens it, its acts and their tails."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from grounding.atoms import Atom
from grounding.lexicon import rows_of, words_of
from grounding.parts import (
    PREPOSITIONS,
    Part,
    Phrase,
    Unit,
    phrases,
    tail,
    tail_at,
    units,
    verb_at,
    verb_of_tail,
)
from language import verbs
from language.closed import closed
from language.verbs import Form, Verb

_AUX = closed("have has had am is are was were been be")
_SKIPPED = closed("currently now also then so thereby thus already still since even just")
_DENIALS = closed("not never hardly barely n't didn't don't haven't wasn't cannot")


@dataclass(slots=True)
class Told:
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


def tellings(parts: tuple[Atom, ...]) -> Iterator[Told]:
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


def _of_the_speaker(parts: tuple[Atom, ...], at: int) -> Iterator[Told]:
    front = phrases(parts, 0, at)
    p, aux = at + 1, []
    while p < len(parts) and (parts[p].key in _AUX | _SKIPPED or parts[p].key in words_of("weakening")):
        if parts[p].key in _AUX:
            aux.append(parts[p].key)
        p += 1
    told = Told(parts[at].key, " ".join(aux), front)
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


def _of_a_thing(parts: tuple[Atom, ...]) -> Iterator[Told]:
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
                told = Told("", "", subject=subject, mine=mine, ordered=ordered)
                told.parts = list(_split(parts, p, ""))
                yield told


def _compound(parts: Sequence[Atom], after: int) -> tuple[Unit, ...]:
    """ "tests for the online shop" as a phrase of the evidence has it, word by word in its order."""
    named = phrases(parts, 0, after)
    is_one = len(named) == 1 and not named[0].prep and len(named[0].members) == 1
    return named[0].members[0] if is_one else ()


def _of_a_thing_of_mine(parts: tuple[Atom, ...], at: int) -> Iterator[Told]:
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
    told = Told(parts[at].key, "", subject=tuple(units(parts, 0, end)))
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
