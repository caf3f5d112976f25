"""Documents for the tests of the store, as a reader would hand them over."""

import hashlib
from collections.abc import Sequence
from typing import Any

from domain import Document, Doubt, Evidence, FieldSource, Profile, Record, SourceSpan
from language import quantities

PERCENT = Doubt(
    about="number",
    question="A percent sign may have been lost.",
    words="40",
    answers=("Cut deploys by 40 %.", "Cut deploys by 40."),
)
OWNER = Doubt(about="owner", question="Which role does this belong to?")


def document(name: str = "cv.pdf", text: str = "the text", **fields: Any) -> Document:
    digest = fields.pop("digest", hashlib.sha256(f"{name} {text}".encode(errors="replace")).hexdigest())
    return Document(name=name, digest=digest, format="PDF", text=text, **fields)


def item(text: str, record: str | None = None, type_: Any = "bullet", **fields: Any) -> Evidence:
    source = fields.pop("source", SourceSpan(document="cv.pdf", place="line 3", page=1, start=4, end=9))
    return Evidence(
        id=fields.pop("id", "e0"),
        type=type_,
        text=text,
        record=record,
        numbers=quantities.find(text),
        source=source,
        **fields,
    )


def role(id_: str = "r1", **fields: Any) -> Record:
    facts = {"title": "Engineer", "organization": "Northwind", "start": "2021", "end": "2023"} | fields
    return Record(id=id_, kind=facts.pop("kind", "role"), **facts)


def profile(items: Sequence[Evidence | str] = (), records: Sequence[Record] = (), **fields: Any) -> Profile:
    evidence = [each if isinstance(each, Evidence) else item(each) for each in items]
    numbered = tuple(each.model_copy(update={"id": f"e{n}"}) for n, each in enumerate(evidence, 1))
    return Profile(id="", name=fields.pop("name", ""), records=tuple(records), evidence=numbered, **fields)


def source_of(field: str, document_name: str = "cv.pdf") -> FieldSource:
    return FieldSource(field=field, source=SourceSpan(document=document_name, start=0, end=3))
