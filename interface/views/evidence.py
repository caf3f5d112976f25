"""The evidence page: sources, items by record, and a short form."""

from collections import Counter
from collections.abc import Mapping, Sequence

from domain import Evidence, Persona, Profile
from interface.views.letter import place, record_line
from interface.views.markup import button, icon, plural, text
from interface.views.start import PERSONAS

TYPES = {
    "role": "Role",
    "bullet": "Result",
    "project": "Project",
    "degree": "Degree",
    "certificate": "Certificate",
    "skill": "Skill",
    "language": "Language",
    "summary": "Summary",
}
EXPERIENCE = "One result a line. Start a job with its title, company, years: “Engineer, Fernhill, 2022–2025”."
SKILLS = "With a comma between: Python, PostgreSQL, Go (can read)."


def page(
    profile: Profile,
    *,
    is_sample: bool,
    form: Mapping[str, str],
    has_own: bool = False,
    note: str = "",
    wrong: str = "",
) -> str:
    """The whole page.

    Args:
        profile: The evidence shown.
        is_sample: Whether it is the sample that everyone starts with.
        has_own: Whether the person has evidence of their own that is put away meanwhile.
        form: What the person typed into the form before, by field.
        note: What just happened, in one sentence.
        wrong: What went wrong with the last upload or form, in one or two sentences.
    """
    return (
        '<div class="i"><section class="page"><h1 tabindex="-1">Your evidence</h1>'
        '<p class="sub" style="max-width:580px">Drafts can only use what is written here. Two minutes of '
        "checking now "
        f"keeps every later draft true.</p>{_note(note, wrong)}"
        f'<div class="evidence"><aside aria-label="Sources">{_sources(profile, is_sample, has_own)}</aside>'
        f"<div>{_who(profile, is_sample, form)}{_warnings(profile)}{_groups(profile)}</div></div>"
        f"</section></div>"
    )


def _note(note: str, wrong: str) -> str:
    say = (
        f'<p class="note" role="status">{text(note)}</p>'
        if note
        else '<p class="note" role="status" hidden></p>'
    )
    return say + (f'<p class="error" role="alert" dir="auto">{text(wrong)}</p>' if wrong else "")


def _sources(profile: Profile, is_sample: bool, has_own: bool) -> str:
    counts = Counter(e.source.document for e in profile.evidence)
    lines = "".join(
        f'<li>{icon("page")}<div><b dir="auto">{text(name)}</b>'
        f'<span class="quiet">{plural(count, "item")}</span></div></li>'
        for name, count in counts.items()
    )
    listed = f'<ul class="docs">{lines}</ul>' if lines else '<p class="sub">Nothing yet.</p><br>'
    sample = (
        "" if is_sample else f'<p class="under">{button("Use the sample", "use-sample", style="link")}</p>'
    )
    back = ("Use mine again", "use-mine") if has_own else ("Start with nothing", "clear")
    mine = f'<p class="under">{button(*back, style="link")}</p>' if is_sample else ""
    return (
        f'<h2>Sources</h2>{listed}<button type="button" class="btn wide" data-upload="evidence">Add a '
        f"résumé or portfolio</button>"
        '<p class="quiet under">Portfolio as CSV; profile as JSON Resume, Markdown or text; up to 10 MB. '
        f"It stays on this server and is forgotten when you close the page.</p>{sample}{mine}"
    )


def _who(profile: Profile, is_sample: bool, form: Mapping[str, str]) -> str:
    name = profile.organization or profile.name
    lead = f"This is the sample evidence of {name}." if is_sample else f"Writing as {name}."
    if not name:
        lead = "Your name is missing. Add it, so that a draft can be signed."
    contact = " · ".join(x for x in (profile.headline, profile.email, profile.phone, *profile.links) if x)
    opened = "" if is_sample or profile.evidence else " open"
    verb = "Write yours here" if is_sample or not form else "Change what you wrote"
    return (
        f'<div class="who"><b dir="auto">{text(lead)}</b><p class="quiet" dir="auto">{text(contact)}</p>'
        f"<details{opened}><summary>{verb}</summary>{_form(profile, form)}</details></div>"
    )


