"""What a line of evidence becomes: the parts of a true sentence, before a frame is put around them."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from chains.embedded.tidy import count
from domain import Evidence, Record

Subject = Literal["I", "we", "it", "project", "work", "colon"]
"""Who the phrase is about. "we" stands in the source; "it" is the project just named; "project" begins
with the project's title; "work" is a noun phrase said as what the work in a role included; "colon" is a
line quoted after "At E:"."""


_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<!^)[A-Z]")


@dataclass(frozen=True, slots=True)
class Deed:
    """One statement of the sender, verb first.

    `tail` may follow the phrase after a comma; `follow` is the same fact as a sentence of its own.
    """

    id: str
    subject: Subject
    phrase: str
    tail: str = ""
    follow: str = ""
    present: bool = False

    @property
    def words(self) -> int:
        return count(self.phrase)

    @property
    def numbered(self) -> bool:
        return bool(_DIGIT.search(f"{self.phrase}{self.tail}{self.follow}"))

    def without_tail(self) -> "Deed":
        return replace(self, tail="", follow="")


@dataclass(frozen=True, slots=True)
class Source:
    """A line of evidence, tidied, with what is known about where it comes from."""

    evidence: Evidence
    record: Record | None
    text: str
    names: frozenset[str]
    later: bool = False
    """Whether it is a further sentence of the line, so that a project has been named."""

    @property
    def ended(self) -> bool:
        return bool(self.record and self.record.end and not self.record.current)

    @property
    def is_project(self) -> bool:
        return bool(self.record and self.record.kind == "project")

    @property
    def title(self) -> str:
        return self.record.title if self.record else ""


def is_specific(deed: Deed) -> bool:
    """Whether a statement holds a number or a name, not only good intentions."""
    return deed.numbered or bool(_NAME.search(deed.phrase))
