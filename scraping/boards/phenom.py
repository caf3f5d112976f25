"""Phenom. It serves the employers' own domains only. What a page shows is `phApp.ddo` in a script: the first
ten openings of a search, or one opening. A list's `descriptionTeaser` is written for the list and is no part
of the posting, so it counts for no text. A posting's path begins with the country and language of its locale.

Source: Phenom publishes no interface for this; the data that its public career sites render from.
"""

import re
from typing import Any
from urllib.parse import quote

from scraping.advert import Advert
from scraping.board import Board, Place, board, each, headed, joined, objects, text_of
from scraping.company import tidy_token
from scraping.javascript import assigned_in
from scraping.names import company_of
from scraping.page import Page

_DATA = re.compile(r"\bphApp\.ddo\s*=\s*(?=\{)")
_PARTS = (
    ("", ("description", "jobDescription")),
    ("Responsibilities", ("jobResponsibilities", "responsibilities")),
    ("Qualifications", ("jobQualifications", "qualifications", "requirements")),
    ("Benefits", ("benefits", "jobBenefits")),
)


_SEARCHES = ("eagerLoadRefineSearch", "refineSearch")


@board("Phenom")
class Phenom(Board):
    """The openings that a career site rendered by Phenom holds in its script."""

    marks = ("phenom", "phapp")

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        return each(_jobs(answer), lambda job: _advert(job, place.host))

    def on_page(self, page: Page) -> list[Advert]:
        jobs = _jobs(assigned_in(page.scripts, _DATA))
        company = company_of(page, "", [text_of(job.get("descriptionTeaser")) for job in objects(jobs)])
        return each(jobs, lambda job: _advert(job, page.host, company, page.language))

    def has_more(self, page: Page) -> bool:
        data = assigned_in(page.scripts, _DATA)
        total = next((data[name].get("totalHits") for name in _SEARCHES if name in data), None)
        return isinstance(total, int) and total > len(_jobs(data))

    def looks_like(self, answer: Any) -> Place | None:
        first = _jobs(answer)[0]
        return Place("") if {"title", "jobSeqNo"} <= first.keys() else None


def _jobs(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The one opening that a page is about, else those of its search.

    Raises:
        LookupError: when the data is about anything else.
    """
    one = ((data.get("jobDetail") or {}).get("data") or {}).get("job")
    if one:
        return [one]
    for search in _SEARCHES:
        if search in data:
            return list(data[search]["data"]["jobs"])
    raise LookupError("neither an opening nor a search")


def _advert(job: dict[str, Any], host: str, company: str = "", language: str = "") -> Advert:
    named = text_of(job.get("companyName")) or company
    return Advert(
        title=text_of(job["title"]),
        markup="\n".join(filter(None, (headed(title, _first(job, names)) for title, names in _PARTS))),
        company=named or tidy_token(_label_of(host)),
        company_source="published" if named else "address",
        location=_location(job),
        url=_url(job, host),
        department=text_of(job.get("department")) or text_of(job.get("category")),
        employment_type=text_of(job.get("type")),
        posted=text_of(job.get("postedDate")),
        language=text_of(job.get("locale"))[:2].lower() or language,
        key=text_of(job.get("jobSeqNo")) or text_of(job.get("jobId")),
    )


def _label_of(host: str) -> str:
    """The label of an employer's own domain that names it: "acme" of "careers.acme.com.au"."""
    labels = host.split(".")
    at = -3 if len(labels) > 3 and labels[-2] in ("com", "co", "net", "org") else -2
    return labels[at] if len(labels) > 1 else ""


def _first(job: dict[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, (text_of(job.get(name)) for name in names)), "")


def _location(job: dict[str, Any]) -> str:
    every = job.get("multi_location")
    several = [text_of(place) for place in every] if isinstance(every, list) else []
    own = text_of(job.get("location")) or text_of(job.get("cityStateCountry"))
    return "; ".join(filter(None, several)) or own or joined(job.get("city"), job.get("country"))


def _url(job: dict[str, Any], host: str) -> str:
    """A posting's page: "en_US" is below `/us/en/`, "en_GLOBAL" below `/global/en/`."""
    locale = re.fullmatch(r"([a-z]{2})_([a-z]{2,8})", text_of(job.get("locale")).lower())
    number = text_of(job.get("jobSeqNo")) or text_of(job.get("jobId"))
    if not host or locale is None or not number:
        return ""
    title = re.sub(r"[^A-Za-z0-9]+", "-", text_of(job["title"])).strip("-")
    return f"https://{host}/{locale[2]}/{locale[1]}/job/{quote(number, safe='')}/{title}"
