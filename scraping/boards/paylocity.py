"""Paylocity. A visitor without scripts sees "unsupported browser" only; the list is `window.pageData` in a
script. Internal openings are in it, and places that the employer chose not to show. Its texts are empty: they
are on the postings' own pages, as JSON-LD. The account's number stands behind the company's name. Older
lists are told by a number in place of the guid.

Source: its public recruiting pages. There is a feed, too, at `/recruiting/v2/api/feed/jobs/{guid}`; the page
of the same guid is read instead. What an older list's page holds is unverified (k).
"""

import re
from typing import Any
from urllib.parse import SplitResult, quote

from scraping.advert import Advert
from scraping.board import Board, Place, board, each, is_token, joined, segments, text_of
from scraping.http import Request
from scraping.javascript import assigned_in
from scraping.names import company_of

_SITE = "https://recruiting.paylocity.com/recruiting/jobs"
_DATA = re.compile(r"window\.pageData\s*=\s*(?=\{)")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER = re.compile(r"\s?\[\d+\]\s*$")
_FEED = ["recruiting", "v2", "api", "feed", "jobs"]


@board("Paylocity", hosts=("recruiting.paylocity.com",))
class Paylocity(Board):
    """A list at `/jobs/All/{guid}/{name}` or `/jobs/List/{number}`, a feed, or one at `/jobs/Details/`."""

    answers = "page"

    def recognise(self, url: SplitResult) -> Place | None:
        parts = segments(url)
        if [part.lower() for part in parts[:5]] == _FEED:
            return Place(parts[5].lower()) if len(parts) > 5 and _GUID.fullmatch(parts[5]) else None
        if len(parts) < 4 or [part.lower() for part in parts[:2]] != ["recruiting", "jobs"]:
            return None
        kind, rest = parts[2].lower(), parts[3:]
        name = rest[1] if len(rest) > 1 and is_token(rest[1]) else ""
        if kind == "all" and _GUID.fullmatch(rest[0]):
            return Place(rest[0].lower(), region=name)
        if kind == "list" and rest[0].isdigit():
            return Place(rest[0], region=name)
        if kind in ("details", "apply") and rest[0].isdigit():
            # A posting's address may name the company, its list, or neither.
            return Place(name or rest[0], rest[0])
        return None

    def request(self, place: Place) -> Request:
        if place.posting:
            return Request(f"{_SITE}/Details/{quote(place.posting, safe='')}", page=True)
        name = f"/{quote(place.region, safe='')}" if place.region else ""
        kind = "List" if place.token.isdigit() else "All"
        return Request(f"{_SITE}/{kind}/{quote(place.token, safe='')}{name}", page=True)

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        del place
        jobs, company = assigned_in(answer.scripts, _DATA)["Jobs"], _NUMBER.sub("", company_of(answer))
        return each(jobs, lambda job: _advert(job, company))


def _advert(job: dict[str, Any], company: str) -> Advert | None:
    if job.get("IsInternal"):
        return None
    return Advert(
        title=text_of(job["JobTitle"]),
        company=company,
        company_source="published",
        location=_location(job),
        url=f"{_SITE}/Details/{job['JobId']}",
        department=text_of(job.get("HiringDepartment")),
        posted=text_of(job.get("PublishedDate")),
        key=text_of(job["JobId"]),
    )


def _location(job: dict[str, Any]) -> str:
    """The place by its name, else by its parts; nothing where the employer hides it."""
    where = job.get("JobLocation") or {}
    named = text_of(job.get("LocationName")) or joined(where.get("City"), where.get("State"))
    shown = named if job.get("ShouldDisplayLocation") is not False else ""
    return joined(shown, "Remote" if job.get("IsRemote") is True else "", by="; ")
