"""A claim's verb says no more than the source's: contributed < worked on < built < led."""

from domain import SentenceKind
from grounding.atoms import atoms
from grounding.frames import unframed
from grounding.lexicon import synonyms
from grounding.registry import Case, Fault, check
from grounding.statements import statements, verb_at
from language.verbs import Verb


@check(
    "verbs",
    SentenceKind.CLAIM,
    number="V6",
    catches="a verb that claims more than the source's: helped < worked on < built < led",
    passes="C e3 | I helped migrate the reporting jobs to AWS.",
    fails="C e3 | I led the reporting jobs to AWS.",
)
def verbs(case: Case) -> Fault | None:
    """Name a verb that is stronger than the verbs of the cited evidence."""
    if case.is_own_line:
        return None
    said = _said(case)
    if said is None:
        return None
    word, verb = said
    there = _verbs_of_sources(case)
    if not there or any(verb.base == v.base or verb.base in synonyms().get(v.base, ()) for _, v in there):
        return None
    strongest = max(there, key=lambda each: each[1].rank)
    if verb.rank > strongest[1].rank:
        first = there[0]
        return Fault(f"Your evidence says “{first[0]}”, not “{word}”.", word, first[0])
    return None


def _said(case: Case) -> tuple[str, Verb] | None:
    """The verb that the sender is said to act by."""
    for framed in unframed(case):
        if framed.speaker in {"i", "we"}:
            parts = atoms(framed.rest)
            found = verb_at(parts, 0)
            if found is not None:
                return " ".join(atom.text for atom in parts[: found[1]]), found[0]
    return None


def _verbs_of_sources(case: Case) -> list[tuple[str, Verb]]:
    found: list[tuple[str, Verb]] = []
    for item in case.evidence:
        for statement in statements(item, case.find_skills):
            here = statement.verb_at(statement.first_verb) if statement.lead else None
            if here is not None:
                index = statement.first_verb
                found.append((" ".join(a.text for a in statement.atoms[index : index + here[1]]), here[0]))
            for index in range(len(statement.atoms)):
                if statement.acts_at(index) and (act := statement.verb_at(index)) is not None:
                    found.append((statement.atoms[index].text, act[0]))
    return found
