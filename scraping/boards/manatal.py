"""Manatal. Ten jobs a page, each naming the next by its whole address, which may spell the board otherwise;
no request for one job is known, so it is looked for in the list; no company name, no posting date.

Source: the Career Page API, developers.manatal.com/reference/getting-started; the address is the site's
own.
"""

from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    Place,
    board,
    each,
    joined,
    objects,
    segments,
    text_of,
    with_company,
)
from scraping.http import Request

_HOST = "www.careers-page.com"
_API = ["api", "v1.0", "c"]
_NO_BOARDS = ("api", "static", "media", "admin", "robots.txt", "sitemap.xml", "favicon.ico")


@board("Manatal", hosts=(_HOST, "careers-page.com"))
class Manatal(Board):
    """A careers page, one job of it (also its application form), or the API's own address."""

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if parts[:3] == _API:
            parts = parts[3:]
        if not parts or parts[0] in _NO_BOARDS:
            return None
        return Place(parts[0], parts[2] if len(parts) > 2 and parts[1] in ("job", "jobs") else "")

    def request(self, place: Place) -> Request:
        return Request(f"https://{_HOST}/{'/'.join(_API)}/{quote(place.token, safe='')}/jobs/")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return with_company(each(_jobs(answer), lambda job: _advert(job, place)), place.token)

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del request, read
        if place.posting and any(job.get("hash") == place.posting for job in objects(_jobs(answer))):
            return None
        url = urlsplit(text_of(answer.get("next")))
        if url.netloc not in self.hosts or segments(url)[:3] != _API:
            return None
        return Request(url._replace(scheme="https", fragment="").geturl())

    def looks_like(self, answer: Any) -> Place | None:
        if not {"position_name", "hash"} <= _jobs(answer)[0].keys():
            return None
        neighbours = (text_of(answer.get("next")), text_of(answer.get("previous")))
        place = next(filter(None, map(self.at, neighbours)), None)
        return Place(place.token if place is not None else "")


def _jobs(answer: Any) -> list[dict[str, Any]]:
    return list(answer["results"]) if "results" in answer else [answer]


def _advert(job: dict[str, Any], place: Place) -> Advert | None:
    if job.get("is_published") is False:
        return None
    return Advert(
        title=text_of(job["position_name"]),
        markup=text_of(job.get("description")),
        location=_location(job),
        url=_address(place, text_of(job["hash"])),
        department=text_of(job.get("department")),
        employment_type=text_of(job.get("contract_details")).replace("_", " ").capitalize(),
        key=text_of(job["hash"]),
    )


def _location(job: dict[str, Any]) -> str:
    stated = text_of(job.get("location_display"))
    return places(
        [stated or joined(job.get("city"), job.get("state"), job.get("country"))],
        remote=job.get("is_remote") is True,
    )


def _address(place: Place, code: str) -> str:
    return f"https://{_HOST}/{quote(place.token, safe='')}/job/{code}" if place.token else ""
