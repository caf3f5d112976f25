"""Signing in, making an account, a forgotten password; and the account: who one is, and what is kept of one.

The forms are plain ones that a password manager knows. `behaviour.js` sends them to the REST API, so that no
password travels with an event of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain import Profile
from interface.views.markup import plural, text
from store import Account, ApiToken, SignedIn

API = "api/v1/account"
SHORTEST = 8  # characters of a password
SCOPES = (
    ("read", "See my evidence and drafts"),
    ("write", "Change them"),
    ("draft", "Read pages and write drafts"),
)


@dataclass(frozen=True)
class Page:
    """All that the account page shows.

    Attributes:
        who: Whether one person is at home here, visitors come and go, or people sign in.
        account: Of who is signed in.
        is_admin: Whether they run this place.
        invited: Whether a new account takes a code.
        profile: The open profile of their own, where there is one.
        items: How many items of evidence are kept, of all profiles.
        drafts: How many drafts are kept.
        places: Where they are signed in; `here` is the id of this one.
        tokens: Their API tokens.
        writing: Whether a draft is on the screen.
        note: What just happened.
        wrong: What went wrong.
    """

    who: Literal["local", "visitors", "accounts"]
    account: Account | None = None
    is_admin: bool = False
    invited: bool = False
    profile: Profile | None = None
    items: int = 0
    drafts: int = 0
    places: Sequence[SignedIn] = ()
    here: str = ""
    tokens: Sequence[ApiToken] = ()
    writing: bool = False
    note: str = ""
    wrong: str = ""


def page(page: Page) -> str:
    """The page for whoever asks."""
    if page.who == "accounts" and page.account is None:
        name, inside = "", _doors(page)
    elif page.account is not None:
        name, inside = page.account.name or page.account.email, _account(page, page.account)
    else:
        name, inside = "", _at_home(page)
    return f'<div class="i" data-me="{text(name)}">{inside}</div>'


def when(moment: datetime, style: str = "moment") -> str:
    """A moment, shown in the reader's own time by `behaviour.js`."""
    words = f"{moment.day} {moment:%b %Y, %H:%M} UTC"
    return f'<time datetime="{moment.isoformat()}" data-when="{style}">{words}</time>'


def _field(
    id_: str,
    label: str,
    name: str,
    *,
    kind: str = "text",
    complete: str = "off",
    value: str = "",
    hint: str = "",
    need: str = "",
    extra: str = "",
) -> str:
    """A field with its label, a hint, and the place where an error stands."""
    under = f'<p class="quiet" id="{id_}-hint">{hint}</p>' if hint else ""
    described = f' aria-describedby="{id_}-hint"' if hint else ""
    needed = f' data-need="{text(need)}"' if need else ""
    direction = ' dir="auto"' if kind == "text" else ""
    return (
        f'<div class="field"><label for="{id_}">{label}</label><input id="{id_}" name="{name}" type="{kind}" '
        f'autocomplete="{complete}" maxlength="300" '
        f'value="{text(value)}"{direction}{needed}{described}{extra}>'
        f'<p class="error" id="{id_}-error" hidden></p>{under}</div>'
    )


_EMAIL = ' autocapitalize="off" spellcheck="false"'


def _email(id_: str) -> str:
    need = "Write your email first."
    return _field(id_, "Email", "email", kind="email", complete="username", need=need, extra=_EMAIL)


def _new_password(id_: str, label: str, hint: str = "") -> str:
    hint, need = f"{SHORTEST} characters or more.{hint}", "Choose a password first."
    return _field(id_, label, "password", kind="password", complete="new-password", need=need, hint=hint)


def _doors(page: Page) -> str:
    """The three ways in; the address says which of them shows."""
    kept = "The draft you are writing is kept: it will be in Saved once you sign in."
    draft = f'<p class="sub rule">{kept}</p>' if page.writing else ""
    return (
        _door("sign-in", _sign_in(), draft)
        + _door("register", _register(page), draft)
        + _door("reset", _reset(), draft)
    )


