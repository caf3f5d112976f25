"""A sitemap of postings: addresses only, with a title as far as the address spells one.

Source: the sitemaps.org protocol 0.9.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from language.job_words import is_job_title
from scraping.advert import Advert, web_address
from scraping.xml import all_named, name_of, text_of

_POSTING = re.compile(
    r"/(?:jobs?|careers?|positions?|openings?|vacanc(?:y|ies)|postings?|stellen\w*|karriere|offres?|emplois?"
    r"|ofertas?|empleos?|vacatures?|praca|nabidka)/(?P<rest>[^?#]+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d-]*|[a-z]?\d{4,}\w*|[0-9a-f-]{16,}", re.IGNORECASE)
_NO_TITLE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?|jobs?|apply", re.IGNORECASE)
_MOST = 200


def listed_postings(root: etree._Element) -> list[Advert]:
    """The postings that a sitemap lists; titles are tidied slugs until their pages are read."""
    if name_of(root) != "urlset":
        return []
    found = list(islice(_named(root), _MOST))
    jobs = [is_job_title(advert.title) for advert in found]
    # Among numbered postings an odd title is one, too; elsewhere it may be a team or a place.
    alike = sum(jobs) * 2 >= len(jobs)
    return [
        advert
        for advert, is_job in zip(found, jobs, strict=True)
        if is_job or (alike and any(map(_NUMBER.fullmatch, _words(advert.url.rsplit("/", 1)[-1]))))
    ]


def _named(root: etree._Element) -> Iterator[Advert]:
    for node in all_named(root, "url"):
        address = web_address(text_of(node, "loc"))
        match = _POSTING.search(urlsplit(address).path) if address else None
        title = _title(match["rest"]) if match else ""
        if title:
            yield Advert(title=title, url=address, posted=text_of(node, "lastmod"))


def _title(path: str) -> str:
    """The longest part of a path as a title: "senior-cook-4711" gives "Senior cook"."""
    parts = (part for part in unquote(path).removesuffix(".html").split("/") if not _NO_TITLE.fullmatch(part))
    titles = (" ".join(word for word in _words(part) if not _NUMBER.fullmatch(word)) for part in parts)
    best = max(titles, key=len, default="")
    return best[:1].upper() + best[1:]


def _words(slug: str) -> list[str]:
    return [word for word in re.split(r"[-_+ ]+", slug) if word]
