"""Traffit. Pages are asked for in headers, not in the address; an advert's parts are a list of fields, and
its place is JSON inside a text; a posting's address ends in a code, often padded with "=". No company name.

Source: "Get job posts published", api.traffit.com.
"""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, urlsplit

from scraping.advert import Advert
from scraping.board import Board, Place, board, headed, joined, label_of, segments, text_of
from scraping.company import company_in
from scraping.http import Request

_OWN = ".traffit.com"
_SIZE, _NUMBER = "X-Request-Page-Size", "X-Request-Current-Page"
_PER_PAGE = 100
_NO_BOARDS = ("knowledge", "status")
_PATHS: tuple[list[str], ...] = ([], ["public", "an"], ["public", "job_posts"])
_PARTS = (
    ("description", ""),
    ("responsibilities", "Responsibilities"),
    ("requirements", "Requirements"),
    ("benefits", "Benefits"),
)


@board("Traffit", hosts=(_OWN,))
class Traffit(Board):
    """A careers site, one advert of it (`/public/an/…`), or the API's own address."""

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
        adverts = [post["advert"] for post in answer]
        fields = [{f["field_id"]: f.get("value") for f in advert.get("values") or []} for advert in adverts]
        markups = [_markup(field) for field in fields]
        company, spelt = company_in(place.token, markups)
        return [
            Advert(
                title=text_of(post["advert"]["name"]),
                markup=markup,
                company=company,
                company_source="published" if spelt else "address",
                location=_location(field.get("geolocation") or _option(post, "job_location")),
                url=text_of(post.get("url")),
                employment_type=text_of(_option(post, "job_type")),
                posted=text_of(post.get("valid_start"))[:10],
                language=text_of(post["advert"].get("language")),
                key=_code(urlsplit(text_of(post.get("url")))) or text_of(post["id"]),
            )
            for post, field, markup in zip(answer, fields, markups, strict=True)
        ]

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
