"""What is ours around a model's lines: subject, greeting, the person's own lines, gap, a question where the
model asked none, sign-off, worded as the built-in writer words them. A text has none of it.
"""

from abc import ABC, abstractmethod
from random import Random
from typing import Protocol

from chains.embedded import closing
from chains.embedded.materials import Materials
from chains.embedded.page import Page
from domain import Brief, DraftKind, Sentence, SentenceKind
from kinds import KINDS


class Written(Protocol):
    """Where sentences are put, one after another."""

    sentences: list[Sentence]
    paragraph: int


class Formulas(ABC):
    """Which of our sentences a kind of draft has, and where; each language says them."""

    def __init__(self, brief: Brief, written: Written) -> None:
        self._written = written
        self._is_message = KINDS[brief.kind].form == "message"
        self._follows = brief.kind is DraftKind.FOLLOW_UP
        self._asks_itself = brief.closing.rstrip().endswith("?")

    @property
    def first_paragraph(self) -> int:
        """Of the model's own lines."""
        return self._is_message + self._follows

    @property
    def takes_why(self) -> bool:
        return self._is_message and not self._follows

    def is_out_of_place(self, sentence: Sentence) -> bool:
        """A text holds claims alone; and a closing line that asks leaves no room for another question."""
        asks = sentence.kind is SentenceKind.INTENT and sentence.text.endswith("?")
        return (asks and self._asks_itself) or not (self._is_message or sentence.kind is SentenceKind.CLAIM)

    def opening(self) -> list[Sentence]:
        """The subject, the greeting and, in a follow-up, which message it follows."""
        if self._is_message:
            self._say_opening()
        if self._follows:
            self._say_which()
        return self._taken()

    def why(self, paragraph: int) -> list[Sentence]:
        """The person's own line on why this company."""
        self._written.paragraph = paragraph
        self._say_why()
        return self._taken()

    def gap(self, paragraph: int) -> list[Sentence]:
        """What the page asks for and the evidence does not show."""
        self._written.paragraph = paragraph
        self._say_gap()
        return self._taken()

    def end(self, paragraph: int, asked: bool) -> list[Sentence]:
        """What follows the model's last line, which stands in this paragraph."""
        if not self._is_message:
            return []
        self._written.paragraph = paragraph if asked else paragraph + 1
        self._say_end(asked)
        self._written.paragraph += 1
        self._say_sign_off()
        return self._taken()

    def _taken(self) -> list[Sentence]:
        taken, self._written.sentences = self._written.sentences, []
        return taken

    @abstractmethod
    def _say_opening(self) -> None: ...

    @abstractmethod
    def _say_which(self) -> None: ...

    @abstractmethod
    def _say_why(self) -> None: ...

    @abstractmethod
    def _say_gap(self) -> None: ...

    @abstractmethod
    def _say_end(self, asked: bool) -> None: ...

    @abstractmethod
    def _say_sign_off(self) -> None: ...


class EnglishFormulas(Formulas):
    """In English."""

    def __init__(self, brief: Brief) -> None:
        chance = Random(brief.seed)  # noqa: S311  # picks a wording, guards nothing
        self._page = Page(materials=Materials(brief), check=lambda _: True, chance=chance)
        super().__init__(brief, self._page)

    def _say_opening(self) -> None:
        closing.subject(self._page)
        closing.greeting(self._page)

    def _say_which(self) -> None:
        closing.follows(self._page)

    def _say_why(self) -> None:
        closing.why(self._page)

    def _say_gap(self) -> None:
        closing.gap(self._page)

    def _say_end(self, asked: bool) -> None:
        closing.end(self._page, asked)

    def _say_sign_off(self) -> None:
        if self._page.materials.services:
            self._page.say(SentenceKind.FORMULA, self._page.materials.wording.opt_out)
        closing.sign_off(self._page)
