"""Which groups of alike cards on a page are lists of jobs.

No sign is sure: titles may be unknown words, links may lead anywhere, and benefits, people, news and teams
are laid out as jobs are. So several signs are weighed for each group, and groups against each other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile, zip_longest
from urllib.parse import urlsplit

from language.job_words import could_be_title, is_department, is_marked, is_type
from scraping.cards import (
    ACTION,
    Card,
    Group,
    Outline,
    candidates,
    counts_jobs,
    is_beside_the_point,
    is_job_address,
    tidy_title,
)
from scraping.page import Page
from scraping.single import PLACE_LABEL, place_of
from scraping.visible import Block
from scraping.wording import any_of

_LEAST_SHARE = 0.5
_NEAR = 6
_MOSTLY = 0.7
_LEAST_OF_BEST = 0.55
_MOST_CANDIDATES = 10_000
_MOST_LISTS = 50
_CLASS = re.compile(
    r"(?:^|[-_ .])(?:jobs?|positions?|vacanc(?:y|ies)|openings?|postings?|stellen?|stellenangebot|offres?"
    r"|offers?|oferta|joblist\w*|jobblista|vacature|vaga|requisition|recruit|personio|bamboohr\w*)"
    r"(?=$|[-_ .])",
    re.IGNORECASE,
)
_DEADLINE = re.compile(any_of("deadlines"), re.IGNORECASE)
_PAY = re.compile(
    r"[£€$¥]\s?\d|\d[\d\s.,’']*\s?(?:[£€$¥]|EUR|CHF|PLN|SEK|NOK|DKK|zł|Kč|kr\b)|(?:年収|月給|時給)\d"
)


def cards_of_jobs(blocks: Sequence[Block], page: Page, *, announced: bool) -> list[Card]:
    """The cards of all groups that are lists of jobs, in page order, each opening once.

    Args:
        blocks: What a visitor sees, without menus and footers.
        page: The page, for its addresses.
        announced: Whether the page calls itself one of jobs.
    """
    every = list(islice(candidates(blocks, page), _MOST_CANDIDATES))
    groups: dict[str, Group] = {}
    for layout, card in every:
        groups.setdefault(layout, Group()).cards.append(card)
    ground = _Ground(Outline(blocks), announced, _stem(page.url))
    parts = [part for group in groups.values() for part in _parts_of_jobs(group, ground)]
    taken = [card for part in _strongest(parts) for card in _members(part, ground)]
    taken = _without_weak(taken, blocks)
    taken += _strays([card for _, card in every], taken, blocks)
    return sorted(_without_echoes(taken, blocks), key=lambda card: card.index)


@dataclass(frozen=True)
class _Ground:
    """What all groups of a page stand on."""

    outline: Outline
    announced: bool
    stem: str


@dataclass(frozen=True)
class _Part:
    """A group, or the stretch of one below a heading, with the signs that it lists jobs."""

    group: Group
    ground: _Ground

    @property
    def first(self) -> int:
        return self.group.cards[0].index

    @property
    def last(self) -> int:
        return self.group.cards[-1].index

    @cached_property
    def share(self) -> float:
        return self.group.share()

    @cached_property
    def raw_share(self) -> float:
        """The share of jobs among all cards, whatever else they are."""
        return sum(card.is_job for card in self.group.cards) / len(self.group.cards)

    @cached_property
    def has_several(self) -> bool:
        """Whether its cards name more than one job."""
        return len({card.title for card in self.group.cards if card.is_job}) > 1

    @cached_property
    def weak(self) -> float:
        return self.group.weak_share()

    @cached_property
    def linked(self) -> bool:
        """Whether half of the cards lead to postings: by their address, or further down the page's own."""
        own = [c for c in self.group.cards if c.href and self._leads_down(c.href)]
        return len(own) * 2 >= len(self.group.cards) or _is_linked_below(
            self.group, self.ground.outline.blocks
        )

    def _leads_down(self, href: str) -> bool:
        return is_job_address(href) or (_stem(href) + "/").startswith(self.ground.stem + "/")

    @cached_property
    def facts(self) -> bool:
        """Whether half of the cards state a place, a kind of employment, pay, a day or a way to apply."""
        blocks = self.ground.outline.blocks
        told = asked = 0
        for card, following in zip_longest(self.group.cards, self.group.cards[1:]):
            if card.is_job or not is_beside_the_point(card.title):
                told += has_facts(card.index, blocks, following.index if following else len(blocks))
                asked += 1
        return told * 2 >= max(1, asked)

    @cached_property
    def all_state_terms(self) -> bool:
        """Whether nearly all cards state a kind of employment, a labelled place or a deadline."""
        blocks = self.ground.outline.blocks
        cards = [card for card in self.group.cards if not is_beside_the_point(card.title)]
        told = sum(any(map(_states_terms, blocks[c.index + 1 : c.index + 8])) for c in cards)
        return len(cards) > 1 and told * 10 >= 8 * len(cards)

    @cached_property
    def classed(self) -> bool:
        """Whether the page's own names for its elements say that these are jobs."""
        blocks = self.ground.outline.blocks
        near = (blocks[card.index].path.split(">")[-3:] for card in self.group.cards)
        return sum(any(map(_CLASS.search, names)) for names in near) * 2 >= len(self.group.cards)

    @cached_property
    def headed(self) -> bool:
        return self.ground.outline.heads_openings(self.first)

    @cached_property
    def signs(self) -> int:
        return self.linked + self.facts + self.classed + self.headed

    @cached_property
    def strength(self) -> float:
        return 2 * self.raw_share + self.linked + self.facts + self.classed + 0.5 * self.headed

    @cached_property
    def is_of_something_else(self) -> bool:
        """Whether its numbers or the heading above say that these are kinds of jobs, past ones, or people."""
        outline = self.ground.outline
        return (
            counts_jobs(self.group, outline.blocks)
            or outline.of_the_past(self.first)
            or outline.of_people(self.first)
            or (outline.of_categories(self.first) and not (self.linked and self.facts))
        )

    @cached_property
    def is_of_jobs(self) -> bool:
        cards, outline = self.group.cards, self.ground.outline
        if self.is_of_something_else:
            return False
        told = self.ground.announced or outline.announced(self.first)
        if self.share < _LEAST_SHARE:
            return told and len(cards) > 1 and self._is_of_jobs_by_its_looks()
        if self.linked or self.group.is_marked:
            return True
        if not told:
            return False
        first = outline.blocks[self.first]
        if first.tag == "li" and not first.level:
            return self.has_several and (self.share == 1 or self.facts)
        return bool(
            self.facts or first.level or first.bold or (self.has_several and (first.href or self.share > 0.7))
        )

    def _is_of_jobs_by_its_looks(self) -> bool:
        """Titles that no list of occupations holds: only where all else says that they are jobs."""
        titles = [card.title for card in self.group.cards]
        plausible = [t for t in titles if not (is_beside_the_point(t) or is_department(t))]
        if len(set(plausible)) * 10 < len(set(titles)) * 7:
            return False
        if self.facts and self.headed and (self.share > 0 or self.all_state_terms):
            return True
        if self.weak >= _LEAST_SHARE:
            return self.facts and (self.linked or self.share > 0 or self.classed)
        return self.signs >= 3 or (self.linked and self.facts)


