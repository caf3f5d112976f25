"""Data that came instead of a page: a job board's answer told by its shape, a feed, a sitemap, a job list."""

from typing import Any

from lxml import etree

from scraping import boards, problems
from scraping.advert import Advert
from scraping.board import NOT_ITS_ANSWER, BoardAnswer, decode_json
from scraping.embedded import jobs_in
from scraping.feeds import feed_jobs, json_feed_jobs
from scraping.found import Found
from scraping.http import Response, form_of
from scraping.page import Page
from scraping.sitemap import listed_postings
from scraping.structured import postings_in
from scraping.xml import parse_xml

_UNKNOWN = "The address answered with data in which no opening could be made out."


def openings_in(response: Response) -> Found:
    """The openings in JSON or XML; none for the empty list of a known board.

    Raises:
        Unreadable: when the data is none of a job board's, a feed's, or a list of openings.
    """
    form = form_of(response)
    try:
        answer = parse_xml(response.body) if form == "xml" else decode_json(response.body)
    except (ValueError, RecursionError):
        raise problems.not_understood(
            "The address answered with data that is cut off or not well-formed."
        ) from None
    told = boards.recognise_answer(answer, form)
    if told is not None:
        board, place = told
        try:
            return Found(board.parsed(answer, place), f"{board.name} public data", board.name)
        except BoardAnswer:
            pass  # alike, but another's: the general readers come next
    adverts = _from_xml(answer, response.url) if form == "xml" else _from_json(answer, response.url)
    if not adverts:
        raise problems.not_understood(_UNKNOWN)
    return Found(adverts, "published job data")


def _from_xml(root: etree._Element, url: str) -> list[Advert]:
    return feed_jobs(root, url) or listed_postings(root)


def _from_json(answer: Any, url: str) -> list[Advert]:
    if isinstance(answer, dict) and "jsonfeed" in str(answer.get("version")):
        try:
            return json_feed_jobs(answer, url)
        except NOT_ITS_ANSWER:
            return []
    page = Page(url, "")
    return postings_in(answer, page) or jobs_in(answer, page)
