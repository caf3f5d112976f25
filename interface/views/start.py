"""The first screen: the form that later becomes the address bar, and an example of what comes out."""

from domain import DraftKind, Persona, Profile
from interface.views import options
from interface.views.markup import icon, stage, text
from kinds import KINDS

# Kinds that are offered on a finished draft of another kind.
AFTER_ANOTHER = (DraftKind.FOLLOW_UP,)
SHORT = {DraftKind.TAILORED_RESUME: "Résumé", DraftKind.RESUME_SUMMARY: "Summary"}
PERSONAS = ((Persona.JOB_SEEKER, "Job seeker"), (Persona.SERVICE_PROVIDER, "Agency"))

ME = {
    # Who it is shows once the server has said so, so that no name flickers.
    "many": '<a class="btn" id="me" href="#sign-in" data-many data-unknown><bdi>Sign in</bdi></a>',
    "local": '<a class="btn" id="me" href="#account"><bdi>Local</bdi></a>',
}

EXAMPLE = """<aside class="example" aria-label="Example of a draft"><div class="leaf">
<p>Hello Northwind Health team,</p>
<p><span class="theirs"><span class="u">You are moving billing onto Kubernetes without</span>
<span class="nb"><span class="u">downtime.</span> <span class="badge from">a</span></span></span>
<span class="claim lit"><span class="u">At Fernhill I migrated 14 services to Kubernetes, reducing deploy
time from 40 to 6</span>
<span class="nb"><span class="u">minutes.</span> <span class="mk lit">1</span></span></span>
</p></div><div class="card lit"><span class="badge">1</span><div>
<p>Migrated 14 services to Kubernetes, reducing deploy time from 40 to 6 minutes.</p>
<p class="quiet">portfolio.csv, row 1</p></div></div>
<p class="quiet">A sentence that has no source does not reach you.</p></aside>"""


def bar(
    profile: Profile,
    *,
    is_sample: bool,
    samples: tuple[tuple[str, str], ...],
    more: options.Panel | None = None,
    note: str = "",
) -> str:
    """The form. It is drawn once and only restyled later, so that what was typed stays.

    Args:
        profile: Whose evidence is used.
        is_sample: Whether that is the sample that everyone starts with.
        samples: (label, address) of pages that can be read offline.
        more: What is chosen under "More options".
        note: One sentence under the form, such as "Stopped. Nothing was kept."
    """
    return (
        f'<div class="i" data-persona="{profile.persona.value}"><div class="page start"><div>'
        '<div class="hero"><h1>Write to the job, with<br>proof beside every claim.</h1>'
        '<p class="lead">Paste a careers page. Inroad reads the openings, finds which of your own projects '
        "answer them, and drafts a message you can check line by line.</p></div>"
        f'<form class="desk" id="desk" novalidate>{_address()}{_choices(profile.persona)}'
        f"{options.block(more or options.Panel())}</form>{_note(note)}{_hints(profile, is_sample, samples)}"
        f"</div>{EXAMPLE}{_facts()}</div></div>"
    )


def _address() -> str:
    return (
        '<div><div class="ask"><label class="sr" for="address">Careers page or job link</label>'
        '<input id="address" name="address" type="text" inputmode="url" autocomplete="off" '
        'autocapitalize="off" '
        'spellcheck="false" maxlength="2000" dir="auto" placeholder="Paste a careers page or job link">'
        '<button type="submit" class="btn primary"><span class="first">Write draft</span>'
        '<span class="again">Read again</span></button></div>'
        '<p class="error" id="address-error" hidden></p></div>'
    )


def _choices(persona: Persona) -> str:
    offered = tuple(
        (k.name, SHORT.get(k.name, k.label)) for k in KINDS.values() if k.name not in AFTER_ANOTHER
    )
    kinds = _radios("kind", "Draft", offered, DraftKind.COLD_EMAIL)
    return f'<div class="choices">{kinds}{_radios("persona", "Writing as", PERSONAS, persona)}</div>'


def personas(chosen: str) -> str:
    """Who is writing, in a form of the evidence page."""
    return _radios("persona", "Writing as", PERSONAS, chosen, ' class="quiet"')


def _radios(
    name: str, legend: str, options: tuple[tuple[str, str], ...], chosen: str, style: str = ""
) -> str:
    choices = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{" checked" if value == chosen else ""}>'
        f'<span data-name="{text(label)}">{text(label)}</span></label>'
        for value, label in options
    )
    return f'<fieldset><legend{style}>{legend}</legend><div class="seg">{choices}</div></fieldset>'


def _note(note: str) -> str:
    return f'<p class="note" role="status">{text(note)}</p>' if note else '<p class="note" hidden></p>'


def _hints(profile: Profile, is_sample: bool, samples: tuple[tuple[str, str], ...]) -> str:
    name = text(profile.organization or profile.name)
    if is_sample:
        about = f", {text(profile.headline)}" if profile.headline and len(profile.headline) <= 40 else ""
        using = f'Using the sample evidence of {name}{about}. <a href="#evidence">Use mine</a>'
    elif profile.evidence:
        using = f'Using the evidence of {name or "yours"}. <a href="#evidence">Look at it</a>'
    else:
        using = 'There is no evidence yet. <a href="#evidence">Add some</a>'
    tries = ", ".join(
        f'<button type="button" class="link" data-fill="{text(url)}">{text(label)}</button>'
        for label, url in samples
    )
    or_try = f" or try {tries}" if tries else ""
    return (
        f'<div class="hints"><p dir="auto">{using}</p><p>No link? <button type="button" class="link" '
        f'data-do="paste">Paste the text</button>{or_try}.</p></div>'
    )


def _facts() -> str:
    lines = (
        "No account or key needed",
        "Inroad never sends a message for you",
        "With the built-in writer, nothing leaves this server",
    )
    return (
        '<ul class="facts">' + "".join(f"<li>{icon('check')}<span>{x}</span></li>" for x in lines) + "</ul>"
    )


def resting() -> str:
    """The stage while the first screen shows."""
    return stage("start", "start", "")


def header(who: str = "") -> str:
    """The header of every screen. It stands outside Gradio's own `main`.

    Args:
        who: "many" where people sign in (who it is comes with the account page), "local" where one person is
            at home, else "".
    """
    mark = (
        '<svg viewBox="0 0 22 22" aria-hidden="true">'
        '<rect width="22" height="22" rx="5.5" fill="var(--accent)"/>'
        '<path d="M6 17.5c0-5 2-8.3 7-11M8.5 6.2l5-.2 1 4.6" fill="none" stroke="var(--on-accent)" '
        'stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    pages = "".join(
        f'<a href="#{name.lower()}"><span data-name="{name}">{name}</span></a>'
        for name in ("Write", "Evidence", "Saved")
    )
    return (
        '<div class="i"><a class="skip" href="#bar">Skip to the content</a><header class="top">'
        f'<a class="brand" href="#write">{mark}Inroad</a><nav aria-label="Pages">{pages}</nav>'
        f'<div class="tools">'
        '<button type="button" class="icon" id="theme" aria-label="Dark colours" aria-pressed="false">'
        '<svg class="moon" viewBox="0 0 20 20" aria-hidden="true">'
        '<path d="M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12z"/></svg>'
        '<svg class="sun" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="3.2"/>'
        '<path d="M10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M15.7 '
        '4.3l-1.2 1.2M5.5 14.5l-1.2 1.2"/>'
        f"</svg></button>{ME.get(who, '')}</div></header></div>"
    )
