"""How a draft names roles: the opening's title without codes, its company byte for byte, the sender's own."""

import re

from domain import Posting, Record
from language import nouns
from language.closed import closed

_GENDER = re.compile(
    r"\s*[(\[](?:[mwfdxhn]\s?[/|,*]\s?[mwfdxhn](?:\s?[/|,*]\s?[mwfdxhn*])*|all genders?|gn|d/f/m|"
    r"he/she/they|any gender|alle)[)\]]"
    r"|\s+(?:[mwfdx]/[mwfdx](?:/[mwfdx])?)(?=\s|$)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\s*[(\[#]*\b(?:req|job|ref|id|nr|no)\.?[\s#:_-]*(?:id\s*)?[A-Z]*-?\d[\w-]*[)\]]?|\s*[(\[]?#\s?\d[\w-]*[)\]]?|\s+\b[A-Z]{0,3}-?\d{3,}\b",
    re.IGNORECASE,
)
_PICTURES = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+|[!*]+")
_AFTER = re.compile(r"\s+[–—|•·@]\s*.*$|\s+-{1,2}\s+.*$|\s*[(\[].*$|\s*:\s.*$|\s+//\s.*$")
_PLACE = re.compile(r"\s*,\s.*$|\s+(?:in|at|for|based)\s.*$")
_LONGEST = 48


def title_of(posting: Posting) -> str:
    """The title as it is said in a sentence: "Platform Engineer" from "Platform Engineer (m/f/d) – Payments
    #4711".
    """
    drawn = _PICTURES.sub(" ", posting.title)
    plain = re.sub(r"^[\[(][^\])]*[\])]\s*", "", " ".join(drawn.split())) or posting.title
    title = _CODE.sub("", _GENDER.sub("", plain)).strip(" -–—,:")
    title = re.sub(r"\s*[(\[][^()\[\]]{1,12}[)\]](?= [A-Z])", "", title)
    title = re.sub(r"\s-(?=[A-Z])", " - ", title)
    said = _AFTER.sub("", title).strip(" -–—,:") or title
    short = _PLACE.sub("", said)
    if short.split() and (is_someone(short) or len(said) > _LONGEST):
        said = short
    if said.isupper() and len(said) > 4:
        said = " ".join(word if len(word) <= 3 else word.capitalize() for word in said.split())
    return said if len(said) <= _LONGEST and said.count("(") == said.count(")") else ""


def is_someone(title: str) -> bool:
    """Whether one can be hired as "a {title}": the title ends in a word for a person."""
    words = re.split(r"[\s/]+", title)
    while words and (words[-1].lower() in _LEVELS or words[-1].isdigit()):
        words.pop()
    return bool(words) and nouns.is_person(words[-1]) and not title.lower().startswith(("the ", "a "))


_LEVELS = closed("i ii iii iv v senior junior mid intern trainee internship") - {
    "intern",
    "trainee",
}


def company_of(posting: Posting) -> str:
    """The company's name, or nothing where the page gives none that can stand in a sentence."""
    name = " ".join(posting.company.split())
    return name if 1 < len(name) <= 40 and any(c.isalpha() for c in name) else ""


def held_as(record: Record) -> str:
    """ "a Data Analyst", where the title is a plain name of a person's work."""
    title = record.title.strip()
    words = title.split()
    if not words or len(words) > 5 or re.search(r"[,/|()&:;–—]", title) or not nouns.is_person(words[-1]):
        return ""
    return f"{nouns.indefinite(title)} {title}"


def role_sentence(record: Record) -> str:
    """ "I am a Data Analyst at Osier Health" or "I was …, from 2018 to 2020"; nothing where parts are
    missing.
    """
    titled = held_as(record)
    if not titled or not record.organization or record.kind != "role":
        return ""
    begun, ended = year(record.start), year(record.end)
    if record.current:
        return f"I am {titled} at {record.organization}"
    if begun and ended and begun < ended:
        return f"I was {titled} at {record.organization} from {begun} to {ended}"
    return f"I was {titled} at {record.organization}" if ended else ""


def year(text: str) -> int | None:
    """The year in a date as written, or None."""
    match = re.search(r"\b(?:19|20)\d\d\b", text)
    return int(match.group()) if match else None


_UNFINISHED = re.compile(
    r"expected|anticipated|in progress|ongoing|present|current|candidate|expired|lapsed", re.IGNORECASE
)


def certificate_text(record: Record | None) -> str:
    """ "I hold the ECS Gold Card certificate", or nothing for one not finished or too long to be said."""
    if record is None or record.kind != "certificate" or not 0 < len(record.title) <= 60:
        return ""
    if _UNFINISHED.search(f"{record.end} {record.title}"):
        return ""
    noun = (
        ""
        if re.search(r"certificat|licen[cs]e|diploma|card$", record.title, re.IGNORECASE)
        else " certificate"
    )
    return f"I hold the {record.title}{noun}"
