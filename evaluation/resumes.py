"""Tailored résumés over openings and people, held against the checklist R1 to R7, all of it computed.

    R1   each head holds title, employer, dates and degree of one record, character for character
    R2   each line has a source, and the numbers of its source
    R3   no skill stands in a line whose source does not name it
    R4   every file reads back to the same fields; `read_back_<form>` counts values, over all fields
    R5   at most two pages, newest first, headings that readers know
    R6   the words of the page that the evidence carries are said, and none oftener than three times or before
    R7   what is said and what is left out is all there is
    changed_refused   lines made false by one fact, in every way of `evaluation.perturbations`

Nothing that is confidential is said. Every résumé of the corpus in every format is a person; each meets some
openings of the saved pages, in turn.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import exports
import outreach
import tagging
from domain import Brief, Draft, DraftKind, Persona, Profile, Record, Resume, Sentence, SentenceKind
from errors import DocumentError
from evaluation.perturbations import perturbed
from evaluation.profiles import folded
from evaluation.writing import _openings as openings
from exports.files import ResumeForm
from grounding import ResumeGate
from outreach import Opening, Options
from profiles.document import read_document
from profiles.resume import sentences
from profiles.sections import part_named

OPENINGS_A_PERSON = 2
FORMS: tuple[ResumeForm, ...] = ("pdf", "docx", "md", "txt", "json")
CHANGED_EVERY = 4
MOST_PAGES = 2
MOST_REPEATS = 3
ENOUGH = 0.95
"""Of what the evidence could cover: a résumé that says this much is counted as saying it all."""


@dataclass(frozen=True)
class Made:
    """One résumé with what it was made of."""

    draft: Draft
    resume: Resume
    opening: Opening
    profile: Profile
    reads_back: bool

    @property
    def text(self) -> str:
        return "\n".join(s.text for s in self.draft.sentences if s.kind is not SentenceKind.INTENT)


def measure(corpus: Path) -> dict[str, float]:
    """Shares of lines, values or documents that pass, by criterion."""
    counts: Counter[str] = Counter()
    for made in _made(corpus):
        for name, right, there in _counted(made):
            counts[f"{name} right"] += right
            counts[f"{name} there"] += there
    names = dict.fromkeys(key.removesuffix(" there") for key in counts if key.endswith(" there"))
    return {name: counts[f"{name} right"] / counts[f"{name} there"] for name in names}


def _made(corpus: Path) -> Iterator[Made]:
    adverts = cycle([posting for posting, _ in openings(corpus)])
    for profile in _people(corpus):
        for number, posting in enumerate(islice(adverts, OPENINGS_A_PERSON)):
            hushed = _with_secrets(profile)
            opening = outreach.examine(posting, hushed)
            *_, draft = outreach.draft(opening, hushed, Options(kind=DraftKind.TAILORED_RESUME))
            assert isinstance(draft, Draft)
            assert draft.resume is not None
            yield Made(draft, draft.resume, opening, hushed, reads_back=number == 0)


def _people(corpus: Path) -> Iterator[Profile]:
    yield from (outreach.sample_profile(persona) for persona in Persona)
    for file in sorted((corpus / "resumes").iterdir()):
        if not file.is_file() or file.name == "index.jsonl":
            continue
        try:
            yield outreach.read_evidence(file.name, file.read_bytes())[1]
        except DocumentError:
            continue


def _with_secrets(profile: Profile) -> Profile:
    """The profile with every seventh bullet confidential."""
    bullets = [item.id for item in profile.evidence if item.type == "bullet"][6::7]
    evidence = tuple(
        item.model_copy(update={"confidential": True}) if item.id in bullets else item
        for item in profile.evidence
    )
    return profile.model_copy(update={"evidence": evidence})


# --- what is counted ---------------------------------------------------------------------------------


def _counted(made: Made) -> Iterator[tuple[str, int, int]]:
    for name, passed in (*_lines(made), *_documents(made)):
        yield name, int(passed), 1
    for form in FORMS if made.reads_back else ():
        yield from _read_back(made, form)
    yield from _changed(made)


def _changed(made: Made) -> Iterator[tuple[str, int, int]]:
    """Lines of every fourth item, each changed by one fact: how many the gate refuses."""
    sender = made.profile.model_copy(
        update={"evidence": tuple(item for item in made.profile.evidence if not item.confidential)}
    )
    brief = Brief(
        kind=DraftKind.TAILORED_RESUME,
        posting=made.opening.posting,
        profile=sender,
        matches=made.opening.matches,
        mentions=made.opening.mentions,
    )
    gate = ResumeGate(brief, tagging.find_skills)
    for item in [x for x in sender.evidence if x.type in ("bullet", "project")][::CHANGED_EVERY]:
        for _, text in perturbed(item.text, item, sender):
            line = Sentence(kind=SentenceKind.CLAIM, text=text.removesuffix("."), rests_on=(item.id,))
            yield "changed_refused", int(not gate.check(line).supported), 1


def _lines(made: Made) -> Iterator[tuple[str, bool]]:
    evidence = {item.id: item for item in made.profile.evidence}
    records = {record.id: record for record in made.profile.records}
    for verdict in made.draft.verdicts:
        yield "passes_the_gate", verdict.supported
    for section in made.resume.sections:
        for entry in section.entries:
            if entry.record is not None:
                yield "R1", records.get(entry.record.id) == entry.record
            for line in entry.lines:
                item = evidence.get(line.evidence)
                yield "R2_source", item is not None and not item.confidential
                yield "R2_numbers", item is not None and _numbers(line.text) == _numbers(line.source)
                yield "R2_source_verbatim", item is not None and line.source in " ".join(item.text.split())
                yield "R3", _skills(line.text) <= _skills(line.source)


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?<![A-Za-z])\d[\d.,]*", text))


def _skills(text: str) -> set[str]:
    return {mention.skill for mention in tagging.find_skills(text)}


def _documents(made: Made) -> Iterator[tuple[str, bool]]:
    resume, coverage = made.resume, made.resume.coverage
    pdf = exports.export_resume("pdf", resume, made.opening.posting)[1]
    yield "R5_pages", exports.pages_of(pdf) <= MOST_PAGES
    yield "R5_newest_first", _is_newest_first(resume)
    yield "R5_headings", all(part_named(section.heading) for section in resume.sections)
    assert coverage is not None
    yield "R6_no_more_than_held", (coverage.after or 0.0) <= coverage.ceiling + 1e-9
    yield "R6_near_ceiling", not coverage.ceiling or (coverage.after or 0.0) / coverage.ceiling >= ENOUGH
    yield "R6_no_padding", _is_unpadded(made)
    told = {id_ for sentence in made.draft.sentences for id_ in sentence.rests_on if id_ != "p0"}
    told |= {each.evidence for each in resume.left_out}
    yield "R7", {item.id for item in made.profile.evidence if not item.confidential} <= told
    secrets = [item.text for item in made.profile.evidence if item.confidential]
    open_ = " ".join(item.text for item in made.profile.evidence if not item.confidential)
    said = exports.resume_text(resume) + " ".join(each.text for each in resume.left_out)
    yield "confidential_kept", not any(text in said and text not in open_ for text in secrets)


def _is_newest_first(resume: Resume) -> bool:
    years = []
    for section in resume.sections:
        if section.name == "experience":
            years = [_last_year(entry.record) for entry in section.entries if entry.record]
    known = [year for year in years if year]
    return known == sorted(known, reverse=True)


def _last_year(record: Record) -> int:
    if record.current:
        return 9999
    found = re.findall(r"(?:19|20)\d\d", record.end or record.start)
    return int(found[-1]) if found else 0


def _is_unpadded(made: Made) -> bool:
    """No skill of the page is named more than three times, or than the evidence names it."""
    asked = {mention.skill for mention in made.opening.mentions}
    after = Counter(m.skill for m in tagging.find_skills(made.text) if m.skill in asked)
    source = "\n".join(item.text for item in made.profile.evidence)
    before = Counter(m.skill for m in tagging.find_skills(source) if m.skill in asked)
    return all(count <= max(MOST_REPEATS, before[skill]) for skill, count in after.items())


# --- reading back ------------------------------------------------------------------------------------

Fields = dict[str, set[object]]


def _read_back(made: Made, form: ResumeForm) -> Iterator[tuple[str, int, int]]:
    name, data = exports.export_resume(form, made.resume, made.opening.posting)
    there = fields_of_resume(made.resume)
    try:
        found = fields_of_profile(read_document(data, name)[1])
    except DocumentError:
        found = {}
    for field, values in there.items():
        yield f"read_back_{form}", len(values & found.get(field, set())), len(values)
        yield f"read_back_{field}", len(values & found.get(field, set())), len(values)


def fields_of_resume(resume: Resume) -> Fields:
    """The values that a reader should find, folded, by field."""
    parts = exports.parts_of(resume)
    listed = {folded(x) for part in parts if part.is_listed for x in part.listed}
    # A reader takes each sentence of a paragraph for a line.
    told = [x for part in parts for x in (_sentences(part.lines) if part.is_prose else part.lines)]
    said = {folded(x) for x in told if folded(x) not in listed}
    return _fields(
        [e.record for section in resume.sections for e in section.entries if e.record],
        name=exports.name_of(resume) if not resume.organization else "",
        email=resume.email,
        phone=resume.phone,
        links=resume.links,
    ) | {"listed": set(listed), "lines": set(said)}


def _sentences(lines: tuple[str, ...]) -> list[str]:
    return [line[start:end] for line in lines for start, end in sentences(line)]


def fields_of_profile(profile: Profile) -> Fields:
    """The same of what was read."""
    items = tuple(item.text for item in profile.evidence)
    listed = defaultdict(list)  # the skills of one role stand in one line
    for item in profile.evidence:
        if item.type == "skill" and item.record:
            listed[item.record].append(item.text)
    joined = map(", ".join, listed.values())
    texts: set[object] = {folded(text) for text in (*items, *_sentences(items), *joined)}
    contacts = {"name": profile.name, "email": profile.email, "phone": profile.phone}
    return _fields(list(profile.records), links=profile.links, **contacts) | {"listed": texts, "lines": texts}


def _fields(records: list[Record], *, name: str, email: str, phone: str, links: tuple[str, ...]) -> Fields:
    def of(kinds: tuple[str, ...], value: Callable[[Record], object]) -> set[object]:
        return {value(record) for record in records if record.kind in kinds}

    return {
        "name": {text for text in (folded(name),) if text},
        "email": {text for text in (folded(email),) if text},
        "phone": {text for text in (re.sub(r"\D", "", phone),) if text},
        "links": {re.sub(r"^(?:https?://)?(?:www\.)?", "", link.casefold()).rstrip("/") for link in links},
        "roles": of(("role", "volunteering"), _role),
        "degrees": of(("degree",), _degree),
        "certificates": of(("certificate",), lambda record: folded(record.title or record.organization)),
        "projects": of(("project",), lambda record: folded(record.title)) - {""},
    }


def _role(record: Record) -> tuple[object, ...]:
    start, end = record.start, record.end
    return folded(record.organization), folded(record.title), folded(start), folded(end), record.current


def _degree(record: Record) -> tuple[str, ...]:
    title = folded(record.full_title).replace(",", "")
    return folded(record.organization), title, folded(record.start), folded(record.end)
