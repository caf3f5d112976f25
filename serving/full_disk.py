"""Who sends a file to a place whose disk is full is told so, in a sentence that the page shows."""

import errno
import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

log = logging.getLogger(__name__)

TOLD = "There is no room for a file here right now. Nothing was kept; paste its text, or try again later."


async def told(_: Request, error: Exception) -> Response:
    """The answer where a disk is full; what else the system refuses is a fault of ours as before."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise error
    log.error("the disk is full: a file could not be taken in")
    return PlainTextResponse(TOLD, 507)
