"""What happens at this place, as numbers, for who runs it."""

from dataclasses import asdict
from datetime import UTC, date, datetime

from pydantic import BaseModel, Field

from api import routing
from api.asking import Keeper, Kept
from store import DraftState
from telemetry.counted import counted
from telemetry.recent import RECENT

routes = routing.routes("/admin", "administration", fails=(404,))


class Day(BaseModel):
    day: date
    drafts: int


class Minute(BaseModel):
    at: datetime
    requests: int = Field(description="answered since the one before")
    memory: int = Field(description="resident, in bytes")


class Stored(BaseModel):
    """What the database holds."""

    people: int
    sharing: int = Field(description="people who let what became of their drafts be counted")
    visitors: int = Field(description="who have something kept and no account")
    drafts: int
    drafts_by_day: list[Day] = Field(description="of the last 30 days, the oldest first")
    outcomes: dict[DraftState, int] = Field(description="of those who let them be counted")
    unfinished_jobs: int
    bytes: int
    connections: int = Field(description="that this process holds to it")


class Counts(BaseModel):
    """What this process has counted since it began."""

    began: datetime
    requests: dict[str, int] = Field(description="by class of status")
    rungs: dict[str, int] = Field(description="pages, by how they were read")
    drafts: dict[str, int] = Field(description="by writer")
    dropped: dict[str, int] = Field(description="sentences that did not pass, by check")
    tokens: dict[str, int]
    model_errors: dict[str, int]
    sign_ins: dict[str, int]
    writing: int
    waiting: int
    job_waits_s: int = Field(description="seconds that the first job has waited that nobody has begun")


class Figures(BaseModel):
    stored: Stored
    counted: Counts
    recent: list[Minute] = Field(description="the last hours of this process")


@routes.get("/figures")
def figures(_: Keeper, kept: Kept) -> Figures:
    """How much is kept and done here: numbers only, nothing of whom or what."""
    found, seen = kept.figures.kept(), counted()
    return Figures(
        stored=Stored(
            **found.model_dump(exclude={"drafts_by_day"}),
            drafts_by_day=[Day(day=day, drafts=drafts) for day, drafts in found.drafts_by_day],
            outcomes=kept.history.outcomes(),
        ),
        counted=Counts.model_validate(asdict(seen) | {"began": datetime.fromtimestamp(seen.began, UTC)}),
        recent=[
            Minute(at=datetime.fromtimestamp(one.at, UTC), requests=one.requests, memory=one.memory)
            for one in RECENT.minutes
        ],
    )
