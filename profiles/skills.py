"""Lists of skills, cut where the writer cut them."""

import re
from collections.abc import Iterator

from profiles.vocabulary import pattern, words

_LABEL = re.compile(r"\s*(?:\*\*|__)?([^:,;()]{2,40}?)\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:|:)\s*(?=\S)")
_FIRST_CELL = re.compile(r"\|([^|\n]*)\|(?=[^|\n]+\|?\s*$)", re.MULTILINE)
_MARKS = ",;|•·\t▪◦،、；，؛"
# A label like these says how well a skill is known, so it must stay with what it labels.
_LEVEL = pattern("levels")
_HIGH_WORDS = "|".join(words("parts", "high_levels"))
_HIGH = re.compile(
    rf"(?:{_HIGH_WORDS}|(?:very )?good|excellent|strong|competent|skilled|confident|solid|sehr gut|gut"
    r"|experte|avanzado|experto|avancé|bon|maîtrise|avançado|bom)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?P<percent>\d{1,3}) ?%|(?P<part>\d{1,2}) ?/ ?(?P<whole>\d{1,2})|(?P<marks>[★☆●○■□]+)")
_HIGH_SHARE = 0.6  # of the whole: what a draft may say without its level
_LOW_WORDS = "|".join(words("parts", "levels"))
_ONLY_LEVEL = re.compile(rf"(?:{_HIGH.pattern}|{_LOW_WORDS}|débutant|básico|anfänger)", re.IGNORECASE)

_SPOKEN = re.compile(
    r"(?:(?:native|full|limited|professional|working|elementary|bilingual|conversational|fluent|basic"
    r"|intermediate|advanced|upper|proficient|mother|or|and|/)[\s/-]*)*"
    r"(?:proficiency|speaker|native|bilingual|fluent|conversational|basic|tongue|professional|[ABC][12]\+?"
    r"|muttersprache|fließend|verhandlungssicher|langue maternelle|courant|nativo|fluido)",
    re.IGNORECASE,
)


def is_level(text: str) -> bool:
    """Whether a piece of a list says how well a skill is known, and names none."""
    return any(pattern.fullmatch(text.strip()) for pattern in (_ONLY_LEVEL, _SHARE))


def is_spoken_level(text: str) -> bool:
    """Whether a piece of a list says how well a language is spoken, and names none."""
    return is_level(text) or (len(text) <= 60 and _SPOKEN.fullmatch(text.strip()) is not None)


def labelled(text: str, start: int) -> int | None:
    """Where the label begins that ends right before `start`: "DevOps:" before its level; None without one."""
    found = re.search(r"(?:^|[\t|•;])\s*([^\t|•;,:]{2,40}?)\s*:\s*$", text[:start])
    return found.start(1) if found else None


def is_high_level(text: str) -> bool:
    """Whether a level adds nothing that may be claimed; a lower one must not be hidden."""
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        return _HIGH.fullmatch(text.strip()) is not None
    if found["percent"]:
        return int(found["percent"]) >= 100 * _HIGH_SHARE
    if found["marks"]:
        return sum(mark in "★●■" for mark in found["marks"]) >= _HIGH_SHARE * len(found["marks"])
    return int(found["part"]) >= _HIGH_SHARE * int(found["whole"])


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each skill of a list, cut at commas, semicolons, bars, dots and line ends.

    Brackets hold together. A label ("Databases:") is left out, unless it says how well the skills are known:
    then what it labels stays whole, as a sentence does.
    """
    for start, end in _statements(text):
        label = _FIRST_CELL.match(text, start, end) or _LABEL.match(text, start, end)
        first = text[start:end].split(maxsplit=1)[0] if text[start:end].strip() else ""
        if first in ("I", "We", "I'm", "I’m") or (label and _LEVEL.search(label[1])):
            yield from _tight(text, start, end)
        else:
            yield from _pieces(text, label.end() if label else start, end)


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """The lines, and the sentences in them: a list may go on after a full stop with another label."""
    first = 0
    for gap in re.finditer(r"\n|(?<=[\w)])\.\s+(?=[A-Z])", text):
        inside = text.count("(", first, gap.start()) > text.count(")", first, gap.start())
        if not inside or gap[0] == "\n":
            yield first, gap.start()
            first = gap.end()
    yield first, len(text)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, first = 0, start
    for index in range(start, end):
        character = text[index]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth = max(0, depth - 1)
        elif not depth and (character in _MARKS or _is_slash(text, index)):
            yield from _tight(text, first, index)
            first = index + 1
    yield from _tight(text, first, end)


def _is_slash(text: str, index: int) -> bool:
    """Whether a slash stands between two skills, with space on both sides, and not inside one."""
    return text[index] == "/" and text[index - 1 : index] == " " and text[index + 1 : index + 2] == " "


_INNER_LABEL = re.compile(r"\s*(?:keywords|tools|technologies|skills|stack)\s*:\s*(?=\S)", re.IGNORECASE)


def _tight(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if label := _INNER_LABEL.match(text, start, end):
        start = label.end()
    while start < end and (text[start].isspace() or text[start] in "-*•·–—,;"):
        start += 1
    while end > start and (
        text[end - 1].isspace() or text[end - 1] in ",;*" or text[start:end].endswith("..")
    ):
        end -= 1
    if end > start and text[end - 1] == "." and not re.search(r"\.\w", text[start:end]):
        end -= 1
    if end > start:
        yield start, end
