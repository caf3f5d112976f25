"""Faults of ours: what the log keeps of one, and the reference by which a person may report it."""

import logging
import secrets
import traceback

_FRAMES = 8  # the innermost: what is above is the web server, and anybody may cause a fault again and again


def logged(log: logging.Logger, error: BaseException, where: str = "") -> str:
    """Log where a fault arose, without its message (which may quote a person), and return its reference.

    Args:
        log: Whose fault it is.
        error: The fault.
        where: What was being done, in words of our own.
    """
    reference = secrets.token_hex(4)
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)[-_FRAMES:]))
    at = f"{where}: " if where else ""
    log.error("reference %s: %s%s\n%s", reference, at, type(error).__name__, frames)
    return reference
