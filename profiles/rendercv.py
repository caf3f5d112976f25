"""RenderCV: a `cv` whose sections have free names and hold entries told apart by their keys.

Before version 1 sections stood beside the name, in an order of their own; before version 2 the entry of one
line was `name` and `details` for `label` and `details`. A start without an end means the present. User names
under `social_networks` are no addresses, and none are made of them.
"""

import re
from collections.abc import Iterator
from typing import Any

from domain import EvidenceType, Profile
from errors import DocumentError
from profiles import entries, fields, skills
from profiles.fields import MOST_ITEMS, first, string
from profiles.ledger import REFEREES_LEFT_OUT, Ledger, RecordKind
from profiles.links import find_links, is_email
from profiles.locating import Places
from profiles.sections import Part, part_likely, part_named
from profiles.text import one_line, plain
from profiles.vocabulary import words

_NEEDS = "It should hold sections such as “experience” or “skills”."
_ABOUT = frozenset(
    ("name", "label", "headline", "location", "email", "phone", "website", "website_url", "photo", "url",
     "social_networks", "custom_connections", "section_order", "section_titles", "design", "locale")
)  # fmt: skip
_DASH = re.compile(r"(\s+)-\s+(?=\S)")
_SPOKEN = frozenset(words("spoken"))
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt", "italian": "it",
    "dutch": "nl", "mandarin_chineese": "zh", "mandarin_chinese": "zh", "japanese": "ja", "korean": "ko",
    "turkish": "tr", "russian": "ru", "hindi": "hi", "danish": "da", "polish": "pl", "arabic": "ar",
}  # fmt: skip


def read_rendercv(
    cv: dict[str, Any], whole: dict[str, Any], document: str, text: str = "", places: Places | None = None
) -> Profile:
    """Read the `cv` of a RenderCV document.

    Args:
        cv: Its fields.
        whole: The document around it.
        document: Its name, which becomes the provenance of every item.
        text: The document's text, and in `places` where each value stands in it.

    Raises:
        DocumentError: when its sections hold no evidence.
    """
    reader = _RenderCV(document, text, places or {})
    for name, place, found in _sections(cv):
        reader.section(name, place, found)
        if len(reader.ledger.evidence) > fields.MOST_EVIDENCE:
            raise DocumentError("This holds far more entries than a résumé.", _NEEDS)
    if not reader.ledger.evidence:
        raise DocumentError("There is no experience, project or skill in this file.", _NEEDS)
    email = one_line(first(cv, "email"))
    locale = whole.get("locale")
    language = first(locale, "language") if isinstance(locale, dict) else ""
    return reader.ledger.profile(
        name=one_line(plain(first(cv, "name"))),
        headline=one_line(plain(first(cv, "headline", "label"))),
        email=email if is_email(email) else "",
        phone=one_line(first(cv, "phone").removeprefix("tel:"), 40),
        links=tuple(dict.fromkeys(_links(cv))),
        language=_LANGUAGES.get(language.lower(), language.lower() if 2 <= len(language) <= 5 else "en"),
    )


def _sections(cv: dict[str, Any]) -> Iterator[tuple[str, str, list[Any]]]:
    """Each section's name, place and entries."""
    inner = cv.get("sections")
    held, place = (inner, "cv.sections") if isinstance(inner, dict) else (cv, "cv")
    for name, found in held.items():
        if isinstance(found, str):
            found = [found]
        if isinstance(found, list) and (held is inner or name not in _ABOUT):
            yield name, f"{place}.{name}", found[:MOST_ITEMS]


def _links(cv: dict[str, Any]) -> Iterator[str]:
    for key in ("website", "website_url", "url"):
        yield from fields.links(first(cv, key))
    for key in ("social_networks", "custom_connections"):
        held = cv.get(key)
        for entry in held if isinstance(held, list) else []:
            if isinstance(entry, dict):
                address = first(entry, "url", "username", "placeholder")
                yield from (link for link, _, _ in find_links(address))


