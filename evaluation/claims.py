"""Hand-written claims in free wording, each true or false of a résumé: how many of each the gate tells apart.

A claim is checked as a person's own edit is: against every item of the résumé, read by the app's own readers.
The corpus has claims about its résumés; `tests/grounding/claims` has our own about invented people, in two
halves. Both were written first and have been tuned on since, the half called blind last: how good the gate
is, claims about new people decide.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import outreach
import tagging
from domain import Brief, DraftKind, Posting, PostingLine, Profile, Section
from evaluation.judged import share
from evaluation.rows import rows
from grounding import check_edit

OWN = Path(__file__).parents[1] / "tests" / "grounding" / "claims"
HALVES = ("development", "blind")
COMPANY = "Tarnwell"


class Tally:
    """How many claims of each side were told rightly, and of the false ones by kind of fabrication."""

    def __init__(self) -> None:
        self.right: Counter[tuple[bool, str]] = Counter()
        self.total: Counter[tuple[bool, str]] = Counter()
        self.wrong: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any], *, accepted: bool) -> None:
        key = (row["supported"], row["type"])
        self.total[key] += 1
        self.right[key] += accepted is row["supported"]
        if accepted is not row["supported"]:
            self.wrong.append(row)

    def share(self, supported: bool) -> float:
        right, total = (
            sum(n for key, n in c.items() if key[0] is supported) for c in (self.right, self.total)
        )
        return share(right, total)

    def kinds(self) -> dict[str, float]:
        """The share of false claims refused, by kind of fabrication."""
        found = sorted(kind for supported, kind in self.total if not supported)
        return {kind: share(self.right[False, kind], self.total[False, kind]) for kind in found}


def measure(corpus: Path) -> dict[str, float]:
    """`false_refused` and `true_accepted` of the corpus and of each half of our own; `baseline_…` of a check
    that only asks whether the numbers and names of a claim stand somewhere in the résumé."""
    scores: dict[str, float] = {}
    kinds: dict[str, list[float]] = {}
    for name, told, person in _sets(corpus):
        tally, flat = tally_of(told, person, accepts), tally_of(told, person, stands_somewhere)
        scores[f"{name}false_refused"] = tally.share(supported=False)
        scores[f"{name}true_accepted"] = tally.share(supported=True)
        scores[f"baseline_{name}false_refused"] = flat.share(supported=False)
        scores[f"baseline_{name}true_accepted"] = flat.share(supported=True)
        for kind, right in tally.kinds().items():
            kinds.setdefault(kind, []).append(right)
    return scores | {f"refused_{kind}": sum(each) / len(each) for kind, each in sorted(kinds.items())}


def _sets(corpus: Path) -> Iterator[tuple[str, list[dict[str, Any]], Callable[[str], Profile]]]:
    yield "", rows(corpus / "claims" / "freeform_claims.jsonl"), lambda name: corpus_person(corpus, name)
    for half in HALVES:
        yield f"{half}_", rows(OWN / f"{half}.jsonl"), own_person


def tally_of(
    told: list[dict[str, Any]], person: Callable[[str], Profile], accept: Callable[[str, Profile], bool]
) -> Tally:
    """Every claim told of its person, put to a judge."""
    tally = Tally()
    for row in told:
        tally.add(row, accepted=accept(row["text"], person(row["resume"])))
    return tally


def accepts(text: str, person: Profile) -> bool:
    """Whether every sentence of an edit is supported."""
    verdicts = check_edit(text, brief_of(person), tagging.find_skills)
    return all(verdict.supported for _, verdict in verdicts)


def stands_somewhere(text: str, person: Profile) -> bool:
    """The baseline: every number and every capitalised word of the claim is in the résumé's text."""
    whole = " ".join(
        [*(item.text for item in person.evidence), *(r.organization for r in person.records), *person.links]
    ).lower()
    wanted = re.findall(r"\d[\d.,]*\d|\d|(?<=\s)[A-Z][\w.+#]*\w", text)
    return all(word.lower() in whole for word in wanted if word != "I")


@lru_cache(maxsize=64)
def corpus_person(corpus: Path, name: str) -> Profile:
    """The résumé that a corpus claim speaks of."""
    truth = json.loads((corpus / "resumes" / "ground_truth" / f"{name}.json").read_text(encoding="utf-8"))
    path = corpus / "resumes" / truth["files"][0]
    return outreach.profile_from_upload(path.name, path.read_bytes())


@lru_cache(maxsize=16)
def own_person(name: str) -> Profile:
    """One of our own invented people."""
    path = OWN / f"{name}.md"
    return outreach.profile_from_upload(path.name, path.read_bytes())


@lru_cache(maxsize=64)
def brief_of(person: Profile, planted: str = "") -> Brief:
    """A brief for this sender, about an opening that answers none of the claims; with one planted line more
    where `planted` is given."""
    texts = [
        "Data Engineer",
        "You will build data pipelines in Python and SQL.",
        "3+ years of experience with Kafka",
    ]
    texts += [planted] if planted else []
    lines = tuple(
        PostingLine(id=f"p{i}", text=text, section=Section.TASKS if i else Section.TITLE)
        for i, text in enumerate(texts)
    )
    posting = Posting(id="job", title=texts[0], company=COMPANY, text="\n".join(texts[1:]), lines=lines)
    return Brief(kind=DraftKind.COLD_EMAIL, posting=posting, profile=person, matches=())
