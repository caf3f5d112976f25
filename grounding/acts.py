"""The acts that a statement of the evidence tells, each with the tails that follow it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from grounding.atoms import Atom
from grounding.likeness import alike_verbs
from grounding.parts import Kind, Part, Phrase, phrases, tail, tail_at, verb_at, verb_of_tail
from grounding.statements import Statement
from language import verbs
from language.closed import closed
from language.verbs import Form

_TOGETHER = closed("work collaborate cooperate partner pair team")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a statement with the tails that follow it."""

    source: Statement
    part: Part
    lead: str
    is_first: bool
    tails: tuple[Part, ...]


@lru_cache(maxsize=2048)
def acts_of(source: Statement) -> tuple[Act, ...]:
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
        if len(found) > 1 and found[-1].lead == "ing" and found[-1].part.verb.base in alike_verbs()["use"]:
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
