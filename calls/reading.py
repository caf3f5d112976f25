"""Read an address or a pasted text, for a caller."""

import time

from pydantic import ConfigDict, Field, JsonValue, model_validator

import outreach
import settings
from calls.given import Address, LongText
from domain import Noun, Outcome, Posting, Problem, Reading, Step
from errors import Cancelled

_ONE_OF: list[JsonValue] = [
    {"properties": {"url": {"type": "string"}, "text": {"type": "null"}}, "required": ["url"]},
    {"properties": {"text": {"type": "string"}, "url": {"type": "null"}}, "required": ["text"]},
]


class Read(Noun):
    """What to read: exactly one of an address and a text."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": _ONE_OF, "examples": [{"url": outreach.SAMPLES[0].url}]}
    )

    url: Address | None = None
    text: LongText | None = None
    complete: bool = Field(
        default=False,
        description="open the own pages of openings that a list only names, as far as the time reaches",
    )

    @model_validator(mode="after")
    def _one(self) -> "Read":
        if (self.url is None) == (self.text is None):
            raise ValueError("Give exactly one of url, text.")
        return self


class OpeningsRead(Noun):
    """What came of it. Without openings, `problem` says why and what still works."""

    url: str
    outcome: Outcome
    postings: tuple[Posting, ...] = ()
    rung: str = Field(default="", description="which way it was read, from exact to heuristic")
    board: str = ""
    warnings: tuple[str, ...] = ()
    asks: tuple[outreach.Ask, ...] = Field(
        default=(), description="what the page asks of applicants, verbatim; nothing obeys it"
    )
    hidden: tuple[str, ...] = Field(default=(), description="text that no visitor can see; ignored")
    unseen: int = Field(default=0, description="invisible characters that were taken out")
    steps: tuple[Step, ...] = ()
    problem: Problem | None = None


def read(
    request: Read,
    *,
    progress: outreach.Progress | None = None,
    cancelled: outreach.IsCancelled | None = None,
) -> OpeningsRead:
    """Read it. A page that gives nothing is an answer too.

    Raises:
        Cancelled: when told so.
    """
    if request.url is None:
        return openings_of(outreach.read_saved((request.text or "").encode()))
    reading = outreach.read(request.url, progress=progress, cancelled=cancelled)
    return openings_of(_completed(reading, cancelled) if request.complete else reading)


def openings_of(reading: Reading) -> OpeningsRead:
    """A reading as it is answered."""
    same = {name: getattr(reading, name) for name in OpeningsRead.model_fields if name != "asks"}
    return OpeningsRead(asks=outreach.asks(reading), **same)


def _completed(reading: Reading, cancelled: outreach.IsCancelled | None) -> Reading:
    until = time.monotonic() + settings.current().fetch_deadline_s

    def over() -> bool:
        return time.monotonic() > until or (cancelled is not None and cancelled())

    for posting in reading.postings:
        if over():
            break
        try:
            reading = outreach.complete(reading, posting, cancelled=over)
        except Cancelled:
            if cancelled is not None and cancelled():
                raise
            break
    return reading
