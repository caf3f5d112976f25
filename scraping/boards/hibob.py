"""HiBob. The careers site's own request is answered only where it names the site, as its referer and in a
header of its own; the text is in four parts, without headings; no company name, and a name in the address may
end in a code.

Source: what a job ad holds, apidocs.hibob.com/reference/job-ads; the address is that of the public site.
"""

import re
from typing import Any
from urllib.parse import SplitResult

from scraping.advert import Advert, places
from scraping.board import (
    Board,
    Place,
    board,
    each,
    headed,
    joined,
    label_of,
    named,
    segments,
    text_of,
    with_company,
    without_language,
)
from scraping.http import Request

_OWN = ".careers.hibob.com"
_CODE = re.compile(r"-(?=[a-z]*\d)[0-9a-f]{6,}$")
_PARTS = (
    ("responsibilities", "Responsibilities"),
    ("requirements", "Requirements"),
    ("benefits", "Benefits"),
)


@board("HiBob", hosts=(_OWN,))
class HiBob(Board):
    """A careers site, or one job of it (also its application form)."""

    def recognise(self, url: SplitResult) -> Place | None:
        token, parts = label_of(url, _OWN), without_language(segments(url))
        posting = parts[1] if len(parts) > 1 and parts[0] in ("jobs", "job") else ""
        return Place(token, posting) if token else None

    def request(self, place: Place) -> Request:
        site = f"https://{place.token}{_OWN}"
        headers = {"Referer": f"{site}/", "companyIdentifier": place.token}
        return Request(f"{site}/api/job-ad", headers=headers)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        adverts = each(answer["jobAdDetails"], lambda job: _advert(job, place))
        return with_company(adverts, _CODE.sub("", place.token))

    def looks_like(self, answer: Any) -> Place | None:
        # The answer does not say whose it is.
        return Place("") if isinstance(answer["jobAdDetails"], list) else None


def _advert(job: dict[str, Any], place: Place) -> Advert:
    return Advert(
        title=text_of(job["title"]),
        markup=_markup(job),
        location=_location(job),
        url=f"https://{place.token}{_OWN}/jobs/{text_of(job['id'])}" if place.token else "",
        department=_name(job.get("department")),
        employment_type=_name(job.get("employmentType")),
        posted=text_of(job.get("publishedAt"))[:10],
        language=text_of(job.get("language")),
        key=text_of(job["id"]),
    )


def _markup(job: dict[str, Any]) -> str:
    parts = [text_of(job.get("description")), *(headed(heading, job.get(name)) for name, heading in _PARTS)]
    return "\n".join(filter(None, parts))


def _location(job: dict[str, Any]) -> str:
    way = _name(job.get("workspaceType")) + _name(job.get("workspaceTypeId"))
    where = joined(_name(job.get("site")), _name(job.get("country")))
    return places([where], remote="remote" in way.lower())


def _name(value: Any) -> str:
    return named(value, "name", "value")
