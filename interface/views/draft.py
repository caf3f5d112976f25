"""The draft: what the opening asks for, the letter, its sources, and what to do before sending it."""

from collections.abc import Sequence

import outreach
from domain import (
    DraftKind,
    Dropped,
    Match,
    SentenceKind,
)
from interface.views import banners, coverage, editing, letter, made, resume
from interface.views.markup import button, host, icon, link, plural, stage, text
from interface.views.openings import chips
from interface.views.page import UPLOADED, Page
from kinds import KINDS
from outreach import Opening
from store import body_of

EVIDENCE_SAYS = "Your evidence says"
GAPS = 3
ASK = "Have you worked with it?"
MESSAGES = (("eml", "Email (.eml)"), ("docx", "Word (.docx)"), ("pdf", "PDF"), ("md", "Text (.md)"))
RESUMES = (("docx", "Word (.docx)"), ("pdf", "PDF"), ("md", "Text (.md)"))
TEXTS = (("docx", "Word (.docx)"), ("pdf", "PDF"), ("md", "Text (.md)"))
RECEIPTS = (
    (("receipt-html", "Receipt (.html)"), ("receipt-json", "Receipt (.json)")),
    (("zip", "All, with the receipt (.zip)"),),
)


def screen(page: Page) -> str:
    """The draft screen, writing or written."""
    marks = _marks(page)
    after = _after(page, marks) if page.draft else ""
    style = "draft" + (" editing" if page.editing else "")
    style += " cover" if page.kind is DraftKind.COVER_LETTER else ""
    style += " document" if page.is_document else ""
    style += " short" if KINDS[page.kind].form == "text" else ""
    inside = (
        f'<section class="page" id="draft">{_headline(page)}'
        f'<div class="banners">{banners.block(page)}</div><div class="{style}">'
        f"<div>{_tools(page)}{_letter(page, marks)}</div>{_sources(page, marks)}{after}</div></section>"
    )
    return stage("work", "draft", inside, say=_say(page, marks))


def _marks(page: Page) -> dict[str, str]:
    if page.is_document:
        return resume.marks(page.differences)
    posting = page.opening.posting
    if page.edit and not page.editing:
        return letter.numbered(editing.cited(page.edit), posting)
    # While one types, the numbers stay.
    return editing.with_added(letter.numbered(page.sentences, posting), page.edit, posting)


def _say(page: Page, marks: dict[str, str]) -> str:
    if page.editing:
        return "Editing. Checked as you type."
    if page.draft and page.is_document:
        return f"Résumé ready, {plural(len(set(marks.values())), 'change')} to look at"
    if page.draft:
        return f"Draft ready, {plural(len(marks), 'source')}"
    return _progress(page)


def _progress(page: Page) -> str:
    if page.is_document:
        return "Choosing and ordering your lines"
    body = sum(1 for c in page.checked if c.sentence.kind is not SentenceKind.SUBJECT)
    about = max(page.checked[-1].about if page.checked else 8, body)
    return f"Sentence {max(body, 1)} of about {about}"


def _headline(page: Page) -> str:
    posting = page.opening.posting
    where = ", ".join(x for x in (posting.company, posting.location) if x)
    # A page with one opening is that opening's address.
    url = posting.url or ("" if page.several else page.reading.url)
    view = f" {link(url, 'View the opening')}" if url.startswith("http") and host(url) != UPLOADED else ""
    other = button("Choose another opening", "choose") if page.several else ""
    asked, answered = len(page.opening.asked), len(page.opening.answered)
    count = f'<span class="quiet">{answered} of {asked} answered by your evidence</span>' if asked else ""
    return (
        f'<div class="headline"><div><h1 tabindex="-1" dir="auto">{text(posting.title)}</h1>'
        f'<p class="sub" dir="auto">{text(where)}{"." if where else ""}{view}</p></div>{other}</div>'
        f'<div class="chips">{chips(page.opening.asked)}{count}</div>'
    )


