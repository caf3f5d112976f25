"""The saved drafts: a table to find one in, what became of each, and what differs between its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from domain import DraftKind, Piece
from interface.views.account import when
from interface.views.markup import button, icon, plural, text
from kinds import KINDS
from store import DraftState, DraftVersion, SavedDraft

STATES: dict[DraftState, str] = {
    "drafted": "Draft",
    "sent": "Sent",
    "answered": "Reply received",
    "interview": "Interview",
    "no": "No",
}
DUE = "due"
"""What is asked for in place of a state: those that are to be followed up by today."""
OPEN_STATES: tuple[DraftState, ...] = ("drafted", "sent")
"""The states in which a follow-up can be due."""
API = "api/v1/drafts"
FORGOTTEN = "They are forgotten when you close or reload the page."
MAIN_FORM = {
    DraftKind.TAILORED_RESUME: "PDF",
    DraftKind.COVER_LETTER: "Word",
    DraftKind.RESUME_SUMMARY: "Word",
}


@dataclass(frozen=True)
class Compared:
    """Two versions of a draft: which there are, which two, and what became of the words of the first."""

    versions: Sequence[DraftVersion]
    left: int
    right: int
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Page:
    """All that the page shows.

    Attributes:
        drafts: The drafts found, newest first.
        more: Whether there are more than these.
        total: How many there are, found or not.
        companies: Those that one can choose from.
        words: What is searched for.
        company: The chosen one.
        state: The chosen one.
        due: Whether only those are shown that are to be followed up by today.
        id: The draft of which something is open: "details", "delete" or "compare".
        open: What of it.
        compared: The versions that are compared.
        forgotten: Whether they go with the page.
        can_sign_in: Whether there are accounts here.
        note: What just happened, as HTML.
        wrong: What went wrong.
    """

    drafts: Sequence[SavedDraft] = ()
    more: bool = False
    total: int = 0
    companies: Sequence[str] = ()
    words: str = ""
    company: str = ""
    state: DraftState | None = None
    due: bool = False
    id: str = ""
    open: str = ""
    compared: Compared | None = None
    forgotten: bool = False
    can_sign_in: bool = False
    note: str = ""
    wrong: str = ""


def page(page: Page) -> str:
    """The whole page."""
    found = _table(page) if page.drafts else _nothing(page)
    return (
        f'<div class="i"><section class="page saved"><div class="headline"><div>'
        '<h1 tabindex="-1">Saved drafts</h1>'
        '<p class="sub">Each one keeps its sources and how it was made.</p></div>'
        f"{_filter(page) if page.total else ''}</div>{_forgotten(page)}{_note(page)}{found}{_foot(page)}"
        "</section></div>"
    )


def trouble(title: str, words: str) -> str:
    """What keeps a page of what is kept from being shown."""
    return (
        f'<div class="i"><section class="page"><h1 tabindex="-1">{text(title)}</h1>'
        f'<p class="error" role="alert">{text(words)}</p></section></div>'
    )


def _forgotten(page: Page) -> str:
    if not page.forgotten:
        return ""
    way = '<a href="#sign-in">Sign in to keep them</a>' if page.can_sign_in else ""
    return f'<div class="banner">{icon("eye")}<div class="body">{FORGOTTEN} {way}</div></div>'


def _note(page: Page) -> str:
    note = (
        f'<p class="note" role="status">{page.note}</p>'
        if page.note
        else '<p class="note" role="status" hidden></p>'
    )
    return note + (f'<p class="error" role="alert" dir="auto">{text(page.wrong)}</p>' if page.wrong else "")


def _filter(page: Page) -> str:
    companies = "".join(_option(name, name, page.company) for name in page.companies)
    chosen = DUE if page.due else page.state or ""
    choices = (("", "Any status"), (DUE, "Follow-up due"), *STATES.items())
    states = "".join(_option(state, label, chosen) for state, label in choices)
    return (
        '<form class="filter" data-live="filter-saved" role="search" novalidate><div>'
        '<label class="sr" for="saved-words">Search company or role</label>'
        '<input id="saved-words" name="words" type="text" autocomplete="off" maxlength="100" dir="auto" '
        f'placeholder="Search company or role" value="{text(page.words)}"></div>'
        '<div><label class="sr" for="saved-company">Company</label><select id="saved-company" name="company">'
        f"{_option('', 'All companies', page.company)}{companies}</select></div>"
        '<div><label class="sr" for="saved-state">Status</label><select id="saved-state" name="state">'
        f"{states}</select></div></form>"
    )


def _option(value: str, label: str, chosen: str) -> str:
    on = " selected" if value == chosen else ""
    return f'<option value="{text(value)}"{on}>{text(label)}</option>'


def _nothing(page: Page) -> str:
    if page.total:
        clear = button("Show all", "clear-saved", style="btn")
        return f'<div class="none-found"><p>No saved draft matches.</p><p class="row">{clear}</p></div>'
    return (
        '<div class="none-found"><p>Nothing is saved yet. Each draft that you write is kept here by '
        "itself.</p>"
        '<p class="row"><a class="btn primary" href="#write">Write a draft</a></p></div>'
    )


# The roles are said, because a narrow page shows the rows as cards, which takes a table's own away.
_HEAD = "".join(
    f'<th role="columnheader" scope="col">{name}</th>'
    for name in ("Opening", "Kind", "Rests on", "Written", "Status", '<span class="sr">What to do</span>')
)


def _table(page: Page) -> str:
    rows = "".join(_row(one, page) for one in page.drafts)
    return (
        '<table class="drafts" role="table" aria-label="Saved drafts"><thead role="rowgroup"><tr role="row">'
        f'{_HEAD}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(one: SavedDraft, page: Page) -> str:
    opened = _opened(one, page) if page.id == one.id else ""
    return (
        f'<tr role="row" data-draft="{text(one.id)}"{" class=opened" if opened else ""}>'
        f'<td role="cell" class="opening"><b dir="auto">{text(one.title)}</b>'
        f'<span class="quiet" dir="auto">{text(one.company)}</span>{_below(one)}</td>'
        f'<td role="cell" class="kind">{KINDS[one.kind].label}</td>'
        f'<td role="cell" class="rests">{_rests_on(one)}</td>'
        f'<td role="cell" class="written">{when(one.created_at)}</td>'
        f'<td role="cell" class="status">{_state(one)}{_due(one)}</td>'
        f'<td role="cell" class="ways"><div class="row">{_ways(one)}</div></td></tr>{opened}'
    )


def _rests_on(one: SavedDraft) -> str:
    """ "2 sources, 1 line is yours"."""
    parts = [plural(one.sources, "source")] if one.sources or not one.own_lines else []
    if one.own_lines:
        parts.append("1 line is yours" if one.own_lines == 1 else f"{one.own_lines} lines are yours")
    return ", ".join(parts)


def _below(one: SavedDraft) -> str:
    return f'<span class="quiet noted" dir="auto">{text(one.note)}</span>' if one.note else ""


def _state(one: SavedDraft) -> str:
    options = "".join(_option(state, label, one.state) for state, label in STATES.items())
    return (
        f'<label class="sr" for="state-{text(one.id)}">Status of {text(one.title)}</label>'
        f'<select class="state {one.state}" id="state-{text(one.id)}" '
        f'data-mark="{text(one.id)}">{options}</select>'
    )


def _due(one: SavedDraft) -> str:
    """When to follow up; that it is late is told by the reader's own calendar."""
    if one.due is None or one.state not in OPEN_STATES:
        return ""
    day = one.due.isoformat()
    return (
        f'<span class="quiet due" data-due><span data-lead>Follow up </span><time datetime="{day}" '
        'data-when="due">'
        f"{one.due.day} {one.due:%b %Y}</time></span>"
    )


