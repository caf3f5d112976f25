"""The evidence page: sources, items by record with the document beside them, and a short form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from domain import Evidence, Persona, Profile
from interface.views import doubts, items, shelves, source
from interface.views.items import FORM, Review, Shelf
from interface.views.letter import record_line
from interface.views.markup import button, icon, plural, text
from interface.views.start import personas
from outreach import WRITTEN
from store import Item, Kept, KeptDocument, Offer, Summary

EXPERIENCE = "One result a line. Start a job with its title, company, years: “Engineer, Fernhill, 2022–2025”."
SKILLS = "With a comma between: Python, PostgreSQL, Go (can read)."
FORMATS = "PDF, Word, text, Markdown, YAML, JSON Resume, CSV, or LinkedIn’s ZIP; up to 10 MB each."
CONTACTS = {
    "name": "Name",
    "headline": "What you are",
    "email": "Email",
    "phone": "Phone",
    "links": "Link",
    "organization": "Company",
    "postal_address": "Postal address",
}
ADD_HINT = (
    "Say what you did with it, in a sentence that a draft may use; a word or two count as a skill. "
    "You are its source."
)
MOST_OFFERS = 6
WARNINGS = 3  # shown at first


class Parser(Protocol):
    """A way to read a document's layout."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def what_for(self) -> str: ...


@dataclass(frozen=True)
class Page:
    """All that the page shows.

    Attributes:
        profile: The evidence in use, the sample's or the person's own.
        is_sample: Whether it is the sample that everyone starts with.
        kept: The person's own, put away while the sample is in use.
        all: Every profile of the person.
        review: What is open, chosen, asked for.
        form: What stands in the form, by field.
        parsers: The ways to read a document, "auto" first.
        keeping: Where evidence is kept, and for how long.
        note: What just happened, in one sentence.
        wrong: What went wrong with the last form, in one or two sentences.
        undo: The verb, and the item, that take back what just happened.
        has_draft: Whether a draft waits on the other page.
    """

    profile: Profile
    is_sample: bool = True
    kept: Kept | None = None
    all: Sequence[Summary] = ()
    review: Review = field(default_factory=Review)
    form: Mapping[str, str] = field(default_factory=dict)
    parsers: Sequence[Parser] = ()
    keeping: shelves.Keeping = "local"
    note: str = ""
    wrong: str = ""
    undo: tuple[str, str] = ("", "")
    has_draft: bool = False


HEAD = (
    '<div class="i"><section class="page title"><h1 tabindex="-1">Your evidence</h1><p class="sub">'
    "Drafts can only use what is written here. Two minutes of checking now keeps every later draft true."
    "</p></section></div>"
)


def page(page: Page) -> str:
    """Everything below the title and the files that were brought."""
    kept = None if page.is_sample else page.kept
    shelf = _shelf(page, kept)
    shown = _of_document(shelf, kept)
    document = _document(kept, shown)
    bar = shelves.bar(kept, page.all, page.review, page.keeping) if kept else ""
    warnings = document.document.warnings if document and page.review.document else page.profile.warnings
    body = (
        f"{_note(page)}{doubts.merging(shelf)}{doubts.listed(shown)}{_who(page)}{_adding(page, kept)}"
        f'{_warnings(warnings)}<div class="over">{items.search(shown)}{_confirm_all(shown, document)}</div>'
        f"{items.listed(shown)}{_nothing(page)}"
    )
    beside = _beside(shown, kept, document)
    whose = text(page.kept.id if page.kept else "")
    return (
        f'<div class="i"><section class="page evidence-page{" wide" if beside else ""}" '
        f'data-chosen="{text(page.review.item)}" data-profile="{whose}">{bar}'
        f'<div class="evidence{" beside" if beside else ""}"><aside class="from" aria-label="Sources">'
        f'{_sources(page, kept)}</aside><div class="list">{body}</div>{beside}</div></section></div>'
    )


def _shelf(page: Page, kept: Kept | None) -> Shelf:
    records = {record.id: record for record in page.profile.records}
    if kept is None:
        lent = [Item(evidence=e, document="", read_from=e.source) for e in page.profile.evidence]
        return Shelf(lent, records, page.review, own=False)
    return Shelf(kept.items, records, page.review)


def _of_document(shelf: Shelf, kept: Kept | None) -> Shelf:
    """What one document says, where one is chosen."""
    chosen = next((d for d in kept.documents if d.id == shelf.review.document), None) if kept else None
    if chosen is None:
        return shelf
    return Shelf(items.said_by(shelf.items, chosen), shelf.records, shelf.review, shelf.own)


