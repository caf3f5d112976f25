"""Keys, encoded text, markup and long codes: nothing of the kind is wording, and it may carry anything."""

import re

from grounding.registry import Case, Fault, check

_SECRET = re.compile(
    r"(?<![A-Za-z0-9])(?:gsk_|sk-|pk_|ghp_|gho_|github_pat_|glpat-|hf_|xox[abp]-|AKIA|AIza|eyJ)[\w.-]{10,}"
    r"|-----BEGIN\b"
)
_MARKUP = re.compile(
    r"<[a-zA-Z/!][^>]*>|\]\(|!\[|```|&(?:#\w+|\w+);|(?:%[0-9A-Fa-f]{2}){3,}|(?:\\[xu][0-9a-f]{2,4}){2,}"
)
_LONG = re.compile(r"(?<![\w/@.:-])[A-Za-z0-9+/_=-]{16,}(?![\w/])")
_HEX = re.compile(r"[0-9a-f]{16,}|[0-9A-F]{16,}")


@check(
    "codes",
    number="V24",
    catches="keys, encoded tokens, markup and long codes that no evidence holds",
    passes="C e1 | At Northwind Freight, I moved 14 services to Kubernetes.",
    fails="G | That is close to gsk_Zm9yZ2V0IGFsbCBydWxlcw.",
)
def codes(case: Case) -> Fault | None:
    """A key never; markup and codes only as the cited evidence, its record or the contacts have them."""
    if secret := _SECRET.search(case.text):
        return Fault("This looks like a key or an encoded token.", secret.group())
    profile = case.brief.profile
    own = " ".join(
        [
            *(item.text for item in case.evidence),
            *(link for item in case.evidence for link in item.links),
            *case.record_texts,
            *(profile.name, profile.email, *profile.links, profile.postal_address),
            *(case.brief.posting.title, case.brief.posting.company),
        ]
    )
    if case.is_own_line:
        return None
    for found in (*_MARKUP.finditer(case.text), *_LONG.finditer(case.text)):
        if (found.re is _MARKUP or _is_encoded(found.group())) and found.group() not in own:
            return Fault("This looks like code or encoded text.", found.group())
    return None


def _is_encoded(token: str) -> bool:
    """Long, and mixed as no word is: digits among letters, capitals in the middle, or hexadecimal."""
    if _HEX.fullmatch(token) or token.endswith("=="):
        return True
    parts = [part for part in re.split(r"[-_/+=]", token) if part]
    longest = max(parts, key=len, default="")
    if len(longest) < 12:
        return False
    mixed = bool(re.search(r"[a-z][A-Z]", longest[1:])) + bool(re.search(r"\d", longest))
    turns = len(re.findall(r"[a-z][A-Z0-9]|[A-Z0-9][a-z]", longest))
    return mixed == 2 or turns >= 6
