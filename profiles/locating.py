"""Where the values of a structured document stand in its text.

A reader of JSON, YAML or CSV knows its values by their place, such as `work[0].position`; here each gets its
offsets too. Values are found as they are written: with escapes, doubled quotes, marks of Markdown and any
white space between their words.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from domain import Evidence, FieldSource, Profile, Record, SourceSpan
from profiles.ledger import identified
from profiles.text import INVISIBLE

Span = tuple[int, int]
Places = Mapping[str, Span]

_MOST_PIECES = 12
_MAY_BE_CUT = 300  # a text of so many characters may have been cut within a word
# Thai to Khmer, kana, Chinese, and Korean, whose particles stick to a name.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_PIECES = re.compile(r", | \(|\)(?: |$)|: | \| ")
_TOKEN = re.compile(
    r"(?P<link>\]\([^()\s]*\))|(?P<mark>\*+|`+|__+|[\[\]])|(?P<blank>\s+)|(?P<hidden>"
    + INVISIBLE.pattern
    + ")"
)
_WRITTEN = re.compile(
    r"(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<code>\\[uU][0-9a-fA-F]{4})"
    r"|(?P<fold>\\\n\s*)|(?P<gap>\\[nrtfb])|(?P<escape>\\.)|(?P<twice>''|\"\")|" + _TOKEN.pattern
)
# A place's entry: all of "cv.sections.experience[0].position" up to its first index.
_ENTRY = re.compile(r".*?\[\d+\]|.+")
_RECORD_FIELDS = ("title", "area", "organization", "start", "end")
_PROFILE_FIELDS = ("name", "headline", "email", "phone", "organization", "postal_address")


def locate(profile: Profile, text: str, places: Places | None = None) -> Profile:
    """The profile with offsets for its items, the fields of its records, and its own.

    Args:
        profile: What a reader of a structured document made.
        text: The document's text.
        places: Start and end in `text` of each place that the reader names. Without them, values are looked
            for in the order in which they were read.
    """
    finder = _Finder(text, places or {})
    records, evidence = _located(profile.records, profile.evidence, finder)
    document = next((item.source.document for item in evidence), "")
    fields = [
        FieldSource(field=name, source=SourceSpan(document=document, start=span[0], end=span[1]))
        for name, value in _values(profile, _PROFILE_FIELDS)
        if (span := finder.value(value))
    ]
    return identified(
        profile.model_copy(update={"records": records, "evidence": evidence, "fields": tuple(fields)})
    )


def locate_rows(
    records: Sequence[Record], evidence: Sequence[Evidence], text: str, rows: Places
) -> tuple[tuple[Record, ...], tuple[Evidence, ...]]:
    """Records and evidence of a table with their offsets. `rows` are the spans of places such as "row 4"."""
    return _located(records, evidence, _Finder(text, rows))


def _located(
    records: Sequence[Record], evidence: Sequence[Evidence], finder: "_Finder"
) -> tuple[tuple[Record, ...], tuple[Evidence, ...]]:
    first: dict[str, Evidence] = {}
    for item in evidence:
        if item.record:
            first.setdefault(item.record, item)
    found = [_record_located(record, first[record.id], finder) if record.id in first else record
             for record in records]  # fmt: skip
    return tuple(found), tuple(_item_located(item, finder) for item in evidence)


def _item_located(item: Evidence, finder: "_Finder") -> Evidence:
    if item.source.start is not None:
        return item
    span = finder.text(item.text, item.source.place)
    if span is None:
        return item
    return item.model_copy(
        update={"source": item.source.model_copy(update={"start": span[0], "end": span[1]})}
    )


def _record_located(record: Record, item: Evidence, finder: "_Finder") -> Record:
    fields = []
    taken: set[Span] = set()
    entry = _entry_of(item.source.place)
    for name, value in _values(record, _RECORD_FIELDS):
        span = finder.value(value, entry, taken)
        if span:
            taken.add(span)
            source = SourceSpan(document=item.source.document, place=entry, start=span[0], end=span[1])
            fields.append(FieldSource(field=name, source=source))
    return record.model_copy(update={"fields": tuple(fields)}) if fields else record


def _values(noun: Record | Profile, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The fields that hold something, and each link; a link may be written without its scheme."""
    for name in names:
        if getattr(noun, name):
            yield name, getattr(noun, name)
    for link in noun.links:
        yield "links", link


def _entry_of(place: str) -> str:
    found = _ENTRY.match(place)
    return found[0] if found else ""


