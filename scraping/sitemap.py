"""A sitemap of postings: addresses only, with a title as far as the address spells one.

Source: the sitemaps.org protocol 0.9.
"""

import re
from urllib.parse import unquote, urlsplit

from lxml import etree

from scraping.advert import Advert
from scraping.job_words import is_job_title
from scraping.xml import all_named, name_of, text_of

_POSTING = re.compile(
    r"/(?:jobs?|careers?|positions?|openings?|vacanc(?:y|ies)|postings?|stellen\w*|karriere|offres?|emplois?"
    r"|ofertas?|empleos?|vacatures?|praca|nabidka)/(?P<rest>[^?#]+)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(?:\d[\d-]*|[a-z]?\d{4,}\w*|[0-9a-f-]{16,}|[a-z]{2}(?:-[a-z]{2})?|en|job|apply)$", re.IGNORECASE
)
_MOST = 200


def listed_postings(root: etree._Element) -> list[Advert]:
    """The postings that a sitemap lists; titles are tidied slugs until their pages are read."""
    if name_of(root) != "urlset":
        return []
    adverts = []
    for node in all_named(root, "url"):
        address = text_of(node, "loc")
        match = _POSTING.search(urlsplit(address).path) if address.startswith("http") else None
        title = _title(match["rest"]) if match else ""
        if title:
            adverts.append(Advert(title=title, url=address, posted=text_of(node, "lastmod")))
        if len(adverts) == _MOST:
            break
    return adverts


def _title(path: str) -> str:
    """The longest part of a path that reads like a title: "senior-cook-4711" gives "Senior cook"."""
    best = ""
    for part in unquote(path).removesuffix(".html").split("/"):
        words = [word for word in re.split(r"[-_+ ]+", part) if word and not _NOISE.match(word)]
        text = " ".join(words)
        if len(text) > len(best):
            best = text
    return best[:1].upper() + best[1:] if is_job_title(best) else ""
