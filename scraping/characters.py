"""Characters that no reader sees, and white space that many pages misuse."""

import re

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
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without characters that no reader sees; line breaks and spaces stay."""
    if text.isascii():
        return _CONTROLS.sub(" ", text)
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))
    return _JOINERS.sub("", _UNSEEN.sub("", text))


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
