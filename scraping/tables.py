"""What the column headings of tables say of openings: which cells are titles, places, and which are open."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from language.job_words import is_job_title
from scraping.cards import Card, Group, Outline, is_beside_the_point, tidy_title
from scraping.page import Page
from scraping.visible import Block
from scraping.wording import any_of

_TITLES = re.compile(any_of("table-titles"), re.IGNORECASE)
_PLACES = re.compile(any_of("table-places"), re.IGNORECASE)
_FACTS = re.compile(f"{any_of('table-facts')}|{any_of('table-places')}", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:full |last )?name|who|person|employee|mitarbeiter\w*|nachname|nom|nome|cognome|naam|jméno"
    r"|imię|namn|氏名",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"status|state|estado|estat|stato|état|statut|stand|stan|stav|tila|状態|ステータス", re.IGNORECASE
)
_OPEN = re.compile(
    r"(?:now |still )?open|active|hiring|offen|aktiv|laufend|ouverte?|en cours|abiert[oa]|obert[a]?|apert[oa]"
    r"|in corso|abert[oa]|otwart[ya]|otevřen[oaý]|öppen|募集中|受付中",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.5
_MOST_COLUMNS = 20
_NEAR = 12


class Tables:
    """The tables of a page, and the lines whose parts stand one below another as in a table."""

    def __init__(self, blocks: Sequence[Block], page: Page) -> None:
        self._blocks = blocks
        self._page = page

    def cards(self) -> list[Card]:
        """The cells below headings such as "Position": every one is an opening, however odd its title."""
        found: dict[int, Card] = {}
        outline = Outline(self._blocks)
        for index in islice(self._heading(_TITLES), _MOST_COLUMNS):
            for card in self._below(index):
                if not outline.of_the_past(card.index):
                    found.setdefault(card.index, self._linked(card))
        for card in self._in_lines() if not found else ():
            found.setdefault(card.index, card)
        return [found[index] for index in sorted(found)]

    def _in_lines(self) -> Iterator[Card]:
        """The openings of a list whose first line heads the parts of the others: "Role Team Location"."""
        if self._heading_line is None:
            return
        start, names = self._heading_line
        number = next(n for n, name in enumerate(names) if _TITLES.fullmatch(name))
        for index, block in enumerate(self._blocks[start + 1 :], start + 1):
            if block.level:
                return
            if len(block.parts) == len(names):
                href = self._page.absolute(block.href or block.opening_link[1])
                yield Card(index, tidy_title(block.parts[number]), href)

    def _below(self, index: int) -> list[Card]:
        """The openings below one heading; none where its table is not of openings."""
        blocks, head = self._blocks, self._blocks[index]
        heads = [b for b in blocks[max(0, index - _NEAR) : index + _NEAR + 1] if b.row == head.row]
        names = [block.text.strip(" :") for block in heads]
        if len(heads) < 2 or any(b.href and is_job_title(b.text) for b in heads):
            return []
        if any(map(_PEOPLE.fullmatch, names)):
            return []
        after = bisect_right(self._breaks, index)
        end = self._breaks[after] if after < len(self._breaks) else len(blocks)
        rows: dict[int, Card] = {}
        for card in self._cells:
            cell = blocks[card.index]
            if index < card.index < end and cell.row > head.row and cell.column == head.column:
                rows.setdefault(cell.row, card)
        cards = list(rows.values())
        told = len(cards) > 1 and any(map(_FACTS.fullmatch, names))
        return cards if told or Group(cards).share() >= _LEAST_SHARE else []

    def row_of(self, card: Card) -> list[Block]:
        """The other cells of a table's row, where the card stands in one."""
        row = self._blocks[card.index].row
        if not row:
            return []
        near = self._blocks[max(0, card.index - _NEAR) : card.index + _NEAR + 1]
        return [b for b in near if b.row == row and b is not self._blocks[card.index]]

    def place_of(self, card: Card) -> str:
        """What stands in the column of places beside a card, whatever it says; empty where there is none."""
        row = self.row_of(card)
        columns = {head.column for head in self._places if row and head.row < row[0].row}
        cell = next((b.text for b in row if b.column in columns and len(b.text) <= 120), "")
        parts = self._blocks[card.index].parts
        if not cell and self._heading_line is not None and len(parts) == len(self._heading_line[1]):
            named = zip(parts, self._heading_line[1], strict=True)
            cell = next((part for part, name in named if _PLACES.fullmatch(name)), "")
        return cell

    def is_closed(self, card: Card) -> bool:
        """Whether the column that tells which openings are open says another thing of this one."""
        cell = next((b for b in self.row_of(card) if b.column in self._states), None)
        return cell is not None and _OPEN.match(cell.text) is None

    def _heading(self, names: "re.Pattern[str]") -> Iterator[int]:
        for index, block in enumerate(self._blocks):
            if block.row and len(block.text) <= 40 and names.fullmatch(block.text.strip(" :")):
                yield index

    def _linked(self, card: Card) -> Card:
        """A card with the link of its row, where its title is none."""
        if card.href:
            return card
        links = (self._page.absolute(cell.href) for cell in self.row_of(card) if cell.href)
        return replace(card, href=next(filter(None, links), ""))

    @cached_property
    def _breaks(self) -> list[int]:
        """Headings outside tables: none goes on beyond one."""
        return [index for index, block in enumerate(self._blocks) if block.level and not block.row]

    @cached_property
    def _cells(self) -> list[Card]:
        """The cells of all tables that could name an opening."""
        cells = [
            Card(index, tidy_title(block.text), self._page.absolute(block.href or block.opening_link[1]))
            for index, block in enumerate(self._blocks)
            if block.row and block.tag in ("td", "th", "a", "p", "div")
        ]
        return [c for c in cells if not (is_beside_the_point(c.title) or _TITLES.fullmatch(c.title))]

    @cached_property
    def _places(self) -> list[Block]:
        """The cells that head a column of places, other than a table's first column."""
        heads = (self._blocks[index] for index in self._heading(_PLACES))
        return list(islice((head for head in heads if head.column), _MOST_COLUMNS))

    @cached_property
    def _states(self) -> set[int]:
        """The columns that tell which openings are open, where at least one is."""
        columns = {self._blocks[index].column for index in islice(self._heading(_STATES), _MOST_COLUMNS)}
        cells = (b for b in self._blocks if b.row and b.column in columns and len(b.text) <= 40)
        return {cell.column for cell in cells if _OPEN.match(cell.text)}

    @cached_property
    def _heading_line(self) -> tuple[int, list[str]] | None:
        """The line that names the parts of those below it, title and place among them, and its index."""
        for index, block in enumerate(self._blocks):
            names = [part.strip(" :") for part in block.parts]
            told = any(map(_TITLES.fullmatch, names)) and any(map(_PLACES.fullmatch, names))
            if len(names) > 2 and not block.row and told:
                return index, names
        return None
