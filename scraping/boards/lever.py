"""Lever. The requirements are in `lists`, not in `description`; no company name; the EU has its own API host.

Source: the postings API's own README, github.com/lever/postings-api.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, quote

from scraping.advert import Advert, places
from scraping.board import Board, Place, board, day_of, each, objects, segments, text_of, with_company
from scraping.http import Request
from scraping.page import Page

_API = {"": "https://api.lever.co/v0/postings", "eu": "https://api.eu.lever.co/v0/postings"}
# What a page tells the script that shows a board there.
_WIDGET = re.compile(
    r"leverJobsOptions\s*=\s*\{[^}]{0,300}?\baccountName[\"']?\s*:\s*[\"']([\w.-]{1,100})[\"']"
)


@board("Lever", hosts=("jobs.lever.co", "jobs.eu.lever.co", "api.lever.co", "api.eu.lever.co"))
class Lever(Board):
    """A site's page, one posting (also its `/apply` form), or the API's own address."""

    marks = ("leverjobsoptions",)

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
        return with_company(each(_postings(answer), _advert), place.token)

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        yield from map(Place, _WIDGET.findall(page.scripts))

    def looks_like(self, answer: Any) -> Place | None:
        first = _postings(answer)[0]
        if not {"text", "hostedUrl", "categories"} <= first.keys():
            return None
        place = self.at(text_of(first["hostedUrl"]))
        if place is None:
            return None
        return Place(place.token, "" if isinstance(answer, list) else place.posting, place.region)


def _postings(answer: Any) -> list[Any]:
    """The openings of an account, in groups where the address asks for them, or the one in the answer."""
    found = answer if isinstance(answer, list) else [answer]
    grouped = [isinstance(item, dict) and isinstance(item.get("postings"), list) for item in found]
    return [posting for group in found for posting in group["postings"]] if found and all(grouped) else found


def _advert(posting: dict[str, Any]) -> Advert:
    categories = posting.get("categories") or {}
    return Advert(
        title=text_of(posting["text"]),
        markup=_markup(posting),
        location=_location(categories, remote=text_of(posting.get("workplaceType")).lower() == "remote"),
        url=text_of(posting.get("hostedUrl")),
        department=text_of(categories.get("department")) or text_of(categories.get("team")),
        employment_type=text_of(categories.get("commitment")),
        posted=day_of(posting.get("createdAt"), per_second=1000),
        key=text_of(posting["id"]),
    )


def _markup(posting: dict[str, Any]) -> str:
    """All of a posting's text: the description, each list under its heading, and the closing part."""
    parts = [text_of(posting.get("description"))]
    for part in objects(posting.get("lists")):
        parts.append(f"<h3>{text_of(part.get('text'))}</h3><ul>{text_of(part.get('content'))}</ul>")
    closing = text_of(posting.get("additional"))
    # Without a break of its own, the closing part would fall under the last list's heading.
    parts.append(f"<hr>{closing}" if closing.strip() else "")
    return "\n".join(filter(None, parts))


def _location(categories: dict[str, Any], *, remote: bool) -> str:
    every = [text_of(place) for place in categories.get("allLocations") or []]
    return places(every or [text_of(categories.get("location"))], remote=remote)
