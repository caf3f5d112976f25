"""Comeet, now Spark Hire Recruit. The hosted page holds the whole board in a script, texts included; the API
wants a token that only the employer's own pages show. A text is a list of parts in an order of their own, the
requirements among them. The only date is that of the last change. Positions may live on the employer's site.

Source: Comeet's documentation of the careers API and its position model, developers.comeet.com/reference.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote

from scraping.advert import Advert, places
from scraping.board import (
    NOT_ITS_ANSWER,
    Board,
    BoardAnswer,
    Place,
    board,
    each,
    headed,
    joined,
    named,
    objects,
    segments,
    text_of,
    with_company,
)
from scraping.http import Request, Response, form_of
from scraping.javascript import assigned_in
from scraping.page import Page

_API_HOST = "www.comeet.co"
_DATA = re.compile(r"\bCOMPANY_POSITIONS_DATA\s*=\s*(?=\[)")
_TOKEN = re.compile(r"[\"']?\btoken[\"']?\s*[:=]\s*[\"']([0-9A-F]{12,80})[\"']", re.IGNORECASE)
_UID = re.compile(
    r"[\"']?\bcompany[-_]?uid[\"']?\s*[:=]\s*[\"']([0-9A-F]{1,4}\.[0-9A-F]{3,4})[\"']", re.IGNORECASE
)
_UID_SHAPE = re.compile(r"[0-9A-F]{1,4}\.[0-9A-F]{3,4}", re.IGNORECASE)


@board("Comeet", hosts=("www.comeet.com", "comeet.com", "www.comeet.co", "comeet.co"))
class Comeet(Board):
    """A hosted page at `/jobs/{company}/{uid}`, one position below it, or the API's own address.

    The token of a place is the company's name on a hosted page, and the API's token where `host` is set.
    """

    marks = ("comeet", "company_positions_data")

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if parts[:3] == ["careers-api", "2.0", "company"] and len(parts) > 4:
            token = parse_qs(url.query).get("token", [""])[0]
            position = parts[5].upper() if len(parts) > 5 else ""
            return Place(token, position, parts[3].upper(), _API_HOST) if token else None
        if parts[:1] != ["jobs"] or len(parts) < 3 or not _UID_SHAPE.fullmatch(parts[2]):
            return None
        position = parts[-1] if len(parts) > 3 and _UID_SHAPE.fullmatch(parts[-1]) else ""
        return Place(parts[1], position.upper(), parts[2].upper())

    def request(self, place: Place) -> Request:
        uid, token = quote(place.region, safe=""), quote(place.token, safe="")
        if place.host:
            return Request(
                f"https://{_API_HOST}/careers-api/2.0/company/{uid}/positions?token={token}&details=true"
            )
        return Request(f"https://www.comeet.com/jobs/{token}/{uid}", page=True)

    def decode(self, response: Response) -> Any:
        """The API's JSON, or the same list out of a hosted page."""
        if form_of(response) != "html":
            return super().decode(response)
        try:
            return _positions_on(Page.of(response))
        except NOT_ITS_ANSWER:
            raise BoardAnswer(response.status) from None

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        positions = answer if isinstance(answer, list) else [answer]
        return with_company(each(positions, _advert), "" if place.host else place.token)

    def on_page(self, page: Page) -> list[Advert]:
        return with_company(each(_positions_on(page), _advert), "")

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        token, uid = _TOKEN.search(page.scripts), _UID.search(page.scripts)
        if token and uid and "comeet" in page.lower:
            yield Place(token[1], "", uid[1].upper(), _API_HOST)

    def looks_like(self, answer: Any) -> Place | None:
        first = answer[0] if isinstance(answer, list) else answer
        if not {"uid", "name"} <= first.keys() or not first.keys() & {
            "url_active_page",
            "url_comeet_hosted_page",
        }:
            return None
        place = self.at(text_of(first.get("url_comeet_hosted_page"))) or self.at(
            text_of(first.get("url_active_page"))
        )
        return Place(
            place.token if place else "",
            text_of(first["uid"]) if first is answer else "",
            place.region if place else "",
        )


def _positions_on(page: Page) -> list[dict[str, Any]]:
    return list(assigned_in(page.scripts, _DATA))


def _advert(position: dict[str, Any]) -> Advert | None:
    if position.get("is_published") is False:
        return None
    return Advert(
        title=text_of(position["name"]),
        markup=_markup(position),
        company=text_of(position.get("company_name")),
        location=_location(position),
        url=text_of(position.get("url_active_page")) or text_of(position.get("url_comeet_hosted_page")),
        department=text_of(position.get("department")),
        employment_type=text_of(position.get("employment_type")),
        key=text_of(position["uid"]),
    )


def _markup(position: dict[str, Any]) -> str:
    """The parts in their order, each under its name; hosted pages keep them one level deeper (k)."""
    parts = position.get("details") or (position.get("custom_fields") or {}).get("details")
    ordered = sorted(objects(parts), key=_order)
    return "\n".join(filter(None, (headed(part.get("name"), part.get("value")) for part in ordered)))


def _order(part: dict[str, Any]) -> float:
    order = part.get("order")
    return order if isinstance(order, int | float) else 0


def _location(position: dict[str, Any]) -> str:
    remote = text_of(position.get("workplace_type")).lower() == "remote"
    where = position.get("location") or {}
    if not isinstance(where, dict):
        return places([text_of(where)], remote=remote)
    name = named(where) or joined(where.get("city"), where.get("state"), where.get("country"))
    return places([name], remote=remote or where.get("is_remote") is True)