def _door(way: str, inside: str, draft: str) -> str:
    return (
        f'<section class="page door" data-way="{way}"{"" if way == "sign-in" else " hidden"}>'
        f"{inside}{draft}</section>"
    )


def _form(request: str, then: str, inside: str, submit: str) -> str:
    return (
        f'<form data-post="{request}" data-then="{then}" novalidate>{inside}'
        f'<p class="error" role="alert" data-wrong hidden></p>'
        f'<button type="submit" class="btn primary wide">{submit}</button></form>'
    )


def _sign_in() -> str:
    password = _field(
        "in-password",
        "Password",
        "password",
        kind="password",
        complete="current-password",
        need="Write your password first.",
    )
    return (
        '<h1 tabindex="-1">Sign in</h1><p class="note" data-out hidden>You are signed out here. What this '
        "page "
        'showed is put away.</p><p class="sub">To keep your evidence and drafts. You can write without an '
        f"account.</p>{_form(f'POST {API}/sign-in', 'signed-in', _email('in-email') + password, 'Sign in')}"
        '<div class="row ends"><a href="#register">Create an account</a><a href="#reset">Forgot password</a>'
        "</div>"
    )


def _register(page: Page) -> str:
    name = _field("new-name", "Name", "name", complete="name", hint="As it should sign your letters.")
    password = _new_password("new-password", "Password", " A sentence is easy to remember.")
    fields = name + _email("new-email") + password
    if page.invited:
        fields += _field(
            "new-code",
            "Invitation code",
            "code",
            hint="Whoever runs this place hands it out. The first account needs none.",
            extra=_EMAIL,
        )
    return (
        '<h1 tabindex="-1">Create an account</h1><p class="sub">Your evidence and drafts are kept for you '
        "alone. "
        "Everything can leave with you, or be deleted, at any time.</p>"
        f"{_form(f'POST {API}/register', 'registered', fields, 'Create the account')}"
        '<div class="row ends"><a href="#sign-in">I have an account</a></div>'
    )


def _reset() -> str:
    code = _field(
        "re-code",
        "Code",
        "code",
        need="Write the code that you were given.",
        complete="one-time-code",
        extra=_EMAIL,
    )
    fields = _email("re-email") + code + _new_password("re-password", "New password")
    return (
        '<h1 tabindex="-1">Set a new password</h1><p class="sub">Inroad sends no mail. Ask whoever runs '
        "this place "
        "for a code; it is good for one use.</p>"
        f"{_form(f'POST {API}/reset', 'registered', fields, 'Set the password')}"
        '<div class="row ends"><a href="#sign-in">Back to sign in</a></div>'
    )


# --- signed in ------------------------------------------------------------------------------------------


def _account(page: Page, account: Account) -> str:
    admin = '<a class="btn" href="#admin">Administration</a>' if page.is_admin else ""
    out = (
        f'<button type="button" class="btn" data-call="POST {API}/sign-out" data-then="out">Sign out</button>'
    )
    return (
        '<section class="page account"><div class="headline"><h1 tabindex="-1">Your account</h1>'
        f'<div class="row">{admin}{out}</div></div>{_note(page)}{_about(page, account)}{_password(account)}'
        f"{_data(page)}{_places(page)}{_tokens(page)}{_figures(account)}{_delete(page)}</section>"
    )


def _note(page: Page) -> str:
    note = f'<p class="note" role="status">{text(page.note)}</p>' if page.note else ""
    return note + (f'<p class="error" role="alert">{text(page.wrong)}</p>' if page.wrong else "")


def _about(page: Page, account: Account) -> str:
    name = _field(
        "me-name",
        "Name",
        "name",
        complete="name",
        value=account.name,
        hint="As it should sign your letters.",
    )
    email = _field(
        "me-email",
        "Email",
        "email",
        kind="email",
        complete="email",
        value=account.email,
        need="An account needs an email.",
        extra=f'{_EMAIL} data-was="{text(account.email)}"',
    )
    password = _field(
        "me-password",
        "Your password",
        "password",
        kind="password",
        complete="current-password",
        hint="To change the email that you sign in with.",
    )
    return (
        f'<form data-post="PATCH {API}" data-then="save-account" novalidate><div '
        f'class="pair">{name}{email}</div>'
        f'<div class="pair">{_contacts(page.profile)}</div><div class="half" data-when-changed="me-email" '
        f"hidden>{password}"
        '</div><p class="error" role="alert" data-wrong hidden></p>'
        '<div class="row"><button type="submit" class="btn primary">Save changes</button>'
        '<button type="button" class="btn bare" data-opens="change-password" aria-expanded="false">'
        "Change password</button></div></form>"
    )