def _tools(page: Page) -> str:
    if page.editing:
        return (
            f'<div class="tools">{button("Done editing", "edit-done", style="btn primary")}'
            f'{button("Undo all", "edit-undo")}<div class="end"><span class="quiet">Checked as you type'
            f"</span></div></div>"
        )
    off = "" if page.draft else " disabled"
    first = " primary" if page.draft else ""
    end = (
        f'<button type="button" class="btn bare" data-do="write-again">{icon("again")}'
        '<span class="hide-s">Write again</span><span class="sr">, differently</span></button>'
        if page.draft
        else f"<span>{_progress(page)}</span>{button('Stop', 'stop')}"
    )
    entries = "<hr>".join(
        "".join(
            f'<button type="button" role="menuitem" data-export="{key}">{label}</button>'
            for key, label in group
        )
        for group in _downloads(page)
    )
    edit = (
        ""
        if page.is_document
        else f'<button type="button" class="btn" data-do="edit"{off}>{icon("pencil")}Edit</button>'
    )
    return (
        f'<div class="tools"><button type="button" class="btn{first}" data-copy{off}>{icon("copy")}'
        f'<span>Copy</span></button><div class="menu">'
        f'<button type="button" class="btn" data-menu aria-haspopup="menu" '
        f'aria-expanded="false"{off}>{icon("down")}Download</button>'
        f'<div class="list" role="menu" hidden>{entries}</div></div>'
        f'{edit}<div class="end">{end}</div></div>'
    )


