"""How well résumés are read, in every format: contacts, roles, degrees, skills, and that nothing is invented.

Roles are tuples of employer, title, start and end: all four must be right. F1 counts what was found against
what is there, over all documents. `verbatim` is the share of values whose words stand in the document where
the profile says so.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain import Document, Evidence, Profile, Record
from errors import DocumentError
from language import dates

Read = Callable[[bytes, str], tuple[Document, Profile]]

_NOT_DOCUMENTS = frozenset(("index.jsonl",))
# The corpus does not say how its PDFs are laid out. These hold sections, or their headings, side by side.
_TWO_COLUMNS = frozenset(
    (
        "rm_tpl_modern-two-column.pdf",
        "rm_tpl_two-column.pdf",
        "rr_azurill.pdf",
        "rr_bronzor.pdf",
        "rr_ditto.pdf",
    )
)
_ARABIC_MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
_ROLES = ("role", "volunteering")


def measure(corpus: Path) -> dict[str, float]:
    """Scores of all documents of the corpus, by field."""
    from profiles.document import read_document

    tally = Tally()
    for path, truth in documents(corpus / "resumes"):
        tally.add(path, truth, read_document)
    return tally.scores()


def documents(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each document of a folder with its truth; a structured document without one is its own."""
    noted: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("ground_truth/*.json")):
        truth: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        for name in truth.get("files", ()):
            # Where one of the files is structured, it lists all skills; the truth may list some.
            if name.endswith((".yaml", ".yml", ".json")) and (own := _own_truth(folder / name)):
                truth["skills"] = own["skills"] or truth["skills"]
        noted.update(dict.fromkeys(truth.get("files", ()), truth))
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in _NOT_DOCUMENTS:
            yield path, noted.get(path.name) or _own_truth(path)


