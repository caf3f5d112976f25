"""Links, addresses and telephone numbers only as the sender gave them."""

import re
from collections.abc import Iterable

from domain import SentenceKind
from grounding.atoms import LINK
from grounding.registry import Case, Fault, check

_BARE_HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|ai|co|de|me|eu|info|biz|xyz|site|online|tech|uk|us|fr|es|br|in|example|test"
    r"|link|page|click|top|ru|cn)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,$€£])\+?\(?\d[\d\s().-]{6,}\d(?![\w%])")
_HANDLE = re.compile(r"(?<![\w@.])@\w{2,}")
_YEARS = re.compile(r"\s*\(?(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\s*")


@check(
    "links",
    number="V10",
    catches="links, addresses, handles and telephone numbers that the sender did not give",
    passes="C e7 | PlotKit uses React and Go: https://plotkit.example/code",
    fails="C e7 | PlotKit uses React and Go: https://plotkit.test/code",
)
def links(case: Case) -> Fault | None:
    """A claim may show a link of its evidence or of the sender; a formula the sender's; other kinds none."""
    own = allowed(case)
    for found in addresses(case.text, _names(case)):
        if case.sentence.kind in {SentenceKind.CLAIM, SentenceKind.FORMULA} and normal(found) in own:
            continue
        return Fault("This link or address is not among yours.", found, ", ".join(sorted(own)))
    return None


def allowed(case: Case) -> frozenset[str]:
    """The sender's own links, and for a claim those of what it cites."""
    profile = case.brief.profile
    own = [*profile.links, profile.email, profile.phone]
    for item in case.evidence:
        own += item.links
        own += [found.group() for found in LINK.finditer(item.text)]
        own += [found.group() for found in _BARE_HOST.finditer(item.text)]
    if case.record is not None:
        own += case.record.links
    return frozenset(normal(link) for link in own if link)


def normal(address: str) -> str:
    """An address to compare: a telephone number by its digits, a link in lower case without a closing
    slash."""
    stripped = address.strip().rstrip(".,;:!?)").rstrip("/")
    digits = re.sub(r"[^\d+]", "", stripped)
    if re.fullmatch(r"[\d\s().+-]+", stripped):
        return digits
    scheme, mark, rest = stripped.partition("://")
    if not mark:
        return stripped.lower() if "@" in stripped else stripped
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash}{path}"


def addresses(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Everything in a text that is a link, an e-mail address, a host, a handle or a telephone number."""
    found = [each.group().rstrip(".,;:!?)") for each in LINK.finditer(text)]
    rest = LINK.sub(" ", text)
    found += [h.group() for h in _BARE_HOST.finditer(rest) if h.group().lower() not in names]
    found += [h.group() for h in _HANDLE.finditer(rest)]
    found += [p.group() for p in _PHONE.finditer(rest) if not _YEARS.fullmatch(p.group())]
    return found


def _names(case: Case) -> frozenset[str]:
    """Names that only look like hosts: "Socket.io", "Booking.com"."""
    fields = [case.brief.posting.company, *case.record_texts]
    fields += [mention.text for mention in case.find_skills(case.text)]
    fields += [item.text for item in case.evidence]
    return hosts_in(fields)


def hosts_in(names: Iterable[str]) -> frozenset[str]:
    """What looks like a host in names: "code.org" in "Code.org Workshops"."""
    return frozenset(host.group().lower() for name in names for host in _BARE_HOST.finditer(name))
