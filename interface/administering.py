"""The administrator's page. What changes something goes to the REST API, which asks again who may."""

from errors import InroadError
from interface.desk import Desk, Turn, View, quick
from interface.views import administration
from interface.views import saved as saved_view
from telemetry.counted import counted
from telemetry.recent import RECENT

TITLE = "Administration"
AT_ONCE = 200  # people on the page
NOTES = {
    "administration": "",
    "code-made": "The code is made.",
    "person-gone": "The account is removed, with all that it held.",
}


def _showing(name: str) -> None:
    @quick(name)
    def show(desk: Desk, turn: Turn) -> View:
        if not turn.session.is_admin:
            words = "Only who runs this place sees this page."
            return View(turn.session, admin=saved_view.trouble(TITLE, words))
        try:
            return View(turn.session, admin=drawn(desk, turn.session.person, NOTES[name]))
        except InroadError as error:
            return View(turn.session, admin=saved_view.trouble(TITLE, str(error)))


for _name in NOTES:
    _showing(_name)


def drawn(desk: Desk, me: str, note: str = "") -> str:
    """The page for an administrator."""
    kept = desk.store
    people, more = kept.accounts.members(AT_ONCE) if desk.settings.accounts else (None, None)
    return administration.page(
        administration.Page(
            kept=kept.figures.kept(),
            outcomes=kept.history.outcomes(),
            counted=counted(),
            minutes=RECENT.minutes,
            people=people,
            more=more is not None,
            me=me,
            note=note,
        )
    )
