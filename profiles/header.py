"""The top of a résumé: who it is about, and how to reach them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from profiles import entries
from profiles.lines import Line
from profiles.links import find_emails, find_links, find_phones
from profiles.personal import is_personal
from profiles.sections import part_guessed, part_named
from profiles.text import plain, unmarked
from profiles.vocabulary import pattern, words

_LONGEST = 16
_DOCUMENT = re.compile(
    r"^(?:curriculum vitae|c\.?v\.?|r[ée]sum[ée]|lebenslauf|profile|name|full name)"
    r"\s*(?:of|[-\u2010-\u2015:|]+)\s+",
    re.IGNORECASE,
)
_TITLE_OF_DOCUMENT = re.compile(
    r"(?:my |europass )?(?:curriculum vitae|c\.?v\.?|r[ée]sum[ée]|lebenslauf|portfolio|bewerbung|profile"
    r"|curr[íi]culo?|hoja de vida|życiorys|özgeçmiş|个人简历|简历|履歴書|السيرة الذاتية)",
    re.IGNORECASE,
)
# Letters after a name: "ACA", "MRICS", "Ph.D.", "R.N."
_POSTNOMINAL = re.compile(r"(?:,\s*|\s+)(?:[A-Z][A-Za-z]?\.?){2,6}(?:\s*\([A-Z][a-z]+\))?$")
_HONORIFIC = re.compile(
    r"(?:dr|prof|mr|mrs|ms|herr|frau|ing|dipl\.?-?ing|sr|sra|mme|mlle|dott)\.?(?:\s+(?:dr|med|rer|nat|habil)\.)*\s+",
    re.IGNORECASE,
)
# Numbers that are no phone's, and people who are not the one this is about.
_ANOTHERS = re.compile(r"refere|referen|référen|supervisor|manager:|emergency", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"\b(?:id|no|number|nr|licen[cs]e|registration|iban|tax|passport|member(?:ship)?|steuer\w*)\b\.?"
    r"(?: no\.?)?:?\s*\d",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"\s*\((?:she|he|they|her|him|them|any)(?:/\w+){1,2}\)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:full name|name|naam|vor- und nachname|nom(?: et prénom)?|nombre(?: completo)?|nome(?: completo)?"
    r"|ad soyad"
    r"|imię i nazwisko|姓\s*名|氏\s*名|الاسم)(?:\s*[:：]\s*|\t+)(?P<name>\S.{1,60}?)(?=\s{2,}|\t|[|；;]|$)",
    re.IGNORECASE,
)
_LABEL = pattern("contacts", before=r"", after=r"(?!\w)\s*:?\s*")
_SEPARATORS = re.compile(r"\s*[|·•∙]\s*|\s+[\u2012-\u2015]\s+|\s+-{1,3}\s+|\t+|\s{3,}")
_WORD = r"[\"“(]?[^\W\d_](?:[^\W\d_]|['’.-])*[\"”)]?"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,4}}(?:,\s*(?:Ph\.?D|MBA|MD|Jr|Sr|PE)\.?)?")
_PARTICLES = frozenset(words("parts", "particles"))


@dataclass
class Header:
    """What the top says. `prose` are lines that say something else, as (text, start, end)."""

    name: str = ""
    headline: str = ""
    email: str = ""
    phone: str = ""
    links: list[str] = field(default_factory=list)
    prose: list[tuple[str, int, int]] = field(default_factory=list)


def length(found: Sequence[Line]) -> int:
    """How many lines the top has: up to the first section, role or bullet that is no contact."""
    for index, line in enumerate(found[:_LONGEST]):
        text = plain(line.text)
        if part_named(text) and not line.bullet and (index or line.level or len(found) > 1):
            return index
        if index and (line.level == 1 or entries.find_dates(text)):
            return index
        if index and line.level and line.size and (part_guessed(text) or index > 5):
            return index
        if (line.bullet or len(text.split()) > 25) and not _holds_contacts(text):
            return index
    return min(len(found), _LONGEST) if len(found) > 1 else 0


def read(found: Sequence[Line]) -> Header:
    """Name, headline and contacts of these lines; the first of each kind counts."""
    top = Header()
    for line in found:
        text = _PRONOUNS.sub("", unmarked(line.text))
        named = _NAMED.match(text.strip())
        if named and is_name(named["name"]):
            top.name = top.name or named["name"]
            text = text.strip()[named.end() :]
        rest, emails, phones, links = _parted(text)
        top.email = top.email or next(iter(emails), "")
        if not _OTHER_NUMBER.search(text):
            top.phone = top.phone or next(iter(phones), "")
        links = [address for address, _, _ in find_links(line.text)] + links + _leading(line)
        top.email = top.email or next(
            (a[7:].partition("?")[0] for a in line.links if a.startswith("mailto:")), ""
        )
        top.links += [link for link in dict.fromkeys(links) if link not in top.links]
        for part in filter(
            None, (part.strip(" ,;:|()") for part in _SEPARATORS.split(_DOCUMENT.sub("", rest)))
        ):
            _place(top, part, line, bool(emails or phones or links))
    return top


def _leading(line: Line) -> list[str]:
    """The web addresses that the words of a line lead to."""
    return [address for uri in line.links for address, _, _ in find_links(uri)[:1] if uri.startswith("http")]


def _place(top: Header, part: str, line: Line, beside_contacts: bool) -> None:
    label = _LABEL.match(part)
    if _TITLE_OF_DOCUMENT.fullmatch(part):
        return
    bare = _without_titles(part)
    name, comma, job = bare.partition(", ")
    if not top.name and comma and is_name(name) and entries.TITLE.search(job):
        top.name, top.headline = name, top.headline or job
    elif not top.name and is_name(bare):
        top.name = bare
    elif (
        is_personal(part)
        or len(re.findall(r"\d", part)) > 3
        or (
            (label and (label.end() == len(part) or ":" in label[0]))
            or part_named(part)
            or entries.is_place(part)
        )
    ):
        return
    elif not top.headline and len(part.split()) <= 14 and not part.endswith(".") and len(part) > 2:
        if not beside_contacts or entries.TITLE.search(part):
            top.headline = part
    elif len(part.split()) > 3 and not beside_contacts and (not top.prose or top.prose[-1][1] != line.start):
        top.prose.append((line.text, line.start, line.end))


def largest_name(found: Sequence[Line]) -> str:
    """The name printed in the largest letters of the first lines, which may stand in two or three of them.

    Args:
        found: The lines of a document whose letters have sizes; without sizes nothing is found.
    """
    sizes = sorted({round(line.size, 1) for line in found if line.size}, reverse=True)
    body = max(
        sizes, key=lambda size: sum(len(x.text) for x in found if round(x.size, 1) == size), default=0.0
    )
    for size in sizes[:3]:
        if size <= 1.15 * body:
            return ""
        lines = [line for line in found if round(line.size, 1) == size][:3]
        parts = [plain(line.text.split("\t")[0]) for line in lines]
        for text in (" ".join(parts[:count]).replace("- ", "-") for count in (3, 2, 1)):
            name = _without_titles(text)
            if is_name(name) or (name.islower() and is_name(name.title())):
                return name
    return ""


def _without_titles(text: str) -> str:
    """A name without "Dr." before it and the letters of titles after it."""
    return without_postnominals(_HONORIFIC.sub("", text, count=1) if _HONORIFIC.match(text) else text)


def without_postnominals(text: str) -> str:
    """A name without the letters of titles after it, where it is not all in capitals."""
    while (
        not text.isupper() and (found := _POSTNOMINAL.search(text)) and len(text[: found.start()].split()) > 1
    ):
        text = text[: found.start()]
    return text


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: two to five words in capitals, no job in it."""
    if _TITLE_OF_DOCUMENT.fullmatch(text):
        return False
    if (
        not _NAME.fullmatch(text)
        or entries.TITLE.search(text)
        or part_guessed(text)
        or entries.is_place(text)
    ):
        return (
            len(text) <= 30
            and re.fullmatch(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2,5}", text) is not None
        )
    words = [word for word in text.replace(",", " ").split() if word.lower() not in _PARTICLES]
    return all(not word[0].islower() for word in words)


