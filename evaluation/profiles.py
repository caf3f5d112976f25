"""How well résumés in text, Markdown and JSON are read: contacts, employers, and that nothing is invented."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import profiles
from domain import Profile
from errors import DocumentError

_READ = (".md", ".txt", ".json")


def measure(corpus: Path) -> dict[str, float]:
    """Shares of contacts, employers and roles found, of evidence that is verbatim, and of files read."""
    folder = corpus / "resumes"
    found: dict[str, list[bool]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix not in _READ:
            continue
        source = path.read_text(encoding="utf-8")
        try:
            profile = profiles.read_profile(path.read_bytes(), path.name)
        except DocumentError:
            found.setdefault("read", []).append(False)
            continue
        found.setdefault("read", []).append(True)
        found.setdefault("verbatim", []).extend(_verbatim(profile, source, path.suffix))
        for name, hits in _compared(profile, _truth(folder, path, source)).items():
            found.setdefault(name, []).extend(hits)
    return {name: sum(hits) / len(hits) for name, hits in found.items() if hits}


def _truth(folder: Path, path: Path, source: str) -> dict[str, Any]:
    """The annotated truth of a file; a structured file is its own."""
    for truth in folder.glob("ground_truth/*.json"):
        noted: dict[str, Any] = json.loads(truth.read_text(encoding="utf-8"))
        if path.name in noted.get("files", ()):
            return noted
    return _own_truth(json.loads(source)) if path.suffix == ".json" else {}


def _own_truth(data: dict[str, Any]) -> dict[str, Any]:
    basics = data.get("basics") or data.get("personalInfo") or {}
    urls = [basics.get("url"), basics.get("website"), *(p.get("url") for p in basics.get("profiles", []))]
    work = data.get("work") or data.get("workExperience") or []
    return {
        "name": basics.get("name"),
        "email": basics.get("email"),
        "phone": basics.get("phone"),
        "links": [url for url in urls if url],
        "experience": [{"employer": job.get("name") or job.get("company")} for job in work],
    }


def _compared(profile: Profile, truth: dict[str, Any]) -> dict[str, list[bool]]:
    hits: dict[str, list[bool]] = {}
    for name in ("name", "email", "phone"):
        if truth.get(name):
            hits[name] = [_folded(getattr(profile, name)) == _folded(truth[name])]
    links = {_bare(link) for link in profile.links}
    hits["links"] = [_bare(link) in links for link in truth.get("links") or ()]
    roles = [record for record in profile.records if record.kind in ("role", "volunteering")]
    jobs = [job for job in truth.get("experience") or () if job.get("employer")]
    employers = {_folded(record.organization) for record in roles}
    hits["employers"] = [_folded(job["employer"]) in employers for job in jobs]
    pairs = {(_folded(record.organization), _folded(record.title)) for record in roles}
    hits["roles"] = [(_folded(j["employer"]), _folded(j["title"])) in pairs for j in jobs if j.get("title")]
    return hits


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.casefold()).rstrip("/")


def _verbatim(profile: Profile, source: str, suffix: str) -> Iterator[bool]:
    """For each item, whether its words stand in the source at the place it names."""
    data = json.loads(source) if suffix == ".json" else None
    for item in profile.evidence:
        if data is not None:
            yield _made_of(item.text, data, item.source.place)
            continue
        start, end = item.source.start, item.source.end
        yield start is not None and _words(source[start:end]) == _words(item.text)


def _words(text: str) -> str:
    """A text without Markdown's marks and white space."""
    return " ".join(re.sub(r"\]\([^()]*\)|[*`#_\[\]]", "", text).split())


def _made_of(text: str, data: Any, place: str) -> bool:
    """Whether a text holds nothing but the values at a place of a JSON document, and marks between."""
    node = data
    for step in re.findall(r"[^.\[\]]+", place):
        node = node[int(step)] if isinstance(node, list) else node[step]
    values = sorted(set(_values(node)), key=len, reverse=True)
    if any(text in value for value in values):
        return True
    for value in values:
        text = text.replace(value, " ")
    return not any(character.isalnum() for character in text)


def _values(node: Any) -> Iterator[str]:
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _values(child)
    elif node is not None:
        yield " ".join(str(node).split())
