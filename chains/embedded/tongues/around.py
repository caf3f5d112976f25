"""What is ours around a model's lines, in German, French and Spanish."""

from random import Random

from chains.embedded.around import Formulas
from chains.embedded.tongues import plans
from chains.embedded.tongues.sheet import Sheet
from chains.embedded.tongues.source import Source
from domain import Brief, SentenceKind


class TongueFormulas(Formulas):
    """In the language of the brief."""

    def __init__(self, brief: Brief) -> None:
        chance = Random(brief.seed)  # noqa: S311  # picks a wording, guards nothing
        self._sheet = Sheet(Source(brief), lambda _: True, chance)
        super().__init__(brief, self._sheet)

    def _say_opening(self) -> None:
        plans.subject(self._sheet)
        plans.greet(self._sheet)

    def _say_which(self) -> None:
        plans.wrote(self._sheet)

    def _say_why(self) -> None:
        plans.own(self._sheet, self._sheet.source.brief.why, "why")

    def _say_gap(self) -> None:
        plans.gap(self._sheet)

    def _say_end(self, asked: bool) -> None:
        sheet = self._sheet
        if not plans.own(sheet, sheet.source.brief.closing, "closing") and not asked:
            sheet.fill(SentenceKind.INTENT, sheet.source.words.asks)

    def _say_sign_off(self) -> None:
        plans.sign_off(self._sheet)
