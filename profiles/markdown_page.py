"""A page in Markdown as it is shown on a code host: HTML in Markdown's terms, without statistics and code."""

import html
import re

from errors import DocumentError
from profiles.lines import visible
from profiles.sections import part_named

MOST_CHARACTERS = 200_000
STATISTICS = re.compile(
    r"github-readme-stats|streak-stats|streak_stats|trophy|komarev|visitor|hits\.|profile-counter|"
    r"activity-graph|readme-quotes|top-langs|github-profile-summary|wakatime|capsule-render|typing-svg|"
    r"contrib\.rocks|/(?:stars|forks|issues|license|last-commit|build|workflow|followers|watchers|downloads|"
    r"v|codecov|travis|github/actions)/|/actions/workflows/|\.gif\b",
    re.IGNORECASE,
)
BADGES = re.compile(r"img\.shields\.io|/badge|skillicons\.dev|devicon|simpleicons|techstack", re.IGNORECASE)
IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\((?P<source>[^()\s]*)[^()]*\)")
LINK = re.compile(r"\[(?P<words>[^\[\]]*)\]\((?P<to>[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)[^()]*\)")
_EMOJI = re.compile(
    r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\ufe0f\u200d\u20e3]|:[a-z][a-z0-9_+-]+:"
)
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_IMAGE_TAG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(alt|src|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s<>\"']+))", re.IGNORECASE)
# Their ends are looked for nearby only: a page of a million beginnings must not take an hour.
_ANCHOR = re.compile(r"<a\b([^<>]*)>(.{0,1000}?)</a>", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(.{0,400}?)</h\1>", re.IGNORECASE | re.DOTALL)
_SUMMARY = re.compile(r"<summary\b[^<>]*>(.{0,400}?)</summary>", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_ROW_END = re.compile(
    r"</tr>|<br\s*/?>|<d[dt]\b[^<>]*>|</?(?:p|div|table|ul|ol|dl|details|tbody|thead)\b[^<>]*>", re.IGNORECASE
)
_KEY = re.compile(r"</kbd>\s*<kbd\b[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]*>", re.IGNORECASE)
_BOLD = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


def shown(text: str) -> str:
    """The text as it is shown; its words stay as written.

    Raises:
        DocumentError: when it is far longer than a résumé or README.
    """
    if len(text) > MOST_CHARACTERS:
        raise DocumentError("This is more text than a résumé holds.", "Keep the last ten years or so.")
    text = _FENCE.sub("", visible(text))
    text = _IMAGE_TAG.sub(_image, text)
    text = IMAGE.sub(lambda x: "" if STATISTICS.search(x["source"]) else x[0], text)
    text = _ANCHOR.sub(_anchor, text)
    text = _HEADING.sub(lambda x: f"\n{'#' * int(x[1])} {_inline(x[2])}\n", text)
    text = _SUMMARY.sub(_summary, text)
    text = _BOLD.sub("**", _KEY.sub(" · ", text))
    text = _ROW_END.sub("\n", _ITEM.sub("\n- ", _CELL.sub(" | ", text)))
    return html.unescape(_TAG.sub("", text)).replace("\u00a0", " ").replace("\u2011", "-")


def _summary(found: re.Match[str]) -> str:
    """The words to click on: a heading where they name a section, else only a handle."""
    words = _inline(found[1]).replace("**", "")
    return f"\n**{words}**\n" if part_named(without_emoji(words)) else "\n"


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): one or two or bare for name, one, two, bare in _ATTRIBUTE.findall(tag)}


def _image(tag: re.Match[str]) -> str:
    said = _attributes(tag[0])
    words = re.sub(r"[\[\]\n]", " ", said.get("alt", ""))
    source = re.sub(r"[()\s]", "", said.get("src", ""))
    return f"![{words}]({source})"


def _anchor(found: re.Match[str]) -> str:
    address, words = _attributes(found[1]).get("href", ""), _inline(found[2])
    if IMAGE.fullmatch(words):
        return f"[{words}]({address})" if address else words
    words = re.sub(r"[\[\]]", " ", words)
    return f"[{words}]({address})" if address and words else words


def _inline(text: str) -> str:
    return " ".join(_TAG.sub(" ", text).split())


def without_emoji(text: str) -> str:
    """The text without emoji and their short names, which carry no words."""
    return " ".join(_EMOJI.sub(" ", text).split())


def emoji_before(text: str) -> int:
    """How many characters of emoji and space a text begins with."""
    at = 0
    while at < len(text):
        found = _EMOJI.match(text, at)
        if not found and not text[at].isspace():
            return at
        at = found.end() if found else at + 1
    return at
