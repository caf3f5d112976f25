"""Files of a draft: what they hold, and what must never get into them."""

import io
import zipfile
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from docx import Document

from domain import (
    Draft,
    DraftKind,
    Persona,
    Posting,
    Profile,
    Receipt,
    Sentence,
    SentenceKind,
    Usage,
    Verdict,
)
from exports import export, file_name, to_docx, to_eml, to_markdown, to_text
from exports.letter import letter

POSTING = Posting(id="1", title="Platform Engineer (m/f/d)", company="Kestrel & Söhne")
PROFILE = Profile(
    id="x",
    name="Maya Lindqvist",
    email="maya@lindqvist.example",
    phone="+46 8 123 456",
    links=("https://maya.lindqvist.example",),
)
BODY = (
    "Hello Kestrel team,\n\nYou run 14 services. I moved 14 to Kubernetes.\n\nBest regards,\nMaya Lindqvist"
)


def sentence(kind: SentenceKind, text: str, paragraph: int, *ids: str) -> Sentence:
    return Sentence(kind=kind, text=text, paragraph=paragraph, rests_on=ids)


SENTENCES = (
    sentence(SentenceKind.FORMULA, "Hello Kestrel team,", 0),
    sentence(SentenceKind.RECIPIENT, "You run 14 services.", 1, "p2"),
    sentence(SentenceKind.CLAIM, "I moved 14 to Kubernetes.", 1, "e2"),
    sentence(SentenceKind.FORMULA, "Best regards,", 2),
    sentence(SentenceKind.FORMULA, "Maya Lindqvist", 2),
)
DRAFT = Draft(
    kind=DraftKind.COLD_EMAIL,
    subject="Platform engineer: 14 services on Kubernetes",
    sentences=SENTENCES,
    verdicts=tuple(Verdict(supported=True) for _ in SENTENCES),
    receipt=Receipt(usage=Usage(writer="embedded")),
)


def mail(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def lines_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def test_paragraphs_stand_apart_and_the_sign_off_has_a_line_each() -> None:
    assert to_text(DRAFT) == BODY


def test_an_opt_out_after_the_sign_off_has_its_own_line() -> None:
    closing = sentence(SentenceKind.GLUE, "If you would rather not hear from me, reply no thanks.", 2)
    draft = DRAFT.model_copy(update={"sentences": (*SENTENCES, closing)})
    assert to_text(draft).endswith("Maya Lindqvist\nIf you would rather not hear from me, reply no thanks.")


def test_the_message_opens_as_a_draft_to_nobody() -> None:
    message = mail(to_eml(DRAFT, PROFILE, POSTING))
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["From"] == "Maya Lindqvist <maya@lindqvist.example>"
    assert message["Subject"] == DRAFT.subject
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == f"{BODY}\n"


@pytest.mark.parametrize("text", ["Grüße aus Ålesund ☕", "مرحبا", "x" * 3_000])
def test_a_message_keeps_every_letter(text: str) -> None:
    _, data = export("eml", text[:60], text, POSTING, PROFILE)
    assert mail(data).get_content().strip() == text
    assert mail(data)["Subject"] == text[:60]
    assert all(len(line) < 999 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x85"])
def test_no_header_can_be_smuggled_in(break_: str) -> None:
    sender = PROFILE.model_copy(update={"name": f"Maya{break_}Bcc: a@b.example"})
    _, data = export("eml", f"Hello{break_}Bcc: a@b.example", "Body", POSTING, sender)
    assert set(mail(data).keys()) == {
        "Subject",
        "From",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }


@pytest.mark.parametrize(
    "email",
    ["", "maya", "a@b", "a@b.example\r\nBcc: x@y.example", "å@b.example", "a..b@c.example", "<a@b.example>"],
)
def test_an_address_that_mail_cannot_carry_is_left_to_the_mail_program(email: str) -> None:
    _, data = export("eml", "Hi", "Body", POSTING, PROFILE.model_copy(update={"email": email}))
    assert mail(data)["From"] is None


def test_a_letter_names_sender_date_company_and_subject() -> None:
    data = letter(DRAFT.subject, BODY, PROFILE, POSTING, on=date(2026, 11, 5))
    assert lines_of(data) == [
        "Maya Lindqvist",
        "maya@lindqvist.example · +46 8 123 456 · https://maya.lindqvist.example",
        "5 November 2026",
        "Kestrel & Söhne",
        "Platform engineer: 14 services on Kubernetes",
        "Hello Kestrel team,",
        "You run 14 services. I moved 14 to Kubernetes.",
        "Best regards,\nMaya Lindqvist",
    ]
    properties = Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.title) == ("Maya Lindqvist", DRAFT.subject)
    assert (properties.last_modified_by, properties.comments) == ("", "")
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2026, 11, 5)


