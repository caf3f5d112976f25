"""A list of openings on a page without job data: repeated cards whose headings or links are job titles.

The share of a group that reads like job titles decides on the whole group, so that an odd title is kept among
plain ones, and a menu, a category, a product list or a row of testimonials is not taken for jobs.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile, zip_longest
from urllib.parse import urlsplit

from language.job_words import is_job_title, is_type
from language.places import looks_like_place, place_in
from scraping.advert import Advert, distinct
from scraping.cards import (
    ACTION,
    Card,
    is_beside_the_point,
    tidy_title,
)
from scraping.groups import cards_of_jobs
from scraping.headings import section_of
from scraping.names import company_of, split_place
from scraping.page import Page
from scraping.single import EMPLOYER_CLASS, FACT_BREAK, PLACE_CLASS, PLACE_LABEL, TITLE_LABEL, place_of
from scraping.tables import Tables
from scraping.visible import Block
from scraping.wording import any_of

MOST_LISTED = 200
_LEAST_SHARE = 0.5
_CAREERS = re.compile(rf"\b(?:{any_of('careers-words')})\b|採用|求人|募集", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[{%$]|[$%]\}|\[\[|lorem ipsum", re.IGNORECASE)
# A notice about the opening above it, not about another one.
_OF_THIS = re.compile(
    r"\b(?:this|these|diese[rs]?|cette|ce|esta|este|aquest[a]?|quest[ao]|deze|dit|tato|toto|ta|ten|esta|denna|denne)\b"
    r"|こちら|本求人|※",
    re.IGNORECASE,
)
_CLOSED = re.compile(any_of("closed"), re.IGNORECASE)
_FILLED = re.compile(any_of("filled"), re.IGNORECASE)
_FILLED_CLASS = re.compile(
    r"\b(?:job|posting|position|vacancy)[-_]+(?:position[-_])?(?:filled|expired|closed)\b"
)
_FARTHEST = 40
_MOST_COLUMNS = 20


def openings_on(page: Page) -> list[Advert]:
    """The openings that a page lists, in order, at most two hundred; empty where it lists none for sure."""
    blocks = [
        block
        for block in page.seen.blocks
        if block.text and not block.is_furniture and not _PLACEHOLDER.search(block.text)
    ]
    tables = Tables(blocks, page)
    cards = _cards(blocks, page, tables)[: 2 * MOST_LISTED]  # some may turn out to be the same
    company = company_of(page)
    employers = _employers(cards, blocks, page)
    owns = [blocks[card.index + 1 : end] for card, end in zip(cards, _ends(cards, blocks), strict=True)]
    adverts = [
        _advert(card, own, blocks, tables, page, employers.get(card.index) or company)
        for card, own in zip(cards, owns, strict=True)
    ]
    placed = _with_places_above(_with_places_alike(adverts, cards, owns), cards, blocks)
    placed = _with_city_headings(placed, cards, blocks)
    known = zip(placed, cards, owns, strict=True)
    return distinct(advert for advert, card, own in known if not _is_gone(card, own, blocks, tables))[
        :MOST_LISTED
    ]


def is_careers_page(page: Page) -> bool:
    """Whether a page calls itself one of jobs: in its title, its address or a heading."""
    heads = (b.text for b in page.seen.blocks if b.level and not b.is_furniture and len(b.text) < 80)
    path = urlsplit(page.url).path.replace("-", " ").replace("/", " ").replace("_", " ")
    return any(_CAREERS.search(text) for text in (page.title, path, *heads))


# --- which texts are openings --------------------------------------------------------------------------


def _cards(blocks: Sequence[Block], page: Page, tables: Tables) -> list[Card]:
    """The cards of all openings that the page lists, in page order."""
    labelled = list(_labelled(blocks, page)) or tables.cards()
    return labelled or cards_of_jobs(blocks, page, announced=is_careers_page(page))


def _labelled(blocks: Sequence[Block], page: Page) -> Iterator[Card]:
    """Openings given as tables of facts: a cell says "Position", the next one names it; several on a page."""
    found = []
    for index, (block, value) in enumerate(pairwise(blocks)):
        if TITLE_LABEL.fullmatch(block.text) and value.tag in ("td", "dd", "div", "p", "span"):
            title = tidy_title(value.text)
            if 2 <= len(title) <= 120 and not is_beside_the_point(title):
                found.append(Card(index + 1, title, page.absolute(value.href)))
    if len(found) > 1 or (found and is_job_title(found[0].title)):
        yield from found


def _is_gone(card: Card, own: Sequence[Block], blocks: Sequence[Block], tables: Tables) -> bool:
    """Whether a list still names an opening that is filled: struck through, or with a word that says so."""
    block = blocks[card.index]
    below = takewhile(lambda b: not b.level, own[:6])
    cells = [cell.text for cell in tables.row_of(card)] or [b.text for b in below]
    beside = [*block.parts, card.rest, block.text.replace(card.title, "", 1), *cells]
    said = (text.strip(" ()[]-–—·:.!") for text in beside if len(text) <= 60)
    if (
        block.struck
        or tables.is_closed(card)
        or _FILLED_CLASS.search(block.path)
        or any(map(_FILLED.fullmatch, said))
    ):
        return True
    return any(len(text) <= 120 and _OF_THIS.search(text) and _CLOSED.search(text) for text in cells)


# --- what is known of each -----------------------------------------------------------------------------


def _advert(
    card: Card,
    own: Sequence[Block],
    blocks: Sequence[Block],
    tables: Tables,
    page: Page,
    company: str,
) -> Advert:
    title, place = split_place(re.sub(r"\.(?:pdf|docx?)$", "", card.title.strip(" •-–"), flags=re.IGNORECASE))
    href = card.href or next((page.absolute(b.href) for b in own[:12] if b.href and ACTION.match(b.text)), "")
    row, block = tables.row_of(card), blocks[card.index]
    if not place:
        place = tables.place_of(card) or _place_beside(block, card) or _place_below(own[:8], block.level)
        place = place or _stated_place(own[:12])
    facts = [b.text for b in (*row, *own[:6]) if len(b.text) <= 40]
    return Advert(
        title=title,
        blocks=tuple(_description(own, linked=bool(href))),
        company=company,
        company_source="published",
        location=place,
        url=href or page.url,
        employment_type=next((fact for fact in facts if is_type(fact)), ""),
        language=page.language,
    )


def _ends(cards: Sequence[Card], blocks: Sequence[Block]) -> list[int]:
    """Where each opening's own text ends: at the next one, the last at a heading of its rank or a higher one.

    The last of several is no longer than the longest before it; what follows is the rest of the page.
    """
    if not cards:
        return []
    starts = [card.index for card in cards]
    last = starts[-1]
    longest = max((after - before for before, after in pairwise(starts)), default=_FARTHEST)
    level = blocks[last].level
    end = min(len(blocks), last + min(longest, _FARTHEST) + (1 if len(cards) > 1 else 0))
    for index in range(last + 1, end):
        if blocks[index].level and (not level or blocks[index].level <= level):
            end = index
            break
    return [*starts[1:], end]


_LEGAL_FORM = re.compile(
    r"(?:,? (?:s\.\s?r\.\s?o\.|a\.\s?s\.|spol\. s r\.\s?o\.|GmbH(?: & Co\. KG)?|AG|SE|KG|Inc\.?|LLC"
    r"|Ltd\.?|PLC|B\.?V\.?|N\.?V\.?|S\.?A\.?|S\.?L\.?|S\.?p\.?A\.?"
    r"|Sp\. z o\.\s?o\.|Oy|AB|A/S|ApS|Pty))$"
)


_AGE = re.compile(r"\d|\b(?:today|yesterday|heute|gestern|hoy|ayer|hier|new|neu)\b", re.IGNORECASE)


def _employers(cards: Sequence[Card], blocks: Sequence[Block], page: Page) -> dict[int, str]:
    """Who hires, by a card's index, where the list is of several employers: the line below each title.

    That line may as well name a department; a legal form, a link of its own or its class must tell.
    """
    inside = {card.index: _employer_inside(blocks[card.index], card) for card in cards}
    if sum(map(bool, inside.values())) * 2 > len(cards):
        return inside
    above = {card.index: blocks[card.index - 1] for card in cards if card.index}
    titled = {index: b.text for index, b in above.items() if _has_employer_class(b) and _could_be_employer(b)}
    if len(titled) * 2 > len(cards):
        return titled
    below = {}
    for card, following in zip_longest(cards, cards[1:]):
        end = following.index if following else len(blocks)
        own = [b for b in blocks[card.index + 1 : min(end, card.index + 7)] if _could_be_employer(b)]
        named = next((b for b in own if _LEGAL_FORM.search(b.text) or _has_employer_class(b)), None)
        block = named or next(iter(own), None)
        if block is not None:
            below[card.index] = block
    if len(below) * 2 < len(cards) or not below:
        return {}
    told = sum(
        bool(_LEGAL_FORM.search(b.text) or _has_employer_class(b) or _has_own_site(b, page))
        for b in below.values()
    )
    return {index: b.text for index, b in below.items()} if told * 4 >= len(below) else {}


def _employer_inside(block: Block, card: Card) -> str:
    """The part of a title's own line whose class or legal form says that it is the employer."""
    for part, hint in zip(block.parts, block.hints, strict=False):
        if (
            part != card.title
            and len(part) <= 80
            and (EMPLOYER_CLASS.search(hint) or _LEGAL_FORM.search(part))
        ):
            return part
    return ""


