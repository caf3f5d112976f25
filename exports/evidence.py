"""Kept evidence, taken away: as a résumé in JSON Resume 1.0.0, and as a table.

The schema of JSON Resume allows further fields in every entry and in `meta`, but none beside the sections.
So each entry says under `x-evidence` which items it was made of and where these stand, and `meta` holds the
whole profile as `profiles.read_json` knows it, so that nothing is lost in another tool's format.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from domain import Document, Evidence, Profile, Record, SourceSpan
from exports.table import rows_of
from language import dates
from language.digests import digest_of

KEY = "x-evidence"
SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_SECTIONS = {
    "role": "work",
    "volunteering": "volunteer",
    "degree": "education",
    "certificate": "certificates",
    "project": "projects",
}
_COLUMNS = (
    "id",
    "type",
    "text",
    "state",
    "title",
    "organization",
    "start",
    "end",
    "links",
    "confidential",
    "as read",
    "document",
    "page",
    "place",
    "from character",
    "to character",
    "also in",
    "questions",
)


class KeptItem(Protocol):
    """An item as the store gives it."""

    @property
    def evidence(self) -> Evidence: ...
    @property
    def state(self) -> str: ...
    @property
    def original(self) -> str: ...
    @property
    def read_from(self) -> SourceSpan: ...
    @property
    def also_in(self) -> Sequence[SourceSpan]: ...


class KeptPaper(Protocol):
    """A document as the store gives it."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> Document: ...


# --- JSON Resume -------------------------------------------------------------------------------------


