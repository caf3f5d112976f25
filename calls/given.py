"""An opening and a sender as a caller gives them, each in one of several ways, and what they stand for."""

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, JsonValue, StringConstraints, Tag

import outreach
from calls.own import Own
from domain import DraftKind, EvidenceType, Language, Length, Noun, Persona, Posting, Profile, Reading, Tone
from errors import DocumentError, NotFound


def _one_line(limit: int, least: int = 0) -> Any:
    return StringConstraints(
        strip_whitespace=True, min_length=least, max_length=limit, pattern=r"^[^\x00\n]*$"
    )


Line = Annotated[str, _one_line(300)]
Address = Annotated[
    str, StringConstraints(min_length=1, max_length=2_048, pattern=r"^\S+$"), Field(description="an address")
]
KeptId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=50_000, pattern=r"[^\s\x00]")]


def _one_of(names: tuple[str, ...]) -> Discriminator:
    """Tells by which of the names is there. More than one, or none, is the caller's fault."""

    def found(value: Any) -> str | None:
        there = value if isinstance(value, dict) else dict.fromkeys(getattr(value, "model_fields_set", ()))
        return next((name for name in names if name in there), None)

    told = f"Give exactly one of {', '.join(names)}."
    return Discriminator(found, custom_error_type="one_of", custom_error_message=told)


EXAMPLE: dict[str, JsonValue] = {
    "opening": {"url": outreach.SAMPLES[0].url},
    "sender": {"sample": Persona.JOB_SEEKER.value},
}
"""An opening and a sender that are always there."""


# --- an opening --------------------------------------------------------------------------------------

MOST_LINES = 2_000
_LONGEST_LINE = 20_000


def _sound(posting: Posting) -> Posting:
    """A posting as a reading gives it: its title is its first line, and no two lines have one id."""
    ids = [line.id for line in posting.lines]
    if ids != [f"p{number}" for number in range(len(ids))] or not ids:
        raise ValueError("its lines must be p0, p1, … in order, p0 the title, as they were read")
    if len(ids) > MOST_LINES or len(posting.text) > _LONGEST_LINE * 5:
        raise ValueError("it is longer than any opening")
    if any(len(line.text) > _LONGEST_LINE or not 0 <= line.start <= line.end for line in posting.lines):
        raise ValueError("a line is too long, or not where it says")
    return posting


SoundPosting = Annotated[Posting, AfterValidator(_sound)]


class GivenPosting(Noun):
    """An opening that an earlier answer held."""

    posting: SoundPosting


class GivenPage(Noun):
    """One opening of a page that is read first; `index` counts those of the page from 0."""

    url: Address
    index: int = Field(default=0, ge=0, le=9_999)


class GivenText(Noun):
    """The pasted text of an opening."""

    text: LongText


Opening = Annotated[
    Annotated[GivenPosting, Tag("posting")]
    | Annotated[GivenPage, Tag("url")]
    | Annotated[GivenText, Tag("text")],
    _one_of(("posting", "url", "text")),
    Field(description="exactly one of `posting`, `url` (with `index`) and `text`"),
]


class NoOpening(DocumentError):
    """A page or text that gave no opening to write for."""


Found = tuple[Reading | None, Posting]
"""A posting with its text, and the reading that it comes from where something was read."""


def opening_of(
    given: GivenPosting | GivenPage | GivenText, cancelled: outreach.IsCancelled | None = None
) -> Found:
    """The posting that is meant, with its text, and the reading it comes from where something was read.

    Raises:
        NoOpening: when there is none; in the words of the reading.
        NotFound: when the page has not so many.
        Cancelled: when told so.
    """
    if isinstance(given, GivenPosting):
        return None, given.posting
    index = given.index if isinstance(given, GivenPage) else 0
    if isinstance(given, GivenPage):
        reading = outreach.read(given.url, cancelled=cancelled)
    else:
        reading = outreach.read_saved(given.text.encode())
    with_openings(reading)
    if index >= len(reading.postings):
        raise NotFound(f"There is no opening {index}; the page has {len(reading.postings)}, counted from 0.")
    whole = outreach.complete(reading, reading.postings[index], cancelled=cancelled)
    return whole, whole.postings[index]


def with_openings(reading: Reading) -> Reading:
    """The reading itself. Raises `NoOpening` where it has no openings."""
    if reading.postings:
        return reading
    problem = reading.problem
    told = f"{problem.title}. {problem.what}" if problem else "There are no openings here."
    raise NoOpening(" ".join(told.split()), problem.advice if problem else "")


# --- a sender ----------------------------------------------------------------------------------------


class GivenRecord(Noun):
    """What an item belongs to, in words as they shall stand: a role, project, degree or certificate."""

    kind: Literal["role", "project", "degree", "certificate", "volunteering"] = "role"
    title: Line = ""
    organization: Line = ""
    start: Annotated[str, _one_line(40)] = Field(default="", examples=["2022", "Mar 2021"])
    end: Annotated[str, _one_line(40)] = ""
    current: bool = False


