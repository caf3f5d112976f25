"""JOIN. There is no API: each page of five jobs carries them as JSON for its scripts, without their texts.
Those are on the jobs' own pages, which are read like any other page.

Source: the public pages themselves, join.com/companies/{company}.
"""

import json
import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    Place,
    board,
    each,
    joined,
    named,
    objects,
    segments,
    text_of,
    with_company,
    without_language,
)
from scraping.http import Request
from scraping.page import Page
from scraping.structured import description

_COMPANIES = "https://join.com/companies"
_PER_PAGE = 5
_NOT_OPEN = ("DRAFT", "ARCHIVED", "OFFLINE", "PAUSED", "CLOSED")
_NUMBER = re.compile(r"\d+")


@board("JOIN", hosts=("join.com", "www.join.com"))
class Join(Board):
    """A company's page, in any language, or one job of it."""

    marks = ("idparam",)

    answers = "page"

    def recognise(self, url: SplitResult) -> Place | None:
        parts = without_language(segments(url))
        if parts[:1] != ["companies"] or len(parts) < 2:
            return None
        number = _NUMBER.match(parts[2]) if len(parts) > 2 else None
        return Place(parts[1], number[0] if number else "")

    def request(self, place: Place) -> Request:
        return Request(f"{_COMPANIES}/{quote(place.token, safe='')}", page=True)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        state = _state(answer)
        return _adverts(_listed(state), state, place)

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del read
        state = _state(answer)
        number = int(parse_qs(urlsplit(request.url).query).get("page", ["1"])[0])
        pages = _pages(state)
        # Where a page does not say how many there are, a full one may have another after it.
        last = number >= pages if pages is not None else len(_listed(state)) < _PER_PAGE
        return None if last else Request(f"{self.request(place).url}?page={number + 1}", page=True)

    def on_page(self, page: Page) -> list[Advert]:
        state = _state(page)
        job = state.get("job")
        jobs = [job] if isinstance(job, dict) else _listed(state)
        if not any({"idParam", "title"} <= job.keys() for job in objects(jobs)):
            return []
        company = state.get("company") or {}
        return _adverts(jobs, state, self.at(page.url) or Place(text_of(company.get("domain"))))

    def has_more(self, page: Page) -> bool:
        state = _state(page)
        return "job" not in state and (_pages(state) or 1) > 1


def _pages(state: dict[str, Any]) -> int | None:
    """How many pages of openings there are, where a page says so."""
    paging = state["jobs"].get("pagination") if isinstance(state["jobs"], dict) else None
    pages = paging.get("pageCount") if isinstance(paging, dict) else None
    return pages if isinstance(pages, int) else None


def _state(page: Page) -> dict[str, Any]:
    """What a page carries for its scripts.

    Raises:
        LookupError, ValueError, TypeError: for a page that is none of JOIN's.
    """
    node = page.tree.css_first("script#__NEXT_DATA__")
    if node is None:
        raise LookupError("no data in the page")
    data = json.loads(node.text(deep=True), strict=False)
    return dict(data["props"]["pageProps"]["initialState"])


def _listed(state: dict[str, Any]) -> list[dict[str, Any]]:
    jobs = state["jobs"]
    return list(jobs["items"] if isinstance(jobs, dict) else jobs)


def _adverts(jobs: list[dict[str, Any]], state: dict[str, Any], place: Place) -> list[Advert]:
    company = named(state.get("company"))
    return with_company(each(jobs, lambda job: _advert(job, place, company)), place.token)


def _advert(job: dict[str, Any], place: Place, company: str) -> Advert | None:
    if job.get("status") in _NOT_OPEN:
        return None
    markup, text = description(text_of(job.get("schemaDescription")))
    ending = text_of(job.get("idParam")) or text_of(job.get("id"))
    company_page = f"{_COMPANIES}/{quote(place.token, safe='')}"
    return Advert(
        title=text_of(job["title"]),
        markup=markup,
        text=text,
        company=company,
        location=_location(job),
        url=f"{company_page}/{quote(ending, safe='')}" if place.token else "",
        department=named(job.get("category")),
        employment_type=_employment_type(job.get("employmentType")),
        posted=text_of(job.get("createdAt"))[:10],
        key=text_of(job.get("id")) or ending,
    )


def _location(job: dict[str, Any]) -> str:
    city = job.get("city") or {}
    country = text_of(city.get("countryName")) or named(job.get("country"))
    return places([joined(city.get("cityName"), country)], remote=job.get("workplaceType") == "REMOTE")


def _employment_type(kind: Any) -> str:
    code = text_of(kind.get("googleType")) if isinstance(kind, dict) else ""
    return code.replace("_", "-").capitalize() or named(kind)
