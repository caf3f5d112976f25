"""Sum up the person of a résumé, for a caller."""

from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

import outreach
from calls.given import Found, GivenPage, GivenText, opening_of
from calls.matching import Source, sources_of
from domain import Draft, DraftKind, Language, Length, Noun
from errors import InvalidField

EMBEDDED = "embedded"
"""What the built-in writer is called where a model is chosen."""


@dataclass(frozen=True)
class Summarise:
    """A résumé, how to read it, and how to sum it up.

    Attributes:
        data: The résumé's bytes: PDF, Word, text, or another format that evidence is read from.
        name: The file's name.
        parser: Which parser reads its layout, by its name.
        model: Which model writes, by its id; empty or `EMBEDDED` is the built-in writer.
        job: An opening to sum up for, its address or its text; may be empty.
    """

    data: bytes
    name: str
    parser: str = "auto"
    model: str = EMBEDDED
    job: str = ""
    language: Language | Literal["auto"] = "auto"
    length: Length = "usual"

    @property
    def opening(self) -> GivenPage | GivenText | None:
        """What `job` means."""
        job = self.job.strip()
        one_word = len(job.split()) == 1 and len(job) <= 2_048
        return None if not job else GivenPage(url=job) if one_word else GivenText(text=job)


class Summary(Noun):
    """Who somebody is, what they did and can, in a few sentences that rest on their own words."""

    summary: str
    draft: Draft
    sources: tuple[Source, ...]
    parser: str
    warnings: tuple[str, ...] = ()


def summarise(
    request: Summarise,
    *,
    key: SecretStr | None = None,
    cancelled: outreach.IsCancelled | None = None,
    found: Found | None = None,
) -> Summary:
    """Sum it up; for an opening where there is one. The arguments are those of `write`.

    Raises:
        InvalidField: when there is no such parser.
        DocumentError: when the résumé cannot be read, or the page gives no opening.
        NothingMatches: when nothing can be said with evidence.
        Cancelled: when told so.
    """
    if request.parser not in {"auto", *(parser.name for parser in outreach.parsers())}:
        raise InvalidField("parser", "There is no such parser.", "See /parsers.")
    document, profile = outreach.read_evidence(request.name, request.data, request.parser)
    is_embedded = request.model in ("", EMBEDDED)
    options = outreach.Options(
        kind=DraftKind.RESUME_SUMMARY,
        writer="embedded" if is_embedded else "model",
        model="" if is_embedded else request.model,
        key=key,
        language=request.language,
        length=request.length,
    )
    if (given := request.opening) is not None:
        _, posting = found or opening_of(given, cancelled)
        opening = outreach.examine(posting, profile)
        events = outreach.draft(opening, profile, options)
        draft = next(event for event in events if isinstance(event, Draft))
    else:
        draft = outreach.summarise(profile, options)
    cited = (id_ for sentence in draft.sentences for id_ in sentence.rests_on)
    return Summary(
        summary=outreach.body_text(draft),
        draft=draft,
        sources=sources_of(profile, cited),
        parser=document.parser,
        warnings=(*document.warnings, *profile.warnings),
    )
