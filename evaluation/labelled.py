"""Requirement lines of real postings, labelled with what answers them in real résumés, without their text.

A quote is kept as its first words, its length and a hash, all of its letters and digits alone, so that line
breaks and punctuation do not matter; its text is found again in the résumé that the corpus holds. The labels
were written without knowing what matching answers. Halves a and c are fitted on; half b is looked at in
totals only, and none of its people or openings is in another half.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import outreach
from domain import Evidence, Posting, Profile, Record
from errors import InroadError
from evaluation.judged import Judged
from matching import Embedder

LABELS = Path(__file__).with_name("matching_corpus.jsonl")
HINT_WORDS = 4
PART = 0.25  # of a quote that an item must hold; "R" stands in every one


@dataclass(frozen=True)
class Quote:
    """A passage that is not kept: how it begins, how long it is, and what its characters hash to."""

    hint: str
    length: int
    digest: str

    @classmethod
    def of(cls, text: str) -> "Quote":
        whole = bare(text)
        return cls(" ".join(text.split()[:HINT_WORDS]), len(whole), _digest(whole))

    def find(self, whole: str) -> str:
        """The passage, bare, where it stands in a bare text; empty where it does not."""
        begin = bare(self.hint)
        at = whole.find(begin)
        while at >= 0 and begin:
            passage = whole[at : at + self.length]
            if _digest(passage) == self.digest:
                return passage
            at = whole.find(begin, at + 1)
        return ""


@dataclass(frozen=True)
class Label:
    """One line of a posting, and the quotes of the résumé that answer it; none where nothing does.

    `folder` is where the résumé is; empty for the corpus's own.
    """

    half: str
    posting: str
    title: str
    resume: str
    line: Quote
    kind: str
    fits: tuple[Quote, ...]
    folder: str = ""


@dataclass(frozen=True)
class Pair:
    """A posting and a profile as read, with the labels that their lines could be found for, by line id."""

    posting: Posting
    profile: Profile
    found: dict[str, Label]
    asked: int


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Letters and digits alone, in lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def read_labels() -> list[Label]:
    """All labels kept here."""
    return [
        _label(row, row["kind"], Quote(**row["line"]), (Quote(**quote) for quote in row["fits"]))
        for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    ]


def read_source(source: Path) -> list[Label]:
    """Labels from a file that holds their text, one JSON object a line."""
    return [
        _label(row, row["type"], Quote.of(row["line"]), map(Quote.of, row["fits"]))
        for row in map(json.loads, source.read_text(encoding="utf-8").splitlines())
    ]


def _label(row: dict[str, Any], kind: str, line: Quote, fits: Iterable[Quote]) -> Label:
    return Label(
        half=row["half"],
        posting=row["posting"],
        title=row["title"],
        resume=row["resume"],
        line=line,
        kind=kind,
        fits=tuple(fits),
        folder=row.get("folder", ""),
    )


@lru_cache(maxsize=4)
def pairs(corpus: Path, half: str) -> tuple[Pair, ...]:
    """The pairs of one half, read once."""
    return tuple(read_pairs(corpus, [label for label in read_labels() if label.half == half]))


def read_pairs(corpus: Path, labels: Iterable[Label]) -> Iterator[Pair]:
    """Each posting with its résumé, read as the app reads them. What cannot be read has no found labels."""
    grouped: dict[tuple[str, str, Path], list[Label]] = {}
    for label in labels:
        resume = (Path(label.folder) if label.folder else corpus / "resumes") / label.resume
        grouped.setdefault((label.posting, label.title, resume), []).append(label)
    for (posting, title, resume), some in grouped.items():
        profile = _profile(resume)
        best = max(
            _postings(corpus / "careers" / posting),
            key=lambda p: (len(_found(p, some)), bare(p.title) == bare(title)),
            default=None,
        )
        if profile is None or best is None:
            empty = Posting(id="", title=title)
            yield Pair(empty, profile or Profile(id="", name=""), {}, len(some))
        else:
            yield Pair(best, profile, _found(best, some), len(some))


def answer(pair: Pair) -> list[Judged]:
    """What the app answers to each labelled line, and what would have been right."""
    opening = outreach.examine(pair.posting, pair.profile)
    given = {match.line: match.evidence for match in opening.matches if match.subject == "requirement"}
    return [
        Judged(pair.profile.id, label.line.hint, given.get(line, ()), right(pair.profile, label), label.kind)
        for line, label in pair.found.items()
    ]


def nearest(pair: Pair, embedder: Embedder, count: int, least: float) -> list[Judged]:
    """The common recipe: for each line the nearest items by cosine, as many as asked, none below a limit."""
    items = pair.profile.evidence
    lines = {line.id: line.text for line in pair.posting.lines if line.id in pair.found}
    if not items or not lines:
        return []
    cosines = embedder.embed(list(lines.values())) @ embedder.embed([item.text for item in items]).T
    judged = []
    for line, row in zip(lines, cosines, strict=True):
        best = [i for i in row.argsort()[::-1][:count] if row[i] >= least]
        fits = right(pair.profile, pair.found[line])
        given = tuple(items[i].id for i in best)
        judged.append(Judged(pair.profile.id, pair.found[line].line.hint, given, fits, pair.found[line].kind))
    return judged


def right(profile: Profile, label: Label) -> frozenset[str]:
    """The items whose text, or whose record, overlaps a quote; one id that is no item where none was read."""
    if not label.fits:
        return frozenset()
    records = {record.id: record for record in profile.records}
    text = _text_of(profile)
    passages = [(quote, quote.find(text)) for quote in label.fits]
    found = {
        item.id
        for item in profile.evidence
        if any(_overlaps(item, records.get(item.record or ""), quote, passage) for quote, passage in passages)
    }
    return frozenset(found) or frozenset({"not read"})


def _overlaps(item: Evidence, record: Record | None, quote: Quote, passage: str) -> bool:
    texts = [item.text]
    if record is not None:
        texts += [f"{record.full_title} {record.organization}", f"{record.organization} {record.full_title}"]
    for text in texts:
        whole = bare(text)
        if quote.find(whole) or (whole in passage and len(whole) >= PART * len(passage) > 0):
            return True
    parts = (record.title, record.organization) if record is not None else ()
    return any(len(bare(part)) > 3 and bare(part) in passage for part in parts)


@lru_cache(maxsize=64)
def _text_of(profile: Profile) -> str:
    """All that was read of a résumé, bare, records beside their items; twice, so that either comes first."""
    records = {record.id: record for record in profile.records}
    parts = []
    for item in profile.evidence:
        record = records.get(item.record or "")
        named = [record.full_title, record.organization, record.full_title] if record else []
        parts += [*named, item.text]
    return bare(" ".join([*parts, profile.headline, *(item.text for item in profile.evidence)]))


@lru_cache(maxsize=64)
def _profile(path: Path) -> Profile | None:
    try:
        return outreach.profile_from_upload(path.name, path.read_bytes())
    except (InroadError, OSError):
        return None


@lru_cache(maxsize=64)
def _postings(path: Path) -> tuple[Posting, ...]:
    return outreach.read_saved(path.read_bytes()).postings if path.is_file() else ()


def _found(posting: Posting, labels: Iterable[Label]) -> dict[str, Label]:
    """The labels whose lines are requirement lines of a posting, by the ids of those lines."""
    found: dict[str, Label] = {}
    for label in labels:
        for line in posting.requirements:
            whole = bare(line.text)
            passage = label.line.find(whole)
            if passage and len(passage) >= 0.6 * len(whole):
                found.setdefault(line.id, label)
                break
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def add(source: Path, corpus: Path) -> int:
    """Keep the labels of a file that holds their text, of the corpus's résumés alone; return how many."""
    own = (corpus / "resumes").resolve()
    rows = []
    for label in read_source(source):
        if not label.folder or Path(label.folder).resolve() == own:
            row = {key: getattr(label, key) for key in ("half", "posting", "title", "resume")}
            fits = [vars(quote) for quote in label.fits]
            rows.append(row | {"line": vars(label.line), "kind": label.kind, "fits": fits})
    with LABELS.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return len(rows)
