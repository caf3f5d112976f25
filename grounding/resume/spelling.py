"""A line is its source, word for word, but for a closed set of differences.

    a first "I" or an adverb that says nothing is left out        "Successfully built" → "Built"
    the first verb stands in the past, where the role is over      "Managing a team" → "Managed a team"
    a product is spelled as the page spells it                     "k8s" → "Kubernetes"
    a last clause of a verb that says nothing there is left out    "…, ensuring quality"

Everything else is refused, whoever wrote the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain import SentenceKind
from grounding.lexicon import words_of
from grounding.registry import Case, Fault
from grounding.resume.registry import line_check
from grounding.resume.source_text import source_of
from language import dates, quantities, verbs
from language.same_names import same_name

_TOKEN = re.compile(r"\w+|[^\w\s]")
_KEPT = re.compile(
    r"\b(?:not|no|never|without|help\w*|support\w*|assist\w*|contribut\w*|team\w*|group\w*|together|jointly|"
    r"about|around|nearly|almost|up|over|under|partly|some|mostly|planned|expected)\b",
    re.IGNORECASE,
)
_COVERS = ("past", "participle")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, a mark, or all the words of a skill; `value` is what is compared."""

    text: str
    value: str
    start: int
    skill: str = ""


@line_check("words of a line", "R2", SentenceKind.CLAIM)
def spelling(case: Case) -> Fault | None:
    """Refuse any word that is not the source's in its place."""
    source = source_of(case)
    if case.text == source:
        return None
    said = _words(case, case.text)
    best = 0
    for there in _openings(_words(case, source)):
        reached = _agreement(case, said, there)
        best = max(best, reached)
        if reached == len(said) and _may_end(case, source, there, reached):
            return None
    word = said[min(best, len(said) - 1)].text if said else case.text
    return Fault("This says it in other words than your evidence.", word, source)


def _words(case: Case, text: str) -> tuple[_Word, ...]:
    return tuple(_read(case, text))


def _read(case: Case, text: str) -> Iterator[_Word]:
    at = 0
    for mention in sorted(case.find_skills(text), key=lambda each: each.start):
        is_act = verbs.lookup(mention.text.split()[0]) is not None  # "managing a team" is told by its words
        if mention.start >= at and not is_act:
            yield from _plain(text, at, mention.start)
            yield _Word(text[mention.start : mention.end], f"\0{mention.skill}", mention.start, mention.skill)
            at = mention.end
    yield from _plain(text, at, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[_Word]:
    for token in _TOKEN.finditer(text, start, end):
        yield _Word(token.group(), token.group(), token.start())


def _openings(words: tuple[_Word, ...]) -> Iterator[tuple[_Word, ...]]:
    """The source's words, and the same without a first "I" and an adverb that says nothing, before a verb."""
    yield words
    rest = words[1:] if words and words[0].text == "I" else words
    if _opens_with_act(rest):
        yield rest
    if rest and rest[0].text.lower() in words_of("droppable") and _opens_with_act(rest[1:]):
        yield rest[1:]


def _opens_with_act(words: tuple[_Word, ...]) -> bool:
    verb = verbs.lookup(words[0].text) if words else None
    return verb is not None and not verb.forms_of(words[0].text).isdisjoint(_COVERS)


def _agreement(case: Case, said: tuple[_Word, ...], there: tuple[_Word, ...]) -> int:
    """How many words of the line, from the first, are the source's."""
    for index, (one, other) in enumerate(zip(said, there, strict=False)):
        is_named = one.skill and one.value == other.value and same_name(one.text, other.text)
        same = one.text == other.text or (is_named and _is_theirs(case, one))
        if not same and not (index == 0 and _is_same_opening(case, one, other)):
            return index
    return min(len(said), len(there))


def _is_theirs(case: Case, word: _Word) -> bool:
    """Whether the page spells the skill so."""
    text = word.text.casefold()
    return any(
        mention.skill == word.skill and " ".join(mention.text.split()).casefold() == text
        for mention in case.brief.mentions
    )


def _is_same_opening(case: Case, one: _Word, other: _Word) -> bool:
    """The same first word with a capital, or its verb in the past where the role is over."""
    if one.text.casefold() == other.text.casefold():
        return one.text[1:] == other.text[1:]
    said, there = verbs.lookup(one.text), verbs.lookup(other.text)
    if said is None or there is None or said.base != there.base:
        return False
    record = case.record
    if other.text.lower() in words_of("participle-prepositions") or _acts_later(case):
        return False
    is_role = record is not None and record.kind in ("role", "volunteering")
    is_over = is_role and record is not None and dates.is_over(record.end, current=record.current)
    from_present = not there.forms_of(other.text).isdisjoint({"ing", "third"})
    return is_over and from_present and "past" in said.forms_of(one.text)


def _acts_later(case: Case) -> bool:
    """Whether a later clause of the source has the act, so that the first verb only leads up to it."""
    for word in re.findall(r",\s+(?:and\s+)?(\w+)", source_of(case)):
        verb = verbs.lookup(word)
        if verb is not None and not verb.forms_of(word).isdisjoint(_COVERS):
            return True
    return False


def _may_end(case: Case, source: str, there: tuple[_Word, ...], reached: int) -> bool:
    """Whether what the line leaves out at its end says nothing."""
    rest = there[reached:]
    if not rest or (len(rest) == 1 and rest[0].text == "."):
        return True
    clause = source[rest[0].start :]
    lead = [word for word in rest[1:] if word.text.lower() not in ("thereby", "thus")]
    verb = verbs.lookup(lead[0].text) if rest[0].text == "," and lead else None
    if verb is None or "puff" not in verb.notes or "ing" not in verb.forms_of(lead[0].text):
        return False
    holds = quantities.find(clause) or case.find_skills(clause) or re.search(r"\d", clause)
    return (
        not holds and not _KEPT.search(clause) and "," not in clause[1:] and not re.search(r"\b[A-Z]", clause)
    )