def _document(kept: Kept | None, shelf: Shelf) -> KeptDocument | None:
    """The document to show: the chosen item's, or the chosen one."""
    if kept is None:
        return None
    item = next((x for x in shelf.items if x.evidence.id == shelf.review.item), None)
    wanted = item.document if item else shelf.review.document
    return next((d for d in kept.documents if d.id == wanted), None)


def _beside(shelf: Shelf, kept: Kept | None, document: KeptDocument | None) -> str:
    """The margin with the document's text. Its place is held before an item is chosen, so nothing moves."""
    if kept is None or not any(d.document.text for d in kept.documents):
        return ""
    inside = '<p class="empty">Choose an item to see where it stands.</p>'
    title = ""
    if document is not None and document.document.text:
        spans = [
            source.Span(x.evidence.id, x.read_from.start, x.read_from.end)
            for x in kept.items
            if x.document == document.id and x.read_from.start is not None and x.read_from.end is not None
        ]
        inside = source.pane(document.document, spans, item=shelf.review.item, at=shelf.review.at)
        title = f'<h2 dir="auto">{text(_named(document))}</h2>'
        title += f'<span class="quiet">{text(source.about(document.document, document.items))}</span>'
    return f'<aside class="margin" aria-label="Where it stands"><header>{title}</header>{inside}</aside>'


def _named(document: KeptDocument) -> str:
    return "Your form" if document.document.name == FORM else document.document.name


def _note(page: Page) -> str:
    do, item = page.undo
    undo = f" {button('Undo', do, style='link', item=item)}" if do else ""
    back = ' <a href="#write">Back to your draft</a>' if page.has_draft else ""
    say = (
        f'<p class="note" role="status"><span dir="auto">{text(page.note)}</span>{undo}{back}</p>'
        if page.note
        else '<p class="note" role="status" hidden></p>'
    )
    return say + (f'<p class="error" role="alert" dir="auto">{text(page.wrong)}</p>' if page.wrong else "")


def _nothing(page: Page) -> str:
    if page.profile.evidence or (page.kept and page.kept.items):
        return ""
    return '<p class="sub">No evidence yet. Drop a résumé here, or write it above.</p>'


def _confirm_all(shelf: Shelf, document: KeptDocument | None) -> str:
    """One press for a document that was looked through."""
    review = shelf.review
    if document is None or document.id != review.document:
        return ""
    left = items.confirmable(shelf.items)
    if not left:
        return ""
    asked = sum(x.to_check for x in shelf.items)
    but = f' <span class="quiet">but the {asked:,} to check</span>' if asked else ""
    words = f"Confirm all {len(left):,}" if len(left) > 1 else "Confirm it"
    all_ = button(words, "confirm-all", document=document.id, picture="check")
    return f'<div class="row all">{all_}{but}</div>'


# --- sources --------------------------------------------------------------------------------------------


def _sources(page: Page, kept: Kept | None) -> str:
    listed = _kept_sources(kept, page) if kept else _lent_sources(page.profile.evidence)
    sample = "" if page.is_sample else button("Use the sample", "use-sample", style="link")
    back = ""
    if page.is_sample:
        has_own = page.kept is not None
        back = button(
            *(("Use mine again", "use-mine") if has_own else ("Start with nothing", "clear")), style="link"
        )
    keeping = ""
    if kept is None:  # else the line above says so
        stays = "It stays on this server. " if page.keeping in ("visit", "until signed in") else ""
        keeping = f"{stays}{shelves.KEEPING[page.keeping]}"
    return (
        f"<h2>Sources</h2>{listed}"
        '<button type="button" class="btn wide" data-upload="evidence">Add a résumé or portfolio</button>'
        f'<p class="quiet under">Or drop files anywhere on this page. {FORMATS} {keeping}</p>'
        f'<p class="under">{sample}{back}</p>'
    )


def _lent_sources(evidence: Sequence[Evidence]) -> str:
    counts: dict[str, int] = {}
    for item in evidence:
        counts[item.source.document] = counts.get(item.source.document, 0) + 1
    lines = "".join(
        f'<li><div class="doc">{icon("page")}<span><b dir="auto">{text(name)}</b>'
        f'<span class="quiet">{plural(count, "item")}</span></span></div></li>'
        for name, count in counts.items()
    )
    return f'<ul class="docs">{lines}</ul>' if lines else '<p class="sub none">Nothing yet.</p>'


