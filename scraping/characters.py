"""Characters that no reader sees, and white space that many pages misuse."""

import re
import unicodedata
from html import unescape

_TAGS = re.compile("[\U000e0001-\U000e007f]+")
# Bidirectional controls, variation selectors (also the supplementary ones), soft hyphen, fillers, BOM.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
# Two joiners and the emoji selector mean something, but only in some company.
_SCRIPTS_THAT_JOIN = "\u0600-\u0fff\u1780-\u18af"
_PICTURES = "\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_JOINERS = re.compile(
    f"(?<![{_SCRIPTS_THAT_JOIN}{_PICTURES}\ufe0f])[\u200c\u200d]+|[\u200c\u200d]+(?![{_SCRIPTS_THAT_JOIN}{_PICTURES}])"
    f"|(?<![{_PICTURES}#*0-9])\ufe0f+|(?<=\ufe0f)\ufe0f+"
)
# Letters in another guise: full width, mathematical, circled, ligatures. Typography ("…", "½") stays as it
# is, and so do letters of full width among Chinese and Japanese ones, where they are at home.
_DISGUISED = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\u249c-\u24e9\U0001d400-\U0001d7ff]+"
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,7}|shy|zwj|zwnj|ZeroWidthSpace|NoBreak);?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without characters that no reader sees, its letters plain; line breaks and spaces stay."""
    if text.isascii():
        return _CONTROLS.sub(" ", text)
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))
    if not _EAST_ASIAN.search(text):
        text = _DISGUISED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _JOINERS.sub("", _UNSEEN.sub("", text))


def unseen_in(markup: str) -> int:
    """How many characters that no reader sees stand in a text or in HTML, as they are or as entities."""
    written = "".join(map(unescape, _ENTITY.findall(markup))) if "&" in markup else ""
    found = 0 if markup.isascii() else sum(map(len, _UNSEEN.findall(markup)))
    return found + (0 if written.isascii() else sum(map(len, _UNSEEN.findall(written))))


def one_line(text: str) -> str:
    """The cleaned text with every run of white space as one space."""
    return " ".join(clean(text).split())


def lines_of(text: str) -> list[str]:
    """The cleaned, non-empty lines of a plain text."""
    tidy = (_SPACES.sub(" ", line).strip() for line in clean(text).splitlines())
    return [line for line in tidy if line]


def smuggled(text: str) -> list[str]:
    """What tag characters, which show as nothing, spell out."""
    if text.isascii():
        return []
    spelt = ("".join(chr(ord(c) - 0xE0000) for c in run if ord(c) > 0xE001F) for run in _TAGS.findall(text))
    return [message for message in (one_line(run) for run in spelt) if message]
