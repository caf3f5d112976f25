"""Jobylon. The openings of an embedded board are a literal in a script, which its own program filters:
internal ones are among them. A page of many companies names the employer of each.
Texts are on the postings' own pages.

Source: Jobylon publishes no open interface for this, only the board that employers embed in their pages.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, quote

from scraping.advert import Advert
from scraping.board import Board, Place, board, each, joined, segments, text_of
from scraping.http import Request
from scraping.javascript import assigned_in
from scraping.page import Page

_EMBED = "https://cdn.jobylon.com/jobs/companies"
_HOST = "emp.jobylon.com"
_SITE = f"https://{_HOST}"
_JOBS = re.compile(r"embed_v2\[['\"]jobs['\"]\]\s*=\s*(?=\[)")
_COMPANY_ON_PAGE = re.compile(r"jbl_company_id\s*=\s*['\"]?(\d{1,9})\b")


@board("Jobylon", hosts=("cdn.jobylon.com", _HOST))
class Jobylon(Board):
    """A company's embedded board, or one posting."""

    answers = "page"
    marks = ("jobylon", "jbl_company_id")

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if parts[:2] == ["jobs", "companies"] and len(parts) > 2 and parts[2].isdigit():
            return Place(parts[2])
        number = parts[1].partition("-")[0] if len(parts) > 1 and parts[0] == "jobs" else ""
        # A posting's number says nothing of the company's.
        return Place("", parts[1], host=_HOST) if number.isdigit() else None

    def request(self, place: Place) -> Request:
        if place.posting:
            return Request(f"{_SITE}/jobs/{quote(place.posting, safe='')}/", page=True)
        return Request(f"{_EMBED}/{quote(place.token, safe='')}/embed/v2/?page_size=1000", page=True)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        del place
        return each(assigned_in(answer.scripts, _JOBS), _advert)

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        yield from map(Place, _COMPANY_ON_PAGE.findall(page.scripts))


def _advert(job: dict[str, Any]) -> Advert | None:
    if job.get("is_internal"):
        return None
    return Advert(
        title=text_of(job["title"]),
        company=text_of(job.get("company")),
        company_source="published",
        location=text_of(job.get("locations_text")) or joined(*(job.get("locations") or []), by="; "),
        url=f"{_SITE}{text_of(job['url'])}",
        department=joined(*(job.get("departments") or [])),
        employment_type=text_of(job.get("employment_type")),
        key=text_of(job["id"]),
    )
