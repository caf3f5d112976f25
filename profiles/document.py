"""An uploaded file as a document and the profile it holds, whatever its format.

`_READERS` holds one reader a format. A reader of text gives lines, which a parser of layouts reads; a reader
of data knows its fields itself.
"""

import hashlib
from collections.abc import Callable
from functools import partial

from domain import Document, Evidence, Profile, Record, SourceSpan
from errors import DocumentError
from profiles import doubts, lines
from profiles.docx import read_docx
from profiles.json_documents import read_json
from profiles.ledger import identified
from profiles.linkedin import read_linkedin
from profiles.locating import locate
from profiles.markdown import read_markdown
from profiles.parsers import AUTOMATIC, choose
from profiles.pdf import read_pdf
from profiles.portfolio import read_portfolio
from profiles.readme import read_readme
from profiles.sniffing import Format, readable
from profiles.source import Source
from profiles.structured import Structured
from profiles.text import normalised
from profiles.yaml_documents import read_yaml

Progress = Callable[[int, int], None]

MOST_CHARACTERS = 200_000
HIDDEN_SHOWN = 160  # characters of a passage that is quoted


def read_profile(data: bytes, document: str) -> Profile:
    """The profile of a document; see `read_document`."""
    return read_document(data, document)[1]


def read_document(
    data: bytes, name: str, parser: str = AUTOMATIC, progress: Progress | None = None
) -> tuple[Document, Profile]:
    """Read a résumé, portfolio or export.

    Args:
        data: The file's bytes, at most 10 MB.
        name: Its name, which becomes the provenance of every item.
        parser: Which parser reads its layout; by default the one that fits best.
        progress: Called with (done, total) rows of a long table.

    Raises:
        DocumentError: when it cannot be read; says why, and what works instead.
    """
    kind = readable(data, name)
    found = _portfolio(data, name, progress) if kind is Format.CSV else _READERS[kind](data, name)
    source = found if isinstance(found, Source) else None
    if isinstance(found, Source):
        layout = choose(found, parser)
        profile, chosen = _located(layout.read(found, name), found), layout.name
    else:
        profile, chosen = found.profile, ""
    profile = doubts.raised(_paged(profile, source.pages if source else (), found.text))
    document = Document(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        format=kind.value,
        text=found.text,
        pages=source.pages if source else (),
        parser=chosen,
        confidence=source.confidence if source else 1.0,
        warnings=tuple(dict.fromkeys((*(_told(source) if source else ()), *profile.warnings))),
    )
    return document, identified(profile)


def _told(source: Source) -> tuple[str, ...]:
    """What a person should know of a source, the text in it that nobody sees included."""
    shown = (f"Hidden in it: “{text[:HIDDEN_SHOWN]}”" for text in source.hidden[:3])
    return (*source.warnings, *shown)


# --- one reader a format -------------------------------------------------------------------------------


def _text_of(data: bytes) -> str:
    text = normalised(data)
    if len(text) > MOST_CHARACTERS:
        raise DocumentError("This is more text than a résumé holds.", "Keep the last ten years or so.")
    return text


def _lines(data: bytes, _name: str) -> Source:
    text = lines.visible(_text_of(data))
    return Source(text, tuple(lines.split(text)))


def _data(read: Callable[[str, str], Profile], data: bytes, name: str) -> Structured:
    text = normalised(data)
    return Structured(text, read(text, name))


def _portfolio(data: bytes, name: str, progress: Progress | None) -> Structured:
    table = read_portfolio(data, name, progress)
    profile = Profile(id="", name="", records=table.records, evidence=table.evidence, warnings=table.warnings)
    return Structured(table.text, profile)


_READERS: dict[Format, Callable[[bytes, str], Source | Structured]] = {
    Format.PDF: lambda data, _name: read_pdf(data),
    Format.DOCX: lambda data, _name: read_docx(data),
    Format.TEXT: _lines,
    Format.MARKDOWN: lambda data, _name: read_markdown(_text_of(data)),
    Format.JSON: partial(_data, read_json),
    Format.YAML: partial(_data, read_yaml),
    Format.LINKEDIN: read_linkedin,
    Format.README: lambda data, name: read_readme(_text_of(data), name),
}


# --- places --------------------------------------------------------------------------------------------


def _located(profile: Profile, source: Source) -> Profile:
    """The profile with the offsets of its records' fields and its own, as sure as the reading was."""
    spans = {
        item.source.place: (source.text.rfind("\n", 0, item.source.start) + 1, item.source.end)
        for item in reversed(profile.evidence)
        if item.source.start is not None and item.source.end is not None
    }
    found = locate(profile, source.text, spans)
    sure = tuple(item.model_copy(update={"confidence": source.confidence}) for item in found.evidence)
    return found.model_copy(update={"evidence": sure})


def _paged(profile: Profile, pages: tuple[int, ...], text: str) -> Profile:
    """The profile with the page of every offset, and with "page 2, line 4" for its items' places."""
    if not pages:
        return profile

    def on_page(span: SourceSpan) -> SourceSpan:
        if span.start is None:
            return span
        page = sum(1 for start in pages if start <= span.start)
        line = text.count("\n", pages[page - 1], span.start) + 1
        return span.model_copy(update={"page": page, "place": f"page {page}, line {line}"})

    def record_on_page(record: Record) -> Record:
        fields = tuple(f.model_copy(update={"source": on_page(f.source)}) for f in record.fields)
        return record.model_copy(update={"fields": fields})

    def item_on_page(item: Evidence) -> Evidence:
        return item.model_copy(update={"source": on_page(item.source)})

    return profile.model_copy(
        update={
            "records": tuple(map(record_on_page, profile.records)),
            "evidence": tuple(map(item_on_page, profile.evidence)),
            "fields": tuple(f.model_copy(update={"source": on_page(f.source)}) for f in profile.fields),
        }
    )
