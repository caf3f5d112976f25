"""What a person types into the short form, as a profile."""

from domain import Noun, Persona, Profile
from errors import DocumentError
from profiles import lines, skills
from profiles.ledger import Ledger
from profiles.links import find_links, is_email
from profiles.resume import read_lines
from profiles.sections import Part
from profiles.text import one_line, unified

LONGEST = 100_000
_DOCUMENT = "your form"


class Form(Noun):
    """The fields of the form, as typed. `links` may hold several, apart by spaces, commas or lines."""

    name: str = ""
    email: str = ""
    phone: str = ""
    links: str = ""
    persona: Persona = Persona.JOB_SEEKER
    organization: str = ""
    postal_address: str = ""
    headline: str = ""
    experience: str = ""
    skills: str = ""


def from_form(form: Form) -> Profile:
    """The profile that a form describes. Experience is read as a résumé; every line of it is kept.

    Raises:
        DocumentError: when a field is far too long.
    """
    if max(len(form.experience), len(form.skills)) > LONGEST:
        raise DocumentError("This is more text than a résumé holds.", "Keep the last ten years or so.")
    ledger = Ledger(_DOCUMENT)
    source = lines.visible(unified(form.experience))
    found = lines.split(source)
    name = one_line(form.name)
    read_lines(ledger, source, [line for line in found if not name or line.text != name], Part.EXPERIENCE)
    for start, end in skills.cut(form.skills):
        ledger.add("skill", form.skills[start:end], place="skills", start=start, end=end)
    email = one_line(form.email)
    if email and not is_email(email):
        ledger.warnings.append(f"“{email[:80]}” is no e-mail address, so it was left out.")
        email = ""
    return ledger.profile(
        name=name,
        persona=form.persona,
        organization=one_line(form.organization),
        headline=one_line(form.headline),
        email=email,
        phone=one_line(form.phone, 40),
        postal_address=one_line(form.postal_address),
        links=tuple(dict.fromkeys(address for address, _, _ in find_links(form.links, bare=True))),
    )
