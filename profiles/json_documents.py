"""Résumés in JSON: JSON Resume with old and new field names, near relatives of it, and profiles of our own.

The schema of JSON Resume 1.0.0 says `name` where older files say `company`, and `score` where they say `gpa`;
both are in use. Each item names its place, such as `work[0].highlights[2]`.
"""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from domain import EvidenceType, Profile
from errors import DocumentError
from profiles import entries, skills
from profiles.ledger import Ledger, RecordKind, identified
from profiles.links import find_links, is_email
from profiles.resume import sentences
from profiles.text import one_line, plain
from profiles.vocabulary import words

_MOST_ITEMS = 1_000
_LONGEST = 6_000
_NEEDS = "It should be JSON Resume (jsonresume.org) or a profile saved here."

_BASICS = ("basics", "personalInfo", "personal", "contact")
_SECTIONS = {
    "work": ("work", "workExperience", "experience", "employment", "positions"),
    "volunteer": ("volunteer", "volunteering"),
    "education": ("education",),
    "projects": ("projects", "personalProjects"),
    "certificates": ("certificates", "certifications", "certificationsTraining"),
    "skills": ("skills", "technicalSkills"),
    "languages": ("languages",),
    "awards": ("awards",),
    "publications": ("publications",),
}
_EMPLOYER = ("name", "company", "organization", "employer")
_POSITION = ("position", "title", "role", "jobTitle")
_BULLETS = ("highlights", "bullets", "achievements", "responsibilities")
_URL = ("url", "website", "link", "github", "repository")
# Levels of skill that a draft must not hide. Higher ones add nothing that may be claimed.
_HIGH_LEVELS = frozenset(words("parts", "high_levels"))


