"""How long the built-in writer takes for an e-mail and a letter, beside a mail-merge that checks nothing.

    python -m benchmarks.embedded_writer --corpus DIR

Openings of the corpus × readable résumés that a draft can be written for. Each pair is written twice: once
where only words of other pairs are remembered, once again. The mail-merge puts title, company,
skills and the first two bullets into a fixed text: what one gets for nothing. Reading and matching are done
before and not counted. "Of a wall clock" is what a person waits for; with others at work on the machine, it
is more than the processor's time.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import matching
import settings
import tagging
from chains import write_embedded
from chains.embedded.materials import Materials
from domain import Brief, DraftKind
from errors import NothingMatches
from evaluation.writing import _openings, _people
from grounding import Gate

PAIRS = 60
EVERY_OPENING, EVERY_PERSON = 5, 4
MERGE = """Dear {company} team,

I am writing to apply for the {title} role. I have experience with {skills}.

{bullets}

I look forward to hearing from you.

{name}"""


def main() -> int:
    """Print median, the slowest of ten and the slowest, in milliseconds."""
    parser = argparse.ArgumentParser(prog="benchmarks.embedded_writer", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"skipped: there is no corpus at {options.corpus}")
        return 0
    briefs = list(islice(_briefs(options.corpus), PAIRS))
    print(f"{len(briefs)} pairs of an opening and a person that a draft can be written for")
    print(f"{'milliseconds':<44}{'median':>8}{'1 in 10':>9}{'slowest':>9}{'of a wall clock':>17}")
    for kind in (DraftKind.COLD_EMAIL, DraftKind.COVER_LETTER):
        asked = [brief.model_copy(update={"kind": kind}) for brief in briefs]
        name = kind.value.replace("_", " ")
        _row(f"{name}, seen for the first time", asked, _write)
        _row(f"{name}, again", asked, _write)
    _row("baseline: mail-merge, unchecked", briefs, _merge)
    return 0


def _row(name: str, briefs: list[Brief], run: Callable[[Brief], object]) -> None:
    used, waited = [], []
    for brief in briefs:
        clock, processor = time.perf_counter(), time.process_time()
        run(brief)
        used.append((time.process_time() - processor) * 1000)
        waited.append((time.perf_counter() - clock) * 1000)
    used.sort()
    tenth = used[int(0.9 * (len(used) - 1))]
    figures = (
        f"{statistics.median(used):>8.1f}{tenth:>9.1f}{used[-1]:>9.1f}{statistics.median(waited):>17.1f}"
    )
    print(f"{name:<44}{figures}", flush=True)


def _write(brief: Brief) -> str:
    try:
        return " ".join(s.text for s in write_embedded(brief, Gate(brief, tagging.find_skills).check))
    except NothingMatches:
        return ""


def _merge(brief: Brief) -> str:
    bullets = [item.text for item in brief.profile.evidence if item.type == "bullet"][:2]
    skills = [match.text for match in brief.matches if match.subject == "skill" and match.evidence][:3]
    return MERGE.format(
        company=brief.posting.company,
        title=brief.posting.title,
        skills=", ".join(skills),
        bullets="\n".join(bullets),
        name=brief.profile.name,
    )


def _briefs(corpus: Path) -> Iterator[Brief]:
    embedder = matching.load_embedder(settings.current().embedding_dir)
    people = list(_people(corpus))[::EVERY_PERSON]
    for posting, mentions in islice(_openings(corpus), 0, None, EVERY_OPENING):
        for _, profile in people:
            brief = Brief(
                kind=DraftKind.COLD_EMAIL,
                posting=posting,
                profile=profile,
                matches=matching.match(posting, mentions, profile, embedder),
                mentions=mentions,
            )
            if Materials(brief).is_enough:
                yield brief


if __name__ == "__main__":
    raise SystemExit(main())