class _RenderCV:
    """Writes the entries of one document into a ledger."""

    def __init__(self, document: str, text: str, places: Places) -> None:
        self.ledger = Ledger(document)
        self.raw = text
        self.places = places

    def section(self, name: str, place: str, found: list[Any]) -> None:
        title = name.replace("_", " ")
        part = part_named(title) or part_likely(title) or (Part.SKILLS if _are_lists(found) else Part.OTHER)
        if part is Part.REFERENCES:
            self.ledger.warnings.append(REFEREES_LEFT_OUT)
        if part in (Part.REFERENCES, Part.INTERESTS, Part.CONTACT):
            return
        for index, entry in enumerate(found):
            spot = f"{place}[{index}]"
            if isinstance(entry, dict):
                self._entry(part, spot, entry)
            else:
                self._text(part, spot, string(entry))

    def _entry(self, part: Part, place: str, entry: dict[str, Any]) -> None:
        """An entry, by the keys it has."""
        if first(entry, "company", "position"):
            self._role(part, place, entry, first(entry, "position"), first(entry, "company"))
        elif first(entry, "institution", "area"):
            self._degree(place, entry)
        elif "authors" in entry or first(entry, "journal", "doi"):
            self._publication(place, entry)
        elif first(entry, "details"):
            self._one_line(part, place, plain(first(entry, "label", "name")), first(entry, "details"))
        elif first(entry, "name", "title"):
            self._named(part, place, entry)
        else:
            for key in ("bullet", "number", "reversed_number"):
                self._text(part, f"{place}.{key}", first(entry, key))

    def _text(self, part: Part, place: str, text: str) -> None:
        """A text without fields, by the section that it stands in."""
        if part is Part.SUMMARY:
            for piece, _ in fields.pieces(text):
                self.ledger.add("summary", piece, place=place, links=fields.links(piece))
        elif part in (Part.SKILLS, Part.LANGUAGES):
            for start, end in skills.cut(text):
                self.ledger.add("skill" if part is Part.SKILLS else "language", text[start:end], place=place)
        elif part is Part.CERTIFICATES and text:
            record = self.ledger.open_record("certificate", title=text)
            self.ledger.add("certificate", text, record=record, place=place)
        else:
            kind: EvidenceType = "project" if part is Part.PROJECTS else "bullet"
            self.ledger.add(kind, text, place=place, links=_found(text))

    def _one_line(self, part: Part, place: str, label: str, details: str) -> None:
        """ "Languages: Go, Python": what the label means depends on the section."""
        if part is Part.LANGUAGES:
            self.ledger.add("language", f"{label} ({details})" if label else details, place=place)
        elif part is Part.CERTIFICATES:
            record = self.ledger.open_record("certificate", title=label or details)
            text = ", ".join(filter(None, (label, details)))
            self.ledger.add("certificate", text, record=record, place=place, links=_found(details))
        elif part is Part.SKILLS:
            spoken = part_named(label) is Part.LANGUAGES and _are_spoken(details)
            text = f"{label}: {details}" if label else details
            for start, end in skills.cut(text):
                self.ledger.add("language" if spoken else "skill", text[start:end], place=place)
        else:
            self.ledger.add("bullet", f"{label}: {details}" if label else details, place=place)

    def _role(self, part: Part, place: str, entry: dict[str, Any], title: str, organization: str) -> None:
        kind: RecordKind = "volunteering" if part is Part.VOLUNTEERING else "role"
        record = self.ledger.open_record(
            kind,
            title=title,
            organization=organization,
            links=_found(f"{title} {organization} {first(entry, 'url')}"),
            **fields.dates(entry, blank_is_now=True),
        )
        text = ", ".join(filter(None, (plain(title), plain(organization))))
        self.ledger.add("role", text, record=record, place=place)
        self._highlights(place, entry, record)

    def _highlights(self, place: str, entry: dict[str, Any], record: str | None) -> None:
        for spot, text in fields.texts(entry, place, "summary", "highlights"):
            for piece in (
                self._nested(spot, text) if spot.endswith("]") else [p for p, _ in fields.pieces(text)]
            ):
                self.ledger.add("bullet", piece, record=record, place=spot, links=_found(piece))

    def _nested(self, spot: str, text: str) -> list[str]:
        return _nested(text, self.raw[slice(*self.places.get(spot, (0, 0)))])

    def _degree(self, place: str, entry: dict[str, Any]) -> None:
        degree, area = first(entry, "degree", "study_type"), first(entry, "area")
        school = first(entry, "institution")
        record = self.ledger.open_record(
            "degree", title=degree, area=area, organization=school, **fields.dates(entry, blank_is_now=True)
        )
        text = ", ".join(filter(None, map(plain, (degree, area, school))))
        self.ledger.add("degree", text, record=record, place=place)
        for spot, text in fields.texts(entry, place, "summary", "highlights"):
            for piece in self._nested(spot, text):
                self.ledger.add("degree", piece, record=record, place=spot)

    def _publication(self, place: str, entry: dict[str, Any]) -> None:
        """A paper with where it appeared; its other authors are not the sender's to name."""
        text = ", ".join(filter(None, map(plain, (first(entry, "title", "name"), first(entry, "journal")))))
        self.ledger.add("bullet", text, place=place, links=_found(first(entry, "url")))

    def _named(self, part: Part, place: str, entry: dict[str, Any]) -> None:
        """An entry that only has a name, by the section that it stands in."""
        name = first(entry, "name", "title")
        if part in (Part.EXPERIENCE, Part.VOLUNTEERING):
            heading = entries.read_heading(plain(name))
            self._role(part, place, entry, heading.title or plain(name), heading.organization)
        elif part is Part.CERTIFICATES:
            record = self.ledger.open_record("certificate", title=name, links=_found(name), end=_day(entry))
            self.ledger.add("certificate", name, record=record, place=place, links=_found(name))
            self._highlights(place, entry, record)
        elif part is Part.PROJECTS:
            self._project(place, entry, name)
        elif part in (Part.SKILLS, Part.LANGUAGES):
            level = first(entry, "level", "summary", "fluency")
            text = f"{name} ({level})" if level and part is Part.LANGUAGES else name + fields.hedge(level)
            self.ledger.add("skill" if part is Part.SKILLS else "language", text, place=place)
        else:
            self.ledger.add("bullet", name, place=place, links=_found(name))
            self._highlights(place, entry, None)

    def _project(self, place: str, entry: dict[str, Any], name: str) -> None:
        links = list(dict.fromkeys((*_found(name), *_found(first(entry, "url")))))
        record = self.ledger.open_record(
            "project", title=name, links=links, **fields.dates(entry, blank_is_now=True)
        )
        for spot, text in fields.texts(entry, place, "summary"):
            self.ledger.add("project", text, record=record, place=spot, links=links)
        for spot, text in fields.texts(entry, place, "highlights"):
            for piece in self._nested(spot, text):
                self.ledger.add("bullet", piece, record=record, place=spot, links=_found(piece))
        if not any(item.record == record for item in self.ledger.evidence[-1:]):
            self.ledger.add("project", name, record=record, place=place, links=links)