def _could_be_employer(block: Block) -> bool:
    text = block.text
    return bool(
        text[:1].isalnum()
        and block.tag not in ("dt", "th", "label", "button")
        and not PLACE_LABEL.match(text)
        and len(text.split()) <= 7
        and len(text) <= 80
        and not (is_type(text) or looks_like_place(text) or ACTION.match(text) or _AGE.search(text))
        and (not text.endswith((".", ":", "…")) or _LEGAL_FORM.search(text))
    )


def _has_employer_class(block: Block) -> bool:
    return EMPLOYER_CLASS.search(block.own_path) is not None


def _has_own_site(block: Block, page: Page) -> bool:
    address = page.absolute(block.href) if block.href else ""
    return bool(address) and (urlsplit(address).hostname or "") != page.host


def _place_beside(block: Block, card: Card) -> str:
    """The place in a title's own line: by the class of its element, else by its words."""
    for part, hint in zip(block.parts, block.hints, strict=False):
        if part != card.title and PLACE_CLASS.search(hint):
            return part
    facts = [fact.strip(" ,|–—-·()") for fact in re.split(r"\s*[·|]\s*", card.rest)]
    return "; ".join(dict.fromkeys(filter(None, (place_in([fact]) for fact in facts))))


def _place_below(own: Sequence[Block], level: int) -> str:
    """The places among the short texts below a title, up to the first long one or the next heading."""
    found: list[str] = []
    labelled = False
    # A lower heading right below the title names the employer.
    for block in takewhile(lambda b: not b.level or (b is own[0] and b.level > level > 0), own):
        if labelled and len(block.text) <= 80:
            return block.text
        if len(block.text) > 120 or len(block.text.split()) > 14:
            break
        label = PLACE_LABEL.match(block.text)
        if label is not None and not label["place"].strip():
            labelled = True
            continue
        stated = label is not None and ":" in block.text
        place = (
            _FACT_END.split(label["place"])[0].strip() if label and stated else place_of(block, guess=True)
        )
        if place:
            found.append(place)
        elif found:
            break
    return "; ".join(dict.fromkeys(found))


