"""Traffit. Pages are asked for in headers, not in the address; an advert's parts are a list of fields, and
its place is JSON inside a text; a posting's address ends in a code, often padded with "=". No company name.

Source: "Get job posts published", api.traffit.com.
"""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, urlsplit

from scraping.advert import Advert
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
)
from scraping.http import Request

_OWN = ".traffit.com"
_SIZE, _NUMBER = "X-Request-Page-Size", "X-Request-Current-Page"
_PER_PAGE = 100
_NO_BOARDS = ("knowledge", "status")
_PATHS: tuple[list[str], ...] = ([], ["public", "an"], ["public", "job_posts"], ["public", "form"])
_PARTS = (
    ("description", ""),
    ("responsibilities", "Responsibilities"),
    ("requirements", "Requirements"),
    ("benefits", "Benefits"),
)


@board("Traffit", hosts=(_OWN,))
class Traffit(Board):
    """A careers site, one advert of it (`/public/an/…`), a form (whose code is another one), or the API."""

    def recognise(self, url: SplitResult) -> Place | None:
        token, parts = label_of(url, _OWN), segments(url)
        public = parts[:1] == ["career"] or parts[:2] in _PATHS
        return Place(token, _code(url)) if token and token not in _NO_BOARDS and public else None

    def request(self, place: Place) -> Request:
        return Request(
            f"https://{place.token}{_OWN}/public/job_posts/published",
            headers={_SIZE: str(_PER_PAGE), _NUMBER: "1"},
        )

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return with_company(each(answer, _advert), place.token)

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del place, read
        if len(answer) < _PER_PAGE:
            return None
        number = int(request.headers[_NUMBER]) + 1
        return replace(request, headers={**request.headers, _NUMBER: str(number)})

    def looks_like(self, answer: Any) -> Place | None:
        first = answer[0]
        if not {"advert", "valid_start", "url"} <= first.keys() or "name" not in first["advert"]:
            return None
        place = self.at(first["url"])
        return Place(place.token if place is not None else "")


def _code(url: SplitResult) -> str:
    parts = segments(url)
    return parts[2].rstrip("=") if parts[:2] == ["public", "an"] and len(parts) > 2 else ""


def _advert(post: dict[str, Any]) -> Advert:
    advert = post["advert"]
    fields = {field["field_id"]: field.get("value") for field in objects(advert.get("values"))}
    return Advert(
        title=text_of(advert["name"]),
        markup=_markup(fields),
        location=_location(fields.get("geolocation") or _option(post, "job_location")),
        url=text_of(post.get("url")),
        employment_type=text_of(_option(post, "job_type")),
        posted=text_of(post.get("valid_start"))[:10],
        language=text_of(advert.get("language")),
        key=_code(urlsplit(text_of(post.get("url")))) or text_of(post["id"]),
    )


def _option(post: dict[str, Any], name: str) -> Any:
    options = post.get("options")
    return options.get(name) if isinstance(options, dict) else None


def _markup(fields: dict[str, Any]) -> str:
    return "\n".join(filter(None, (headed(heading, fields.get(name)) for name, heading in _PARTS)))


def _location(value: Any) -> str:
    """A place that is an object, an object as text, or plain words."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return ""
    if isinstance(value, dict):
        return joined(value.get("locality"), value.get("region1"), value.get("country"))
    return text_of(value)
