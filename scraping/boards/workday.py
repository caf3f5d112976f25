"""Workday. The list is a POST of exactly 20 a page: more give 400, or 200 with nothing; only page 1 tells the
total; past the end, page 1 comes again for ever; a language in the API's path gives 405. "3 Locations" and
"Posted 30+ Days Ago" are only resolved by a posting's detail, which names a legal entity ("IL00 Acme Ltd.").

Source: the requests that Workday's own careers sites make; Workday documents no public API for them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    Place,
    board,
    each,
    is_posting_id,
    named,
    segments,
    text_of,
    with_company,
    without_language,
)
from scraping.http import Request
from scraping.page import Page

_PER_PAGE = 20
# A path from an answer may be encoded already, or hold letters that no request may.
_SAFE = "/%!$&'()*+,:;=@~"
_JOB = ("job", "details")
_NO_TENANT = re.compile(r"wd\d+|www|impl")
_COUNTED = re.compile(r"\d+\s+[^\W\d]+")
_CODE = re.compile(r"(?:[A-Z]{2,4}\d{2,4}|\d{4,6})[\s:–-]+(?=\w)")
_TENANT = re.compile(r"\btenant[\"']?\s*:\s*[\"']([\w-]{1,60})[\"']")
_SITE = re.compile(r"\bsiteId[\"']?\s*:\s*[\"']([\w-]{1,100})[\"']")


@board("Workday", hosts=(".myworkdayjobs.com", ".myworkdaysite.com"))
class Workday(Board):
    """A tenant's careers site (the token; the tenant is the region), one posting, or the API's own address.

    A posting is told by its whole path after `/job/`, its parts joined by two dots.
    """

    marks = ("workday",)

    def recognise(self, url: SplitResult) -> Place | None:
        host, parts = (url.hostname or "").lower(), segments(url)
        label = host.split(".")[0]
        tenant = "" if _NO_TENANT.fullmatch(label) or host.count(".") < 2 else label
        if parts[:2] == ["wday", "cxs"]:
            tenant, parts = (parts[2] if len(parts) > 2 else ""), parts[3:]
        else:
            parts = without_language(parts)
            if parts[:1] == ["recruiting"] and len(parts) > 2:
                tenant, parts = parts[1], parts[2:]
        if not parts or not tenant or parts[0] in ("wday", "robots.txt", "favicon.ico"):
            return None
        return Place(parts[0], _posting_in(parts[1:]), tenant, host)

    def request(self, place: Place) -> Request:
        if place.posting:
            return Request(f"{_api(place)}/job/{_quoted(place.posting.split('..'))}")
        return _page_from(place, 0)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        if "jobPostingInfo" in answer:
            closed = answer["jobPostingInfo"].get("posted") is False
            return [] if closed else with_company([_one(answer, place)], place.region)
        return with_company(each(answer["jobPostings"], lambda job: _listed(job, place)), place.region)

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del read
        if len(answer["jobPostings"]) < _PER_PAGE:
            return None
        offset = json.loads(request.body or b"{}")["offset"]
        # Every page after the first claims a total of 0.
        if not offset and 0 < answer.get("total", 0) <= _PER_PAGE:
            return None
        return _page_from(place, offset + _PER_PAGE)

    def detail(self, advert: Advert, place: Place) -> Request | None:
        path = urlsplit(advert.url).path.partition("/job/")[2]
        return Request(f"{_api(place)}/job/{quote(path, safe=_SAFE)}") if path else None

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        full = with_company([_one(answer, place)], place.region)[0]
        return replace(
            full,
            location=full.location or advert.location,
            url=full.url or advert.url,
            key=advert.key,
        )

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        # A site on the employer's own host is the same program, and its host answers the same requests.
        tenant, site = _TENANT.search(page.scripts), _SITE.search(page.scripts)
        if tenant is not None and site is not None and "workday" in page.lower:
            yield Place(site[1], _posting_in(segments(urlsplit(page.url))), tenant[1], page.host)

    def looks_like(self, answer: Any) -> Place | None:
        if "jobPostingInfo" in answer:
            address = text_of(answer["jobPostingInfo"].get("externalUrl"))
            return self.at(address) or Place("", text_of(answer["jobPostingInfo"].get("jobReqId")))
        postings = answer["jobPostings"]
        ours = "total" in answer and all("externalPath" in posting for posting in postings[:1])
        return Place("") if ours else None


def _api(place: Place) -> str:
    host = place.host or f"{place.region}.myworkdayjobs.com"
    return f"https://{host}/wday/cxs/{quote(place.region, safe='')}/{quote(place.token, safe='')}"


def _page_from(place: Place, offset: int) -> Request:
    asked = {"appliedFacets": {}, "limit": _PER_PAGE, "offset": offset, "searchText": ""}
    return Request(f"{_api(place)}/jobs", method="POST", body=json.dumps(asked).encode())


def _quoted(parts: list[str]) -> str:
    return "/".join(quote(part, safe="") for part in parts)


def _posting_in(parts: list[str]) -> str:
    """The posting that a path names, as one id; empty for a path to anything else.

    The last part alone also finds it, where the path with its place is no harmless id.
    """
    start = next((index + 1 for index, part in enumerate(parts) if part in _JOB), len(parts))
    path = [part for part in parts[start:] if part]
    if "apply" in path:
        path = path[: path.index("apply")]
    whole = "..".join(path)
    return whole if is_posting_id(whole) or not path else path[-1]


def _public(place: Place, path: str) -> str:
    """The address of a posting's page; empty for an answer that came from an unknown host."""
    if not place.host:
        return ""
    tenant = f"recruiting/{quote(place.region, safe='')}/" if "myworkdaysite" in place.host else ""
    return f"https://{place.host}/{tenant}{quote(place.token, safe='')}/{path.lstrip('/')}"


def _listed(posting: dict[str, Any], place: Place) -> Advert | None:
    path = text_of(posting.get("externalPath"))
    # Postings that may not be shown to everyone come without a title.
    if not posting.get("title") or not path:
        return None
    where = _known_place(text_of(posting.get("locationsText")))
    return Advert(
        title=text_of(posting["title"]),
        location=places([where], remote=bool(where) and _is_remote(posting)),
        url=_public(place, path),
        key=_posting_in(path.strip("/").split("/")),
    )


def _one(answer: Any, place: Place) -> Advert:
    info = answer["jobPostingInfo"]
    every = [_place_of(info), *map(text_of, info.get("additionalLocations") or [])]
    return Advert(
        title=text_of(info["title"]),
        markup=text_of(info.get("jobDescription")),
        company=_CODE.sub("", named(answer.get("hiringOrganization")).strip(), count=1),
        location=places(every, remote=_is_remote(info)),
        url=text_of(info.get("externalUrl")),
        employment_type=text_of(info.get("timeType")),
        posted=text_of(info.get("startDate")),
        key=place.posting or text_of(info.get("jobReqId")),
    )


def _place_of(info: dict[str, Any]) -> str:
    return text_of(info.get("location")) or named(info.get("country"), "descriptor")


def _is_remote(posting: dict[str, Any]) -> bool:
    """Whether it is "Remote" or "Fully Remote"; "Hybrid Remote" is not."""
    way = text_of(posting.get("remoteType")).strip().lower()
    return way.endswith("remote") and "hybrid" not in way


def _known_place(text: str) -> str:
    """A place; nothing for "3 Locations", which is no place and stands until the detail is read."""
    return "" if _COUNTED.fullmatch(text.strip()) else text
