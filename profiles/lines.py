"""A résumé's text as lines that know where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 1_500
_BULLET = re.compile(
    r"(?:[-*+•‣▪▫●○◦⁃∙·➢➤►▸✓✔■□◆❖❑➔→›»–—\uf0b7]|o(?=\s)|\(?\d{1,2}[.)](?=\s))(?:\s+|(?<=[•‣▪●○◦➢➤►▸✓✔■◆\uf0b7]))"
)
_LONE_MARK = re.compile(r"[-*+•‣▪▫●○◦⁃∙·➢➤►▸✓✔■□◆❖❑➔→›»–—\uf0b7]")
_RULE = re.compile(r"[-=_*~#─━]{3,}")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*\|[\s:|-]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One line without its marks. `start` and `end` are offsets of `text` in the whole.

    `level` counts a Markdown heading's marks (0: none); `strong` means all of it is bold; `links` are
    addresses that its words lead to; `size` is that of its letters, 0 where none is known.
    """

    text: str
    start: int
    end: int
    indent: int = 0
    level: int = 0
    bullet: bool = False
    strong: bool = False
    after_blank: bool = False
    links: tuple[str, ...] = ()
    size: float = 0.0


def visible(text: str) -> str:
    """The text with Markdown comments blanked, as long as before."""
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def split(text: str) -> list[Line]:
    """The lines that hold something; rules and blank lines do not."""
    lines: list[Line] = []
    blank, pending, offset = True, False, 0
    for raw in text.split("\n"):
        start, offset = offset, offset + len(raw) + 1
        body = raw.strip()
        if not body:
            blank = True
            continue
        if _LONE_MARK.fullmatch(body):
            pending = True
            continue
        if _TABLE_RULE.fullmatch(body):
            lines = lines[:-1]  # the names of a table's columns
            continue
        if _RULE.fullmatch(body):
            if set(body) <= {"-", "="} and lines and not blank and not lines[-1].bullet:
                lines[-1] = _as_heading(lines[-1], 1 if body[0] == "=" else 2)
            blank = True
            continue
        for begin, end in _short(raw):
            line = read_line(raw[begin:end], start + begin, blank, pending)
            if line.text:
                lines.append(line)
                blank = pending = False
    return lines


def _short(raw: str) -> Iterator[tuple[int, int]]:
    """A line in stretches that are not too long to be read as one, cut at white space where there is any."""
    begin = 0
    while len(raw) - begin > LONGEST:
        gap = raw.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
        end = gap if gap > 0 else begin + LONGEST
        yield begin, end
        begin = end
    yield begin, len(raw)


def read_line(raw: str, offset: int, after_blank: bool, bullet: bool) -> Line:
    """One line of raw text without its marks.

    Args:
        raw: The line, with its white space.
        offset: Where it begins in the whole.
        after_blank: Whether an empty line stands before it.
        bullet: Whether a list's mark stood alone on the line before.
    """
    begin = len(raw) - len(raw.lstrip(" \t>\ufeff\u200b"))
    body = raw[begin:].rstrip()
    level = 0
    heading = re.match(r"(#{1,6})\s+", body)
    mark = None if heading else _BULLET.match(body)
    if heading:
        level, begin, body = (
            len(heading[1]),
            begin + heading.end(),
            re.sub(r"\s+#+$", "", body[heading.end() :]),
        )
    elif mark and body[mark.end() :]:
        bullet, begin, body = True, begin + mark.end(), body[mark.end() :]
    strong = re.fullmatch(r"(\*\*|__)(.+?)\1[:,]?(?:\s.{0,60})?", body) is not None
    indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(4))
    return Line(body, offset + begin, offset + begin + len(body), indent, level, bullet, strong, after_blank)


def _as_heading(line: Line, level: int) -> Line:
    return Line(line.text, line.start, line.end, line.indent, level, False, line.strong, line.after_blank)
