"""Ashby. One answer holds the whole board; unlisted jobs are in it; the page itself says 200 for any name.

Source: Ashby's public job posting API, developers.ashbyhq.com/docs/public-job-posting-api.
"""

import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote

from scraping.advert import Advert, places
from scraping.board import Board, Place, board, each, objects, segments, text_of, with_company
from scraping.http import Request

_API = "https://api.ashbyhq.com/posting-api/job-board"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]+", re.IGNORECASE)


@board("Ashby", hosts=("jobs.ashbyhq.com", "api.ashbyhq.com"))
class Ashby(Board):
    """An organisation's page (its name may hold spaces), one posting, or the API's own address."""

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if url.hostname == "api.ashbyhq.com":
            return Place(parts[2]) if parts[:2] == ["posting-api", "job-board"] and len(parts) > 2 else None
        if not parts or parts[0] in ("api", "_next", "robots.txt", "static", "meetings"):
            return None
        asked = parse_qs(url.query).get("ashby_jid", [""])[0]
        # Anything else after the name, such as `/embed` or `/form/…`, still belongs to the whole board.
        posting = next((text for text in (*parts[1:2], asked) if _ID.fullmatch(text)), "")
        return Place(parts[0], posting.lower())

    def request(self, place: Place) -> Request:
        return Request(f"{_API}/{quote(place.token, safe='')}")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return with_company(each(answer["jobs"], lambda job: _advert(job, place)), place.token)

    def looks_like(self, answer: Any) -> Place | None:
        if not answer["jobs"]:
            return Place("") if "apiVersion" in answer else None
        first = answer["jobs"][0]
        if not {"jobUrl", "title"} <= first.keys():
            return None
        place = self.at(text_of(first["jobUrl"]))
        return Place(place.token) if place is not None else None


def _advert(job: dict[str, Any], place: Place) -> Advert | None:
    # A person who holds the address of an unlisted job was given it; a list must not show it.
    if job.get("isListed") is False and job["id"] != place.posting:
        return None
    return Advert(
        title=text_of(job["title"]),
        markup=text_of(job.get("descriptionHtml")),
        text=text_of(job.get("descriptionPlain")),
        location=_location(job),
        url=text_of(job.get("jobUrl")),
        department=text_of(job.get("department")) or text_of(job.get("team")),
        employment_type=text_of(job.get("employmentType")),
        posted=text_of(job.get("publishedAt")),
        key=text_of(job["id"]),
    )


def _location(job: dict[str, Any]) -> str:
    others = (text_of(place.get("location")) for place in objects(job.get("secondaryLocations")))
    # `isRemote` is true of hybrid jobs, too; older answers have nothing else.
    way = text_of(job.get("workplaceType")).lower()
    return places(
        [text_of(job.get("location")), *others],
        remote=way == "remote" or (not way and job.get("isRemote") is True),
    )
