"""RSS, Atom and JSON feeds of openings, and XML feeds of the same shape that boards and agencies publish.

A feed of news is none: its items must read like jobs, or the feed must say that it lists them.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from language.job_words import is_job_title
from language.places import looks_like_place
from scraping.advert import Advert
from scraping.board import headed, text_of
from scraping.page import Page
from scraping.structured import advert_of, description
from scraping.wording import any_of
from scraping.xml import all_named, name_of
from scraping.xml import text_of as text_in

_ITEMS = ("item", "entry", "job", "position", "offer", "vacancy", "jobposting", "stelle", "annonce", "oferta")
_TITLE = ("title", "position", "jobtitle", "job_title", "name", "positiontitle", "referencename")
_TEXT = ("encoded", "content", "description", "jobdescription", "body", "summary", "text")
_LINK = ("link", "url", "applyurl", "apply_url", "joburl", "guid", "id")
_PLACE = ("location", "joblocation", "office", "locationname", "place", "region", "lokalita")
_ADDRESS = ("city", "state", "country")
_COMPANY = ("company", "companyname", "employer", "startup", "organization", "creator", "author")
_PEOPLE = ("creator", "author")
_ACCOUNT = re.compile(r"\S*[@_]\S*|[a-z0-9.-]+")  # of whoever wrote the entry: "admin", "hr.team"
_TEAM = ("department", "team", "category")
_TYPE = ("type", "jobtype", "job_type", "employmenttype", "employment_type", "contract", "schedule")
_DAY = ("pubdate", "published", "updated", "date", "dateposted", "posted", "createdat", "created")
_PARTS = (
    (("examplesofduties", "duties", "responsibilities", "tasks"), "Responsibilities"),
    (("qualifications", "requirements", "profile", "skills"), "Requirements"),
    (("benefits", "offer", "weoffer"), "Benefits"),
    (("supplementalinformation", "additionalinformation"), "More"),
)
_JOBS = re.compile(rf"\b(?:{any_of('careers-words')})\b", re.IGNORECASE)
_EMPLOYER_FIRST = re.compile(r"^(?P<company>[^:]{2,60}):\s+(?P<title>\S.{2,})$")
_MOST_ITEMS = 1_000


def feed_jobs(root: etree._Element, url: str) -> list[Advert]:
    """The openings of an XML feed; empty for a feed of anything else."""
    items = _items(root)
    head = next((node for node in (root, *root) if name_of(node) in ("channel", "feed")), root)
    owner = " ".join(text_in(head, "title").split())[:300]
    company = _owner(owner)
    adverts = [_advert(item, company) for item in items[:_MOST_ITEMS]]
    adverts = _with_employers([advert for advert in adverts if advert.title])
    return adverts if _lists_jobs(adverts, f"{owner} {url}", items) else []


def json_feed_jobs(feed: dict[str, Any], url: str) -> list[Advert]:
    """The openings of a JSON Feed (jsonfeed.org/version/1.1); its items may hold schema.org postings."""
    page = Page(url, "")
    authors = [a for a in (feed.get("author"), *(feed.get("authors") or [])) if isinstance(a, dict)]
    owner = next((name for a in authors if (name := text_of(a.get("name")))), "")
    titled = " ".join(text_of(feed.get("title")).split())[:300]
    owner = owner or _owner(titled) or titled
    adverts = []
    for item in feed["items"][:_MOST_ITEMS]:
        posting = item.get("_jobposting")
        advert = advert_of(posting, page) if isinstance(posting, dict) else None
        markup, text = description(text_of(item.get("content_html")) or text_of(item.get("content_text")))
        title = text_of(item.get("title"))
        if advert is None:
            advert = Advert(title=title, markup=markup, text=text)
        elif not advert.is_described:
            advert = replace(advert, markup=markup, text=text)
        adverts.append(
            replace(
                advert,
                url=text_of(item.get("url")) or advert.url,
                posted=advert.posted or text_of(item.get("date_published")),
                company=advert.company or owner,
                company_source="published",
                key=text_of(item.get("id")),
            )
        )
    return adverts if _lists_jobs(adverts, f"{text_of(feed.get('title'))} {url}", []) else []


def _items(root: etree._Element) -> Sequence[etree._Element]:
    """The elements that repeat as entries: of all candidates, the name met most often with a title inside."""
    best: list[etree._Element] = []
    for name in _ITEMS:
        found = [node for node in all_named(root, name) if len(node) and text_in(node, *_TITLE)]
        if len(found) > len(best):
            best = found
    return best


def _advert(item: etree._Element, company: str) -> Advert:
    markup, text = _description(item)
    link = next(
        (
            child.get("href") or ""
            for child in item
            if name_of(child) == "link" and child.get("href") and child.get("rel") in (None, "alternate")
        ),
        "",
    )
    cities = [c for child in item if name_of(child) in ("cities", "locations") for c in _leaves(child)]
    place = text_in(item, *_PLACE) or ", ".join(
        dict.fromkeys(filter(None, (text_in(item, name) for name in _ADDRESS)))
    )
    return Advert(
        title=html.unescape(text_in(item, *_TITLE)),
        markup=markup,
        text=text,
        company=html.unescape(_named(item, _COMPANY)) or company,
        company_source="published",
        location=html.unescape("; ".join(cities) or place),
        url=link or next((t for n in _LINK if (t := text_in(item, n)).startswith("http")), ""),
        department=html.unescape(text_in(item, *_TEAM)),
        employment_type=html.unescape(text_in(item, *_TYPE)),
        posted=text_in(item, *_DAY),
        key=text_in(item, "jobid", "id", "guid"),
    )


def _description(item: etree._Element) -> tuple[str, str]:
    body = text_in(item, *_TEXT)
    parts = [headed(heading, text_in(item, *names)) for names, heading in _PARTS]
    if not any(parts):
        return description(body)
    return "\n".join(filter(None, (description(body)[0] or f"<p>{body}</p>", *parts))), ""


def _leaves(node: etree._Element) -> list[str]:
    return ["".join(child.itertext()).strip() for child in node if "".join(child.itertext()).strip()]


def _named(item: etree._Element, names: tuple[str, ...]) -> str:
    """A name that may stand in an element of its own below, as in Atom's author."""
    children = {name_of(child): child for child in reversed(item)}
    for name in names:
        child = children.get(name)
        if child is not None:
            named = text_in(child, "name") or " ".join("".join(child.itertext()).split())
            if named and not (name in _PEOPLE and _ACCOUNT.fullmatch(named)):
                return named
    return ""