@dataclass
class Tally:
    """What was right, by measure: (found and right, found, there)."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, path: Path, truth: dict[str, Any], read: Read) -> None:
        """Read one document and compare it with its truth."""
        try:
            document, profile = read(path.read_bytes(), path.name)
        except DocumentError as error:
            self._note("read", path, {"read"}, set())
            self.faults.append(f"{path.name}: {error}")
            return
        self._note("read", path, {"read"}, {"read"})
        for name in ("name", "email", "phone"):
            if truth.get(name):
                fold = _digits if name == "phone" else folded
                self._note(name, path, {fold(truth[name])}, {fold(getattr(profile, name))} - {""})
        self._note("links", path, _links(truth, document), {_bare(link) for link in profile.links})
        columns = "two columns" if path.name in _TWO_COLUMNS or truth.get("columns") == 2 else "one column"
        roles = [record for record in profile.records if record.kind in _ROLES]
        jobs = set(map(_job, truth.get("experience") or ()))
        # Whether voluntary work counts as experience differs from truth to truth.
        found = {_role(record) for record in roles if record.kind == "role" or _role(record) in jobs}
        self._note(f"roles {columns}", path, jobs, found)
        self._degrees(path, truth, profile)
        if truth.get("skills"):
            there = set(map(folded, truth["skills"]))
            self._note("skills", path, there, set(_skills(profile.evidence, there)))
        for value, right in values(document, profile):
            self._note("verbatim", path, {value}, {value} if right else set())

    def _degrees(self, path: Path, truth: dict[str, Any], profile: Profile) -> None:
        """A degree counts when its school is right and its words are those of the degree and its subject."""
        left = [record for record in profile.records if record.kind == "degree"]
        found = len(left)
        there = truth.get("education") or ()
        for wanted in there:
            right = next((record for record in left if _is_degree(record, wanted)), None)
            if right:
                left.remove(right)
            else:
                self.faults.append(f"{path.name}: degree {wanted.get('degree')}, {wanted.get('institution')}")
        self._count("degrees", found - len(left), found, len(there))

    def _note(self, name: str, path: Path, there: set[Any], found: set[Any]) -> None:
        self._count(name, len(there & found), len(found), len(there))
        self.faults += [f"{path.name}: {name}: missing {value}" for value in sorted(there - found, key=str)]
        if name not in ("links", "verbatim"):
            self.faults += [f"{path.name}: {name}: wrong {value}" for value in sorted(found - there, key=str)]

    def _count(self, name: str, right: int, found: int, there: int) -> None:
        self.counts.setdefault(name, Counter()).update(right=right, found=found, there=there)

    def scores(self) -> dict[str, float]:
        """Shares of what is there for single values, F1 for lists of them."""
        scores = {}
        for name, count in self.counts.items():
            if name in ("read", "name", "email", "phone", "links", "verbatim"):
                scores[name] = count["right"] / count["there"] if count["there"] else 1.0
            elif count["found"] + count["there"]:
                f1 = 2 * count["right"] / (count["found"] + count["there"])
                scores[f"{name.replace(' ', '_')}_f1"] = f1
        return scores


# --- comparing ---------------------------------------------------------------------------------------


def folded(text: str | None) -> str:
    """A text without case, marks at its ends, kinds of hyphen and ways to write one character."""
    text = unicodedata.normalize("NFKC", text or "").replace("\u00ad", "")
    text = re.sub("[\u2010-\u2015\u2212]", "-", re.sub("[\u2018\u2019]", "'", text))
    return " ".join(text.casefold().split()).strip(" .,;:")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _bare(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.casefold()).rstrip("/")


def _links(truth: dict[str, Any], document: Document) -> set[str]:
    """The addresses that the document shows; what only follows from a user name is no address."""
    text = document.text.casefold()
    return {_bare(link) for link in truth.get("links") or () if _bare(link) in text}


def day(text: str | None) -> str:
    """A date as "2022-03", "2022" or "present"."""
    text = re.sub(r"(?<=[a-z.] )\d{1,2}, (?=\d{4})|\b(?:de|del|d['’])\s*", "", (text or "").strip())
    for number, name in enumerate(_ARABIC_MONTHS.split(), 1):
        text = re.sub(rf"{name}\s+(\d{{4}})", rf"\1-{number:02}", text)
    found = dates.parse(text)
    if found and found.year:
        return f"{found.year}-{found.month:02}" if found.month else str(found.year)
    if found and found.is_open:
        return "present"
    numbers = re.search(r"((?:19|20)\d\d)\D{1,2}(\d{1,2})\D?", text)
    if numbers and 1 <= int(numbers[2]) <= 12:
        return f"{numbers[1]}-{int(numbers[2]):02}"
    years = re.search(r"(?:19|20)\d\d", unicodedata.normalize("NFKC", text))
    return years[0] if years else ""


Tuple = tuple[str, str, str, str]


def _job(job: dict[str, Any]) -> Tuple:
    start, end = day(job.get("start")), day(job.get("end"))
    return folded(job.get("employer")), folded(job.get("title")), start, end


def _role(record: Record) -> Tuple:
    end = "present" if record.current else day(record.end)
    return folded(record.organization), folded(record.title), day(record.start), end


def _is_degree(record: Record, wanted: dict[str, Any]) -> bool:
    if folded(record.organization) != folded(wanted.get("institution")):
        return False
    ours, degree = _word_set(record.full_title), _word_set(wanted.get("degree"))
    return degree <= ours <= degree | _word_set(wanted.get("area")) | {"in", "of"}


def _word_set(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", folded(text)))


def _skills(evidence: Iterable[Evidence], there: set[str]) -> Iterator[str]:
    """The skills that stand in a list of them, without their levels; those of a role are in no list."""
    for item in evidence:
        if item.type == "skill" and item.record is None:
            whole, bare = folded(item.text), folded(re.sub(r"\s*\([^()]*\)$", "", item.text))
            yield whole if whole in there else bare


# --- nothing invented --------------------------------------------------------------------------------


def values(document: Document, profile: Profile) -> Iterator[tuple[str, bool]]:
    """Every value of a profile, and whether its words stand in the document where it says."""
    text = document.text
    everything = _as_read(text)
    for item in profile.evidence:
        here = _as_read(text[item.source.start or 0 : item.source.end])
        whole = item.source.start is not None and _as_read(item.text) == here
        composed = item.source.start is not None and here and here in _as_read(item.text)
        yield item.text, whole or bool(composed and _is_made_of(item.text, everything))
    for record in profile.records:
        for value in (record.title, record.area, record.organization, record.start, record.end):
            if value:
                yield value, _as_read(value) in everything
    for value in (profile.name, profile.headline, profile.email, profile.phone):
        if value:
            yield value, _is_made_of(value, everything)
    for source in profile.fields:
        span = source.source
        yield source.field, span.start is not None and bool(text[span.start : span.end].strip())


def _is_made_of(text: str, everything: str) -> bool:
    """Whether a text is made of values of the document with marks between them."""
    parts = [part for part in re.split(r", | \(|\)$|: ", text) if part.strip()]
    found = [_as_read(part) in everything for part in parts]
    return all(found) or all(_as_read(word) in everything for word in text.split())


def _as_read(text: str) -> str:
    """A text without Markdown's marks, escapes, doubled quotation marks and white space."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    text = re.sub(r"\]\([^()]*\)|\\[nrt]", " ", text)
    return "".join(re.sub(r"[*`#_\[\]\\\"'|•]", "", text).split())


