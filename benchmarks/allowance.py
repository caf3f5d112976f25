"""Drafts inside a free allowance: how fast a queue drains, how often it is refused, what a draft takes.

    python -m benchmarks.allowance [--corpus DIR] [--drafts 50]

A stand-in server holds its callers to Groq's free limits (30 requests and 8,000 tokens a minute, 1,000 and
200,000 a day, counted with prompt and `max_tokens` as each call comes in), once giving back what an answer
did not use and once not. Its clock moves only while somebody waits, so what is measured are the waits alone.
Beside it, in the same run and under the same limits, the common recipe: it asks as soon as the last answer
is there, and waits when it is refused for as long as it is told.
"""

import argparse
import json
import os
import statistics
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import chains
import outreach
import settings
from benchmarks.common_recipe import extraction_prompts, page_text, written_prompt
from benchmarks.tokens import counter
from domain import Draft, Persona, Posting, Profile
from errors import NothingMatches
from tests.groq_limits import Limits, TurnedClock
from tests.groq_stand_in import StandIn

_LARGEST_PAGE = 400_000
_MOST_OF_A_PAGE = 6
_MOST_ANSWER = 600
_ANSWER = "word " * 110
_FREE: dict[str, Any] = {"model_tokens_per_minute": 8_000}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.allowance", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--drafts", type=int, default=50)
    options = parser.parse_args()
    os.environ.setdefault("NO_PROXY", "127.0.0.1")
    warnings.filterwarnings("ignore", message="It looks like")
    count, counted_by = counter()
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    pages = list(_pages(options.corpus / "careers", options.drafts, profile))
    openings = [opening for page in pages for opening in page.openings][: options.drafts]
    print(f"{len(openings)} openings of {len(pages)} pages; tokens by {counted_by}")
    for settles in (True, False):
        _ours(openings, profile, Limits(clock=TurnedClock(), count=count, settles=settles))
    _theirs(pages, len(openings), Limits(clock=TurnedClock(), count=count))


@dataclass(frozen=True)
class Page:
    """A page as the common loader reads it, its openings, and those of them that get a draft."""

    text: str
    postings: tuple[Posting, ...]
    openings: tuple[outreach.Opening, ...]


def _pages(careers: Path, most: int, profile: Profile) -> Iterator[Page]:
    """Pages with openings that the sample sender can answer, until there are enough of those."""
    found = 0
    for line in (careers / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        body = (careers / entry["file"]).read_bytes()
        if found >= most or len(body) > _LARGEST_PAGE:
            continue
        reading = outreach.read_saved(body, entry["url"])
        best = outreach.rank(reading, profile)[:_MOST_OF_A_PAGE]
        openings = tuple(one for one in best if _has_draft(one, profile))
        if openings:
            found += len(openings)
            yield Page(page_text(body), reading.postings, openings)


def _has_draft(opening: outreach.Opening, profile: Profile) -> bool:
    try:
        return any(isinstance(event, Draft) for event in outreach.draft(opening, profile))
    except NothingMatches:
        return False


def _ours(openings: Sequence[outreach.Opening], profile: Profile, limits: Limits) -> None:
    """A bulk run of the model writer through the real client; its budget and the server share a clock."""
    clock = limits.clock
    assert isinstance(clock, TurnedClock)
    budget = chains.shared()
    with (
        StandIn(limits=limits) as server,
        mock.patch.object(settings, "current", return_value=server.settings(**_FREE)),
        mock.patch.object(budget, "clock", clock),
        mock.patch.object(budget, "sleep", clock.sleep),
    ):
        began = clock()
        moves = list(outreach.draft_many(openings, profile, outreach.Options(writer="model")))
    usages = [move.job.draft.receipt.usage for move in moves if move.job.draft]
    tokens = [usage.prompt_tokens + usage.completion_tokens for usage in usages if usage.calls]
    _report(
        f"Inroad, a server that {'gives back what is left over' if limits.settles else 'gives nothing back'}",
        Result(len(usages), len(server.requests), tokens, clock() - began, limits),
    )
    by_model = sum(usage.writer == "model" for usage in usages)
    print(
        f"{'':4}{by_model} of {len(usages)} drafts are the model's; most tokens in a minute {limits.peak:,}"
    )


def _theirs(pages: Sequence[Page], wanted: int, limits: Limits) -> None:
    """The common recipe: a page's text to a model that lists its openings, then one call an opening."""
    clock = limits.clock
    assert isinstance(clock, TurnedClock)
    began, calls, tokens, written, lost = clock(), 0, list[int](), 0, 0
    for page in pages:
        own = 0
        for prompt in extraction_prompts(page.text, limits.count):
            calls += 1
            own += _asked(prompt, limits, clock)
        lost += 0 if own else len(page.openings)
        for opening in page.openings if own else ():
            calls += 1
            tokens.append(own + _asked(written_prompt(opening.posting, _skills(opening)), limits, clock))
            own, written = 0, written + 1
            if written == wanted:
                break
    _report("common recipe", Result(written, calls, tokens, clock() - began, limits))
    print(f"    {lost} openings stand on pages that are larger than the server takes at all")


def _asked(prompt: str, limits: Limits, clock: TurnedClock) -> int:
    """Tokens of a call, asked again each time that it is refused; one that never fits is given up."""
    body = {"messages": [{"content": prompt}], "max_tokens": _MOST_ANSWER}
    while (ticket := limits.admit(body)).status == 429:
        clock.sleep(float(ticket.headers["retry-after"]) + 0.01)
    answered = limits.count(_ANSWER)
    limits.settle(ticket, answered)
    return limits.count(prompt) + answered if ticket.status == 200 else 0


def _skills(opening: outreach.Opening) -> list[str]:
    return [match.text for match in opening.asked]


@dataclass(frozen=True)
class Result:
    drafts: int
    calls: int
    tokens: Sequence[int]
    seconds: float
    limits: Limits


def _report(name: str, result: Result) -> None:
    minutes = max(result.seconds / 60, 1e-9)
    refused = ", ".join(f"{n} x {status}" for status, n in sorted(result.limits.refused.items())) or "none"
    print(
        f"{name}\n    {result.drafts} drafts, {result.calls} calls, refused: {refused}; "
        f"{result.seconds / 60:.1f} min, {result.drafts / minutes:.1f} drafts a minute\n"
        f"    tokens a draft: {statistics.mean(result.tokens):,.0f} on average, "
        f"{statistics.median(result.tokens):,.0f} at the median, {max(result.tokens):,} at most"
    )


if __name__ == "__main__":
    main()
