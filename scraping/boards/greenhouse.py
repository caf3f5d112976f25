"""Greenhouse. `content` is HTML, escaped once more; `updated_at` is no posting date; unknown boards give 404.

Source: the Job Board API documentation, developers.greenhouse.io/job-board.html.
"""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote

from scraping.advert import Advert
from scraping.board import Board, Place, board, each, named, objects, segments, text_of, with_company
from scraping.http import Request
from scraping.page import Page

_API = "https://boards-api.greenhouse.io/v1/boards"  # for boards hosted in the EU, too
_PAGES = (
    "boards.greenhouse.io",
    "job-boards.greenhouse.io",
    "boards.eu.greenhouse.io",
    "job-boards.eu.greenhouse.io",
)
_APIS = ("boards-api.greenhouse.io", "api.greenhouse.io", "boards-api.eu.greenhouse.io")
# In a script, quoted, escaped or minified, or in an attribute of the place where the board will stand.
_TOKEN_ON_PAGE = re.compile(
    r"(?:\b(?:urlToken|boardToken|board_token|greenhouseToken|ghBoardToken)\\?[\"']?\s*:\s*"
    r"|\bdata-(?:board-token|gh-token|greenhouse-token)\s*=\s*)\\?[\"']([A-Za-z0-9_-]{2,60})\\?[\"']"
)


@board("Greenhouse", hosts=(*_PAGES, *_APIS))
class Greenhouse(Board):
    """A board's page, one posting, the embedded board (`embed/job_board?for=`), or the API's own address."""

    marks = ("greenhouse",)

    def recognise(self, url: SplitResult) -> Place | None:
        parts, query = segments(url), parse_qs(url.query)
        if parts[:2] == ["v1", "boards"]:
            parts = parts[2:]
        if parts[:1] == ["embed"]:
            token = (query.get("for") or query.get("b") or [""])[0]
            posting = (query.get("token") or query.get("gh_jid") or [""])[0]
            return Place(token, posting) if token else None
        if not parts or parts[0] in ("api", "v1", "users", "privacy", "robots.txt"):
            return None
        posting = parts[2] if len(parts) > 2 and parts[1] == "jobs" and parts[2].isdigit() else ""
        return Place(parts[0], posting or (query.get("gh_jid") or [""])[0])

    def request(self, place: Place) -> Request:
        jobs = f"{_API}/{quote(place.token, safe='')}/jobs"
        one = f"{jobs}/{quote(place.posting, safe='')}"
        return Request(one if place.posting else f"{jobs}?content=true")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return with_company(each(_jobs(answer), _advert), place.token)

    def looks_like(self, answer: Any) -> Place | None:
        jobs = _jobs(answer)
        if not jobs:
            return Place("") if "total" in (answer.get("meta") or {}) else None
        first = jobs[0]
        # Gem's answers are modelled on these, but have the text in plain words as well.
        if not {"absolute_url", "title", "location", "id"} <= first.keys() or "content_plain" in first:
            return None
        place = self.at(text_of(first["absolute_url"]))
        # On a company's own domain the token cannot be told; no name is made of nothing.
        return Place(place.token if place else "", text_of(first["id"]) if jobs == [answer] else "")

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        if "greenhouse" in page.lower:
            yield from map(Place, _TOKEN_ON_PAGE.findall(html.unescape(page.markup)))


def _jobs(answer: Any) -> list[Any]:
    """The openings of a board, of its departments or offices, or the one that the answer is."""
    if isinstance(answer, dict) and "jobs" in answer:
        return list(answer["jobs"])
    for name in ("departments", "offices"):
        parts = answer.get(name)
        if isinstance(parts, list) and "title" not in answer:
            # An office lists its departments, each with its openings, which others list, too.
            inner = (part.get("departments") or [part] for part in parts)
            return [job for some in inner for part in some for job in part.get("jobs") or []]
    return [answer]


def _advert(job: dict[str, Any]) -> Advert:
    return Advert(
        title=text_of(job["title"]),
        markup=_unescaped(text_of(job.get("content"))),
        company=text_of(job.get("company_name")),
        location=named(job.get("location")),
        url=text_of(job.get("absolute_url")),
        department=next(map(named, objects(job.get("departments"))), ""),
        employment_type=_employment_type(job),
        posted=text_of(job.get("first_published")),
        language=text_of(job.get("language")),
        key=text_of(job["id"]),
    )


def _unescaped(content: str) -> str:
    """A description as HTML; one that has tags already came without the extra escape."""
    return content if "<" in content else html.unescape(content)


def _employment_type(job: dict[str, Any]) -> str:
    """There is no such field, but many boards keep it among their own."""
    for field in objects(job.get("metadata")):
        if "employment type" in text_of(field.get("name")).lower():
            return text_of(field.get("value"))
    return ""
