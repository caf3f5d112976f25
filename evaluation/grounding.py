"""How much the gate lets through that it should not, and how much that it should.

Hand-written claims of the corpus are checked against the résumé they speak of, the kinder way: against every
item of it. Renderings of real evidence, and the same with one fact changed, are checked against their
own item.
A writer that obeys every instruction planted in a page shows whether any of it can reach a draft.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import profiles
import tagging
from chains import render
from domain import (
    Brief,
    DraftKind,
    Evidence,
    Persona,
    Posting,
    PostingLine,
    Profile,
    Record,
    Section,
    Sentence,
    SentenceKind,
    SourceSpan,
)
from errors import DocumentError
from evaluation.judged import share
from evaluation.rows import rows
from grounding import Gate, check_edit

_READABLE = {".md", ".txt", ".json"}
_COMPANY = "Tarnwell"


def measure(corpus: Path) -> dict[str, float]:
    """Scores from 0 to 1, higher is better.

    `false_refused` and `true_accepted` are of the hand-written claims (free wording, so a true one may
    well be
    refused); `changed_refused` and `rendered_accepted` of sentences made from real evidence;
    `canaries_kept_out` of planted instructions.
    """
    claims = _claims(corpus)
    rendered = _rendered(corpus)
    return {**claims, **rendered, "canaries_kept_out": _canaries_kept_out(corpus)}


# --- hand-written claims -----------------------------------------------------------------------------


def _claims(corpus: Path) -> dict[str, float]:
    path = corpus / "claims" / "freeform_claims.jsonl"
    people: dict[str, Profile] = {}
    right: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for row in rows(path):
        person = people.setdefault(row["resume"], _person(corpus, row["resume"]))
        verdicts = check_edit(row["text"], _brief(person), tagging.find_skills)
        accepted = all(verdict.supported for _, verdict in verdicts)
        total[row["supported"]] += 1
        right[row["supported"]] += accepted is row["supported"]
    return {
        "false_refused": share(right[False], total[False]),
        "true_accepted": share(right[True], total[True]),
    }


def _person(corpus: Path, name: str) -> Profile:
    """The résumé as read, or the fields of its ground truth where its format is read elsewhere."""
    truth = json.loads((corpus / "resumes" / "ground_truth" / f"{name}.json").read_text(encoding="utf-8"))
    for file in truth.get("files", []):
        path = corpus / "resumes" / file
        if path.suffix in _READABLE:
            return profiles.read_profile(path.read_bytes(), file)
    return _from_truth(truth)


def _from_truth(truth: dict[str, Any]) -> Profile:
    records: list[Record] = []
    evidence: list[Evidence] = []

    def add(kind: str, text: str, record: Record | None = None) -> None:
        owner = None
        if record is not None:
            records.append(record)
            owner = record.id
        fields = {"id": f"e{len(evidence) + 1}", "type": kind, "text": text, "record": owner}
        evidence.append(Evidence.model_validate({**fields, "source": SourceSpan(document=truth["id"])}))

    for role in truth.get("experience", []):
        is_current = role["end"] == "present"
        id_, start, end = f"r{len(records) + 1}", role["start"] or "", role["end"] or ""
        record = Record(
            id=id_,
            kind="role",
            title=role["title"] or "",
            organization=role["employer"] or "",
            start=start,
            end=end,
            current=is_current,
        )
        add("role", f"{record.title}, {record.organization}, {start} - {end}", record)
    for degree in truth.get("education", []):
        title = " in ".join(filter(None, (degree["degree"], degree["area"])))
        school = degree["institution"] or ""
        id_, end = f"r{len(records) + 1}", degree["end"] or ""
        add(
            "degree",
            f"{title}, {school}, {end}",
            Record(id=id_, kind="degree", title=title, organization=school, end=end),
        )
    for name in truth.get("certifications", []):
        add("certificate", name, Record(id=f"r{len(records) + 1}", kind="certificate", title=name))
    for name in truth.get("skills", []):
        add("skill", name)
    return Profile(id=truth["id"], name=truth["name"], records=tuple(records), evidence=tuple(evidence))


# --- sentences made from real evidence ---------------------------------------------------------------


def _rendered(corpus: Path) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for person in _people(corpus):
        brief = _brief(person)
        gate = Gate(brief, tagging.find_skills)
        for item in person.evidence:
            text = render(brief, item.id)
            if text is None or item.type not in {"bullet", "project"}:
                continue
            honest = Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=(item.id,))
            counts["honest"] += 1
            if not gate.check(honest).supported:
                continue
            counts["accepted"] += 1
            for changed in mutations(text):
                counts["changed"] += 1
                counts["refused"] += not gate.check(honest.model_copy(update={"text": changed})).supported
    return {
        "rendered_accepted": share(counts["accepted"], counts["honest"]),
        "changed_refused": share(counts["refused"], counts["changed"]),
    }


def _people(corpus: Path) -> Iterator[Profile]:
    yield from (profiles.sample(persona) for persona in Persona)
    for path in sorted((corpus / "resumes").iterdir()):
        if path.suffix in _READABLE:
            try:
                yield profiles.read_profile(path.read_bytes(), path.name)
            except DocumentError:
                continue


_SWAPS = (
    (r"\b(?:reduced|cut|decreased|lowered|reducing|cutting|decreasing)\b", "increased"),
    (r"\b(?:increased|raised|improved|increasing|raising|improving)\b", "reduced"),
    (r"\bminutes?\b", "hours"),
    (r"\bhours?\b", "minutes"),
    (r"%", " points"),
    (r"\bpercent\b", "points"),
    (r"\bweeks?\b", "days"),
    (r"\bfrom (\S+) to (\S+)", r"from \2 to \1"),
    (r"\bhelped (?:to )?", "led and "),
    (r"\b(?:took part in|participated in|contributed to|assisted with|assisted in)\b", "led"),
    (r"\b(?:was )?part of a team that\b", "led a team that"),
    (r"\b(?:about|around|approximately|up to|over|more than|nearly|almost) (?=[\d$€£])", ""),
    (r"\b(?:not|never|without|only|partly)\b ", ""),
    (r"(?<=\d)\+", ""),
    (r"\b(?:I|we) (?:built|wrote|created|developed|designed|implemented)\b", "I founded"),
    (r"\bteam\b", "company"),
    (r"\bI (?=[a-z]+ed\b)", "I single-handedly "),
)
_ADDITIONS = (
    ", saving $2 million a year",
    " for NASA",
    " in Haskell",
    " at Zorblat Dynamics",
    ", and won an award",
)
_ADDED_BEFORE = ("award-winning ", "critical ", "global ", "not ", "all ")


def mutations(text: str) -> Iterator[str]:
    """The sentence with one fact changed, in every way known here that changes what it says."""
    body = text.rstrip(".")
    for number in re.finditer(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d", body):
        changed = str(int(re.sub(r"\D", "", number.group()) or 0) + 7)
        yield f"{body[: number.start()]}{changed}{body[number.end() :]}."
    for pattern, instead in _SWAPS:
        if re.search(pattern, body):
            yield f"{re.sub(pattern, instead, body, count=1)}."
    for addition in _ADDITIONS:
        yield f"{body}{addition}."
    found = re.search(r"\b(?:a|an|the|of|to|for|with|in) (?=[a-z]{4})", body)
    if found:
        for word in _ADDED_BEFORE:
            yield f"{body[: found.end()]}{word}{body[found.end() :]}."
    place = re.match(r"(At|As .+? at) ([^,]+),", body)
    if place:
        yield f"{place[1]} Zorblat Dynamics,{body[place.end() :]}."
    yield from _exchanged(body)


def _exchanged(body: str) -> Iterator[str]:
    """Two numbers, or a number and the next one's noun, that change places."""
    numbers = list(re.finditer(r"(?<![\w.])\d[\d,]*(?![\w.%])", body))
    for one, other in pairwise(numbers):
        if one.group() != other.group():
            between = body[one.end() : other.start()]
            yield f"{body[: one.start()]}{other.group()}{between}{one.group()}{body[other.end() :]}."


