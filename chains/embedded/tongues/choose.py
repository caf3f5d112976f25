"""Seeded variation: write several times by chance, count the faults of each, keep the best."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from zlib import crc32

from chains.embedded.remembering import remembered
from chains.embedded.style import PLACEHOLDER, body, word_count
from chains.embedded.tongues.plans import plan_for
from chains.embedded.tongues.sheet import Sheet
from chains.embedded.tongues.source import Source
from domain import Brief, Sentence, SentenceKind, Verdict
from errors import NothingMatches
from kinds import KINDS, words_of
from language.tongues import NAMES

SEEDS = 16
_GOOD = 0.05


def write(brief: Brief, check: Callable[[Sentence], Verdict]) -> Iterator[Sentence]:
    """Compose a draft in the brief's language; the arguments and what is raised are those of
    `write_embedded`.
    """
    source = Source(brief)
    passes = remembered(check)
    plan = plan_for(brief.kind)
    best: tuple[float, list[Sentence]] | None = None
    own = crc32(f"{brief.posting.company}|{brief.posting.title}".encode())
    tries = (
        range(own + brief.seed * SEEDS, own + (brief.seed + 1) * SEEDS) if plan and source.is_enough else ()
    )
    for seed in tries:
        sheet = Sheet(source, passes, Random(seed))  # noqa: S311  # variety, not secrecy
        if plan is None or not plan(sheet):
            continue
        faults = faults_of(sheet.sentences, source)
        if best is None or faults < best[0]:
            best = (faults, sheet.sentences)
        if best[0] <= _GOOD:
            break
    if best is None and KINDS[brief.kind].form == "text" and source.most != source.language:
        raise NothingMatches(
            f"Your evidence is not in {NAMES[source.language]}, and nothing is translated freely.",
            "Choose the language of your evidence for this text.",
        )
    if best is None:
        raise NothingMatches()
    yield from best[1]


def faults_of(sentences: list[Sentence], source: Source) -> float:
    """How far a draft is from a good one; 0 is a draft without a fault."""
    kind, said = source.brief.kind, body(sentences)
    _, low, high, _ = words_of(kind, source.brief.length)
    words = word_count(sentences)
    faults = 0.2 * max(0, low - words) + 0.1 * max(0, words - high)
    claims = [s for s in said if s.kind is SentenceKind.CLAIM]
    faults += 0.7 * (not any(c.isdigit() for s in claims for c in s.text))
    if KINDS[kind].form == "message":
        faults += 1.2 * max(0, 2 - sum(1 for s in said if s.kind is SentenceKind.RECIPIENT))
        faults += 2.0 * max(0.0, source.self_ratio(" ".join(s.text for s in said)) - 2.4)
    faults += 0.4 * sum(1 for s in claims if re.search(r"\s?:\s", s.text))
    starts = [" ".join(s.text.split()[:2]) for s in said]
    faults += 0.5 * (len(starts) - len(set(starts)))
    faults += 0.5 * sum(1 for one, two in pairwise(said) if one.text.split()[0] == two.text.split()[0])
    faults += 3.0 * len(PLACEHOLDER.findall(" ".join(s.text for s in said)))
    if (most := KINDS[kind].most_claims) is not None:
        faults += 1.0 * max(0, len(claims) - most)
    return faults
