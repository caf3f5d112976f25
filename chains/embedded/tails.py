"""The ", reducing …" at the end of a bullet: attached, made a sentence of its own, or dropped as puff."""

import re
from dataclasses import dataclass

from chains.embedded.articles import PREPOSITIONS
from chains.embedded.tense import retense
from chains.embedded.tidy import LEVELS, bare, count
from language import verbs
from language.closed import closed
from language.verbs import Rank

_TAIL = re.compile(
    r",\s+(?:and\s+)?(?:thereby\s+|thus\s+|effectively\s+|ultimately\s+|directly\s+)?(?=[a-z-]+ing\b)"
)
_WHICH = re.compile(r",\s+which\s+(?=[a-z]+ed\b|cut\b|led to\b|grew\b|saved\b|brought\b)")
_NOT_TAILS = closed("including excluding using leveraging utilizing utilising working collaborating")
_RESULT = re.compile(r"^(?:resulting in|leading to|contributing to)\b")
_LONGEST_TAIL = 16


@dataclass(frozen=True, slots=True)
class Tail:
    """What a tail becomes: `attached` goes after the phrase, `follow` is the sentence that says the same."""

    attached: str = ""
    follow: str = ""


def split_tail(phrase: str, present: bool) -> tuple[str, Tail] | None:
    """The phrase without its trailing clauses, and what the best of them becomes.

    None where the clauses can neither be kept nor dropped: they hold a word that weakens the claim.
    """
    at = _start(phrase)
    if at is None:
        return phrase, Tail()
    body, clauses = phrase[: at[0]].rstrip(" ,"), _clauses(phrase[at[1] :])
    if LEVELS.search(phrase[at[0] :]):
        return None
    best = next((clause for clause in clauses if any(c.isdigit() for c in clause)), clauses[0])
    return body, _kept(best, present)


def _start(phrase: str) -> tuple[int, int] | None:
    """Where the first trailing clause begins: the comma, and the verb after it."""
    for match in sorted([*_TAIL.finditer(phrase), *_WHICH.finditer(phrase)], key=lambda m: m.start()):
        first = bare(phrase[match.end() :].split(" ", 1)[0])
        verb = verbs.lookup(first)
        known = verb is not None and ("ing" in verb.forms_of(first) or "which" in match.group())
        rest = phrase[match.end() :]
        is_listed = _is_listed(rest) or _continues_gerunds(phrase[: match.start()], phrase[match.start() :])
        if known and "which" not in match.group() and is_listed:
            continue
        if (known or _RESULT.match(phrase[match.end() :])) and count(phrase[: match.start()]) >= 3:
            return match.start(), match.end()
    return None


def _is_listed(rest: str) -> bool:
    """Whether an -ing word is a thing in a list: ", marketing and sales", ", packaging, signage"."""
    words = rest.split(" ")
    if len(words) == 1 or words[0].endswith((",", ";")):
        return True
    follows = bare(words[1])
    if follows in {"and", "or"}:
        joined = verbs.lookup(bare(words[2])) if len(words) > 2 else None
        return joined is None or bare(words[2]) != joined.ing or len(words) < 4
    verb = verbs.lookup(bare(words[0]))
    takes = verb is not None and (
        "prep" in verb.notes or verb.base in {"result", "lead", "contribute", "report"}
    )
    return follows in PREPOSITIONS and not takes


def _continues_gerunds(before: str, rest: str) -> bool:
    """ "specializing in designing, building, and maintaining …": a list governed by a preposition."""
    return bool(_GOVERNED.search(before)) and bool(re.search(r"\b(?:and|or) (?:\w+ly )?[a-z]+ing\b", rest))


_GOVERNED = re.compile(
    r"\b(?:for|in|by|of|on|at|from|with|about|including|involves?|included?|experience|expertise|skills)\s"
    r"(?:\w+ly )?[a-z-]+ing\b"
)


def _clauses(rest: str) -> list[str]:
    cut = [match.start() for match in _TAIL.finditer(rest)]
    parts = [rest[a:b] for a, b in zip([0, *cut], [*cut, len(rest)], strict=True)]
    return [re.sub(r"^,\s+(?:and\s+)?(?:thereby\s+|thus\s+)?", "", part).strip(" ,") for part in parts]


def _kept(clause: str, present: bool) -> Tail:
    first = bare(clause.split(" ", 1)[0])
    verb = verbs.lookup(first)
    digits = any(c.isdigit() for c in clause)
    if count(clause) > _LONGEST_TAIL or count(clause) < 2:
        return Tail()
    if _RESULT.match(clause):
        said = re.sub(
            r"^resulting",
            "resulted",
            re.sub(r"^leading", "led", re.sub(r"^contrib\w+", "contributed", clause)),
        )
        return Tail(f", {clause}", f"That {said}")
    if verb is None or first in _NOT_TAILS:
        return Tail(f", {clause}") if digits and count(clause) <= 8 and verb is not None else Tail()
    if "ing" not in verb.forms_of(first):
        return Tail("", f"That {clause}")
    if "puff" in verb.notes and not digits:
        return Tail()
    if verb.base in {"achieve", "attain", "reach"}:
        return Tail("", f"The work {retense(clause, 'ing', 'past')}")
    if verb.rank is Rank.OUTCOME or verb.base in _OUTCOMES:
        return Tail(f", {clause}", f"That {retense(clause, 'ing', 'third' if present else 'past')}")
    return Tail(f", {clause}") if count(clause) <= 8 else Tail()


_OUTCOMES = closed(
    """
    enable allow speed up help support free accelerate automate drive generate contribute
    """
)
