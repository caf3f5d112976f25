"""Whether this process lives, and whether it can serve."""

from fastapi import APIRouter

routes = APIRouter(tags=["health"])


@routes.get("/health/live")
def live() -> dict[str, str]:
    """Say that the process answers; nothing else is asked."""
    return {"status": "ok"}
