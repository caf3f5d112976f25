"""Which part of a posting a heading opens, in nine languages."""

import re
from functools import lru_cache

from domain import Section
from scraping.wording import any_of

# The first family with a match wins, so "nice to have" is tried before "have", "what we offer" before "we".
_IN_ORDER = (Section.NICE, Section.APPLY, Section.BENEFITS, Section.MUST, Section.TASKS, Section.ABOUT)
_PATTERNS = tuple((s, re.compile(rf"(?<!\w)(?:{any_of(f'headings-{s}')})", re.IGNORECASE)) for s in _IN_ORDER)


@lru_cache(maxsize=4096)
def section_of(heading: str) -> Section | None:
    """The section a heading opens, or None for a heading that names no part we know."""
    text = heading.replace("’", "'").replace("‘", "'").strip(" :–—-•*#!")
    for section, pattern in _PATTERNS:
        if pattern.search(text):
            return section
    return None
