"""Nothing that a reader cannot see as what it is: no hidden, control or look-alike characters, no
markup, no codes."""

import re
import unicodedata

from grounding.registry import Case, Fault, check

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd"
    "\U000e0000-\U000e0fff]"
)
_MARKUP = re.compile(
    r"<[a-zA-Z/!|?][^>]*>?|&#?\w{2,8};|!?\[[^\]]*\]\([^)]*\)|`|\*\*|__|^#{1,6}\s|^\s*>|\{\{|\}\}|<\||\|>|%[0-9A-Fa-f]{2}%"
)
_ENCODED = re.compile(
    r"(?<![\w/.@-])(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[A-Za-z])[A-Za-z0-9+/_-]{16,}={0,2}(?![\w/])"
)
_CAMEL_CODE = re.compile(r"\b(?:[A-Z]+[a-z]+|[a-z]+[A-Z]+){5,}[A-Za-z]*={0,2}")
_PADDED = re.compile(r"[A-Za-z0-9+/]{8,}={1,2}(?!\w)")
_SECRET = re.compile(r"\b(?:gsk|sk|pk|ghp|xox[abp])[_-][A-Za-z0-9_-]{6,}", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\[[A-Z][^\]]{0,40}\]|\{[^}]{0,40}\}|\bTBD\b|\bXX+\b|\bTODO\b|\blorem ipsum\b", re.IGNORECASE
)


@check(
    "characters",
    number="V14",
    catches="hidden, look-alike and control characters, markup, placeholders, secrets, encoded tokens",
    passes="G | That is close to what you need.",
    fails="G | That is close to what you need dGhpcyBpcyBhIHNlY3JldA12.",
)
def characters(case: Case) -> Fault | None:
    """Refuse what could hide, imitate or carry something; applies to every kind."""
    return fault_of(case.sentence.text, known=_known(case))


def _known(case: Case) -> str:
    posting, profile = case.brief.posting, case.brief.profile
    return " ".join(
        [posting.title, posting.company, profile.name, *profile.links, *(e.text for e in case.evidence)]
    )


def fault_of(text: str, known: str = "") -> Fault | None:
    """The first fault of the characters of a text, or None; codes that `known` holds word for word may
    stand."""
    hidden = _HIDDEN.search(text)
    if hidden:
        name = unicodedata.name(hidden.group(), f"U+{ord(hidden.group()):04X}")
        return Fault(
            f"It holds a character that nobody can see ({name.lower()}).", _around(text, hidden.start())
        )
    stacked = re.search(r"[\u0300-\u036f]{2,}", unicodedata.normalize("NFD", text))
    if stacked:
        return Fault("It holds letters with stacked marks.", text)
    for token in re.findall(r"\w+", text):
        if _imitates(token):
            return Fault(f"“{token}” is written with letters that only look like others.", token)
    for pattern, reason in (
        (_MARKUP, "It holds markup, and a message is plain text."),
        (_SECRET, "It holds something that looks like a secret key."),
        (_PLACEHOLDER, "It holds a placeholder."),
    ):
        found = pattern.search(text)
        if found and found.group() not in known:
            return Fault(reason, found.group())
    without_links = re.sub(r"https?://\S+", " ", text)
    for pattern in (_ENCODED, _PADDED, _CAMEL_CODE):
        found = pattern.search(without_links)
        if found and found.group() not in known:
            return Fault("It holds something that looks like a code.", found.group())
    return None


def _around(text: str, at: int) -> str:
    return text[max(0, at - 10) : at + 10].strip()


def _imitates(token: str) -> bool:
    """Letters of two scripts in one word, or letters that are another letter in costume (full-width,
    mathematical)."""
    if token.isascii():
        return False
    letters = [c for c in token if c.isalpha()]
    if any(unicodedata.normalize("NFKC", c) != c and c not in "²³ªº" and ord(c) > 0x2000 for c in token):
        return True
    scripts = {_script(c) for c in letters}
    return (
        len(scripts) > 1
        and bool(scripts & {"LATIN"})
        and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]
