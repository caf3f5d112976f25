"""Where a reader writes down what it found, in order, so that ids and provenance come out right."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, Literal

from domain import Evidence, EvidenceType, Profile, Record, SourceSpan
from language import quantities
from profiles.links import find_links
from profiles.personal import holds_contacts, is_personal
from profiles.text import plain

RecordKind = Literal["role", "project", "degree", "certificate", "volunteering"]

LONGEST = 2_000
# "View on GitHub" is what a link says of itself, not of its owner.
_LINK_LABEL = re.compile(
    r"(?:view|see|visit|read|try|check (?:it )?out|download|get)"
    r"(?: (?:it|the|my|more|live|demo|code|source|full|app|project|article|paper|page|site|website))*"
    r"(?: (?:on|at|in|here)(?: [\w.]+){0,2})?"
    r"|(?:live )?demo|source code|(?:github )?repo(?:sitory)?|learn more|link",
    re.IGNORECASE,
)
REFEREES_LEFT_OUT = "Referees were left out: their details are theirs."


class Ledger:
    """Records and evidence of one document, numbered `r1`, `e1`, … in the order they were added."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.records: list[Record] = []
        self.evidence: list[Evidence] = []
        self.warnings: list[str] = []

    def open_record(
        self,
        kind: RecordKind,
        *,
        title: str = "",
        area: str = "",
        organization: str = "",
        start: str = "",
        end: str = "",
        current: bool = False,
        links: Sequence[str] = (),
    ) -> str:
        """Add a record and return its id."""
        record = Record(
            id=f"r{len(self.records) + 1}",
            kind=kind,
            title=plain(title),
            area=plain(area),
            organization=plain(organization),
            start=start,
            end=end,
            current=current,
            links=tuple(links),
        )
        self.records.append(record)
        return record.id

    def add(
        self,
        kind: EvidenceType,
        text: str,
        *,
        record: str | None = None,
        links: Sequence[str] = (),
        place: str = "",
        start: int | None = None,
        end: int | None = None,
    ) -> None:
        """Add one item; a text with nothing readable in it adds nothing.

        Args:
            kind: What is asserted.
            text: The words of the source, from `start` to `end` where it is one text. An address that ends
                them is left out, as `links` holds it.
            record: Id of the record the item belongs to.
            links: Addresses that stand with it.
            place: Where in the document, as a person would say it.
            start: Offset of its first character in the document.
            end: Offset after its last character.
        """
        if len(text) > LONGEST:
            self.warnings.append(f"A text of {len(text):,} characters was cut to its first {LONGEST:,}.")
        kept = _without_last_link(text[:LONGEST])
        end = None if end is None else end - (len(text) - len(kept))
        text = plain(kept)
        if not any(character.isalnum() for character in text) or _LINK_LABEL.fullmatch(
            text.strip(" .:→>[]()")
        ):
            return
        if holds_contacts(text) or is_personal(text):
            self.warnings.append("Lines with contacts or personal details were left out of your evidence.")
            return
        item = Evidence(
            id=f"e{len(self.evidence) + 1}",
            type=kind,
            text=text,
            record=record,
            numbers=quantities.find(text),
            links=tuple(links),
            source=SourceSpan(document=self.document, place=place, start=start, end=end),
        )
        self.evidence.append(item)

    def profile(self, **fields: Any) -> Profile:
        """A profile of all that was added; `fields` are the remaining fields of `Profile`."""
        return identified(
            Profile(
                id="",
                records=tuple(self.records),
                evidence=tuple(self.evidence),
                warnings=tuple(dict.fromkeys(self.warnings)),
                **fields,
            )
        )


def _without_last_link(text: str) -> str:
    """The text before an address that ends it, as the address is kept beside it."""
    found = find_links(text)
    if not found or text[found[-1][2] :].strip(" ).,;]\n"):
        return text
    if text[: found[-1][1]].endswith("]("):
        return text  # a link of Markdown, whose words are part of the text
    return text[: found[-1][1]].rstrip(" ([|,;:–—-\n") or text


def identified(profile: Profile) -> Profile:
    """The profile with an id made from its content, so that equal profiles have equal ids."""
    content = json.dumps(profile.model_dump(mode="json", exclude={"id"}), sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    return profile.model_copy(update={"id": f"profile-{digest}"})
