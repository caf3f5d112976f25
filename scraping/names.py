"""Titles and companies as pages write them: split from site names, labels and places."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from language.job_words import is_job_title
from language.places import looks_like_place
from scraping.company import company_in
from scraping.page import Page
from scraping.wording import any_of

_SEPARATOR = re.compile(r"\s+[|–—·•»:]\s+|\s+-\s+|\s*[|»｜]\s*|:\s+")
_AT = re.compile(
    r"^(?P<title>.{3,}?)\s+(?:at|@|bei|chez|presso)\s+(?P<company>[^|–—]{2,80}?)(?:\s+[|–—-]\s+.*)?$", re.I
)
_PREFIX = re.compile(
    r"^(?:(?:job application|application|apply(?: now)?|job(?: details| opening| posting| title)?|vacancy"
    r"|opening|position"
    r"|careers?|(?:now )?hiring|we(?:'re|’re| are) hiring|stellenangebot|stellenausschreibung"
    r"|stellenanzeige|offre d.emploi"
    r"|oferta de (?:empleo|trabajo|feina)|vacature|offerta di lavoro|oferta pracy|nabídka práce|vaga)"
    r"\s*(?::|\s[-–—])\s*|(?:apply|application) (?:for|to)(?: the)?(?: position of)?:?\s+)(?=\S)",
    re.IGNORECASE,
)
_LED = re.compile(
    rf"(?:{any_of('title-leads')})(?:\s*:)?\s+(?P<title>\S.{{2,120}}?)"
    r"(?:\s+(?:to (?:join|help|lead|support|work|manage)|who|based in)\b.*|\s+gesucht)?[.!…]*$",
    re.IGNORECASE,
)
_VENDOR = re.compile(any_of("vendors"), re.IGNORECASE)
_GENERIC = re.compile(rf"^(?:{any_of('generic-names')})$", re.IGNORECASE)
_CAREERS_OF = re.compile(
    r"^(?:careers?|jobs?|open positions|current openings|openings|working|work|karriere|join)\s+(?:at"
    r"|with|@|bei|chez)\s+(?P<company>(?!(?:us|me|our)\b)[^|:–—]{2,60})",
    re.I,
)
_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)\s*©?\s*(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?,?\s*(?:by\s+)?"
    r"(?P<company>[A-Z][\w.&'’ ,-]{1,60}?)"
    r"(?=\.?\s*(?:all rights|alle rechte|[|·•]|$|contact|privacy|impressum|datenschutz|mentions|©|tous droits"
    r"|\d{4}|[a-z]+\[at\]))",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?P<company>[A-ZÀ-Ž][\w&.'’ -]{1,60}?\s(?:GmbH(?: & Co\. KG)?|AG|eG|e\.V\.|KG|Ltd\.?|LLC|Inc\.?|PLC"
    r"|B\.V\.|N\.V\.|SAS|SARL|S\.A\.|S\.L\.|S\.p\.A\.|S\.r\.l\.|s\.r\.o\.|a\.s\.|Sp\. z o\.o\.|Oy|AB"
    r"|A/S|ApS))(?=\s*(?:[,–—|·-]|$))"
)
_CAREERS = re.compile(rf"(?<!\w)(?:{any_of('careers-words')})(?!\w)|採用|求人|募集", re.IGNORECASE)
_HOME = re.compile(
    r"^(?:home(?:page)?|start(?:seite)?|inici?o?|accueil|hjem|hem|domů|úvod|strona główna|pagina iniziale"
    r"|トップ|ホーム|skip|zum inhalt|back|zurück|menu|en|de|fr|es|it|cs|cz|pl|nl|pt)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:about|über|à propos de|sobre|over|o nás:|chi è|kim jest)\s+"
    r"(?!(?:us|me|you|the|this|our|your|uns|nous|ons|dich|die|das|der|la|le|el)\b)"
    r"(?P<company>[A-Z][^.,:;!?]{1,40}?)\s*:?$",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"^(?P<title>.{4,}?)\s+(?:[-–—|]\s+(?P<place>[^-–—|]{2,50})|\((?P<paren>[^()]{2,40})\))$"
)


def title_parts(page: Page) -> list[str]:
    """The parts of the page's `<title>` and `og:title`, without prefixes such as "Apply for"."""
    parts: list[str] = []
    for whole in (page.title, page.meta("og:title"), page.meta("twitter:title")):
        whole = strip_prefix(whole)
        match = _AT.match(whole)
        parts += [whole, *([match["title"]] if match else []), *_SEPARATOR.split(whole)]
    return [part for part in dict.fromkeys(part.strip(" -|") for part in parts) if part]


