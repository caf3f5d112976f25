"""Pinpoint. The text is in four parts, three of them under headings that the employer may rename; the
department stands beside the job or inside it; `deadline_at` is no posting date; no company name. Careers
sites are often on the employer's own domain and answer there too.

Source: the job postings endpoint and the jobs widget, developers.pinpointhq.com/docs/jobs-widget-overview.
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
    label_of,
    named,
    segments,
    text_of,
    with_company,
    without_language,
)
from scraping.http import Request
from scraping.page import Page
from scraping.structured import job_data

_OWN = ".pinpointhq.com"
_NO_BOARDS = ("developers", "assets", "cdn", "status")
_PARTS = (
    ("key_responsibilities", "Key responsibilities"),
    ("skills_knowledge_expertise", "Skills, knowledge and expertise"),
    ("benefits", "Benefits"),
)
_WIDGET = re.compile(r"\bdata-pinpoint-subdomain\s*=\s*[\"']([a-z0-9-]+)[\"']", re.IGNORECASE)
_NO_NAMES = ("www", "careers", "career", "jobs", "job", "work", "join", "apply", "com", "co", "org")


@board("Pinpoint", hosts=(_OWN,))
class Pinpoint(Board):
    """A careers site, one posting of it (also its application form), or its list as JSON."""

    marks = ("pinpoint",)

    def recognise(self, url: SplitResult) -> Place | None:
        token, parts = label_of(url, _OWN), without_language(segments(url))
        # Pages below /jobs/{number} name a job by a number that the list does not have.
        if not token or token in _NO_BOARDS or (parts[:1] == ["jobs"] and len(parts) > 1):
            return None
        return Place(token, _posting(url))

    def request(self, place: Place) -> Request:
        return Request(f"https://{place.host or place.token + _OWN}/postings.json")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        data = answer["data"]
        postings = data if isinstance(data, list) else [data]
        host = place.host or (place.token + _OWN if place.token else "")
        return with_company(
            each(postings, lambda posting: _advert(posting, host)), place.token or _label(place.host)
        )

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        for token in _WIDGET.findall(page.markup):
            place = self.at(f"https://{token}{_OWN}/")
            if place is not None:
                yield place
        if _OWN[1:] in page.markup:
            yield from _places_on_own_domain(page)

    def looks_like(self, answer: Any) -> Place | None:
        data = answer["data"]
        first = data[0] if isinstance(data, list) else data
        if not {"title", "key_responsibilities", "skills_knowledge_expertise"} <= first.keys():
            return None
        address = text_of(first.get("url"))
        place = self.at(address)
        return Place(place.token) if place is not None else Place("", host=urlsplit(address).hostname or "")


def _posting(url: SplitResult) -> str:
    """The id in a posting's address: /postings/{id}, after a language."""
    parts = without_language(segments(url))
    return parts[1] if len(parts) > 1 and parts[0] == "postings" else ""


def _places_on_own_domain(page: Page) -> Iterator[Place]:
    """The site a page belongs to, once for each of its addresses that is a posting's."""
    addresses = map(urlsplit, [page.url, *page.addresses])
    own = [url for url in addresses if url.hostname == page.host and _posting(url)]
    # A page that describes its posting itself is read as it stands.
    posting = _posting(urlsplit(page.url)) if own and not job_data(page) else ""
    yield from (Place("", posting, host=page.host) for _ in own)


def _advert(posting: dict[str, Any], host: str) -> Advert:
    return Advert(
        title=text_of(posting["title"]),
        markup=_markup(posting),
        location=_location(posting),
        url=_address(posting, host),
        department=named((posting.get("job") or {}).get("department") or posting.get("department")),
        employment_type=_employment_type(posting),
        key=_posting(urlsplit(_address(posting, "own.example"))) or text_of(posting["id"]),
    )


def _address(posting: dict[str, Any], host: str) -> str:
    path = text_of(posting.get("path"))
    return text_of(posting.get("url")) or (f"https://{host}{path}" if host and path.startswith("/") else "")


def _markup(posting: dict[str, Any]) -> str:
    parts = [text_of(posting.get("description"))]
    parts += [
        headed(text_of(posting.get(f"{name}_header")) or heading, posting.get(name))
        for name, heading in _PARTS
    ]
    return "\n".join(filter(None, parts))


def _location(posting: dict[str, Any]) -> str:
    return places([named(posting.get("location"))], remote=posting.get("workplace_type") == "remote")


def _employment_type(posting: dict[str, Any]) -> str:
    code = text_of(posting.get("employment_type")).replace("_", " ").capitalize()
    return text_of(posting.get("employment_type_text")) or code


def _label(host: str) -> str:
    """The label of an employer's own host that names it: "acme" of "careers.acme.co.uk"."""
    labels = [label for label in host.split(".")[:-1] if label not in _NO_NAMES]
    return labels[-1] if labels else ""
