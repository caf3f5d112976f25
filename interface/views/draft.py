"""The draft: what the opening asks for, the letter, its sources, and what to do before sending it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import outreach
from domain import (
    Coverage,
    Draft,
    DraftKind,
    Dropped,
    Estimate,
    Match,
    Persona,
    Profile,
    Reading,
    Receipt,
    Sentence,
    SentenceKind,
)
from interface.views import coverage, editing, letter
from interface.views.editing import Edit
from interface.views.markup import button, host, icon, link, plural, stage, text
from interface.views.openings import chips
from outreach import Checked, Opening

AI = re.compile(
    r"\b(A\.?I\.?|artificial intelligence|chatbots?|ChatGPT|GPT|LLMs?|language models?|Copilot"
    r"|machine[- ]written|generated)\b"
)
REFUSAL = re.compile(
    r"\b(no|not|n[o']t|don['’]t|without|never|refrain|avoid|discourage|declin\w*|reject\w*|disqualif\w*|ban\w*)\b",
    re.I,
)
EVIDENCE_SAYS = "Your evidence says"
GAPS = 3
ASK = "Have you worked with it?"
UPLOADED = "saved-page.example"  # stands for the address of a saved page that names none
DOWNLOADS = (
    (("eml", "Email (.eml)"), ("docx", "Word (.docx)"), ("md", "Text (.md)")),
    (("receipt-html", "Receipt (.html)"), ("receipt-json", "Receipt (.json)")),
    (("zip", "All, with the receipt (.zip)"),),
)
OWN_WORDS = re.compile(r"\b(in|use) your own words\b", re.I)


@dataclass(frozen=True)
class Page:
    """All that the draft screen shows; `draft` is None while it is being written."""

    reading: Reading
    opening: Opening
    profile: Profile
    kind: DraftKind
    checked: tuple[Checked, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    draft: Draft | None = None
    handover: str = ""
    several: bool = False
    say_gap: bool = False
    set_aside: tuple[str, ...] = ()
    has_model: bool = False
    stale: bool = False
    edit: Edit | None = None
    editing: bool = False
    coverage: Coverage | None = None
    note: str = ""
    model: str = ""
    estimate: Estimate | None = None
    follows: bool = False

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.draft.sentences if self.draft else tuple(c.sentence for c in self.checked)

    @property
    def instructions(self) -> tuple[str, ...]:
        """What this opening asks of applicants, and not the others of its list."""
        told = self.reading.instructions
        return tuple(x for x in told if x in self.opening.posting.text) if self.several else told

    @property
    def subject(self) -> str:
        if self.edit:
            return self.edit.subject
        if self.draft:
            return self.draft.subject
        return next((s.text for s in self.sentences if s.kind is SentenceKind.SUBJECT), "")


def screen(page: Page) -> str:
    """The draft screen, writing or written."""
    marks = editing.with_added(letter.numbered(page.sentences, page.opening.posting), page.edit)
    after = _after(page, marks) if page.draft else ""
    style = "draft" + (" editing" if page.editing else "")
    style += " cover" if page.kind is DraftKind.COVER_LETTER else ""
    inside = (
        f'<section class="page" id="draft">{_headline(page)}<div class="banners">{_banners(page)}</div>'
        f'<div class="{style}">'
        f"<div>{_tools(page)}{_letter(page, marks)}</div>{_sources(page, marks)}{after}</div></section>"
    )
    return stage("work", "draft", inside, say=_say(page, marks))


def _say(page: Page, marks: dict[str, str]) -> str:
    if page.editing:
        return "Editing. Checked as you type."
    if page.draft:
        return f"Draft ready, {plural(len(marks), 'source')}"
    return _progress(page)


def _progress(page: Page) -> str:
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


def refuses_ai(instructions: Sequence[str]) -> str:
    """The first instruction that asks applicants not to use AI, or ""."""
    for line in instructions:
        if OWN_WORDS.search(line) or (AI.search(line) and REFUSAL.search(line)):
            return line
    return ""


def _banners(page: Page) -> str:
    parts = []
    if page.stale and page.draft:
        parts.append(
            _banner(
                f"<b>Your evidence has changed.</b> {button('Write again with it', 'rework', style='link')}"
            )
        )
    no_ai = refuses_ai(page.instructions)
    if no_ai:
        parts.append(
            _banner(
                f'<b>They ask applicants not to use AI.</b> <span dir="auto">“{text(no_ai)}”</span> '
                "You decide whether to use this draft.",
                warn=True,
            )
        )
    if page.reading.hidden:
        parts.append(_hidden(page.reading.hidden))
    if _lacks_address(page.profile):
        parts.append(_banner(_address(), warn=True))
    parts.append(_by_model(page))
    if page.note:
        parts.append(_banner(f'<span role="status">{text(page.note)}</span>'))
    unsettled = "" if page.editing else editing.unsettled(page.edit)
    if unsettled:
        parts.append(_banner(f"{unsettled}{button('Edit', 'edit', style='link')}"))
    parts += [_banner(f'<span dir="auto">{text(x)}</span>') for x in page.reading.warnings]
    return "".join(parts)


def _lacks_address(profile: Profile) -> bool:
    return profile.persona is Persona.SERVICE_PROVIDER and not profile.postal_address


NOT_READY = "Not ready to send. Add your postal address."


def _address() -> str:
    """What the law wants of an offer of services, with the field for it. It is never made up."""
    return (
        f"<b>{NOT_READY}</b> The law wants it under an offer of services."
        '<form class="one-line" data-submit="set-address" novalidate><label class="sr" for="postal">Postal '
        'address</label><input id="postal" name="address" type="text" maxlength="300" dir="auto" '
        'autocomplete="street-address" placeholder="Street, postcode, town, country" '
        'data-need="Write the address first."><button type="submit" class="btn">Add it</button>'
        '<p class="error" id="postal-error" hidden></p></form>'
    )


def _by_model(page: Page) -> str:
    """Who writes, where it is a model; when it fails, that stands in the same place, so nothing moves."""
    usage = page.draft.receipt.usage if page.draft else None
    failed = page.handover or (usage.fallback if usage else "")
    if failed:
        again = button("Try the model again", "write-model", style="link") if page.has_model else ""
        return _banner(f"<b>{text(failed)}</b> {again}", warn=True, style="by-model")
    if usage and usage.writer == "model":
        note = f" {text(usage.note)}" if usage.note else ""
        return _banner(
            f"<b>{text(usage.model)} wrote this,</b> and each line was checked.{note}", style="by-model"
        )
    if page.model and not page.draft:
        what = f"<b>{text(page.model)} writes this,</b> and each line is checked."
        return _banner(f"{what}{_foreseen(page.estimate)}", style="by-model")
    return ""


def _foreseen(estimate: Estimate | None) -> str:
    """What the call takes, as far as it is known before it is made."""
    if estimate is None:
        return ""
    price = f", at most {estimate.cost:.4f} at the prices set here" if estimate.cost else ""
    return f" It takes at most {estimate.most_tokens:,} tokens{price}."


def _banner(inside: str, *, warn: bool = False, style: str = "") -> str:
    classes = " ".join(x for x in ("banner", "warn" if warn else "", style) if x)
    return f'<div class="{classes}">{icon("warn" if warn else "eye")}<div class="body">{inside}</div></div>'


def _hidden(passages: Sequence[str]) -> str:
    was = (
        "1 passage no visitor can see was"
        if len(passages) == 1
        else f"{len(passages)} passages no visitor can see were"
    )
    shown = "".join(f'<pre dir="auto">{text(x)}</pre>' for x in passages)
    label = "Show it" if len(passages) == 1 else "Show them"
    return _banner(
        f"<b>This page has hidden text.</b> {was} ignored. <details><summary>{label}</summary>{shown}"
        f"</details>"
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
        for group in DOWNLOADS
    )
    return (
        f'<div class="tools"><button type="button" class="btn{first}" data-copy{off}>{icon("copy")}'
        f'<span>Copy</span></button><div class="menu">'
        f'<button type="button" class="btn" data-menu aria-haspopup="menu" '
        f'aria-expanded="false"{off}>{icon("down")}Download</button>'
        f'<div class="list" role="menu" hidden>{entries}</div></div>'
        f'<button type="button" class="btn" data-do="edit"{off}>{icon("pencil")}Edit</button>'
        f'<div class="end">{end}</div></div>'
    )


def _letter(page: Page, marks: dict[str, str]) -> str:
    if page.edit:
        body, words = editing.body(page.edit, page.sentences, marks), letter.count_words(page.edit.body)
    else:
        ghosts = "" if page.draft else _ghosts(page)
        body = letter.paragraphs(page.sentences, marks, cursor=not page.draft) + ghosts
        words = letter.count_words(letter.plain(page.sentences))
    field = (
        'contenteditable="plaintext-only" role="textbox" aria-multiline="true" aria-label="Draft" '
        'tabindex="0" spellcheck="true"'
        if page.editing
        else f'role="group" aria-label="Draft" aria-busy="{"false" if page.draft else "true"}"'
    )
    return (
        f'<div class="letter">{_subject(page)}<div class="sheet-body" id="letter" {field} '
        f'lang="{text(page.opening.posting.language if not page.draft else page.draft.language)}">{body}'
        f"</div>"
        '<div class="foot"><span class="key">about you, with its source</span>'
        f'<span class="key from">from their page</span><span id="legend">{editing.legend(page.edit)}</span>'
        f'<span class="count" id="words">'
        f"{plural(words, 'word')}</span></div></div>"
    )


def _ghosts(page: Page) -> str:
    """Two grey lines where the next sentence will be, as long as more than the sign-off is to come.

    Their element changes its name with each sentence: Gradio would move the same element down the page, which
    counts as a shift of the layout.
    """
    if page.checked and len(page.checked) > page.checked[-1].about - 3:
        return ""
    name = f"in-ghost{len(page.checked) % 2}"
    return "".join(f'<{name} class="ghost" style="width:{width}%"></{name}>' for width in (81, 59))


def _subject(page: Page) -> str:
    count = f'<span class="quiet" id="subject-count">{plural(len(page.subject), "character")}</span>'
    if page.editing:
        return (
            '<div class="subject"><label class="key" for="subject">Subject</label>'
            f'<input id="subject" type="text" maxlength="200" dir="auto" '
            f'value="{text(page.subject)}">{count}</div>'
        )
    return (
        f'<div class="subject"><span class="key">Subject</span><span class="value" id="subject" dir="auto">'
        f"{text(page.subject) or '&nbsp;'}</span>{count}</div>"
    )


def _sources(page: Page, marks: dict[str, str]) -> str:
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
    return (
        f'<div class="after"><div>{first}</div><div>{_gaps(page)}{coverage.block(page.coverage, page.kind)}'
        f"{_made(page, marks)}</div>"
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
    no_ai = refuses_ai(page.instructions)
    asked = [
        f'<span dir="auto">“{text(x)}”</span> Their page asks for it.'
        for x in page.instructions
        if x != no_ai
    ]
    faults = (
        [f'<span dir="auto">{text(x)}</span>' for x in page.draft.notices if x != NOT_READY]
        if page.draft
        else []
    )
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
    body = letter.plain(page.sentences)
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


def _made(page: Page, marks: dict[str, str]) -> str:
    """How the draft was made, as it goes into the receipt, and the way to take that away."""
    assert page.draft is not None
    draft = page.draft
    checked = sum(s.kind in letter.MARKED for s in draft.sentences)
    rows = [("Page", _page_row(page.reading, draft.receipt))]
    rows += [row for row in outreach.facts(draft) if row[0] != "Checked"]
    rows.append(("Checks", f"{checked} of {checked} claims and quotes match"))
    mine = sum(mark[:1].isdigit() for mark in marks.values())
    rows.append(
        ("Evidence", f"{plural(mine, 'item')} of yours: {', '.join(_cited(marks))}" if mine else "none")
    )
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


def _cited(marks: dict[str, str]) -> list[str]:
    return [source for source, mark in marks.items() if mark[:1].isdigit()]


def _page_row(reading: Reading, receipt: Receipt) -> str:
    source = reading.board or reading.rung or receipt.rung or "text"
    where = host(reading.url) if reading.url else "pasted text"
    where = "a saved page" if where == UPLOADED else where
    at = f", read {receipt.written_at:%H:%M}" if receipt.written_at else ""
    return f"{where}, by {source}{at}" if reading.url else f"{where}{at}"