def test_a_studio_signs_with_its_name_and_postal_address() -> None:
    studio = Profile(
        id="s",
        name="Ada Example",
        organization="Kelp Studio",
        persona=Persona.SERVICE_PROVIDER,
        postal_address="3 Quay Lane, Ostmark",
    )
    assert lines_of(to_docx(DRAFT, studio, POSTING))[:2] == [
        "Ada Example, Kelp Studio",
        "3 Quay Lane, Ostmark",
    ]


def test_a_letter_without_contacts_or_company_has_no_empty_lines() -> None:
    data = letter("", "Hello,", Profile(id="x", name=""), Posting(id="1", title="T"), on=date(2026, 1, 2))
    assert lines_of(data) == ["2 January 2026", "Hello,"]


def test_characters_that_word_cannot_hold_are_left_out() -> None:
    _, data = export("docx", "A\x0bB", "one\x00 two\x1f\ud800", POSTING, PROFILE)
    assert lines_of(data)[-1] == "one two"


def test_markdown_shows_exactly_the_words() -> None:
    _, data = export(
        "md",
        "C# *and* Go",
        "1. <b>x</b> [a](http://b)\n# not a heading\n\n- snake_case `x`",
        POSTING,
        PROFILE,
    )
    assert data.decode() == (
        "# C# \\*and\\* Go\n\n1\\. \\<b>x\\</b> \\[a\\](http://b)  \n"
        "\\# not a heading\n\n\\- snake_case \\`x\\`\n"
    )


def test_markdown_of_a_plain_draft_is_the_draft() -> None:
    assert to_markdown(DRAFT, PROFILE, POSTING) == f"# {DRAFT.subject}\n\n{BODY}\n".replace(
        "regards,\nMaya", "regards,  \nMaya"
    )


@pytest.mark.parametrize("form", ["eml", "docx", "md"])
def test_no_id_or_mark_of_ours_reaches_a_file(form: str) -> None:
    data = {"eml": to_eml, "docx": to_docx}.get(form, to_markdown)(DRAFT, PROFILE, POSTING)
    if form == "docx":
        assert isinstance(data, bytes)
        data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    text = data if isinstance(data, str) else data.decode()
    for mark in ("e2", "p2", "rests_on", "embedded", "Inroad", "python-docx"):
        assert mark not in text


@pytest.mark.parametrize(
    ("company", "title", "name"),
    [
        ("Kestrel & Söhne", "Platform Engineer (m/f/d)", "kestrel-sohne-platform-engineer-m-f-d.eml"),
        ("../../etc", "passwd\x00", "etc-passwd.eml"),
        ("", "", "draft.eml"),
        ("株式会社", "技術者", "draft.eml"),
        ("", "CON", "draft.eml"),
        ("Straße", "Łódź Ørsted", "strasse-lodz-orsted.eml"),
    ],
)
def test_a_file_name_is_safe_everywhere(company: str, title: str, name: str) -> None:
    assert file_name(Posting(id="1", title=title, company=company), "eml") == name


def test_a_file_name_is_never_long() -> None:
    assert len(file_name(Posting(id="1", title="x " * 200), ".docx")) < 70


def test_edited_text_is_exported_as_edited() -> None:
    name, data = export("eml", "Mine", "One.\r\n\r\n\r\nTwo.\r\nThree.", POSTING, PROFILE)
    assert name.endswith(".eml")
    assert mail(data).get_content().replace("\r\n", "\n") == "One.\n\nTwo.\nThree.\n"
