"""Résumés in JSON: JSON Resume with old and new field names, near relatives of it, and profiles of our own.

The schema of JSON Resume 1.0.0 says `name` where older files say `company`, and `score` where they say `gpa`;
both are in use. Reactive Resume keeps its entries under `sections`, its texts in HTML. Each item names its
place, such as `work[0].highlights[2]`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from domain import EvidenceType, Profile
from errors import DocumentError
from language.digests import digest_of
from profiles import entries, fields, skills
from profiles.fields import MOST_ITEMS, first, string
from profiles.json_places import json_places
from profiles.ledger import REFEREES_LEFT_OUT, Ledger, RecordKind, identified
from profiles.links import is_email
from profiles.locating import locate
from profiles.text import one_line

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
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_URL = ("url", "website", "link", "github", "repository")


def read_json(text: str, document: str) -> Profile:
    """Read a résumé in JSON.

    Raises:
        DocumentError: when the JSON is broken or is something else.
    """
    try:
        data = json.loads(text)
        if _HALF.search(text):
            data = _without_halves(data)
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
    if kept := _exported(data):
        return _own(kept)
    data, holder = _unwrapped(data)
    if not is_resume(data):
        names = ", ".join(f"“{key[:30]}”" for key in list(data)[:4])
        raise DocumentError(f"This JSON is not a résumé: it holds {names or 'nothing'}.", _NEEDS)
    profile = StructuredResume(data, document, holder).profile()
    return locate(profile, text, json_places(text))


def _without_halves(data: Any) -> Any:
    """The same values without halves of characters, which no store takes: a lone "\\ud800"."""
    return json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "ignore"))


def _exported(data: dict[str, Any]) -> dict[str, Any] | None:
    """The profile inside a file exported here, where its sections are as they were written then."""
    meta = data.get("meta")
    own = meta.get("x-evidence") if isinstance(meta, dict) else None
    if not isinstance(own, dict) or not isinstance(own.get("profile"), dict):
        return None
    return own["profile"] if own.get("digest") == digest_of(data) else None


def is_resume(data: dict[str, Any]) -> bool:
    """Whether these fields are those of JSON Resume or a relative of it."""
    held = _sections_of(data)
    known = [key for keys in _SECTIONS.values() for key in keys if isinstance(held.get(key), list | dict)]
    return bool(known) or any(isinstance(data.get(key), dict) for key in _BASICS)


def _unwrapped(data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The résumé where it is the one thing in another object, and the place of it."""
    for key in ("resume", "cv", "data", "profile"):
        inner = data.get(key)
        if isinstance(inner, dict) and not is_resume(data) and is_resume(inner):
            return inner, f"{key}."
    return data, ""


def _sections_of(data: dict[str, Any]) -> dict[str, Any]:
    inner = data.get("sections")
    return inner if isinstance(inner, dict) else data


_KEPT = ("id", "source", "confidence", "doubts", "confidential")


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
            kept = {name: getattr(item, name) for name in _KEPT}
            again.evidence[-1] = again.evidence[-1].model_copy(update=kept)
    # Whose vectors to use is never taken from a file.
    return identified(saved.model_copy(update={"evidence": tuple(again.evidence), "kept_as": ""}))


