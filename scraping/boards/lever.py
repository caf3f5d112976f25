"""Lever. The requirements are in `lists`, not in `description`; no company name; the EU has its own API host.

Source: the postings API's own README, github.com/lever/postings-api.
"""

import html
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, quote

from scraping.advert import Advert
from scraping.board import Board, Place, board, segments, text_of
from scraping.company import company_in
from scraping.http import Request

_API = {"": "https://api.lever.co/v0/postings", "eu": "https://api.eu.lever.co/v0/postings"}


@board("Lever", hosts=("jobs.lever.co", "jobs.eu.lever.co", "api.lever.co", "api.eu.lever.co"))
class Lever(Board):
    """A site's page, one posting (also its `/apply` form), or the API's own address."""

    def recognise(self, url: SplitResult) -> Place | None:
        region = "eu" if ".eu." in (url.hostname or "") else ""
        parts = segments(url)
        if (url.hostname or "").startswith("api."):
            if parts[:2] != ["v0", "postings"]:
                return None
            parts = parts[2:]
        return Place(parts[0], parts[1] if len(parts) > 1 else "", region) if parts else None

    def request(self, place: Place) -> Request:
        site = f"{_API[place.region]}/{quote(place.token, safe='')}"
        return Request(
            f"{site}/{quote(place.posting, safe='')}?mode=json" if place.posting else f"{site}?mode=json"
        )

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        postings = answer if isinstance(answer, list) else [answer]
        markups = [_markup(posting) for posting in postings]
        company, spelt = company_in(place.token, (html.unescape(markup) for markup in markups))
        return [
            Advert(
                title=text_of(posting["text"]),
                markup=markup,
                company=company,
                company_source="published" if spelt else "address",
                location=_location(posting.get("categories") or {}),
                url=text_of(posting.get("hostedUrl")),
                department=_department(posting.get("categories") or {}),
                employment_type=text_of((posting.get("categories") or {}).get("commitment")),
                posted=_day(posting.get("createdAt")),
                key=text_of(posting["id"]),
            )
            for posting, markup in zip(postings, markups, strict=True)
        ]

    def looks_like(self, answer: Any) -> Place | None:
        first = answer[0] if isinstance(answer, list) else answer
        if not {"text", "hostedUrl", "categories"} <= first.keys():
            return None
        place = self.at(text_of(first["hostedUrl"]))
        if place is None:
            return None
        return Place(place.token, "" if isinstance(answer, list) else place.posting, place.region)


def _markup(posting: dict[str, Any]) -> str:
    """All of a posting's text: the description, each list under its heading, and the closing part."""
    parts = [text_of(posting.get("description"))]
    for part in posting.get("lists") or []:
        parts.append(f"<h3>{text_of(part.get('text'))}</h3><ul>{text_of(part.get('content'))}</ul>")
    # Without a break of its own, the closing part would fall under the last list's heading.
    parts.append(f"<hr>{text_of(posting.get('additional'))}")
    return "\n".join(parts)


def _location(categories: dict[str, Any]) -> str:
    every = [text_of(place) for place in categories.get("allLocations") or []]
    return "; ".join(every) or text_of(categories.get("location"))


def _department(categories: dict[str, Any]) -> str:
    return text_of(categories.get("department")) or text_of(categories.get("team"))


def _day(milliseconds: Any) -> str:
    if not isinstance(milliseconds, int | float) or not 0 < milliseconds < 4e12:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
