"""The finished text before it is taken away: its subject, each sentence, and the whole."""

from collections.abc import Collection
from dataclasses import dataclass

from domain import Brief, Sentence, SentenceKind, Verdict
from grounding import whole
from grounding.edits import read_edit
from grounding.gate import Gate
from grounding.registry import CHECKS, Case, FindSkills

_ALWAYS = ("characters", "prompt")
"""What a person's word does not mend: they may be wrong about themselves, not hide something in a letter."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a finished text stands on.

    `sentences` are the text's own, each as the reading that was tried last, with its verdict; `on_their_word`
    are those that nothing but the person's word supports; `faults` are those of the subject and of the whole.
    """

    sentences: tuple[tuple[Sentence, Verdict], ...]
    on_their_word: tuple[str, ...]
    faults: tuple[Verdict, ...]

    @property
    def unsupported(self) -> tuple[str, ...]:
        """The sentences that neither evidence nor page nor the person's word carries."""
        return tuple(
            sentence.text
            for sentence, verdict in self.sentences
            if not verdict.supported and sentence.text not in self.on_their_word
        )

    @property
    def may_go_out(self) -> bool:
        return not self.unsupported and not self.faults


def check_document(
    subject: str, body: str, brief: Brief, find_skills: FindSkills, their_word: Collection[str] = ()
) -> Examined:
    """Check a finished text: its subject, every sentence of its body, and the whole.

    Args:
        subject: Empty for a text without one.
        body: As it will go out, paragraphs parted by blank lines.
        brief: As for the gate.
        find_skills: As for the gate.
        their_word: Sentences that the person vouches for, word for word.
    """
    told = read_edit(body, brief, find_skills)
    vouched = tuple(
        sentence.text
        for sentence, verdict in told
        if not verdict.supported and sentence.text in their_word and _is_plain(sentence, brief, find_skills)
    )
    faults = list(whole.faults(brief, find_skills, subject, [sentence for sentence, _ in told]))
    if subject:
        line = Sentence(kind=SentenceKind.SUBJECT, text=subject)
        verdict = Gate(brief, find_skills).check(line)
        faults += [] if verdict.supported or subject in their_word else [verdict]
    return Examined(told, vouched, tuple(faults))


def _is_plain(sentence: Sentence, brief: Brief, find_skills: FindSkills) -> bool:
    case = Case(sentence, brief, find_skills)
    return all(each.run(case) is None for each in CHECKS if each.name in _ALWAYS)
