"""The registry of checks, and what a check gets to see.

A check is a function from a `Case` to a `Fault` or None; `@check(name, kinds, …)` is all it takes to be run.
Checks run in the order of registration, and the first fault decides. A check that raises is a fault as well.
Each is registered with its number in the verifier's list, what it catches, and an example of either side.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from domain import Brief, Evidence, PostingLine, Record, Sentence, SentenceKind, SkillMention, Verdict
from grounding.citable import is_citable
from language import words

FindSkills = Callable[[str], Sequence[SkillMention]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence may not stand: `reason` in plain words for the person, the words at fault, the
    source's."""

    reason: str
    fault: str = ""
    evidence_says: str = ""


DENIES = re.compile(r"\b(?:not|no|never|without|unless)\b|n['’]t\b", re.IGNORECASE)


def is_denied(text: str, mention: SkillMention) -> bool:
    """ "You don't need a PhD", "Kubernetes is not": a denial in the same clause, right before or after."""
    before = re.split(r"[.,;:!?]", text[max(0, mention.start - 30) : mention.start])[-1]
    after = re.split(r"[.,;:!?]", text[mention.end : mention.end + 10])[0]
    return DENIES.search(before) is not None or DENIES.search(after) is not None


@lru_cache(maxsize=16)
def remembering(find_skills: FindSkills) -> FindSkills:
    """The same finder, which looks at a text once: a sentence is held against many items."""
    return find_skills if hasattr(find_skills, "cache_info") else lru_cache(maxsize=8192)(find_skills)


class Case:
    """One sentence with all that it may rest on."""

    def __init__(
        self,
        sentence: Sentence,
        brief: Brief,
        find_skills: FindSkills,
        page_skills: Callable[[], frozenset[str]] | None = None,
        contract: str = "",
    ) -> None:
        self._page_skills = page_skills
        self.contract = contract
        self.memo: dict[str, bool] = {}
        self.computed = ""  # from which dates, where the claim says how long something lasted
        self.sentence = sentence
        self.brief = brief
        self.find_skills = remembering(find_skills)
        self.text = " ".join(sentence.text.split())

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The cited evidence that exists, in the order it is cited."""
        by_id = {item.id: item for item in self.brief.profile.evidence}
        return tuple(by_id[id_] for id_ in self.sentence.rests_on if id_ in by_id)

    @cached_property
    def lines(self) -> tuple[PostingLine, ...]:
        """The cited lines of the posting that exist."""
        by_id = {line.id: line for line in self.brief.posting.lines}
        return tuple(by_id[id_] for id_ in self.sentence.rests_on if id_ in by_id)

    @cached_property
    def record(self) -> Record | None:
        """The one record that all cited evidence belongs to, if it belongs to one."""
        owners = {item.record for item in self.evidence}
        if len(owners) != 1:
            return None
        return next((r for r in self.brief.profile.records if r.id in owners), None)

    @cached_property
    def record_texts(self) -> tuple[str, ...]:
        """The fields of the record that a claim may use."""
        record = self.record
        if record is None:
            return ()
        named = (record.title, record.full_title, record.organization)
        fields = (*named, record.start, record.end, *record.links)
        return tuple(field for field in fields if field)

    @cached_property
    def page_skills(self) -> frozenset[str]:
        """Every skill that the posting names without denying it, in lines that speak of the work."""
        if self._page_skills is not None:
            return self._page_skills()
        posting = self.brief.posting
        lines = [line for line in posting.lines if is_citable(line, self.find_skills)]
        named = {m.skill for m in self.find_skills(posting.title)}
        for line in lines:
            named |= {m.skill for m in self.find_skills(line.text) if not is_denied(line.text, m)}
        return frozenset(named)

    @cached_property
    def is_own_line(self) -> bool:
        """Whether the sentence is the person's own, word for word: their line on why this company, or their
        closing line.
        """
        said = self.text.rstrip(".")
        own = (self.brief.why, self.brief.closing)
        return bool(said) and any(said in own_sentences(line) for line in own)


@lru_cache(maxsize=64)
def own_sentences(line: str) -> frozenset[str]:
    """A person's own line, whole and sentence by sentence, without full stops at the end."""
    whole = " ".join(line.split())
    return frozenset(each.strip().rstrip(".") for each in (whole, *words.sentences(whole)) if each.strip())


Check = Callable[[Case], Fault | None]


@dataclass(frozen=True, slots=True)
class Registered:
    """A check with what a reader wants to know of it.

    `passes` and `fails` are typed lines ("C e1 | text") about the sender of `grounding.examples`, of kinds
    that the check looks at; only `fails` is a fault by this check.
    """

    name: str
    kinds: frozenset[SentenceKind]
    run: Check
    number: str = ""
    catches: str = ""
    passes: str = ""
    fails: str = ""


CHECKS: list[Registered] = []


def check(
    name: str, *kinds: SentenceKind, number: str = "", catches: str = "", passes: str = "", fails: str = ""
) -> Callable[[Check], Check]:
    """Register a check for sentences of these kinds; for all kinds when none is named."""

    def register(function: Check) -> Check:
        of = frozenset(kinds or SentenceKind)
        CHECKS.append(Registered(name, of, function, number, catches, passes, fails))
        return function

    return register


class Running(Protocol):
    """What is needed of a check to run it."""

    @property
    def name(self) -> str: ...

    @property
    def kinds(self) -> frozenset[SentenceKind]: ...

    @property
    def run(self) -> Check: ...


def refusal(case: Case, checks: Iterable[Running]) -> Verdict | None:
    """The verdict of the first check that finds a fault in a sentence of its kinds, or None."""
    for each in checks:
        if case.sentence.kind not in each.kinds:
            continue
        try:
            fault = each.run(case)
        except Exception:  # noqa: BLE001  # whatever breaks in a check, its sentence is not shown as true
            return Verdict(
                supported=False, check=each.name, reason="This could not be checked.", fault=case.text
            )
        if fault is not None:
            return Verdict(
                supported=False,
                check=each.name,
                reason=fault.reason,
                fault=fault.fault,
                evidence_says=fault.evidence_says,
            )
    return None
