"""Openings that a model points out on a page where no rule could tell them apart.

The model only points: an answer line names a numbered line of the page and words in it. It counts only where
those words stand on the page, and everything of the opening is then taken from there. So a model that errs,
lies, or obeys a request written in the page can pick wrong words, but can bring none in.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from language.job_words import is_job_title
from scraping.advert import Advert, distinct
from scraping.headings import section_of
from scraping.names import company_of, is_generic
from scraping.page import Page
from scraping.visible import Block
from scraping.wording import any_of

MOST_OPENINGS = 30
MOST_TOKENS = 1_000
# What a server adds around our message.
_WRAPPING_TOKENS = 40
_MOST_ANSWER_LINES = 200
_LONGEST_LINE = 100
_LONGEST_TITLE, _MOST_TITLE_WORDS = 160, 20
_LONGEST_PLACE = 80
# How far below its title an opening's place stands, and its text goes on.
_PLACE_WITHIN, _TEXT_WITHIN = 10, 80
_FEWEST_WORDS = 20

_PROMPT = Path(__file__).parent / "prompts" / "openings.md"
_ANSWER = re.compile(r"^[\s>*\-•`]*(\d{1,4})\s*\|([^|]+)(?:\|([^|]*))?\|?\s*$")
_WORD = re.compile(r"[^\W_]+")
_OPENINGS = re.compile(any_of("openings-words"), re.IGNORECASE)
_JOB_ADDRESS = re.compile(
    r"job|career|position|vacan|opening|role|stelle|karriere|emploi|empleo|kariera|rekrut", re.I
)
# Signs that a model may write another way than the page; one for one, so that places stay the same.
_SIGNS = str.maketrans("’‘‚“”„–—‑\u00a0", "'''\"\"\"--- ")


@dataclass(frozen=True)
class _Line:
    """A block of the page, its number as the model sees it, and how likely openings stand there."""

    index: int
    block: Block
    shown: str
    weight: float


@dataclass(frozen=True)
class _Pointed:
    """A title where it stands on the page, and a place that the model gave for it, still unchecked."""

    index: int
    title: str
    place: str


def model_openings(page: Page, ask: Callable[[str], str]) -> list[Advert]:
    """The openings of a page that a model points out, at most thirty; what is not on the page is left out.

    Args:
        page: An opened page.
        ask: From a prompt of at most about a thousand tokens to the model's answer. Its errors pass through.
    """
    blocks = [b for b in page.seen.blocks if b.text and not b.is_furniture]
    lines = _likeliest(_lines(blocks))
    if not lines:
        return []
    pointed = sorted(_pointed(ask(_prompt(lines)), lines), key=lambda p: p.index)
    company = company_of(page)
    ends = _ends([p.index for p in pointed], len(blocks))
    adverts = [_advert(p, end, blocks, pointed, page, company) for p, end in zip(pointed, ends, strict=True)]
    return distinct(adverts)


# --- asking ------------------------------------------------------------------------------------------


@cache
def _contract() -> str:
    return _PROMPT.read_text(encoding="utf-8").split("---\n", 2)[2].strip()


def _prompt(lines: Sequence[_Line]) -> str:
    # No page can hold the mark, so none can end its own data.
    mark = f"== {secrets.token_hex(4)} =="
    return "\n".join([_contract(), mark, *(line.shown for line in lines), mark])


def _lines(blocks: Sequence[Block]) -> list[_Line]:
    """The blocks as numbered lines, long ones cut: a title stands at the beginning of a line."""
    paths = [block.path for block in blocks]
    repeated = {path for path in paths if paths.count(path) > 1} if len(paths) < 2_000 else set()
    lines = []
    for index, block in enumerate(blocks):
        if block.tag in ("button", "label") or "form" in block.regions:
            continue
        text = block.text
        if len(text) > _LONGEST_LINE:
            text = text[:_LONGEST_LINE].rsplit(" ", 1)[0] + " …"
        lines.append(_Line(index, block, f"{index + 1} {text}", _weight(block, block.path in repeated)))
    return lines


def _weight(block: Block, repeated: bool) -> float:
    if len(block.text) > _LONGEST_LINE:
        return 0.0
    href = block.href or block.opening_link[1]
    return (
        0.1
        + 3.0 * is_job_title(block.text)
        + 2.0 * bool(href and _JOB_ADDRESS.search(href))
        + 2.0 * bool(block.level and _OPENINGS.search(block.text))
        + 0.5 * bool(block.level or block.bold or href)
        + 0.5 * repeated
    )


def _likeliest(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The run of lines with most signs of openings that the prompt has room for."""
    room = MOST_TOKENS - _WRAPPING_TOKENS - _tokens(_contract()) - 2 * _tokens("== 0a0b0c0d ==\n")
    best, first, cost, weight = (-1.0, 0, 0), 0, 0, 0.0
    for last, line in enumerate(lines):
        cost += _tokens(f"{line.shown}\n")
        weight += line.weight
        while cost > room:
            cost -= _tokens(f"{lines[first].shown}\n")
            weight -= lines[first].weight
            first += 1
        best = max(best, (weight, -first, last + 1))
    return lines[-best[1] : best[2]]


