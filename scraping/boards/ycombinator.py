"""Y Combinator. A company's jobs are in the `data-page` attribute that its page renders from; the list has no
texts, they are on each job's page. A posting is named by the last part of its address, "{id}-{title}".

Source: Y Combinator publishes no interface for this; the Inertia protocol of its pages, inertiajs.com.
"""

import json
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from scraping.advert import Advert
from scraping.board import NOT_ITS_ANSWER, Board, BoardAnswer, Place, board, segments, text_of
from scraping.company import company_in
from scraping.http import Request, Response, form_of
from scraping.page import Page

_SITE = "https://www.ycombinator.com"
_NOT_OPEN = ("draft", "hidden", "unlisted", "closed", "archived", "deleted")


@board("Y Combinator", hosts=("www.ycombinator.com", "ycombinator.com"))
class YCombinator(Board):
    """A company's jobs at `/companies/{company}/jobs`, or one of them."""

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if len(parts) < 3 or parts[0] != "companies" or parts[2] != "jobs":
            return None
        return Place(parts[1], parts[3] if len(parts) > 3 else "")

    def request(self, place: Place) -> Request:
        return Request(f"{_SITE}/companies/{quote(place.token, safe='')}/jobs", page=True)

    def decode(self, response: Response) -> Any:
        """What a page renders from."""
        if form_of(response) != "html":
            return super().decode(response)
        try:
            return _rendered_from(Page.of(response))
        except NOT_ITS_ANSWER:
            raise BoardAnswer(response.status) from None

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        props = answer["props"]
        named = text_of((props.get("company") or {}).get("name"))
        guessed, spelt = company_in(place.token, (text_of(job.get("title")) for job in props["jobPostings"]))
        return [
            Advert(
                title=text_of(job["title"]),
                markup=text_of(job.get("descriptionHtml")) or text_of(job.get("description")),
                company=text_of(job.get("companyName")) or named or guessed,
                company_source="published" if job.get("companyName") or named or spelt else "address",
                location=text_of(job.get("location")),
                url=urljoin(_SITE, text_of(job.get("url"))),
                department=text_of(job.get("prettyRole")) or text_of(job.get("role")),
                employment_type=text_of(job.get("type")),
                key=_name_of(job),
            )
            for job in props["jobPostings"]
            if job.get("state") not in _NOT_OPEN
        ]

    def looks_like(self, answer: Any) -> Place | None:
        first = answer["props"]["jobPostings"][0]
        place = self.at(urljoin(_SITE, first["url"]))
        return Place(place.token) if place is not None else None


def _rendered_from(page: Page) -> Any:
    node = page.tree.css_first("[data-page]")
    if node is None:
        raise ValueError("no page of theirs")
    return json.loads(node.attributes["data-page"] or "", strict=False)


def _name_of(job: dict[str, Any]) -> str:
    parts = segments(urlsplit(text_of(job.get("url"))))
    return parts[-1] if parts else text_of(job["id"])