def to_json_resume(profile: Profile, items: Sequence[KeptItem], documents: Sequence[KeptPaper] = ()) -> bytes:
    """A file that validates as JSON Resume 1.0.0.

    Its sections hold what other tools may show: neither hidden nor confidential items. Dates stand there in
    ISO 8601, as far as they were written; the words of the source are under `x-evidence`. Hidden items are
    under `meta`, so that the file holds everything that was kept.

    Args:
        profile: What may be used.
        items: Every item, hidden ones too.
        documents: What the items were read from.

    Returns:
        JSON in UTF-8.
    """
    known = {item.evidence.id: item for item in items}
    open_ = [item for item in profile.evidence if not item.confidential]
    owned: dict[str | None, list[Evidence]] = defaultdict(list)
    for evidence in open_:
        owned[evidence.record].append(evidence)
    sections: dict[str, list[dict[str, Any]]] = defaultdict(list)
    held = {evidence.record for evidence in profile.evidence}
    # A confidential role or degree is its record: its employer and dates are not told by its other items.
    names = ("role", "degree", "certificate")
    secret = {item.record for item in profile.evidence if item.confidential and item.type in names}
    for record in profile.records:
        if record.id not in secret and (owned[record.id] or record.id not in held):
            sections[_SECTIONS[record.kind]].append(_entry(record, owned[record.id], known))
    records = {record.id for record in profile.records}
    loose = [evidence for evidence in open_ if evidence.record not in records]
    for section, entry in _loose_entries(loose, known):
        sections[section].append(entry)
    resume: dict[str, Any] = {"$schema": SCHEMA, "basics": _basics(profile, loose, known)}
    resume |= {name: sections[name] for name in _order() if sections[name]}
    resume["meta"] = {
        "version": "v1.0.0",
        KEY: {
            "profile": profile.model_dump(mode="json", exclude_defaults=True, exclude={"kept_as"})
            | {
                "records": [_plain(record) for record in profile.records],
                "evidence": [_plain(evidence) for evidence in profile.evidence],
            },
            "hidden": [_provenance(item, with_text=True) for item in items if item.state == "hidden"],
            "documents": [_paper(each) for each in documents],
            "digest": digest_of(resume),
        },
    }
    return json.dumps(resume, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _order() -> Iterable[str]:
    return (*_SECTIONS.values(), "skills", "languages")


def _plain(noun: Record | Evidence) -> dict[str, Any]:
    """A record or item without what a reader derives again."""
    return noun.model_dump(mode="json", exclude_defaults=True, exclude={"skills", "numbers"})


def _basics(profile: Profile, loose: Sequence[Evidence], known: dict[str, KeptItem]) -> dict[str, Any]:
    summaries = [evidence for evidence in loose if evidence.type == "summary"]
    first, *others = profile.links or ("",)
    basics: dict[str, Any] = {
        "name": profile.name,
        "label": profile.headline,
        "email": profile.email,
        "phone": profile.phone,
        "url": first,
        "summary": " ".join(evidence.text for evidence in summaries),
        "location": {"address": profile.postal_address} if profile.postal_address else {},
        "profiles": [{"url": link} for link in others],
    }
    basics = {name: value for name, value in basics.items() if value}
    return basics | (_sources(summaries, known) if summaries else {})


def _entry(record: Record, owned: Sequence[Evidence], known: dict[str, KeptItem]) -> dict[str, Any]:
    """The entry of one record: its facts, then what else its items say."""
    heads = [evidence for evidence in owned if evidence.type == record.kind or evidence.type == "role"]
    first = heads[0].text if heads else ""
    entry = _facts(record, first)
    if record.kind == "project" and first:
        entry["description"] = first
    skills = [evidence.text for evidence in owned if evidence.type == "skill"]
    headed = record.kind != "certificate"
    said = [
        evidence.text
        for evidence in owned
        if evidence.type != "skill" and not (heads and evidence is heads[0] and headed)
    ]
    said = [text for text in said if text not in entry.values()]
    entry |= {"keywords": skills} if skills else {}
    entry |= {"highlights": said} if said else {}
    sources = _sources(owned, known)
    sources[KEY]["record"] = _plain(record)
    return entry | sources


def _facts(record: Record, first: str) -> dict[str, Any]:
    """The facts of a record under the names of its section."""
    title, organization = record.title, record.organization
    start, end = iso(record.start), iso(record.end)
    url = record.links[0] if record.links else ""
    facts = {
        "role": {"name": organization, "position": title or ("" if organization else first)},
        "volunteering": {"organization": organization, "position": title or ("" if organization else first)},
        "project": {"name": title, "entity": organization},
        "degree": {"institution": organization, "studyType": title, "area": record.area},
        "certificate": {"name": title or first, "issuer": organization, "date": end or start},
    }[record.kind]
    period = {} if record.kind == "certificate" else {"startDate": start, "endDate": end}
    return {name: value for name, value in (facts | period | {"url": url}).items() if value}


def _loose_entries(
    loose: Sequence[Evidence], known: dict[str, KeptItem]
) -> Iterable[tuple[str, dict[str, Any]]]:
    """Entries for items that belong to no record. Lines of no known employer share one that has no name."""
    fields = {
        "skill": ("skills", "name"),
        "language": ("languages", "language"),
        "project": ("projects", "description"),
        "degree": ("education", "studyType"),
        "certificate": ("certificates", "name"),
        "role": ("work", "position"),
    }
    for evidence in loose:
        if evidence.type in fields:
            section, field = fields[evidence.type]
            yield section, {field: evidence.text} | _sources([evidence], known)
    bullets = [evidence for evidence in loose if evidence.type == "bullet"]
    if bullets:
        yield "work", {"highlights": [each.text for each in bullets]} | _sources(bullets, known)


def _sources(evidence: Sequence[Evidence], known: dict[str, KeptItem]) -> dict[str, Any]:
    items = [_provenance(known[each.id]) for each in evidence if each.id in known]
    return {KEY: {"items": items}}


def _provenance(item: KeptItem, *, with_text: bool = False) -> dict[str, Any]:
    """Where an item stands: `verbatim` are the words of its source, corrected or not."""
    evidence = item.evidence
    told = {
        "id": evidence.id,
        "type": evidence.type,
        "state": item.state,
        "verbatim": item.original or evidence.text,
        **_where(item.read_from),
        "alsoIn": [_where(span) for span in item.also_in],
        "confidential": evidence.confidential,
    }
    if with_text:
        told |= {"text": evidence.text, "record": evidence.record}
    return {name: value for name, value in told.items() if value not in (None, "", [], False)}


def _where(span: SourceSpan) -> dict[str, Any]:
    return span.model_dump(mode="json", exclude_none=True)


def _paper(paper: KeptPaper) -> dict[str, Any]:
    document = paper.document
    return {
        "id": paper.id,
        "name": document.name,
        "sha256": document.digest,
        "format": document.format,
        "parser": document.parser,
    }


def iso(written: str) -> str:
    """A date as the schema wants it, no finer than it was written; empty where that cannot be told.

    "Mar 2021" gives "2021-03", "Summer 2013" gives "2013", "Present" gives "".
    """
    if re.fullmatch(r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", written):
        return written
    found = dates.parse(written)
    if found is None or found.year is None:
        return ""
    return f"{found.year:04d}" if found.month is None else f"{found.year:04d}-{found.month:02d}"


# --- a table -----------------------------------------------------------------------------------------


def to_csv(profile: Profile, items: Sequence[KeptItem], documents: Sequence[KeptPaper] = ()) -> bytes:
    """Every item in a row, for a spreadsheet: nothing in it is taken for a formula.

    Args:
        profile: Whose records the items belong to.
        items: Every item, hidden ones too.
        documents: Not needed; the table names each item's document.

    Returns:
        CSV in UTF-8 with a byte-order mark, every cell in quotes.
    """
    del documents
    records = {record.id: record for record in profile.records}
    rows = (_row(item, records.get(item.evidence.record or "")) for item in items)
    return b"".join(rows_of(_COLUMNS, rows))


def _row(item: KeptItem, record: Record | None) -> tuple[object, ...]:
    evidence, source = item.evidence, item.read_from
    return (
        evidence.id,
        evidence.type,
        evidence.text,
        item.state,
        record.full_title if record else "",
        record.organization if record else "",
        record.start if record else "",
        record.end if record else "",
        " ".join(evidence.links),
        "yes" if evidence.confidential else "",
        item.original,
        source.document,
        source.page,
        source.place,
        source.start,
        source.end,
        " · ".join(filter(None, map(_spot, item.also_in))),
        " ".join(doubt.question for doubt in evidence.doubts),
    )


def _spot(span: SourceSpan) -> str:
    page = f"page {span.page}" if span.page else ""
    return ", ".join(filter(None, (span.document, page, span.place)))