class _Finder:
    """Looks for values in a text, near their place where that is known."""

    def __init__(self, text: str, places: Places) -> None:
        self.raw = text
        self.places = places
        self.cursor = 0

    @cached_property
    def views(self) -> tuple["_Folded", "_Folded"]:
        return _Folded(self.raw, _TOKEN), _Folded(self.raw, _WRITTEN)

    @cached_property
    def leaves(self) -> dict[str, list[Span]]:
        """The spans of the places in each entry, and under "" those that are in no list."""
        leaves: dict[str, list[Span]] = {}
        for place, span in self.places.items():
            entry = _entry_of(place)
            leaves.setdefault(entry if entry.endswith("]") else "", []).append(span)
        return leaves

    def text(self, text: str, place: str) -> Span | None:
        """Where an item's words stand, or its longest part where it was put together from several values.

        Of "Python (basic)" that is the name.
        """
        region = self._region(place)
        whole = self._find(text, region)
        if whole is None:
            whole = next(filter(None, (self._find(part, region) for part in _parts(text))), None)
        if whole and not self.places:
            self.cursor = whole[0]
        return whole

    def value(self, value: str, entry: str = "", taken: AbstractSet[Span] = frozenset()) -> Span | None:
        """Where a field's value stands: as the whole of a place, else within its entry or the text.

        Places in `taken` are another field's.
        """
        for form in dict.fromkeys((value, value.removeprefix("https://"))):
            wanted = _Folded(form, _TOKEN).text.strip()
            for span in self.leaves.get(entry, ()):
                if span[1] - span[0] < 12 * len(form) + 8 and self._is_all_of(span, wanted):
                    found = self._find(form, span)
                    if found and found not in taken:
                        return found
            found = self._find(form, self._region(entry))
            if found:
                return found
        return None

    def _is_all_of(self, span: Span, wanted: str) -> bool:
        return any(view.between(span).strip("\"' \n") == wanted for view in self.views)

    def _region(self, place: str) -> Span:
        while place and place not in self.places:
            place = place[: max(place.rfind("["), place.rfind("."), 0)]
        return self.places.get(place, (0, len(self.raw)))

    def _find(self, words: str, region: Span) -> Span | None:
        for view in self.views:
            begin = max(region[0], self.cursor)
            span = view.find(words, (begin, region[1])) or (view.find(words, region) if begin else None)
            if span:
                return span
        return None


def _parts(text: str) -> list[str]:
    """The parts an item may have been put together from, the longest first, but a name before its level."""
    cuts = [found.span() for found in _PIECES.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    if len(starts) > _MOST_PIECES:
        spans = list(zip(starts, ends, strict=True))
    else:
        spans = [(start, end) for i, start in enumerate(starts) for end in ends[i:]]
    parts = {text[start:end] for start, end in spans if any(map(str.isalnum, text[start:end]))}
    hedged = text.partition(" (")[0] if text.endswith(")") else ""
    return sorted(parts - {text}, key=lambda part: (part != hedged, -len(part), part))


class _Folded:
    """A text as its readers take it, and where each of its characters stands in the raw text."""

    def __init__(self, raw: str, marks: re.Pattern[str]) -> None:
        characters: list[str] = []
        # Four bytes an offset, where a list takes some forty; a text has two for each of its characters,
        # and there are two views of it.
        self.starts = array("I")
        self.ends = array("I")
        last = 0
        for found in marks.finditer(raw):
            self._take(characters, raw[last : found.start()], last)
            stands_for = _meant(found, bool(characters) and characters[-1].endswith(" "))
            if stands_for:
                characters.append(stands_for)
                self.starts.extend([found.start()] * len(stands_for))
                self.ends.extend([found.end()] * len(stands_for))
            last = found.end()
        self._take(characters, raw[last:], last)
        self.text = "".join(characters)

    def _take(self, characters: list[str], piece: str, offset: int) -> None:
        if piece:
            characters.append(piece)
            self.starts.extend(range(offset, offset + len(piece)))
            self.ends.extend(range(offset + 1, offset + len(piece) + 1))

    def between(self, span: Span) -> str:
        return self.text[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def find(self, words: str, region: Span) -> Span | None:
        """Start and end in the raw text of these words, never of a word within another."""
        wanted = " ".join(_Folded(words, _TOKEN).text.split()) if _TOKEN.search(words) else words
        begin, end = bisect_left(self.starts, region[0]), bisect_left(self.starts, region[1])
        at = first = self.text.find(wanted, begin, end) if wanted else -1
        while at >= 0 and not self._is_whole(at, at + len(wanted)):
            at = self.text.find(wanted, at + 1, end)
        if len(wanted) >= _MAY_BE_CUT:
            at = first if at < 0 else at
        return (self.starts[at], self.ends[at + len(wanted) - 1]) if at >= 0 else None

    def _is_whole(self, start: int, end: int) -> bool:
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        first, last = self.text[start], self.text[end - 1]
        return not _are_one_word(before, first) and not _are_one_word(last, after)


def _are_one_word(left: str, right: str) -> bool:
    """Whether two characters side by side belong to one word. Some scripts put nothing between words."""
    return left.isalnum() and right.isalnum() and not _UNSPACED.search(left + right)


def _meant(found: re.Match[str], after_blank: bool) -> str:
    """The characters that a mark stands for: none, a space, or what was escaped."""
    written = found[0]
    match found.lastgroup:
        case "blank" | "gap" | "fold":
            return "" if after_blank else " "
        case "pair":
            high, low = int(written[2:6], 16), int(written[8:12], 16)
            return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        case "code":
            return chr(int(written[2:], 16))
        case "escape" | "twice":
            return written[1]
        case _:
            return ""
