"""How good the built-in writer's drafts are, kind by kind, by the checklists for them.

Real openings of the corpus are paired with the sample people and the corpus's readable résumés, of every
format; of the pairs with an answer that a draft can use, a sample that does not change is written to. Every
line is counted by rule; none is judged. Truth is the gate's own verdict on every sentence and on the whole.
An opening counts as one that a draft could be written for where a match strong enough to open a draft rests
on evidence that the writer can say: degrees, certificates, languages and deeds that only show a trait answer
lines, and carry no draft by themselves.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import matching
import profiles
import scraping
import settings
import tagging
from chains.embedded.materials import OPENS, SAID
from domain import (
    Brief,
    DraftKind,
    Match,
    Persona,
    Posting,
    Profile,
    SkillMention,
)
from errors import DocumentError
from evaluation.checklists import CHECKLISTS, SHORT_NAMES, Written, distinct, written

OPENINGS_A_PAGE = 3
# The kinds of page that the floors were pinned on: others hold other trades, which the samples cannot answer.
KINDS = ("api_greenhouse", "api_ashby", "api_lever", "html_posting", "html_company", "html_board")
FORMATS = (".json", ".md", ".txt", ".pdf", ".docx", ".yaml", ".yml")
FEWEST_LINES = 4
# One pair in so many is looked at, and of those with an answer one in so many is written to: about a minute.
PAIRS = 4
SAMPLED = {
    DraftKind.COLD_EMAIL: 1,
    DraftKind.FOLLOW_UP: 2,
    DraftKind.COVER_LETTER: 2,
    DraftKind.RESUME_SUMMARY: 2,
}


def measure(corpus: Path) -> dict[str, float]:
    """Shares of drafts that pass each line, of openings that get a draft, and of drafts the gate passes.

    Args:
        corpus: The directory with `careers/index.jsonl` and `resumes/`.
    """
    drafts, answered, drafted = _write_all(corpus)
    scores = {
        "pairs_with_a_draft": drafted / max(1, answered),
        "passes_the_gate": _share([w.sound for written in drafts.values() for w in written]),
    }
    for kind, criteria in CHECKLISTS.items():
        for name, criterion in criteria.items():
            said = [criterion(written) for written in drafts[kind]]
            scores[f"{SHORT_NAMES[kind]}_{name}"] = _share([each for each in said if each is not None])
    for kind in (DraftKind.COLD_EMAIL, DraftKind.COVER_LETTER):
        scores[f"{SHORT_NAMES[kind]}_E16"] = _share(list(distinct(drafts[kind])))
    return scores


def _share(passed: Sequence[bool]) -> float:
    return sum(passed) / len(passed) if passed else 1.0


# --- what is written ---------------------------------------------------------------------------------


def _write_all(corpus: Path) -> tuple[dict[DraftKind, list[Written]], int, int]:
    """The drafts of each kind; the e-mails asked for that a draft could be written for; how many came."""
    drafts: dict[DraftKind, list[Written]] = {kind: [] for kind in CHECKLISTS}
    earlier: dict[tuple[str, DraftKind], list[frozenset[int]]] = defaultdict(list)
    answered = drafted = 0
    for number, (brief, person) in enumerate(_pairs(corpus)):
        email: Written | None = None
        for kind, every in SAMPLED.items():
            if number % every:
                continue
            known = tuple(earlier[person, kind])  # as when many openings are written to
            asked = brief.model_copy(update={"kind": kind, "earlier": known})
            if kind is DraftKind.FOLLOW_UP and email is not None:
                told = {id_ for s in email.sentences for id_ in s.rests_on if id_.startswith("e")}
                asked = asked.model_copy(update={"told": tuple(told), "earlier_subject": email.subject})
            draft = written(asked, person)
            drafts[kind] += [draft] if draft else []
            earlier[person, kind] += [draft.runs] if draft else []
            if kind is DraftKind.COLD_EMAIL:
                email = draft
                answered += 1
                drafted += draft is not None
    return drafts, answered, drafted


def _pairs(corpus: Path) -> Iterator[tuple[Brief, str]]:
    """Briefs of an opening and a person whose evidence can carry a draft, in an order that mixes both."""
    embedder = matching.load_embedder(settings.current().embedding_dir)
    people = dict(_people(corpus))
    pairs = [(opening, person) for opening in _openings(corpus) for person in people]
    pairs.sort(key=lambda pair: crc32(f"{pair[0][0].title}|{pair[0][0].company}|{pair[1]}".encode()))
    for (posting, mentions), person in pairs[::PAIRS]:
        matches = matching.match(posting, mentions, people[person], embedder)
        if _has_usable(matches, people[person]):
            yield (
                Brief(
                    kind=DraftKind.COLD_EMAIL,
                    posting=posting,
                    profile=people[person],
                    matches=matches,
                    mentions=mentions,
                ),
                person,
            )


def _has_usable(matches: Sequence[Match], profile: Profile) -> bool:
    """Whether any match is strong enough to open a draft, by evidence that a draft can say."""
    said = {item.id for item in profile.evidence if item.type in SAID}
    return any(m.score >= OPENS and said.intersection(m.evidence) for m in matches)


def _openings(corpus: Path) -> Iterator[tuple[Posting, tuple[SkillMention, ...]]]:
    """A few openings of every saved page that can be read, with what they ask for."""
    folder = corpus / "careers"
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        url = entry.get("url") or ""
        if not url or entry["kind"] not in KINDS:
            continue
        reading = scraping.read(url, scraping.saved_page((folder / entry["file"]).read_bytes(), url))
        usable = [p for p in reading.postings if len(p.lines) >= FEWEST_LINES]
        for posting in usable[:OPENINGS_A_PAGE]:
            yield posting, tagging.tag(posting.lines)


def _people(corpus: Path) -> Iterator[tuple[str, Profile]]:
    """The invented people, and every résumé of the corpus that can be read."""
    for persona in Persona:
        yield persona.value, _skilled(profiles.sample(persona))
    for file in sorted((corpus / "resumes").glob("*")):
        if file.suffix not in FORMATS:
            continue
        try:
            yield file.name, _skilled(profiles.read_document(file.read_bytes(), file.name)[1])
        except DocumentError:
            continue


def _skilled(profile: Profile) -> Profile:
    evidence = tuple(
        item.model_copy(
            update={"skills": tuple(dict.fromkeys(m.skill for m in tagging.find_skills(item.text)))}
        )
        for item in profile.evidence
    )
    return profile.model_copy(update={"evidence": evidence})
