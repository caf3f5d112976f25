"""Drafts for the tests of the history, as a writer would hand them over."""

from typing import Any

from domain import (
    Draft,
    DraftKind,
    Posting,
    PostingLine,
    Receipt,
    Section,
    Sentence,
    SentenceKind,
    Usage,
    Verdict,
)


def posting(title: str = "Platform Engineer", company: str = "Northwind Health", **fields: Any) -> Posting:
    text = fields.pop("text", "You run Kubernetes.")
    lines = (
        PostingLine(id="p0", text=title, section=Section.TITLE),
        PostingLine(id="p1", text=text, section=Section.MUST, start=0, end=len(text)),
    )
    url = fields.pop("url", "https://northwind.example/jobs/1")
    return Posting(id="a", title=title, company=company, url=url, text=text, lines=lines, **fields)


def draft(*claims: str, kind: DraftKind = DraftKind.COLD_EMAIL, **fields: Any) -> Draft:
    """A greeting, one sentence about the reader, a claim for each text, and a sign-off."""
    said = claims or ("I built a mill.",)
    sentences = (
        Sentence(kind=SentenceKind.FORMULA, text="Hello,"),
        Sentence(kind=SentenceKind.RECIPIENT, text="You run Kubernetes.", rests_on=("p1",), paragraph=1),
        *(
            Sentence(kind=SentenceKind.CLAIM, text=text, rests_on=(f"e{number}",), paragraph=1)
            for number, text in enumerate(said, 1)
        ),
        Sentence(kind=SentenceKind.FORMULA, text="Best regards", paragraph=2),
        Sentence(kind=SentenceKind.FORMULA, text="Ada", paragraph=2),
    )
    cited = tuple(f"e{number}" for number in range(1, len(said) + 1))
    return Draft(
        kind=kind,
        subject=fields.pop("subject", "About the platform"),
        sentences=sentences,
        verdicts=tuple(Verdict(supported=True) for _ in sentences),
        receipt=Receipt(usage=Usage(writer="embedded"), evidence=cited, checked=len(sentences)),
        **fields,
    )
