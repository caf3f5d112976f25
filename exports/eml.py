"""An e-mail file that mail programs open as an unsent draft."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from domain import Draft, Posting, Profile
from exports.text import clean_subject, paragraphs, to_text

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def to_eml(draft: Draft, profile: Profile, posting: Posting) -> bytes:  # noqa: ARG001  # one shape for all forms
    """The draft as a plain-text message: from the sender, to nobody yet."""
    return message(draft.subject, to_text(draft), profile)


def message(subject: str, body: str, profile: Profile) -> bytes:
    """A message file of a subject and a body, without a recipient.

    `X-Unsent` makes mail programs open it as a draft.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = clean_subject(subject)
    sender = _sender(profile)
    if sender is not None:
        mail["From"] = sender
    mail["X-Unsent"] = "1"
    text = "\n\n".join("\n".join(lines) for lines in paragraphs(body)) + "\n"
    mail.set_content(text, charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def _sender(profile: Profile) -> Address | None:
    """The From address, if it is plain ASCII; without one, mail programs fill in their own."""
    if not _ADDRESS.fullmatch(profile.email) or ".." in profile.email:
        return None
    user, _, domain = profile.email.rpartition("@")
    if user.startswith(".") or user.endswith("."):
        return None
    return Address(display_name=clean_subject(profile.name), username=user, domain=domain)