def _downloads(page: Page) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The forms of download in their groups: the text, how it was made, and everything."""
    forms = RESUMES if page.is_document else MESSAGES if KINDS[page.kind].form == "message" else TEXTS
    return (forms, *RECEIPTS)


def _document(page: Page, marks: dict[str, str]) -> str:
    """A tailored résumé, as it will be printed."""
    document = page.draft.resume if page.draft else None
    if document is None:
        body = "".join(
            f'<in-ghost class="ghost" style="width:{w}%"></in-ghost>' for w in (38, 81, 76, 59, 72)
        )
        return (
            '<div class="letter"><div class="sheet-body" id="letter" role="group" aria-label="Résumé" '
            f'aria-busy="true">{body}</div></div>'
        )
    assert page.draft is not None
    plain = outreach.body_text(page.draft)
    direction = ' dir="rtl"' if document.right_to_left else ""
    return (
        '<div class="letter"><div class="sheet-body" id="letter" role="group" aria-label="Résumé" '
        f'aria-busy="false" lang="{text(page.draft.language)}"{direction}>'
        f"{resume.document(document, marks)}</div>"
        '<div class="foot"><span class="key">differs from yours</span>'
        f'<span class="count" id="words">{plural(letter.count_words(plain), "word")}</span></div>'
        f'<pre id="plain" hidden>{text(plain)}</pre></div>'
    )


def _letter(page: Page, marks: dict[str, str]) -> str:
    if page.is_document:
        return _document(page, marks)
    if page.edit:
        body, words = editing.body(page.edit, marks), letter.count_words(page.edit.body)
    else:
        ghosts = "" if page.draft else _ghosts(page)
        body = letter.paragraphs(page.sentences, marks, cursor=not page.draft) + ghosts
        words = letter.count_words(body_of(page.sentences))
    field = (
        'contenteditable="plaintext-only" role="textbox" aria-multiline="true" aria-label="Draft" '
        'tabindex="0" spellcheck="true"'
        if page.editing
        else f'role="group" aria-label="Draft" aria-busy="{"false" if page.draft else "true"}"'
    )
    subject = _subject(page) if KINDS[page.kind].form == "message" else ""
    return (
        f'<div class="letter">{subject}<div class="sheet-body" id="letter" {field} '
        f'lang="{text(page.opening.posting.language if not page.draft else page.draft.language)}">{body}'
        f"</div>"
        '<div class="foot"><span class="key">about you, with its source</span>'
        f'<span class="key from">from their page</span><span id="legend">{editing.legend(page.edit)}</span>'
        f"{_kept(page)}"
        f'<span class="count" id="words">'
        f"{plural(words, 'word')}</span></div></div>"
    )


SAVED = '<span class="kept"><a href="#saved">Saved</a></span>'
KEPT = {
    None: '<span class="kept" aria-hidden="true">Saved</span>',
    "local": SAVED,
    "account": SAVED,
    "visit": '<span class="kept"><a href="#saved">Saved until you leave</a></span>',
    "until signed in": '<span class="kept"><a href="#sign-in">Sign in to keep this</a></span>',
}


def _kept(page: Page) -> str:
    """That the draft is kept. Its place is held while it is being written."""
    return KEPT[page.kept]


def _ghosts(page: Page) -> str:
    """Two grey lines where the next sentence will be, as long as more than the sign-off is to come.

    Their element changes its name with each sentence, and with the writer: Gradio would move the same element
    over the page, which counts as a shift of the layout.
    """
    if page.checked and len(page.checked) > page.checked[-1].about - 3:
        return ""
    name = f"in-ghost{'s' if page.handover else ''}{len(page.checked) % 2}"
    return "".join(f'<{name} class="ghost" style="width:{width}%"></{name}>' for width in (81, 59))


def _subject(page: Page) -> str:
    count = f'<span class="quiet" id="subject-count">{plural(len(page.subject), "character")}</span>'
    odd = ' class="odd"' if page.edit and page.edit.odd_subject else ""
    if page.editing:
        return (
            '<div class="subject"><label class="key" for="subject">Subject</label>'
            f'<input id="subject" type="text" maxlength="200" dir="auto" '
            f'value="{text(page.subject)}"{odd}>{count}</div>'
        )
    return (
        f'<div class="subject"><span class="key">Subject</span><span class="value" id="subject" dir="auto">'
        f"{text(page.subject) or '&nbsp;'}</span>{count}</div>"
    )


def _sources(page: Page, marks: dict[str, str]) -> str:
    if page.is_document:
        inside = resume.changes(page.differences) if page.draft else "<header><h2>What changed</h2></header>"
        return f'<aside class="sources" aria-label="What changed">{inside}</aside>'
    changes = editing.changes(page.edit, page.sentences) if page.edit else ""
    return (
        f'<aside class="sources" aria-label="Sources"><div class="changes" id="changes">{changes}</div>'
        f'<header><h2>Sources</h2><span class="sub" style="margin:0">{letter.count_sources(marks)}</span>'
        f"</header>"
        f"{letter.source_cards(marks, page.profile, page.opening.posting)}</aside>"
    )


def _after(page: Page, marks: dict[str, str]) -> str:
    assert page.draft is not None
    dropped = page.draft.receipt.dropped or page.dropped
    first = _follow_up(page) + _before_you_send(page) + _left_out(dropped)
    if page.draft.resume is not None:
        first += resume.left_out(page.draft.resume.left_out)
    return (
        f'<div class="after"><div>{first}</div><div>{_gaps(page)}{coverage.block(page.coverage, page.kind)}'
        f"{made.block(page, marks)}</div>"
        f"</div>"
    )


def _follow_up(page: Page) -> str:
    """The next message, offered once this one is finished; and from that one the way back."""
    if page.follows:
        return f'<section class="next">{button("Back to the first message", "first-message")}</section>'
    if page.kind is not DraftKind.COLD_EMAIL or page.editing:
        return ""
    return (
        f'<section class="next">{button("Write the follow-up", "follow-up")}'
        '<p class="quiet">One short message for a week later, with something the first did not say.</p>'
        "</section>"
    )


def _before_you_send(page: Page) -> str:
    no_ai = banners.refuses_ai(page.instructions)
    asked = [
        f'<span dir="auto">“{text(x)}”</span> Their page asks for it.'
        for x in page.instructions
        if x != no_ai
    ]
    notices = page.draft.notices if page.draft else ()
    if page.edit is not None:
        notices = tuple(verdict.reason for verdict in page.edit.faults)
    faults = [f'<span dir="auto">{text(x)}</span>' for x in notices if x != banners.NOT_READY]
    lines = "".join(
        f'<li><label><input type="checkbox"><span>{x}</span></label></li>'
        for x in (*faults, *asked, "Read it aloud once.")
    )
    return f'<section><h2>Before you send</h2><ul class="checks">{lines}</ul></section>'


def _gaps(page: Page) -> str:
    gaps = [m for m in _open_gaps(page.opening) if m.text not in page.set_aside]
    if not gaps:
        return ""
    first, rest = gaps[:GAPS], gaps[GAPS:]
    body = body_of(page.sentences)
    named = [m for m in first if m.text in body]
    skills = [m for m in first if m.subject == "skill"]
    honest = named[0] if named and page.say_gap else next(iter(skills), None)
    lines = "".join(_gap(m, _honestly(page, m.text in body) if m is honest else "") for m in first)
    more = "".join(_gap(m, "") for m in rest)
    if more:
        more = (
            f'<details class="also"><summary>{len(rest)} more</summary><ul class="gaps">{more}</ul></details>'
        )
    return f'<section><h2>They also ask for</h2><ul class="gaps">{lines}</ul>{more}</section>'


def _open_gaps(opening: Opening) -> list[Match]:
    """Skills that no evidence shows, then whole requirements that a word of the person could answer."""
    skills = [m for m in opening.asked if m.is_gap]
    named = {skill for m in skills for skill in (m.text, *m.skills)}
    lines = [
        m
        for m in opening.matches
        if m.subject == "requirement" and m.is_gap and m.question and not named.intersection(m.skills)
    ]
    return [*skills, *lines]


def _honestly(page: Page, is_said: bool) -> str:
    """The way to say a gap, or what came of it: the built-in writer says it in a cover letter only."""
    if KINDS[page.kind].form != "message":
        return ""
    if not page.say_gap:
        return button("Say it honestly", "say-gap", style="link")
    if is_said:
        return button("Leave it out again", "hide-gap", style="link")
    return "<span>This draft has no room to say it. A cover letter has.</span>"


def _gap(match: Match, honestly: str) -> str:
    wish = "" if match.required is not False else " It is optional."
    if match.reason.startswith(EVIDENCE_SAYS):
        what = f"{text(match.reason.rstrip('.'))}, so the draft does not claim it.{wish}"
        answers = _add("Add evidence", match)
    else:
        what = f"{text(match.question or ASK)}{wish}"
        answers = _add("Yes, add it", match) + button("No", "set-aside", style="link", skill=match.text)
    answers += honestly
    return (
        f'<li><b dir="auto">{text(match.text.rstrip("."))}.</b> <span dir="auto">{what}</span>'
        f'<div class="row">{answers}</div></li>'
    )


def _add(label: str, match: Match) -> str:
    """The way to the field for adding, with what is asked and the words that it begins with."""
    words = match.text if match.subject == "skill" else ""
    question = match.question or f"{match.text}: {ASK[0].lower()}{ASK[1:]}"
    return (
        f'<a href="#evidence" data-add="{text(words)}" data-question="{text(question)}" '
        f'aria-label="{text(f"{label}: {match.text[:60]}")}">{label}</a>'
    )


def _left_out(dropped: Sequence[Dropped]) -> str:
    if not dropped:
        return ""
    lines = "".join(
        f'<li><s dir="auto">{text(d.text)}</s><p dir="auto">{text(d.verdict.reason)}</p>{_repair(d)}</li>'
        for d in dropped
    )
    return (
        f'<section><h2>Left out <span class="quiet">{plural(len(dropped), "sentence")}</span></h2>'
        f'<ul class="left">{lines}</ul></section>'
    )


def _repair(dropped: Dropped) -> str:
    if dropped.replaced_by:
        return f'<p dir="auto">Instead: “{text(dropped.replaced_by)}”</p>'
    if dropped.question:
        return f'<p dir="auto">{text(dropped.question)} {_add_for(dropped.question)}</p>'
    return '<p><a href="#evidence">Add evidence</a></p>'


def _add_for(question: str) -> str:
    return f'<a href="#evidence" data-add="" data-question="{text(question)}">Add it</a>'