def _owner(title: str) -> str:
    """The company that a feed's title names: "Jobs at Acme", "Acme - Careers"."""
    about = re.match(r"(?:.*\b(?:at|bei|chez|@)\s+)(?P<company>.{2,60})$", title, re.IGNORECASE)
    if about is not None:
        return about["company"].strip()
    rest = [part for part in re.split(r"\s+[|–—·:-]+\s+|:\s+", title) if part and not _JOBS.search(part)]
    return rest[0].strip() if rest else ""


def _with_employers(adverts: list[Advert]) -> list[Advert]:
    """Feeds of a whole job site write "Company: Title" throughout."""
    matches = [_EMPLOYER_FIRST.match(advert.title) for advert in adverts]
    if not adverts or not all(matches):
        return adverts
    found = []
    for advert, match in zip(adverts, matches, strict=True):
        assert match is not None
        named = is_job_title(match["title"]) or not is_job_title(match["company"])
        found.append(replace(advert, title=match["title"], company=match["company"]) if named else advert)
    return found


def _lists_jobs(adverts: Sequence[Advert], about: str, items: Sequence[etree._Element]) -> bool:
    likely = sum(is_job_title(advert.title) for advert in adverts)
    fields = {name_of(child) for item in items[:20] for child in item}
    telling = fields & {"jobid", "joblocation", "jobtype", "jobtypes", "cities", "employmenttype", "applyurl"}
    places = sum(looks_like_place(advert.location) for advert in adverts)
    if telling and adverts:
        return True
    return bool(adverts) and (
        likely * 2 >= len(adverts)
        and (bool(_JOBS.search(about)) or places * 2 >= len(adverts) or likely == len(adverts))
    )
