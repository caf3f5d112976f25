"""iCIMS. Every page is an empty frame around itself: only with `in_iframe=1` does it hold anything. Lists go
on by `pr`, from 0, by 10 to 50 rows, and come back without rows past their end. The list has no text and no
date: both are on the posting's own page, as JSON-LD, again only inside the frame.

Source: iCIMS publishes no interface for this; its public portals' own pages (help: care.icims.com).
"""

import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from selectolax.lexbor import LexborNode

from scraping.advert import Advert
from scraping.board import Board, Place, board, label_of, segments
from scraping.company import company_in
from scraping.http import Request
from scraping.markup import text_of
from scraping.page import Page

_ROW = ".iCIMS_JobCardItem"
_NO_PORTALS = ("login", "care", "developer")
# "careers-acme", "careerswe-acme", "internshipswe-acme": the kind of a portal comes before the name.
_PORTAL = re.compile(r"^(?=[a-z]*(?:career|job|intern|talent|external|extern|hourly|campus))[a-z]+-(?=.{2})")
_FIELDS = {"category": "department", "department": "department", "type": "type", "position type": "type"}


@board("iCIMS", hosts=(".icims.com",))
class Icims(Board):
    """A portal's start, its search, or one posting at `/jobs/{id}/{title}/job`."""

    answers = "page"

    def recognise(self, url: SplitResult) -> Place | None:
        portal, parts = label_of(url, ".icims.com"), segments(url)
        if not portal or portal in _NO_PORTALS or parts[:1] not in ([], ["jobs"]):
            return None
        return Place(portal, parts[1] if len(parts) > 1 and parts[1].isdigit() else "")

    def request(self, place: Place) -> Request:
        jobs = f"https://{place.token}.icims.com/jobs"
        if place.posting:
            return _framed(f"{jobs}/{quote(place.posting, safe='')}/job")
        return Request(f"{jobs}/search?ss=1&in_iframe=1&pr=0", page=True)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        if answer.tree.css_first('[class*="iCIMS_"]') is None:
            raise ValueError("not inside the frame, or no portal")
        rows = [row for row in answer.tree.css(_ROW) if row.css_first("a[href]") is not None]
        company, spelt = company_in(_PORTAL.sub("", place.token), (answer.title, answer.seen.text))
        adverts = (_advert(row, answer, company, spelt) for row in rows)
        return [advert for advert in adverts if advert.title and advert.key]

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del place, read
        if answer.tree.css_first(_ROW) is None:
            return None
        number = int(parse_qs(urlsplit(request.url).query)["pr"][0]) + 1
        return Request(f"{request.url.rpartition('=')[0]}={number}", page=True)

    def detail(self, advert: Advert, place: Place) -> Request | None:
        del place
        return _framed(advert.url)


def _framed(address: str) -> Request:
    return Request(f"{address}?in_iframe=1", page=True)


def _advert(row: LexborNode, page: Page, company: str, spelt: bool) -> Advert:
    link = row.css_first("a.iCIMS_Anchor[href]") or row.css_first("a[href]")
    assert link is not None
    address = page.absolute(link.attributes.get("href") or "").split("?")[0]
    number = re.search(r"/jobs/(\d+)/", address)
    fields = _fields(row)
    return Advert(
        title=text_of(link.css_first("h3, h2, h4")) or text_of(link),
        company=company,
        company_source="published" if spelt else "address",
        location="; ".join(place.strip() for place in _location(row).split("|")),
        url=address,
        department=fields.get("department", ""),
        employment_type=fields.get("type", ""),
        key=number[1] if number else "",
    )


def _location(row: LexborNode) -> str:
    """What stands beside the label "Job Locations", which only screen readers are shown."""
    for label in row.css("span.field-label, .field-label, dt"):
        if text_of(label).lower().startswith(("job location", "location")):
            value = label.next
            while value is not None and (value.tag == "-text" or not text_of(value)):
                value = value.next
            return text_of(value)
    return ""


def _fields(row: LexborNode) -> dict[str, str]:
    """The fields that a portal chose to show of a row: a name in `dt`, its value in `dd`."""
    found: dict[str, str] = {}
    for name in row.css("dt"):
        value = name.next
        while value is not None and value.tag != "dd":
            value = value.next
        field = _FIELDS.get(text_of(name).lower().strip(" :"))
        if field:
            found.setdefault(field, text_of(value))
    return found