def _kept_sources(kept: Kept, page: Page) -> str:
    if not kept.documents:
        return '<p class="sub none">Nothing yet.</p>'
    review = page.review
    lines = [_source(d, review, page) for d in kept.documents]
    if len(kept.documents) > 1:
        total = plural(sum(1 for x in kept.items if x.state != "hidden"), "item")
        everything = _chooser("", "All of it", total, not review.document, picture="")
        lines.insert(0, f"<li>{everything}</li>")
    return f'<ul class="docs">{"".join(lines)}</ul>'


def _source(document: KeptDocument, review: Review, page: Page) -> str:
    check = f", {document.to_check:,} to check" if document.to_check else ""
    chosen = review.document == document.id
    more = _about_source(document, review, page) if chosen else ""
    shown = _chooser(document.id, _named(document), f"{plural(document.items, 'item')}{check}", chosen)
    return f"<li>{shown}{more}</li>"


def _chooser(id_: str, name: str, under: str, chosen: bool, picture: str = "page") -> str:
    return (
        f'<button type="button" class="doc" data-do="see" data-document="{text(id_)}" '
        f'aria-pressed="{"true" if chosen else "false"}">{icon(picture) if picture else ""}'
        f'<span><b dir="auto">{text(name)}</b><span class="quiet">{under}</span></span></button>'
    )


def _about_source(document: KeptDocument, review: Review, page: Page) -> str:
    """How the chosen document was read, and the ways to have it read otherwise or taken away."""
    remove = button("Remove this source", "ask", style="link", what=document.id)
    if document.document.name in (FORM, WRITTEN):
        return f'<div class="under">{remove}</div>'
    labels = {parser.name: parser.label for parser in page.parsers}
    parser = document.document.parser
    how = labels.get(parser, parser) if parser else document.document.format
    change = button("Change", "open", style="link", part="parser") if len(page.parsers) > 1 and parser else ""
    ways = _parsers(document, page) if review.open == "parser" and change else ""
    if ways:
        change = ""
    return (
        f'<div class="under read-as"><h3>Read as</h3><p dir="auto">{text(how)}. {change}</p>{ways}{remove}'
        "</div>"
    )


def _parsers(document: KeptDocument, page: Page) -> str:
    now = document.document.parser
    choices = "".join(
        f'<label><input type="radio" name="parser" value="{text(p.name)}"'
        f"{' checked' if p.name == now else ''}>"
        f"<span><b>{text(p.label)}</b><span class='quiet'>{text(p.what_for)}</span></span></label>"
        for p in page.parsers
    )
    return (
        f'<form class="parsers" data-submit="read-as" novalidate><input type="hidden" name="document" '
        f'value="{text(document.id)}"><fieldset><legend class="sr">Read as</legend>{choices}</fieldset>'
        f'<div class="row"><button type="submit" class="btn">Read it again</button>'
        f"{button('Cancel', 'open', style='btn bare', part='')}</div></form>"
    )


# --- who is writing -------------------------------------------------------------------------------------


def _who(page: Page) -> str:
    profile, form = page.profile, page.form
    name = profile.organization or profile.name
    lead = f"This is the sample evidence of {name}." if page.is_sample else f"Writing as {name}."
    if not name:
        lead = "Your name is missing. Add it, so that a draft can be signed."
    contact = " · ".join(x for x in (profile.headline, profile.email, profile.phone, *profile.links) if x)
    address = profile.postal_address
    opened = "" if page.is_sample or profile.evidence else " open"
    verb = "Write yours here" if page.is_sample or not page.kept else "Change it, or write more"
    offers = _offers(page.kept.offers) if page.kept and not page.is_sample else ""
    return (
        f'<div class="who"><b dir="auto">{text(lead)}</b><p class="quiet" dir="auto">{text(contact)}</p>'
        f"{f'<p class=quiet dir=auto>{text(address)}</p>' if address else ''}{offers}"
        f'<details data-part="form"{opened}><summary>{verb}</summary>{_form(profile, form)}</details></div>'
    )


def _offers(offers: Sequence[Offer]) -> str:
    """Names and contacts that a document gives and that are not in use."""
    lines = "".join(
        f'<li><span class="quiet">{CONTACTS.get(o.field, o.field)}</span> '
        f'<span dir="auto">{text(o.value.replace(chr(10), ", "))}</span> '
        f'<button type="button" class="link" data-do="use-contact" data-field="{text(o.field)}" '
        f'data-value="{text(o.value)}" aria-label="{text(f"Use it: {o.value[:60]}")}">Use it</button></li>'
        for o in offers[:MOST_OFFERS]
    )
    return f'<p class="quiet also">Also found</p><ul class="offers">{lines}</ul>' if lines else ""


