"""Lies about senders of other trades, told in draft order: none may reach the page as written."""

from pathlib import Path

import pytest

import chains
import tagging
from domain import Sentence, SentenceKind
from grounding import Gate
from language import dates, quantities, words
from tests.grounding.grounding_trades import SENDERS, trade_brief

_TABLE = Path(__file__).with_name("lies_trades.txt").read_text(encoding="utf-8").split("\n")
LIES = [line for line in _TABLE if line and not line.startswith("#")]
BRIEFS = {trade: trade_brief(trade) for trade in SENDERS}


def typed(line: str) -> Sentence:
    head, text = line.split("|", 1)
    kind, *ids = head.replace(",", " ").split()
    return Sentence(kind=SentenceKind(kind), text=text.strip(), rests_on=tuple(ids))


@pytest.mark.parametrize("line", LIES)
def test_no_lie_reaches_the_page(line: str) -> None:
    trade, told = line.split(" ", 1)
    brief = BRIEFS[trade]
    gate = Gate(brief, tagging.find_skills)
    *before, lie = [
        typed(each) for each in (f"F | Hello {brief.posting.company} team, || {told}").split(" || ")
    ]
    for sentence in before:
        gate.admit(sentence, lambda id_: chains.render(brief, id_))
    admitted = gate.admit(lie, lambda id_: chains.render(brief, id_))
    assert admitted.dropped is not None
    assert admitted.sentence is None or admitted.sentence.text != lie.text


@pytest.mark.parametrize("piece", ["1 ", "1-", "2021-", "1 second ", "a.", "one and ", "a-"])
def test_long_texts_are_read_whole(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    assert quantities.find(text) is not None
    assert dates.find(text) is not None
    assert isinstance(words.tokens(text), list)
