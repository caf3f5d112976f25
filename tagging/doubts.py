"""Surfaces that are ordinary words or names as well: which of them mean the skill.

"Backend services in Go" names a language; "Go the extra mile" does not. Each rule reads only a few words.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tagging.folding import fold_word
from tagging.taxonomy import TECHNICAL, Level, Surface

WINDOW = 160

_WORD_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_LISTS: dict[str, frozenset[str]] = {name: frozenset(words.split()) for name, words in _WORD_LISTS.items()}

# After a doubtful word these say that it is the technical one: "Go services", "React-Entwickler".
CUE_NOUNS = _LISTS["after_a_tool"]
# Anywhere near, these say that the line is about technology.
CONTEXT = re.compile(
    r"\b(?:programm\w+|cod(?:e|ing|ebase)|back-?\s?end|front-?\s?end|software|scripts?|scripting"
    r"|framework\w*|librar\w+"
    r"|tech stack|stack|apis?|microservices?|compiler\w*|written in|build systems?|sdk|firmware"
    r"|embedded|statistic\w*"
    r"|developers?|entwickl\w+|programmier\w+|d[ée]velopp\w+|desarroll\w+|data science"
    r"|data analysis|numerical"
    r"|low[- ]level|languages? (?:like|such as))\b",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(
    r"[\s,/·|&+;•()–-]*(?:(?:and/or|and|or|und|oder|et|ou|y|o|e|plus|sowie|with|en|of|i|lub"
    r"|nebo)\b[\s,/(]*)?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\w.#+/-]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?…\n]|^\s*[•*–-])[\s\"'“”(«]*$")
_ENDS_ITEM = re.compile(
    r"\s*(?:$|[,/;·|&+:)(•\n]|[–-]\s|\.(?:\s|$)|\d+(?:\.\d+)*\s*(?:$|[,;).]|and\b|or\b|with\b))"
)
# At the start of a sentence these make a verb or a noun of the word before: "Make the", "Notion of".
_AFTER_VERB = _LISTS["after_a_verb"]
_AFTER_EXPERIENCE = re.compile(
    r"\b(?:experience|knowledge|familiarity|familiar|proficien\w+|fluen\w+|skills?|expertise"
    r"|competen\w+|background|worked|built"
    r"|written|wrote|build|develop\w*|programming|coding|erfahrung\w*|kenntnisse\w*|expérience"
    r"|connaissances?|maîtrise"
    r"|experiencia|conocimientos?)\s(?:\w+\s){0,2}?(?:with|in|of|using|mit|en|de|avec|con|von)\s$",
    re.IGNORECASE,
)
_IS_LANGUAGE = re.compile(r"\s+(?:is|are|ist|est|es)\b")
# A sentence may start with a name as well: "Go in production", "Airflow or another scheduler".
_USED = re.compile(
    r"\s+(?:(?:in|for|on)\s(?:[\w-]+\s)?(?:production|back-?end|services|microservices|apis?|infrastructure)\b"
    r"|or\s(?:another|similar|equivalent|comparable|something)\b)",
    re.IGNORECASE,
)
# A letter after one of these is a grade, a class or a place.
_GRADED = _LISTS["graded"]
_BEFORE_PERSON = _LISTS["before_a_person"]
_AFTER_PERSON = _LISTS["after_a_person"]
_BEFORE_SKILL = _LISTS["before_a_tool"]
# A nationality before these is no language skill: "the German market".
_NOT_SPOKEN = _LISTS["after_a_nationality"]
# A field of business before these is what a product is about: "sales dashboards", "logistics customers".
_FIELD_NOUNS = frozenset({"experience", "knowledge", "skills", "expertise"})
_ABOUT = _LISTS["after_a_subject"]
_BUSINESS = frozenset(
    {
        "business",
        "sales and marketing",
        "finance",
        "people",
        "logistics",
        "science",
        "education",
        "hospitality",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A surface found at `start:end` of the original, tokens `first:last`; `written` in its own case."""

    surface: Surface
    first: int
    last: int
    start: int
    end: int
    written: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text as the finder sees it: `words` are (folded, start, end) in offsets of the original."""

    original: str
    words: tuple[tuple[str, int, int], ...]

    def word(self, at: int) -> str:
        """The folded word at an index; an empty string outside the text."""
        return self.words[at][0] if 0 <= at < len(self.words) else ""

    def spelt(self, at: int) -> str:
        """The word at an index as it is written."""
        return self.original[self.words[at][1] : self.words[at][2]] if 0 <= at < len(self.words) else ""


def settle(scanned: Scanned, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that mean what the taxonomy says, in order."""
    sure = {c for c in candidates if c.surface.doubt is None and not _is_aside(scanned, c)}
    doubted = [c for c in candidates if c.surface.doubt is not None]
    shouting = _is_title_case(scanned)
    doubted = [c for c in doubted if not _is_subject(scanned, c)]
    for level in (Level.NAME, Level.PERSON, Level.NEEDS, Level.SUBJECT):
        for c in doubted:
            if c.surface.doubt and c.surface.doubt.level is level and c.written:
                reading = _Reading(scanned, c, candidates, sure, shouting)
                if reading.holds():
                    sure.add(c)
    # Twice, so that "react, express, node.js" is read from its sure end.
    for _ in range(2):
        for c in doubted:
            if not c.written and _Reading(scanned, c, candidates, sure, shouting).is_in_lower_case_list():
                sure.add(c)
    return [c for c in candidates if c in sure]


