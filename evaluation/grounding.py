"""How much the gate lets through that it should not, and how much that it should.

Hand-written claims are those of `evaluation.claims`. Renderings of real evidence, and the same with one fact
changed, are checked against their own item.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import profiles
import tagging
from chains import render
from domain import (
    Persona,
    Profile,
    Sentence,
    SentenceKind,
)
from errors import DocumentError
from evaluation import claims
from evaluation.claims import brief_of
from evaluation.judged import share
from grounding import Gate

_READABLE = {".md", ".txt", ".json"}


def measure(corpus: Path) -> dict[str, float]:
    """Scores from 0 to 1, higher is better.

    Those of `evaluation.claims` are of hand-written claims (free wording, so a true one may well be refused);
    `changed_refused` and `rendered_accepted` of sentences made from real evidence. What is planted in a page
    is in `evaluation.injection`.
    """
    return {**claims.measure(corpus), **_rendered(corpus)}


# --- sentences made from real evidence ---------------------------------------------------------------


def _rendered(corpus: Path) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for person in _people(corpus):
        brief = brief_of(person)
        gate = Gate(brief, tagging.find_skills)
        for item in person.evidence:
            text = render(brief, item.id)
            if text is None or item.type not in {"bullet", "project"}:
                continue
            honest = Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=(item.id,))
            counts["honest"] += 1
            if not gate.check(honest).supported:
                continue
            counts["accepted"] += 1
            for changed in mutations(text):
                counts["changed"] += 1
                counts["refused"] += not gate.check(honest.model_copy(update={"text": changed})).supported
    return {
        "rendered_accepted": share(counts["accepted"], counts["honest"]),
        "changed_refused": share(counts["refused"], counts["changed"]),
    }


def _people(corpus: Path) -> Iterator[Profile]:
    yield from (profiles.sample(persona) for persona in Persona)
    for path in sorted((corpus / "resumes").iterdir()):
        if path.suffix in _READABLE:
            try:
                yield profiles.read_profile(path.read_bytes(), path.name)
            except DocumentError:
                continue


_SWAPS = (
    (r"\b(?:reduced|cut|decreased|lowered|reducing|cutting|decreasing)\b", "increased"),
    (r"\b(?:increased|raised|improved|increasing|raising|improving)\b", "reduced"),
    (r"\bminutes?\b", "hours"),
    (r"\bhours?\b", "minutes"),
    (r"%", " points"),
    (r"\bpercent\b", "points"),
    (r"\bweeks?\b", "days"),
    (r"\bfrom (\S+) to (\S+)", r"from \2 to \1"),
    (r"\bhelped (?:to )?", "led and "),
    (r"\b(?:took part in|participated in|contributed to|assisted with|assisted in)\b", "led"),
    (r"\b(?:was )?part of a team that\b", "led a team that"),
    (r"\b(?:about|around|approximately|up to|over|more than|nearly|almost) (?=[\d$€£])", ""),
    (r"\b(?:not|never|without|only|partly)\b ", ""),
    (r"(?<=\d)\+", ""),
    (r"\b(?:I|we) (?:built|wrote|created|developed|designed|implemented)\b", "I founded"),
    (r"\bteam\b", "company"),
    (r"\bI (?=[a-z]+ed\b)", "I single-handedly "),
)
_ADDITIONS = (
    ", saving $2 million a year",
    " for NASA",
    " in Haskell",
    " at Zorblat Dynamics",
    ", and won an award",
)
_ADDED_BEFORE = ("award-winning ", "critical ", "global ", "not ", "all ")


def mutations(text: str) -> Iterator[str]:
    """The sentence with one fact changed, in every way known here that changes what it says."""
    body = text.rstrip(".")
    for number in re.finditer(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d", body):
        changed = str(int(re.sub(r"\D", "", number.group()) or 0) + 7)
        yield f"{body[: number.start()]}{changed}{body[number.end() :]}."
    for pattern, instead in _SWAPS:
        if re.search(pattern, body):
            yield f"{re.sub(pattern, instead, body, count=1)}."
    for addition in _ADDITIONS:
        yield f"{body}{addition}."
    found = re.search(r"\b(?:a|an|the|of|to|for|with|in) (?=[a-z]{4})", body)
    if found:
        for word in _ADDED_BEFORE:
            yield f"{body[: found.end()]}{word}{body[found.end() :]}."
    place = re.match(r"(At|As .+? at) ([^,]+),", body)
    if place:
        yield f"{place[1]} Zorblat Dynamics,{body[place.end() :]}."
    yield from _exchanged(body)


def _exchanged(body: str) -> Iterator[str]:
    """Two numbers, or a number and the next one's noun, that change places."""
    numbers = list(re.finditer(r"(?<![\w.])\d[\d,]*(?![\w.%])", body))
    for one, other in pairwise(numbers):
        if one.group() != other.group():
            between = body[one.end() : other.start()]
            yield f"{body[: one.start()]}{other.group()}{between}{one.group()}{body[other.end() :]}."
