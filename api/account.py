"""Routes of one's own account: make it, sign in, change it, take everything away, delete it."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import Depends, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect
from starlette.types import Message

from accounts import DOOR, SCOPES, Caller, Scope, managing, origin, sessions, signing_in, tokens
from api import everything, routing
from api.asking import Anybody, Config, Kept, Member, need_accounts, place_of_accounts
from errors import NotSignedIn
from store import Account

_LARGEST = 16_000


class _AtTheDoor(routing.Strict):
    """A route that hashes a password: its body comes first, so that nobody slow holds up the line."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def in_turn(request: Request) -> Response:
            body = await _small(request)

            async def given() -> Message:
                return {"type": "http.request", "body": body, "more_body": False}

            async with DOOR.turn():
                return await handler(Request(request.scope, given))

        return in_turn


async def _small(request: Request) -> bytes:
    """The body of a request.

    Raises:
        HTTPException: 413 when it is larger than any form here, 400 when it does not arrive.
    """
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > _LARGEST:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is larger than any sign-in.")
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "This request did not arrive whole.") from None
    return body


routes = routing.routes("/account", "account", fails=(404, 409))
at_the_door = routing.routes("/account", "account", fails=(404, 409), route_class=_AtTheDoor)


async def _from_here(
    request: Request, settings: Config, _: Annotated[None, Depends(place_of_accounts)]
) -> None:
    """Refuse what a page of another site sent: it would sign a person in as somebody else."""
    origin.check(request, settings, by_browser=False)


_Place = Depends(place_of_accounts)
_FromHere = Depends(_from_here)
Email = Annotated[str, Field(max_length=320, examples=["maya@example.org"])]
Password = Annotated[str, Field(max_length=256, examples=["four words in a row"])]
Code = Annotated[str, Field(max_length=40, examples=["K7QM-2XRD-9FHT"])]
Name = Annotated[str, Field(max_length=200, examples=["Maya Lindqvist"])]


class Registration(BaseModel):
    """What makes an account."""

    email: Email
    password: Password
    name: Name = ""
    code: Code = Field(default="", description="an invitation, where one is needed")


class Accepted(BaseModel):
    """What every registration is answered."""

    message: str = "Now sign in. If this email had an account before, its password is what it was."


class Credentials(BaseModel):
    email: Email
    password: Password


class Reset(BaseModel):
    """A code of the administrator, and the password to have from now on."""

    email: Email
    code: Code
    password: Password


class Changes(BaseModel):
    """What is to change; what is left out stays."""

    name: Name | None = None
    email: Email | None = None
    password: Password | None = Field(default=None, description="needed to change the email")
    shares_outcomes: bool | None = Field(
        default=None, description="whether what came of one's drafts may count for others"
    )


class NewPassword(BaseModel):
    old: Password
    new: Password


class Confirmation(BaseModel):
    password: Password


class AccountView(BaseModel):
    """Who asks, as far as this place knows."""

    way: Literal["local", "session", "token"] = Field(
        description="local is the one person of a laptop, who signs in nowhere"
    )
    id: str
    email: str = ""
    name: str = ""
    is_admin: bool
    shares_outcomes: bool = False
    created_at: datetime | None = None
    scopes: list[Scope]


class SessionView(BaseModel):
    """One place where you are signed in."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_this: bool = Field(description="whether it is the one that asks")


class Sessions(BaseModel):
    items: list[SessionView]
    next: str | None = None


class TokenView(BaseModel):
    """A personal token, without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


class Tokens(BaseModel):
    items: list[TokenView]
    next: str | None = None


class TokenWish(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=100, examples=["my script"])]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=3)]
    days: int | None = Field(default=90, ge=1, le=3650, description="how long it is good; null is for ever")


class NewToken(TokenView):
    """A fresh token. `token` is shown this once."""

    token: str


# --- coming and going --------------------------------------------------------------------------------


@at_the_door.post("/register", status_code=202, summary="Make an account", dependencies=[_FromHere])
async def register(body: Registration, request: Request, kept: Kept, settings: Config) -> Accepted:
    """Make an account. The answer does not tell whether the email had one already; sign in then."""
    where = _address(request)

    def work() -> None:
        given = (body.email, body.name, body.password, body.code)
        signing_in.register(kept.accounts, settings, *given, address=where)

    await DOOR.serve(work)
    return Accepted()


@at_the_door.post("/sign-in", summary="Sign in", dependencies=[_FromHere])
async def sign_in(
    body: Credentials, request: Request, response: Response, who: Anybody, kept: Kept, settings: Config
) -> AccountView:
    """Sign in; a cookie comes with the answer. After five failures it takes a quarter of an hour."""
    where, device = _address(request), sessions.device(request)

    def work() -> tuple[str, Account]:
        begun = signing_in.sign_in(
            kept.accounts, settings, body.email, body.password, address=where, device=device
        )
        if who.session:
            managing.end(kept.accounts, who.person, who.session)
        return begun

    token, account = await DOOR.serve(work)
    response.headers["set-cookie"] = sessions.cookie(request, settings, token)
    return _view(Caller(way="session", person=account.person, account=account, scopes=frozenset(SCOPES)))