def _form(profile: Profile, form: Mapping[str, str]) -> str:
    persona = form.get("persona", profile.persona.value)
    agency = persona == Persona.SERVICE_PROVIDER.value
    name = _input("name", "Your name", form, need="Add your name first.")
    headline = _input("headline", "What you are, in a few words", form)
    contact = _input("email", "Email", form, kind="email") + _input("phone", "Phone", form)
    company = _input("organization", "Company", form) + _input("postal_address", "Postal address", form)
    return (
        '<form data-submit="save-form" id="profile-form" novalidate>'
        f"{personas(persona)}"
        f'<div class="pair">{name}{headline}</div><div class="pair">{contact}</div>'
        f"{_input('links', 'Links, with a space between', form)}"
        f'<div class="pair" data-agency{"" if agency else " hidden"}>{company}</div>'
        f"{_area('experience', 'Experience', form, EXPERIENCE)}"
        f"{_area('skills', 'Skills', form, SKILLS, rows=2)}"
        '<div class="row"><button type="submit" class="btn primary">Use this as my evidence</button>'
        '<span class="quiet">Files you added stay.</span></div></form>'
    )


def _input(name: str, label: str, form: Mapping[str, str], *, kind: str = "text", need: str = "") -> str:
    must = f' data-need="{text(need)}"' if need else ""
    error = f'<p class="error" id="f-{name}-error" hidden></p>' if need else ""
    return (
        f'<div class="field"><label for="f-{name}">{label}</label>'
        f'<input id="f-{name}" name="{name}" type="{kind}" '
        f'maxlength="500" dir="auto" autocomplete="off" value="{text(form.get(name, ""))}"{must}>{error}'
        f"</div>"
    )


def _area(name: str, label: str, form: Mapping[str, str], hint: str, rows: int = 7) -> str:
    return (
        f'<div class="field"><label for="f-{name}">{label}</label>'
        f'<p class="quiet" id="f-{name}-hint">{text(hint)}</p>'
        f'<textarea id="f-{name}" name="{name}" rows="{rows}" maxlength="20000" dir="auto" '
        f'aria-describedby="f-{name}-hint">{text(form.get(name, ""))}</textarea></div>'
    )


def _adding(page: Page, kept: Kept | None) -> str:
    """One more thing in the person's own words, as asked for by a gap or of their own accord."""
    review = page.review
    if page.is_sample and not page.kept and not review.question:
        return ""
    if review.open != "add":
        add = button("Add something in your own words", "open", style="link", part="add")
        return f'<p class="adding">{add}</p>'
    question = review.question or "What can you show?"
    options = "".join(
        f'<option value="{text(r.id)}">{text(record_line(r)[:90])}</option>'
        for r in (kept.profile.records if kept else ())[:200]
    )
    belongs = (
        '<div class="field"><label for="add-record">Where was it?</label>'
        '<select id="add-record" name="record">'
        f'<option value="">On its own</option>{options}</select></div>'
        if options
        else ""
    )
    return (
        '<form class="panel-form" id="add-form" data-submit="add-own" novalidate><div class="field">'
        f'<label for="add-words" dir="auto">{text(question)}</label>'
        f'<p class="quiet" id="add-hint">{ADD_HINT}</p>'
        '<textarea id="add-words" name="words" rows="3" maxlength="2000" dir="auto" '
        f'aria-describedby="add-hint" data-need="Write something first.">{text(review.words)}</textarea>'
        f'<p class="error" id="add-words-error" hidden></p></div>{belongs}'
        '<div class="row"><button type="submit" class="btn primary">Add it</button>'
        f"{button('Cancel', 'open', style='btn bare', part='')}</div></form>"
    )


def _warnings(warnings: Sequence[str]) -> str:
    if not warnings:
        return ""
    lines = [f'<p dir="auto">{text(x)}</p>' for x in warnings]
    first, rest = "".join(lines[:WARNINGS]), "".join(lines[WARNINGS:])
    if rest:
        first += f"<details><summary>{len(lines) - WARNINGS:,} more</summary>{rest}</details>"
    return f'<div class="banner warn group">{icon("warn")}<div class="body">{first}</div></div>'
