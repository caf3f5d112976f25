"""Taking a draft away: as a file, with how it was made beside it. All of it goes through memory only."""

from typing import Literal

import outreach
from domain import DraftKind, FinalLine, Profile, Sentence, SentenceKind
from errors import InroadError
from interface.desk import Desk, Turn, View, quick
from interface.revising import as_it_stands, checked_edit
from interface.session import Session
from interface.verbs import file_wire
from interface.views import letter
from interface.views.editing import Edit, Line
from kinds import KINDS

Form = Literal["eml", "docx", "pdf", "md"]
FORMS: dict[str, Form] = {"eml": "eml", "docx": "docx", "pdf": "pdf", "md": "md"}
OF_DOCUMENTS: tuple[Form, ...] = ("docx", "pdf", "md")
RECEIPTS: dict[str, Literal["json", "html"]] = {"receipt-json": "json", "receipt-html": "html"}


@quick("export")
def export(_desk: Desk, turn: Turn) -> View:
    """The draft as a file, its receipt, or both and every form of it in one."""
    name, data = files(turn, turn.said.text("form"))
    return View(turn.session, wire=file_wire(turn, name, data))


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
    subject, body = session.draft.subject, letter.plain(session.draft.sentences)
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
    written = session.draft.sentences
    if session.edit is None:
        return tuple(_written(s) for s in written if s.kind is not SentenceKind.SUBJECT)
    edit = checked_edit(session, subject, body)
    return (*_subject(edit), *(_edited(line, edit, written) for line in edit.lines))


def _subject(edit: Edit) -> tuple[FinalLine, ...]:
    """A subject that the person vouches for, or nobody."""
    if edit.odd_subject:
        return (FinalLine(text=f"Subject: {edit.subject}", stands_on="nothing"),)
    if edit.subject in edit.kept:
        return (FinalLine(text=f"Subject: {edit.subject}", stands_on="person"),)
    return ()


def _written(sentence: Sentence) -> FinalLine:
    ids = sentence.rests_on
    if sentence.kind is SentenceKind.CLAIM and set(ids) & {"why", "closing"}:
        return FinalLine(text=sentence.text, stands_on="person", rests_on=ids)
    if sentence.kind is SentenceKind.CLAIM:
        return FinalLine(text=sentence.text, stands_on="evidence", rests_on=ids)
    if sentence.kind is SentenceKind.RECIPIENT:
        return FinalLine(text=sentence.text, stands_on="page", rests_on=ids)
    return FinalLine(text=sentence.text, stands_on="form")


def _edited(line: Line, edit: Edit, written: tuple[Sentence, ...]) -> FinalLine:
    """A line of an edited text: its source is that of the sentence it came from, or what it was made."""
    if line.words in edit.kept:
        return FinalLine(text=line.words, stands_on="person")
    if not line.verdict.supported:
        return FinalLine(text=line.words, stands_on="nothing")
    if line.words in edit.sources:
        return FinalLine(text=line.words, stands_on="evidence", rests_on=(edit.sources[line.words],))
    original = next((one for one in written if one.text == line.words), None)
    if original is not None:
        return _written(original)
    if not line.rests_on:
        return FinalLine(text=line.words, stands_on="form")
    if line.rests_on[0].startswith("p"):
        return FinalLine(text=line.words, stands_on="page", rests_on=line.rests_on)
    return FinalLine(text=line.words, stands_on="evidence", rests_on=line.rests_on)