def _parts_of_jobs(group: Group, ground: _Ground) -> Iterator[_Part]:
    """The group as a whole, or those stretches of it between headings that are lists of jobs."""
    parts = [_Part(stretch, ground) for stretch in _stretches(group, ground.outline)]
    whole = _Part(group, ground)
    if whole.is_of_jobs and all(
        part.is_of_jobs or not any(card.is_job for card in part.group.cards) for part in parts
    ):
        kept = [card for part in parts if not part.is_of_something_else for card in part.group.cards]
        if kept:
            yield _Part(Group(kept), ground)
        return
    if whole.is_of_jobs and sum(part.is_of_jobs for part in parts) * 2 < len(parts):
        yield whole
        return
    for part in parts:
        stated = part.facts and part.headed and len(part.group.cards) > 1
        if part.is_of_jobs and (part.has_several or stated or part.linked or part.group.is_marked):
            yield part


def _strongest(parts: Sequence[_Part]) -> list[_Part]:
    """Without the parts that pale beside another, and those that are pieces of another's cards."""
    if not parts:
        return []
    best = max(part.strength for part in parts)
    kept = [part for part in parts if part.strength >= _LEAST_OF_BEST * best or part.group.is_marked]
    lists = sorted((part for part in kept if len(part.group.cards) > 1), key=lambda part: -part.strength)
    return [part for part in kept if not any(_is_within(part, other) for other in lists[:_MOST_LISTS])]