class StructuredResume:
    """A résumé in the fields of JSON Resume or YAMLResume, on its way into a ledger.

    Args:
        data: Its sections and basics.
        document: Its name.
        holder: The place of `data` in the document, with a dot behind it.
        blank_is_now: The format says that a start without an end means the present.
    """

    def __init__(
        self, data: dict[str, Any], document: str, holder: str = "", *, blank_is_now: bool = False
    ) -> None:
        self.data = data
        self.holder = holder
        self.blank_is_now = blank_is_now
        self.ledger = Ledger(document)

    def profile(self, **more: Any) -> Profile:
        """What the document says. `more` are further fields of the profile.

        Raises:
            DocumentError: when it holds no evidence.
        """
        basics: dict[str, Any] = next(
            (self.data[k] for k in _BASICS if isinstance(self.data.get(k), dict)), {}
        )
        self._summaries(basics)
        for read, kind in (
            (self._job, "work"),
            (self._volunteering, "volunteer"),
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
                if len(self.ledger.evidence) > fields.MOST_EVIDENCE:
                    raise DocumentError("This holds far more entries than a résumé.", _NEEDS)
        if not self.ledger.evidence:
            raise DocumentError("There is no experience, project or skill in this file.", _NEEDS)
        if _shown_items(_sections_of(self.data).get("references")):
            self.ledger.warnings.append(REFEREES_LEFT_OUT)
        email = one_line(first(basics, "email"))
        links = (*_links_of(basics), *_profile_links(self.data.get("profiles")),
                 *_profile_links(_sections_of(self.data).get("profiles")))  # fmt: skip
        return self.ledger.profile(
            name=one_line(first(basics, "name", "fullName")),
            headline=one_line(first(basics, "label", "title", "headline")),
            email=email if is_email(email) else "",
            phone=one_line(first(basics, "phone", "mobile"), 40),
            links=tuple(dict.fromkeys(links)),
            **more,
        )

    def _entries(self, section: str) -> Iterator[tuple[str, Any]]:
        """The entries of a section with their places; some relatives keep them under `additional`."""
        extra = self.data.get("additional")
        inner = _sections_of(self.data)
        for holder, prefix in (
            (inner, self.holder if inner is self.data else f"{self.holder}sections."),
            (extra if isinstance(extra, dict) else {}, f"{self.holder}additional."),
        ):
            for key in _SECTIONS[section]:
                value, place = holder.get(key), f"{prefix}{key}"
                if not _is_shown(value):
                    continue
                if isinstance(value, dict) and isinstance(value.get("items"), list):
                    value, place = value["items"], f"{place}.items"
                if isinstance(value, list):
                    for index, entry in enumerate(value[:MOST_ITEMS]):
                        if _is_shown(entry):
                            yield f"{place}[{index}]", entry
                elif isinstance(value, dict) and section == "skills":
                    for name, entry in list(value.items())[:MOST_ITEMS]:
                        yield f"{place}.{name}", {"keywords": entry if isinstance(entry, list) else [entry]}

    def _summaries(self, basics: dict[str, Any]) -> None:
        key = next((key for key in _BASICS if self.data.get(key) is basics), "basics")
        own = _sections_of(self.data).get("summary")
        for place, text in (
            (f"{key}.summary", first(basics, "summary")),
            ("summary", first(self.data, "summary")),
            (
                "sections.summary.content",
                string(own.get("content")) if isinstance(own, dict) and _is_shown(own) else "",
            ),
        ):
            for piece, _ in fields.pieces(text):
                self.ledger.add("summary", piece, place=self.holder + place, links=fields.links(piece))

    def _prose(self, kind: EvidenceType, text: str, place: str, record: str | None) -> None:
        """A text that may be paragraphs or a list, one item a sentence or bullet."""
        for piece, _ in fields.pieces(text):
            self.ledger.add(kind, piece, record=record, place=place, links=fields.links(piece))

    def _dates(self, entry: dict[str, Any]) -> dict[str, Any]:
        return fields.dates(entry, blank_is_now=self.blank_is_now)

    def _job(self, place: str, entry: Any) -> None:
        self._role(place, entry, "role")

    def _volunteering(self, place: str, entry: Any) -> None:
        self._role(place, entry, "volunteering")

    def _role(self, place: str, entry: Any, kind: RecordKind) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("bullet", string(entry), place=place)
            return
        title, organization = first(entry, *_POSITION), first(entry, *_EMPLOYER)
        record = self.ledger.open_record(
            kind,
            title=title,
            organization=organization,
            links=fields.links(first(entry, *_URL)),
            **self._dates(entry),
        )
        self.ledger.add("role", ", ".join(filter(None, (title, organization))), record=record, place=place)
        for spot, text in fields.texts(entry, place, "summary", "description", *_BULLETS):
            if spot.endswith("]"):
                self.ledger.add("bullet", text, record=record, place=spot, links=fields.links(text))
            elif not _is_about(organization, text, spot):
                self._prose("bullet", text, spot, record)
        for spot, text in fields.texts(entry, place, "keywords", "technologies"):
            self.ledger.add("skill", text, record=record, place=spot)

    def _project(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("project", string(entry), place=place, links=fields.links(string(entry)))
            return
        links = [link for key in _URL for link in fields.links(first(entry, key))]
        record = self.ledger.open_record(
            "project", title=first(entry, "name", "title"), links=links, **self._dates(entry)
        )
        for spot, text in fields.texts(entry, place, "description", "summary"):
            for piece, bullet in _whole_or_list(text):
                self.ledger.add(
                    "bullet" if bullet else "project", piece, record=record, place=spot, links=links
                )
        for spot, text in fields.texts(entry, place, "highlights", "bullets"):
            self.ledger.add("bullet", text, record=record, place=spot, links=fields.links(text))
        for key in ("keywords", "technologies", "skills"):
            listed = ", ".join(text for _, text in fields.texts(entry, place, key) if text)
            self.ledger.add("project", listed, record=record, place=f"{place}.{key}", links=links)

    def _degree(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("degree", string(entry), place=place)
            return
        degree = first(entry, "studyType", "degree")
        area = first(entry, "area", "fieldOfStudy", "major")
        school = first(entry, "institution", "school", "university", "name")
        record = self.ledger.open_record(
            "degree", title=degree, area=area, organization=school, **self._dates(entry)
        )
        text = ", ".join(filter(None, (degree, area, school)))
        self.ledger.add("degree", text, record=record, place=place)
        for spot, text in fields.texts(entry, place, "description", "summary", "highlights"):
            for piece, _ in _whole_or_list(text):
                self.ledger.add("degree", piece, record=record, place=spot)
        courses = ", ".join(text for _, text in fields.texts(entry, place, "courses") if text)
        self.ledger.add("degree", courses, record=record, place=f"{place}.courses")

    def _certificate(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            record = self.ledger.open_record("certificate", title=string(entry))
            self.ledger.add("certificate", string(entry), record=record, place=place)
            return
        name, issuer = first(entry, "name", "title"), first(entry, "issuer", "authority", "organization")
        links = fields.links(first(entry, *_URL))
        record = self.ledger.open_record(
            "certificate", title=name, organization=issuer, end=first(entry, "date", "endDate"), links=links
        )
        text = ", ".join(filter(None, (name, issuer)))
        self.ledger.add("certificate", text, record=record, place=place, links=links)

    def _skill(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            text = string(entry)
            for start, end in skills.cut(text):
                self.ledger.add("skill", text[start:end], place=place)
            return
        hedge = fields.hedge(first(entry, "level", "proficiency"))
        raw = entry.get("keywords", entry.get("items"))
        keywords = [string(word) for word in raw[:MOST_ITEMS]] if isinstance(raw, list) else []
        name = first(entry, "name", "skill")
        # A name above keywords is mostly a heading ("Web Development"); alone it is the skill.
        if name and not any(keywords):
            self.ledger.add("skill", f"{name}{hedge}", place=place)
        for word in filter(None, keywords):
            self.ledger.add("skill", f"{word}{hedge}", place=place)

    def _language(self, place: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            self.ledger.add("language", string(entry), place=place)
            return
        name, level = first(entry, "language", "name"), first(entry, "fluency", "level", "description")
        self.ledger.add("language", f"{name} ({level})" if name and level else name, place=place)

    def _award(self, place: str, entry: Any) -> None:
        """An award or a publication, with who gave or printed it, and what it says of it."""
        if not isinstance(entry, dict):
            self.ledger.add("bullet", string(entry), place=place)
            return
        title, giver = first(entry, "title", "name"), first(entry, "awarder", "publisher")
        links = fields.links(first(entry, *_URL))
        self.ledger.add("bullet", ", ".join(filter(None, (title, giver))), place=place, links=links)
        self._prose("bullet", first(entry, "summary"), f"{place}.summary", None)


def _is_shown(value: Any) -> bool:
    """Whether the person shows a section or entry; editors keep those that are switched off."""
    return not isinstance(value, dict) or not (value.get("visible") is False or value.get("hidden") is True)


def _shown_items(section: Any) -> list[Any]:
    """The entries of a section that are shown, whether it is a list or holds one."""
    if isinstance(section, dict) and _is_shown(section):
        section = section.get("items")
    return [entry for entry in section if _is_shown(entry)] if isinstance(section, list) else []


def _whole_or_list(text: str) -> Iterator[tuple[str, bool]]:
    """A description as it is, or the items of one that is a list."""
    found = list(fields.pieces(text))
    if any(bullet for _, bullet in found):
        yield from found
    else:
        yield text, False


def _is_about(organization: str, text: str, place: str) -> bool:
    """Whether a text describes the employer, as `description` should; some tell of their work there."""
    names_it = bool(organization) and text.casefold().startswith(organization.casefold())
    return names_it or (place.endswith(".description") and not entries.opens_like_a_sentence(text))


def _links_of(basics: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "website", "linkedin", "github", "portfolio"):
        yield from fields.links(first(basics, key))
    yield from _profile_links(basics.get("profiles"))


def _profile_links(profiles: Any) -> Iterator[str]:
    for profile in _shown_items(profiles):
        if isinstance(profile, dict):
            yield from fields.links(first(profile, "url"))
