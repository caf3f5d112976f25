"""Seeded variation: draft several times by chance, score each, keep the best."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from zlib import crc32

from chains.embedded.materials import Materials
from chains.embedded.page import Page, is_own
from chains.embedded.plans import Plan, plan_for
from chains.embedded.remembering import remembered
from chains.embedded.style import PLACEHOLDER, STOCK, body, grade, self_ratio, word_count
from domain import Brief, DraftKind, Sentence, SentenceKind, Verdict
from errors import NothingMatches
from kinds import KINDS, words_of
from language import words

SEEDS = 40
_PATIENCE = 16
"""Drafts in a row that are no better before the search ends."""
_MAY_SHARE, _ALIKE = 0.25, 12.0
"""The share of five-word runs that a draft may have in common with an earlier one; what more costs."""
_GOOD = 0.05
"""A draft with so few faults ends the search."""


def write_embedded(brief: Brief, check: Callable[[Sentence], Verdict]) -> Iterator[Sentence]:
    """Compose a draft without a model.

    Args:
        brief: What is known. `seed` chooses among equally good drafts: another seed, another draft.
        check: The gate; every sentence yielded has passed it.

    Yields:
        The subject, the greeting, the body, the sign-off; paragraphs count from 0 (the greeting).

    Raises:
        NothingMatches: when the evidence answers nothing the posting asks for.
    """
    if brief.language != "en":
        from chains.embedded.tongues import write

        yield from write(brief, check)
        return
    materials = Materials(brief)
    passes = remembered(check)
    plan = plan_for(brief.kind)
    best: tuple[float, list[Sentence]] | None = None
    since = 0
    own = crc32(f"{brief.posting.company}|{brief.posting.title}".encode())  # two openings, two beginnings
    tries = range(own + brief.seed * SEEDS, own + (brief.seed + 1) * SEEDS) if materials.is_enough else ()
    for seed in tries:
        sentences = _attempt(plan, materials, passes, seed)
        if sentences is None:
            continue
        faults = score(sentences, materials)
        since += 1
        if best is None or faults < best[0]:
            best, since = (faults, sentences), 0
        # A draft that is too short or too long is worth all the tries.
        if best[0] <= _GOOD or (since >= _PATIENCE and _is_in_band(best[1], brief)):
            break
    if best is None:
        raise NothingMatches()
    yield from best[1]


def _attempt(
    plan: Plan, materials: Materials, passes: Callable[[Sentence], bool], seed: int
) -> list[Sentence] | None:
    longest = KINDS[materials.brief.kind].longest_sentence
    page = Page(materials, passes, Random(seed), longest)  # noqa: S311  # variety, not secrecy
    return page.sentences if plan(page) else None


def _is_in_band(sentences: list[Sentence], brief: Brief) -> bool:
    _, low, high, _ = words_of(brief.kind, brief.length)
    return low <= word_count(sentences) <= high


# Large sums of money in plain text cost an e-mail a point with SpamAssassin 4.0 (MONEY_NOHTML).
_SUMS = re.compile(
    r"[$£€]\s?\d[\d.,]*(?:[.,]\d{3}|\s?(?:M|million|thousand)\b)"
    r"|\d\s?(?:M|million)\s?(?:USD|EUR|GBP|euros?|dollars|pounds)\b",
    re.IGNORECASE,
)


def score(sentences: list[Sentence], materials: Materials) -> float:
    """How far a draft is from a good one; 0 is a draft without a fault."""
    kind = materials.brief.kind
    said = body(sentences)
    text = " ".join(s.text for s in said)
    _, low, high, _ = words_of(kind, materials.brief.length)
    count = word_count(sentences)
    faults = 0.4 * max(0, low - count) + 0.5 * max(0, count - high)
    faults += 1.0 * max(0.0, grade(text, materials.masked) - KINDS[kind].grade)
    faults += 0.5 * sum(1 for s in said if len(s.text.split()) > 22)
    faults += 6.0 * max(0.0, self_ratio(text) - 2.5)
    faults += 3.0 * (len(STOCK.findall(text)) + len(PLACEHOLDER.findall(text)))
    claims = [s for s in said if s.kind is SentenceKind.CLAIM and not is_own(s.rests_on)]
    if not any(c.isdigit() for s in claims for c in s.text):
        faults += 2.0
    if KINDS[kind].form == "message" and kind is not DraftKind.FOLLOW_UP:
        asked = sum(1 for s in said if s.kind is SentenceKind.RECIPIENT)
        faults += 1.5 * max(0, (3 if kind is DraftKind.COVER_LETTER else 2) - asked)
    if KINDS[kind].form == "message" and kind is not DraftKind.COVER_LETTER and _SUMS.search(text):
        faults += 1.0
    starts = [" ".join(s.text.split()[:2]) for s in said]
    faults += 0.6 * (len(starts) - len(set(starts)))
    faults += 0.8 * sum(1 for a, b in pairwise(said) if a.text.split()[0] == b.text.split()[0] == "I")
    if (most := KINDS[kind].most_claims) is not None:
        faults += 1.0 * max(0, len(claims) - most)
    return faults + _ALIKE * likeness(text, materials.brief)


def likeness(text: str, brief: Brief) -> float:
    """How far the draft is too much like the likest of the earlier ones, 0 to 1."""
    own = words.runs(text)
    return max(0.0, max((words.shared(own, each) for each in brief.earlier), default=0.0) - _MAY_SHARE)
