"""Model calls and tokens a draft, beside the common recipe on the same pages.

    python -m benchmarks.tokens [--corpus DIR]

Ours is what the model writer really sends to a stand-in server, and the typed lines of its honest persona,
for a cold e-mail of each sample sender; then for every kind of draft that a model writes. Both sides are
counted with one tokenizer: that of the embedding model, or four characters a token where it has not been
built. Pages that our reader cannot read, and openings that the sample senders cannot answer, are left out on
both sides.
"""

import argparse
import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import chains
import outreach
import settings
from benchmarks.common_recipe import Cost, Count, extraction, page_text, writing
from domain import Brief, DraftKind, Persona, Posting, Profile, Reading, Sentence
from errors import NothingMatches
from tests.groq_stand_in import StandIn

_LARGEST_PAGE = 400_000
_OTHERS = (DraftKind.FOLLOW_UP, DraftKind.COVER_LETTER, DraftKind.RESUME_SUMMARY)


@dataclass(frozen=True)
class Page:
    """A page with openings, and what one draft for its best opening costs each side.

    `constant` counts the part of our prompt that is the same for every draft.
    """

    file: str
    openings: int
    constant: int
    ours: Cost
    kinds: dict[DraftKind, list[int]]
    one: Cost
    every: Cost

    @property
    def is_board(self) -> bool:
        return self.openings > 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.tokens", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    options = parser.parse_args()
    count, counted_by = counter()
    read, skipped = [], 0
    with StandIn() as server:
        for name, body, reading in readings(options.corpus / "careers"):
            page = _compare(name, body, reading, server, count)
            read += [page] if page else []
            skipped += page is None
    print(
        f"Tokens by {counted_by}; {len(read)} pages with openings, {skipped} without one our samples answer."
    )
    _report("single postings", [page for page in read if not page.is_board])
    _report("boards and lists", [page for page in read if page.is_board])
    _report_kinds(read)


def readings(careers: Path) -> Iterator[tuple[str, bytes, Reading]]:
    for line in (careers / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        body = (careers / entry["file"]).read_bytes()
        if len(body) > _LARGEST_PAGE:
            continue
        reading = outreach.read_saved(body, entry["url"])
        if reading.postings:
            yield entry["file"], body, reading


def _compare(name: str, body: bytes, reading: Reading, server: StandIn, count: Count) -> Page | None:
    """The cost of one e-mail from this page, averaged over the senders that have one."""
    ours, constant, email = [], 0, ""
    kinds: dict[DraftKind, list[int]] = {}
    best = reading.postings[0]
    for persona in Persona:
        profile = outreach.sample_profile(persona)
        best = outreach.rank(reading, profile)[0].posting
        brief = _brief(best, profile)
        try:
            written = list(chains.write_with_model(brief, server.settings()))
        except NothingMatches:
            continue
        constant = count(server.requests[-1]["messages"][0]["content"])
        ours.append(_sent_and_got(server, count))
        email = "\n".join(item.text for item in written if isinstance(item, Sentence))
        for kind in _OTHERS:
            other = brief.model_copy(update={"kind": kind})
            if list(chains.write_with_model(other, server.settings())):
                kinds.setdefault(kind, []).append(_sent_and_got(server, count))
    if not ours:
        return None
    skills = {posting.id: _skills(posting) for posting in reading.postings}
    reading_cost = extraction(page_text(body), reading.postings, skills, count)
    writings = {
        posting.id: writing(posting, skills[posting.id], email, count) for posting in reading.postings
    }
    return Page(
        file=name,
        openings=len(reading.postings),
        constant=constant,
        ours=Cost(1, round(statistics.mean(ours))),
        kinds={DraftKind.COLD_EMAIL: ours, **kinds},
        one=reading_cost + writings[best.id],
        every=sum(writings.values(), start=reading_cost),
    )


def _sent_and_got(server: StandIn, count: Count) -> int:
    """Tokens of the last call: both messages and the answer."""
    sent = (message["content"] for message in server.requests[-1]["messages"])
    return sum(map(count, sent)) + count(server.answers[-1])


def _brief(posting: Posting, profile: Profile) -> Brief:
    opening = outreach.examine(posting, profile)
    return Brief(
        kind=DraftKind.COLD_EMAIL,
        posting=posting,
        profile=profile,
        matches=opening.matches,
        mentions=opening.mentions,
    )


def _skills(posting: Posting) -> list[str]:
    profile = outreach.sample_profile(Persona.JOB_SEEKER)
    return [match.text for match in outreach.examine(posting, profile).asked]


def counter() -> tuple[Count, str]:
    path = settings.current().embedding_dir / "tokenizer.json"
    if not path.exists():
        return (lambda text: len(text) // 4), "four characters each"
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return (
        lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)
    ), "the embedding model's tokenizer"


def _report(name: str, pages: list[Page]) -> None:
    if not pages:
        return
    ours = statistics.median(page.ours.tokens for page in pages)
    print(f"\n{name}: {len(pages)} pages, {sum(page.openings for page in pages)} openings")
    constant = max(page.constant for page in pages)
    print(
        f"  {'Inroad, one draft':30} {ours:8,.0f} tokens, 1 call; "
        f"{constant} of them are the same for every draft, which a server may keep cached"
    )
    for label, costs in (
        ("recipe, one draft", [page.one for page in pages]),
        ("recipe, as it loops over all", [page.every for page in pages]),
    ):
        tokens = statistics.median(cost.tokens for cost in costs)
        calls = statistics.median(cost.calls for cost in costs)
        ratios = [page.ours.tokens / cost.tokens for page, cost in zip(pages, costs, strict=True)]
        total = sum(page.ours.tokens for page in pages) / sum(cost.tokens for cost in costs)
        print(
            f"  {label:30} {tokens:8,.0f} tokens, {calls:.0f} calls; "
            f"ours is {statistics.median(ratios):.2f} of it at the median, {total:.2f} over all"
        )


def _report_kinds(pages: list[Page]) -> None:
    print("\nevery kind of draft, one call each: median and most tokens, prompt and answer")
    for kind in (DraftKind.COLD_EMAIL, *_OTHERS):
        spent = [tokens for page in pages for tokens in page.kinds.get(kind, [])]
        if spent:
            print(f"  {kind.value:30} {statistics.median(spent):8,.0f} {max(spent):8,.0f}  of {len(spent)}")


if __name__ == "__main__":
    main()
