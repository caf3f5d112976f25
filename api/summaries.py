"""Sum up a résumé: a file in, a few sentences out."""

from typing import Annotated, Literal

from fastapi import File, Form, HTTPException, Request, UploadFile

import calls
from api import routing
from api.asking import Guest
from api.idempotency import Repeatable
from api.models import ModelKey
from api.places import Reading, Writing, page_of
from domain import Language, Length

routes = routing.routes("/generate-summary", "summaries", version="", route_class=Repeatable)

LARGEST = 10_000_000
_LONGEST = 100_000


@routes.post("", include_in_schema=False)
@routes.post("/", summary="Sum up a résumé")
async def generate(
    request: Request,
    _: Guest,
    reading: Reading,
    places: Writing,
    file: Annotated[UploadFile | None, File(description="a résumé: PDF, DOCX or text")] = None,
    text: Annotated[str, Form(max_length=_LONGEST, description="the résumé itself, instead of a file")] = "",
    model: Annotated[str, Form(max_length=200, description="one of /models, by its id")] = calls.EMBEDDED,
    parser: Annotated[str, Form(max_length=40, description="one of /parsers, by its id")] = "auto",
    job: Annotated[
        str, Form(max_length=50_000, description="an opening to sum up for: its address or its text")
    ] = "",
    language: Annotated[Language | Literal["auto"], Form()] = "auto",
    length: Annotated[Length, Form()] = "usual",
    key: ModelKey = None,
) -> calls.Summary:
    """Sum up who somebody is, what they did and what they can, each sentence resting on their own words.

    Without a model the built-in writer writes. Give exactly one of `file` and `text`.
    """
    if (file is None) == (not text.strip()):
        raise HTTPException(422, "Give exactly one of file, text.")
    data = text.encode() if file is None else await file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise HTTPException(413, "A résumé may have 10 MB.")
    name = "résumé.txt" if file is None else file.filename or "résumé"
    wanted = calls.Summarise(data, name[:200], parser, model, job, language, length)
    found = await page_of(request, reading, wanted.opening)
    return await places.run(
        request, lambda gone: calls.summarise(wanted, key=key, cancelled=gone, found=found)
    )
