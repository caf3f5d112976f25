"""JazzHR. A board is one page without paging; `/apply/jobs` is the plain list that every account has, while
`/apply` is laid out by the employer. The same code names a posting in `/apply/{code}/{title}` and in
`/apply/jobs/details/{code}`; the latter has JSON-LD with the text, the list has none.

Source: JazzHR's help on career pages, help.jazzhr.com; its documented interface needs a key and is not used.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import SplitResult, quote

from selectolax.lexbor import LexborNode

from scraping.advert import Advert
from scraping.board import Board, Place, board, label_of, segments
from scraping.company import company_in
from scraping.http import Request
from scraping.markup import row_of, text_of
from scraping.page import Page

_WIDGETS = "app.jazz.co"
_CODE = re.compile(r"[A-Za-z0-9]{8,14}")
_LINK = re.compile(rf"\.applytojob\.com/apply/(?:jobs/details/)?({_CODE.pattern})(?:[/?#]|$)")
_MARKER = "[class*='resumator'], [class*='jazz'], [id*='resumator'], #jobs_table, .job-board-list"


@board("JazzHR", hosts=(".applytojob.com", _WIDGETS))
class JazzHR(Board):
    """A company's board, or one posting, plain or as laid out by the employer; or the widget's script."""

    answers = "page"

    def recognise(self, url: SplitResult) -> Place | None:
        company, parts = label_of(url, ".applytojob.com"), segments(url)
        if (url.hostname or "").lower() == _WIDGETS:
            return Place(parts[3]) if parts[:3] == ["widgets", "basic", "create"] and len(parts) > 3 else None
        if not company or parts[:1] not in ([], ["apply"]):
            return None
        parts = parts[3:] if parts[1:3] == ["jobs", "details"] else parts[1:]
        return Place(company, parts[0] if parts and _CODE.fullmatch(parts[0]) else "")

    def request(self, place: Place) -> Request:
        jobs = f"https://{place.token}.applytojob.com/apply/jobs"
        return Request(
            f"{jobs}/details/{quote(place.posting, safe='')}" if place.posting else jobs, page=True
        )

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        links = [(link, code) for link in answer.tree.css("a[href]") if (code := _code_of(link, answer))]
        if not links and answer.tree.css_first(_MARKER) is None and "jazzhr" not in answer.lower:
            raise ValueError("no board of JazzHR")
        company, spelt = company_in(place.token, (answer.title, answer.seen.text))
        adverts = (_advert(link, code, answer, company, spelt) for link, code in links)
        return _first_of_each(advert for advert in adverts if advert.title)

    def detail(self, advert: Advert, place: Place) -> Request | None:
        return self.request(Place(place.token, advert.key))


def _code_of(link: LexborNode, page: Page) -> str:
    match = _LINK.search(page.absolute(link.attributes.get("href") or ""))
    return match[1] if match else ""


def _advert(link: LexborNode, code: str, page: Page, company: str, spelt: bool) -> Advert:
    place, team = _facts(row_of(link))
    return Advert(
        title=text_of(link),
        company=company,
        company_source="published" if spelt else "address",
        location=place,
        url=page.absolute(link.attributes.get("href") or "").partition("?")[0],
        department=team,
        key=code,
    )


def _facts(row: LexborNode) -> tuple[str, str]:
    """Place and team of a row: beside their icons, or in the table's cells and under the link."""
    place = row.css_first(".fa-map-marker, .fa-map-marker-alt, .fa-location-dot")
    team = row.css_first(".fa-sitemap, .resumator_department")
    if place is not None:
        return text_of(place.parent), text_of(team.parent if team is not None else None)
    cells = [cell for cell in row.css("td") if cell.css_first("a") is None]
    return text_of(cells[0] if cells else None), text_of(team)


def _first_of_each(adverts: Iterable[Advert]) -> list[Advert]:
    """A row may link to its posting twice, by its title and by a button; the title comes first."""
    found: dict[str, Advert] = {}
    for advert in adverts:
        found.setdefault(advert.key, advert)
    return list(found.values())