def _contacts(profile: Profile | None) -> str:
    """Fields that the open profile keeps; the account has none of them."""
    links, postal = (profile.links, profile.postal_address) if profile else ((), "")
    url = _field(
        "me-link",
        "Link",
        "links",
        complete="url",
        value=" ".join(links),
        hint="Shown in drafts when it helps.",
        extra=f"{_EMAIL} data-local",
    )
    address = _field(
        "me-postal",
        "Postal address",
        "postal_address",
        complete="street-address",
        value=postal,
        hint="Needed only when you write as an agency.",
        extra=" data-local",
    )
    return url + address


def _password(account: Account) -> str:
    # A password manager has to know whose password changes.
    whose = (
        f'<input type="email" name="username" autocomplete="username" value="{text(account.email)}" hidden '
        'data-local readonly aria-label="Email">'
    )
    old = _field(
        "pw-old",
        "Password now",
        "old",
        kind="password",
        complete="current-password",
        need="Write the password that you have now.",
    )
    new = _field(
        "pw-new",
        "New password",
        "new",
        kind="password",
        complete="new-password",
        need="Choose a password first.",
        hint=f"{SHORTEST} characters or more.",
    )
    return (
        f'<form id="change-password" data-post="POST {API}/password" data-then="password-changed" '
        "novalidate hidden>"
        f'{whose}<div class="pair">{old}{new}</div><p class="error" role="alert" data-wrong hidden></p>'
        '<div class="row"><button type="submit" class="btn primary">Change the password</button></div>'
        '<p class="quiet">Everywhere else you are signed out.</p></form>'
    )


def _what(page: Page) -> str:
    return f"{plural(page.items, 'item')} of evidence, {plural(page.drafts, 'saved draft')}."


def _data(page: Page) -> str:
    return (
        f'<section class="part"><h2>Your data</h2><p>{_what(page)} Everything can leave with you.</p>'
        f'<div class="row"><a class="btn" href="{API}/export" download>Download '
        "everything</a></div></section>"
    )


def _places(page: Page) -> str:
    lines = "".join(
        f'<li><div><b dir="auto">{text(one.device or "An unknown browser")}</b><p class="quiet">'
        f"Last seen {when(one.seen_at, 'inside')}, since "
        f"{when(one.created_at, 'day')}</p></div>{_end(one, page.here)}</li>"
        for one in page.places
    )
    others = (
        f'<div class="row"><button type="button" class="btn" data-call="DELETE {API}/sessions" '
        'data-then="places-left">Sign out everywhere else</button></div>'
        if len(page.places) > 1
        else ""
    )
    return (
        '<section class="part"><h2>Where you are signed in</h2>'
        f'<ul class="lines">{lines}</ul>{others}</section>'
    )


def _end(one: SignedIn, here: str) -> str:
    if one.id == here:
        return '<span class="chip has">This browser</span>'
    return (
        f'<button type="button" class="btn small" data-call="DELETE {API}/sessions/{text(one.id)}" '
        f'data-then="places-left">Sign out<span class="sr"> {text(one.device)}</span></button>'
    )


