"""Breezy. One answer lists the whole board without any text: a posting's own page has it, as job data.

Source: Breezy's help centre, help.breezy.hr, on showing positions on one's own site, and the answer itself.
"""

import re
from typing import Any
from urllib.parse import SplitResult, quote

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    Place,
    board,
    each,
    joined,
    label_of,
    named,
    objects,
    segments,
    text_of,
    with_company,
)
from scraping.http import Request

_ENDING = ".breezy.hr"
_NO_COMPANY = ("developer", "assets", "attachments", "cdn", "blog", "marketing", "status", "go", "get")


@board("Breezy", hosts=(_ENDING,))
class Breezy(Board):
    """A company's page, one posting (`/p/{id}-title`), the embedded list, or the answer's own address."""

    def recognise(self, url: SplitResult) -> Place | None:
        company, parts = label_of(url, _ENDING), segments(url)
        if not company or company in _NO_COMPANY:
            return None
        posting = re.match(r"[0-9a-zA-Z_]+", parts[1]) if len(parts) > 1 and parts[0] == "p" else None
        return Place(company, posting[0] if posting else "")

    def request(self, place: Place) -> Request:
        return Request(f"https://{quote(place.token, safe='')}{_ENDING}/json")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        if not isinstance(answer, list):
            raise TypeError("a board's answer is a list")
        return with_company(each(answer, _advert), place.token)

    def looks_like(self, answer: Any) -> Place | None:
        first = answer[0] if isinstance(answer, list) else {}
        if not {"id", "friendly_id", "name", "url"} <= first.keys():
            return None
        place = self.at(text_of(first["url"]))
        return Place(place.token if place else "")


def _advert(job: dict[str, Any]) -> Advert | None:
    if (text_of(job.get("state")) or "published") != "published":
        return None
    return Advert(
        title=text_of(job["name"]),
        company=named(job.get("company")),
        location=_location(job),
        url=text_of(job.get("url")),
        department=named(job.get("department")),
        employment_type=named(job.get("type")),
        posted=text_of(job.get("published_date")),
        key=text_of(job["id"]),
    )


def _location(job: dict[str, Any]) -> str:
    found = objects([job.get("location"), *(job.get("locations") or [])])
    return places([_place(place) for place in found], remote=any(p.get("is_remote") is True for p in found))


def _place(place: dict[str, Any]) -> str:
    parts = (place.get("city"), named(place.get("state")), named(place.get("country")))
    return text_of(place.get("name")) or joined(*parts)
