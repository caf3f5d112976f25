"""Jobvite. Lists and postings are pages. `/{company}/jobs` cuts long categories short, so the search page is
asked, which goes on at `?p=1`. Some employers are served below `/careers/` only, which stays in the address.
Cells may say "3 Locations" instead of any. The texts are on the postings' own pages, as JSON-LD.

Source: Jobvite publishes no open interface; its public career sites' own pages (help: help.jobvite.com).
"""

import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from selectolax.lexbor import LexborNode

from scraping.advert import Advert
from scraping.board import Board, Place, board, segments
from scraping.company import company_in
from scraping.http import Request
from scraping.markup import row_of, text_of
from scraping.page import Page

_POSTING = re.compile(r"/job/([A-Za-z0-9]+)(?:[/?#]|$)")
_COUNTED = re.compile(r"\d+ locations", re.IGNORECASE)


@board("Jobvite", hosts=("jobs.jobvite.com",))
class Jobvite(Board):
    """A company's page, its list or search, or one posting at `/{company}/job/{id}`."""

    answers = "page"

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        branded = "careers" if parts[:1] == ["careers"] and len(parts) > 1 else ""
        parts = parts[1:] if branded else parts
        if not parts or parts[0] in ("careers", "api", "__assets__", "robots.txt", "support"):
            return None
        posting = parts[2] if len(parts) > 2 and parts[1] == "job" else ""
        return Place(parts[0], posting, branded)

    def request(self, place: Place) -> Request:
        site = f"https://jobs.jobvite.com/{'careers/' if place.region else ''}{quote(place.token, safe='')}"
        path = f"job/{quote(place.posting, safe='')}" if place.posting else "search"
        return Request(f"{site}/{path}", page=True)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        if answer.tree.css_first('[class*="jv-"]') is None:
            raise ValueError("no career site of Jobvite")
        links = [link for link in answer.tree.css("a[href]") if _posting_of(link)]
        company, spelt = company_in(place.token, (answer.title, answer.seen.text))
        adverts = (_advert(link, answer, company, spelt) for link in links)
        return [advert for advert in adverts if advert.title]

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del place, read
        number = int(parse_qs(urlsplit(request.url).query).get("p", ["0"])[0]) + 1
        later = (
            parse_qs(urlsplit(a.attributes["href"] or "").query) for a in answer.tree.css("a[href*='p=']")
        )
        if not any(query.get("p") == [str(number)] for query in later):
            return None
        return Request(f"{request.url.partition('?')[0]}?p={number}", page=True)


def _posting_of(link: LexborNode) -> str:
    match = _POSTING.search(link.attributes.get("href") or "")
    return match[1] if match else ""


def _advert(link: LexborNode, page: Page, company: str, spelt: bool) -> Advert:
    row = row_of(link)
    place = text_of(row.css_first(".jv-job-list-location"))
    return Advert(
        title=text_of(link.css_first(".jv-job-list-name") or row.css_first(".jv-job-list-name"))
        or text_of(link),
        company=company,
        company_source="published" if spelt else "address",
        location="" if _COUNTED.fullmatch(place) else place,
        url=page.absolute(link.attributes.get("href") or "").partition("?")[0],
        key=_posting_of(link),
    )
