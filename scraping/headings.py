"""Which part of a posting a heading opens, in twelve languages."""

import re
from functools import lru_cache

from domain import Section
from scraping.wording import any_of

# The first family with a match wins, so "nice to have" is tried before "have", "what we offer" before "we".
_IN_ORDER = (Section.NICE, Section.APPLY, Section.BENEFITS, Section.MUST, Section.TASKS, Section.ABOUT)
_LONGEST = 300
_PATTERNS = tuple((s, re.compile(rf"(?<!\w)(?:{any_of(f'headings-{s}')})", re.IGNORECASE)) for s in _IN_ORDER)


def is_known(text: str) -> bool:
    """Whether a line is hardly more than words that head a part: "Key duties", not "SQL skills"."""
    plain = _plain(text)
    found = next((m for m in (pattern.search(plain) for _, pattern in _PATTERNS) if m is not None), None)
    return found is not None and len(found[0]) > 0.6 * len(plain)


def _plain(heading: str) -> str:
    plain = re.sub("[\u2010-\u2015\u2212]", "-", heading).replace("’", "'").replace("‘", "'")
    return plain.strip(" :-•*#¿?¡!【】[]■●◆▼★☆◇□○")


def section_of(heading: str) -> Section | None:
    """The section a heading opens, or None for one that names no part we know; a long text is no heading."""
    return _section_of(heading) if len(heading) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _section_of(heading: str) -> Section | None:
    text = _plain(heading)
    for section, pattern in _PATTERNS:
        if pattern.search(text):
            return section
    return None
