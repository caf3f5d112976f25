"""Y Combinator. A company's jobs are in the `data-page` attribute that its page renders from; the list has no
texts, they are on each job's page. A posting is named by the last part of its address, "{id}-{title}".

Source: Y Combinator publishes no interface for this; the Inertia protocol of its pages, inertiajs.com.
"""

import json
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from scraping.advert import Advert
from scraping.board import (
    NOT_ITS_ANSWER,
    Board,
    BoardAnswer,
    Place,
    board,
    each,
    named,
    segments,
    text_of,
    with_company,
)
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
        company = named(props.get("company"))
        return with_company(each(props["jobPostings"], lambda job: _advert(job, company)), place.token)

    def looks_like(self, answer: Any) -> Place | None:
        first = answer["props"]["jobPostings"][0]
        place = self.at(urljoin(_SITE, first["url"]))
        return Place(place.token) if place is not None else None


def _rendered_from(page: Page) -> Any:
    node = page.tree.css_first("[data-page]")
    if node is None:
        raise ValueError("no page of theirs")
    return json.loads(node.attributes["data-page"] or "", strict=False)


def _advert(job: dict[str, Any], company: str) -> Advert | None:
    if job.get("state") in _NOT_OPEN:
        return None
    return Advert(
        title=text_of(job["title"]),
        markup=text_of(job.get("descriptionHtml")) or text_of(job.get("description")),
        company=text_of(job.get("companyName")) or company,
        location=text_of(job.get("location")),
        url=urljoin(_SITE, text_of(job.get("url"))),
        department=text_of(job.get("prettyRole")) or text_of(job.get("role")),
        employment_type=text_of(job.get("type")),
        key=_name_of(job),
    )


def _name_of(job: dict[str, Any]) -> str:
    parts = segments(urlsplit(text_of(job.get("url"))))
    return parts[-1] if parts else text_of(job["id"])
