"""How a draft was made, in a few lines beside it, and the way to take that away."""

import outreach
from domain import Reading, Receipt
from interface.views import letter
from interface.views.markup import host, plural, text
from interface.views.page import UPLOADED, Page

MOST_IDS = 12


def block(page: Page, marks: dict[str, str]) -> str:
    """How the draft was made, as it goes into the receipt, and the way to take that away."""
    assert page.draft is not None
    draft = page.draft
    checked = sum(s.kind in letter.MARKED for s in draft.sentences)
    rows = [("Page", _page_row(page.reading, draft.receipt))]
    rows += [row for row in outreach.facts(draft) if row[0] != "Checked"]
    rows.append(("Checks", f"{checked} of {checked} claims and quotes match"))
    cited = draft.receipt.evidence if page.is_document else _cited(marks)
    more = " …" if len(cited) > MOST_IDS else ""
    listed = f"{plural(len(cited), 'item')} of yours: {', '.join(cited[:MOST_IDS])}{more}"
    rows.append(("Evidence", listed if cited else "none"))
    own = page.edit.own if page.edit else ()
    if own:
        rows.append(("Your word", " · ".join(line.words for line in own)))
    without = page.edit.unsupported if page.edit else ()
    if without:
        rows.append(("No source", " · ".join(line.words for line in without)))
    lines = "".join(f'<dt>{text(name)}</dt><dd dir="auto">{text(value)}</dd>' for name, value in rows)
    return (
        f'<section class="made"><details open><summary>How this was made</summary><dl>{lines}</dl>'
        '<div class="row"><button type="button" class="link" data-export="receipt-html">Save the receipt'
        '</button><button type="button" class="link" data-export="receipt-json">Save it as JSON</button>'
        "</div>"
        "</details></section>"
    )


def _cited(marks: dict[str, str]) -> tuple[str, ...]:
    return tuple(source for source, mark in marks.items() if mark[:1].isdigit())


def _page_row(reading: Reading, receipt: Receipt) -> str:
    source = reading.board or reading.rung or receipt.rung or "text"
    where = host(reading.url) if reading.url else "pasted text"
    where = "a saved page" if where == UPLOADED else where
    at = f", read {receipt.written_at:%H:%M}" if receipt.written_at else ""
    return f"{where}, by {source}{at}" if reading.url else f"{where}{at}"
