"""How long one posting takes to match with 10,000 items of evidence, and 5,000 texts to embed.

    python -m benchmarks.large_profile [--items 10000]

A match is all that a person waits for when they choose an opening: tagging its lines, their vectors, the
index, and the choice among the evidence. It is timed twice a posting, as its lines are embedded only the
first time. The baseline is the same with 100 items, in the same run. The index alone is timed beside arrays
compared one by one, and embedding beside the same model called for one text at a time.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import matching
import outreach
import settings
from domain import Evidence, Persona, Posting, Profile, SourceSpan
from matching.disk import Disk
from matching.embedding import Embedder
from matching.index import Index
from matching.vectors import Exact
from tagging import find_skills

ITEMS = 10_000
FEW = 100
TEXTS = 5_000
ONE_BY_ONE = 500
POSTINGS = 12
RUNS = 20

_DEEDS = (
    "Built",
    "Led",
    "Designed",
    "Migrated",
    "Wrote",
    "Tested",
    "Operated",
    "Documented",
    "Introduced",
    "Planned",
)
_THINGS = (
    "the billing service|a payments API|nightly reports|the search page|an internal dashboard|data pipelines"
    "|the mobile app|release tooling|a fraud model|the customer portal|warehouse routing|audit logging"
    "|an onboarding course|the design system|load tests|invoice matching|a scheduling engine|the support desk"
)
_SKILLS = (
    "Python|Go|Rust|Java|TypeScript|React|Angular|Django|FastAPI|PostgreSQL|MySQL|Redis|Kafka|Spark|Airflow"
    "|Kubernetes|Docker|Terraform|AWS|Azure|Linux|Grafana|Tableau|Excel|Salesforce|SAP|Figma|Jira|Swift|Kotlin"
    "|machine learning|SQL|C++|C#|PHP|Ruby|Scala|Snowflake|dbt|Power BI"
)
_ENDS = (
    "for a bank|for two hospitals|with a team of five|under a fixed budget|across three sites|for 40 shops"
    "|for a city council|with a supplier in Poland|for an online grocer|during a merger|before the audit"
)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.large_profile", description=__doc__)
    parser.add_argument("--corpus", help="not used here")
    parser.add_argument("--items", type=int, default=ITEMS)
    options = parser.parse_args()
    embedder = matching.load_embedder(settings.current().embedding_dir)
    if embedder is None:
        raise SystemExit("the model has not been built: make model")
    _embedding(embedder)
    texts = {item.id: item.text for item in profile_of(options.items).evidence}
    _index(embedder, texts)
    _matches(options.items)
    return 0


def _embedding(embedder: Embedder) -> None:
    told: list[int] = []
    texts = {f"e{number}": text for number, text in enumerate(sentences(TEXTS, seed=5))}
    before = _peak_mib()
    place = Exact()
    whole = _seconds(lambda: place.sync("texts", texts, embedder, lambda done, _: told.append(done)))
    after = _peak_mib()
    singly = sentences(ONE_BY_ONE, seed=6)
    one_by_one = _seconds(lambda: [embedder.embed([text]) for text in singly])
    print(
        f"embedding {TEXTS:,} short texts: {whole:.1f} s, {TEXTS / whole:,.0f} a second,"
        f" told {len(told)} times, {after - before} MiB more at most;"
        f" baseline, one at a time: {ONE_BY_ONE / one_by_one:,.0f} a second"
    )


def _index(embedder: Embedder, texts: dict[str, str]) -> None:
    """The index alone: built, asked, and asked first after a restart."""
    lines = [line.text for line in postings()[0].requirements]
    embedder.embed(lines)
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(Path(folder))
        index = Index(disk)
        built = _seconds(lambda: index.similarities(texts, lines, embedder, key="large"))
        warm = _median_ms(lambda: index.similarities(texts, lines, embedder, key="large"))
        disk.close()
        again = Index(Disk(Path(folder)))
        first = _seconds(lambda: again.similarities(texts, lines, embedder, key="large")) * 1000
    arrays = Exact()
    arrays.sync("large", texts, embedder, None)
    vectors = embedder.embed(lines)
    exact = _median_ms(lambda: arrays.query("large", vectors, 60))
    print(
        f"index of {len(texts):,} texts, {len(lines)} lines: built in {built:.1f} s, asked in {warm:.1f} ms, "
        f"first after a restart {first:.0f} ms; baseline, arrays: {exact:.1f} ms"
    )


def _matches(items: int) -> None:
    print(f"{'milliseconds a match':<30}{'first':>7}{'slowest':>9}{'again':>7}{'slowest':>9}{'its CPU':>9}")
    asked = postings()[:POSTINGS]
    for count in (items, FEW):
        profile = profile_of(count)
        outreach.examine(asked[0], profile)
        # The lines of the first posting have been embedded to warm the index.
        first = [_examine_ms(posting, profile) for posting in asked[1:]]
        spent = time.process_time()
        again = [_examine_ms(posting, profile) for posting in asked]
        spent = (time.process_time() - spent) * 1000 / len(asked)
        name = f"{count:,} items" + (", the baseline" if count == FEW else "")
        print(
            f"{name:<30}{statistics.median(first):>7.0f}{max(first):>9.0f}"
            f"{statistics.median(again):>7.0f}{max(again):>9.0f}{spent:>9.0f}   ({len(asked)} postings)"
        )
        asked = [_reworded(posting) for posting in asked]


def _examine_ms(posting: Posting, profile: Profile) -> float:
    return _seconds(lambda: outreach.examine(posting, profile)) * 1000


def _reworded(posting: Posting) -> Posting:
    """The posting in lines not embedded before, for the same work again."""
    lines = tuple(line.model_copy(update={"text": f"{line.text} "}) for line in posting.lines)
    return posting.model_copy(update={"lines": lines})


def postings() -> list[Posting]:
    """Openings of the samples that say what they ask for."""
    found = [posting for sample in outreach.SAMPLES for posting in outreach.read(sample.url).postings]
    return [posting for posting in found if len(posting.requirements) >= 5]


def profile_of(count: int) -> Profile:
    """The sample person with so many items, each naming none to three of forty skills."""
    base = outreach.sample_profile(Persona.JOB_SEEKER)
    chance = random.Random(count)
    evidence = tuple(
        Evidence(
            id=f"e{number}",
            type="project" if number % 3 else "bullet",
            text=text,
            record=chance.choice(base.records).id,
            skills=tuple(dict.fromkeys(mention.skill for mention in find_skills(text))),
            source=SourceSpan(document="large.csv", place=f"row {number}"),
        )
        for number, text in enumerate(sentences(count, seed=count), start=1)
    )
    return base.model_copy(update={"id": f"large-{count}", "evidence": evidence})


def sentences(count: int, seed: int) -> list[str]:
    """Short texts as in a portfolio, no two alike."""
    chance = random.Random(seed)
    return [
        f"{chance.choice(_DEEDS)} {chance.choice(_THINGS.split('|'))} {chance.choice(_ENDS.split('|'))}"
        f"{_named(chance)}, {number + 3} releases in {chance.randint(2009, 2026)}."
        for number in range(count)
    ]


def _named(chance: random.Random) -> str:
    skills = chance.sample(_SKILLS.split("|"), chance.randint(0, 3))
    return f" with {' and '.join(skills)}" if skills else ""


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _median_ms(work: Callable[[], object]) -> float:
    return statistics.median(_seconds(work) * 1000 for _ in range(RUNS))


def _peak_mib() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) // 1024


if __name__ == "__main__":
    sys.exit(main())
