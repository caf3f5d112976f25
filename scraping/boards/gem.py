"""Gem. Its answers are much like Greenhouse's, but a bare list, and `content` may be HTML or escaped once
more; no company name; a board's name is often a domain ("shef-com") or ends in a dash.

Source: "The Job Board API", help.gem.com/databases/gem-help-center/the-job-board-api.
"""

import re
from typing import Any
from urllib.parse import SplitResult, quote

from scraping.advert import Advert, places
from scraping.board import Board, Place, board, each, named, objects, segments, text_of, with_company
from scraping.http import Request
from scraping.structured import description

_API = "https://api.gem.com/job_board/v0"
_ENDING = re.compile(r"(?:-(?:com|ai|io|co|org|net|dev))?-*$")


@board("Gem", hosts=("jobs.gem.com", "api.gem.com"))
class Gem(Board):
    """A board's page, one posting of it, or the API's own address."""

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if url.hostname == "api.gem.com":
            return Place(parts[2]) if parts[:2] == ["job_board", "v0"] and len(parts) > 2 else None
        if not parts or parts[0] in ("api", "_next", "static", "robots.txt"):
            return None
        return Place(parts[0], parts[1] if len(parts) > 1 else "")

    def request(self, place: Place) -> Request:
        return Request(f"{_API}/{quote(place.token, safe='')}/job_posts/")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return with_company(each(_jobs(answer), self._advert), _ENDING.sub("", place.token))

    def looks_like(self, answer: Any) -> Place | None:
        first = _jobs(answer)[0]
        place = self.at(first["absolute_url"]) if {"title", "absolute_url"} <= first.keys() else None
        return Place(place.token) if place is not None else None

    def _advert(self, job: dict[str, Any]) -> Advert:
        markup, text = description(text_of(job.get("content")))
        return Advert(
            title=text_of(job["title"]),
            markup=markup,
            text=text or text_of(job.get("content_plain")),
            location=_location(job),
            url=text_of(job.get("absolute_url")),
            department=next(map(named, objects(job.get("departments"))), ""),
            employment_type=text_of(job.get("employment_type")).replace("_", " ").capitalize(),
            posted=text_of(job.get("first_published_at")),
            key=self._key(job),
        )

    def _key(self, job: dict[str, Any]) -> str:
        place = self.at(text_of(job.get("absolute_url")))
        return place.posting if place is not None and place.posting else text_of(job["id"])


def _jobs(answer: Any) -> list[dict[str, Any]]:
    if isinstance(answer, dict):
        return list(answer["job_posts"]) if "job_posts" in answer else [answer]
    return list(answer)


def _location(job: dict[str, Any]) -> str:
    own, offices = named(job.get("location")), [named(office) for office in job.get("offices") or []]
    return places([own] if own else offices, remote=job.get("location_type") == "remote")
