"""Taking a draft away: as a file, with how it was made beside it. All of it goes through memory only."""

from dataclasses import replace
from typing import Literal

import outreach
from domain import DraftKind, FinalLine, Profile
from errors import InroadError
from interface import filing
from interface.desk import Desk, Turn, View, quick
from interface.lines import lines_of
from interface.revising import as_it_stands, checked_edit
from interface.session import Session
from interface.verbs import drawn, file_wire
from kinds import KINDS
from store import body_of

Form = Literal["eml", "docx", "pdf", "md"]
FORMS: dict[str, Form] = {"eml": "eml", "docx": "docx", "pdf": "pdf", "md": "md"}
OF_DOCUMENTS: tuple[Form, ...] = ("docx", "pdf", "md")
RECEIPTS: dict[str, Literal["json", "html"]] = {"receipt-json": "json", "receipt-html": "html"}


@quick("export")
def export(desk: Desk, turn: Turn) -> View:
    """The draft as a file, its receipt, or both and every form of it in one. What goes out is kept."""
    name, data = files(turn, turn.said.text("form"))
    session, wrong = taken(desk, turn)
    view = drawn(desk, session, wrong) if wrong else View(session)
    return replace(view, wire=file_wire(turn, name, data))


@quick("copied")
def copied(desk: Desk, turn: Turn) -> View:
    """The draft was copied: what went out is kept."""
    session, wrong = taken(desk, turn)
    return drawn(desk, session, wrong) if wrong else View(session)


def taken(desk: Desk, turn: Turn) -> tuple[Session, str]:
    """Keep the draft as it stands in the browser; the session, and why that could not be."""
    session = turn.session
    if session.edit is not None:
        session = replace(session, edit=checked_edit(session, *as_it_stands(turn)))
    return session, filing.edited(desk, session)


def files(turn: Turn, form: str) -> tuple[str, bytes]:
    """The name and the bytes of what was asked for.

    The text is checked once more as it stands: the receipt says what of it has no source.
    """
    session = turn.session
    subject, body = as_it_stands(turn)
    if form in FORMS:
        return _document(session, FORMS[form], subject, body)
    if form in RECEIPTS:
        return _receipt(session, RECEIPTS[form], subject, body)
    if form != "zip":
        raise InroadError("This form of download does not exist.")
    whole = everything(session, subject, body)
    return f"{whole[0][0].rpartition('.')[0]}.zip", outreach.bundle(whole)


def everything(session: Session, subject: str, body: str) -> list[tuple[str, bytes]]:
    """Every form of the draft, and its receipt."""
    forms = tuple(FORMS.values()) if KINDS[session.kind].form == "message" else OF_DOCUMENTS
    documents = [_document(session, form, subject, body) for form in forms]
    return documents + [_receipt(session, form, subject, body) for form in RECEIPTS.values()]


def kept(session: Session) -> list[tuple[str, bytes]]:
    """A draft in the form that one sends, and its receipt."""
    assert session.draft is not None
    subject, body = session.draft.subject, body_of(session.draft.sentences)
    return [_document(session, main_form(session), subject, body), _receipt(session, "html", subject, body)]


def main_form(session: Session) -> Form:
    if session.kind in (DraftKind.COLD_EMAIL, DraftKind.FOLLOW_UP):
        return "eml"
    return "pdf" if session.kind is DraftKind.TAILORED_RESUME else "docx"


def _document(session: Session, form: Form, subject: str, body: str) -> tuple[str, bytes]:
    assert session.chosen is not None
    if session.draft is not None and session.draft.resume is not None and form != "eml":
        return outreach.export_resume(form, session.draft, session.chosen)
    return outreach.export(form, subject, body, session.chosen, _writer(session))


def _receipt(session: Session, form: Literal["json", "html"], subject: str, body: str) -> tuple[str, bytes]:
    assert session.chosen is not None
    assert session.draft is not None
    lines = final_lines(session, subject, body)
    return outreach.receipt(form, session.draft, session.chosen, _writer(session), subject, lines)


def _writer(session: Session) -> Profile:
    """Another profile may be open by now; the letter is still that of the one it was written for."""
    return session.drafted_for or session.profile


def final_lines(session: Session, subject: str, body: str) -> tuple[FinalLine, ...]:
    """The text as it stands, each line with what it stands on."""
    assert session.draft is not None
    edit = None if session.edit is None else checked_edit(session, subject, body)
    return lines_of(edit, session.draft.sentences)