# --- documents that are their own truth --------------------------------------------------------------


def _own_truth(path: Path) -> dict[str, Any]:
    """What a structured document says, read from its fields alone."""
    if path.suffix == ".json":
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    elif path.suffix in (".yaml", ".yml"):
        import yaml

        data = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506  # only texts
    else:
        return {}
    if isinstance(data.get("cv"), dict):
        return _truth_of_rendercv(data["cv"])
    return _truth_of_fields(data.get("content") or data, blank_is_now="content" in data)


def _truth_of_fields(data: dict[str, Any], *, blank_is_now: bool) -> dict[str, Any]:
    """JSON Resume, YAMLResume and relatives."""
    basics = data.get("basics") or data.get("personalInfo") or {}
    profiles = [*(basics.get("profiles") or ()), *(data.get("profiles") or ())]
    urls = [basics.get("url"), basics.get("website"), *(item.get("url") for item in profiles)]
    jobs = [*(data.get("work") or data.get("workExperience") or ()), *(data.get("volunteer") or ())]
    return {
        "name": basics.get("name"),
        "email": basics.get("email"),
        "phone": basics.get("phone"),
        "links": [url for url in urls if url],
        "experience": [
            {
                "employer": job.get("name") or job.get("company") or job.get("organization"),
                "title": job.get("position") or job.get("title"),
                **_span_of(job, blank_is_now),
            }
            for job in jobs
        ],
        "education": [
            {
                "institution": entry.get("institution"),
                "degree": entry.get("studyType") or entry.get("degree"),
                "area": entry.get("area"),
            }
            for entry in data.get("education") or ()
        ],
        "skills": [
            word
            for skill in data.get("skills") or ()
            if isinstance(skill, dict)
            for word in skill.get("keywords") or [skill.get("name")]
        ],
    }


def _span_of(entry: dict[str, Any], blank_is_now: bool) -> dict[str, Any]:
    if entry.get("years"):
        begun, _, ended = re.sub("[\u2012-\u2015]", "-", str(entry["years"])).partition("-")
        return {"start": begun, "end": ended}
    end = entry.get("endDate") or ("present" if blank_is_now and entry.get("startDate") else None)
    return {"start": entry.get("startDate"), "end": end}


def _truth_of_rendercv(cv: dict[str, Any]) -> dict[str, Any]:
    found = [entry for section in cv["sections"].values() for entry in section if isinstance(entry, dict)]
    return {
        "name": cv.get("name"),
        "email": cv.get("email"),
        "phone": cv.get("phone"),
        "links": [cv["website"]] if cv.get("website") else [],
        "experience": [
            {
                "employer": entry["company"],
                "title": entry.get("position"),
                "start": entry.get("start_date"),
                "end": entry.get("end_date"),
            }
            for entry in found
            if "company" in entry
        ],
        "education": [entry for entry in found if "institution" in entry],
        "skills": [
            word
            for entry in cv["sections"].get("skills", ())
            for word in re.split(r",\s+", entry.get("details", ""))
        ],
    }