def _is_aside(scanned: Scanned, c: Candidate) -> bool:
    return _is_nationality(scanned, c) or _is_subject(scanned, c)


def _is_subject(scanned: Scanned, c: Candidate) -> bool:
    """Whether a single business word only says what a thing is about: "billing flows"."""
    skill = c.surface.skill
    is_word = c.last - c.first == 1 and skill is not None and skill.category in _BUSINESS
    return is_word and scanned.original[c.end : c.end + 1] in " -" and scanned.word(c.last) in _ABOUT


def _is_nationality(scanned: Scanned, c: Candidate) -> bool:
    skill = c.surface.skill
    if skill is None or skill.category != "spoken languages":
        return False
    return scanned.word(c.last) in _NOT_SPOKEN or scanned.word(c.first - 1) == "non"


def _is_title_case(scanned: Scanned) -> bool:
    """Whether nearly every long word has a capital, as in a headline: then case says nothing."""
    long = [
        scanned.spelt(i) for i, (word, _, _) in enumerate(scanned.words) if word.isalpha() and len(word) > 3
    ]
    if scanned.original.rstrip().endswith("."):
        return False
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.85 * len(long)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One doubtful candidate among the others."""

    scanned: Scanned
    one: Candidate
    candidates: Sequence[Candidate]
    sure: set[Candidate]
    shouting: bool

    def holds(self) -> bool:
        doubt = self.one.surface.doubt
        assert doubt is not None
        after = self.scanned.word(self.one.last)
        if self._is_letter() and self._is_no_language():
            return False
        if self._joins_next() or self._is_before_cue(after):
            return after in CUE_NOUNS
        if self._is_part_of_name():
            return False
        starts = self._starts_sentence()
        if starts and after in _AFTER_VERB and self.one.surface.exact:
            return False
        if (doubt.words and self._has_word(doubt.words)) or _AFTER_EXPERIENCE.search(self._text_before()):
            return True
        alone = self._is_alone()
        if doubt.level is Level.SUBJECT:
            return alone or after in _FIELD_NOUNS or self._is_joined_to_business()
        if alone or (starts and self._is_named_first()):
            return True
        if starts:
            return False
        if doubt.level is Level.NAME and not self.shouting:
            return True
        if doubt.words and (not _is_technical(self.one) or not self._is_listed()) and self.one.surface.exact:
            return False
        if doubt.level is Level.PERSON and not self._reads_as_tool(after):
            return False
        return (
            self._is_listed()
            or (not self.shouting and self._is_technical_line())
            or self._ends_shouted_item()
        )

    def is_in_lower_case_list(self) -> bool:
        """Whether "react" stands between commas next to a sure technology: "react, node.js, sql"."""
        skill = self.one.surface.skill
        if skill is None or skill.category not in TECHNICAL or self.one.end - self.one.start < 3:
            return False
        doubt = self.one.surface.doubt
        if doubt and doubt.level is Level.NEEDS and doubt.words and not self._has_word(doubt.words):
            return False
        text = self.scanned.original
        if text[self.one.start : self.one.end].isupper() != (len(text) > 3 and text.isupper()):
            return False
        if _ENDS_ITEM.match(text, self.one.end) is None and not self._is_joined(after=True, among=self.sure):
            return False
        return self._is_joined(after=False, among=self.sure) or self._is_joined(after=True, among=self.sure)

    def _text_before(self) -> str:
        return self.scanned.original[max(0, self.one.start - 40) : self.one.start]

    def _starts_sentence(self) -> bool:
        return _SENTENCE_START.search(self._text_before()) is not None

    def _is_alone(self) -> bool:
        text = self.scanned.original
        return text.strip(" \t\n.,;:•*–-") == text[self.one.start : self.one.end]

    def _is_letter(self) -> bool:
        return self.one.end - self.one.start == 1

    def _is_no_language(self) -> bool:
        """Whether a single letter is a grade, an initial, a mark or a part of something else."""
        text, start, end = self.scanned.original, self.one.start, self.one.end
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in ("&", "'", "’", "°", ".", "-") or (after in ("&", "'", "’", "°", "-") and after):
            return after != "-" or self.scanned.word(self.one.last) not in CUE_NOUNS
        if before == "(" and after == ")":
            return True
        if self.scanned.word(self.one.first - 1) in _GRADED:
            return True
        named = self.scanned.spelt(self.one.first - 1)
        return after == "." and bool(text[end + 1 :].strip()) and named[:1].isupper() and before.isspace()

    def _joins_next(self) -> bool:
        return self.scanned.original[self.one.end : self.one.end + 1] == "-"

    def _is_before_cue(self, after: str) -> bool:
        between = self.scanned.original[self.one.end : self.one.end + 1]
        return between.isspace() and after in CUE_NOUNS

    def _is_part_of_name(self) -> bool:
        """Whether an unknown capitalised word follows: "Ruby Patel", "Unity Bank"."""
        text = self.scanned.original
        if not text[self.one.end : self.one.end + 1].isspace() or self.shouting or not self.one.surface.exact:
            return False
        following = self.scanned.spelt(self.one.last)
        known = any(c.first == self.one.last for c in self.candidates)
        return following[:1].isupper() and following[1:].islower() and not known

    def _has_word(self, words: frozenset[str]) -> bool:
        near = self.scanned.original[max(0, self.one.start - WINDOW) : self.one.end + WINDOW]
        folded = " " + " ".join(_WORDS.findall(fold_word(near)))
        return any(f" {word}" in folded for word in words)

    def _is_named_first(self) -> bool:
        """Whether a sentence starts with the word as a name: "Go, Rust", "Spark and Hive", "Java 21"."""
        text = self.scanned.original
        if _ENDS_ITEM.match(text, self.one.end) or self._is_joined(after=True, among=self.candidates):
            return True
        if self.one.surface.exact and _is_technical(self.one) and _USED.match(text, self.one.end):
            return True
        return bool(_IS_LANGUAGE.match(text, self.one.end)) and self._is_technical_line()

    def _is_listed(self) -> bool:
        return self._is_joined(after=False, among=self.candidates) or self._is_joined(
            after=True, among=self.candidates
        )

    def _is_joined_to_business(self) -> bool:
        business = {c for c in self.sure if c.surface.skill and c.surface.skill.category in _BUSINESS}
        return self._is_joined(after=False, among=business) or self._is_joined(after=True, among=business)

    def _is_joined(self, *, after: bool, among: Sequence[Candidate] | set[Candidate]) -> bool:
        """Whether only a comma, a slash, "and", "o
        r" stands between this and another candidate of its kind."""
        text = self.scanned.original
        for other in among:
            skill = other.surface.skill
            if skill is None or other is self.one or (self.one.surface.exact and not _is_technical(other)):
                continue
            gap = text[self.one.end : other.start] if after else text[other.end : self.one.start]
            near = other.first - self.one.last if after else self.one.first - other.last
            if 0 <= near < 5 and gap.strip() and _LIST_GAP.fullmatch(gap):
                return True
        return False

    def _is_technical_line(self) -> bool:
        near = range(self.one.start - WINDOW, self.one.end + WINDOW)
        if any(_is_technical(c) and c.start in near for c in self.sure):
            return True
        return CONTEXT.search(self.scanned.original, max(0, near.start), near.stop) is not None

    def _reads_as_tool(self, after: str) -> bool:
        before = self.scanned.word(self.one.first - 1)
        if before in _BEFORE_PERSON or after in _AFTER_PERSON:
            return False
        return before in _BEFORE_SKILL or not before.isalpha() or self._is_listed()

    def _ends_shouted_item(self) -> bool:
        ends = _ENDS_ITEM.match(self.scanned.original, self.one.end) is not None
        return self.shouting and ends and self._is_technical_line()


def _is_technical(c: Candidate) -> bool:
    return c.surface.skill is not None and c.surface.skill.category in TECHNICAL
