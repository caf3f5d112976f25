"""An uploaded document, read as a profile."""

from domain import Profile
from errors import DocumentError
from profiles import lines, resume
from profiles.ledger import Ledger
from profiles.sections import Part
from profiles.text import decode


def read_profile(data: bytes, document: str) -> Profile:
    """Read a résumé."""
    ledger = Ledger(document)
    resume.read_lines(ledger, lines.split(decode(data)), Part.EXPERIENCE)
    if not ledger.evidence:
        raise DocumentError("empty")
    return ledger.profile(name="")
