"""Job boards: one file each, found through `@board`. Reading one costs a request a page and no guess.

Adding one is a new file here with a subclass of `Board`, and a fixture of the same name in
`tests/scraping/boards/`.
"""

import importlib
import pkgutil
from collections import Counter
from typing import Any

from scraping.board import BOARDS, NOT_ITS_ANSWER, Board, Listed, Place, is_harmless
from scraping.page import Page

_LEAST_SHARE = 0.6


def recognise(address: str) -> tuple[Board, Place] | None:
    """The board and place that an address names, without opening it."""
    for candidate in BOARDS:
        place = candidate.at(address)
        if place is not None:
            return candidate, place
    return None


def recognise_answer(answer: Any, form: str = "json") -> tuple[Board, Place] | None:
    """The board whose API answer this is, told by its shape alone; `form` is "json" or "xml"."""
    for candidate in BOARDS:
        if candidate.answers != form:
            continue
        try:
            place = candidate.looks_like(answer)
        except NOT_ITS_ANSWER:
            continue
        if place is not None:
            return candidate, place
    return None


def data_on(page: Page) -> tuple[Board, Listed] | None:
    """The openings that a page carries in the data of a board that renders it."""
    for candidate in BOARDS:
        if not candidate.may_show(page):
            continue
        try:
            listed = Listed(candidate.on_page(page), more=candidate.has_more(page))
        except NOT_ITS_ANSWER:
            continue
        if listed.adverts:
            return candidate, listed
    return None


def found_on(page: Page) -> tuple[Board, Place] | None:
    """The board that a page shows or links to most; a frame or a script counts as ten links.

    A page that links to the boards of many companies, such as an investor's, shows no single one.
    """
    best: tuple[int, Board, list[Place]] | None = None
    for candidate in BOARDS:
        if not candidate.may_show(page):
            continue
        places = [place for place in candidate.traces(page) if is_harmless(place)]
        weight = len(places) + 10 * sum(candidate.at(address) is not None for address in page.frames)
        if places and (best is None or weight > best[0]):
            best = (weight, candidate, places)
    if best is None:
        return None
    place = _most_named(best[1], best[2], page)
    return (best[1], place) if place is not None else None


def _most_named(kind: Board, places: list[Place], page: Page) -> Place | None:
    """The board itself; or the one posting, where the page points to just that and is about it.

    None where the addresses name postings alone, of which the board does not tell whose they are.
    """
    boards = Counter(Place(p.token, "", p.region, p.host) for p in places)
    board, count = boards.most_common(1)[0]
    if len(boards) > 2 and count < _LEAST_SHARE * len(places):
        return None
    wanted = page.posting_wanted
    if wanted:
        return Place(board.token, wanted, board.region, board.host)
    same = [p for p in places if (p.token, p.region, p.host) == (board.token, board.region, board.host)]
    postings = dict.fromkeys(place.posting for place in same)
    names_a_board = bool(board.token) or not kind.serves(board.host)
    if len(postings) == 1 and "" not in postings:
        own = bool(board.host) and board.host == page.host
        if own or page.is_about_one_opening or not names_a_board:
            return same[0]
    return board if names_a_board else None


for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")
