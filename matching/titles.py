"""Degrees and certificates: how high, in what subject, under what name."""

import re

from language import words
from matching.vocabulary import empty_in_titles

RANKS = (
    (3, r"\bph\.?\s?d\b|\bdoctorate\b|\bdoctoral\b|\bdoctorat\b|\bdr\.\s+rer\b"),
    (
        2,
        r"\bmaster(?:['’]?s)?\s+(?:degree|of|in|or)\b|\bmaster['’]s\b|\bmasters\b(?=,|\s+(?:degree|or)\b)"
        r"|\bm\.?\s?sc\b|\bm\.?\s?eng\b|\bmba\b|\bm\.a\.|\bmagister\b|\bdiplom\b",
    ),
    (
        1,
        r"\bbachelor(?:['’]?s)?\b|\bb\.?\s?sc\b|\bb\.?\s?eng\b|\bb\.a\.|\bundergraduate\s+degree|\blicenciatura\b",
    ),
    (
        0,
        r"\bdegree\b(?!s?\s+of\s+(?!science|arts|engineering))|\bdiploma\b|\bpgce\b|\bhnd\b|\bstudium\b"
        r"|\bhochschulabschluss\b|\bdiplôme\b|\bgraduate\s+(?:of|in)\b",
    ),
)
# "MA" before a subject is a degree, "Boston, MA" is not; capitals matter.
CAPITALS = (
    (2, r"(?<!, )\b(?:MA|MS)\b(?=\s+(?:in\b|[A-Z]))"),
    (1, r"(?<!, )\b(?:BA|BS)\b(?=\s+(?:in\b|[A-Z]))"),
)
NO_DEGREE = re.compile(
    r"\b(?:high|some|certain|great|large|considerable|full|any|\d+|what|same)[\s-]*degrees?\b|\bdegrees?\s+(?:celsius|c\b)"
    r"|\bto\s+(?:a|some)\s+degree\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\b(?:degree|sc|eng|ph\.?d|master(?:['’]?s)?|bachelor(?:['’]?s)?|diploma|doctorate|graduate|BA|MA|BS|MS)\b\.?"
    r"[^,;]*?\b(?:in|of)\s+([^;]+)"
    r"|\b(?:\w*studium|\w*abschluss)\s+(?:der|des|im|in)\s+([^;]+)",
    re.IGNORECASE,
)
BEFORE = re.compile(r"\b((?:[\w'’-]+\s+){1,3})degree\b", re.IGNORECASE)
RELATED = re.compile(
    r"\b(?:related|similar|comparable|equivalent|relevant|like|vergleichbar\w*|ähnlich\w*)\b", re.IGNORECASE
)

# Words that name no subject, no certificate.
# Words that many subjects share: political science answers no computer science.
BROAD = frozenset(
    {"science", "engineer", "engineering", "study", "art", "management", "technology", "applied"}
)


def degree_rank(text: str) -> int | None:
    """The lowest degree a text names: 1 bachelor, 2 master, 3 doctorate, 0 any; None where it names none."""
    clean = NO_DEGREE.sub(" ", text)
    ranks = [rank for rank, pattern in RANKS if re.search(pattern, clean, re.IGNORECASE)]
    ranks += [rank for rank, pattern in CAPITALS if re.search(pattern, clean)]
    named = [rank for rank in ranks if rank]
    return min(named) if named else (0 if ranks else None)


def subject(text: str) -> frozenset[str]:
    """The stems that name the field a degree is asked in; empty where any will do."""
    after = AFTER.search(text)
    before = BEFORE.search(text)
    if after:
        return naming(after.group(1) or after.group(2))
    return naming(before.group(1)) if before else frozenset()


def in_subject(asked: str, held: str) -> bool:
    """Whether a degree held is in a field asked for, or has the very name ("PGCE") that is asked for."""
    fields = subject(asked)
    if not fields or _abbreviations(asked) & _abbreviations(held):
        return True
    return bool((fields - BROAD or fields) & naming(held))


def same_title(asked: str, held: str) -> bool:
    """Whether two texts name one certificate: of the shorter name two words in three stand in the other."""
    one, two = naming(asked), naming(held)
    shared = one & two
    return bool(shared) and len(shared) / min(len(one), len(two)) > 0.6


def _abbreviations(text: str) -> set[str]:
    """Capitals that name a title; "BSC" and the like are in every degree and name none."""
    found = {token.text for token in words.tokens(text)}
    return {
        word
        for word in found
        if word.isupper() and len(word) > 2 and words.stem(word) not in empty_in_titles()
    }


def naming(text: str) -> frozenset[str]:
    """The stems of a title without years and words that name nothing."""
    stems = {words.stem(token.text) for token in words.tokens(text)}
    return frozenset(stem for stem in stems if not stem[0].isdigit() and stem not in empty_in_titles())