class GivenItem(Noun):
    """One thing that the sender asserts, verbatim. Items with equal records belong to one record."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"[^\s\x00]")]
    type: EvidenceType = "bullet"
    record: GivenRecord | None = None


class KeptSender(Noun):
    """A profile that is kept for the person who asks, by its id."""

    profile: KeptId


class WrittenSender(Noun):
    """A résumé as plain text."""

    resume: Annotated[str, StringConstraints(min_length=1, max_length=100_000, pattern=r"[^\s\x00]")]
    persona: Persona = Persona.JOB_SEEKER


class JsonSender(Noun):
    """A résumé as JSON Resume (jsonresume.org), or a profile that was exported here."""

    json_resume: dict[str, Any]
    persona: Persona = Persona.JOB_SEEKER


class ItemsSender(Noun):
    """Single things to assert, and who asserts them."""

    items: Annotated[tuple[GivenItem, ...], Field(min_length=1, max_length=500)]
    name: Line = ""
    headline: Line = ""
    organization: Line = ""
    email: Line = ""
    phone: Line = ""
    postal_address: Line = ""
    links: Annotated[tuple[Address, ...], Field(max_length=20)] = ()
    persona: Persona = Persona.JOB_SEEKER


class SampleSender(Noun):
    """An invented sender, to try Inroad with."""

    sample: Persona


AnySender = KeptSender | WrittenSender | JsonSender | ItemsSender | SampleSender

Sender = Annotated[
    Annotated[KeptSender, Tag("profile")]
    | Annotated[WrittenSender, Tag("resume")]
    | Annotated[JsonSender, Tag("json_resume")]
    | Annotated[ItemsSender, Tag("items")]
    | Annotated[SampleSender, Tag("sample")],
    _one_of(("profile", "resume", "json_resume", "items", "sample")),
    Field(description="exactly one of `profile`, `resume`, `json_resume`, `items` and `sample`"),
]


def profile_of(given: AnySender, own: Own) -> Profile:
    """Who is meant.

    Args:
        given: The sender.
        own: What is kept of who asks.

    Raises:
        DocumentError: when a résumé cannot be read, or holds nothing.
        NotFound: when no such profile is kept for the person.
        NotSignedIn: when a kept one is named by nobody in particular.
    """
    if isinstance(given, SampleSender):
        return outreach.sample_profile(given.sample)
    if isinstance(given, KeptSender):
        return own.profile(given.profile)
    if isinstance(given, WrittenSender):
        profile = outreach.profile_from_upload("résumé.txt", given.resume.encode())
    elif isinstance(given, JsonSender):
        profile = outreach.profile_from_upload("résumé.json", json.dumps(given.json_resume).encode())
    else:
        profile = outreach.profile_from_upload("items.json", json.dumps(_as_profile(given)).encode())
    if not profile.evidence:
        raise DocumentError("Nothing here can be used as evidence.", "Say what was done, one thing an item.")
    return profile.model_copy(update={"persona": given.persona})


def _as_profile(given: ItemsSender) -> dict[str, Any]:
    """The items as a profile that was exported: what is derived from their words is derived there."""
    records: list[GivenRecord] = []
    evidence = []
    for number, item in enumerate(given.items, start=1):
        if item.record is not None and item.record not in records:
            records.append(item.record)
        record = f"r{records.index(item.record) + 1}" if item.record is not None else None
        source = {"document": "your items", "place": f"item {number}"}
        evidence.append(
            {"id": f"e{number}", "type": item.type, "text": item.text, "record": record, "source": source}
        )
    said = given.model_dump(mode="json", exclude={"items"})
    numbered = [{"id": f"r{n}", **record.model_dump()} for n, record in enumerate(records, start=1)]
    return {"id": "", **said, "records": numbered, "evidence": evidence}


# --- what is wished for ------------------------------------------------------------------------------


class Wishes(Noun):
    """What a caller chooses before a draft; as `outreach.Options`."""

    kind: DraftKind = DraftKind.COLD_EMAIL
    writer: Literal["embedded", "model"] = "embedded"
    model: Annotated[str, _one_line(200)] = Field(default="", description="one of /models, by its id")
    say_gap: bool = Field(default=False, description="say honestly what the evidence does not show")
    why: Line = Field(default="", description="one line of the sender's own on why this company")
    closing: Line = Field(default="", description="a closing line of the sender's own")
    recipient: Annotated[str, _one_line(80)] | None = Field(
        default=None, description="whom to greet; by default whom the page names as its contact"
    )
    stress: Annotated[tuple[Line, ...], Field(max_length=20)] = Field(
        default=(), description="skills or ids of evidence to put in front"
    )
    tone: Tone = "plain"
    length: Length = "usual"
    language: Language | Literal["auto"] = "auto"
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="another number gives another wording")