def _is_within(part: _Part, other: _Part) -> bool:
    """Whether a part's cards stand between those of a stronger one: the employers or places of its jobs."""
    if part is other or part.strength >= other.strength or part.linked:
        return False
    span = (other.last - other.first) // (len(other.group.cards) - 1)
    inside = sum(other.first <= card.index <= other.last + span for card in part.group.cards)
    return inside * 10 >= 6 * len(part.group.cards)


def _members(part: _Part, ground: _Ground) -> list[Card]:
    blocks = ground.outline.blocks
    folders = {_folder(card.href) for card in part.group.cards if card.is_job}
    return [card for card in _headed(part.group, blocks) if _fits(card, part, folders, blocks)]


def _strays(every: Sequence[Card], taken: Sequence[Card], blocks: Sequence[Block]) -> list[Card]:
    """Jobs that stand among the others but in a class of their own: first, featured, speculative."""
    if not taken:
        return []
    layouts = {_layout(card, blocks) for card in taken}
    known = {card.index for card in taken}
    first, last = min(known), max(known)
    return [
        card
        for card in every
        if card.index not in known
        and card.is_job
        and _layout(card, blocks) in layouts
        and first - _NEAR <= card.index <= last + _NEAR
    ]


def _stretches(group: Group, outline: Outline) -> Iterator[Group]:
    """The group cut wherever a heading of higher rank stands between two of its cards."""
    level = outline.blocks[group.cards[0].index].level or 7
    part: list[Card] = []
    for card in group.cards:
        if part and outline.parted(part[-1].index, card.index, level):
            yield Group(part)
            part = []
        part.append(card)
    yield Group(part)


def _is_linked_below(group: Group, blocks: Sequence[Block]) -> bool:
    """Whether a link to a posting stands in the card below the title: "View", "Apply"."""
    below = 0
    for card, following in zip_longest(group.cards, group.cards[1:]):
        own = blocks[card.index + 1 : min(following.index if following else card.index + 8, card.index + 8)]
        below += any(b.href and ACTION.match(b.text) and is_job_address(b.href) for b in own)
    return below * 2 >= len(group.cards)


def _headed(group: Group, blocks: Sequence[Block]) -> Sequence[Card]:
    """The headings right above the members of a group, where each has one: those are the titles."""
    cards = group.cards
    if any(blocks[card.index].level or card.href for card in cards):
        return cards
    above = [(card, blocks[card.index - 1]) for card in cards if card.index]
    if len(above) < len(cards) or len({(b.level, b.path) for _, b in above}) != 1 or not above[0][1].level:
        return cards
    if any(is_beside_the_point(b.text) for _, b in above):
        return cards
    return [Card(card.index - 1, tidy_title(b.text), card.href) for card, b in above]


def has_facts(index: int, blocks: Sequence[Block], end: int) -> bool:
    """Whether a place, a kind of employment or a way to apply stands close to a title, before `end`."""
    below = list(takewhile(lambda b: not b.level, blocks[index + 1 : min(index + 6, end)]))
    if index and len(blocks[index - 1].text) <= 40 and is_type(blocks[index - 1].text):
        return True
    return any(_is_fact(block) for block in below)