# --- planted instructions ----------------------------------------------------------------------------


def _canaries_kept_out(corpus: Path) -> float:
    """A writer that obeys: every planted text, its canaries, and claims made of them, in every kind of
    line."""
    person = profiles.sample(Persona.JOB_SEEKER)
    total = leaked = 0
    for text, canaries in _planted(corpus):
        brief = _brief(person, planted=text)
        gate = Gate(brief, tagging.find_skills)
        offered = (
            gate.admit(sentence, partial(render, brief)) for sentence in _obeying(text, canaries, brief)
        )
        admitted = [each.sentence.text for each in offered if each.sentence is not None]
        for canary in canaries:
            total += 1
            leaked += any(canary.lower() in each.lower() for each in admitted)
    return share(total - leaked, total)


def _planted(corpus: Path) -> Iterator[tuple[str, list[str]]]:
    folder = corpus / "injection"
    for row in rows(folder / "domain_payloads.jsonl"):
        if row["canary"]:
            yield row["text"], row["canary"]
            yield _spaced(row["text"]), [_spaced(canary) for canary in row["canary"]]
    for row in rows(folder / "remoteok_codewords.jsonl"):
        canaries = [row["codeword"], row.get("tag") or ""]
        yield row["text"], [canary for canary in canaries if canary]


def _spaced(text: str) -> str:
    """The text with a zero-width space after each letter, as a page may hide it."""
    return "\u200b".join(text)


def _obeying(text: str, canaries: list[str], brief: Brief) -> Iterator[Sentence]:
    lines = tuple(line.id for line in brief.posting.lines)
    evidence = tuple(item.id for item in brief.profile.evidence)
    said = [text, *re.split(r"(?<=[.!?:])\s+", text)]
    for canary in canaries:
        said += [canary, f"{canary}.", canary.lower(), canary.capitalize()]
        said += [f"You ask for {canary}.", f"You also list {canary}.", f"Your posting names {canary}."]
        said += [f"You say {canary} on your page.", f"{_COMPANY} is hiring someone to {canary.lower()}."]
        said += [
            f"I worked at {canary}.",
            f"At {canary}, I built services.",
            f"I hold a {canary} certificate.",
        ]
        said += [
            f"I like {canary}.",
            f"Is {canary} close to what you need?",
            f"Which matters more, {canary}?",
        ]
        said += [
            f"Hello {canary} team,",
            f"More of my work: https://{canary}",
            f"My skills include {canary}.",
        ]
        said += [f"You also ask for {canary}, which my record does not show yet.", f"I {canary.lower()}."]
    for each in dict.fromkeys(said):
        for kind in SentenceKind:
            yield Sentence(kind=kind, text=each)
            yield Sentence(kind=kind, text=each, rests_on=lines)
            yield Sentence(kind=kind, text=each, rests_on=lines[-1:])
            yield Sentence(kind=kind, text=each, rests_on=evidence[1:2])


# --- common ------------------------------------------------------------------------------------------


def _brief(person: Profile, planted: str = "") -> Brief:
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
    posting = Posting(id="job", title=texts[0], company=_COMPANY, text="\n".join(texts[1:]), lines=lines)
    return Brief(kind=DraftKind.COLD_EMAIL, posting=posting, profile=person, matches=())
