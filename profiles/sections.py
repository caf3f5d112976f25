"""The headings of a résumé, in the languages we meet, and what stands under each."""

import re
from enum import StrEnum

from profiles.vocabulary import lists


class Part(StrEnum):
    """What a section of a résumé holds."""

    EXPERIENCE = "experience"
    VOLUNTEERING = "volunteering"
    EDUCATION = "education"
    PROJECTS = "projects"
    SKILLS = "skills"
    CERTIFICATES = "certificates"
    LANGUAGES = "languages"
    SUMMARY = "summary"
    CONTACT = "contact"
    REFERENCES = "references"
    INTERESTS = "interests"
    OTHER = "other"
    UNKNOWN = "unknown"  # a heading of the document's own making


_PARTS = {name: Part(part) for part, names in lists("sections").items() for name in names}


_TELLING = frozenset({"skills", "experience", "projects", "certifications", "kenntnisse", "erfahrung"})


def part_named(text: str) -> Part | None:
    """The section that a heading such as "WORK EXPERIENCE:" opens, or None where it is none we know."""
    name = re.sub(r"\([^)]*\)", " ", text).replace("&", " and ").replace("/", " and ")
    name = re.sub(r"[^\w' -]", " ", name.replace("’", "'")).strip(" -_").lower()
    name = " ".join(name.split())
    if re.fullmatch(r"(?:\w ){3,}\w", name):  # "S K I L L S"
        name = name.replace(" ", "")
    return _PARTS.get(name) or _PARTS.get(re.sub(r"^(?:my|our|\d+) ", "", name))


_STEMS = tuple(
    (Part(part), re.compile(rf"(?<!\w)(?:{'|'.join(stems)})", re.IGNORECASE))
    for part, stems in lists("section_stems").items()
)


def part_guessed(text: str) -> Part | None:
    """The section that a heading in the author's own words opens, by the first word of it that tells."""
    named = part_named(text)
    if named or len(text.split()) > 7:
        return named
    found = [
        (match.start(), match.end(), part) for part, pattern in _STEMS for match in pattern.finditer(text)
    ]
    # The last word tells most: "Project experience" is experience, "Work on projects" is projects.
    return max(found, key=lambda one: one[:2])[2] if found else None


def part_likely(text: str) -> Part | None:
    """The section that a line set apart as a heading opens by its last word: "Computer skills"."""
    named = part_named(text)
    words = re.sub(r"[^\w\s&]", "", text).split()
    if named or not 1 < len(words) <= 4 or words[-1].lower() not in _TELLING:
        return named
    return part_named(words[-1])
