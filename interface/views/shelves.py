"""The profiles of a person: which one is open, others, taking one away, deleting one or all."""

from collections.abc import Sequence
from typing import Literal

from interface.views.items import Review
from interface.views.markup import button, icon, plural, text
from interface.views.start import personas
from store import Kept, Summary

Keeping = Literal["local", "account", "visit", "until signed in"]
KEEPING: dict[Keeping, str] = {
    "local": "Kept on this computer.",
    "account": "Kept for you alone, in your account.",
    "visit": "Forgotten when you close or reload the page.",
    "until signed in": "Forgotten when you close or reload the page. "
    '<a href="#sign-in">Sign in to keep it</a>',
}


def bar(kept: Kept, all_: Sequence[Summary], review: Review, keeping: Keeping) -> str:
    """Above the evidence: the open profile with its menu, and how long it is kept."""
    documents, items = len(kept.documents), len(kept.profile.evidence)
    count = (
        f"{plural(items, 'item')} from {plural(documents, 'source')}." if documents else "Nothing in it yet."
    )
    others = "".join(_choice(one, one.id == kept.id) for one in all_) if len(all_) > 1 else ""
    things = (
        _entry("New profile", "open", part="new-profile"),
        _entry("Rename", "open", part="label"),
        '<button type="button" role="menuitem" data-take="json">Download as JSON Resume</button>',
        '<button type="button" role="menuitem" data-take="csv">Download as CSV</button>',
        _entry("Delete this profile", "ask", what="profile"),
        _entry("Delete everything", "ask", what="all"),
    )
    menu = (
        '<div class="menu"><button type="button" class="btn" data-menu aria-haspopup="menu" '
        'aria-expanded="false"><span class="sr">Profile: </span>'
        f'<span dir="auto" class="clip">{text(kept.label)}</span>{icon("open")}</button>'
        '<div class="list" role="menu" aria-label="Profiles" hidden>'
        f"{others}{'<hr>' if others else ''}{''.join(things)}</div></div>"
    )
    return (
        f'<div class="shelf">{menu}<p class="quiet">{count} {KEEPING[keeping]}</p></div>'
        f"{_form(kept, review)}{_sure(kept, all_, review)}"
    )


def _entry(label: str, do: str, **data: object) -> str:
    extra = "".join(f' data-{key}="{text(value)}"' for key, value in data.items())
    return f'<button type="button" role="menuitem" data-do="{do}"{extra}>{label}</button>'


def _choice(one: Summary, is_open: bool) -> str:
    check = f", {one.to_check:,} to check" if one.to_check else ""
    return (
        f'<button type="button" role="menuitemradio" aria-checked="{"true" if is_open else "false"}" '
        f'data-do="use-profile" data-profile="{text(one.id)}">{icon("check") if is_open else ""}'
        f'<span><b dir="auto">{text(one.label)}</b><span class="quiet">{plural(one.items, "item")}{check}'
        "</span></span></button>"
    )


def _form(kept: Kept, review: Review) -> str:
    """The field for a new or another name."""
    if review.open not in ("label", "new-profile"):
        return ""
    new = review.open == "new-profile"
    name, value = ("Name of the new profile", "") if new else ("Name of this profile", kept.label)
    return (
        f'<form class="panel-form" data-submit="{"new-profile" if new else "rename"}" novalidate>'
        f'<div class="field"><label for="profile-label">{name}</label><input id="profile-label" name="label" '
        f'type="text" maxlength="80" dir="auto" autocomplete="off" value="{text(value)}" '
        'data-need="Give it a name first."><p class="error" id="profile-label-error" hidden></p></div>'
        f"{personas(kept.profile.persona) if new else ''}"
        '<div class="row"><button type="submit" class="btn primary">'
        f"{'Begin it' if new else 'Save'}</button>{button('Cancel', 'open', style='btn bare', part='')}"
        "</div></form>"
    )


def _sure(kept: Kept, all_: Sequence[Summary], review: Review) -> str:
    """The step before something is deleted: what goes."""
    if review.asking == "profile":
        return _panel(
            f"Delete the profile “{text(kept.label)}”?",
            f"<p>{_what(len(kept.items), len(kept.documents))} go, and what you decided about them.</p>",
            "Delete it",
            "profile",
        )
    if review.asking == "all":
        lines = "".join(f'<li dir="auto">{text(one.label)}, {plural(one.items, "item")}</li>' for one in all_)
        return _panel(
            "Delete everything?",
            "<p>All that Inroad keeps of you goes: every document’s text, every item, every decision, every "
            "saved draft.</p>"
            f"<ul class='dots'>{lines}</ul>",
            "Delete everything",
            "all",
        )
    document = next((d for d in kept.documents if review.asking == d.id), None)
    if document is None:
        return ""
    return _panel(
        f"Remove “{text(document.document.name)}”?",
        f"<p>Its text and its {plural(document.items, 'item')} go, and what you decided about them. "
        "What another source says too stays.</p>",
        "Remove it",
        document.id,
    )


def _what(items: int, documents: int) -> str:
    return f"{plural(items, 'item')} and the text of {plural(documents, 'document')}"


def _panel(title: str, what: str, verb: str, thing: str) -> str:
    return (
        '<section class="panel-form sure" role="alertdialog" aria-labelledby="sure" '
        'aria-describedby="sure-what">'
        f'<h2 id="sure" dir="auto">{title}</h2><div id="sure-what">{what}<p>This cannot be undone.</p></div>'
        f'<div class="row">{button(verb, "delete", style="btn bad", what=thing)}'
        f"{button('Cancel', 'ask', style='btn', what='')}</div></section>"
    )
