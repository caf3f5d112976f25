"""Routes of who runs this place: who has an account, codes to let people in, and who may administer."""

from datetime import datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from accounts import codes
from api import routing
from api.asking import Administrator, Kept
from errors import Conflict

routes = routing.routes("/admin", "administration", fails=(404, 409))


class MemberView(BaseModel):
    """Somebody with an account. What they keep is counted; nobody else sees it."""

    id: str
    email: str
    name: str
    is_admin: bool
    created_at: datetime
    seen_at: datetime
    evidence: int = Field(description="items that are not hidden")
    drafts: int


class Members(BaseModel):
    items: list[MemberView]
    next: str | None = Field(description="what to ask `after` for more")


class CodeView(BaseModel):
    """A code to hand over. It is shown this once, and good for one use."""

    code: str
    expires_at: datetime


class Rights(BaseModel):
    is_admin: bool


@routes.get("/people", summary="List who has an account")
def list_people(
    _: Administrator,
    kept: Kept,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str, Query(max_length=200)] = "",
) -> Members:
    """Everybody with an account, the first to come first."""
    found, following = kept.accounts.members(limit, after)
    return Members(
        items=[
            MemberView(
                id=each.account.person,
                email=each.account.email,
                name=each.account.name,
                is_admin=each.account.is_admin,
                created_at=each.account.created_at,
                seen_at=each.seen_at,
                evidence=each.evidence,
                drafts=each.drafts,
            )
            for each in found
        ],
        next=following,
    )


@routes.post("/people/{id}/code", status_code=201, summary="Make a code for a new password")
def make_reset_code(id: str, response: Response, _: Administrator, kept: Kept) -> CodeView:
    """A code with which this person sets a new password within a day. An earlier one is void."""
    return _code(kept, response, id)


@routes.post("/codes", status_code=201, summary="Make an invitation")
def make_invitation(response: Response, _: Administrator, kept: Kept) -> CodeView:
    """A code with which somebody makes an account within a day."""
    return _code(kept, response, None)


@routes.delete("/people/{id}", status_code=204, summary="Delete somebody's account")
def remove_person(id: str, who: Administrator, kept: Kept) -> None:
    """Delete an account of somebody else, with all that it holds. This cannot be undone."""
    if id == who.person:
        raise Conflict("This is your own account.", "Delete it on its own page, with your password.")
    kept.accounts.load(id)
    kept.delete_person(id)


@routes.patch("/people/{id}", status_code=204, summary="Say who administers")
def set_rights(id: str, body: Rights, _: Administrator, kept: Kept) -> None:
    """Let somebody administer this place, or no longer."""
    kept.accounts.set_admin(id, body.is_admin)


def _code(kept: Kept, response: Response, person: str | None) -> CodeView:
    code, expires = codes.issue(kept.accounts, person)
    response.headers["cache-control"] = "no-store"
    return CodeView(code=code, expires_at=expires)
