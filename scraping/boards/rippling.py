"""Rippling. The first version of its list repeats a job's uuid once for each place, and each entry is an
opening of its own; the second, in pages, repeats one and the same job. Neither has a text; a board's name is
case-sensitive.

Source: the requests that Rippling's own job boards make; the reference at developer.rippling.com is for
customers.
"""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    Place,
    board,
    by_place,
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

_API = "https://api.rippling.com/platform/api/ats"
_PER_PAGE = 100
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@board("Rippling", hosts=("ats.rippling.com", "api.rippling.com", ".rippling.com"))
class Rippling(Board):
    """A board's page with or without a language, or embedded, one posting, or either list's own address.

    Pages are also served from regions, such as `ats.us1.rippling.com`.
    """

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        version = ""
        if url.hostname == "api.rippling.com":
            if parts[:3] != ["platform", "api", "ats"] or parts[4:5] != ["board"]:
                return None
            version, parts = ("v2" if parts[3] == "v2" else ""), parts[5:]
        elif not (url.hostname or "").lower().startswith("ats."):
            return None
        elif parts[:1] == ["embed"]:
            parts = parts[1:]
        elif parts[1:2] != ["jobs"]:
            parts = without_language(parts)
        if (
            not parts
            or parts[0] in ("api", "_next", "static", "robots.txt")
            or parts[1:2] not in ([], ["jobs"])
        ):
            return None
        posting = parts[2].lower() if len(parts) > 2 and _ID.fullmatch(parts[2]) else ""
        return Place(parts[0], posting, version if not posting else "")

    def request(self, place: Place) -> Request:
        if place.posting:
            return _posting(place, place.posting)
        return _page(place, 0) if place.region == "v2" else Request(f"{_board(place, 'v1')}/jobs")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        if isinstance(answer, list):
            adverts = by_place(each(answer, lambda job: _advert(job, place)))
        elif "items" in answer:
            adverts = _merged(each(answer["items"], lambda job: _advert(job, place)))
        else:
            adverts = [_advert(answer, place)]
        return with_company(adverts, place.token)

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del read
        if not isinstance(answer, dict):
            return None
        number = int(parse_qs(urlsplit(request.url).query)["page"][0]) + 1
        return _page(place, number) if number < answer["totalPages"] else None

    def detail(self, advert: Advert, place: Place) -> Request | None:
        return _posting(place, advert.key.partition("@")[0])

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        full = self.parse(answer, place)[0]
        where = (advert.location or full.location).split(";")
        return replace(full, location=places(where, remote=_is_remote(answer)), key=advert.key)

    def looks_like(self, answer: Any) -> Place | None:
        if isinstance(answer, dict) and {"items", "totalItems", "totalPages"} <= answer.keys():
            first = answer["items"][0] if answer["items"] else {"id": "", "name": ""}
            ours = {"id", "name"} <= first.keys()
        elif isinstance(answer, dict):
            first = answer
            ours = {"uuid", "name", "description"} <= first.keys() and isinstance(first["description"], dict)
        else:
            first = answer[0]
            ours = {"uuid", "name", "workLocation"} <= first.keys()
        if not ours:
            return None
        place = self.at(text_of(first.get("url")))
        return Place(place.token if place else "", text_of(first["uuid"]) if first is answer else "")


def _board(place: Place, version: str) -> str:
    return f"{_API}/{version}/board/{quote(place.token, safe='')}"


def _posting(place: Place, posting: str) -> Request:
    return Request(f"{_board(place, 'v1')}/jobs/{quote(posting, safe='')}")


def _page(place: Place, number: int) -> Request:
    return Request(f"{_board(place, 'v2')}/jobs?page={number}&pageSize={_PER_PAGE}")


def _merged(entries: list[Advert]) -> list[Advert]:
    """The second version's entries, those of one job as one opening with all their places."""
    adverts: dict[str, Advert] = {}
    for advert in entries:
        known = adverts.get(advert.key, advert)
        where = joined(*known.location.split(";"), *advert.location.split(";"), by="; ")
        adverts[advert.key] = replace(known, location=where)
    return list(adverts.values())


def _advert(job: dict[str, Any], place: Place) -> Advert:
    key = text_of(job.get("uuid")) or text_of(job["id"])
    return Advert(
        title=text_of(job["name"]),
        markup=_markup(job.get("description")),
        company=text_of(job.get("companyName")),
        location=_location(job),
        url=text_of(job.get("url")) or _public(place, key),
        department=_label(job.get("department")),
        employment_type=_label(job.get("employmentType")),
        posted=text_of(job.get("createdOn")),
        language=text_of(job.get("language")),
        key=key,
    )


def _markup(description: Any) -> str:
    """The text on the company, then on the role, whose last heading would otherwise cover the company's."""
    if not isinstance(description, dict):
        return text_of(description)
    parts = (text_of(description.get(name)) for name in ("company", "role"))
    return "\n<hr>\n".join(part for part in parts if part.strip())


def _location(job: dict[str, Any]) -> str:
    for name in ("workLocation", "workLocations", "locations"):
        value = job.get(name)
        found = [*map(_label, value if isinstance(value, list) else [value])]
        if any(found):
            return places(found, remote=_is_remote(job))
    return places([], remote=_is_remote(job))


def _is_remote(job: dict[str, Any]) -> bool:
    """Whether a job is done from anywhere, as it says itself or every one of its places does."""
    ways = [job] if "workplaceType" in job else objects(job.get("locations"))
    return bool(ways) and all(text_of(way.get("workplaceType")).upper() == "REMOTE" for way in ways)


def _label(value: Any) -> str:
    """A field that is a text in one version and an object with a label or a name in another."""
    if not isinstance(value, dict):
        return text_of(value)
    known = named(value, "label", "name")
    return known or joined(value.get("city"), value.get("state"), value.get("country"))


def _public(place: Place, posting: str) -> str:
    return f"https://ats.rippling.com/{quote(place.token, safe='')}/jobs/{posting}" if place.token else ""
