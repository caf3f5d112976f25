"""What a person takes away: drafts, receipts and their evidence, as files."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import exports
from domain import Draft, FinalLine, Profile
from errors import NotFound
from outreach.ranking import Opening


def export_evidence(
    form: Literal["json", "csv"],
    profile: Profile,
    items: Sequence[exports.KeptItem],
    documents: Sequence[exports.KeptPaper] = (),
) -> tuple[str, bytes]:
    """A file name and the bytes of a person's evidence: JSON Resume with provenance, or a table.

    Args:
        form: Which of the two.
        profile: The profile as it is used.
        items: Every item of it, those never to be used included.
        documents: What it was read from.
    """
    write = exports.to_json_resume if form == "json" else exports.to_csv
    return f"evidence.{form}", write(profile, items, documents)


def export_history(
    form: Literal["json", "csv"],
    drafts: Iterable[exports.Whole],
    versions_of: Callable[[str], Sequence[exports.Version]],
) -> tuple[str, Iterator[bytes]]:
    """A file name and the bytes of all saved drafts, a draft at a time.

    Args:
        form: JSON has everything that is kept of each, the table its last version.
        drafts: The drafts.
        versions_of: Gives the versions of one by its id. One of which it says `NotFound` has been deleted a
            moment ago, and is left out.
    """

    def there(id_: str) -> Sequence[exports.Version]:
        try:
            return versions_of(id_)
        except NotFound:
            return ()

    told = exports.history_json(drafts, there) if form == "json" else exports.history_csv(drafts)
    return f"drafts.{form}", told


def export(
    form: Literal["eml", "docx", "pdf", "md"], subject: str, body: str, opening: Opening, profile: Profile
) -> tuple[str, bytes]:
    """A file name and the bytes of a draft, as written or as edited."""
    return exports.export(form, subject, body, opening.posting, profile)


def receipt(
    form: Literal["json", "html"],
    draft: Draft,
    opening: Opening,
    profile: Profile,
    subject: str,
    lines: Sequence[FinalLine],
) -> tuple[str, bytes]:
    """A file name and the bytes of the receipt of a text as it stands.

    Args:
        form: For programs, or as a page.
        draft: What was written.
        opening: For which opening.
        profile: Whose evidence it cites.
        subject: The subject as it stands.
        lines: The body as it stands.
    """
    write = exports.receipt_json if form == "json" else exports.receipt_html
    data = write(draft, opening.posting, profile, subject, lines)
    return exports.file_name(opening.posting, f"receipt.{form}"), data


def facts(draft: Draft) -> tuple[tuple[str, str], ...]:
    """How a draft was made, as (name, words): writer, tokens, cost, prompt, time, checks."""
    return exports.facts(draft)


def bundle(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Several named files as one ZIP."""
    return exports.bundle(files)


def export_resume(
    form: Literal["pdf", "docx", "md", "txt", "json"], draft: Draft, opening: Opening
) -> tuple[str, bytes]:
    """A file name and the bytes of a tailored résumé, as the person has accepted its changes.

    Raises:
        KeyError: when the draft is no résumé.
    """
    if draft.resume is None:
        raise KeyError("This draft is no résumé.")
    return exports.export_resume(form, draft.resume, opening.posting)


def body_text(draft: Draft) -> str:
    """The body of a draft as plain text, a blank line between paragraphs; a résumé in full."""
    if draft.resume is not None:
        return exports.resume_text(draft.resume)
    return exports.to_text(draft)
