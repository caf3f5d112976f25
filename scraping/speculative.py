"""Titles that ask for applications in general rather than for one job."""

import re
from functools import lru_cache

from scraping.wording import any_of

_SPECULATIVE = re.compile(any_of("speculative"), re.IGNORECASE)


@lru_cache(maxsize=8192)
def is_speculative(title: str) -> bool:
    """Whether a title asks for applications in general rather than for one job."""
    return len(title) <= 160 and _SPECULATIVE.search(title) is not None
