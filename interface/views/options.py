"""More options: what a person may choose for a draft beyond its kind, and nobody has to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from domain import Length, Tone
from interface.views.markup import button, text

LANGUAGES = (
    ("auto", "As their page"),
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
)
SET_UP = "set-up"  # the model that whoever runs this has chosen
BUILT_IN = ("", "Built-in, free")
KEY = (
    "It stays in this field until you close the page. It goes to the model’s server with each draft you ask "
    "for, and Inroad neither logs nor stores it."
)
LONGEST_CHIP = 64


@dataclass(frozen=True)
class Panel:
    """What is chosen, and what there is to choose from.

    Args:
        opening: The id of the chosen opening; the name of the recipient and what to stress are about it.
        named: The person that its page names, if any.
        skills: Skills it asks for that the evidence answers.
        evidence: (id, text) of the items that answer it, best first.
        models: (id, label) of the models that could write.
        problem: Why there are no models, in a person's words.
        key_page: Where a person gets a key of their own.
    """

    tone: Tone = "plain"
    length: Length = "usual"
    language: str = "auto"
    model: str = ""
    why: str = ""
    closing: str = ""
    recipient: str = ""
    stress: tuple[str, ...] = ()
    opening: str = ""
    named: str = ""
    skills: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    models: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    key_page: str = ""


def block(panel: Panel) -> str:
    """The options, folded away. What is about one opening is drawn anew with each (`data-opening`)."""
    return (
        f'<details class="more" data-opening="{text(panel.opening)}"><summary>More options</summary>'
        f'<div class="fields" role="group" aria-label="More options">'
        f'<div class="two">{_segments("tone", "Tone", get_args(Tone), panel.tone)}'
        f"{_segments('length', 'Length', get_args(Length), panel.length)}</div>"
        f'<div class="two">{_select("language", "Language", LANGUAGES, panel.language)}{_writer(panel)}</div>'
        f"{_key(panel)}{_recipient(panel)}{_stress(panel)}"
        f"{_line('why', 'Why this company, in one line of your own', panel.why)}"
        f"{_line('closing', 'Your own closing line', panel.closing)}"
        '<p class="quiet">Your own lines are used as you wrote them.</p>'
        f'<div class="row apply">{button("Write again with these", "switch", apply="yes")}</div>'
        "</div></details>"
    )


def _segments(name: str, legend: str, values: Sequence[str], chosen: str) -> str:
    choices = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{" checked" if value == chosen else ""}>'
        f'<span data-name="{value.capitalize()}">{value.capitalize()}</span></label>'
        for value in values
    )
    return f'<fieldset><legend class="label">{legend}</legend><div class="seg">{choices}</div></fieldset>'


def _select(name: str, label: str, values: Sequence[tuple[str, str]], chosen: str) -> str:
    options = "".join(
        f'<option value="{text(value)}"{" selected" if value == chosen else ""}>{text(words)}</option>'
        for value, words in values
    )
    return (
        f'<div class="field"><label for="o-{name}">{label}</label>'
        f'<select id="o-{name}" name="{name}">{options}</select></div>'
    )


def _writer(panel: Panel) -> str:
    known = {id_ for id_, _ in panel.models}
    kept = ((panel.model, panel.model),) if panel.model and panel.model not in known else ()
    return _select("model", "Writer", (BUILT_IN, *panel.models, *kept), panel.model)


def _key(panel: Panel) -> str:
    """A key is never drawn: what stands in the field is the browser's alone."""
    where = (
        f' <a href="{text(panel.key_page)}" target="_blank" rel="noopener noreferrer">Get one</a>'
        if panel.key_page.startswith("https://")
        else ""
    )
    problem = f'<p class="error" role="alert">{text(panel.problem)}</p>' if panel.problem else ""
    return (
        '<div class="field"><label for="o-key">Your own key for a model (optional)</label>'
        '<input id="o-key" name="key" type="password" maxlength="300" autocomplete="off" spellcheck="false" '
        f'aria-describedby="o-key-says"><p class="quiet" id="o-key-says">{KEY}{where}</p>{problem}</div>'
    )


def _recipient(panel: Panel) -> str:
    hint = f'<p class="quiet" dir="auto">Their page names {text(panel.named)}.</p>' if panel.named else ""
    return (
        '<div class="field"><label for="o-recipient">Name of the person you write to</label>'
        '<input id="o-recipient" name="recipient" type="text" maxlength="80" dir="auto" autocomplete="off" '
        f'value="{text(panel.recipient)}">{hint}</div>'
    )


def _stress(panel: Panel) -> str:
    if not panel.skills and not panel.evidence:
        return '<div class="stress" hidden></div>'
    chips = "".join(_chip(skill, skill, skill in panel.stress) for skill in panel.skills)
    chips += "".join(_chip(id_, words, id_ in panel.stress) for id_, words in panel.evidence)
    return (
        '<div class="stress"><fieldset><legend class="label">Put in front</legend>'
        f'<div class="picks">{chips}</div></fieldset></div>'
    )


def _chip(value: str, words: str, on: bool) -> str:
    short = words if len(words) <= LONGEST_CHIP else f"{words[:LONGEST_CHIP].rsplit(' ', 1)[0]} …"
    return (
        f'<label><input type="checkbox" name="stress" value="{text(value)}"{" checked" if on else ""}>'
        f'<span dir="auto">{text(short)}</span></label>'
    )


def _line(name: str, label: str, value: str) -> str:
    return (
        f'<div class="field"><label for="{name}">{label}</label><input id="{name}" name="{name}" type="text" '
        f'maxlength="300" dir="auto" autocomplete="off" value="{text(value)}"></div>'
    )
