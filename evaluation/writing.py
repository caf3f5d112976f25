"""How good the built-in writer's drafts are, by the checklist for cold e-mails (E…) and letters (L…).

Real openings of the corpus are paired with the sample people and the corpus's readable résumés. Every
criterion is counted by rule; none is judged. Truth is the gate's own verdict on every sentence and on the
whole. An opening counts as one that a draft could be written for where a match strong enough to open a draft
rests on evidence that the writer can say: degrees, certificates, languages and deeds that only show a trait
answer lines, and carry no draft by themselves.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import matching
import profiles
import scraping
import settings
import tagging
from chains import write_embedded
from chains.embedded.materials import OPENS, SAID
from chains.embedded.style import PLACEHOLDER, STOCK, body, grade, self_ratio
from domain import (
    Brief,
    DraftKind,
    Match,
    Persona,
    Posting,
    Profile,
    Sentence,
    SentenceKind,
    SkillMention,
    Verdict,
)
from errors import DocumentError, NothingMatches
from grounding import Gate

OPENINGS_A_PAGE = 3
LETTER_EVERY = 3
# The kinds of page that the floors were pinned on: others hold other trades, which the samples cannot answer.
KINDS = ("api_greenhouse", "api_ashby", "api_lever", "html_posting", "html_company", "html_board")
FEWEST_LINES = 4
Criterion = Callable[["Written"], bool]
_SALUTATIONS = re.compile(r"to whom it may concern|dear (?:sir|madam|hiring)", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """A draft with what it was written from."""

    brief: Brief
    person: str
    sentences: tuple[Sentence, ...]
    sound: bool

    @property
    def subject(self) -> str:
        return next((s.text for s in self.sentences if s.kind is SentenceKind.SUBJECT), "")

    @property
    def said(self) -> list[Sentence]:
        return body(self.sentences)

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.said)

    @property
    def words(self) -> int:
        return len(self.text.split())

    def of(self, kind: SentenceKind) -> list[Sentence]:
        return [s for s in self.said if s.kind is kind]


def measure(corpus: Path) -> dict[str, float]:
    """Shares of drafts that pass each criterion, of openings that get a draft, and of drafts the gate passes.

    Args:
        corpus: The directory with `careers/index.jsonl` and `resumes/`.
    """
    emails, letters, answered, drafted = _write_all(corpus)
    scores = {
        "openings_with_a_draft": drafted / max(1, answered),
        "passes_the_gate": _share([w.sound for w in [*emails, *letters]]),
    }
    for name, criterion in _EMAIL.items():
        scores[f"email_{name}"] = _share([criterion(w) for w in emails])
    for name, criterion in _LETTER.items():
        scores[f"letter_{name}"] = _share([criterion(w) for w in letters])
    scores["email_E16"] = _share(list(_distinct(emails)))
    return scores


def _share(passed: Sequence[bool]) -> float:
    return sum(passed) / len(passed) if passed else 0.0


# --- what is written ---------------------------------------------------------------------------------


def _write_all(corpus: Path) -> tuple[list[Written], list[Written], int, int]:
    """E-mails, letters, pairs with an answer that a draft can use, and how many of those got an e-mail."""
    embedder = matching.load_embedder(settings.current().embedding_dir)
    openings, people = list(_openings(corpus)), dict(_people(corpus))
    emails: list[Written] = []
    letters: list[Written] = []
    answered = drafted = 0
    for number, (posting, mentions) in enumerate(openings):
        for person, profile in people.items():
            matches = matching.match(posting, mentions, profile, embedder)
            brief = Brief(
                kind=DraftKind.COLD_EMAIL,
                posting=posting,
                profile=profile,
                matches=matches,
                mentions=mentions,
            )
            usable = _has_usable(matches, profile)
            email = _written(brief, person)
            answered += usable
            drafted += usable and email is not None
            emails += [email] if email else []
            if number % LETTER_EVERY == 0:
                letter = _written(brief.model_copy(update={"kind": DraftKind.COVER_LETTER}), person)
                letters += [letter] if letter else []
    return emails, letters, answered, drafted


def _has_usable(matches: Sequence[Match], profile: Profile) -> bool:
    """Whether any match is strong enough to open a draft, by evidence that a draft can say."""
    said = {item.id for item in profile.evidence if item.type in SAID}
    return any(m.score >= OPENS and said.intersection(m.evidence) for m in matches)


def _written(brief: Brief, person: str) -> Written | None:
    gate = Gate(brief, tagging.find_skills)
    try:
        sentences = tuple(write_embedded(brief, gate.check))
    except NothingMatches:
        return None
    subject = next((s.text for s in sentences if s.kind is SentenceKind.SUBJECT), "")
    whole: Sequence[Verdict] = gate.check_whole(subject, sentences)
    faults = [v for v in whole if not v.supported and v.fault]  # length has no words at fault; see E1, L1
    admitted = [gate.admit(s, lambda _: None).sentence for s in sentences]
    sound = None not in admitted and not faults
    return Written(brief, person, sentences, sound)


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
    """The invented people, and every résumé of the corpus that is JSON, Markdown or text."""
    for persona in Persona:
        yield persona.value, _skilled(profiles.sample(persona))
    for file in sorted((corpus / "resumes").glob("*")):
        if file.suffix not in (".json", ".md", ".txt"):
            continue
        try:
            yield file.name, _skilled(profiles.read_profile(file.read_bytes(), file.name))
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


# --- what is counted ---------------------------------------------------------------------------------


def _masked(written: Written) -> frozenset[str]:
    named = [m.skill for m in written.brief.mentions]
    named += [label for item in written.brief.profile.evidence for label in item.skills]
    return frozenset(word for name in named for word in name.lower().split())


def _good_subject(written: Written) -> bool:
    subject, posting = written.subject, written.brief.posting
    names = [posting.company, *re.findall(r"\w{4,}", posting.title)]
    early = any(name and name.lower() in subject[:35].lower() for name in names)
    shouting = subject.isupper() or "!" in subject or re.match(r"(?:re|fwd?):", subject, re.IGNORECASE)
    return 2 <= len(subject.split()) <= 7 and len(subject) <= 50 and early and not shouting


def _short(written: Written) -> bool:
    paragraphs: dict[int, int] = defaultdict(int)
    for sentence in written.said:
        paragraphs[sentence.paragraph] += 1
    return max(paragraphs.values()) <= 3 and all(len(s.text.split()) <= 25 for s in written.said)


def _one_ask(written: Written) -> bool:
    asks = [s for s in written.said if s.text.endswith("?")]
    asked = " ".join(s.text for s in asks)
    heavy = re.search(r"\d+ minutes|calendar|calendly|schedule|call", asked, re.IGNORECASE)
    return 1 <= len(asks) <= 2 and not heavy


def _proven(written: Written) -> bool:
    claims = written.of(SentenceKind.CLAIM)
    return 1 <= len(claims) <= 3 and all(s.rests_on for s in claims)


def _opens_well(written: Written) -> bool:
    starts = re.match(r"(?:I|My|We)\b|I am writing|I hope", written.text)
    return starts is None and self_ratio(written.text) <= 2.5


def _names_role(written: Written) -> bool:
    first = min(s.paragraph for s in written.said)
    text = " ".join(s.text for s in written.said if s.paragraph == first).lower()
    company = written.brief.posting.company.lower()
    role = [word for word in re.findall(r"\w{4,}", written.brief.posting.title.lower()) if word in text]
    return bool(role) and (not company or company in text)


def _two_needs(written: Written) -> bool:
    """Two needs of the page followed by a claim."""
    pairs = zip(written.said, written.said[1:], strict=False)
    return sum(a.kind is SentenceKind.RECIPIENT and b.kind is SentenceKind.CLAIM for a, b in pairs) >= 2


def _paragraphs(written: Written) -> int:
    return len({s.paragraph for s in written.said})


_EMAIL: dict[str, Criterion] = {
    "E1": lambda w: 50 <= w.words <= 125,
    "in_60_to_110_words": lambda w: 60 <= w.words <= 110,
    "E2": _good_subject,
    "E3": lambda w: grade(w.text, _masked(w)) <= 8.0,
    "E4": _short,
    "E5": _one_ask,
    "E7": _proven,
    "E8": _opens_well,
    "E11": lambda w: not STOCK.search(w.text),
    "E13": lambda w: not PLACEHOLDER.search(f"{w.subject} {w.text}"),
}
_LETTER: dict[str, Criterion] = {
    "L1": lambda w: 200 <= w.words <= 350,
    "L2": lambda w: 3 <= _paragraphs(w) - 1 <= 4 and _names_role(w),
    "L3": lambda w: grade(w.text, _masked(w)) <= 10.0,
    "L4": _two_needs,
    "L5": lambda w: not _SALUTATIONS.search(" ".join(s.text for s in w.sentences)),
}


def _distinct(emails: Sequence[Written]) -> Iterator[bool]:
    """For e-mails of one person to two openings: whether they share at most 40 % of their five-word runs."""
    by_person: dict[str, list[set[str]]] = defaultdict(list)
    for written in emails:
        words = written.text.lower().split()
        by_person[written.person].append({" ".join(words[i : i + 5]) for i in range(len(words) - 4)})
    for runs in by_person.values():
        for a, b in combinations(runs, 2):
            yield len(a & b) <= 0.4 * max(1, min(len(a), len(b)))