def _tokens(text: str) -> int:
    """More tokens than a current tokenizer makes of a text, whatever its script."""
    words = (sum(len(c.encode()) + (not c.isascii()) for c in word) for word in _WORD.findall(text))
    signs = sum(not c.isalnum() and not c.isspace() for c in text)
    return int(sum(max(1.0, size / 3) for size in words) + 0.9 * signs) + 1


# --- believing ---------------------------------------------------------------------------------------


def _pointed(answer: str, lines: Sequence[_Line]) -> Iterator[_Pointed]:
    """The titles of an answer that stand in a line that the model was shown, each once."""
    numbered = {line.index + 1: line for line in lines}
    taken: set[tuple[int, str]] = set()
    for text in answer.splitlines()[:_MOST_ANSWER_LINES]:
        match = _ANSWER.match(text[: 2 * _LONGEST_TITLE])
        if match is None or len(taken) == MOST_OPENINGS:
            continue
        line = numbered.get(int(match[1]))
        title = _span(match[2], line.block.text) if line is not None else ""
        if line is None or not _could_be_a_title(title) or (line.index, title) in taken:
            continue
        taken.add((line.index, title))
        yield _Pointed(line.index, title, match[3] or "")


def _span(words: str, text: str) -> str:
    """Where words stand in a text as whole words, in the text's own spelling; else an empty string."""
    sought = words.translate(_SIGNS).strip(' *_`"').split()
    if not sought:
        return ""
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, sought)) + r"(?!\w)"
    match = re.search(pattern, text.translate(_SIGNS), re.IGNORECASE)
    return text[match.start() : match.end()] if match is not None else ""


def _could_be_a_title(text: str) -> bool:
    if not 3 <= len(text) <= _LONGEST_TITLE or len(text.split()) > _MOST_TITLE_WORDS:
        return False
    if is_generic(text) or not any(c.isalpha() for c in text):
        return False
    return section_of(text) is None or is_job_title(text)


# --- taking from the page ----------------------------------------------------------------------------


def _advert(
    pointed: _Pointed,
    end: int,
    blocks: Sequence[Block],
    all_pointed: Sequence[_Pointed],
    page: Page,
    company: str,
) -> Advert:
    block, own = blocks[pointed.index], _own(pointed.index, end, blocks)
    href = block.href or block.opening_link[1] or next((b.href for b in own[:_PLACE_WITHIN] if b.href), "")
    near = [block, *own[:_PLACE_WITHIN], *_heading_above(pointed, blocks, all_pointed)]
    found = (_span(pointed.place, b.text) for b in near if len(pointed.place) <= _LONGEST_PLACE)
    return Advert(
        title=pointed.title,
        blocks=_description(own),
        company=company,
        company_source="published",
        location=next((place for place in found if place and place != pointed.title), ""),
        url=page.absolute(href) or page.url,
        language=page.language,
    )


def _ends(starts: Sequence[int], last: int) -> list[int]:
    """Where the part of each title ends: at the next title; the last part is no longer than the others."""
    longest = max((b - a for a, b in pairwise(starts)), default=last)
    return [*starts[1:], *(min(last, start + longest) for start in starts[-1:])]


def _own(index: int, end: int, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks below a title that belong to it: up to the next title or a heading as high as its own."""
    title = blocks[index]
    below = blocks[index + 1 : min(end, index + 1 + _TEXT_WITHIN)]
    for number, block in enumerate(below):
        if block.level and (not title.level or block.level <= title.level):
            return below[:number]
    return below


def _heading_above(
    pointed: _Pointed, blocks: Sequence[Block], all_pointed: Sequence[_Pointed]
) -> list[Block]:
    """The nearest higher heading, which may name the place of all titles below it."""
    titles = {p.index for p in all_pointed}
    level = blocks[pointed.index].level or 7
    for index in range(pointed.index - 1, -1, -1):
        if 0 < blocks[index].level < level and index not in titles:
            return [blocks[index]]
    return []


def _description(own: Sequence[Block]) -> tuple[Block, ...]:
    """What the page itself says of an opening below its title, where that is more than a button."""
    kept = tuple(b for b in own if b.tag not in ("button", "label") and "form" not in b.regions)
    return kept if sum(len(b.text.split()) for b in kept) >= _FEWEST_WORDS else ()