# A pin before a place, up to the symbol of the next fact.
_PINNED = re.compile(r"📍\s*(?P<place>[^|·•🌀-🫿⌚-⏿]{2,60})")


def _stated_place(own: Sequence[Block]) -> str:
    """The place that a label, a class or a pin marks as one, below the description of an opening."""
    for block in takewhile(lambda b: not b.level, own):
        pinned = _PINNED.search(block.text)
        label = PLACE_LABEL.match(block.text)
        if pinned is not None:
            return pinned["place"].strip(" ,-–—")
        if label is not None and label["place"] and ":" in block.text[: label.start("place")]:
            return label["place"].strip()
        if PLACE_CLASS.search(block.own_path) and len(block.text) <= 80:
            return place_of(block)
    return ""


_FACT_END = re.compile(r"\s+[–—|·•]\s+|\s{2,}")


def _with_places_alike(
    adverts: Sequence[Advert], cards: Sequence[Card], owns: Sequence[Sequence[Block]]
) -> Sequence[Advert]:
    """Where most cards of a list name a known place at one spot, the others name theirs there, too."""
    spots = [_spots(card, own) for card, own in zip(cards, owns, strict=True)]
    held = Counter(
        spot
        for advert, texts in zip(adverts, spots, strict=True)
        for spot, text in texts.items()
        if advert.location and text == advert.location
    )
    if not held or (spot := held.most_common(1)[0])[1] * 10 < 3 * len(adverts) or spot[1] < 2:
        return adverts
    return [
        advert if advert.location else replace(advert, location=texts.get(spot[0], ""))
        for advert, texts in zip(adverts, spots, strict=True)
    ]


