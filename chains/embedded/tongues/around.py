"""What is ours around a model's lines in German, French and Spanish: subject, greeting, the person's own
lines, gap,
a question where the model asked none, sign-off. A text has none of it.
"""

from random import Random

from chains.embedded.tongues import plans
from chains.embedded.tongues.sheet import Sheet
from chains.embedded.tongues.source import Source
from domain import Brief, DraftKind, Sentence, SentenceKind
from kinds import KINDS


class Formulas:
    """The same as `chains.models` has for English, worded as the embedded writer words it."""

    def __init__(self, brief: Brief) -> None:
        chance = Random(brief.seed)  # noqa: S311  # picks a wording, guards nothing
        self._sheet = Sheet(Source(brief), lambda _: True, chance)
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
            plans.subject(self._sheet)
            plans.greet(self._sheet)
        if self._follows:
            plans.wrote(self._sheet)
        return self._taken()

    def why(self, paragraph: int) -> list[Sentence]:
        """The person's own line on why this company."""
        self._sheet.paragraph = paragraph
        plans.own(self._sheet, self._sheet.source.brief.why, "why")
        return self._taken()

    def gap(self, paragraph: int) -> list[Sentence]:
        """What the page asks for and the evidence does not show."""
        self._sheet.paragraph = paragraph
        plans.gap(self._sheet)
        return self._taken()

    def end(self, paragraph: int, asked: bool) -> list[Sentence]:
        """What follows the model's last line, which stands in this paragraph."""
        if not self._is_message:
            return []
        sheet = self._sheet
        sheet.paragraph = paragraph if asked else paragraph + 1
        if not plans.own(sheet, sheet.source.brief.closing, "closing") and not asked:
            sheet.fill(SentenceKind.INTENT, sheet.source.words.asks)
        sheet.paragraph += 1
        plans.sign_off(sheet)
        return self._taken()

    def _taken(self) -> list[Sentence]:
        taken, self._sheet.sentences = self._sheet.sentences, []
        return taken
