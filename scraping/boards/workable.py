"""Workable. The widget's answer is the whole account, with one entry for each place of a job, all under one
shortcode; its `state` is a region, while the `state` of a single job says whether it is published; a short
link names no account; too many requests are answered with 429.

Source: Workable's help centre, help.workable.com, on the careers page widget, and that widget's requests.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, quote

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    BoardAnswer,
    Listed,
    Place,
    board,
    by_place,
    each,
    headed,
    is_token,
    joined,
    label_of,
    objects,
    segments,
    text_of,
    with_company,
)
from scraping.http import Fetch, Request
from scraping.page import Page

_HOST = "apply.workable.com"
_API = f"https://{_HOST}/api"
_WIDGET = re.compile(r"\bwhr_embed\(\s*[\"']?([\w-]{2,60})")
_CODE = re.compile(r"[A-Z0-9]{6,16}", re.IGNORECASE)
_NO_ACCOUNT = (
    *("apply", "jobs", "careers", "resources", "blog", "partnerhelp", "developer", "developers", "status"),
    *("get", "id", "assets", "static"),
)


@board("Workable", hosts=(_HOST, "www.workable.com", ".workable.com"))
class Workable(Board):
    """An account's page, one posting under it, a short link to one, or the API's own address."""

    marks = ("whr_embed",)

    def recognise(self, url: SplitResult) -> Place | None:
        parts, host = segments(url), (url.hostname or "").lower()
        if host not in (_HOST, "www.workable.com"):
            label = label_of(url, ".workable.com")
            # An old link to `/jobs/123` carries a number that no answer knows: its page is opened instead.
            if not label or label in _NO_ACCOUNT or (parts[:1] == ["jobs"] and len(parts) > 1):
                return None
            return Place(label, _code_in(parts))
        if parts[:1] == ["api"]:
            parts = parts[parts.index("accounts") + 1 :] if "accounts" in parts else []
            return Place(parts[0], _code_in(["j", *parts[2:]])) if parts else None
        if parts[:1] == ["j"]:
            posting = _code_in(parts)
            return Place("", posting, host=_HOST) if posting else None
        if host != _HOST or not parts or parts[0] in ("robots.txt", "assets", "static"):
            return None
        return Place(parts[0], _code_in(parts[1:]))

    def request(self, place: Place) -> Request:
        if not place.token:
            return Request(f"https://{_HOST}/j/{quote(place.posting, safe='')}", page=True)
        return Request(f"{_API}/v1/widget/accounts/{quote(place.token, safe='')}?details=true")

    def read(self, place: Place, fetch: Fetch) -> Listed:
        """A short link leads to the posting's page, whose address names the account."""
        if place.token:
            return super().read(place, fetch)
        response = fetch(self.request(place))
        page = Page.of(response)
        for address in (response.url, page.meta("og:url"), *page.addresses):
            named = self.at(address)
            if named is not None and named.token and named.posting == place.posting:
                return super().read(named, fetch)
        raise BoardAnswer(response.status)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        name, jobs = _jobs(answer)
        adverts = by_place(each(jobs, lambda job: _advert(job, place, name)))
        return with_company(adverts, place.token)

    def detail(self, advert: Advert, place: Place) -> Request | None:
        if not place.token:
            return None
        account, code = quote(place.token, safe=""), quote(advert.key.partition("@")[0], safe="")
        return Request(f"{_API}/v2/accounts/{account}/jobs/{code}")

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        full = self.parse(answer, place)[0]
        return replace(
            advert,
            markup=full.markup,
            department=advert.department or full.department,
            posted=advert.posted or full.posted,
            language=advert.language or full.language,
        )

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        accounts = _WIDGET.findall(page.scripts)
        if "workable.com" in page.markup:
            nodes = page.tree.css("[data-account]")
            accounts += [node.attributes.get("data-account") or "" for node in nodes]
        yield from (Place(account) for account in accounts if is_token(account))

    def looks_like(self, answer: Any) -> Place | None:
        name, jobs = _jobs(answer)
        if not jobs:
            # Alike in many boards; only Workable's widget gives its account's name and text with it.
            return Place("") if {"name", "description", "jobs"} <= answer.keys() else None
        first = jobs[0]
        if not {"title", "shortcode"} <= first.keys():
            return None
        place = self.at(_public(first, Place("")))
        single = jobs == [answer] and not name
        return Place(place.token if place else "", text_of(first["shortcode"]) if single else "")


def _jobs(answer: Any) -> tuple[str, list[dict[str, Any]]]:
    """The account's name and the jobs of a widget's answer, a list's, or a single job's."""
    for field in ("jobs", "results"):
        if field in answer:
            return text_of(answer.get("name")), answer[field]
    return "", [answer]


def _advert(job: dict[str, Any], place: Place, company: str) -> Advert | None:
    if "location" in job and (text_of(job.get("state")) or "published") != "published":
        return None  # a single job; in the widget, `state` is a region
    return Advert(
        title=text_of(job["title"]),
        markup=_markup(job),
        company=company,
        location=_location(job),
        url=_public(job, place),
        department=_department(job.get("department")),
        employment_type=text_of(job.get("employment_type")),
        posted=text_of(job.get("published_on")) or text_of(job.get("published")),
        language=text_of(job.get("language")),
        key=text_of(job["shortcode"]),
    )


def _code_in(parts: list[str]) -> str:
    """The shortcode that follows a `j` in a path."""
    found = parts[1] if len(parts) > 1 and parts[0] == "j" else ""
    return found.upper() if _CODE.fullmatch(found) else ""


def _markup(job: dict[str, Any]) -> str:
    parts = (
        text_of(job.get("description")),
        headed("Requirements", job.get("requirements")),
        headed("Benefits", job.get("benefits")),
    )
    return "\n".join(filter(None, parts))


def _location(job: dict[str, Any]) -> str:
    """An entry's own place; where it has none, its list of places."""
    way = text_of(job.get("workplace")).lower()
    remote = way == "remote" or (not way and True in (job.get("telecommuting"), job.get("remote")))
    if "location" in job:  # a single job, whose `state` is no region
        own = job["location"] or {}
        return places([joined(own.get("city"), own.get("region"), own.get("country"))], remote=remote)
    place = joined(job.get("city"), job.get("state"), job.get("country"))
    others = [
        joined(other.get("city"), other.get("region"), other.get("country"))
        for other in objects(job.get("locations"))
    ]
    return places([place] if place else others, remote=remote)


def _public(job: dict[str, Any], place: Place) -> str:
    known = text_of(job.get("url")) or text_of(job.get("shortlink"))
    if known or not place.token:
        return known
    return f"https://{_HOST}/{quote(place.token, safe='')}/j/{job['shortcode']}"


def _department(value: Any) -> str:
    return joined(*value) if isinstance(value, list) else text_of(value)
