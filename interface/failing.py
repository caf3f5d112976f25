"""Faults of ours, told to the person at the page."""

import logging

from telemetry import faults

log = logging.getLogger(__name__)


def logged(error: BaseException) -> str:
    """Log a fault, and return the reference by which it is found."""
    return faults.logged(log, error)


def in_words(error: BaseException) -> str:
    """Log a fault, and say so in a line."""
    return f"Something broke here, not on your side. Reference {logged(error)}."
