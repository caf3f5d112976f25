"""The account page: who is signed in, and what is kept of them. What needs a password goes to the API."""

from dataclasses import replace
from typing import Literal

from domain import Profile
from errors import InroadError
from interface import keeping
from interface.desk import LOCAL, Desk, Turn, View, quick
from interface.session import Session
from interface.views import account
from interface.views import saved as saved_view

NOTES = {
    "account": "",
    "places-left": "Signed out there.",
    "token-gone": "The token works no more.",
    "token-made": "The token is made.",
    "password-changed": "The password is changed.",
}


def drawn(desk: Desk, session: Session, note: str = "", wrong: str = "") -> str:
    """The account page of whoever asks."""
    who: Literal["local", "visitors", "accounts"] = "accounts" if desk.settings.accounts else "visitors"
    page = account.Page(
        who="local" if session.person == LOCAL else who,
        invited=desk.settings.registration == "invited",
        writing=session.draft is not None,
        note=note,
        wrong=wrong,
    )
    if who == "accounts" and session.account is None:
        return account.page(page)
    summaries = desk.store.profiles(session.person)
    page = replace(
        page,
        is_admin=session.is_admin,
        items=sum(one.items for one in summaries),
        drafts=desk.store.history.count(session.person),
    )
    if session.account is None:
        return account.page(page)
    kept = desk.store.accounts
    return account.page(
        replace(
            page,
            account=session.account,
            profile=session.kept.profile if session.kept else None,
            places=kept.sessions(session.person),
            here=session.sign_in,
            tokens=kept.tokens(session.person),
        )
    )


def _showing(name: str) -> None:
    @quick(name)
    def show(desk: Desk, turn: Turn) -> View:
        try:
            return View(turn.session, account=drawn(desk, turn.session, NOTES[name]))
        except InroadError as error:
            return View(turn.session, account=trouble(str(error)))


for _name in NOTES:
    _showing(_name)


def signed_out() -> str:
    """The page when nobody is signed in any more."""
    return account.page(account.Page(who="accounts"))


def trouble(words: str) -> str:
    """What keeps the page from being shown."""
    return saved_view.trouble("Your account", words)


@quick("come-in")
def come_in(desk: Desk, turn: Turn) -> View:
    """What a page shows when it is opened, and who is signed in there."""
    view = keeping.enter(desk, turn)
    if not desk.settings.accounts:
        return view
    return replace(view, account=drawn(desk, view.session))


@keeping.verb("save-account")
def save_account(desk: Desk, turn: Turn) -> View:
    """Keep what an account's form says of the open profile: a link, a postal address."""
    session, said = turn.session, turn.said
    told = {
        "links": tuple(said.text("links", 2_000).split()),
        "postal_address": said.line("postal_address", ""),
    }
    before = session.kept.profile if session.kept else Profile(id="", name="")
    changed = {name: value for name, value in told.items() if value != getattr(before, name)}
    view = View(session)
    if changed:
        desk.store.set_contacts(session.person, keeping.open_profile(desk, session), **changed)
        view = keeping.with_profile(desk, keeping.own(keeping.fresh(desk, session)))
    return replace(view, account=drawn(desk, view.session, "Saved."))


@keeping.verb("signed-in")
def signed_in(desk: Desk, turn: Turn) -> View:
    """Somebody has signed in, here or in another tab: what they were at goes on."""
    session = keeping.fresh(desk, turn.session)
    if turn.session.kept is None and session.draft is None:
        session = keeping.own(session)
    desk.store.seen(session.person)
    view = keeping.with_profile(desk, session)
    return replace(view, account=drawn(desk, session))