def _form(profile: Profile, form: Mapping[str, str]) -> str:
    persona = form.get("persona", profile.persona.value)
    options = "".join(
        f'<label><input type="radio" name="persona" value="{v}"{" checked" if v == persona else ""}>'
        f'<span data-name="{label}">{label}</span></label>'
        for v, label in PERSONAS
    )
    agency = persona == Persona.SERVICE_PROVIDER.value
    name = _input("name", "Your name", form, need="Add your name first.")
    headline = _input("headline", "What you are, in a few words", form)
    contact = _input("email", "Email", form, kind="email") + _input("phone", "Phone", form)
    company = _input("organization", "Company", form) + _input("postal_address", "Postal address", form)
    return (
        '<form data-submit="save-form" id="profile-form" novalidate>'
        f'<fieldset><legend class="quiet">Writing as</legend><div class="seg">{options}</div></fieldset>'
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


def _warnings(profile: Profile) -> str:
    if not profile.warnings:
        return ""
    lines = "".join(f'<p dir="auto">{text(x)}</p>' for x in profile.warnings)
    return f'<div class="banner warn group">{icon("warn")}<div class="body">{lines}</div></div><br>'


def _groups(profile: Profile) -> str:
    if not profile.evidence:
        return '<p class="sub">No evidence yet. Add a file, or write it above.</p>'
    records = {r.id: r for r in profile.records}
    order: dict[str, list[Evidence]] = {}
    for item in profile.evidence:
        order.setdefault(item.record or "", []).append(item)
    loose = order.pop("", [])
    skills = [item for item in loose if item.type in ("skill", "language")]
    others = [item for item in loose if item.type not in ("skill", "language")]
    groups = [_group(record_line(records.get(key)) or "Other", items) for key, items in order.items()]
    if others:
        groups.append(_group("On its own", others))
    if skills:
        groups.append(_skills(skills))
    return "".join(groups)


def _skills(items: Sequence[Evidence]) -> str:
    chips = "".join(
        f'<button type="button" class="chip has" data-do="remove" data-evidence="{text(item.id)}" '
        f'aria-label="Remove: {text(item.text)}"><span dir="auto">{text(item.text)}</span>{icon("cross")}'
        f"</button>"
        for item in items
    )
    return (
        f'<section class="group"><header><h2>Skills</h2><span class="quiet">{plural(len(items), "item")}'
        f"</span>"
        f'</header><div class="chips skills">{chips}</div></section>'
    )


def _group(title: str, items: Sequence[Evidence]) -> str:
    lines = "".join(_item(item) for item in items)
    return (
        f'<section class="group"><header><h2 dir="auto">{text(title)}</h2>'
        f'<span class="quiet">{plural(len(items), "item")}</span></header><ul class="items">{lines}</ul>'
        f"</section>"
    )


def _item(item: Evidence) -> str:
    under = " · ".join(x for x in (TYPES.get(item.type, ""), place(item, " · ")) if x)
    label = text(f"Remove: {item.text[:60]}")
    return (
        f'<li><div><p dir="auto">{with_numbers(item)}</p><p class="quiet" dir="auto">{text(under)}</p></div>'
        f'<button type="button" class="btn bare" data-do="remove" data-evidence="{text(item.id)}" '
        f'aria-label="{label}">Remove</button></li>'
    )


def with_numbers(item: Evidence) -> str:
    """The text of an item with its numbers marked, as they are what a draft must keep."""
    out, at = [], 0
    for number in sorted(item.numbers, key=lambda n: n.start):
        if number.start < at or number.end > len(item.text):
            continue
        out += [
            text(item.text[at : number.start]),
            f"<mark>{text(item.text[number.start : number.end])}</mark>",
        ]
        at = number.end
    return "".join(out) + text(item.text[at:])
