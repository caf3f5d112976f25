"""Eightfold. Two generations of one search: the older refuses where the newer is switched on. Both want the
employer's domain, which only the page tells; a host of the vendor's is tried with `{name}.com`. Both give ten
openings a page whatever is asked, and lists mostly without text. Times are seconds; private ones are dropped.

Source: Eightfold documents only its API with keys, apidocs.eightfold.ai; these are the calls of its public
careers pages. The newer generation's details are unverified (k).
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urljoin, urlsplit

from scraping.advert import Advert
from scraping.board import (
    Board,
    BoardAnswer,
    Listed,
    Place,
    board,
    day_of,
    each,
    label_of,
    segments,
    text_of,
    with_company,
)
from scraping.http import Fetch, Request
from scraping.page import Page

_PAGE = 10
_NEWER = "newer"
# Other programs on a page have a "domain" of their own, so the vendor's name for it comes first.
_DOMAINS = [
    re.compile(rf"{name}\s*[:=]\s*[\"']([a-z0-9-]+(?:\.[a-z0-9-]+)+)[\"']", re.IGNORECASE)
    for name in (r"_EF_GROUP_ID[\"']?", r"[\"']domain[\"']")
]
# What only a page rendered by Eightfold holds; a link to it, or its name, says nothing.
_MARKS = ("_EF_GROUP_ID", "smartApplyData", "//static.vscdn.net/", "//static.eightfold.ai/")
_OLDER_FIELDS = {"canonicalPositionUrl", "job_description", "t_create", "display_job_id", "ats_job_id"}
_NEWER_FIELDS = {
    "positionUrl",
    "postedTs",
    "displayJobId",
    "workLocationOption",
    "jobDescription",
    "atsJobId",
}


@board("Eightfold", hosts=(".eightfold.ai",))
class Eightfold(Board):
    """A careers page or one position on it. The token is the employer's domain where known, else a label."""

    marks = ("eightfold", "_ef_group_id", "smartapplydata", "vscdn.net")

    def recognise(self, url: SplitResult) -> Place | None:
        parts, domain = segments(url), parse_qs(url.query).get("domain", [""])[0]
        # The vendor's own host serves every employer, but only where the address names one.
        shared = bool(domain) and (url.hostname or "").lower() == "app.eightfold.ai"
        label = "app" if shared else label_of(url, ".eightfold.ai")
        if not label or parts[:1] not in ([], ["careers"], ["careerhub"], ["api"]):
            return None
        host = f"{label}.eightfold.ai" if domain else ""
        return Place(domain or label, _posting_in(url), host=host)

    def request(self, place: Place) -> Request:
        return _asking(place)

    def read(self, place: Place, fetch: Fetch) -> Listed:
        """As every board; a host that refuses the older address is asked at the newer one."""
        try:
            return super().read(place, fetch)
        except BoardAnswer as refusal:
            if refusal.status not in (200, 400, 403, 404):
                raise
            return super().read(replace(place, region=_NEWER), fetch)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        adverts = each(_positions(answer), lambda position: _advert(position, place))
        return with_company(adverts, place.token.split(".")[0])

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del read
        data = _data(answer)
        start = int(parse_qs(urlsplit(request.url).query)["start"][0]) + len(data["positions"])
        return _asking(place, start) if data["positions"] and start < int(data["count"]) else None

    def detail(self, advert: Advert, place: Place) -> Request | None:
        # Only addresses of the newer generation carry the domain.
        newer = "?domain=" in advert.url
        return _asking(replace(place, posting=advert.key, region=_NEWER if newer else ""))

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        del place
        position = _positions(answer)[0]
        return replace(advert, markup=text_of(position.get("job_description") or position["jobDescription"]))

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        if any(mark in page.markup for mark in _MARKS):
            markup = html.unescape(page.markup)
            told = next(filter(None, (pattern.search(markup) for pattern in _DOMAINS)), None)
            if told and page.host:
                yield Place(told[1].lower(), _posting_in(urlsplit(page.url)), host=page.host)

    def looks_like(self, answer: Any) -> Place | None:
        first = _positions(answer)[0]
        fields = max(len(first.keys() & _OLDER_FIELDS), len(first.keys() & _NEWER_FIELDS))
        if not {"id", "name"} <= first.keys() or fields < 2:
            return None
        place = self.at(text_of(first.get("canonicalPositionUrl"))) or Place("")
        domain = text_of(answer.get("domain"))
        posting = "" if "positions" in _data(answer) else text_of(first["id"])
        return Place(domain or place.token, posting, host=place.host)


def _posting_in(url: SplitResult) -> str:
    """The position in an address: `/careers/job/{id}-title`, or `?pid={id}`."""
    parts, asked = segments(url), parse_qs(url.query).get("pid", [""])[0]
    named = parts[2] if parts[:2] == ["careers", "job"] and len(parts) > 2 else ""
    if parts[:4] == ["api", "apply", "v2", "jobs"] and len(parts) > 4:
        named = parts[4]
    number = re.match(r"\d+", named or asked)
    return number[0] if number else ""


def _asking(place: Place, start: int = 0) -> Request:
    """The search from a position on, or one position, in the generation that the place says."""
    host = place.host or f"{place.token}.eightfold.ai"
    domain = quote(place.token if "." in place.token else f"{place.token}.com", safe="")
    posting = quote(place.posting, safe="")
    if place.region == _NEWER:
        api = f"https://{host}/api/pcsx"
        one = f"{api}/position_details?position_id={posting}&domain={domain}"
        return Request(one if posting else f"{api}/search?domain={domain}&query=&location=&start={start}")
    api = f"https://{host}/api/apply/v2/jobs"
    return Request(
        f"{api}/{posting}?domain={domain}" if posting else f"{api}?domain={domain}&start={start}&num={_PAGE}"
    )


def _data(answer: dict[str, Any]) -> dict[str, Any]:
    data = answer.get("data")
    return data if isinstance(data, dict) else answer


def _positions(answer: dict[str, Any]) -> list[dict[str, Any]]:
    data = _data(answer)
    return list(data["positions"]) if "positions" in data else [data]


def _advert(position: dict[str, Any], place: Place) -> Advert | None:
    if position.get("isPrivate") or position.get("is_private"):
        return None
    return Advert(
        title=text_of(position["name"]),
        markup=text_of(position.get("job_description") or position.get("jobDescription")),
        location=_location(position),
        url=_url(position, place),
        department=text_of(position.get("department")),
        posted=day_of(position.get("t_create") or position.get("postedTs")),
        key=text_of(position["id"]),
    )


def _url(position: dict[str, Any], place: Place) -> str:
    canonical = text_of(position.get("canonicalPositionUrl"))
    relative = text_of(position.get("positionUrl"))
    if canonical or not place.token:
        return canonical
    site = f"https://{place.host or f'{place.token}.eightfold.ai'}"
    if relative:
        domain = place.token if "." in place.token else f"{place.token}.com"
        return f"{urljoin(site, relative).partition('?')[0]}?domain={quote(domain, safe='')}"
    return f"{site}/careers/job/{quote(text_of(position['id']), safe='')}"


def _location(position: dict[str, Any]) -> str:
    every = [text_of(place) for place in position.get("locations") or []] or [
        text_of(position.get("location"))
    ]
    way = text_of(position.get("work_location_option") or position.get("workLocationOption"))
    remote = way.lower().startswith("remote") and not any("remote" in place.lower() for place in every)
    return "; ".join([*filter(None, every), *(["Remote"] if remote else [])])
