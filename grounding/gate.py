"""The gate: every sentence passes all checks, is repaired from its evidence, or does not reach the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import grounding.checks  # noqa: F401  # registers the checks
from domain import Brief, Dropped, Sentence, SentenceKind, Verdict
from grounding import whole
from grounding.registry import CHECKS, Case, FindSkills, refusal
from grounding.tongues import checks as checks_of_tongues
from grounding.tongues import follows_in

Render = Callable[[str], str | None]
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Admitted:
    """What became of a sentence: `sentence` reaches the page (None: nothing does), `dropped` tells the
    person."""

    sentence: Sentence | None
    verdict: Verdict
    dropped: Dropped | None = None


class Gate:
    """Checks the sentences of one draft. `check` looks at a sentence alone; `admit` also at what it
    admitted before.

    Args:
        brief: All that a sentence may rest on.
        find_skills: Finds the skills named in a text, by canonical label.
        contract: What the model was told, if one writes; none of it may come back.
    """

    def __init__(self, brief: Brief, find_skills: FindSkills, contract: str = "") -> None:
        self._brief = brief
        self._contract = contract
        self._find_skills = find_skills
        self._admitted: list[Sentence] = []

    @cached_property
    def _page_skills(self) -> frozenset[str]:
        return Case(Sentence(kind=SentenceKind.GLUE, text=""), self._brief, self._find_skills).page_skills

    def check(self, sentence: Sentence) -> Verdict:
        """The verdict on one sentence. A check that breaks counts as a fault."""
        if len(sentence.text) > _LONGEST:
            return Verdict(
                supported=False,
                check="structure",
                reason="This is too long for a sentence.",
                fault=sentence.text,
            )
        case = Case(sentence, self._brief, self._find_skills, lambda: self._page_skills, self._contract)
        refused = refusal(case, CHECKS if self._brief.language == "en" else checks_of_tongues())
        if refused is not None:
            return refused
        if case.computed:
            return Verdict(supported=True, check="durations", reason=case.computed)
        return Verdict(supported=True, check=_NAMES[sentence.kind])

    def admit(self, sentence: Sentence, render: Render) -> Admitted:
        """The sentence, or what stands in its place: the cited evidence by template, a question, or nothing.

        Args:
            sentence: As the writer gave it.
            render: One evidence item as a true full sentence, or None; its result is checked like any other.
        """
        verdict = self._in_place(sentence)
        if verdict.supported:
            self._admitted.append(sentence)
            return Admitted(sentence, verdict)
        for id_ in sentence.rests_on if sentence.kind is SentenceKind.CLAIM else ():
            repaired = self._repaired(sentence, id_, render)
            if repaired is not None:
                self._admitted.append(repaired)
                dropped = Dropped(
                    text=sentence.text, verdict=verdict, rests_on=sentence.rests_on, replaced_by=repaired.text
                )
                return Admitted(repaired, self.check(repaired), dropped)
        question = _question(sentence, verdict)
        return Admitted(
            None,
            verdict,
            Dropped(text=sentence.text, verdict=verdict, rests_on=sentence.rests_on, question=question),
        )

    def check_whole(self, subject: str, sentences: Sequence[Sentence]) -> tuple[Verdict, ...]:
        """The faults of the whole draft, without its sentences' own; empty when it may go out as it is."""
        return whole.faults(self._brief, self._find_skills, subject, sentences)

    def _in_place(self, sentence: Sentence) -> Verdict:
        verdict = self.check(sentence)
        if not verdict.supported:
            return verdict
        fault = follows_in(sentence, self._admitted, self._brief, self._find_skills)
        if fault is None:
            return verdict
        return Verdict(
            supported=False,
            check="sequence",
            reason=fault.reason,
            fault=fault.fault,
            evidence_says=fault.evidence_says,
        )

    def _repaired(self, sentence: Sentence, id_: str, render: Render) -> Sentence | None:
        text = render(id_)
        if not text or any(text == earlier.text for earlier in self._admitted):
            return None
        if any(id_ in earlier.rests_on for earlier in self._admitted if earlier.kind is SentenceKind.CLAIM):
            return None
        repaired = sentence.model_copy(update={"text": text, "rests_on": (id_,)})
        return repaired if self._in_place(repaired).supported else None


_NAMES = {
    SentenceKind.SUBJECT: "subject",
    SentenceKind.FORMULA: "formula",
    SentenceKind.RECIPIENT: "recipient",
    SentenceKind.CLAIM: "wording",
    SentenceKind.GLUE: "glue",
    SentenceKind.INTENT: "glue",
}


def _question(sentence: Sentence, verdict: Verdict) -> str:
    if sentence.kind is not SentenceKind.CLAIM or verdict.check in {
        "characters",
        "links",
        "structure",
        "sequence",
    }:
        return ""
    return "Is this true of you? If it is, add it to your evidence in your own words."
