"""A list of openings on a page without job data: repeated cards whose headings or links are job titles.

The share of a group that reads like job titles decides on the whole group, so that an odd title is kept among
plain ones, and a menu, a category or a product list is not taken for jobs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile, zip_longest
from urllib.parse import urlsplit

from scraping.advert import Advert, distinct, is_speculative
from scraping.headings import section_of
from scraping.job_words import is_job_title, is_marked
from scraping.names import company_of, split_place
from scraping.page import Page
from scraping.places import looks_like_place, place_in
from scraping.single import PLACE_LABEL, place_of
from scraping.visible import Block
from scraping.wording import any_of

MOST_LISTED = 200
_LEAST_SHARE = 0.5
_OPENINGS = re.compile(any_of("openings-words"), re.IGNORECASE)
_JOB_ADDRESS = re.compile(
    r"/(?:jobs?|careers?|positions?|openings?|vacanc(?:y|ies)|postings?|roles?|hiring|stellen\w*|karriere|offres?|emplois?|empleos?|vacatures?|rpd|praca|o)[/_-]"
    r"|job[-_]?(?:opening|id|details?)|[?&](?:job|req|gh_jid|jobid|position)\w*=|\.pdf$",
    re.IGNORECASE,
)
_NOT_A_JOB_ADDRESS = re.compile(
    r"/(?:blog|news|press|product|solutions?|services|case-stud|customers?|events?|category|tag|author|about|team|people|privacy|legal|training|course)s?(?:/|$)"
    r"|linkedin\.com/(?:in|company)|twitter\.com|x\.com/|facebook\.com|instagram\.com|youtube\.com|maps\.|google\.",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\{[{%$]|[$%]\}|\[\[|lorem ipsum", re.IGNORECASE)
_TYPE = re.compile(
    r"^(?:full[- ]?time|part[- ]?time|contract(?:or)?|internship|temporary|permanent|freelance|vollzeit"
    r"|teilzeit|cdi|cdd|jornada completa|fulltime|plný úvazek)\b",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"^(?:apply|view|see|read|learn|details|more|open|show|bewerben|mehr|jetzt|voir|postuler|ver|zobrazit|download)\b.{0,30}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Card:
    """A title, the index of its block, the address its card leads to, and what else stands in the block."""

    index: int
    title: str
    href: str
    rest: str = ""


def openings_on(page: Page) -> list[Advert]:
    """The openings that a page lists, in order, at most two hundred; empty where it lists none for sure."""
    blocks = [
        block
        for block in page.seen.blocks
        if block.text and not block.is_furniture and not _PLACEHOLDER.search(block.text)
    ]
    cards = _cards(blocks, page)
    company = company_of(page)
    adverts = [
        _advert(card, blocks, following.index if following else None, page, company)
        for card, following in zip_longest(cards, cards[1:])
    ]
    return distinct(_with_places_above(adverts, cards, blocks))[:MOST_LISTED]


def _with_places_above(
    adverts: Sequence[Advert], cards: Sequence[_Card], blocks: Sequence[Block]
) -> Sequence[Advert]:
    """Some cards name the place over the title; then the first one does, and most of the others."""
    above = [place_of(blocks[card.index - 1]) if card.index else "" for card in cards]
    if not above or not above[0] or sum(map(bool, above)) * 2 < len(above):
        return adverts
    return [
        replace(advert, location=place)
        if place and (not advert.location or index + 1 < len(above))
        else advert
        for index, (advert, place) in enumerate(zip(adverts, above, strict=True))
    ]


def _cards(blocks: Sequence[Block], page: Page) -> list[_Card]:
    groups: dict[str, list[_Card]] = {}
    for index, block in enumerate(blocks):
        title, linked = block.opening_link if block.opening_link[1] else (block.text, block.href)
        if len(title) > 160 or block.tag in ("button", "label", "th") or "form" in block.regions:
            continue
        href = page.absolute(linked)
        if href and _NOT_A_JOB_ADDRESS.search(href) and not _JOB_ADDRESS.search(href):
            continue
        groups.setdefault(f"{block.tag}|{block.level}|{bool(href)}|{block.path}", []).append(
            _Card(index, title, href, block.text.removeprefix(title) if title != block.text else "")
        )
    taken = [
        card
        for group in groups.values()
        if _is_of_jobs(group, blocks)
        for card in _headed(group, blocks)
        if _fits(card, group)
    ]
    return sorted(_without_echoes(taken), key=lambda card: card.index)


def _is_of_jobs(group: Sequence[_Card], blocks: Sequence[Block]) -> bool:
    titles = {card.title for card in group}
    share = sum(is_job_title(title) for title in titles) / len(titles)
    if share < _LEAST_SHARE:
        return False
    linked = sum(bool(card.href and _JOB_ADDRESS.search(card.href)) for card in group) >= len(group) / 2
    block = blocks[group[0].index]
    if linked or any(is_marked(title) for title in titles):
        return True
    if not _under_openings(group[0].index, blocks):
        return False
    if block.tag == "li" and share == 1 and len(titles) > 1:
        return True
    facts = sum(_has_facts(card.index, blocks) for card in group) >= len(group) / 2
    return bool(facts or block.level or (group[0].href and len(titles) > 1))


def _headed(group: Sequence[_Card], blocks: Sequence[Block]) -> Sequence[_Card]:
    """The headings right above the members of a group, where each has one: those are the titles."""
    if any(blocks[card.index].level or card.href for card in group):
        return group
    above = [(card, blocks[card.index - 1]) for card in group if card.index]
    if len(above) < len(group) or len({(b.level, b.path) for _, b in above}) != 1 or not above[0][1].level:
        return group
    if any(section_of(b.text) is not None and not is_job_title(b.text) for _, b in above):
        return group
    return [_Card(card.index - 1, b.text, card.href) for card, b in above]


def _under_openings(index: int, blocks: Sequence[Block]) -> bool:
    """Whether a heading or short line before a block announces openings."""
    return any(
        len(b.text) <= 80 and _OPENINGS.search(b.text) for b in blocks[:index] if b.level or len(b.text) <= 40
    )


def _has_facts(index: int, blocks: Sequence[Block]) -> bool:
    """Whether a place or a kind of employment stands close below a title."""
    below = blocks[index + 1 : index + 5]
    return any(len(b.text) <= 60 and (looks_like_place(b.text) or _TYPE.match(b.text)) for b in below)


def _fits(card: _Card, group: Sequence[_Card]) -> bool:
    """Whether a member of a group of jobs is a job itself; an odd title passes among plain ones."""
    if is_job_title(card.title) or is_speculative(card.title):
        return True
    if section_of(card.title) is not None and not card.href:
        return False
    short = 2 <= len(card.title) <= 100 and not _ACTION.match(card.title) and not _TYPE.match(card.title)
    return (
        short
        and not looks_like_place(card.title)
        and len(group) > 1
        and not card.title.endswith((".", "?", ":"))
    )


def _without_echoes(cards: Sequence[_Card]) -> list[_Card]:
    """One card an address: pages link a title, its picture and its button to the same posting."""
    kept: dict[str, _Card] = {}
    loose: list[_Card] = []
    for card in sorted(cards, key=lambda c: (not is_job_title(c.title), c.index)):
        if card.href:
            kept.setdefault(card.href, card)
        else:
            loose.append(card)
    titles = {card.title.casefold() for card in kept.values()}
    return [*kept.values(), *(card for card in loose if card.title.casefold() not in titles)]


def _advert(card: _Card, blocks: Sequence[Block], end: int | None, page: Page, company: str) -> Advert:
    own = blocks[card.index + 1 : end if end is not None else card.index + 40]
    title, place = split_place(re.sub(r"\.pdf$", "", card.title.strip(" •-–"), flags=re.IGNORECASE))
    href = card.href or next(
        (page.absolute(b.href) for b in own[:12] if b.href and _ACTION.match(b.text)), ""
    )
    if not place:
        place = place_in([card.rest.strip(" ,|–—-·()")]) or _place_below(own[:6])
    return Advert(
        title=title,
        blocks=tuple(_description(own)),
        company=_employer(own) or company,
        company_source="published",
        location=place,
        url=href or page.url,
        employment_type=next((b.text for b in own[:6] if len(b.text) <= 30 and _TYPE.match(b.text)), ""),
        language=page.language,
    )


_LEGAL_FORM = re.compile(
    r"(?:,? (?:s\.\s?r\.\s?o\.|a\.\s?s\.|spol\. s r\.\s?o\.|GmbH(?: & Co\. KG)?|AG|SE|KG|Inc\.?|LLC"
    r"|Ltd\.?|PLC|B\.?V\.?|N\.?V\.?|S\.?A\.?|S\.?L\.?|S\.?p\.?A\.?"
    r"|Sp\. z o\.\s?o\.|Oy|AB|A/S|ApS|Pty))$"
)


def _employer(own: Sequence[Block]) -> str:
    """The company that a card itself names, as lists of several employers do, told by its legal form."""
    return next((b.text for b in own[:6] if len(b.text) <= 80 and _LEGAL_FORM.search(b.text)), "")


def _place_below(own: Sequence[Block]) -> str:
    """The places among the short texts below a title, up to the first long one or the next heading."""
    found: list[str] = []
    for block in takewhile(lambda b: not b.level, own):
        if len(block.text) > 120 or len(block.text.split()) > 14:
            break
        label = PLACE_LABEL.match(block.text) if ":" in block.text else None
        place = label["place"].strip() if label is not None else place_of(block)
        if place:
            found.append(place)
        elif found:
            break
    return "; ".join(dict.fromkeys(found))


def _description(own: Sequence[Block]) -> list[Block]:
    """What the list itself says of an opening, where that is more than a place and a button."""
    kept = [
        b
        for b in own
        if b.tag not in ("button", "label") and "form" not in b.regions and not _ACTION.match(b.text)
    ]
    words = sum(len(b.text.split()) for b in kept)
    says = any(section_of(b.text) is not None for b in kept if b.level or b.bold)
    return kept if says and words >= 20 else []


def is_same_site(address: str, page: Page) -> bool:
    """Whether an address is on the page's own site, a sub-domain included."""
    own, other = (_site(urlsplit(url).hostname or "") for url in (page.url, address))
    return own == other


def _site(host: str) -> str:
    labels = host.removeprefix("www.").split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
    return ".".join(labels[-3:] if short else labels[-2:])
