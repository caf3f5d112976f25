"""Personio. A name that is no customer's may answer 200 with the vendor's marketing page, so the root
decides; `name` is inside `jobDescription` too; one position can appear twice; offices beyond the first
stand elsewhere. Asked without a language, a board answers in its own. Newer careers sites have no such
feed.

Source: "Retrieving open positions", developer.personio.de/docs/retrieving-open-job-positions.
"""

from typing import Any
from urllib.parse import SplitResult

from lxml import etree

from scraping.advert import Advert, distinct, places
from scraping.board import (
    Board,
    Place,
    board,
    headed,
    joined,
    label_of,
    segments,
    with_company,
    without_language,
)
from scraping.http import Request
from scraping.xml import name_of, text_of, texts_of

_OWN = {"": ".jobs.personio.de", "com": ".jobs.personio.com"}


@board("Personio", hosts=tuple(_OWN.values()))
class Personio(Board):
    """A careers site on either domain, one position of it, or its feed."""

    answers = "xml"

    def recognise(self, url: SplitResult) -> Place | None:
        region = "com" if (url.hostname or "").endswith(_OWN["com"]) else ""
        token = label_of(url, _OWN[region])
        parts = without_language(segments(url))
        posting = parts[1] if len(parts) > 1 and parts[0] == "job" and parts[1].isdigit() else ""
        return Place(token, posting, region) if token else None

    def request(self, place: Place) -> Request:
        return Request(f"https://{place.token}{_OWN[place.region]}/xml")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        if name_of(answer) != "workzag-jobs":
            raise ValueError("not a Personio feed")
        adverts = [_advert(node, place) for node in answer if name_of(node) == "position"]
        return distinct(with_company(adverts, place.token))

    def looks_like(self, answer: Any) -> Place | None:
        # The feed does not say whose it is.
        return Place("") if name_of(answer) == "workzag-jobs" else None


def _advert(position: etree._Element, place: Place) -> Advert:
    return Advert(
        title=text_of(position, "name"),
        markup=_markup(position),
        company=text_of(position, "subcompany"),
        location=_location(position),
        url=_address(place, text_of(position, "id")),
        department=text_of(position, "department") or text_of(position, "recruitingCategory"),
        employment_type=_employment_type(position),
        posted=text_of(position, "createdAt"),
        key=text_of(position, "id"),
    )


def _markup(position: etree._Element) -> str:
    """All parts of a position's text, each under its heading."""
    parts = [
        headed(text_of(part, "name"), text_of(part, "value"))
        for group in position
        if name_of(group) == "jobdescriptions"
        for part in group
        if name_of(part) == "jobdescription"
    ]
    return "\n".join(filter(None, parts))


def _location(position: etree._Element) -> str:
    others = [
        office
        for node in position
        if name_of(node) == "additionaloffices"
        for office in texts_of(node, "office")
    ]
    return places([text_of(position, "office"), *others])


def _employment_type(position: etree._Element) -> str:
    return joined(text_of(position, "schedule"), text_of(position, "employmentType")).capitalize()


def _address(place: Place, number: str) -> str:
    return f"https://{place.token}{_OWN[place.region]}/job/{number}" if place.token and number else ""
