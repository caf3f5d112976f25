"""Whom a posting names as its contact, on English, German, French, Spanish and Portuguese pages."""

import re
from collections.abc import Sequence

from language.closed import closed

_LABEL = re.compile(
    r"""(?:^|[\s(•|–-])(?:
        (?:your\ |main\ |hiring\ |recruiting\ )?contact(?:\ person)?
        | hiring\ manager | (?:your\ |lead\ |technical\ )?recruiter | talent\ partner
        | (?:ihre?|deine?)?\s?ansprech(?:partner(?:in)?|person|partner\*in|partner:in|partner/in)
        | (?:ihr|dein)\ kontakt | kontakt(?:person)?
        | (?:votre\ )?contact | personne\ à\ contacter | interlocuteur | interlocutrice
        | (?:tu\ |su\ )?(?:persona\ de\ )?contacto | pessoa\ de\ contato | contato
    )\s?(?:\s?(?:is|ist|est|es|é)\b|[:：–-])\s*(?P<name>.+)$""",
    re.IGNORECASE | re.VERBOSE,
)
_PHRASE = re.compile(
    r"""\b(?:
        (?<!we\ )(?<!you\ )(?:please\ )?
            (?:contact|reach\ out\ to|write\ to|e-?mail|get\ in\ touch\ with|ask\ for)
        | (?:report(?:s|ing)?\ (?:directly\ )?to|questions\?\ (?:ask|write\ to))
        | wenden\ sie\ sich\ (?:bitte\ )?an | bewerbung(?:en)?\ (?:bitte\ )?an
        | (?:contactez|adressez-vous\ à|écrivez\ à) | (?:contacta(?:r)?\ (?:con|a)|escríbele?\ a)
    )\s+(?P<name>.+)$""",
    re.IGNORECASE | re.VERBOSE,
)
_HEADING = re.compile(
    r"(?:your |ihre? |deine? |votre )?(?:contact(?: person)?|ansprech(?:partner(?:in)?|person)|"
    r"hiring manager|recruiter|kontaktperson|persona de contacto)\s*:?",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Mx|Miss|Herrn?|Frau|Mme|Mlle|M|Sr|Sra|Srta|Dipl|Prof|Dr|Ing)\b\.?(?:-Ing\.?)?\s+)+"
)
_PART = r"[A-ZÀ-ÖØ-Þ][\w’'-]*[a-zß-öø-ÿ](?:-[A-ZÀ-ÖØ-Þ][\w’']+)?"
_PARTICLE = r"(?:de la|de|da|dos|del|di|du|van der|van den|van|von der|von|zu|ter|ten|el|al|bin|ibn|le|la)"
_NAME = re.compile(rf"{_PART}(?:\s+(?:[A-Z]\.|{_PARTICLE}\s+{_PART}|{_PART})){{1,3}}(?![\w@])")
_NOT_A_PERSON = closed(
    """
    team department recruiting recruitment talent acquisition human resources office hr people us the our
    email mail phone information details form page support sales service services center centre group manager
    managers engineers developers designers owners leads analysts scientists applicant applicants candidate
    director engineer engineering head lead officer chief executive president recruiter partner partners
    inc gmbh
    ltd llc ag corp company university school career careers jobs job application applications privacy policy
    equal opportunity employer abteilung personalabteilung personal bewerbung bewerbungen frau herr herrn für
    and or with this your any please
    """
)


def contact_in(lines: Sequence[str], company: str = "") -> str:
    """The name of the person whom these lines of a page name as their contact, verbatim; "" where none is.

    Mr, Frau and Dr. are left out. A team, a department or the company itself is nobody to greet by name.
    """
    for number, line in enumerate(lines):
        text = " ".join(line.split())
        found = [match["name"] for pattern in (_LABEL, _PHRASE) if (match := pattern.search(text))]
        if _HEADING.fullmatch(text) and number + 1 < len(lines):
            found.append(" ".join(lines[number + 1].split()))
        for rest in found:
            if name := _name_at(rest, company):
                return name
    return ""


def _name_at(text: str, company: str) -> str:
    start = _SALUTATION.match(text)
    found = _NAME.match(text, start.end() if start else 0)
    while found is not None and len(found.group()) > 3:
        name = found.group()
        words = {word.lower().strip(".'’") for word in re.split(r"[\s-]+", name)}
        if not words & _NOT_A_PERSON and not words <= set(company.lower().split()):
            return name
        shorter = name.rsplit(" ", 1)[0]  # "Jane Doe Recruiting Lead": the name ends where the office begins
        found = _NAME.fullmatch(shorter)
    return ""
