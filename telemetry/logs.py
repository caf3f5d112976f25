"""Log lines that a program can read, each with the id of its request and nothing about a person."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; empty outside of one."""


class AsJson(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request, and what `extra["facts"]` held."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST_ID.get():
            line["request"] = request
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            line |= facts
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def configure(level: str, form: str) -> None:
    """Send what is logged to stderr, as text or as JSON.

    Args:
        level: The least level that is written.
        form: "text" or "json".
    """
    handler = logging.StreamHandler()
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(AsJson() if form == "json" else text)
    logging.basicConfig(level=level, handlers=[handler])
    # At DEBUG, groq logs whole requests, and with them what people assert of themselves.
    for chatty in ("alembic", "groq", "httpcore", "httpx", "langchain_core"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