def _spots(card: Card, own: Sequence[Block]) -> dict[tuple[str, int, int], str]:
    """The short facts beside and below a title by where they stand: element, its number, the fact's in it."""
    found = {("", 0, number): fact for number, fact in _facts([card.rest])}
    met: Counter[str] = Counter()
    for block in takewhile(lambda b: not b.level, own[:8]):
        if len(block.text) > 120:
            continue
        found |= {(block.path, met[block.path], number): fact for number, fact in _facts(block.parts)}
        met[block.path] += 1
    return found


def _facts(parts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The facts of a line that could be a place, each with its number."""
    for number, fact in enumerate(f for part in parts for f in FACT_BREAK.split(part) if f):
        if len(fact) <= 60 and not is_type(fact) and fact[:1].isalpha() and not ACTION.match(fact):
            yield number, fact


def _with_city_headings(
    adverts: Sequence[Advert], cards: Sequence[Card], blocks: Sequence[Block]
) -> Sequence[Advert]:
    """Lists by city have the city as the heading over its openings."""
    if not adverts or any(advert.location for advert in adverts):
        return adverts
    level = blocks[cards[0].index].level or 7
    heads = [(index, block.text) for index, block in enumerate(blocks) if 0 < block.level < level]
    found = []
    for advert, card in zip(adverts, cards, strict=True):
        above = next((text for index, text in reversed(heads) if index < card.index), "")
        found.append(replace(advert, location=above) if looks_like_place(above) else advert)
    return found


def _with_places_above(
    adverts: Sequence[Advert], cards: Sequence[Card], blocks: Sequence[Block]
) -> Sequence[Advert]:
    """Some cards name the place over the title; then the first one does, and most of the others."""
    before = [blocks[card.index - 1] if card.index else None for card in cards]
    above = [place_of(block) if block is not None and not block.level else "" for block in before]
    if not above or not above[0] or sum(map(bool, above)) * 2 < len(above):
        return adverts
    return [
        replace(advert, location=place)
        if place and (not advert.location or index + 1 < len(above))
        else advert
        for index, (advert, place) in enumerate(zip(adverts, above, strict=True))
    ]


def _description(own: Sequence[Block], *, linked: bool) -> list[Block]:
    """What the list itself says of an opening, where that is more than a place and a button.

    Where a title leads to the posting, a few words below it are a teaser, or belong to what follows.
    """
    kept = [
        b
        for b in own
        if b.tag not in ("button", "label") and "form" not in b.regions and not ACTION.match(b.text)
    ]
    words = sum(len(b.text.split()) for b in kept if not looks_like_place(b.text) and not is_type(b.text))
    says = any(section_of(b.text) is not None for b in kept if b.level or b.bold)
    listed = any(b.tag == "li" for b in kept) and words >= 6
    if linked:
        return kept if says and words >= 20 else []
    return kept if (says and words >= 8) or listed or words >= 12 else []


def is_same_site(address: str, page: Page) -> bool:
    """Whether an address is on the page's own site, a sub-domain included."""
    own, other = (_site(urlsplit(url).hostname or "") for url in (page.url, address))
    return own == other


def _site(host: str) -> str:
    labels = host.removeprefix("www.").split(".")
    short = len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2
    return ".".join(labels[-3:] if short else labels[-2:])
