"""Read the openings of a page, a pasted text or a saved page."""

from typing import Annotated

from fastapi import File, Form, HTTPException, Request, UploadFile
from fastapi.responses import JSONResponse

import calls
import outreach
from api import later, routing
from api.asking import Config, Guest
from api.idempotency import Repeatable
from api.later import Later
from api.places import Reading, Writing

routes = routing.routes("/openings", "openings", route_class=Repeatable)


@routes.post(
    "",
    summary="Read a page, or the text of an opening",
    response_model=calls.OpeningsRead,
    responses=later.RESPONSE,
)
async def read(
    request: Request, wanted: calls.Read, who: Guest, reading: Reading, writing: Writing, rather: Later
) -> calls.OpeningsRead | JSONResponse:
    """Read the openings of a careers page, a job board's page or a pasted text.

    A page is read without a model, by the job board's own data where it has some, and may take up to 20
    seconds. Where there is nothing to read, `outcome` says which case it is and `problem` what still works.
    """
    if rather:
        return await later.put(request, who, "read", wanted)
    places = reading if wanted.url else writing
    return await places.run(request, lambda gone: calls.read(wanted, cancelled=gone))


@routes.post("/page", summary="Read a saved page", responses=routing.problems(413))
async def read_page(
    request: Request,
    page: Annotated[UploadFile, File(description="HTML, a job board's JSON, or plain text")],
    _: Guest,
    places: Writing,
    config: Config,
    url: Annotated[str, Form(max_length=2_048, description="the address it came from")] = "",
) -> calls.OpeningsRead:
    """Read a page that was saved earlier, through the same code as a live one. Nothing is fetched."""
    body = await page.read(config.fetch_max_bytes + 1)
    if len(body) > config.fetch_max_bytes:
        raise HTTPException(413, f"A page may have {config.fetch_max_bytes:,} bytes.")
    return await places.run(request, lambda _: calls.openings_of(outreach.read_saved(body, url.strip())))
