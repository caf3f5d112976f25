"""BambooHR. The list has neither text nor date, and two fields for a place of which one is mostly empty; the
detail holds both, and says whether the job is still open. No answer names the company.

Source: the requests that BambooHR's own careers pages make; no public documentation of them is known.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote

from scraping.advert import Advert, places
from scraping.board import Board, Place, board, each, joined, label_of, segments, text_of, with_company
from scraping.http import Request
from scraping.page import Page

_ENDING = ".bamboohr.com"
_NO_TENANT = ("documentation", "partners", "resources", "static", "assets", "marketplace", "status", "go")
_REMOTE = "1"  # of `locationType`: 0 is on site, 2 is hybrid


@board("BambooHR", hosts=(_ENDING,))
class BambooHR(Board):
    """A tenant's careers page, one posting, the older `/jobs/` pages, the widget's script, or the API."""

    def recognise(self, url: SplitResult) -> Place | None:
        tenant, parts = label_of(url, _ENDING), segments(url)
        if not tenant or tenant in _NO_TENANT or (parts and parts[0] not in ("careers", "jobs", "js")):
            return None
        numbers = [*parts[1:2], *parse_qs(url.query).get("id", [])]
        return Place(tenant, next((text for text in numbers if re.fullmatch(r"\d{1,9}", text)), ""))

    def request(self, place: Place) -> Request:
        return _detail(place, place.posting) if place.posting else Request(f"{_careers(place)}/list")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        result = answer["result"]
        jobs = result if isinstance(result, list) else [result["jobOpening"]]
        return with_company(each(jobs, lambda job: _advert(job, place)), place.token)

    def detail(self, advert: Advert, place: Place) -> Request | None:
        return _detail(place, advert.key)

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        full = self.parse({"result": {"jobOpening": answer["result"]["jobOpening"]}}, place)[0]
        return replace(
            full,
            location=advert.location or full.location,
            url=advert.url or full.url,
            key=advert.key,
        )

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        for node in page.tree.css("[data-domain]"):
            place = self.at(f"https://{(node.attributes.get('data-domain') or '').strip('/ ')}/careers")
            if place is not None:
                yield place

    def looks_like(self, answer: Any) -> Place | None:
        result = answer["result"]
        if isinstance(result, list):
            empty = not result and "totalCount" in (answer.get("meta") or {})
            return Place("") if empty or "jobOpeningName" in result[0] else None
        job = result["jobOpening"]
        if "jobOpeningName" not in job:
            return None
        return self.at(text_of(job.get("jobOpeningShareUrl"))) or Place("")


def _careers(place: Place) -> str:
    return f"https://{quote(place.token, safe='')}{_ENDING}/careers"


def _detail(place: Place, number: str) -> Request:
    return Request(f"{_careers(place)}/{quote(number, safe='')}/detail")


def _advert(job: dict[str, Any], place: Place) -> Advert | None:
    if (text_of(job.get("jobOpeningStatus")) or "Open") != "Open":
        return None
    return Advert(
        title=text_of(job["jobOpeningName"]),
        markup=text_of(job.get("description")),
        location=_location(job),
        url=_public(job, place),
        department=text_of(job.get("departmentLabel")),
        employment_type=text_of(job.get("employmentStatusLabel")),
        posted=text_of(job.get("datePosted")),
        key=_number(job, place),
    )


def _number(job: dict[str, Any], place: Place) -> str:
    """A posting's number; a detail has it only in its address."""
    shared = re.search(r"/(\d+)/?$", text_of(job.get("jobOpeningShareUrl")))
    return text_of(job.get("id")) or place.posting or (shared[1] if shared else "")


def _public(job: dict[str, Any], place: Place) -> str:
    shared, number = text_of(job.get("jobOpeningShareUrl")), _number(job, place)
    return shared or (f"{_careers(place)}/{number}" if place.token and number else "")


def _location(job: dict[str, Any]) -> str:
    office, stated = job.get("location") or {}, job.get("atsLocation") or {}
    at_office = joined(office.get("city"), office.get("state"), office.get("addressCountry"))
    elsewhere = joined(
        stated.get("city"), stated.get("state") or stated.get("province"), stated.get("country")
    )
    remote = job.get("isRemote") is True or text_of(job.get("locationType")) == _REMOTE
    return places([at_office or elsewhere], remote=remote)
