"""One writer's sentences on their way through the gate."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

import chains
import grounding
import tagging
from domain import Brief, Draft, Dropped, Estimate, Persona, Sentence, SentenceKind, Usage, Verdict
from errors import NothingMatches
from kinds import KINDS
from outreach.events import Checked, DraftEvent, Waiting
from outreach.receipts import receipt_of

# Who fails more of their lines does not keep the pen for the rest.
MOST_FAILED = 1 / 3
_FIXED = (SentenceKind.SUBJECT, SentenceKind.FORMULA)


class Attempt:
    """One writer's sentences on their way through the gate.

    `lines` are those that it worded itself, and `failed` of them were left out or replaced.
    """

    def __init__(self, brief: Brief, dropped: tuple[Dropped, ...] | list[Dropped] = ()) -> None:
        self.brief = brief
        self.gate = grounding.Gate(brief, tagging.find_skills, chains.instructions(brief.kind))
        self.sentences: list[Sentence] = []
        self.verdicts: list[Verdict] = []
        self.dropped = list(dropped)
        self.usage = Usage(writer="embedded")
        self._offered = 0
        self._is_text = KINDS[brief.kind].form == "text"
        self.lines = self.failed = 0
        self.fallback = ""
        """Why the built-in writer finished what a model began, for the person."""

    def told_failed(self) -> str:
        """That a model failed more than a third of its lines, where it did."""
        if self.failed <= MOST_FAILED * self.lines:
            return ""
        if self.failed == self.lines:
            return f"Nothing that {self.usage.model} wrote could be shown."
        return f"{self.failed} of the {self.lines} lines that {self.usage.model} wrote could not be shown."

    @cached_property
    def mended(self) -> "Attempt":
        """The same draft without holes: what passed, each need with an answer, nothing left standing alone.

        Itself where nothing was dropped. Every sentence goes through a gate again; one that does not pass
        leaves the draft as it was. To be asked for once all is written.
        """
        if not self.dropped:
            return self
        whole = Attempt(self.brief, dropped=self.dropped)
        whole.usage, whole._offered = self.usage, self._offered
        whole.lines, whole.failed = self.lines, self.failed
        for sentence in chains.mend(self.brief, self.gate.check, self.sentences):
            admitted = whole.gate.admit(sentence, lambda _: None)
            if admitted.sentence is None:
                return self
            whole.sentences.append(admitted.sentence)
            whole.verdicts.append(admitted.verdict)
        if told := self.told_failed():
            whole.fallback = f"{told} The built-in writer finished."
            whole.usage = self.usage.model_copy(update={"writer": "embedded", "fallback": whole.fallback})
        return whole if whole.sentences else self

    def again(self) -> Iterator[Checked]:
        """What it holds, for who has seen another draft."""
        about = KINDS[self.brief.kind].usual_sentences
        for sentence, verdict in zip(self.sentences, self.verdicts, strict=True):
            yield Checked(sentence=sentence, verdict=verdict, about=about)

    def admit_all(
        self, written: Iterator[Sentence] | Iterator[Sentence | Usage | Estimate]
    ) -> Iterator[DraftEvent]:
        for item in written:
            if isinstance(item, Usage):
                self.usage = item
                continue
            if isinstance(item, Estimate):
                yield Waiting(estimate=item)
                continue
            self._offered += 1
            if item.kind is SentenceKind.CLAIM and not item.rests_on and self._is_text:
                item = grounding.resting(item, self.brief, self.gate.check)
            admitted = self.gate.admit(item, self._rendered(item.paragraph))
            if item.kind not in _FIXED:
                self.lines += 1
                self.failed += admitted.dropped is not None
            if admitted.dropped is not None:
                self.dropped.append(admitted.dropped)
                yield admitted.dropped
            if admitted.sentence is not None:
                self.sentences.append(admitted.sentence)
                self.verdicts.append(admitted.verdict)
                yield Checked(
                    sentence=admitted.sentence,
                    verdict=admitted.verdict,
                    about=KINDS[self.brief.kind].usual_sentences,
                )

    def _rendered(self, paragraph: int) -> Callable[[str], str | None]:
        """One item of evidence as a sentence that goes on with this paragraph of the draft."""
        return lambda id_: chains.render(self.brief, id_, self.sentences, paragraph, self.gate.check)

    def faults(self) -> tuple[Verdict, ...]:
        """What is wrong with the draft as a whole; a draft without a claim is no draft."""
        if not any(s.kind is SentenceKind.CLAIM for s in self.sentences):
            return (Verdict(supported=False, check="whole", reason="Nothing in it is about you."),)
        return self.gate.check_whole(self._subject(), self._body())

    def finish(self, seconds: dict[str, float]) -> Draft:
        body = self._body()
        if not any(s.kind is SentenceKind.CLAIM for s in body):
            raise NothingMatches()
        verdicts = tuple(
            verdict
            for sentence, verdict in zip(self.sentences, self.verdicts, strict=True)
            if sentence.kind is not SentenceKind.SUBJECT
        )
        return Draft(
            kind=self.brief.kind,
            language=self.brief.language,
            subject=self._subject(),
            sentences=body,
            verdicts=verdicts,
            receipt=receipt_of(self.brief, self.usage, body, self.dropped, self._offered, seconds),
            notices=(*self._not_ready(), *(fault.reason for fault in self.faults())),
        )

    def _not_ready(self) -> tuple[str, ...]:
        """What the law wants of an offer of services and the draft lacks: an address, a way out."""
        profile, offers = self.brief.profile, self.brief.profile.persona is Persona.SERVICE_PROVIDER
        if not offers or KINDS[self.brief.kind].form != "message":
            return ()
        if not profile.postal_address.strip():
            return ("Not ready to send. Add your postal address.",)
        said = " ".join(" ".join(s.text.split()) for s in self.sentences)
        if " ".join(profile.postal_address.split()) not in said:
            return ("Not ready to send. Your postal address is not in it.",)
        if not any(s.kind is SentenceKind.FORMULA and _WAY_OUT.search(s.text) for s in self.sentences):
            return ("Not ready to send. It does not say how to hear from you no more.",)
        return ()

    def _subject(self) -> str:
        return next((s.text for s in self.sentences if s.kind is SentenceKind.SUBJECT), "")

    def _body(self) -> tuple[Sentence, ...]:
        return tuple(s for s in self.sentences if s.kind is not SentenceKind.SUBJECT)


_WAY_OUT = re.compile(r"[\"“‘'„«]\s?(?:no thanks|nein danke|non merci|no,? gracias)", re.IGNORECASE)
