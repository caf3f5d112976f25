"""StartupJobs. A feed of many employers' offers that the site gives to whoever shows them, under any
address, so only its shape tells it. An offer has several cities; "Remote" is one of its kinds of job; a
description can be escaped once more than the others; `lastUpdate` is no posting date.

Source: the feed itself, as startupjobs.cz gives it to its partners.
"""

import html
from typing import Any

from lxml import etree

from scraping.advert import Advert, places
from scraping.board import Board, Place, board
from scraping.structured import description
from scraping.xml import name_of, text_of, texts_of


@board("StartupJobs")
class StartupJobs(Board):
    """A saved or opened feed. No address belongs to it, so nothing is recognised or asked for."""

    answers = "xml"

    def parse(self, answer: Any, place: Place) -> list[Advert]:
        del place
        return [_advert(offer) for offer in _offers(answer)]

    def looks_like(self, answer: Any) -> Place | None:
        first = _offers(answer)[0]
        return Place("") if text_of(first, "position") and text_of(first, "startup") else None


def _offers(root: etree._Element) -> list[etree._Element]:
    if name_of(root) != "offers":
        raise ValueError("not a feed of offers")
    return [node for node in root if name_of(node) == "offer"]


def _advert(offer: etree._Element) -> Advert:
    markup, text = description(text_of(offer, "description"))
    kinds = _below(offer, "jobtypes", "jobtype")
    return Advert(
        title=html.unescape(text_of(offer, "position")),
        markup=markup,
        text=text,
        company=html.unescape(text_of(offer, "startup")),
        company_source="published",
        location=places(_below(offer, "cities", "city"), remote="Remote" in kinds),
        url=text_of(offer, "url"),
        employment_type=", ".join(kind for kind in kinds if kind != "Remote"),
        key=text_of(offer, "id"),
    )


def _below(offer: etree._Element, group: str, name: str) -> list[str]:
    """The texts of the elements of one name inside a group of them."""
    return [html.unescape(text) for node in offer if name_of(node) == group for text in texts_of(node, name)]
