"""Teamtailor. Every careers site, mostly on the employer's own domain, serves a JSON Feed whose items hold
schema.org postings, so those are read like any other. Their `addressRegion` is the site's own group of
places, such as "Europe", and no region; a remote job may have no place at all. The page itself answers with
HTML now and then whatever is asked for, hence the address that ends in `.json`.

Source: the feed's own format, jsonfeed.org/version/1.1, and schema.org/JobPosting.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from scraping.advert import Advert
from scraping.board import Board, Place, board, each, label_of, segments, text_of, without_language
from scraping.http import Request
from scraping.page import Page
from scraping.structured import advert_of, description, job_data

_OWN = ".teamtailor.com"
_CLUSTER = re.compile(r"\.(?P<region>[a-z]{2})\.teamtailor\.com$")
_NO_BOARDS = ("docs", "partner", "partners", "integrations", "status", "updates", "assets")
_FINGERPRINT = re.compile(r"//[\w.-]+\.teamtailor-cdn\.com/|//teamtailor-cdn\.com/")
_NUMBER = re.compile(r"\d+")


@board("Teamtailor", hosts=(_OWN,))
class Teamtailor(Board):
    """A careers site, also on a regional cluster (`acme.na.teamtailor.com`), one job of it, or its feed."""

    marks = ("teamtailor",)

    def recognise(self, url: SplitResult) -> Place | None:
        cluster = _CLUSTER.search((url.hostname or "").lower())
        token = label_of(url, cluster[0] if cluster else _OWN)
        if not token or token in _NO_BOARDS:
            return None
        return Place(token, _number(url), cluster["region"] if cluster else "")

    def request(self, place: Place) -> Request:
        own = f"{place.token}.{place.region}{_OWN}" if place.region else place.token + _OWN
        return Request(f"https://{place.host or own}/jobs.json")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        del place
        if "jsonfeed" not in answer["version"]:
            raise ValueError("not a JSON Feed")
        site = text_of(answer.get("title"))
        return each(answer["items"], lambda item: _advert(item, site))

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del place, read
        address = urljoin(request.url, text_of(answer.get("next_url")) or request.url)
        same = urlsplit(address)[:3] == urlsplit(request.url)[:3]
        return Request(address) if same and address != request.url else None

    def on_own_host(self, page: Page) -> Iterator[Place]:
        marks = _FINGERPRINT.findall(page.markup)
        # A page that describes its job itself is read as it stands.
        number = _number(urlsplit(page.url)) if marks and not job_data(page) else ""
        yield from (Place("", number, host=page.host) for _ in marks)

    def looks_like(self, answer: Any) -> Place | None:
        items = answer["items"]
        told = all("_jobposting" in item for item in items)
        if not told or not ("jsonfeed" in answer["version"] and (items or _is_jobs_feed(answer))):
            return None
        address = text_of(items[0].get("url")) if items else answer["feed_url"]
        place = self.at(address)
        if place is not None:
            return Place(place.token, region=place.region)
        return Place("", host=urlsplit(address).hostname or "")


def _is_jobs_feed(feed: dict[str, Any]) -> bool:
    return urlsplit(text_of(feed.get("feed_url"))).path.endswith("/jobs.json")


def _number(url: SplitResult) -> str:
    """The number in a job's address: /jobs/{number}-{title}, after a language where there are several."""
    parts = without_language(segments(url))
    number = _NUMBER.match(parts[1]) if len(parts) > 1 and parts[0] == "jobs" else None
    return number[0] if number else ""


def _advert(item: dict[str, Any], site: str) -> Advert:
    held = item.get("_jobposting")
    posting = held if isinstance(held, dict) else {}
    advert = advert_of(_without_groups(posting), Page(text_of(item.get("url")), "")) or Advert(
        text_of(item["title"])
    )
    if not advert.is_described:
        markup, text = description(text_of(item.get("content_html")) or text_of(item.get("content_text")))
        advert = replace(advert, markup=markup, text=text)
    return replace(
        advert,
        url=text_of(item.get("url")) or advert.url,
        posted=advert.posted or text_of(item.get("date_published")),
        company=advert.company or site,
        company_source="published",
        key=_key(item, posting),
    )


def _without_groups(posting: dict[str, Any]) -> dict[str, Any]:
    """A posting whose places keep their city and country only."""
    where = posting.get("jobLocation") or []
    return {
        **posting,
        "jobLocation": [_without_group(p) for p in (where if isinstance(where, list) else [where])],
    }


def _without_group(place: Any) -> Any:
    address = place.get("address") if isinstance(place, dict) else None
    if not isinstance(address, dict) or not address.get("addressLocality"):
        return place
    return {**place, "address": {**address, "addressRegion": ""}}


def _key(item: dict[str, Any], posting: dict[str, Any]) -> str:
    """The job's number, which its address begins with; the feed's own id is another."""
    identifier = posting.get("identifier")
    named = text_of(identifier.get("value")) if isinstance(identifier, dict) else ""
    return _number(urlsplit(text_of(item.get("url")))) or named or text_of(item.get("id"))
