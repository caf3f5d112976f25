"""Oracle Recruiting. Requisitions come inside the one item of a search, and only if they are expanded; that
item's `TotalJobsCount` tells how many there are, `hasMore` does not. Texts are at another resource, in parts,
under the site's number. A site may have a name of its own in addresses: then its page tells the number. Own
domains are a proxy before the pod, whose host the page names. Companies are rarely named.

Source: Oracle's REST reference, resources recruitingCEJobRequisitions and recruitingCEJobRequisitionDetails,
docs.oracle.com/en/cloud/saas/human-resources/farws. The finder's variables are unverified (k), and so is what
a site's page calls its number.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from scraping.advert import Advert, places
from scraping.board import Board, Place, board, each, headed, objects, segments, text_of, with_company
from scraping.http import Request, Response, form_of
from scraping.page import Page

_PAGE = 25
_HOST = re.compile(r"(?<![a-z0-9.-])(?:[a-z0-9-]{1,63}\.){1,8}oraclecloud\d{0,2}\.(?:com|eu)")
_NUMBER = re.compile(r"CX(?:_\d+)?")
_NUMBER_ON_PAGE = re.compile(r"\bsiteNumber[\"']?\s*[:=]\s*[\"'](CX(?:_\d+)?)[\"']", re.IGNORECASE)
_PARTS = (
    ("", "ExternalDescriptionStr"),
    ("Responsibilities", "ExternalResponsibilitiesStr"),
    ("Qualifications", "ExternalQualificationsStr"),
    ("About us", "CorporateDescriptionStr"),
    ("About the organization", "OrganizationDescriptionStr"),
)


@board("Oracle Recruiting", hosts=(".oraclecloud.com", ".oraclecloud.eu"))
class Oracle(Board):
    """A site of a pod at `/hcmUI/CandidateExperience/{language}/sites/{site}`, or a posting on it."""

    marks = ("oraclecloud",)

    def serves(self, host: str) -> bool:
        return _HOST.fullmatch(host) is not None  # also the numbered domains, such as oraclecloud8.com

    def recognise(self, url: SplitResult) -> Place | None:
        host, parts = (url.hostname or "").lower(), segments(url)
        if parts[:1] == ["hcmRestApi"]:
            finder = ";".join(parse_qs(url.query, separator="&").get("finder", []))
            site = re.search(r"siteNumber=([\w-]+)", finder)
            posting = re.search(r"\bId=\"?(\w+)", finder)
            return Place(site[1], posting[1] if posting else "", host=host) if site else None
        if parts[:2] != ["hcmUI", "CandidateExperience"] or "sites" not in parts[:-1]:
            return None
        at = parts.index("sites")
        return Place(parts[at + 1], _posting_in(parts), host=host)

    def request(self, place: Place) -> Request:
        if _NUMBER.fullmatch(place.token):
            return _asking(place, place.token)
        return Request(_public(place, place.token), page=True)

    def decode(self, response: Response) -> Any:
        """The API's answer; of a site's page, only the number that it tells."""
        if form_of(response) != "html":
            return super().decode(response)
        told = _NUMBER_ON_PAGE.search(html.unescape(Page.of(response).markup))
        return {"number": told[1] if told else ""}

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        if answer.keys() == {"number"}:
            return []
        jobs, site = _jobs(answer), place.token
        if "requisitionList" in (answer.get("items") or [{}])[0]:
            site = text_of(answer["items"][0].get("SiteNumber")) or site
        # "CX_1001" names no company; a site's own name often does.
        name = "" if _NUMBER.fullmatch(place.token) else place.token
        return with_company(each(jobs, lambda job: _advert(job, place, site)), name)

    def following(self, answer: Any, place: Place, request: Request, read: int) -> Request | None:
        del read
        if answer.keys() == {"number"}:
            return _asking(place, answer["number"] or place.token)
        if place.posting:
            return None
        item, asked = answer["items"][0], re.search(r"siteNumber=([\w-]+),.*offset=(\d+)", request.url)
        end = int(asked[2]) + _PAGE if asked else 0
        total = item.get("TotalJobsCount")
        more = end < total if isinstance(total, int) else len(_jobs(answer)) == _PAGE
        return _asking(place, asked[1], end) if asked and more else None

    def detail(self, advert: Advert, place: Place) -> Request | None:
        at = self.at(advert.url)
        site = at.token if at else place.token
        return _asking(replace(place, posting=advert.key), site)

    def described(self, answer: Any, advert: Advert, place: Place) -> Advert:
        del place
        job = _jobs(answer)[0]
        return replace(
            advert,
            markup=_markup(job),
            company=advert.company or text_of(job.get("LegalEmployer")),
            company_source=advert.company_source or ("published" if job.get("LegalEmployer") else ""),
            employment_type=advert.employment_type or text_of(job.get("JobSchedule")),
            department=advert.department or text_of(job.get("Category")),
        )

    def traces(self, page: Page) -> Iterator[Place]:
        yield from super().traces(page)
        parts = segments(urlsplit(page.url))
        told = _NUMBER_ON_PAGE.search(html.unescape(page.markup)) if "sites" in parts else None
        host = next((m[0] for m in _HOST.finditer(page.markup) if ".fa." in m[0]), "") if told else ""
        if told and host:
            yield Place(told[1], _posting_in(parts), host=host)

    def looks_like(self, answer: Any) -> Place | None:
        if "requisitionList" in (answer.get("items") or [{}])[0]:
            return Place(text_of(answer["items"][0].get("SiteNumber")))
        job = _jobs(answer)[0]
        listed = {"Id", "Title", "PrimaryLocation"} <= job.keys() and job.keys() & {
            "secondaryLocations",
            "PostedDate",
            "ShortDescriptionStr",
        }
        detailed = {"Id", "Title", "ExternalDescriptionStr"} <= job.keys()
        return Place("", text_of(job["Id"]) if detailed else "") if listed or detailed else None


def _posting_in(parts: list[str]) -> str:
    """The posting in a path: `…/sites/{site}/job/{id}`, also `…/requisitions/preview/{id}`."""
    for before in ("job", "preview"):
        if before in parts[:-1]:
            return parts[parts.index(before) + 1]
    return ""


def _asking(place: Place, site: str, offset: int = 0) -> Request:
    """The search of a site, or one posting of it."""
    api, site = f"https://{place.host}/hcmRestApi/resources/latest", quote(site, safe="")
    if place.posting:
        finder = f"ById;Id=%22{quote(place.posting, safe='')}%22,siteNumber={site}"
        return Request(f"{api}/recruitingCEJobRequisitionDetails?onlyData=true&expand=all&finder={finder}")
    finder = f"findReqs;siteNumber={site},limit={_PAGE},offset={offset},sortBy=POSTING_DATES_DESC"
    expand = "requisitionList.secondaryLocations"
    return Request(f"{api}/recruitingCEJobRequisitions?onlyData=true&expand={expand}&finder={finder}")


def _public(place: Place, site: str) -> str:
    return f"https://{place.host}/hcmUI/CandidateExperience/en/sites/{quote(site, safe='')}"


def _jobs(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The requisitions of a search, of a list of details, or of one bare detail."""
    if "items" not in answer:
        return [answer]
    items = objects(answer["items"])
    if items and "requisitionList" in items[0]:
        return [job for item in items for job in item["requisitionList"] or []]
    return items


def _advert(job: dict[str, Any], place: Place, site: str) -> Advert:
    identifier = text_of(job["Id"])
    return Advert(
        title=text_of(job["Title"]),
        markup=_markup(job),
        company=text_of(job.get("LegalEmployer")),
        location=_location(job),
        url=f"{_public(place, site)}/job/{quote(identifier, safe='')}" if place.host else "",
        department=text_of(job.get("Category")) or text_of(job.get("JobFamily")),
        employment_type=text_of(job.get("JobSchedule")),
        posted=text_of(job.get("PostedDate")) or text_of(job.get("ExternalPostedStartDate")),
        language=text_of(job.get("Language")),
        key=identifier,
    )


def _markup(job: dict[str, Any]) -> str:
    return "\n".join(filter(None, (headed(heading, job.get(name)) for heading, name in _PARTS)))


def _location(job: dict[str, Any]) -> str:
    others = [text_of(other.get("Name")) for other in objects(job.get("secondaryLocations"))]
    remote = text_of(job.get("WorkplaceType")).lower() in ("remote", "fully remote")
    return places([text_of(job.get("PrimaryLocation")), *others], remote=remote)
