"""Sentences in, verdicts out: nothing about the sender that their evidence does not carry, nothing about the
recipient that the page does not say.

    gate = Gate(brief, find_skills)
    gate.check(sentence)              one sentence alone: a Verdict, pure
    gate.admit(sentence, render)      the same in its place, with the repair ladder: an Admitted
    gate.check_whole(subject, body)   the faults of the whole draft
    check_edit(text, brief, find_skills)   a person's own text, sentence by sentence
    check_document(subject, body, brief, find_skills)   a finished text before it is taken away: an Examined
    resting(claim, brief, gate.check)      a claim whose writer did not say what it rests on
    ResumeGate(brief, find_skills).check(line)   one line of a tailored résumé

A claim is carried word for word (`carried`), stated in a closed form (`stated`), filled from the slots of one
record (`slots`), or retold act by act with all that limits it (`retold`). Likeness accepts nothing.

All checks fail closed. A check is one file in `checks/`; the closed lists are plain text in `lexicon/`.
"""

from grounding.document import Examined, check_document
from grounding.edits import check_edit, read_edit
from grounding.gate import Admitted, Gate
from grounding.resting import resting
from grounding.resume import ResumeGate
from grounding.subjects import check_subject

__all__ = [
    "Admitted",
    "Examined",
    "Gate",
    "ResumeGate",
    "check_document",
    "check_edit",
    "check_subject",
    "read_edit",
    "resting",
]