def read_json(text: str, document: str) -> Profile:
    """Read a résumé in JSON.

    Raises:
        DocumentError: when the JSON is broken or is something else.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        raise DocumentError("This JSON is nested too deeply to be a résumé.", _NEEDS) from None
    except json.JSONDecodeError as error:
        raise DocumentError(f"This JSON is broken in line {error.lineno}.", _NEEDS) from None
    except ValueError:
        raise DocumentError("This JSON holds a number that cannot be read.", _NEEDS) from None
    if not isinstance(data, dict):
        what = "a list" if isinstance(data, list) else "a single value"
        raise DocumentError(f"This JSON is {what}, not a résumé.", _NEEDS)
    if "evidence" in data and "records" in data:
        return _own(data)
    known = [key for keys in _SECTIONS.values() for key in keys if isinstance(data.get(key), list)]
    if not known and not any(isinstance(data.get(key), dict) for key in _BASICS):
        names = ", ".join(f"“{key[:30]}”" for key in list(data)[:4])
        raise DocumentError(f"This JSON is not a résumé: it holds {names or 'nothing'}.", _NEEDS)
    return _Resume(data, document).profile()


def _own(data: dict[str, Any]) -> Profile:
    """A profile saved here. What a reader derives (numbers, skills, id) is derived again, never believed."""
    try:
        saved = Profile.model_validate(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise DocumentError(f"This saved profile is damaged at “{place[:60]}”.", _NEEDS) from None
    known = {record.id for record in saved.records}
    owners = {item.record for item in saved.evidence if item.record}
    ids = {item.id for item in saved.evidence}
    if not owners <= known or len(known) < len(saved.records) or len(ids) < len(saved.evidence):
        raise DocumentError("This saved profile is damaged: its items do not fit together.", _NEEDS)
    again = Ledger("")
    for item in saved.evidence:
        size = len(again.evidence)
        again.add(item.type, item.text, record=item.record, links=item.links)
        if len(again.evidence) > size:
            again.evidence[-1] = again.evidence[-1].model_copy(update={"id": item.id, "source": item.source})
    return identified(saved.model_copy(update={"evidence": tuple(again.evidence)}))


class _Resume:
    """One JSON document on its way into a ledger."""

    def __init__(self, data: dict[str, Any], document: str) -> None:
        self.data = data
        self.ledger = Ledger(document)

    def profile(self) -> Profile:
        basics: dict[str, Any] = next(
            (self.data[k] for k in _BASICS if isinstance(self.data.get(k), dict)), {}
        )
        self._summaries(basics)
        for kind, record in (("work", "role"), ("volunteer", "volunteering")):
            for place, entry in self._entries(kind):
                self._role(place, entry, "volunteering" if record == "volunteering" else "role")
        for read, kind in (
            (self._project, "projects"),
            (self._degree, "education"),
            (self._certificate, "certificates"),
            (self._skill, "skills"),
            (self._language, "languages"),
            (self._award, "awards"),
            (self._award, "publications"),
        ):
            for place, entry in self._entries(kind):
                read(place, entry)
        if not self.ledger.evidence:
            raise DocumentError("There is no experience, project or skill in this file.", _NEEDS)
        email = one_line(_first(basics, "email"))
        return self.ledger.profile(
            name=one_line(_first(basics, "name", "fullName")),
            headline=one_line(_first(basics, "label", "title", "headline")),
            email=email if is_email(email) else "",
            phone=one_line(_first(basics, "phone", "mobile"), 40),
            links=tuple(dict.fromkeys(_links_of(basics))),
        )

    def _entries(self, section: str) -> Iterator[tuple[str, Any]]:
        """The entries of a section with their places; some relatives keep them under `additional`."""
        extra = self.data.get("additional")
        for holder, prefix in ((self.data, ""), (extra if isinstance(extra, dict) else {}, "additional.")):
            for key in _SECTIONS[section]:
                value = holder.get(key)
                if isinstance(value, list):
                    for index, entry in enumerate(value[:_MOST_ITEMS]):
                        yield f"{prefix}{key}[{index}]", entry
                elif isinstance(value, dict) and section == "skills":
                    for name, entry in list(value.items())[:_MOST_ITEMS]:
                        yield (
                            f"{prefix}{key}.{name}",
                            {"keywords": entry if isinstance(entry, list) else [entry]},
                        )

    def _summaries(self, basics: dict[str, Any]) -> None:
        holder = next((key for key in _BASICS if self.data.get(key) is basics), "basics")
        for place, text in (
            (f"{holder}.summary", _first(basics, "summary")),
            ("summary", _first(self.data, "summary")),
        ):
            self._prose("summary", text, place, None)

    def _prose(self, kind: EvidenceType, text: str, place: str, record: str | None) -> None:
        """A paragraph, one item a sentence."""
        text = plain(text)
        for start, end in sentences(text) if text else ():
            self.ledger.add(kind, text[start:end], record=record, place=place, links=_found(text[start:end]))

    def _texts(self, entry: dict[str, Any], place: str, *keys: str) -> Iterator[tuple[str, str]]:
        for key in keys:
            value = entry.get(key)
            if isinstance(value, list):
                for index, text in enumerate(value[:_MOST_ITEMS]):
                    yield f"{place}.{key}[{index}]", _string(text) if isinstance(text, str) else ""
            elif _string(value):
                yield f"{place}.{key}", _string(value)

    def _role(self, place: str, entry: Any, kind: RecordKind) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("bullet", _string(entry), place=place)
            return
        title, organization = _first(entry, *_POSITION), _first(entry, *_EMPLOYER)
        record = self.ledger.open_record(
            kind, title=title, organization=organization, links=_found(_first(entry, *_URL)), **_dates(entry)
        )
        self.ledger.add("role", ", ".join(filter(None, (title, organization))), record=record, place=place)
        for spot, text in self._texts(entry, place, "summary", "description", *_BULLETS):
            if spot.endswith("]"):
                self.ledger.add("bullet", text, record=record, place=spot, links=_found(text))
            elif not _is_about(organization, text, spot):
                self._prose("bullet", text, spot, record)

    def _project(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("project", _string(entry), place=place, links=_found(_string(entry)))
            return
        links = [link for key in _URL for link in _found(_first(entry, key))]
        record = self.ledger.open_record(
            "project", title=_first(entry, "name", "title"), links=links, **_dates(entry)
        )
        for spot, text in self._texts(entry, place, "description", "summary"):
            self.ledger.add("project", text, record=record, place=spot, links=links)
        for spot, text in self._texts(entry, place, "highlights", "bullets"):
            self.ledger.add("bullet", text, record=record, place=spot, links=_found(text))
        for key in ("keywords", "technologies", "skills"):
            listed = ", ".join(text for _, text in self._texts(entry, place, key) if text)
            self.ledger.add("project", listed, record=record, place=f"{place}.{key}", links=links)

    def _degree(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("degree", _string(entry), place=place)
            return
        degree = ", ".join(
            filter(
                None, (_first(entry, "studyType", "degree"), _first(entry, "area", "fieldOfStudy", "major"))
            )
        )
        school = _first(entry, "institution", "school", "university", "name")
        record = self.ledger.open_record("degree", title=degree, organization=school, **_dates(entry))
        self.ledger.add("degree", ", ".join(filter(None, (degree, school))), record=record, place=place)
        for spot, text in self._texts(entry, place, "description", "summary", "highlights"):
            self.ledger.add("degree", text, record=record, place=spot)

    def _certificate(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            record = self.ledger.open_record("certificate", title=_string(entry))
            self.ledger.add("certificate", _string(entry), record=record, place=place)
            return
        name, issuer = _first(entry, "name", "title"), _first(entry, "issuer", "authority", "organization")
        links = _found(_first(entry, *_URL))
        record = self.ledger.open_record(
            "certificate", title=name, organization=issuer, end=_first(entry, "date", "endDate"), links=links
        )
        text = ", ".join(filter(None, (name, issuer)))
        self.ledger.add("certificate", text, record=record, place=place, links=links)

    def _skill(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            text = _string(entry)
            for start, end in skills.cut(text):
                self.ledger.add("skill", text[start:end], place=place)
            return
        level = _first(entry, "level", "proficiency")
        hedge = f" ({level})" if level and level.lower() not in _HIGH_LEVELS else ""
        raw = entry.get("keywords", entry.get("items"))
        keywords = [_string(word) for word in raw] if isinstance(raw, list) else []
        name = _first(entry, "name", "skill")
        # A name above keywords is mostly a heading ("Web Development"); alone it is the skill.
        if name and not any(keywords):
            self.ledger.add("skill", f"{name}{hedge}", place=place)
        for word in filter(None, keywords[:_MOST_ITEMS]):
            self.ledger.add("skill", f"{word}{hedge}", place=place)

    def _language(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("language", _string(entry), place=place)
            return
        name, level = _first(entry, "language", "name"), _first(entry, "fluency", "level")
        self.ledger.add("language", f"{name} ({level})" if name and level else name, place=place)

    def _award(self, place: str, entry: Any) -> None:
        text = _first(entry, "title", "name") if isinstance(entry, dict) else _string(entry)
        links = _found(_first(entry, *_URL)) if isinstance(entry, dict) else []
        self.ledger.add("bullet", text, place=place, links=links)


def _is_about(organization: str, text: str, place: str) -> bool:
    """Whether a text describes the employer, as `description` should; some tell of their work there."""
    names_it = bool(organization) and text.casefold().startswith(organization.casefold())
    return names_it or (place.endswith(".description") and not entries.opens_like_a_sentence(text))


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value[:_LONGEST].strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _first(entry: dict[str, Any], *keys: str) -> str:
    """The first of these fields that holds text."""
    return next((text for key in keys if (text := _string(entry.get(key)))), "")


def _found(text: str) -> list[str]:
    return [address for address, _, _ in find_links(text, bare=" " not in text)]


def _links_of(basics: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "website", "linkedin", "github", "portfolio"):
        yield from _found(_first(basics, key))
    profiles = basics.get("profiles")
    for profile in profiles if isinstance(profiles, list) else []:
        if isinstance(profile, dict):
            yield from _found(_first(profile, "url"))


def _dates(entry: dict[str, Any]) -> dict[str, Any]:
    """Start and end as written; "Present" is no end."""
    start, end = _first(entry, "startDate", "start", "from"), _first(entry, "endDate", "end", "to")
    written = _first(entry, "years", "dates", "period", "date")
    found = entries.find_dates(written, single=True) if written and not (start or end) else None
    if found:
        return {"start": found.start, "end": "" if found.current else found.end, "current": found.current}
    current = entries.is_now(end) or entry.get("current") is True
    return {"start": start, "end": "" if current else end, "current": current}
