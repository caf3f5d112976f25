"""Faults of ours: what the log keeps of one, and what the person is told."""

import logging
import secrets
import traceback

log = logging.getLogger(__name__)


def logged(error: BaseException) -> str:
    """Log where a fault arose, without its message (which may quote a person), and return its reference."""
    reference = secrets.token_hex(4)
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    log.error("reference %s: %s\n%s", reference, type(error).__name__, frames)
    return reference


def in_words(error: BaseException) -> str:
    """Log a fault, and say so in a line."""
    return f"Something broke here, not on your side. Reference {logged(error)}."
