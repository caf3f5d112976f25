"""Recruitee. Half of the text is in `requirements`; one request holds the whole board, on the host of the
careers site itself, which is often the employer's own; question forms and a mailbox address come along and
are left out. A posting is told by its slug, since its page's address holds no number.

Source: the Careers Site API, docs.recruitee.com/reference/intro-to-careers-site-api.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    Place,
    board,
    each,
    headed,
    joined,
    label_of,
    objects,
    segments,
    text_of,
    with_company,
    without_language,
)
from scraping.http import Request
from scraping.page import Page
from scraping.structured import job_data

_OWN = ".recruitee.com"
# Hosts of the vendor's own; a site on the employer's domain loads from them.
_NO_BOARDS = ("careers-analytics", "docs", "auth", "cdn", "assets", "static", "status")
_FINGERPRINT = re.compile(r"//(?:[\w.-]+\.)?recruiteecdn\.com/|//careers-analytics\.recruitee\.com\b")


@board("Recruitee", hosts=(_OWN,))
class Recruitee(Board):
    """A careers site, one offer of it (also its application form), or the API's own address."""

    marks = ("recruitee",)

    def recognise(self, url: SplitResult) -> Place | None:
        token = label_of(url, _OWN)
        return Place(token, _slug(url)) if token and token not in _NO_BOARDS else None

    def request(self, place: Place) -> Request:
        return Request(f"https://{place.host or place.token + _OWN}/api/offers/")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        offers = answer["offers"] if "offers" in answer else [answer["offer"]]
        return with_company(each(offers, _advert), place.token)

    def on_own_host(self, page: Page) -> Iterator[Place]:
        marks = _FINGERPRINT.findall(page.markup)
        # A page that describes its offer itself is read as it stands.
        slug = _slug(urlsplit(page.url)) if marks and not job_data(page) else ""
        yield from (Place("", slug, host=page.host) for _ in marks)

    def looks_like(self, answer: Any) -> Place | None:
        first = answer["offers"][0] if "offers" in answer else answer["offer"]
        if not {"slug", "careers_url", "title"} <= first.keys():
            return None
        place = self.at(first["careers_url"])
        if place is not None:
            return Place(place.token)
        return Place("", host=urlsplit(first["careers_url"]).hostname or "")


def _slug(url: SplitResult) -> str:
    """The slug in an offer's address: /o/{slug}, after a language as /en or /l/en, or /api/offers/{slug}."""
    parts = segments(url)
    parts = parts[2:] if parts[:1] == ["l"] else without_language(parts)
    if parts[:2] == ["api", "offers"]:
        parts = parts[1:]
    return parts[1] if len(parts) > 1 and parts[0] in ("o", "offers") else ""


def _advert(offer: dict[str, Any]) -> Advert | None:
    if text_of(offer.get("status")) not in ("", "published"):
        return None
    return Advert(
        title=text_of(offer["title"]),
        markup=_markup(offer),
        company=text_of(offer.get("company_name")),
        location=_location(offer),
        url=text_of(offer.get("careers_url")),
        department=text_of(offer.get("department")),
        employment_type=_employment_type(text_of(offer.get("employment_type_code"))),
        posted=text_of(offer.get("published_at"))[:10],
        language=_only_language(offer),
        key=text_of(offer["slug"]),
    )


def _markup(offer: dict[str, Any]) -> str:
    parts = (text_of(offer.get("description")), headed("Requirements", offer.get("requirements")))
    return "\n".join(filter(None, parts))


def _location(offer: dict[str, Any]) -> str:
    several = [
        joined(where.get("city"), where.get("state"), where.get("country")) or text_of(where.get("name"))
        for where in objects(offer.get("locations"))
    ]
    stated = text_of(offer.get("location")) or joined(
        offer.get("city"), offer.get("state_name"), offer.get("country")
    )
    names = several if len(several) > 1 or not stated else [stated]
    return places(names, remote=offer.get("remote") is True)


def _only_language(offer: dict[str, Any]) -> str:
    languages = list(offer.get("translations") or {})
    return languages[0] if len(languages) == 1 else ""


def _employment_type(code: str) -> str:
    """A code such as "fulltime_permanent" as words: "Full-time permanent"."""
    words = code.replace("fulltime", "full-time").replace("parttime", "part-time").replace("_", " ")
    return words.capitalize()