@routes.post("/sign-out", status_code=204, summary="Sign out", dependencies=[_Place])
def sign_out(request: Request, response: Response, who: Anybody, kept: Kept, settings: Config) -> None:
    """End this sign-in; where there is none, nothing happens."""
    if who.session:
        managing.end(kept.accounts, who.person, who.session)
    response.headers["set-cookie"] = sessions.cookie(request, settings, "")


@at_the_door.post(
    "/reset", status_code=204, summary="Set a new password with a code", dependencies=[_FromHere]
)
async def reset(body: Reset, request: Request, kept: Kept) -> None:
    """Set a new password with a code from the administrator. Every sign-in and token ends."""
    where = _address(request)
    await DOOR.serve(
        lambda: signing_in.reset(kept.accounts, body.email, body.code, body.password, address=where)
    )


# --- the account -------------------------------------------------------------------------------------


@routes.get("", summary="See who you are here")
def account(who: Anybody, settings: Config) -> AccountView:
    """Who you are here."""
    if who.way == "anonymous":
        need_accounts(settings)
        raise NotSignedIn("Sign in first.")
    return _view(who)


@at_the_door.patch("", summary="Change your account")
async def change(body: Changes, who: Member, kept: Kept) -> AccountView:
    """Change what is given; another email needs the password."""
    assert who.account is not None
    wanted = managing.Wanted(
        name=body.name, email=body.email, password=body.password or "", shares_outcomes=body.shares_outcomes
    )
    mine, where = who.account, who.address
    changed = await DOOR.serve(lambda: managing.change(kept.accounts, mine, wanted, address=where))
    return _view(who.model_copy(update={"account": changed}))


@at_the_door.post("/password", status_code=204, summary="Change your password")
async def set_password(body: NewPassword, who: Member, kept: Kept) -> None:
    """Set another password; you are signed out everywhere else."""
    assert who.account is not None
    mine, keep, where = who.account, who.session, who.address
    await DOOR.serve(
        lambda: managing.set_password(kept.accounts, mine, body.old, body.new, keep=keep, address=where)
    )


@at_the_door.delete("", status_code=204, summary="Delete your account")
async def delete(
    body: Confirmation, request: Request, response: Response, who: Member, kept: Kept, settings: Config
) -> None:
    """Delete the account now, with evidence, drafts, tokens and all else. This cannot be undone."""
    assert who.account is not None
    mine, where = who.account, who.address
    await DOOR.serve(lambda: managing.delete(kept, mine, body.password, address=where))
    response.headers["set-cookie"] = sessions.cookie(request, settings, "")


@routes.get(
    "/export",
    summary="Take everything away",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}}},
)
def export(who: Member, kept: Kept) -> StreamingResponse:
    """Everything that is kept of you, as a ZIP of JSON and CSV files."""
    assert who.account is not None
    headers = {"content-disposition": 'attachment; filename="inroad.zip"', "cache-control": "no-store"}
    return StreamingResponse(
        everything.packed(kept, who.account), media_type="application/zip", headers=headers
    )


# --- sign-ins ----------------------------------------------------------------------------------------


@routes.get("/sessions", summary="List where you are signed in")
def list_sessions(who: Member, kept: Kept) -> Sessions:
    """Where you are signed in, the one used last first."""
    found = kept.accounts.sessions(who.person)
    return Sessions(
        items=[SessionView(**each.model_dump(), is_this=each.id == who.session) for each in found]
    )


@routes.delete("/sessions", status_code=204, summary="Sign out everywhere else")
def end_other_sessions(who: Member, kept: Kept) -> None:
    """Sign out everywhere but here."""
    kept.accounts.sign_out_others(who.person, who.session)


@routes.delete("/sessions/{id}", status_code=204, summary="Sign out in one place")
def end_session(id: str, who: Member, kept: Kept) -> None:
    """Sign out in one place."""
    kept.accounts.sign_out(who.person, id)


# --- tokens ------------------------------------------------------------------------------------------


@routes.get("/tokens", summary="List your tokens")
def list_tokens(who: Member, kept: Kept) -> Tokens:
    """Your tokens, the newest first."""
    return Tokens(
        items=[TokenView.model_validate(each.model_dump()) for each in kept.accounts.tokens(who.person)]
    )


@routes.post("/tokens", status_code=201, summary="Make a token")
def make_token(body: TokenWish, response: Response, who: Member, kept: Kept) -> NewToken:
    """A token for a program of yours. It is shown this once, and may do only what its scopes say."""
    token = tokens.new(tokens.PREFIX)
    expires = None if body.days is None else datetime.now(UTC) + timedelta(days=body.days)
    scopes = sorted(set(body.scopes))
    name = " ".join(body.name.split())
    made = kept.accounts.add_token(who.person, tokens.digest(token), name, scopes, expires)
    response.headers["cache-control"] = "no-store"
    return NewToken.model_validate(made.model_dump() | {"token": token})


@routes.delete("/tokens/{id}", status_code=204, summary="Delete a token")
def end_token(id: str, who: Member, kept: Kept) -> None:
    """Let a token be none any more."""
    kept.accounts.remove_token(who.person, id)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _view(who: Caller) -> AccountView:
    assert who.way != "anonymous"
    mine = who.account.model_dump(exclude={"person", "is_admin"}) if who.account else {}
    return AccountView(way=who.way, id=who.person, is_admin=who.is_admin, scopes=sorted(who.scopes), **mine)