def _tokens(page: Page) -> str:
    lines = "".join(_token(one) for one in page.tokens)
    listed = f'<ul class="lines">{lines}</ul>' if lines else ""
    scopes = "".join(
        '<li><label><input type="checkbox" name="scopes" '
        f'value="{scope}"{" checked" if scope == "read" else ""}>'
        f"<span>{label}</span></label></li>"
        for scope, label in SCOPES
    )
    name = _field(
        "token-name",
        "What it is for",
        "name",
        need="Give it a name first.",
        hint="Such as “My notebook”. It is shown once, and then only its name.",
    )
    return (
        f'<section class="part"><h2>For developers</h2><p>{_for_developers()}</p>{listed}'
        '<p class="secret" role="status" hidden><span>Copy it now, it is not shown again:</span> '
        "<code></code></p>"
        '<div class="row"><button type="button" class="btn" data-opens="new-token" aria-expanded="false">'
        "New token</button></div>"
        f'<form id="new-token" data-post="POST {API}/tokens" data-then="token-made" novalidate hidden>{name}'
        f'<fieldset><legend class="label">It may</legend><ul class="checks">{scopes}</ul></fieldset>'
        '<p class="error" role="alert" data-wrong hidden></p>'
        '<div class="row"><button type="submit" class="btn primary">Make the '
        "token</button></div></form></section>"
    )


def _for_developers() -> str:
    return (
        'What this page does, a program can do: see <a href="docs">the API</a>. A token is a password for a '
        "program; it can be taken back here."
    )


def _token(one: ApiToken) -> str:
    labels = dict(SCOPES)
    may = ", ".join(labels.get(scope, scope).lower() for scope in one.scopes)
    used = f"last used {when(one.used_at, 'inside')}" if one.used_at else "never used"
    until = f", until {when(one.expires_at, 'day')}" if one.expires_at else ""
    return (
        f'<li><div><b dir="auto">{text(one.name)}</b><p class="quiet">May {text(may)}; '
        f"{used}{until}</p></div>"
        f'<button type="button" class="btn small" data-call="DELETE {API}/tokens/{text(one.id)}" '
        f'data-then="token-gone">Take back<span class="sr"> {text(one.name)}</span></button></li>'
    )


def _figures(account: Account) -> str:
    on = " checked" if account.shares_outcomes else ""
    return (
        '<section class="part"><h2>Outcomes</h2><ul class="checks"><li><label>'
        f'<input type="checkbox" data-patch="shares_outcomes"{on}>'
        "<span>Let my outcomes count in this place’s figures</span></label></li></ul>"
        '<p class="quiet">Numbers only: how many drafts were sent, answered, led to an interview. Off, '
        "nobody "
        "counts them but you.</p></section>"
    )


def _delete(page: Page) -> str:
    password = _field(
        "gone-password",
        "Your password",
        "password",
        kind="password",
        complete="current-password",
        need="Write your password, so that it is you.",
    )
    return (
        '<section class="part"><h2>Delete this account</h2><p>Removes your evidence, drafts and account '
        "now. This "
        'cannot be undone.</p><div class="row"><button type="button" class="btn bad" '
        'data-opens="delete-account" aria-expanded="false">Delete account</button></div>'
        f'<form id="delete-account" class="panel-form sure" data-post="DELETE {API}" data-then="out" '
        "novalidate "
        f"hidden><p>{_what(page)} Your tokens stop working, and you are signed out everywhere.</p>{password}"
        '<p class="error" role="alert" data-wrong hidden></p><div class="row">'
        '<button type="submit" class="btn bad">Delete everything</button></div></form></section>'
    )


# --- nobody signs in ------------------------------------------------------------------------------------


def _at_home(page: Page) -> str:
    """Where one person is at home, or visitors come and go: what is kept, and where the API is."""
    local = page.who == "local"
    title = "This computer" if local else "Your visit"
    kept = (
        "It is kept on this computer, and nobody signs in."
        if local
        else "It is forgotten when you close or reload the page."
    )
    export = '<p>Take it with you from <a href="#evidence">Evidence</a> and <a href="#saved">Saved</a>.</p>'
    admin = '<div class="row"><a class="btn" href="#admin">Figures of this place</a></div>' if local else ""
    return (
        f'<section class="page account"><h1 tabindex="-1">{title}</h1>{_note(page)}'
        f'<section class="part first"><h2>Your data</h2><p>{_what(page)} {kept}</p>{export}</section>'
        '<section class="part"><h2>For developers</h2><p>What this page does, a program can do: see '
        f'<a href="docs">the API</a>.</p>{admin}</section></section>'
    )
