"""Checking a draft, and checking an edited letter again, beside a flat look for its numbers and names.

    python -m benchmarks.checking

The sender has 60 items of evidence, the letter 17 sentences: of a draft, of free wording, three lies. "After
a key" is the same letter with one more letter in one sentence, as the page sends it while a person writes.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import tagging
from domain import Brief, Evidence, Posting, Profile, Sentence, SentenceKind
from evaluation.claims import brief_of, own_person, stands_somewhere
from grounding import Gate, check_edit
from language import words

RUNS = 30
ITEMS = 60
LETTER = """Hello Tarnwell team,

Tarnwell is hiring a Data Engineer to build data pipelines in Python and SQL. \
At Veritas Mutual, I built a claims dashboard in Power BI that 140 adjusters use every day. \
I automated our monthly loss report in Python and Airflow and so saved about 25 hours per month.

At Kaufmeer Retail, I analyzed the buying behavior of 2 million loyalty card holders. \
With two data engineers, I moved reports from Excel to Looker. I have given SQL training to 15 colleagues. \
My A/B tests doubled the revenue of the shop. I have a master's in statistics from Universität Nordsee. \
I have worked at Veritas Mutual since January 2022. I led the data warehouse team. \
That is close to what your team describes.

I am a native English speaker. Which matters more to you first, Python or SQL? \
Would a short note on that work help?

Kind regards,
Kofi Brandt"""


def main() -> int:
    """Print median and slowest of each."""
    parser = argparse.ArgumentParser(prog="benchmarks.checking", description=__doc__)
    parser.add_argument("--corpus", help="not used here")
    parser.parse_args()
    person = _sender()
    claims = _claims(brief_of(person))
    count = (
        f"{len(person.evidence)} items of evidence, {len(words.sentences(LETTER))} sentences in the letter"
    )
    print(f"{count}, {len(claims)} in the draft")
    print(f"{'milliseconds of a processor':<44}{'median':>8}{'slowest':>9}   ({RUNS} runs)")
    letters = iter(range(10**6))
    rows: list[tuple[str, Callable[[], object]]] = [
        (
            "a draft, a sender not seen before",
            lambda: _draft(_fresh(person, next(letters)), claims),
        ),
        ("a draft, a sender seen before", lambda: _draft(brief_of(person), claims)),
        ("a letter, a sender not seen before", lambda: _edit(_fresh(person, next(letters)), LETTER)),
        ("the same letter again", lambda: _edit(brief_of(person), LETTER)),
        ("after a key", lambda: _edit(brief_of(person), _typed(next(letters)))),
        ("baseline: numbers and names, flat", lambda: stands_somewhere(LETTER, person)),
    ]
    for name, run in rows:
        times = [_milliseconds(run) for _ in range(RUNS)]
        print(f"{name:<44}{statistics.median(times):>8.1f}{max(times):>9.1f}")
    return 0


def _milliseconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1000


def _typed(n: int) -> str:
    return LETTER.replace("I led the data", f"I led {'abcdefghij'[n % 10]}{n} the data")


def _edit(brief: Brief, text: str) -> int:
    return sum(verdict.supported for _, verdict in check_edit(text, brief, tagging.find_skills))


def _draft(brief: Brief, claims: list[Sentence]) -> int:
    gate = Gate(brief, tagging.find_skills)
    return sum(gate.check(claim).supported for claim in claims)


def _claims(brief: Brief) -> list[Sentence]:
    """What the built-in writer would say of the first items."""
    from chains import render

    told = ((item.id, render(brief, item.id)) for item in brief.profile.evidence)
    found = [Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=(id_,)) for id_, text in told if text]
    return found[:16]


def _fresh(person: Profile, n: int) -> Brief:
    """The same sender with other words, so that nothing about them is remembered."""
    evidence = tuple(
        item.model_copy(update={"text": f"{item.text}{' ' * (n + 1)}"}) for item in person.evidence
    )
    posting = Posting.model_validate(brief_of(person).posting.model_dump())
    return brief_of(person).model_copy(
        update={"profile": person.model_copy(update={"evidence": evidence}), "posting": posting}
    )


def _sender() -> Profile:
    """Kofi with the bullets of three others under a role of his, until he has 60 items."""
    kofi = own_person("kofi")
    more: list[Evidence] = []
    for name in ("mira", "ruth", "jun", "petra"):
        for item in own_person(name).evidence:
            if item.type == "bullet":
                more.append(item.model_copy(update={"id": f"x{len(more)}", "record": "r2"}))
    evidence = (*kofi.evidence, *more)[:ITEMS]
    return kofi.model_copy(update={"evidence": evidence})


if __name__ == "__main__":
    raise SystemExit(main())