def _are_lists(found: list[Any]) -> bool:
    """Whether all entries are a label and its list, as sections of skills are whatever their name."""
    details = [first(entry, "details") if isinstance(entry, dict) else "" for entry in found]
    listed = [len(text.split()) <= 4 * (text.count(",") + 1) and "," in text for text in details]
    return bool(details) and all(details) and sum(listed) * 2 > len(details)


def _are_spoken(details: str) -> bool:
    """Whether all of a list are languages that people speak, not those of programs."""
    names = [found[0] for part in re.split(r"[,;]\s*", details) if (found := re.search(r"[^\W\d_]+", part))]
    return bool(names) and all(name.lower() in _SPOKEN for name in names)


def _nested(text: str, raw: str) -> list[str]:
    """A highlight and those nested in it, which YAML folds into one line: "Led X - Did A - Did B".

    Only a dash that begins a line opens another, in the text or as it is written: what follows any other
    dash may be what takes half of the sentence back.
    """
    dashes, written = list(_DASH.finditer(text)), list(_DASH.finditer(raw))
    if len(dashes) != len(written):
        written = dashes
    cuts = [dash.span() for dash, source in zip(dashes, written, strict=True) if "\n" in dash[1] + source[1]]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    pieces = [text[start:end].removeprefix("- ") for start, end in zip(starts, ends, strict=True)]
    return [piece for piece in pieces if piece.strip(" -")]


def _found(text: str) -> list[str]:
    return [address for address, _, _ in find_links(text, bare=" " not in text.strip())]


def _day(entry: dict[str, Any]) -> str:
    return first(entry, "date", "end_date")