def _ways(one: SavedDraft) -> str:
    main = MAIN_FORM.get(one.kind, "email")
    entries = (
        _entry(one, "Compare versions", "open-part", part="compare") if one.versions > 1 else "",
        _entry(one, "Copy as new", "copy-saved"),
        _entry(one, "Write the follow-up", "follow-saved") if one.kind is DraftKind.COLD_EMAIL else "",
        _entry(one, "Follow-up date and note", "open-part", part="details"),
        _entry(one, f"Download ({main})", "take-saved", form="main"),
        _entry(one, "Download with its receipt (.zip)", "take-saved", form="zip"),
        _entry(one, "Delete", "open-part", part="delete"),
    )
    name = text(f"{one.title}, {KINDS[one.kind].label}")
    return (
        f'<button type="button" class="btn small" data-do="open-saved" data-draft="{text(one.id)}">Open'
        f'<span class="sr"> {name}</span></button><div class="menu at-end">'
        '<button type="button" class="btn bare small" data-menu aria-haspopup="menu" aria-expanded="false">'
        f'<span aria-hidden="true">···</span><span class="sr">More about {name}</span></button>'
        f'<div class="list" role="menu" aria-label="{name}" hidden>{"".join(entries)}</div></div>'
    )


def _entry(one: SavedDraft, label: str, do: str, **data: str) -> str:
    more = "".join(f' data-{key}="{value}"' for key, value in data.items())
    return (
        f'<button type="button" role="menuitem" data-do="{do}" data-draft="{text(one.id)}"{more}>'
        f"{label}</button>"
    )


