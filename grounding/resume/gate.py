"""The gate of a tailored résumé: the same verdicts, from its own checks."""

import grounding.resume.checks  # noqa: F401  # registers the checks
from domain import Brief, Sentence, SentenceKind, Verdict
from grounding.registry import Case, FindSkills, refusal
from grounding.resume.registry import LINE_CHECKS

_PASSED = {SentenceKind.CLAIM: "words of a line", SentenceKind.FORMULA: "head", SentenceKind.INTENT: "goal"}


class ResumeGate:
    """Checks the lines of one résumé.

    Args:
        brief: All that a line may rest on.
        find_skills: Finds the skills named in a text, by canonical label.
    """

    def __init__(self, brief: Brief, find_skills: FindSkills) -> None:
        self._brief = brief
        self._find_skills = find_skills

    def check(self, line: Sentence) -> Verdict:
        """The verdict on one line. A check that breaks counts as a fault."""
        case = Case(line, self._brief, self._find_skills)
        return refusal(case, LINE_CHECKS) or Verdict(supported=True, check=_PASSED.get(line.kind, ""))