def _states_terms(block: Block) -> bool:
    short = len(block.text) <= 120
    return short and bool(
        any(map(is_type, block.parts)) or PLACE_LABEL.match(block.text) or _DEADLINE.search(block.text)
    )


def _is_fact(block: Block) -> bool:
    if len(block.text) > 120:
        return False
    text = block.text
    return bool(
        place_of(block)
        or any(map(is_type, block.parts))
        or PLACE_LABEL.match(text)
        or ACTION.match(text)
        or _DEADLINE.search(text)
        or (_PAY.search(text) and len(text) <= 60)
    )


def _fits(card: Card, part: _Part, folders: set[str], blocks: Sequence[Block]) -> bool:
    """Whether a member of a group of jobs is a job itself; an odd title passes among plain ones.

    `folders` are those of the addresses of the group's jobs.
    """
    if card.is_job:
        return True
    if len(part.group.cards) < 2 or is_beside_the_point(card.title) or not 2 <= len(card.title) <= 100:
        return False
    if part.share < _LEAST_SHARE and not (part.classed or (part.linked and card.href)):
        return has_facts(card.index, blocks, card.index + 6)
    if part.share < _LEAST_SHARE:
        return True
    if card.href:
        return is_job_address(card.href) or _folder(card.href) in folders
    if blocks[card.index].tag == "li" and not blocks[card.index].level:
        return could_be_title(card.title)
    return (
        (part.headed and part.share >= _MOSTLY)
        or has_facts(card.index, blocks, card.index + 6)
        or could_be_title(card.title)
    )


def _stem(address: str) -> str:
    """An address without its query and the ending of its file: what those below it begin with."""
    parts = urlsplit(address)
    path = re.sub(r"(?:/index)?\.\w{2,5}$", "", parts.path).rstrip("/")
    return f"{parts.netloc.removeprefix('www.')}{path}"


def _folder(address: str) -> str:
    """The folder of an address and its kind of file: what the postings of one list share."""
    folder, _, name = urlsplit(address).path.rstrip("/").rpartition("/")
    return f"{urlsplit(address).netloc}{folder}|{name.rpartition('.')[2] if '.' in name else ''}"


def _without_weak(cards: Sequence[Card], blocks: Sequence[Block]) -> list[Card]:
    """Where some openings lead to postings, or state facts, those that do neither are something else."""
    strong = [
        c for c in cards if (c.href and is_job_address(c.href)) or has_facts(c.index, blocks, c.index + 6)
    ]
    if len(strong) < 2:
        return list(cards)
    layouts = {_layout(card, blocks) for card in strong}
    kept = {card.index for card in strong}
    return [
        card
        for card in cards
        if card.index in kept or _layout(card, blocks) in layouts or is_marked(card.title)
    ]


def _layout(card: Card, blocks: Sequence[Block]) -> tuple[str, int, str]:
    block = blocks[card.index]
    return (
        block.tag,
        block.level,
        ">".join(part.partition(".")[0] for part in block.path.split(">")),
    )


def _without_echoes(cards: Sequence[Card], blocks: Sequence[Block]) -> list[Card]:
    """One card an address: pages link a title, its picture and its button to the same posting."""
    kept: dict[tuple[str, str], Card] = {}
    loose: dict[int, Card] = {}
    known: dict[str, tuple[str, int, str]] = {}
    for card in sorted(cards, key=lambda c: (not c.is_job, c.index)):
        if not card.href:
            loose.setdefault(card.index, card)
            continue
        layout = _layout(card, blocks)
        # Several jobs may lead to one form; what leads there from elsewhere in a card is an echo.
        if card.href not in known or (card.is_job and known[card.href] == layout):
            kept.setdefault((card.href, card.title.casefold()), card)
        known.setdefault(card.href, layout)
    titles = {card.title.casefold() for card in kept.values()}
    places = {card.index for card in kept.values()}
    return [
        *kept.values(),
        *(c for c in loose.values() if c.title.casefold() not in titles and c.index not in places),
    ]