# --- what is open below a row ---------------------------------------------------------------------------


def _opened(one: SavedDraft, page: Page) -> str:
    inside = {"details": _details, "delete": _sure}.get(page.open)
    if inside is not None:
        below = inside(one)
    elif page.open == "compare" and page.compared is not None:
        below = _compare(one, page.compared)
    else:
        return ""
    return (
        f'<tr role="row" class="below" data-below="{text(one.id)} {page.open}">'
        f'<td role="cell" colspan="6">{below}</td></tr>'
    )


_CLOSE = button("Close", "open-part", style="btn bare", draft="", part="")


def _details(one: SavedDraft) -> str:
    day = one.due.isoformat() if one.due else ""
    return (
        '<form class="panel-form" data-submit="mark-draft" novalidate>'
        f'<input type="hidden" name="draft" value="{text(one.id)}"><div class="pair">'
        '<div class="field"><label for="due">Follow up on</label>'
        f'<input id="due" name="due" type="date" value="{day}"></div>'
        '<div class="field"><label for="note">Note</label>'
        f'<input id="note" name="note" type="text" maxlength="1000" dir="auto" autocomplete="off" '
        f'value="{text(one.note)}"></div></div>'
        f'<div class="row"><button type="submit" class="btn primary">Save</button>{_CLOSE}</div></form>'
    )


def _sure(one: SavedDraft) -> str:
    versions = f"Its {one.versions} versions go" if one.versions > 1 else "It goes"
    return (
        '<section class="panel-form sure" role="alertdialog" aria-labelledby="sure-draft" '
        'aria-describedby="sure-draft-what"><h2 id="sure-draft" tabindex="-1" dir="auto">'
        f"Delete “{text(one.title)}”?</h2>"
        f'<p id="sure-draft-what">{versions}, with its sources, your note and how it was made. This cannot '
        "be "
        f'undone.</p><div class="row">{button("Delete it", "delete-draft", style="btn bad", draft=one.id)}'
        f"{button('Keep it', 'open-part', style='btn', draft='', part='')}</div></section>"
    )


def _compare(one: SavedDraft, compared: Compared) -> str:
    """The words of one version, with those of another that went or came."""
    same = all(piece.kind == "same" for piece in compared.pieces)
    told = '<p class="quiet">These two say the same.</p>' if same else ""
    return (
        '<section class="panel-form compare" aria-label="Two versions compared">'
        f'<form class="row" data-live="compare-drafts" novalidate><input type="hidden" name="draft" '
        f'value="{text(one.id)}">{_versions("left", "From", compared, compared.left)}'
        f"{_versions('right', 'to', compared, compared.right)}{_CLOSE}</form>{told}"
        f'<div class="words parted" dir="auto">{_pieces(compared.pieces)}</div></section>'
    )


def _versions(name: str, label: str, compared: Compared, chosen: int) -> str:
    options = "".join(
        f'<option value="{v.number}"{" selected" if v.number == chosen else ""}>{v.number}, '
        f"{'written' if v.by == 'writer' else 'by you'}</option>"
        for v in compared.versions
    )
    return f'<label for="v-{name}">{label}</label><select id="v-{name}" name="{name}">{options}</select>'


def _pieces(pieces: Sequence[Piece]) -> str:
    tags = {"gone": "del", "new": "ins"}
    return "".join(
        f"<{tags[p.kind]}>{text(p.text)}</{tags[p.kind]}>" if p.kind in tags else text(p.text) for p in pieces
    )


def _foot(page: Page) -> str:
    if not page.total:
        return ""
    more = button("Show more", "more-saved") if page.more else ""
    export = "".join(_export(page, form) for form in ("csv", "json"))
    return (
        f'<div class="foot">{more}<div class="row"><span '
        f'class="quiet">{plural(page.total, "saved draft")}</span>'
        f"{export}</div></div>"
    )


def _export(page: Page, form: str) -> str:
    """All of them as a file: of who is at home here by the API, as it may be long; a visitor's are few."""
    label = f"Download as {form.upper()}"
    if page.forgotten:
        return button(label, "take-history", style="link", form=form)
    return f'<a href="{API}.{form}" download>{label}</a>'


def state_of(value: str) -> DraftState | None:
    """A state that was sent, None for anything else."""
    return next((state for state in get_args(DraftState) if state == value), None)
