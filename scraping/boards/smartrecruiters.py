"""SmartRecruiters. The list has no text, so each posting is asked for by itself; a company that does not
exist answers 200 with `totalFound: 0`, like one without openings; countries are lower-case codes;
`fullLocation` has empty parts ("Berlin, , Germany").

Source: the Posting API documentation, dev.smartrecruiters.com/customer-api/posting-api.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from scraping.advert import Advert, places
from scraping.board import Board, Place, board, each, headed, is_token, joined, segments, text_of
from scraping.http import Request
from scraping.page import Page

_API = "https://api.smartrecruiters.com/v1/companies"
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_ID = re.compile(r"(\d{6,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-|$)")
_IN_WIDGET = re.compile(r"\bcompany_code[\"']?\s*:\s*[\"']([\w.-]{1,100})[\"']")
_NO_COMPANY = ("sr-jobs", "my-applications", "robots.txt", "api", "static", "search", "jobs")


@board(
    "SmartRecruiters",
    hosts=(
        "jobs.smartrecruiters.com",
        "careers.smartrecruiters.com",
        "www.smartrecruiters.com",
        "api.smartrecruiters.com",
    ),
)
class SmartRecruiters(Board):
    """A company's page, one posting, a form to apply for one, or the API's own address."""

    marks = ("smartrecruiters",)

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if url.hostname == "api.smartrecruiters.com":
            if parts[:2] != ["v1", "companies"]:
                return None
            parts = [part for part in parts[2:] if part != "postings"]
        elif parts[:1] == ["oneclick-ui"]:
            parts = [parts[2], parts[-1]] if len(parts) > 4 and parts[1] == "company" else []
        elif parts[:1] == ["ni"]:  # a posting that search engines are asked not to list
            parts = parts[1:]
        if not parts or parts[0] in _NO_COMPANY:
            query = parse_qs(url.query)
            token = (query.get("company") or query.get("dcr_ci") or [""])[0]
            return Place(token) if token else None
        posting = _ID.match(parts[1]) if len(parts) > 1 else None
        if posting is None and url.hostname == "www.smartrecruiters.com":
            return None  # the maker's own pages; only old links to postings stand there
        return Place(parts[0], posting[1] if posting else "")

    def request(self, place: Place) -> Request:
        return _posting(place, place.posting) if place.posting else _page_from(place, 0)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return each(answer.get("content", [answer]), lambda posting: _open(posting, place))

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del read
        asked = int(parse_qs(urlsplit(request.url).query)["offset"][0])
        offset = asked + len(answer["content"])
        return _page_from(place, offset) if asked < offset < answer["totalFound"] else None

    def detail(self, advert: Advert, place: Place) -> Request | None:
        return _posting(place, advert.key)

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        full = _advert(answer, place)
        return replace(full, location=full.location or advert.location, key=advert.key)

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        if "smartrecruiters" in page.lower:
            yield from (Place(token) for token in _IN_WIDGET.findall(page.scripts) if is_token(token))

    def looks_like(self, answer: Any) -> Place | None:
        if {"totalFound", "content"} <= answer.keys():
            first = answer["content"][0] if answer["content"] else {}
            return Place(text_of((first.get("company") or {}).get("identifier")))
        if {"name", "company", "jobAd"} <= answer.keys():
            return Place(text_of(answer["company"].get("identifier")), text_of(answer["id"]))
        return None


def _posting(place: Place, posting: str) -> Request:
    return Request(f"{_API}/{quote(place.token, safe='')}/postings/{quote(posting, safe='')}")


def _page_from(place: Place, offset: int) -> Request:
    return Request(f"{_API}/{quote(place.token, safe='')}/postings?limit=100&offset={offset}")


def _open(posting: dict[str, Any], place: Place) -> Advert | None:
    """An opening that is shown to everyone, or to whoever holds its address."""
    internal = posting.get("visibility") == "INTERNAL" and posting["id"] != place.posting
    return None if internal or posting.get("active") is False else _advert(posting, place)


def _advert(posting: dict[str, Any], place: Place) -> Advert:
    owner = posting.get("company") or {}
    # A posting is also found by its uuid, which some links carry.
    key = place.posting if place.posting == posting.get("uuid") else ""
    return Advert(
        title=text_of(posting["name"]),
        markup=_markup(posting),
        company=text_of(owner.get("name")),
        company_source="published",
        location=_location(posting.get("location") or {}),
        url=_public(posting, text_of(owner.get("identifier")) or place.token),
        department=_label(posting, "department") or _label(posting, "function"),
        employment_type=_label(posting, "typeOfEmployment"),
        posted=text_of(posting.get("releasedDate")),
        language=text_of((posting.get("language") or {}).get("code")),
        key=key or text_of(posting["id"]),
    )


def _markup(posting: dict[str, Any]) -> str:
    """The sections of a posting in the order of its page; empty for the entry of a list."""
    sections = (posting.get("jobAd") or {}).get("sections") or {}
    parts = [sections.get(name) or {} for name in _SECTIONS]
    return "\n".join(filter(None, (headed(part.get("title"), part.get("text")) for part in parts)))


def _location(location: dict[str, Any]) -> str:
    full = joined(*text_of(location.get("fullLocation")).split(","))
    country = text_of(location.get("country"))
    parts = joined(
        location.get("city"), location.get("region"), country.upper() if len(country) == 2 else country
    )
    return places([full or parts], remote=location.get("remote") is True)


def _public(posting: dict[str, Any], token: str) -> str:
    """The posting's page. `ref` is the API's address in a real list."""
    for name in ("postingUrl", "ref"):
        address = text_of(posting.get(name))
        if address and "//api." not in address:
            return address
    return f"https://jobs.smartrecruiters.com/{quote(token, safe='')}/{posting['id']}" if token else ""


def _label(posting: dict[str, Any], name: str) -> str:
    return text_of((posting.get(name) or {}).get("label"))