def strip_prefix(text: str) -> str:
    """A title without "Job Application - " or "We are looking for a" and the like before it."""
    stripped = _PREFIX.sub("", text.strip(), count=1)
    stripped = stripped if len(stripped) > 3 else text.strip()
    led = _LED.match(stripped)
    return led["title"] if led is not None and is_job_title(led["title"]) else stripped


def company_of(page: Page, job: str = "", texts: Sequence[str] = ()) -> str:
    """The company's name as the page gives it: its title, its site name, its owner's line; never a guess.

    Args:
        page: The page.
        job: The title of the job that the page is about, if it is about one.
        texts: More of what the company wrote, where the page itself shows little.
    """
    for whole in (page.title, page.meta("og:title")):
        name = _in_title(whole, job, page)
        if name:
            return _corrected(name, _owner(page))
    site = page.meta("og:site_name") or page.meta("application-name")
    if (
        site
        and not _GENERIC.match(site)
        and not _VENDOR.fullmatch(site)
        and site.casefold() != job.casefold()
    ):
        return _without_careers(site)
    labels = (urlsplit(page.url).hostname or "").removeprefix("www.").split(".")
    owner = _owner(page)
    # "hyl.io" may be Hylio; "careers.acme.com" is Acme.
    for label in ("".join(labels[-2:]), *labels[-2::-1]):
        if len(label) < 4 or label in ("careers", "jobs", "apply", "saved-page"):
            continue
        name, spelt = company_in(label, (page.title, page.seen.text, page.meta("description"), *texts))
        if spelt:
            return owner if owner.casefold().startswith(name.casefold()) else name
    return owner or _in_legal_form(page) or _about(page) or _logo(page)


def _logo(page: Page) -> str:
    """The name that links to the site's start: its logo."""
    for link in page.seen.links[:40]:
        address = urlsplit(page.absolute(link.href))
        name = link.text.strip()
        is_start = (
            bool(address.netloc)
            and address.path in ("", "/")
            and not address.query
            and not link.href.startswith("#")
        )
        named = 2 < len(name) <= 60 and _could_name_a_company(name, page.host) and not _HOME.match(name)
        if is_start and named and not (name.isupper() and len(name.split()) > 2):
            return name
    return ""


def _corrected(name: str, owner: str) -> str:
    """A title's name, or the owner's where the title is a letter off: "Arkways" for "Arkway Foods Ltd"."""
    stem, full = name.casefold().rstrip("s"), owner.casefold()
    return owner if len(stem) > 4 and full.startswith(stem) and not full.startswith(name.casefold()) else name


def _about(page: Page) -> str:
    """Whom a heading "About Arkway" names, where the text below names them, too."""
    for block in page.seen.blocks:
        match = _ABOUT.match(block.text) if block.level or block.bold or block.text.endswith(":") else None
        if match is not None and not _GENERIC.match(match["company"]):
            name = match["company"].strip()
            if page.seen.text.casefold().count(name.casefold()) > 1:
                return name
    return ""


