"""The letter itself: sentences with their marks, and the one list of sources in reading order."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from string import ascii_lowercase

from domain import Evidence, Posting, Profile, Record, Sentence, SentenceKind, SourceSpan
from interface.views.markup import text
from store import YOU

MARKED = {SentenceKind.CLAIM: "claim", SentenceKind.RECIPIENT: "theirs"}

OWN_LINES = {"why": "Your own line on why this company.", "closing": "Your own closing line."}


def numbered(sentences: Iterable[Sentence], posting: Posting) -> dict[str, str]:
    """Give each source its mark in reading order: 1, 2, … for the person's, a, b, … for the page's."""
    marks: dict[str, str] = {}
    page_ids = {line.id for line in posting.lines}
    mine = theirs = 0
    for sentence in sentences:
        if sentence.kind not in MARKED:
            continue
        for source in sentence.rests_on:
            if source in marks:
                continue
            if source in page_ids:
                marks[source] = mark_of(theirs)
                theirs += 1
            else:
                mine += 1
                marks[source] = str(mine)
    return marks


def mark_of(position: int) -> str:
    """The mark of a line of the page by its position: a, b, …, z, a1, …"""
    rounds, place = divmod(position, len(ascii_lowercase))
    return ascii_lowercase[place] + (str(rounds) if rounds else "")


def paragraphs(sentences: Sequence[Sentence], marks: dict[str, str], *, cursor: bool = False) -> str:
    """The body of the letter; the sign-off has a line for each of its sentences."""
    body = [s for s in sentences if s.kind is not SentenceKind.SUBJECT]
    parts = []
    for _, group in groupby(body, key=lambda s: s.paragraph):
        in_paragraph = list(group)
        tail = (
            '<span class="cursor" aria-hidden="true"></span>'
            if cursor and in_paragraph[-1] is body[-1]
            else ""
        )
        if in_paragraph[0].paragraph > 0 and all(s.kind is SentenceKind.FORMULA for s in in_paragraph):
            inside = "".join(f'<span class="line" dir="auto">{text(s.text)}</span>' for s in in_paragraph)
        else:
            inside = " ".join(sentence(s, marks) for s in in_paragraph)
        parts.append(f'<p dir="auto">{inside}{tail}</p>')
    return "".join(parts)


def sentence(one: Sentence, marks: dict[str, str]) -> str:
    """One sentence; its last word and its marks never part."""
    sources = [s for s in one.rests_on if s in marks] if one.kind in MARKED else []
    if not sources:
        return f'<span class="sent">{text(one.text)}</span>'
    return marked(one.text, MARKED[one.kind], [(s, marks[s]) for s in sources])


def marked(words: str, style: str, marks: Sequence[tuple[str, str]]) -> str:
    """Text underlined in the manner of `style`, with a button a source.

    Args:
        words: The sentence.
        style: "claim", "theirs" or "odd".
        marks: (source id, mark) pairs.
    """
    head, _, last = words.rstrip().rpartition(" ")
    buttons = "".join(
        f'<button type="button" class="mk{_shade(mark)}" data-src="{text(source)}" '
        f'aria-label="{_spoken(mark)}">{text(mark)}</button>'
        for source, mark in marks
    )
    start = f'<span class="u">{text(head)} </span>' if head else ""
    keys = " ".join(source for source, _ in marks)
    return (
        f'<span class="sent {style}" data-src="{text(keys)}">{start}'
        f'<span class="nb"><span class="u">{text(last)}</span>{buttons}</span></span>'
    )


def _shade(mark: str) -> str:
    if mark == "!":
        return " odd"
    return "" if mark[:1].isdigit() else " from"


def _spoken(mark: str) -> str:
    return "Your change has no source" if mark == "!" else f"Source {mark}"


def source_cards(marks: dict[str, str], profile: Profile, posting: Posting) -> str:
    """The sources in the order of the letter, so that streaming only appends."""
    evidence = {e.id: e for e in profile.evidence}
    records = {r.id: r for r in profile.records}
    lines = {line.id: line for line in posting.lines}
    cards = []
    for source, mark in marks.items():
        if source in lines:
            line = lines[source]
            under = f"From the opening, “{line.heading}”" if line.heading else "From the opening"
            cards.append(_card(source, mark, line.text, [under]))
        elif source in evidence:
            item = evidence[source]
            record = records.get(item.record or "")
            cards.append(_card(source, mark, item.text, [record_line(record), place(item)]))
        else:
            cards.append(_card(source, mark, OWN_LINES.get(source, "It is no longer in your evidence."), []))
    return f"<ol>{''.join(cards)}</ol>"


def _card(source: str, mark: str, words: str, under: Sequence[str]) -> str:
    small = "".join(f'<p class="quiet" dir="auto">{text(x)}</p>' for x in under if x)
    return (
        f'<li class="card" tabindex="-1" data-card="{text(source)}">'
        f'<span class="badge{_shade(mark)}">{text(mark)}</span>'
        f'<div><p dir="auto">{text(words)}</p>{small}</div></li>'
    )


def record_line(record: Record | None) -> str:
    """ "Fernhill, Senior Engineer, 2022–2025"."""
    if record is None:
        return ""
    ends = record.end or ("present" if record.current else "")
    dates = "–".join(x for x in (record.start, ends) if x)
    return ", ".join(x for x in (record.organization, record.full_title, dates) if x)


def place(item: Evidence) -> str:
    """ "portfolio.csv, row 4"."""
    return "Written by you" if item.source.document == YOU else place_of(item.source)


def place_of(span: SourceSpan, *, named: bool = True) -> str:
    """ "maya-resume.pdf, page 1, line 12", or without the name where it stands above."""
    page = f"page {span.page}" if span.page and f"page {span.page}" not in span.place else ""
    inside = [x for x in (page, span.place) if x]
    return ", ".join([span.document, *inside] if named or not inside else inside)


def count_sources(marks: dict[str, str]) -> str:
    """ "3 yours, 2 from their page"."""
    mine = sum(1 for m in marks.values() if m[:1].isdigit())
    theirs = len(marks) - mine
    parts = [f"{mine} yours" if mine else "", f"{theirs} from their page" if theirs else ""]
    return ", ".join(p for p in parts if p)


def count_words(body: str) -> int:
    return len(body.split())