def is_own_contact(line: Line, name: str) -> bool:
    """Whether a line holds an e-mail address or a phone number, and nothing that may be someone else's.

    Args:
        line: Any line of the document.
        name: Whose contacts are looked for; beside them only this name, labels and places may stand.
    """
    rest, emails, phones, _ = _parted(unmarked(line.text))
    if not (emails or phones) or _ANOTHERS.search(rest):
        return False
    own = set(re.findall(r"[^\W\d_]+", name.casefold()))
    for part in _SEPARATORS.split(rest):
        bare = _LABEL.sub("", part).strip(" ,;:|()")
        strange = [word for word in re.findall(r"[^\W\d_]{3,}", bare) if word.casefold() not in own]
        if len(strange) > 1 and not entries.names_place(bare) and not is_personal(bare):
            return False
    return True


def own_contacts(found: Sequence[Line], name: str) -> list[Line]:
    """The lines that hold contacts, wherever they stand, and those beside them that hold addresses alone."""
    places = [index for index, line in enumerate(found) if is_own_contact(line, name)]
    beside = {near for index in places for near in range(index - 2, index + 3)}
    return [
        line for index, line in enumerate(found) if index in places or (index in beside and _is_link(line))
    ]


def _is_link(line: Line) -> bool:
    rest, _, _, links = _parted(plain(line.text))
    return bool(links) and len(re.findall(r"[^\W\d_]{3,}", rest)) <= 3 and not line.bullet


def _holds_contacts(text: str) -> bool:
    _, emails, phones, links = _parted(text)
    return bool(emails or phones or links or _LABEL.match(text))


def _parted(text: str) -> tuple[str, list[str], list[str], list[str]]:
    """(what is left, e-mails, phones, links) of a line."""
    emails, phones, links = find_emails(text), find_phones(text), find_links(text, bare=True)
    rest = list(text)
    for _, start, end in (*emails, *phones, *links):
        rest[start:end] = "|" * (end - start)
    left = re.sub(r"\|{2,}", " | ", "".join(rest))
    return left, [x for x, _, _ in emails], [x for x, _, _ in phones], [x for x, _, _ in links]