def _in_title(whole: str, job: str, page: Page) -> str:
    about = _CAREERS_OF.match(whole)
    if about is not None:
        return _tidy(about["company"])
    match = _AT.match(whole)
    if match is not None and job and match["title"].casefold().endswith(job.casefold()[-20:]):
        return _tidy(match["company"])
    rest = whole.replace(job, "\n") if job and job in whole else whole
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    names = [
        part.strip()
        for chunk in rest.split("\n")
        for part in _SEPARATOR.split(f" {chunk} ")
        if part and _could_name_a_company(part.strip(" -|–—,"), host)
    ]
    cut = len(_SEPARATOR.split(whole)) > 1
    # Of several names, the one that the address spells: "University of Westmoor - Personnel Office - Jobs".
    spelt = [name for name in names if _spelt_in(host, name)]
    return re.sub(r"\s*\[[^\]]*\]$", "", _tidy((spelt or names)[-1])) if names and cut else ""


def _could_name_a_company(part: str, host: str) -> bool:
    if len(part) < 2 or len(part.split()) > 6 or _GENERIC.match(part) or is_job_title(part):
        return False
    # "Arkway Careers" names Arkway; "Careers and jobs" names nobody.
    if _CAREERS.search(_tidy(part)) and len(part.split()) <= 5:
        return False
    if (
        part.casefold() == host
        or _VENDOR.fullmatch(part)
        or (looks_like_place(part) and not _spelt_in(host, part))
        or not any(c.isalpha() for c in part)
    ):
        return False
    return len(part.split()) <= 4 or bool(re.search(r"\b(?:inc|llc|ltd|gmbh|ag|corp|s\.r\.o)\b", part, re.I))


def _spelt_in(host: str, name: str) -> bool:
    return any(word in host for word in re.findall(r"\w{5,}", name.casefold()))


def _without_careers(name: str) -> str:
    return (
        re.sub(r"\s+(?:careers?|jobs?|karriere)(?:\s+(?:site|page))?$", "", _tidy(name), flags=re.I) or name
    )


def _tidy(name: str) -> str:
    name = re.sub(
        r"^(?:careers?|jobs?|karriere|carreiras|empleos?|emplois?|kari[eé]ra|praca|vacatures)\s+(?=[A-ZÀ-Ž])"
        r"|\s+(?:careers?|jobs?|karriere|career page)$",
        "",
        name.strip(" -|–—,:"),
        flags=re.I,
    )
    return name.strip(" -|–—,:!")


def _owner(page: Page) -> str:
    """Who the page's copyright line names."""
    for block in reversed(page.seen.blocks):
        match = _OWNER.search(block.text)
        if match is not None:
            name = match["company"].strip(" ,.-")
            if len(name.split()) <= 6 and not _GENERIC.match(name) and not _VENDOR.fullmatch(name):
                return name + ("." if name.endswith((" Inc", " Ltd", " Co", " Corp")) else "")
    return ""


def _in_legal_form(page: Page) -> str:
    """Who signs the foot of the page: a name with its legal form, at the beginning of a line."""
    for block in reversed(page.seen.blocks):
        match = _SIGNED.match(block.text) if "footer" in block.regions else None
        if match is not None:
            return match["company"].strip()
    return ""


def is_generic(text: str) -> bool:
    """Whether a text is what any careers page calls itself or its parts."""
    return _GENERIC.match(text.strip(" :!|-")) is not None


def split_place(title: str) -> tuple[str, str]:
    """A list's "Engineer - Berlin, DE" as title and place; without a place at its end, the title alone."""
    head, bar, tail = title.rpartition(" | ")
    if bar and looks_like_place(tail):
        return head.strip(), tail.strip()
    match = _PLACE_AFTER.match(title)
    place = (match["place"] or "") if match else ""
    if match is not None and place and re.fullmatch(r"[A-Z][\w.' ]+, (?:[A-Z]{2}|[A-Z]\w+)", place):
        return match["title"].strip(), place.strip()
    return title, ""
