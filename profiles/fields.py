"""The fields of one entry of a structured résumé: of several names, as text or list, in Markdown or HTML."""

import html
import re
from collections.abc import Iterator
from typing import Any

from profiles import entries, lines
from profiles.links import find_links
from profiles.resume import sentences
from profiles.text import plain
from profiles.vocabulary import words

MOST_ITEMS = 1_000
MOST_EVIDENCE = 5_000
_LONGEST = 6_000
# Levels of skill that a draft must not hide. Higher ones add nothing that may be claimed.
_HIGH_LEVELS = frozenset(words("parts", "high_levels"))
_BREAK = re.compile(r"</?(?:p|div|br|ul|ol|h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def string(value: Any) -> str:
    """A text or number as text, everything else as none."""
    if isinstance(value, str):
        return _without_html(value[:_LONGEST]).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _without_html(text: str) -> str:
    """The words of a text that an editor in a browser has saved; other text stays as it is."""
    if not re.search(r"</(?:p|li|ul|ol|strong|em|a|div|span|h\d)>|<br\s*/?>", text, re.IGNORECASE):
        return text
    text = re.sub(r"<li\b[^<>]*>(?:\s*<p\b[^<>]*>)?", "\n- ", text, flags=re.IGNORECASE)
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def first(entry: dict[str, Any], *keys: str) -> str:
    """The first of these fields that holds text; of a list, its first text."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, dict):
            value = value.get("href") or value.get("url") or value.get("value")
        if isinstance(value, list):
            value = next((item for item in value if string(item)), None)
        if text := string(value):
            return text
    return ""


def texts(entry: dict[str, Any], place: str, *keys: str) -> Iterator[tuple[str, str]]:
    """The texts of these fields, which may be lists of them, as (place, text)."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, list):
            for index, text in enumerate(value[:MOST_ITEMS]):
                yield f"{place}.{key}[{index}]", string(text) if isinstance(text, str) else ""
        elif string(value):
            yield f"{place}.{key}", string(value)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The items of a text in Markdown: each bullet whole, and the sentences of its paragraphs.

    Yields:
        (text, whether it is a bullet).
    """
    group: list[lines.Line] = []
    for line in lines.split(lines.visible(text)):
        if group and (line.bullet or line.after_blank):
            yield from _sentences(text, group)
            group = []
        group.append(line)
    if group:
        yield from _sentences(text, group)


def _sentences(text: str, group: list[lines.Line]) -> Iterator[tuple[str, bool]]:
    whole = text[group[0].start : group[-1].end]
    if group[0].bullet:
        yield whole, True
        return
    whole = plain(whole) if "](" not in whole else " ".join(whole.split())
    for start, end in sentences(whole) if whole else ():
        yield whole[start:end], False


def links(text: str) -> list[str]:
    """The web addresses in a text; one without a scheme counts where it is all of the text."""
    return [address for address, _, _ in find_links(text, bare=" " not in text)]


def dates(entry: dict[str, Any], *, blank_is_now: bool = False) -> dict[str, Any]:
    """Start, end and whether it goes on, as written; "Present" is no end.

    Args:
        entry: The fields.
        blank_is_now: The format says that a start without an end means the present.
    """
    start = first(entry, "startDate", "start_date", "start", "from")
    end = first(entry, "endDate", "end_date", "end", "to")
    written = first(entry, "years", "dates", "period", "date")
    found = entries.find_dates(written, single=True) if written and not (start or end) else None
    if found:
        return entries.stated(found)
    current = entries.is_now(end) or entry.get("current") is True or string(entry.get("current")) == "true"
    if blank_is_now and start and not end:
        current = True
    return {"start": start, "end": "" if current else end, "current": current}


def hedge(level: str) -> str:
    """What must stay with a skill of this level: " (Beginner)", or nothing for a high one."""
    return f" ({level})" if level and level.lower() not in _HIGH_LEVELS else ""
